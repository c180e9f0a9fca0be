//! What an answer holds beyond what the mapping knows is named, at each vendor and at each depth; and what is known has its place.

use cartwright::{
    Cart, CartApi, Decimal, LineItem, Message, NewCart, NewLine, NewOrder, Severity, TotalKind,
};
use serde_json::{Value, json};

use crate::canned::Canned;
use crate::unified::payload;
use crate::{bigcommerce, cpanel, liquidweb, webroot};

/// The cart that the documented addresses open.
const ADDRESSED: &str = "bigcommerce:4f1c9f4e-5b7a-4f0e-9c61-0d5a3f5f8a01";

/// The documented answer with another value there.
fn with(vendor: &'static str, file: &str, pointer: &str, value: Value) -> Value {
    let mut answer = payload(vendor, file);
    let (above, key) = pointer.rsplit_once('/').unwrap();
    answer.pointer_mut(above).expect(pointer)[key] = value;
    answer
}

/// The cart that an answer becomes.
async fn cart(vendor: &str, answer: &Value) -> Cart {
    let canned = Canned::json(200, answer.to_string());
    let id = answer["data"]["id"]
        .as_str()
        .or_else(|| answer["id"].as_str());
    let code = answer["VendorOrderCode"].as_str();
    let became = match vendor {
        "bigcommerce" => {
            let id = format!("bigcommerce:{}", id.expect("a cart has an id"));
            bigcommerce::shop::shop(canned)
                .get(&id.parse().unwrap())
                .await
        }
        "cpanel" => {
            let new = NewCart::new().line(NewLine::provider_item("143"));
            cpanel::shop::shop(canned).create(new).await
        }
        "liquidweb" => {
            let shop = liquidweb::shop::shop(canned);
            shop.create(liquidweb::shop::server()).await
        }
        _ => {
            let id = format!("webroot:{}", code.expect("a cart has a code"));
            webroot::shop::shop(canned).get(&id.parse().unwrap()).await
        }
    };
    became.unwrap_or_else(|error| panic!("{vendor}: {error}"))
}

fn unknown(messages: &[Message]) -> Vec<(Severity, &str)> {
    let unknown = messages.iter().filter(|said| said.code == "unknown-field");
    unknown
        .map(|said| (said.severity, said.path.as_deref().unwrap()))
        .collect()
}

#[tokio::test]
async fn a_field_that_nobody_documents_is_named_wherever_it_stands() {
    let recorded = "get-cart-response-recorded-2024.json";
    let coupon = "get-cart-response-c04-coupon-id-number.json";
    let digital = "get-cart-response-digital-item.json";
    let custom = "get-cart-response-recorded-2021.json";
    let gift = "get-cart-response-c20-theme-spellings.json";
    let wrapped = "get-cart-response-gift-wrapping.json";
    let complete = "add-cart-item-response-complete.json";
    let order_items = "create-shopping-cart-response-c13-order-items.json";
    let bare = "create-shopping-cart-response-c01-bare.json";
    let documented = "get-cart-response-documented.json";
    for (vendor, file, pointer, path) in [
        ("bigcommerce", recorded, "/fees", "fees"),
        ("bigcommerce", recorded, "/data/fees", "data.fees"),
        (
            "bigcommerce",
            recorded,
            "/data/line_items/subscription_items",
            "data.line_items.subscription_items",
        ),
        (
            "bigcommerce",
            recorded,
            "/data/line_items/physical_items/0/fees",
            "data.line_items.physical_items[0].fees",
        ),
        (
            "bigcommerce",
            digital,
            "/data/line_items/digital_items/0/fees",
            "data.line_items.digital_items[0].fees",
        ),
        (
            "bigcommerce",
            custom,
            "/data/line_items/custom_items/0/discount_amount",
            "data.line_items.custom_items[0].discount_amount",
        ),
        (
            "bigcommerce",
            gift,
            "/data/line_items/gift_certificates/0/fees",
            "data.line_items.gift_certificates[0].fees",
        ),
        (
            "bigcommerce",
            wrapped,
            "/data/line_items/physical_items/0/gift_wrapping/tax",
            "data.line_items.physical_items[0].gift_wrapping.tax",
        ),
        (
            "bigcommerce",
            coupon,
            "/data/coupons/0/left",
            "data.coupons[0].left",
        ),
        ("cpanel", bare, "/data/total", "data.total"),
        ("cpanel", bare, "/fees", "fees"),
        (
            "cpanel",
            order_items,
            "/data/order_items/0/quantity",
            "data.order_items[0].quantity",
        ),
        ("liquidweb", complete, "/fees", "fees"),
        (
            "liquidweb",
            complete,
            "/items/0/setup_fee",
            "items[0].setup_fee",
        ),
        (
            "liquidweb",
            complete,
            "/items/0/details/add_ons",
            "items[0].details.add_ons",
        ),
        (
            "liquidweb",
            complete,
            "/items/1/details/products/0/fees",
            "items[1].details.products[0].fees",
        ),
        (
            "liquidweb",
            complete,
            "/items/2/details/packages/0/products/0/options/0/fees",
            "items[2].details.packages[0].products[0].options[0].fees",
        ),
        (
            "liquidweb",
            complete,
            "/totals/summary/cart/tax",
            "totals.summary.cart.tax",
        ),
        (
            "liquidweb",
            complete,
            "/totals/summary/items/0/tax",
            "totals.summary.items[0].tax",
        ),
        ("liquidweb", complete, "/totals/fees", "totals.fees"),
        ("webroot", documented, "/ShippingAmount", "ShippingAmount"),
        (
            "webroot",
            documented,
            "/Items/0/1/SetupFee",
            "Items[0][1].SetupFee",
        ),
        ("webroot", documented, "/Customers/Agent", "Customers.Agent"),
    ] {
        let before = unknown(&cart(vendor, &payload(vendor, file)).await.messages).len();
        for (value, severity) in [
            (json!([{"id": 1, "amount": 9.5}]), Severity::Warning),
            (json!("9.50"), Severity::Warning),
            (json!({"kind": "gift"}), Severity::Info),
        ] {
            let answer = with(vendor, file, pointer, value.clone());
            let cart = cart(vendor, &answer).await;
            let said = unknown(&cart.messages);
            assert!(
                said.contains(&(severity, path)),
                "{vendor} {path} {value}: {said:?}"
            );
            assert_eq!(said.len(), before + 1, "{vendor} {path} {value}: {said:?}");
        }
        let nothing = with(vendor, file, pointer, json!(null));
        assert_eq!(
            unknown(&cart(vendor, &nothing).await.messages).len(),
            before,
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_a_checkout_and_an_order_say_beyond_their_fields_is_named() {
    let mut answer = payload(
        "bigcommerce",
        "create-cart-redirect-url-response-c16-envelope.json",
    );
    answer["data"]["expires"] = json!("2027-01-01");
    let shop = bigcommerce::shop::shop(Canned::json(200, answer.to_string()));
    let checkout = shop.checkout(&ADDRESSED.parse().unwrap()).await.unwrap();
    assert_eq!(
        unknown(&checkout.messages),
        [(Severity::Info, "data.expires")]
    );

    let answer =
        json!({"status": 1, "data": {"error_type": "Late", "fee": 3}, "warnings": ["Slow today"]});
    let shop = cpanel::shop::shop(Canned::json(200, answer.to_string()));
    let checkout = shop
        .checkout(&cpanel::shop::CART.parse().unwrap())
        .await
        .unwrap();
    let said: Vec<_> = checkout
        .messages
        .iter()
        .map(|said| (said.code.as_str(), said.path.as_deref()))
        .collect();
    assert_eq!(
        said,
        [
            ("warning", Some("warnings")),
            ("error-type", Some("data.error_type")),
            ("unknown-field", Some("data.fee")),
        ]
    );

    let mut answer = payload("webroot", "create-order-response-w01-flat-items.json");
    answer["Items"][0]["SetupFee"] = json!(3);
    answer["TotalAmount"] = json!("12.50");
    let shop = webroot::shop::shop(Canned::json(200, answer.to_string()));
    let new = NewOrder::new().purchase_order("P4713A20");
    let order = shop
        .place_order(&webroot::shop::CART.parse().unwrap(), new)
        .await
        .unwrap();
    let weighs = Severity::Warning;
    assert_eq!(
        unknown(&order.messages),
        [(weighs, "Items[0].SetupFee"), (weighs, "TotalAmount")]
    );
}

#[tokio::test]
async fn an_answer_without_the_list_of_lines_does_not_look_like_an_empty_cart() {
    for (vendor, file, list) in [
        (
            "bigcommerce",
            "get-cart-response-recorded-2024.json",
            "/data/line_items",
        ),
        (
            "cpanel",
            "create-shopping-cart-response-c01-bare.json",
            "/data/order_items",
        ),
        ("liquidweb", "add-cart-item-response-product.json", "/items"),
        ("webroot", "get-cart-response-documented.json", "/Items"),
    ] {
        let mut answer = payload(vendor, file);
        let (above, key) = list.rsplit_once('/').unwrap();
        answer
            .pointer_mut(above)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(key);
        let cart = cart(vendor, &answer).await;
        let missing = cart.messages.iter().find(|said| said.code == "missing");
        let path = missing.and_then(|said| said.path.as_deref());
        assert_eq!(
            path,
            Some(list.trim_start_matches('/').replace('/', ".").as_str()),
            "{vendor}"
        );
        assert_eq!(cart.line_items, []);
    }
}

#[tokio::test]
async fn the_state_that_the_vendor_tells_is_named() {
    let file = "add-cart-item-response-complete.json";
    for (pointer, value, path) in [
        ("/orderable", json!(0), "orderable"),
        ("/is_expired", json!("1"), "is_expired"),
        (
            "/items/0/details/valid",
            json!(false),
            "items[0].details.valid",
        ),
        (
            "/items/2/details/packages/0/products/0/active",
            json!("0"),
            "items[2].details.packages[0].products[0].active",
        ),
    ] {
        let cart = cart("liquidweb", &with("liquidweb", file, pointer, value)).await;
        let mut state = cart.messages.iter().filter(|said| said.code == "state");
        assert!(
            state.any(|said| said.path.as_deref() == Some(path)),
            "{path}: {:?}",
            cart.messages
        );
    }
}

fn amounts<'a>(
    totals: &'a [cartwright::Total],
    kind: &TotalKind,
) -> Vec<(Option<&'a str>, &'a Decimal)> {
    let of_kind = totals.iter().filter(|total| total.kind == *kind);
    of_kind
        .map(|total| (total.label.as_deref(), &total.amount))
        .collect()
}

#[tokio::test]
async fn each_coupon_is_a_total_with_its_code() {
    let coupons = json!([
        {"code": "SPRING", "id": "6", "discounted_amount": 3, "display_name": "10% off"},
        {"code": "", "id": 7, "discounted_amount": "0.50", "display_name": "Welcome"},
        {"code": "FREESHIP", "id": 8},
    ]);
    let file = "get-cart-response-c02-item-coupons-list.json";
    let cart = cart(
        "bigcommerce",
        &with("bigcommerce", file, "/data/coupons", coupons),
    )
    .await;
    let (three, half): (Decimal, Decimal) = ("3".parse().unwrap(), "0.50".parse().unwrap());
    assert_eq!(
        amounts(&cart.totals, &TotalKind::Coupon),
        [(Some("SPRING"), &three), (Some("Welcome"), &half)]
    );
    assert_eq!(
        amounts(&cart.line_items[0].totals, &TotalKind::Coupon),
        [(None, &three)]
    );
    let missing: Vec<_> = cart
        .messages
        .iter()
        .map(|said| (said.code.as_str(), said.path.as_deref()))
        .collect();
    assert_eq!(missing, [("missing", Some("data.coupons[2]"))]);
}

#[tokio::test]
async fn a_lines_parent_is_the_id_of_another_line() {
    let parent_of = |lines: &[LineItem], child: usize, parent: usize| {
        assert!(lines[parent].id.is_some());
        assert_eq!(lines[child].parent_id, lines[parent].id);
    };
    let file = "get-cart-response-c09-parent-id-text.json";
    let answer = payload("bigcommerce", file);
    let bundled = cart("bigcommerce", &answer).await;
    parent_of(&bundled.line_items, 1, 0);

    // A digital line that goes with a shipped one, and a line whose parent is not in the answer.
    let parent = answer["data"]["line_items"]["physical_items"][0]["id"].clone();
    let mut other = answer.clone();
    other["data"]["line_items"]["digital_items"] = json!([{"id": "8d2e6c1a-3b4f-4a5d-8e7f-0000000000d1", "product_id": 5, "parent_id": parent}]);
    let other = cart("bigcommerce", &other).await;
    parent_of(&other.line_items, 2, 0);
    let gone = "8d2e6c1a-3b4f-4a5d-8e7f-0000000000ff";
    let pointer = "/data/line_items/physical_items/1/parent_id";
    let orphan = cart(
        "bigcommerce",
        &with("bigcommerce", file, pointer, json!(gone)),
    )
    .await;
    assert_eq!(
        orphan.line_items[1]
            .parent_id
            .as_ref()
            .map(|id| id.as_str()),
        Some(gone)
    );
    let number = cart(
        "bigcommerce",
        &with("bigcommerce", file, pointer, json!(17)),
    )
    .await;
    assert_eq!(number.line_items[1].parent_id, None);
    assert!(
        number.messages.iter().any(|said| said.code == "unreadable"),
        "{:?}",
        number.messages
    );

    for id in [json!(11223344), json!("11223344")] {
        let mut answer = payload("webroot", "get-cart-response-documented.json");
        answer["Items"][0][0]["CartOrderItemId"] = json!(11223344);
        answer["Items"][0][1]["DependentCartOrderItemId"] = id;
        parent_of(&cart("webroot", &answer).await.line_items, 1, 0);
    }
}

#[tokio::test]
async fn an_answer_without_its_envelope_is_read() {
    for file in [
        "get-cart-response-recorded-2024.json",
        "get-cart-response-c04-coupon-id-number.json",
    ] {
        let enveloped = payload("bigcommerce", file);
        let bare = enveloped["data"].clone();
        let (with, without) = (
            cart("bigcommerce", &enveloped).await,
            cart("bigcommerce", &bare).await,
        );
        assert_eq!(
            serde_json::to_value(&without.vendor_response).unwrap(),
            bare
        );
        let mut without = without;
        without.vendor_response = with.vendor_response.clone();
        assert_eq!(without, with, "{file}");
    }
    let mut bare = payload("bigcommerce", "get-cart-response-recorded-2024.json")["data"].clone();
    bare["line_items"]["subscription_items"] = json!([{"id": 1}]);
    let said = cart("bigcommerce", &bare).await.messages;
    assert_eq!(
        unknown(&said),
        [(Severity::Warning, "line_items.subscription_items")]
    );

    let addresses = payload(
        "bigcommerce",
        "create-cart-redirect-url-response-c16-envelope.json",
    )["data"]
        .clone();
    let shop = bigcommerce::shop::shop(Canned::json(201, addresses.to_string()));
    let checkout = shop.checkout(&ADDRESSED.parse().unwrap()).await.unwrap();
    assert_eq!(
        json!(checkout.public()),
        json!({
            "url": addresses["checkout_url"],
            "cart_url": addresses["cart_url"],
            "embedded_url": addresses["embedded_checkout_url"],
        })
    );
    for nothing in ["{}", r#"{"meta": {}}"#, r#"{"data": null}"#, r#"{"id": 5}"#] {
        let shop = bigcommerce::shop::shop(Canned::json(200, nothing));
        let error = shop
            .get(&bigcommerce::shop::CART.parse().unwrap())
            .await
            .unwrap_err();
        assert_eq!(
            error.kind(),
            cartwright::ErrorKind::UnexpectedResponse,
            "{nothing}"
        );
    }
}

#[tokio::test]
async fn what_a_browser_gets_holds_no_address_no_id_and_no_answer() {
    let carts = [
        ("bigcommerce", "get-cart-response-recorded-2021.json"),
        ("cpanel", "create-shopping-cart-response-c01-bare.json"),
        ("liquidweb", "add-cart-item-response-complete.json"),
        ("webroot", "get-cart-response-w17-reseller-customers.json"),
    ];
    for (vendor, file) in carts {
        let cart = cart(vendor, &payload(vendor, file)).await;
        let public = json!(cart.public());
        let mut shown: Vec<&str> = public
            .as_object()
            .unwrap()
            .keys()
            .map(String::as_str)
            .collect();
        shown.sort_unstable();
        assert_eq!(
            shown,
            [
                "created_at",
                "currency",
                "expires_at",
                "line_items",
                "locale",
                "tax_included",
                "totals",
                "updated_at",
                "version"
            ]
        );
        let whole = json!(cart);
        assert_eq!(
            (&public["line_items"], &public["totals"]),
            (&whole["line_items"], &whole["totals"])
        );
        let text = public.to_string();
        let secrets = [
            Some(cart.id.as_str()),
            cart.checkout_url.as_deref(),
            cart.email.as_deref(),
            cart.customer_id.as_deref(),
        ];
        for secret in secrets.into_iter().flatten() {
            assert!(!text.contains(secret), "{vendor}: {secret}: {text}");
        }
    }
    let file = "create-order-response-w01-flat-items.json";
    let answer = payload("webroot", file);
    let shop = webroot::shop::shop(Canned::json(200, answer.to_string()));
    let new = NewOrder::new().purchase_order("P4713A20");
    let order = shop
        .place_order(&webroot::shop::CART.parse().unwrap(), new)
        .await
        .unwrap();
    let text = json!(order.public()).to_string();
    for secret in [&answer["OrderHeaderToken"], &answer["Items"][0]["KeyCode"]] {
        assert!(!text.contains(secret.as_str().unwrap()), "{text}");
    }
    assert!(text.contains(&order.id));
}
