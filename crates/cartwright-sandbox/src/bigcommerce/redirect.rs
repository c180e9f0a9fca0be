//! Redirect URLs: where a shopper's browser goes on with a cart.

use serde_json::{Value, json};

/// A store domain that cannot exist, so that a followed URL reaches nobody.
const STORE: &str = "https://store-sandbox.example";

/// The three URLs of one fresh token, each with the given parameters appended.
pub(super) fn urls(cart_id: &str, token: &str, query_params: &[(String, String)]) -> Value {
    let url = |action: &[(&str, &str)]| {
        let own = [("id", cart_id), ("token", token)];
        let sent = query_params
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        let query: Vec<(&str, &str)> = action.iter().copied().chain(own).chain(sent).collect();
        // Pairs of text always have a query form.
        let query = serde_urlencoded::to_string(query).unwrap_or_default();
        format!("{STORE}/cart.php?{query}")
    };
    json!({
        "cart_url": url(&[("action", "load")]),
        "checkout_url": url(&[("action", "loadInCheckout")]),
        "embedded_checkout_url": url(&[("embedded", "1"), ("action", "loadInCheckout")]),
    })
}
