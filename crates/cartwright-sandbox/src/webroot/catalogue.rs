//! What the partner may order: categories of licences with their prices, terms, locales, and the
//! licences that are out already.

use rust_decimal::Decimal;

use super::fields::Numbered;

/// A licence category.
#[derive(Debug)]
pub(super) struct Category {
    pub(super) name: &'static str,
    pub(super) description: &'static str,
    /// The product's name as it starts a line's description.
    pub(super) product: &'static str,
    pub(super) product_id: i64,
    /// Of one seat for one year, in hundredths.
    cents: i64,
    /// A category with vaults wants one of them named.
    pub(super) vaults: &'static [Numbered],
    pub(super) usage_pricing: &'static [Numbered],
    /// The first is the default.
    pub(super) platforms: &'static [Numbered],
    pub(super) retention: &'static [Numbered],
}

impl Category {
    const fn plain(
        name: &'static str,
        description: &'static str,
        product: &'static str,
        product_id: i64,
        cents: i64,
    ) -> Self {
        Self {
            name,
            description,
            product,
            product_id,
            cents,
            vaults: &[],
            usage_pricing: &[],
            platforms: &[],
            retention: &[],
        }
    }

    /// The price of one seat for a term, to the cent.
    pub(super) fn seat_price(&self, term: Term) -> Decimal {
        let yearly = Decimal::new(self.cents, 2);
        let price = yearly * Decimal::from(term.months) / Decimal::from(12);
        price.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)
    }
}

pub(super) const FAMILY: &str = "Webroot Secure Anywhere Business";

const VAULTS: &[Numbered] = &[
    (1, "Sandbox Vault 1"),
    (2, "Sandbox Vault 2"),
    (3, "Sandbox Vault 3"),
];

pub(super) static CATEGORIES: [Category; 9] = [
    Category::plain(
        "SAEP",
        "Webroot Endpoint Protection",
        "Webroot Business Endpoint Protection",
        152_200_101,
        4_99,
    ),
    Category::plain(
        "SDNS",
        "Webroot DNS Protection",
        "Webroot DNS Protection",
        152_300_101,
        5_99,
    ),
    Category::plain(
        "SECA",
        "Webroot Security Awareness Training",
        "Webroot Security Awareness Training",
        152_400_101,
        3_49,
    ),
    Category::plain(
        "WSAV",
        "Webroot AntiVirus",
        "Webroot AntiVirus",
        152_500_101,
        29_99,
    ),
    Category {
        usage_pricing: &[(1, "Advanced"), (2, "Capacity")],
        retention: &[(1, "1 Year"), (2, "7 Years")],
        ..Category::plain(
            "OTSF",
            "Sandbox Server Backup",
            "Sandbox Server Backup",
            152_600_101,
            24_00,
        )
    },
    Category {
        usage_pricing: &[(1, "Advanced"), (3, "Standard")],
        platforms: &[
            (1, "Sandbox Platform 1"),
            (2, "Sandbox Platform 2"),
            (3, "Sandbox Platform 3"),
        ],
        ..Category::plain(
            "CBEP",
            "Sandbox Endpoint Backup",
            "Sandbox Endpoint Backup",
            152_700_101,
            60_00,
        )
    },
    Category {
        vaults: VAULTS,
        ..Category::plain(
            "OTEDR",
            "Sandbox Endpoint Detection",
            "Sandbox Endpoint Detection",
            152_800_101,
            7_25,
        )
    },
    Category {
        vaults: VAULTS,
        ..Category::plain(
            "OTMDR",
            "Sandbox Managed Detection",
            "Sandbox Managed Detection",
            152_900_101,
            11_10,
        )
    },
    Category {
        vaults: VAULTS,
        ..Category::plain(
            "CALLY",
            "Sandbox Cloud Backup",
            "Sandbox Cloud Backup",
            153_000_101,
            1_05,
        )
    },
];

pub(super) fn category(name: &str) -> Option<&'static Category> {
    CATEGORIES.iter().find(|category| category.name == name)
}

/// A licence that was sold before, and can be renewed or upgraded.
#[derive(Debug)]
pub(super) struct Licence {
    pub(super) keycode: &'static str,
    pub(super) category: &'static str,
    pub(super) seats: i64,
}

static LICENCES: [Licence; 2] = [
    Licence {
        keycode: "SAEP-SAND-BOX0-0000-0001",
        category: "SAEP",
        seats: 25,
    },
    Licence {
        keycode: "WSAV-SAND-BOX0-0000-0002",
        category: "WSAV",
        seats: 3,
    },
];

pub(super) fn licence(keycode: &str) -> Option<&'static Licence> {
    LICENCES.iter().find(|licence| licence.keycode == keycode)
}

/// A documented value of `Years`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Term {
    pub(super) years: &'static str,
    pub(super) months: u32,
}

const fn term(years: &'static str, months: u32) -> Term {
    Term { years, months }
}

pub(super) const TERMS: [Term; 13] = [
    term("0", 0),
    term("0.083", 1),
    term("0.167", 2),
    term("0.5", 6),
    term("1", 12),
    term("1.25", 15),
    term("1.5", 18),
    term("2", 24),
    term("2.25", 27),
    term("2.5", 30),
    term("3", 36),
    term("3.25", 39),
    term("3.5", 42),
];

/// A locale of the partner's account, and what it is billed in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Locale {
    pub(super) name: &'static str,
    pub(super) currency: &'static str,
    pub(super) sign: &'static str,
}

impl Locale {
    /// The display text of an amount: no thousands separator, always two digits after the point.
    pub(super) fn amount(&self, amount: Decimal) -> String {
        format!("{}{amount:.2}", self.sign)
    }
}

pub(super) const LOCALES: [Locale; 3] = [
    Locale {
        name: "en_US",
        currency: "USD",
        sign: "$",
    },
    Locale {
        name: "en_GB",
        currency: "GBP",
        sign: "£",
    },
    Locale {
        name: "de_DE",
        currency: "EUR",
        sign: "€",
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_a_twelfth_per_month_to_the_cent() {
        let priced = |name: &str, years: &str| {
            let term = TERMS.into_iter().find(|term| term.years == years)?;
            Some(category(name)?.seat_price(term).to_string())
        };
        for (name, years, price) in [
            ("SAEP", "1", "4.99"),
            ("SAEP", "0.083", "0.42"),
            ("SAEP", "0.5", "2.50"),
            ("SAEP", "3", "14.97"),
            ("CALLY", "0.5", "0.53"),
            ("OTSF", "0.083", "2.00"),
            ("SDNS", "0", "0.00"),
        ] {
            assert_eq!(
                priced(name, years).and_then(|text| text.parse::<Decimal>().ok()),
                price.parse().ok(),
                "{name} {years}"
            );
        }
    }

    #[test]
    fn an_amount_is_displayed_with_two_digits_and_no_separator() {
        for (amount, shown) in [("1647", "$1647.00"), ("748.5", "$748.50"), ("0", "$0.00")] {
            let amount: Decimal = amount.parse().unwrap();
            assert_eq!(LOCALES[0].amount(amount), shown);
        }
    }
}
