//! Which documented operation a request asks for.

use cartwright_sandbox::Exchange;
use serde_json::Value;

use crate::spec::{self, Spec};

/// The vendors that have a spec and a stand-in.
pub const VENDORS: [&str; 4] = ["bigcommerce", "cpanel", "liquidweb", "webroot"];

/// The operation that an exchange asked for, if the spec has it.
pub fn asked<'a>(spec: &'a Spec, vendor: &str, exchange: &Exchange) -> Option<&'a Value> {
    let path = match vendor {
        "cpanel" => cpanel_path(exchange)?,
        _ => exchange.path.clone(),
    };
    let base = base_path(spec);
    let mut found: Vec<(usize, &Value)> = spec
        .calls()
        .filter(|(method, _, _)| *method == exchange.method || also_taken(vendor, &exchange.method))
        .filter_map(|(_, template, operation)| {
            let whole = format!("{base}{template}");
            let places = fits(&whole, &path, vendor == "liquidweb")?;
            Some((places, operation))
        })
        .collect();
    // `/carts/settings` is meant before `/carts/{cartId}`.
    found.sort_by_key(|(places, _)| *places);
    found.first().map(|(_, operation)| *operation)
}

/// UAPI takes a function by GET and by a form POST; its spec has one of them.
fn also_taken(vendor: &str, method: &str) -> bool {
    vendor == "cpanel" && ["GET", "POST"].contains(&method)
}

/// What the server's address has behind the host: `/stores/{store_hash}`.
fn base_path(spec: &Spec) -> &str {
    let server = spec.document()["servers"][0]["url"]
        .as_str()
        .unwrap_or_default();
    let authority = server.split_once("://").map_or(server, |(_, rest)| rest);
    authority.find('/').map_or("", |slash| &authority[slash..])
}

/// How many places of the template the path fills, if it fits at all.
fn fits(template: &str, path: &str, any_case: bool) -> Option<usize> {
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    let mut places = 0;
    loop {
        match (template.next(), path.next()) {
            (None, None) => return Some(places),
            (Some(place), Some(sent)) if place.starts_with('{') && !sent.is_empty() => places += 1,
            (Some(fixed), Some(sent)) if fixed == sent => {}
            (Some(fixed), Some(sent)) if any_case && fixed.eq_ignore_ascii_case(sent) => {}
            _ => return None,
        }
    }
}

/// The path at which the spec has a function, for the other ways to call it.
fn cpanel_path(exchange: &Exchange) -> Option<String> {
    if exchange.path == "/json-api/cpanel" {
        let body = String::from_utf8_lossy(&exchange.request_body);
        let pairs = [exchange.query.as_deref().unwrap_or_default(), &body];
        let one = |name: &str| {
            let mut pairs = pairs.iter().flat_map(|pairs| pairs.split('&'));
            pairs.find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))
        };
        let version = one("cpanel_jsonapi_apiversion");
        let (module, function) = (one("cpanel_jsonapi_module")?, one("cpanel_jsonapi_func")?);
        return (version == Some("3")).then(|| format!("/execute/{module}/{function}"));
    }
    let mut segments = exchange.path.splitn(3, '/');
    match (segments.next(), segments.next(), segments.next()) {
        (Some(""), Some(token), Some(rest)) if token.starts_with("cpsess") => {
            Some(format!("/{rest}"))
        }
        _ => Some(exchange.path.clone()),
    }
}

/// The vendor and the operation that an exchange asked for. `None` for what no spec has.
pub fn of_any(exchange: &Exchange) -> Option<(&'static str, &'static Value)> {
    VENDORS.into_iter().find_map(|vendor| {
        let operation = asked(spec::of(vendor), vendor, exchange)?;
        Some((vendor, operation))
    })
}

#[cfg(test)]
mod tests {
    use crate::contract::tests::exchange;

    #[test]
    fn an_exchange_is_of_the_operation_that_its_method_and_path_name() {
        for (method, path, query, operation) in [
            ("POST", "/stores/any/v3/carts", "", Some("createCart")),
            ("GET", "/stores/any/v3/carts/7", "", Some("getCart")),
            (
                "GET",
                "/stores/any/v3/carts/settings",
                "",
                Some("getGlobalCartSettings"),
            ),
            ("PATCH", "/stores/any/v3/carts/7", "", None),
            ("GET", "/stores/any/v3/carts/", "", None),
            ("GET", "/v3/carts/7", "", None),
            (
                "POST",
                "/bleed/market/CART/item/add",
                "",
                Some("addCartItem"),
            ),
            (
                "GET",
                "/execute/Market/get_providers_list",
                "",
                Some("getProvidersList"),
            ),
            (
                "GET",
                "/cpsess0123456789/execute/Market/get_providers_list",
                "",
                Some("getProvidersList"),
            ),
            ("GET", "/execute/Market/no_such", "", None),
            (
                "GET",
                "/json-api/cpanel",
                "cpanel_jsonapi_apiversion=3&cpanel_jsonapi_module=Market&cpanel_jsonapi_func=get_providers_list",
                Some("getProvidersList"),
            ),
            (
                "GET",
                "/json-api/cpanel",
                "cpanel_jsonapi_apiversion=2&cpanel_jsonapi_module=Market&cpanel_jsonapi_func=get_providers_list",
                None,
            ),
            ("POST", "/auth/token", "", Some("createToken")),
            ("GET", "/nowhere", "", None),
        ] {
            let mut asked = exchange(method, path, 200, "", "");
            asked["query"] = query.into();
            let asked = serde_json::from_value(asked).unwrap();
            let found = super::of_any(&asked)
                .map(|(_, operation)| operation["operationId"].as_str().unwrap());
            assert_eq!(found, operation, "{method} {path}");
        }
    }
}
