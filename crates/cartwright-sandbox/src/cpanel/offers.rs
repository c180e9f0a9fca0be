//! What the first provider sells, whose carts the program makes.

use super::seed::{Product, Seed};
use crate::offers::Offer;

pub(crate) fn offers(seed: &Seed) -> Vec<Offer> {
    let provider = seed.providers.first().map(|first| first.name.as_str());
    let own = |product: &&Product| Some(product.provider.as_str()) == provider;
    let offer = |product: &Product| {
        let certificate = product.certificate.as_ref();
        let by_domain = certificate.map(|terms| terms.price_per_domain.clone());
        let price = by_domain.or_else(|| product.price.clone());
        // The vendor takes the price that the caller was shown.
        let stated = price.as_ref().map(|price| format!(",price={price}"));
        Offer {
            vendor: "cpanel",
            line: format!("item:{}{}", product.id, stated.unwrap_or_default()),
            name: product.display_name.clone(),
            price,
            currency: None,
            per: certificate.map(|_| "domain"),
        }
    };
    seed.products.iter().filter(own).map(offer).collect()
}
