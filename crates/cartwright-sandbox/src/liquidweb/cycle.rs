//! Billing cycles.

use serde::{Deserialize, Serialize};

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Cycle {
    Monthly,
    Quarterly,
    Biannually,
    Yearly,
    Biennially,
}

impl Cycle {
    pub(super) const ALL: [Self; 5] = [
        Self::Monthly,
        Self::Quarterly,
        Self::Biannually,
        Self::Yearly,
        Self::Biennially,
    ];

    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Monthly => "monthly",
            Self::Quarterly => "quarterly",
            Self::Biannually => "biannually",
            Self::Yearly => "yearly",
            Self::Biennially => "biennially",
        }
    }

    pub(super) fn months(self) -> i64 {
        match self {
            Self::Monthly => 1,
            Self::Quarterly => 3,
            Self::Biannually => 6,
            Self::Yearly => 12,
            Self::Biennially => 24,
        }
    }
}
