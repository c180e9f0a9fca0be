//! What the partner may order: new licences of each category, and the renewal of those that exist.

use super::catalogue::{Category, Choice};
use super::licence::Licence;
use super::seed::Seed;
use crate::offers::{Offer, escaped};

pub(crate) fn offers(seed: &Seed) -> Vec<Offer> {
    let currency = seed.locales.first().map(|locale| locale.currency.clone());
    let offer = |line: String, category: &Category| Offer {
        vendor: "webroot",
        line,
        name: category.description.clone(),
        price: Some(category.yearly_price.0.to_string()),
        currency: currency.clone(),
        per: Some("seat and year"),
    };
    let new = |category: &Category| {
        let name = escaped(&category.name, &[',']);
        let first = |key: &str, choices: &[Choice]| match choices.first() {
            Some(choice) => format!(",{key}={}", choice.id),
            None => String::new(),
        };
        let vault = first("vault", &category.vaults);
        offer(format!("license:{name},seats=1,years=1{vault}"), category)
    };
    let renewed = |licence: &Licence| {
        let category = seed.category(&licence.leading()?.category)?;
        let key = escaped(&licence.keycode, &[',']);
        let mut renewed = offer(format!("keycode:{key},years=1"), category);
        renewed.name = format!("{} (renewal)", renewed.name);
        Some(renewed)
    };
    let new = seed.categories.iter().map(new);
    new.chain(seed.licences.iter().filter_map(renewed))
        .collect()
}
