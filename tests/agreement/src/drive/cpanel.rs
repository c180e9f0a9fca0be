use cartwright_sandbox::Sandbox;
use serde_json::{Value, json};
use url::form_urlencoded::Serializer;

use crate::ask::{Answer, Ask, access};

/// Each function, and whether it fails when it is asked nothing.
const FUNCTIONS: [(&str, bool); 19] = [
    ("create_shopping_cart", true),
    ("create_shopping_cart_non_ssl", true),
    ("request_ssl_certificates", true),
    ("set_url_after_checkout", true),
    ("get_providers_list", false),
    ("get_all_products", false),
    ("get_login_url", true),
    ("validate_login_token", true),
    ("get_product_info", true),
    ("get_build_cart_url", true),
    ("get_completion_url", true),
    ("get_license_info", false),
    ("set_status_of_pending_queue_items", true),
    ("get_pending_ssl_certificates", true),
    ("cancel_pending_ssl_certificate", true),
    ("process_ssl_pending_queue", false),
    ("get_ssl_certificate_if_available", true),
    ("get_certificate_status_details", true),
    ("get_provider_specific_dcv_constraints", true),
];

const DOMAIN_CERTIFICATE: &str = r#"{"product_id":143,"price":6,"subject_names":[["dNSName","a.example"]],"validity_period":[1,"year"],"vhost_names":["a.example"]}"#;
const BACK: &str = "https://shop.example/back";

pub async fn drive(sandbox: &Sandbox) {
    let access = access(sandbox, "cpanel");
    let credential = |name| access.credential(name).expect("a credential");
    let anyone = Ask::new(&access);
    let key = format!("cpanel {}:{}", credential("user"), credential("api_token"));
    let account = anyone.header("authorization", key);
    let provider = ("provider", credential("provider"));
    let access_token = ("access_token", credential("access_token"));

    for (function, fails) in FUNCTIONS {
        assert_eq!(call(&anyone, function, &[]).await.status, 401, "{function}");
        let wrapped = format!(
            "/json-api/cpanel?cpanel_jsonapi_apiversion=3&cpanel_jsonapi_module=Market&cpanel_jsonapi_func={function}"
        );
        for (ask, expected) in [(&anyone, 403), (&account, 200)] {
            assert_eq!(ask.get(&wrapped).await.status, expected, "{wrapped}");
        }
        if fails {
            // A failure is HTTP 200 as well, with 0 as the status in its body.
            let answer = call(&account, function, &[]).await;
            let told = (answer.status, &answer.body["status"]);
            assert_eq!(told, (200, &json!(0)), "{function}");
        }
    }

    for function in ["get_providers_list", "get_all_products", "get_license_info"] {
        done(&account, function, &[]).await;
    }
    done(
        &account,
        "get_provider_specific_dcv_constraints",
        &[provider],
    )
    .await;

    let back = ("url_after_login", BACK);
    let login_token = ("login_token", credential("login_token"));
    done(&account, "get_login_url", &[provider, back]).await;
    let login = [provider, back, login_token];
    done(&account, "validate_login_token", &login).await;

    let product = ("product_name", "cpanel-ssl");
    for function in [
        "get_product_info",
        "get_build_cart_url",
        "get_completion_url",
    ] {
        done(&account, function, &[product]).await;
    }

    let back = ("url_after_checkout", BACK);
    let item = ("item", r#"{"product_id":123456}"#);
    let cart = [access_token, provider, back, item];
    let order = done(&account, "create_shopping_cart", &cart).await;
    let order = ("order_id", order["order_id"].as_str().expect("an id"));
    let way_back = [access_token, provider, order, back];
    done(&account, "set_url_after_checkout", &way_back).await;
    let cart = [access_token, product, back];
    done(&account, "create_shopping_cart_non_ssl", &cart).await;

    let certificate = ("certificate", DOMAIN_CERTIFICATE);
    let asked = [access_token, provider, certificate];
    let asked = done(&account, "request_ssl_certificates", &asked).await;
    let item = asked["certificates"]["order_item_id"].to_string();
    let item = [provider, ("order_item_id", &item)];
    let confirmed = [&item[..], &[("status", "confirmed")]].concat();
    done(&account, "set_status_of_pending_queue_items", &confirmed).await;
    done(&account, "get_pending_ssl_certificates", &[provider]).await;
    done(&account, "process_ssl_pending_queue", &[]).await;
    for function in [
        "get_ssl_certificate_if_available",
        "get_certificate_status_details",
        // Last, since the certificate leaves the queue.
        "cancel_pending_ssl_certificate",
    ] {
        done(&account, function, &item).await;
    }
}

async fn call(ask: &Ask, function: &str, pairs: &[(&str, &str)]) -> Answer {
    let query = Serializer::new(String::new()).extend_pairs(pairs).finish();
    ask.get(&format!("/execute/Market/{function}?{query}"))
        .await
}

/// What a call that succeeded answered.
async fn done(account: &Ask, function: &str, pairs: &[(&str, &str)]) -> Value {
    let answer = call(account, function, pairs).await;
    let told = (answer.status, &answer.body["status"]);
    assert_eq!(told, (200, &json!(1)), "{function}: {}", answer.body);
    answer.body["data"].clone()
}
