//! Which operation of which vendor a request asks for, by what the stand-ins say that they build.

use crate::coverage::Built;
use crate::vendors::Vendors;

/// The vendor's name and the operation's id. `None` for what no vendor documents.
pub(super) fn asked(
    method: &str,
    path: &str,
    query: Option<&str>,
    body: &[u8],
) -> Option<(&'static str, &'static str)> {
    Vendors::operations()
        .into_iter()
        .find_map(|(vendor, built)| {
            let path = match vendor {
                "bigcommerce" => {
                    let below = path.strip_prefix("/stores/")?;
                    below.get(below.find('/')?..)?.to_owned()
                }
                "cpanel" => cpanel_path(path, query, body)?,
                _ => path.to_owned(),
            };
            // Both take calls by GET and by POST, whichever the documentation has.
            let any_method =
                ["cpanel", "liquidweb"].contains(&vendor) && ["GET", "POST"].contains(&method);
            let fitting = built
                .iter()
                .filter(|built| any_method || built.method == method)
                .filter_map(|built| Some((places(built, &path, vendor == "liquidweb")?, built)));
            // `/carts/settings` is meant before `/carts/{cartId}`.
            let (_, built) = fitting.min_by_key(|(places, _)| *places)?;
            Some((vendor, built.operation))
        })
}

/// How many parameters of the documented path the path fills, if it fits.
fn places(built: &Built, path: &str, any_case: bool) -> Option<usize> {
    let (mut documented, mut sent) = (built.path.split('/'), path.split('/'));
    let mut places = 0;
    loop {
        match (documented.next(), sent.next()) {
            (None, None) => return Some(places),
            (Some(place), Some(sent)) if place.starts_with('{') && !sent.is_empty() => places += 1,
            (Some(fixed), Some(sent)) if fixed == sent => {}
            (Some(fixed), Some(sent)) if any_case && fixed.eq_ignore_ascii_case(sent) => {}
            _ => return None,
        }
    }
}

/// The path that the documentation has for a function, for each way to call it.
fn cpanel_path(path: &str, query: Option<&str>, body: &[u8]) -> Option<String> {
    if path == "/json-api/cpanel" {
        let body = String::from_utf8_lossy(body);
        let pairs = [query.unwrap_or_default(), &body].map(|text| {
            serde_urlencoded::from_str::<Vec<(String, String)>>(text).unwrap_or_default()
        });
        let one = |name: &str| {
            let mut pairs = pairs.iter().flatten();
            pairs.find_map(|(known, value)| (known == name).then_some(value.as_str()))
        };
        let (module, function) = (one("cpanel_jsonapi_module")?, one("cpanel_jsonapi_func")?);
        let current = one("cpanel_jsonapi_apiversion") == Some("3");
        return current.then(|| format!("/execute/{module}/{function}"));
    }
    match path.strip_prefix("/cpsess") {
        Some(below) => Some(below.get(below.find('/')?..)?.to_owned()),
        None => Some(path.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_of_the_operation_that_it_asks_for_by_any_entrance() {
        let wrapped = "cpanel_jsonapi_apiversion=3&cpanel_jsonapi_module=Market&cpanel_jsonapi_func=get%5Fproviders_list";
        for (method, path, query, body, operation) in [
            ("POST", "/stores/x/v3/carts", None, "", Some("createCart")),
            ("GET", "/stores/x/v3/carts/7", None, "", Some("getCart")),
            (
                "GET",
                "/stores/x/v3/carts/settings",
                None,
                "",
                Some("getGlobalCartSettings"),
            ),
            ("PATCH", "/stores/x/v3/carts/7", None, "", None),
            ("GET", "/v3/carts/7", None, "", None),
            (
                "POST",
                "/bleed/market/CART/item/add",
                None,
                "",
                Some("addCartItem"),
            ),
            (
                "GET",
                "/execute/Market/get_providers_list",
                None,
                "",
                Some("getProvidersList"),
            ),
            (
                "POST",
                "/cpsess0123456789/execute/Market/get_providers_list",
                None,
                "",
                Some("getProvidersList"),
            ),
            (
                "GET",
                "/json-api/cpanel",
                Some(wrapped),
                "",
                Some("getProvidersList"),
            ),
            (
                "POST",
                "/json-api/cpanel",
                None,
                wrapped,
                Some("getProvidersList"),
            ),
            ("GET", "/json-api/cpanel", None, "", None),
            ("POST", "/auth/token", None, "", Some("createToken")),
            (
                "GET",
                "/service/api/ecom/shop/carts/7/customers",
                None,
                "",
                Some("getCartCustomers"),
            ),
        ] {
            let found = asked(method, path, query, body.as_bytes());
            assert_eq!(
                found.map(|(_, operation)| operation),
                operation,
                "{method} {path}"
            );
        }
    }
}
