//! A line of a catalogue product: physical or digital.

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::catalogue::{self, Kind, Product, Variant};
use super::errors::Problem;
use super::request::NewLine;
use super::selection::{self, ChosenOption};
use crate::money;

#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) id: String,
    pub(super) product: &'static Product,
    variant: &'static Variant,
    name: String,
    pub(super) quantity: i64,
    /// The catalogue's price, unless the caller overrode it.
    pub(super) list_price: Decimal,
    wrapping: Option<Wrapping>,
    options: Vec<ChosenOption>,
}

/// The wrapping that was asked for.
#[derive(Clone, Debug)]
pub(super) struct Wrapping {
    pub(super) id: i64,
    pub(super) message: String,
}

impl Line {
    /// Looks the line up in the catalogue.
    pub(super) fn new(asked: NewLine, id: String) -> Result<Self, Problem> {
        let at = |key: &str| format!("{}.{key}", asked.path);
        let product = catalogue::product(asked.product_id).ok_or_else(|| {
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
            product,
            variant,
            name: asked.name.unwrap_or_else(|| product.name.to_owned()),
            quantity: asked.quantity,
            list_price: asked.list_price.unwrap_or_else(|| variant.price()),
            wrapping: asked.wrapping,
            options,
        })
    }

    pub(super) fn kind(&self) -> Kind {
        self.product.kind
    }

    pub(super) fn extended(&self) -> Decimal {
        self.list_price * Decimal::from(self.quantity)
    }

    pub(super) fn show(&self, with_options: bool) -> Value {
        let list_price = money::write(self.list_price);
        let extended = money::write(self.extended());
        let slug = self.product.slug;
        let mut line = json!({
            "id": self.id,
            "parent_id": null,
            "variant_id": self.variant.id,
            "product_id": self.product.id,
            "sku": self.variant.sku,
            "name": self.name,
            "url": format!("https://store-sandbox.example/{slug}/"),
            "quantity": self.quantity,
            "taxable": self.product.taxable,
            "image_url": format!("https://cdn.store-sandbox.example/products/{slug}.jpg"),
            "discounts": [],
            "coupons": [],
            "discount_amount": 0,
            "coupon_amount": 0,
            "original_price": money::write(self.variant.price()),
            "list_price": list_price,
            "sale_price": list_price,
            "extended_list_price": extended,
            "extended_sale_price": extended,
            "is_require_shipping": self.kind() == Kind::Physical,
            "is_mutable": true,
            "added_by_promotion": false,
        });
        if let Value::Object(fields) = &mut line {
            match self.kind() {
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
