//! The store's products.
//!
//! Ids follow the vendor's own examples where it has some, so that those can be sent as they are.

use rust_decimal::Decimal;

#[derive(Debug)]
pub(super) struct Product {
    pub(super) id: i64,
    pub(super) name: &'static str,
    /// The product's part of its URLs.
    pub(super) slug: &'static str,
    pub(super) kind: Kind,
    pub(super) purchasable: bool,
    pub(super) taxable: bool,
    /// The least and the most of one order.
    pub(super) minimum: Option<i64>,
    pub(super) maximum: Option<i64>,
    /// What tells the variants apart. Empty for a simple product, which has one variant.
    pub(super) options: &'static [VariantOption],
    pub(super) variants: &'static [Variant],
    pub(super) modifiers: &'static [Modifier],
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Physical,
    Digital,
}

#[derive(Debug)]
pub(super) struct VariantOption {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) choices: &'static [Choice],
}

#[derive(Debug)]
pub(super) struct Variant {
    pub(super) id: i64,
    pub(super) sku: &'static str,
    cents: i64,
    /// One choice for each option of the product, in its order.
    pub(super) values: &'static [i64],
}

impl Variant {
    pub(super) fn price(&self) -> Decimal {
        Decimal::new(self.cents, 2)
    }
}

#[derive(Debug)]
pub(super) struct Modifier {
    pub(super) id: i64,
    pub(super) name: &'static str,
    pub(super) required: bool,
    pub(super) kind: ModifierKind,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum ModifierKind {
    Checkbox(&'static [Choice]),
    Date,
    Picklist(&'static [Choice]),
}

#[derive(Debug)]
pub(super) struct Choice {
    pub(super) id: i64,
    pub(super) label: &'static str,
}

const fn choice(id: i64, label: &'static str) -> Choice {
    Choice { id, label }
}

const fn variant(id: i64, sku: &'static str, cents: i64, values: &'static [i64]) -> Variant {
    Variant {
        id,
        sku,
        cents,
        values,
    }
}

const SIMPLE: Product = Product {
    id: 0,
    name: "",
    slug: "",
    kind: Kind::Physical,
    purchasable: true,
    taxable: true,
    minimum: None,
    maximum: None,
    options: &[],
    variants: &[],
    modifiers: &[],
};

static PRODUCTS: [Product; 8] = [
    Product {
        id: 126,
        name: "Calendar",
        slug: "calendar",
        variants: &[variant(150, "CAL-1", 1250, &[])],
        ..SIMPLE
    },
    Product {
        id: 118,
        name: "T-Shirt",
        slug: "t-shirt",
        options: &[
            VariantOption {
                id: 125,
                name: "Size",
                choices: &[choice(127, "Small"), choice(130, "Large")],
            },
            VariantOption {
                id: 133,
                name: "Color",
                choices: &[choice(148, "Blue"), choice(149, "Red")],
            },
        ],
        variants: &[
            variant(140, "SHIRT-S-BLUE", 1999, &[127, 148]),
            variant(141, "SHIRT-S-RED", 1999, &[127, 149]),
            variant(142, "SHIRT-L-BLUE", 2149, &[130, 148]),
        ],
        modifiers: &[Modifier {
            id: 126,
            name: "Add a $5 Donation",
            required: false,
            kind: ModifierKind::Checkbox(&[choice(128, "Yes"), choice(129, "No")]),
        }],
        ..SIMPLE
    },
    Product {
        id: 77,
        name: "Wrist Watch",
        slug: "wrist-watch",
        variants: &[variant(151, "WATCH", 19_990, &[])],
        modifiers: &[
            Modifier {
                id: 8,
                name: "Gift Box",
                required: true,
                kind: ModifierKind::Checkbox(&[choice(66, "Yes"), choice(67, "No")]),
            },
            Modifier {
                id: 120,
                name: "Strap",
                required: false,
                kind: ModifierKind::Picklist(&[choice(69, "Leather"), choice(70, "Steel")]),
            },
        ],
        ..SIMPLE
    },
    Product {
        id: 128,
        name: "Desk Planner",
        slug: "desk-planner",
        variants: &[variant(144, "PLAN-1", 1875, &[])],
        modifiers: &[Modifier {
            id: 147,
            name: "First Day",
            required: true,
            kind: ModifierKind::Date,
        }],
        ..SIMPLE
    },
    Product {
        id: 152,
        name: "Bread at Home (E-Book)",
        slug: "bread-at-home",
        kind: Kind::Digital,
        taxable: false,
        variants: &[variant(153, "EBOOK-BREAD", 599, &[])],
        modifiers: &[Modifier {
            id: 154,
            name: "Format",
            required: false,
            kind: ModifierKind::Picklist(&[choice(155, "EPUB"), choice(156, "PDF")]),
        }],
        ..SIMPLE
    },
    Product {
        id: 160,
        name: "Dustpan & Brush",
        slug: "dustpan-and-brush",
        minimum: Some(2),
        maximum: Some(5),
        variants: &[variant(161, "DUST-1", 3495, &[])],
        ..SIMPLE
    },
    Product {
        id: 170,
        name: "Archive Print",
        slug: "archive-print",
        purchasable: false,
        variants: &[variant(171, "PRINT-0", 4000, &[])],
        ..SIMPLE
    },
    Product {
        id: 180,
        name: "قميص قطني ☕",
        slug: "cotton-shirt",
        variants: &[variant(181, "UNI-1", 1500, &[])],
        ..SIMPLE
    },
];

pub(super) fn product(id: i64) -> Option<&'static Product> {
    PRODUCTS.iter().find(|product| product.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variant_makes_one_choice_for_each_option() {
        for product in &PRODUCTS {
            assert!(!product.variants.is_empty(), "{}", product.name);
            for variant in product.variants {
                assert_eq!(
                    variant.values.len(),
                    product.options.len(),
                    "{}",
                    variant.sku
                );
                for (option, value) in product.options.iter().zip(variant.values) {
                    assert!(
                        option.choices.iter().any(|choice| choice.id == *value),
                        "{}",
                        variant.sku
                    );
                }
            }
        }
    }

    #[test]
    fn no_two_variants_share_an_id() {
        let ids: Vec<i64> = PRODUCTS
            .iter()
            .flat_map(|product| product.variants)
            .map(|variant| variant.id)
            .collect();
        let distinct: std::collections::BTreeSet<i64> = ids.iter().copied().collect();
        assert_eq!(ids.len(), distinct.len());
    }
}
