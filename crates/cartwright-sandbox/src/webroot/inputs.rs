//! What is looked for in a request.

use crate::coverage::Inputs;

pub(crate) static INPUTS: Inputs = Inputs {
    base_path: "",
    credentials: &["password /auth/token", "basic"],
    parameters: &[],
    values: &[
        ("GrantType", &["password", "refresh_token"]),
        ("OrderType", &["MSP", "RESELLER"]),
        ("PaymentMethod", &["PurchaseOrder"]),
    ],
};
