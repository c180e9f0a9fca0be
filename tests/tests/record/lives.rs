//! The life of a cart at each vendor's stand-in, recorded, and lived again without it.

use std::sync::{Arc, Mutex};

use cartwright::record::{Recorder, Replay, har};
use cartwright::{
    Cart, CartApi, CompanyKind, Contact, Customer, HttpTransport, Layer, LineChange, NewCart,
    NewLine, NewOrder, PostalAddress, Settings, Support, Transport, Vendor, Verb, connect,
};
use cartwright_contract::Watched;
use serde_json::Value;

use crate::scripted::files;

fn line(vendor: Vendor) -> NewLine {
    match vendor.as_str() {
        "bigcommerce" => NewLine::product("126", 2).into(),
        "cpanel" => NewLine::provider_item("123456").into(),
        "liquidweb" => NewLine::service("LIC.MAIL").region(1).into(),
        "webroot" => NewLine::license("SAEP", 150, "1")
            .keycode_type(3)
            .attribute(110)
            .into(),
        other => panic!("no line is listed here for {other}"),
    }
}

fn customer(vendor: Vendor) -> Customer {
    if vendor.as_str() == "bigcommerce" {
        return Customer::Id("11".to_owned());
    }
    let address = PostalAddress::new("DE")
        .line1("1 Example Street")
        .city("München")
        .postal_code("80331");
    Contact::new()
        .key("E000000002")
        .name("Ben", "Muster")
        .company("Musterschule", CompanyKind::Business)
        .email("ben@example.com")
        .address(address)
        .into()
}

/// A result as JSON, be it a success or not.
fn shown<T: serde::Serialize>(result: &cartwright::Result<T>) -> Value {
    match result {
        Ok(value) => serde_json::to_value(value).unwrap(),
        Err(error) => Value::from(format!("{:?} {error}", error.kind())),
    }
}

/// Everything that the vendor can do with a cart, and the results.
async fn life(shop: &dyn CartApi) -> Vec<Value> {
    let vendor = shop.vendor();
    let can = |verb| shop.capabilities().of(verb) == Support::Supported;
    let created: cartwright::Result<Cart> = shop.create(NewCart::new().line(line(vendor))).await;
    let mut results = vec![shown(&created)];
    let created = created.unwrap_or_else(|error| panic!("{vendor}: {error}"));
    let cart = &created.id;
    if can(Verb::AddLines) {
        results.push(shown(&shop.add_lines(cart, vec![line(vendor)]).await));
    }
    if can(Verb::UpdateLine) {
        let id = created.line_items[0].id.as_ref().unwrap();
        results.push(shown(
            &shop
                .update_line(cart, id, LineChange::new().quantity(3))
                .await,
        ));
    }
    if can(Verb::SetCustomer) {
        results.push(shown(&shop.set_customer(cart, customer(vendor)).await));
    }
    if can(Verb::Checkout) {
        results.push(shown(&shop.checkout(cart).await));
    }
    if can(Verb::PlaceOrder) {
        let order = NewOrder::new().purchase_order("PO-1");
        results.push(shown(&shop.place_order(cart, order).await));
    }
    if can(Verb::Delete) {
        results.push(shown(&shop.delete(cart).await));
    }
    if can(Verb::Get) {
        results.push(shown(&shop.get(cart).await));
    }
    results
}

fn is_secret(name: &str) -> bool {
    ["TOKEN", "PASSWORD", "SECRET"]
        .iter()
        .any(|end| name.ends_with(end))
}

#[tokio::test]
async fn a_cart_lives_again_from_its_recording_and_the_recording_holds_no_credential() {
    for &vendor in Vendor::ALL {
        let issued: Arc<Mutex<Vec<String>>> = Arc::default();
        let keep = issued.clone();
        let sandbox = Watched::builder().observe(move |exchange| {
            let Ok(answer) = serde_json::from_slice::<Value>(&exchange.response_body) else {
                return;
            };
            let tokens = ["access_token", "refresh_token", "OrderHeaderToken"].into_iter();
            let tokens = tokens.filter_map(|name| Some(answer.get(name)?.as_str()?.to_owned()));
            keep.lock().unwrap().extend(tokens);
        });
        let sandbox = sandbox.start().await.unwrap();
        let mut vendors = sandbox.vendors().into_iter();
        let access = vendors
            .find(|access| access.vendor == vendor.as_str())
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        let recorder = Recorder::new(folder.path());
        let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
        let settings = Settings::from_pairs(access.environment.clone());
        let shop = connect(vendor, &settings, Some(recorder.layer(wire))).unwrap();
        let live = life(&*shop).await;
        sandbox.shutdown().await.unwrap();
        assert_eq!(recorder.problems(), [""; 0]);

        // Other credentials, and nobody at the address.
        let others = access
            .environment
            .iter()
            .map(|(name, value)| match is_secret(name) {
                true => (*name, "other-credential"),
                false => (*name, value.as_str()),
            });
        let replay = Replay::from_folder(folder.path()).unwrap();
        let transport: Arc<dyn Transport> = Arc::new(replay.clone());
        let shop = connect(vendor, &Settings::from_pairs(others), Some(transport)).unwrap();
        let again = life(&*shop).await;
        let live: Vec<Value> = live
            .iter()
            .map(|result| recorder.redacted(result))
            .collect();
        assert_eq!(again, live, "{vendor}");
        assert!(replay.exhausted(), "{vendor}: {:?}", replay.unused());

        let secrets = access
            .environment
            .iter()
            .filter(|(name, _)| is_secret(name));
        let mut secrets: Vec<String> = secrets.map(|(_, value)| value.clone()).collect();
        assert!(!secrets.is_empty(), "{vendor}");
        secrets.append(&mut issued.lock().unwrap());
        let har = har::export(folder.path()).unwrap().to_string();
        for (file, text) in files(folder.path())
            .into_iter()
            .chain([("har".to_owned(), har)])
        {
            let found = secrets.iter().find(|secret| text.contains(secret.as_str()));
            assert_eq!(found, None, "{vendor}: {file}");
        }
    }
}
