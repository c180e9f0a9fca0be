//! What the market sells: products, packages of them, bundles of packages.

use super::catalogue::{Package, Product, sold};
use super::seed::Seed;
use crate::offers::{Offer, escaped};

pub(crate) fn offers(seed: &Seed) -> Vec<Offer> {
    let products = seed.products.iter().filter(|product| product.active);
    let products = products.map(|product| Offer {
        price: Some(product.base_price.amount().to_string()),
        ..offer(service(product), &product.title)
    });
    let packages = seed.packages.iter();
    let packages = packages.filter_map(|one| Some(offer(package(one, seed)?, &one.title)));
    let bundles = seed.bundles.iter().filter_map(|bundle| {
        let parts = &sold(&bundle.versions)?.parts;
        let packages: Option<Vec<String>> = parts
            .iter()
            .filter(|slot| !slot.add_on)
            .map(|slot| package(seed.package(&slot.package)?, seed))
            .collect();
        let line = format!("bundle:{}({})", code(&bundle.code), packages?.join(";"));
        Some(offer(line, &bundle.title))
    });
    products.chain(packages).chain(bundles).collect()
}

/// Prices of packages and bundles follow from what is in them and from discounts, so a cart tells them.
fn offer(line: String, title: &str) -> Offer {
    Offer {
        vendor: "liquidweb",
        line,
        name: title.to_owned(),
        price: None,
        currency: None,
        per: Some("month"),
    }
}

fn service(product: &Product) -> String {
    let mut line = format!("service:{}", code(&product.code));
    if let Some(region) = product.regions.first() {
        line.push_str(&format!(",region={region}"));
    }
    for option in product.options.iter().filter(|option| option.required) {
        if let Some(value) = option.values.first() {
            line.push_str(&format!(",option={}={}", option.ptok_id, value.ptov_id));
        }
    }
    line
}

fn package(package: &Package, seed: &Seed) -> Option<String> {
    let parts = &sold(&package.versions)?.parts;
    let services: Option<Vec<String>> = parts
        .iter()
        .filter(|slot| !slot.add_on)
        .map(|slot| Some(service(seed.product(&slot.product)?)))
        .collect();
    let services = services?.join(";");
    Some(format!("package:{}({services})", code(&package.code)))
}

fn code(code: &str) -> String {
    escaped(code, &[',', ';', '(', ')'])
}
