//! The functions of the module Market.

use serde_json::{Value, json};

use super::ACCESS_TOKEN;
use super::account::{Books, CpanelOrder};
use super::envelope::{Failure, Outcome};
use super::item::Item;
use super::parameters::{Parameters, is_digits};

/// The providers: name, name to show, and the made-up domain of the checkout.
pub(super) const PROVIDERS: [(&str, &str, &str); 2] = [
    ("cPStore", "cPanel Store", "store.cpanel.example"),
    ("ExampleMarket", "Example Market", "market.example"),
];

/// The documented functions that are not built.
const NOT_BUILT: [&str; 16] = [
    "get_all_products",
    "get_login_url",
    "validate_login_token",
    "create_shopping_cart_non_ssl",
    "get_product_info",
    "get_build_cart_url",
    "get_completion_url",
    "get_license_info",
    "set_status_of_pending_queue_items",
    "request_ssl_certificates",
    "get_pending_ssl_certificates",
    "cancel_pending_ssl_certificate",
    "process_ssl_pending_queue",
    "get_ssl_certificate_if_available",
    "get_certificate_status_details",
    "get_provider_specific_dcv_constraints",
];

/// Calls a function by its name.
pub(super) fn call(module: &str, function: &str, books: &mut Books, asked: &Parameters) -> Outcome {
    if module != "Market" || NOT_BUILT.contains(&function) {
        return Err(Failure::not_built(module, function));
    }
    match function {
        "create_shopping_cart" => create_shopping_cart(books, asked),
        "set_url_after_checkout" => set_url_after_checkout(books, asked),
        "get_providers_list" => Ok(providers_list()),
        _ => Err(Failure::new(format!(
            "The module Market has no function \"{function}\"."
        ))),
    }
}

fn providers_list() -> Value {
    PROVIDERS
        .iter()
        .map(|(name, display_name, _)| json!({"name": name, "display_name": display_name}))
        .collect()
}

fn create_shopping_cart(books: &mut Books, asked: &Parameters) -> Outcome {
    let login = Login::read(asked)?;
    let items: Vec<Item> = asked
        .list("item")?
        .into_iter()
        .zip(1..)
        .map(|(sent, place)| Item::read(sent, place))
        .collect::<Result<_, _>>()?;
    let id = books.new_order_id();
    let order_items: Vec<Value> = items
        .iter()
        .map(|item| item.ordered(books.new_order_item_id()))
        .collect();
    let order = CpanelOrder {
        order_id: id.to_string(),
        provider: login.provider.to_owned(),
        items: items.into_iter().map(|item| item.sent).collect(),
        url_after_checkout: login.url_after_checkout.to_owned(),
    };
    let answer = json!({
        "checkout_url": format!("https://{}/checkout?order_id={id}", login.domain),
        "order_id": order.order_id,
        "order_items": order_items,
    });
    books.orders.insert(id, order);
    Ok(answer)
}

fn set_url_after_checkout(books: &mut Books, asked: &Parameters) -> Outcome {
    let login = Login::read(asked)?;
    let text = asked.required("order_id")?;
    if !is_digits(text) {
        return Err(Failure::new(format!(
            "The \"order_id\" {text} is not a whole number."
        )));
    }
    // More digits than the number type holds are a whole number all the same, of no order.
    let id: Option<u64> = text.parse().ok();
    let order = id
        .and_then(|id| books.orders.get_mut(&id))
        .filter(|order| order.provider == login.provider)
        .ok_or_else(|| {
            Failure::new(format!("{} has no order {text}.", login.provider))
                .with_data(json!({"error_type": "EntryDoesNotExist"}))
        })?;
    order.url_after_checkout = login.url_after_checkout.to_owned();
    Ok(json!({"error_type": null}))
}

/// What both functions on an order want: a provider, logged in to, and the way back.
struct Login<'a> {
    provider: &'static str,
    domain: &'static str,
    url_after_checkout: &'a str,
}

impl<'a> Login<'a> {
    fn read(asked: &'a Parameters) -> Result<Self, Failure> {
        let access_token = asked.required("access_token")?;
        let name = asked.required("provider")?;
        let url_after_checkout = asked.required("url_after_checkout")?;
        if access_token != ACCESS_TOKEN {
            return Err(Failure::new("The provider refused the \"access_token\"."));
        }
        let (provider, _, domain) = PROVIDERS
            .into_iter()
            .find(|(known, _, _)| *known == name)
            .ok_or_else(|| Failure::new(format!("There is no provider \"{name}\".")))?;
        if !is_web_address(url_after_checkout) {
            return Err(Failure::new(format!(
                "The \"url_after_checkout\" {url_after_checkout} is not an http or https address."
            )));
        }
        Ok(Self {
            provider,
            domain,
            url_after_checkout,
        })
    }
}

fn is_web_address(text: &str) -> bool {
    ["http://", "https://"].iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    })
}
