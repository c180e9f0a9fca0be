//! The orders of shopping carts, and the way back from their checkout.

use serde_json::{Map, Value, json};

use super::account::Order;
use super::envelope::{Failure, Outcome};
use super::item::Item;
use super::login;
use super::market::Call;
use super::parameters::is_digits;
use super::seed::{IdForm, Provider};

/// `create_shopping_cart`
pub(super) fn create(call: &mut Call<'_>) -> Outcome {
    let (provider, url_after_checkout) = admitted(call)?;
    let items: Vec<Item> = call
        .asked
        .list("item")?
        .into_iter()
        .zip(1..)
        .map(|(sent, place)| Item::read(sent, place))
        .collect::<Result<_, _>>()?;
    order(call, provider, url_after_checkout, items, "order_items")
}

/// `create_shopping_cart_non_ssl`
pub(super) fn create_non_ssl(call: &mut Call<'_>) -> Outcome {
    let access_token = call.asked.required("access_token")?;
    let name = call.asked.required("product_name")?;
    let url_after_checkout = login::web_address(call.asked, "url_after_checkout")?;
    let product = call
        .data
        .product_named(name)
        .filter(|product| product.certificate.is_none())
        .ok_or_else(|| Failure::new(format!("There is no product \"{name}\" to buy.")))?;
    let provider = call
        .data
        .provider(&product.provider)
        .ok_or_else(|| Failure::new(format!("There is no provider \"{}\".", product.provider)))?;
    login::refuse_stranger(call, access_token, provider)?;
    let mut keys = Map::from_iter([("product_id".to_owned(), json!(product.id))]);
    if let Some(domain) = call.asked.one("domain") {
        keys.insert("domain".to_owned(), json!(domain));
    }
    order(
        call,
        provider,
        url_after_checkout,
        vec![Item::made(keys)],
        "order_items_ref",
    )
}

/// `set_url_after_checkout`
pub(super) fn set_url_after_checkout(call: &mut Call<'_>) -> Outcome {
    let (provider, url_after_checkout) = admitted(call)?;
    let text = call.asked.required("order_id")?;
    if !is_digits(text) {
        return Err(Failure::new(format!(
            "The \"order_id\" {text} is not a whole number."
        )));
    }
    // More digits than the number type holds are a whole number all the same, of no order.
    let id: Option<u64> = text.parse().ok();
    let order = id
        .and_then(|id| call.books.orders.get_mut(&id))
        .filter(|order| order.provider == provider.name)
        .ok_or_else(|| {
            Failure::new(format!("{} has no order {text}.", provider.name))
                .with_data(json!({"error_type": "EntryDoesNotExist"}))
        })?;
    order.url_after_checkout = url_after_checkout.to_owned();
    Ok(json!({"error_type": null}).into())
}

/// What both functions that name a provider want: one, logged in to, and the way back.
fn admitted<'a>(call: &Call<'a>) -> Result<(&'a Provider, &'a str), Failure> {
    let access_token = call.asked.required("access_token")?;
    let provider = login::provider(call.data, call.asked)?;
    let url_after_checkout = login::web_address(call.asked, "url_after_checkout")?;
    login::refuse_stranger(call, access_token, provider)?;
    Ok((provider, url_after_checkout))
}

fn order(
    call: &mut Call<'_>,
    provider: &Provider,
    url_after_checkout: &str,
    items: Vec<Item>,
    items_key: &str,
) -> Outcome {
    let (mut ordered, mut kept) = (Vec::new(), Vec::new());
    for item in items {
        let entry = call.books.new_order_item(item.sent.clone());
        ordered.push(item.ordered(written(call.data.order_item_ids, entry.id, IdForm::Number)));
        kept.push(entry);
    }
    let id = call.books.keep(Order {
        provider: provider.name.clone(),
        items: kept,
        url_after_checkout: url_after_checkout.to_owned(),
    });
    let mut answer = Map::from_iter([
        ("checkout_url".to_owned(), json!(checkout_url(provider, id))),
        ("order_id".to_owned(), json!(id.to_string())),
    ]);
    answer.insert(items_key.to_owned(), json!(ordered));
    Ok(Value::Object(answer).into())
}

/// The made-up page to pay an order at.
pub(super) fn checkout_url(provider: &Provider, order: u64) -> String {
    format!("https://{}/checkout?order_id={order}", provider.domain)
}

/// The id of an order item, in the form of the seed, or else in the documented one.
pub(super) fn written(form: IdForm, id: u64, documented: IdForm) -> Value {
    match (form, documented) {
        (IdForm::Text, _) | (IdForm::Documented, IdForm::Text) => json!(id.to_string()),
        _ => json!(id),
    }
}
