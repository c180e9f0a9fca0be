//! What is looked for in a request.

use crate::coverage::Inputs;

pub(crate) static INPUTS: Inputs = Inputs {
    base_path: "",
    credentials: &["basic", "bearer"],
    parameters: &[],
    values: &[
        (
            "CartPart",
            &[
                "admin",
                "discounts",
                "internal",
                "items",
                "metadata",
                "totals",
            ],
        ),
        (
            "BillingCycle",
            &["monthly", "quarterly", "biannually", "yearly", "biennially"],
        ),
        ("StoragePlan", &["none", "per_gb"]),
        ("DdosProtection", &["Advanced", "Standard"]),
        ("ListOrderField", &["code"]),
        ("SortDirection", &["asc", "desc"]),
    ],
};
