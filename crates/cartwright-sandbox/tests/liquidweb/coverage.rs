//! What the stand-in says that it builds.

use cartwright_sandbox::{Built, Sandbox};
use reqwest::Method;
use serde_json::json;

use crate::market::{Market, send};

fn operations() -> &'static [Built] {
    let operations = Sandbox::operations();
    let mut operations = operations.iter();
    operations
        .find(|(vendor, _)| *vendor == "liquidweb")
        .unwrap()
        .1
}

#[test]
fn every_method_of_the_market_that_is_documented_is_built_once() {
    let mut paths: Vec<&str> = operations().iter().map(|built| built.path).collect();
    paths.sort_unstable();
    assert_eq!(
        paths,
        [
            "/bleed/Account/Auth/token",
            "/bleed/Market/Bundle/Package/list",
            "/bleed/Market/Bundle/details",
            "/bleed/Market/Cart/Admin/Quote/create",
            "/bleed/Market/Cart/Helpers/Configurator/add",
            "/bleed/Market/Cart/Item/add",
            "/bleed/Market/Package/Product/list",
            "/bleed/Market/Package/details",
        ]
    );
}

#[tokio::test]
async fn every_operation_answers_each_of_its_statuses() {
    let market = Market::open().await;
    for built in operations() {
        let method = Method::from_bytes(built.method.as_bytes()).unwrap();
        let request = |method: Method| {
            let request = market
                .http
                .request(method, format!("{}{}", market.base, built.path));
            request.json(&json!({"params": {}}))
        };
        let entitled =
            |method: Method| request(method).basic_auth(&market.user, Some(&market.password));
        let answered = [
            send(entitled(method.clone())).await.status,
            send(request(method)).await.status,
        ];
        assert_eq!(answered, built.statuses, "{}", built.operation);
    }
}
