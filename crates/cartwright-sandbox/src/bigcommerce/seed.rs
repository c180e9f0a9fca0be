//! What the stand-in starts from: the store's products, currencies, settings, API accounts, carts.

use std::collections::BTreeSet;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::app::{self, App};
use super::cart::Cart;
use super::catalogue::{Choice, Modifier, ModifierKind, Product, Variant};
use super::request;
use super::settings::Settings;
use crate::ids::Ids;
use crate::state::SeedError;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Seed {
    currencies: Vec<String>,
    products: Vec<Product>,
    #[serde(default)]
    pub(super) settings: Settings,
    #[serde(default)]
    other_apps: Vec<App>,
    /// Carts that exist at the start, each one as the body that creates it.
    #[serde(default)]
    pub(super) carts: Vec<Value>,
}

impl Seed {
    /// The built-in seed.
    pub(crate) fn builtin() -> Result<Self, SeedError> {
        let seed: Self = serde_saphyr::from_str(include_str!("seed.yaml"))
            .map_err(|error| SeedError::at("bigcommerce", error.to_string()))?;
        seed.check()?;
        Ok(seed)
    }

    pub(super) fn products(&self) -> impl Iterator<Item = &Product> {
        self.products.iter()
    }

    pub(super) fn product(&self, id: i64) -> Option<&Product> {
        self.products.iter().find(|product| product.id == id)
    }

    pub(super) fn variant(&self, product_id: i64, variant_id: i64) -> Option<(&Product, &Variant)> {
        let product = self.product(product_id)?;
        let mut variants = product.variants.iter();
        let variant = variants.find(|variant| variant.id == variant_id)?;
        Some((product, variant))
    }

    /// Whether the store takes payment in a currency, by its code in upper case.
    pub(super) fn takes(&self, currency: &str) -> bool {
        self.currencies.iter().any(|known| known == currency)
    }

    pub(super) fn default_currency(&self) -> &str {
        self.currencies.first().map_or("", String::as_str)
    }

    /// The app that has the token.
    pub(super) fn app(&self, access_token: &str) -> Option<App> {
        let own = app::own();
        if own.access_token == access_token {
            return Some(own);
        }
        let mut others = self.other_apps.iter();
        others.find(|app| app.access_token == access_token).cloned()
    }

    /// Refuses what the store could not work with.
    pub(crate) fn check(&self) -> Result<(), SeedError> {
        self.check_currencies()?;
        unique(self.products.iter().map(|product| product.id), |place| {
            format!("bigcommerce.products[{place}].id")
        })?;
        let mut variants = BTreeSet::new();
        for (place, product) in self.products.iter().enumerate() {
            let place = format!("bigcommerce.products[{place}]");
            check_product(product, &place, &mut variants)?;
        }
        self.check_apps()?;
        for (place, body) in self.carts.iter().enumerate() {
            let made = request::new_cart(body, self)
                .and_then(|asked| Cart::new(asked, &mut Ids::new(0), 0, self));
            made.map_err(|problem| {
                SeedError::at(
                    format!("bigcommerce.carts[{place}]"),
                    format!(
                        "the store would refuse to create this cart: {}",
                        problem.told()
                    ),
                )
            })?;
        }
        Ok(())
    }

    fn check_currencies(&self) -> Result<(), SeedError> {
        if self.currencies.is_empty() {
            return Err(SeedError::at(
                "bigcommerce.currencies",
                "is empty; name at least one currency, like USD",
            ));
        }
        for (place, code) in self.currencies.iter().enumerate() {
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                return Err(SeedError::at(
                    format!("bigcommerce.currencies[{place}]"),
                    format!("`{code}` is no currency; write three upper-case letters, like USD"),
                ));
            }
        }
        unique(self.currencies.iter(), |place| {
            format!("bigcommerce.currencies[{place}]")
        })
    }

    fn check_apps(&self) -> Result<(), SeedError> {
        let own = app::own();
        for (place, app) in self.other_apps.iter().enumerate() {
            for (key, taken, text) in [
                ("client_id", &own.client_id, &app.client_id),
                ("access_token", &own.access_token, &app.access_token),
            ] {
                if text.is_empty() || text == taken {
                    return Err(SeedError::at(
                        format!("bigcommerce.other_apps[{place}].{key}"),
                        "is empty or the store's first app's; give each app its own",
                    ));
                }
            }
        }
        unique(self.other_apps.iter().map(|app| &app.client_id), |place| {
            format!("bigcommerce.other_apps[{place}].client_id")
        })?;
        let tokens = self.other_apps.iter().map(|app| &app.access_token);
        // Not `unique`: its message would show the token.
        let distinct: BTreeSet<_> = tokens.collect();
        match distinct.len() == self.other_apps.len() {
            true => Ok(()),
            false => Err(SeedError::at(
                "bigcommerce.other_apps",
                "two apps share an access_token; give each app its own",
            )),
        }
    }
}

fn check_product(
    product: &Product,
    place: &str,
    variants: &mut BTreeSet<i64>,
) -> Result<(), SeedError> {
    if product.id < 1 {
        return Err(SeedError::at(
            format!("{place}.id"),
            format!("{} is no id; give a number from 1", product.id),
        ));
    }
    let (least, most) = (product.minimum, product.maximum);
    if least.is_some_and(|least| least < 1) || most.is_some_and(|most| most < least.unwrap_or(1)) {
        return Err(SeedError::at(
            format!("{place}.minimum"),
            "1, minimum, maximum must not fall",
        ));
    }
    let options = product.options.iter().map(|option| option.id);
    let modifiers = product.modifiers.iter().map(|modifier| modifier.id);
    unique(options.chain(modifiers), |index| {
        match index.checked_sub(product.options.len()) {
            Some(index) => format!("{place}.modifiers[{index}].id"),
            None => format!("{place}.options[{index}].id"),
        }
    })?;
    for (index, option) in product.options.iter().enumerate() {
        check_choices(&option.choices, &format!("{place}.options[{index}]"))?;
    }
    for (index, modifier) in product.modifiers.iter().enumerate() {
        check_modifier(modifier, &format!("{place}.modifiers[{index}]"))?;
    }
    if product.variants.is_empty() {
        return Err(SeedError::at(
            format!("{place}.variants"),
            "is empty; a product without options has one variant too",
        ));
    }
    for (index, variant) in product.variants.iter().enumerate() {
        let place = format!("{place}.variants[{index}]");
        if !variants.insert(variant.id) {
            return Err(twice(format!("{place}.id"), variant.id));
        }
        check_variant(product, variant, &place)?;
    }
    unique(product.variants.iter().map(|one| &one.values), |index| {
        format!("{place}.variants[{index}].values")
    })
}

fn check_variant(product: &Product, variant: &Variant, place: &str) -> Result<(), SeedError> {
    if !(Decimal::ZERO..=Decimal::from(request::MOST_PRICE)).contains(&variant.price) {
        return Err(SeedError::at(
            format!("{place}.price"),
            format!("must be from 0 to {}", request::MOST_PRICE),
        ));
    }
    let fits = product.options.len() == variant.values.len()
        && product
            .options
            .iter()
            .zip(&variant.values)
            .all(|(option, value)| option.choices.iter().any(|choice| choice.id == *value));
    match fits {
        true => Ok(()),
        false => Err(SeedError::at(
            format!("{place}.values"),
            "must be the id of one choice for each option of the product, in their order",
        )),
    }
}

fn check_modifier(modifier: &Modifier, place: &str) -> Result<(), SeedError> {
    match modifier.kind {
        ModifierKind::Checkbox | ModifierKind::Picklist => check_choices(&modifier.choices, place),
        ModifierKind::Date if modifier.choices.is_empty() => Ok(()),
        ModifierKind::Date => Err(SeedError::at(
            format!("{place}.choices"),
            "a date has none; leave them out",
        )),
    }
}

fn check_choices(choices: &[Choice], place: &str) -> Result<(), SeedError> {
    if choices.is_empty() {
        return Err(SeedError::at(
            format!("{place}.choices"),
            "is empty; give at least one choice",
        ));
    }
    unique(choices.iter().map(|choice| choice.id), |index| {
        format!("{place}.choices[{index}].id")
    })
}

fn unique<T: Ord + std::fmt::Debug>(
    values: impl Iterator<Item = T>,
    place: impl Fn(usize) -> String,
) -> Result<(), SeedError> {
    let mut seen = BTreeSet::new();
    for (index, value) in values.enumerate() {
        if seen.contains(&value) {
            return Err(twice(place(index), value));
        }
        seen.insert(value);
    }
    Ok(())
}

fn twice(place: String, value: impl std::fmt::Debug) -> SeedError {
    SeedError::at(place, format!("{value:?} stands twice; give each its own"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_seed_is_sound() {
        let seed = Seed::builtin().unwrap();
        assert_eq!(
            seed.variant(126, 150).unwrap().1.price,
            Decimal::new(1250, 2)
        );
    }

    #[test]
    fn a_seed_is_refused_with_the_place_and_the_mend() {
        const PRODUCT: &str = "id: 1, name: A, slug: a, variants: [{id: 2, sku: B, price: 1}]";
        let one = |product: &str| format!("{{currencies: [USD], products: [{{{product}}}]}}");
        let cases = [
            (
                format!("{{currencies: [USD], products: [{{{PRODUCT}}}, {{{PRODUCT}}}]}}"),
                "bigcommerce.products[1].id: 1 stands twice; give each its own",
            ),
            (
                one("id: 1, name: A, slug: a, variants: [{id: 2, sku: B, price: -0.01}]"),
                "bigcommerce.products[0].variants[0].price: must be from 0 to 999999999",
            ),
            (
                one("id: 1, name: A, slug: a, variants: []"),
                "bigcommerce.products[0].variants: is empty; a product without options has one variant too",
            ),
            (
                one("id: 1, name: A, slug: a, variants: [{id: 2, sku: B, price: 1, values: [3]}]"),
                "bigcommerce.products[0].variants[0].values: must be the id of one choice for each option of the product, in their order",
            ),
            (
                one(&format!("{PRODUCT}, minimum: 3, maximum: 2")),
                "bigcommerce.products[0].minimum: 1, minimum, maximum must not fall",
            ),
            (
                one(&format!("{PRODUCT}, modifiers: [{{id: 4, name: C, kind: picklist}}]")),
                "bigcommerce.products[0].modifiers[0].choices: is empty; give at least one choice",
            ),
            (
                "{currencies: [usd], products: []}".to_owned(),
                "bigcommerce.currencies[0]: `usd` is no currency; write three upper-case letters, like USD",
            ),
            (
                "{currencies: [USD], products: [], carts: [{line_items: [{product_id: 9, quantity: 1}]}]}".to_owned(),
                "bigcommerce.carts[0]: the store would refuse to create this cart: \
                 Missing or incorrect required fields (line_items[0].product_id: there is no product 9)",
            ),
            (
                "{currencies: [USD], products: [], other_apps: [{client_id: a, access_token: sandbox-access-token, scopes: []}]}".to_owned(),
                "bigcommerce.other_apps[0].access_token: is empty or the store's first app's; give each app its own",
            ),
        ];
        for (yaml, refusal) in cases {
            let seed: Seed = serde_saphyr::from_str(&yaml).unwrap();
            assert_eq!(seed.check().unwrap_err().to_string(), refusal);
        }
    }
}
