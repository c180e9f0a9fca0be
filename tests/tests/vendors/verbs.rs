//! Verbs that a vendor lacks.

use cartwright::{CartApi, CartId, Customer, Error, LineChange, NewLine, NewOrder, Support, Verb};

/// What a shop says to each verb that it does not support, in the order of a cart's life.
pub async fn refusals(shop: &dyn CartApi, cart: &CartId) -> Vec<String> {
    let line = "1".into();
    let mut refusals = Vec::new();
    for verb in Verb::ALL {
        if shop.capabilities().of(verb) == Support::Supported {
            continue;
        }
        let refused: Option<Error> = match verb {
            Verb::Get => shop.get(cart).await.err(),
            Verb::AddLines => {
                let lines = vec![NewLine::product("1", 1).into()];
                shop.add_lines(cart, lines).await.err()
            }
            Verb::UpdateLine => {
                let change = LineChange::new().quantity(1);
                shop.update_line(cart, &line, change).await.err()
            }
            Verb::RemoveLine => shop.remove_line(cart, &line).await.err(),
            Verb::Delete => shop.delete(cart).await.err(),
            Verb::Checkout => shop.checkout(cart).await.err(),
            Verb::SetCustomer => shop.set_customer(cart, Customer::Guest).await.err(),
            Verb::PlaceOrder => shop.place_order(cart, NewOrder::new()).await.err(),
            other => panic!("no vendor lacks `{other}`"),
        };
        let refused = refused.unwrap_or_else(|| panic!("`{verb}` was carried out"));
        refusals.push(refused.to_string());
    }
    refusals
}
