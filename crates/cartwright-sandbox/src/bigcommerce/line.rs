//! A line of a catalogue product: physical or digital.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::catalogue::{Kind, Product, Variant};
use super::errors::Problem;
use super::exact;
use super::request::NewLine;
use super::seed::Seed;
use super::selection::{self, ChosenOption};
use crate::money;

/// The store has its product and variant: a line is made, and read from a state, only so.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) product_id: i64,
    pub(super) variant_id: i64,
    name: String,
    pub(super) quantity: i64,
    /// The catalogue's price, unless the caller overrode it.
    #[serde(with = "exact")]
    pub(super) list_price: Decimal,
    wrapping: Option<Wrapping>,
    options: Vec<ChosenOption>,
}

/// The wrapping that was asked for.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wrapping {
    pub(super) id: i64,
    pub(super) message: String,
}

impl Line {
    /// Looks the line up in the catalogue.
    pub(super) fn new(asked: NewLine, id: String, seed: &Seed) -> Result<Self, Problem> {
        let at = |key: &str| format!("{}.{key}", asked.path);
        let product = seed.product(asked.product_id).ok_or_else(|| {
            Problem::unfit(
                at("product_id"),
                format!("there is no product {}", asked.product_id),
            )
        })?;
        if !product.purchasable {
            return Err(Problem::unfit(
                at("product_id"),
                format!("{} cannot be purchased", product.name),
            ));
        }
        let (variant, options) = selection::choose(product, asked.variant_id, &asked.selections)?;
        Ok(Self {
            id,
            product_id: product.id,
            variant_id: variant.id,
            name: asked.name.unwrap_or_else(|| product.name.clone()),
            quantity: asked.quantity,
            list_price: asked.list_price.unwrap_or(variant.price),
            wrapping: asked.wrapping,
            options,
        })
    }

    pub(super) fn extended(&self) -> Decimal {
        self.list_price * Decimal::from(self.quantity)
    }

    pub(super) fn show(&self, product: &Product, variant: &Variant, with_options: bool) -> Value {
        let list_price = money::write(self.list_price);
        let extended = money::write(self.extended());
        let slug = &product.slug;
        let mut line = json!({
            "id": self.id,
            "parent_id": null,
            "variant_id": variant.id,
            "product_id": product.id,
            "sku": variant.sku,
            "name": self.name,
            "url": format!("https://store-sandbox.example/{slug}/"),
            "quantity": self.quantity,
            "taxable": product.taxable,
            "image_url": format!("https://cdn.store-sandbox.example/products/{slug}.jpg"),
            "discounts": [],
            "coupons": [],
            "discount_amount": 0,
            "coupon_amount": 0,
            "original_price": money::write(variant.price),
            "list_price": list_price,
            "sale_price": list_price,
            "extended_list_price": extended,
            "extended_sale_price": extended,
            "is_require_shipping": product.kind == Kind::Physical,
            "is_mutable": true,
            "added_by_promotion": false,
        });
        if let Value::Object(fields) = &mut line {
            match product.kind {
                Kind::Physical => {
                    fields.insert(
                        "gift_wrapping".to_owned(),
                        self.wrapping.as_ref().map(Wrapping::show).into(),
                    );
                }
                Kind::Digital => fields.extend([
                    (
                        "download_file_urls".to_owned(),
                        json!([format!("https://store-sandbox.example/download/{slug}")]),
                    ),
                    (
                        "download_page_url".to_owned(),
                        json!("https://store-sandbox.example/account/downloads"),
                    ),
                    ("download_size".to_owned(), json!("2.4 MB")),
                ]),
            }
            if with_options {
                fields.insert(
                    "options".to_owned(),
                    self.options.iter().map(ChosenOption::show).collect(),
                );
            }
        }
        line
    }
}

impl Wrapping {
    fn show(&self) -> Value {
        json!({"name": format!("Gift Wrap {}", self.id), "message": self.message, "amount": money::write(Decimal::new(199, 2))})
    }
}
