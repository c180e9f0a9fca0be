//! The documented operations that the sandbox doesn't build: each is refused by name, so that nobody takes the refusal for the vendor's.

use std::collections::BTreeSet;

use cartwright::{CartApi, RawResponse, Result, Support, Verb};

use crate::spec;

/// Checks that what the sandbox builds is documented, and enough for each verb that the shop carries out.
pub fn check_built(vendor: &'static str, shop: &dyn CartApi, built: &[&str]) {
    let mut unknown: BTreeSet<&str> = built.iter().copied().collect();
    let mut carried_out = BTreeSet::new();
    for (_, _, operation) in spec::of(vendor).calls() {
        if unknown.remove(operation["operationId"].as_str().expect("an id")) {
            let verbs = operation["x-cart-operation"].as_array();
            carried_out.extend(verbs.into_iter().flatten().filter_map(|verb| verb.as_str()));
        }
    }
    assert!(unknown.is_empty(), "not documented: {unknown:?}");
    let declared: BTreeSet<String> = Verb::ALL
        .into_iter()
        .filter(|verb| shop.capabilities().of(*verb) == Support::Supported)
        .map(|verb| verb.to_string())
        .collect();
    let carried_out: BTreeSet<String> = carried_out.into_iter().map(str::to_owned).collect();
    assert_eq!(carried_out, declared);
}

/// Asks once for each documented operation that isn't `built`: HTTP 501, and a body that says its name, which `name` makes of id, method and path.
pub async fn check_refusals(
    vendor: &'static str,
    built: &[&str],
    name: fn(id: &str, method: &str, path: &str) -> String,
    ask: impl AsyncFn(reqwest::Method, &str) -> Result<RawResponse>,
) {
    let mut asked = 0;
    for (method, path, operation) in spec::of(vendor).calls() {
        let id = operation["operationId"].as_str().expect("an id");
        if built.contains(&id) {
            continue;
        }
        asked += 1;
        let answer = ask(method.parse().expect("a method"), &filled(path))
            .await
            .unwrap_or_else(|error| panic!("{id}: {error}"));
        let body = String::from_utf8_lossy(&answer.body);
        assert_eq!(answer.status.as_u16(), 501, "{id}: {body}");
        assert!(says(&body, &name(id, &method, path)), "{id}: {body}");
    }
    assert_eq!(asked + built.len(), spec::of(vendor).calls().count());
}

/// A path with `1` in each of its places.
fn filled(path: &str) -> String {
    let segments = path.split('/').map(|segment| match segment {
        place if place.starts_with('{') => "1",
        fixed => fixed,
    });
    segments.collect::<Vec<_>>().join("/")
}

/// Whether a body says a name, and not only a longer one that begins with it.
fn says(body: &str, name: &str) -> bool {
    body.match_indices(name).any(|(at, _)| {
        let next = body[at + name.len()..].chars().next();
        next.is_none_or(|next| !next.is_alphanumeric() && !"/_".contains(next))
    })
}

#[test]
fn a_name_is_not_said_by_a_longer_one() {
    for (body, said) in [
        ("no getCart here", true),
        ("getCart", true),
        ("no getCarts here", false),
        ("getCarts, getCart", true),
        ("getCart/customers", false),
    ] {
        assert_eq!(says(body, "getCart"), said, "{body}");
    }
}

#[test]
fn each_place_of_a_path_is_filled() {
    assert_eq!(
        filled("/v3/carts/{cartId}/items/{itemId}"),
        "/v3/carts/1/items/1"
    );
}
