//! Servers put together by name.

use serde_json::{Value, json};

use crate::market::{CONFIGURE, EVERYTHING, Market, QUOTE, backup, configured, quote};

impl Market {
    /// The cart after a server was configured with these parameters, and quoted to be seen.
    async fn configure(&self, params: &Value) -> Value {
        let answer = self.answer(CONFIGURE, params).await;
        let mut params = quote(&json!({"uuid": answer["cart_uuid"]}));
        params["alsowith"] = json!(EVERYTHING);
        self.answer(QUOTE, &params).await
    }
}

fn with(key: &str, value: Value) -> Value {
    let mut params = configured();
    params[key] = value;
    params
}

#[tokio::test]
async fn the_answer_is_the_uuid_of_the_cart_alone() {
    let market = Market::open().await;
    let answer = market.answer(CONFIGURE, &configured()).await;
    let keys: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(keys, ["cart_uuid"]);
}

#[tokio::test]
async fn a_server_goes_into_its_place_in_the_package() {
    let market = Market::open().await;
    let cart = market.configure(&configured()).await;
    let item = &cart["items"][0];
    assert_eq!(
        json!([item["code"], item["cycle"], item["type"], item["units"]]),
        json!(["PKG-STARTER", "monthly", "package", 1])
    );
    assert_eq!(
        (&item["details"]["version_id"], &item["details"]["valid"]),
        (&json!(301), &json!(1))
    );
    let server = &item["details"]["products"][0];
    assert_eq!(
        (&server["code"], &server["package_to_product_id"]),
        (&json!("CLOUD.VPS"), &json!(401))
    );
    assert_eq!(
        (&server["options"][0]["key"], &server["options"][0]["value"]),
        (&json!("Template"), &json!("ALMALINUX_9"))
    );
    // 25 a month, less the package's 10 percent.
    assert_eq!(cart["totals"]["summary"]["cart"]["due_today"], 22.5);
}

#[tokio::test]
async fn a_server_goes_into_the_cart_that_is_named() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    let answer = market
        .answer(CONFIGURE, &with("cart_uuid", cart["uuid"].clone()))
        .await;
    assert_eq!(answer["cart_uuid"], cart["uuid"]);
    let cart = market.more(&cart, "monthly", &backup()).await;
    assert_eq!(
        (&cart["items"][1]["code"], &cart["version"]),
        (&json!("PKG-STARTER"), &json!(3))
    );
}

#[tokio::test]
async fn a_server_by_itself_is_a_product() {
    let market = Market::open().await;
    let mut params = with("product_code", json!("CLOUD.VPS"));
    params["package_code"] = Value::Null;
    params["cycle"] = json!("yearly");
    let cart = market.configure(&params).await;
    let item = &cart["items"][0];
    assert_eq!(
        (&item["type"], &item["cycle"]),
        (&json!("product"), &json!("yearly"))
    );
    assert_eq!(cart["discounts"], json!([]));
}

#[tokio::test]
async fn a_quantity_of_servers_is_one_item_of_as_many_units() {
    let market = Market::open().await;
    let cart = market.configure(&with("quantity", json!(3))).await;
    assert_eq!(cart["items"].as_array().unwrap().len(), 1);
    assert_eq!(cart["items"][0]["units"], 3);
    assert_eq!(cart["totals"]["summary"]["cart"]["price"], 75);
}

#[tokio::test]
async fn options_and_addons_are_chosen_by_name() {
    let market = Market::open().await;
    let mut params = with("cpanel_license", json!("PANEL_SOLO"));
    params["addons"] = json!([{"num_units": 40, "option": "PER_GB", "type": "ExtraTransfer"}]);
    let cart = market.configure(&params).await;
    let options = &cart["items"][0]["details"]["products"][0]["options"];
    let chosen: Vec<Value> = options
        .as_array()
        .unwrap()
        .iter()
        .map(|option| json!([option["ptok_id"], option["ptov_id"], option["num_units"]]))
        .collect();
    assert_eq!(
        json!(chosen),
        json!([[11, 111, null], [12, 121, null], [13, 131, 40]])
    );
}

#[tokio::test]
async fn the_other_settings_are_properties_of_the_server() {
    let market = Market::open().await;
    let settings = json!({
        "backups": {"days": 5, "name": "per_gb"},
        "block_storage": {"gb": 50, "name": "per_gb"},
        "config_id": 901,
        "ddos": "Advanced",
        "domain": "shop.example",
        "extra_ip": 2,
        "use_ipv6": 1,
        "zone_id": 27,
    });
    let mut params = configured();
    for (key, value) in settings.as_object().unwrap() {
        params[key] = value.clone();
    }
    let cart = market.configure(&params).await;
    let server = &cart["items"][0]["details"]["products"][0];
    assert_eq!(server["properties"], settings);
    assert_eq!(cart["totals"]["summary"]["cart"]["price"], 25);
}

#[tokio::test]
async fn a_package_is_required_unless_a_product_is_named() {
    let market = Market::open().await;
    for (params, fields) in [
        (
            json!({}),
            json!(["config_id", "package_code", "region_id", "template"]),
        ),
        (
            json!({"product_code": "CLOUD.VPS"}),
            json!(["config_id", "region_id", "template"]),
        ),
        (with("package_code", Value::Null), json!(["package_code"])),
    ] {
        let refusal = market.refusal_of(CONFIGURE, &params).await;
        assert_eq!(refusal["error_class"], "LW::Exception::Input::Multiple");
        assert_eq!(refusal["field"], fields, "{params}");
    }
}

#[tokio::test]
async fn what_no_server_has_is_refused_with_what_it_has() {
    let market = Market::open().await;
    for (params, field, valid) in [
        (
            with("template", json!("DEBIAN_12")),
            "template",
            json!(["ALMALINUX_9", "WINDOWS_2022"]),
        ),
        (with("mssql", json!("STANDARD")), "mssql", json!([])),
        (with("region_id", json!(7)), "region_id", json!([1, 2])),
        (
            with("ddos", json!("None")),
            "ddos",
            json!(["Advanced", "Standard"]),
        ),
        (
            with("addons", json!([{"option": "PER_GB", "type": "Disk"}])),
            "type",
            json!(["Template", "ControlPanel", "ExtraTransfer"]),
        ),
        (
            with(
                "addons",
                json!([{"option": "PER_TB", "type": "ExtraTransfer"}]),
            ),
            "option",
            json!(["PER_GB"]),
        ),
        (
            with("backups", json!({"name": "daily"})),
            "name",
            json!(["none", "per_gb"]),
        ),
    ] {
        let refusal = market.refusal_of(CONFIGURE, &params).await;
        assert_eq!(
            refusal["error_class"], "LW::Exception::Input::NotInRealm",
            "{params}"
        );
        assert_eq!(
            (&refusal["field"], &refusal["valid"]),
            (&json!(field), &valid)
        );
    }
}

#[tokio::test]
async fn a_value_of_the_wrong_form_is_refused() {
    let market = Market::open().await;
    for (params, class, field) in [
        (with("quantity", json!(0)), "Validation", "quantity"),
        (with("domain", json!("shop")), "Validation", "domain"),
        (
            with("domain", json!("-shop.example")),
            "Validation",
            "domain",
        ),
        (with("use_ipv6", json!("yes")), "Validation", "use_ipv6"),
        (
            with("cart_item_uuid", json!("x")),
            "Validation",
            "cart_item_uuid",
        ),
        (
            with("package_code", json!("STARTER")),
            "Validation",
            "package_code",
        ),
        (
            with("block_storage", json!({"name": "per_gb"})),
            "Required",
            "gb",
        ),
        (
            with("addons", json!([{"type": "ExtraTransfer"}])),
            "Required",
            "option",
        ),
        (with("cycle", json!("weekly")), "NotInRealm", "cycle"),
    ] {
        let refusal = market.refusal_of(CONFIGURE, &params).await;
        assert_eq!(
            refusal["error_class"],
            format!("LW::Exception::Input::{class}")
        );
        assert_eq!(refusal["field"], field, "{params}");
    }
}

#[tokio::test]
async fn what_is_named_and_not_there_is_not_found_and_no_cart_is_made() {
    let market = Market::open().await;
    let unknown = "3f2504e0-4f89-41d3-9a0c-0305e82c3301";
    let mut other_product = with("product_code", json!("LIC.MAIL"));
    other_product["package_code"] = Value::Null;
    for (params, record, input) in [
        (with("config_id", json!(7)), "config", "7"),
        (
            with("package_code", json!("PKG-NONE")),
            "market_package",
            "PKG-NONE",
        ),
        (
            with("package_code", json!("PKG-BACKUP")),
            "package_to_product",
            "CLOUD.VPS",
        ),
        (
            with("package_version_id", json!(302)),
            "market_package_version",
            "302",
        ),
        (other_product, "product", "LIC.MAIL"),
        (with("cart_uuid", json!(unknown)), "market_cart", unknown),
    ] {
        let refusal = market.refusal_of(CONFIGURE, &params).await;
        assert_eq!(
            refusal["error_class"], "LW::Exception::RecordNotFound",
            "{params}"
        );
        assert_eq!(
            (&refusal["field"], &refusal["input"]),
            (&json!(record), &json!(input))
        );
    }
    let state = serde_json::to_value(market.sandbox.state()).unwrap();
    assert_eq!(state["vendors"]["liquidweb"]["carts"], json!({}));
}
