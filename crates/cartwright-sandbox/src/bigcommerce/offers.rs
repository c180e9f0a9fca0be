//! What the store sells.

use super::catalogue::{ModifierKind, Product, Variant};
use super::seed::Seed;
use crate::offers::Offer;

pub(crate) fn offers(seed: &Seed) -> Vec<Offer> {
    let sold = seed.products().filter(|product| product.purchasable);
    let each = |product: &Product| -> Vec<Offer> {
        let variants = product.variants.iter();
        variants
            .map(|variant| Offer {
                vendor: "bigcommerce",
                line: line(product, variant),
                name: name(product, variant),
                price: Some(variant.price.to_string()),
                currency: Some(seed.default_currency().to_owned()),
                per: None,
            })
            .collect()
    };
    sold.flat_map(each).collect()
}

fn line(product: &Product, variant: &Variant) -> String {
    let mut line = format!("product:{}", product.id);
    if product.variants.len() > 1 {
        line.push_str(&format!(",variant={}", variant.id));
    }
    if let Some(least) = product.minimum.filter(|least| *least > 1) {
        line.push_str(&format!(",qty={least}"));
    }
    for modifier in product.modifiers.iter().filter(|one| one.required) {
        let chosen = modifier.choices.first().map_or(0, |choice| choice.id);
        line.push_str(&match modifier.kind {
            ModifierKind::Date => format!(",date={}=2030-01-31", modifier.id),
            ModifierKind::Checkbox | ModifierKind::Picklist => {
                format!(",option={}={chosen}", modifier.id)
            }
        });
    }
    line
}

/// The product's name, and the choices that make the variant.
fn name(product: &Product, variant: &Variant) -> String {
    let labels: Vec<&str> = product
        .options
        .iter()
        .zip(&variant.values)
        .filter_map(|(option, value)| {
            let choice = option.choices.iter().find(|choice| choice.id == *value)?;
            Some(choice.label.as_str())
        })
        .collect();
    match labels.as_slice() {
        [] => product.name.clone(),
        labels => format!("{} ({})", product.name, labels.join(", ")),
    }
}
