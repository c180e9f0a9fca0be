//! What a wrong request is told, under HTTP 200.

use serde_json::{Value, json};

use crate::market::{Market, backup, mail, server, server_with, starter};

fn monthly(item: &Value) -> Value {
    json!({"cycle": "monthly", "item": item})
}

#[tokio::test]
async fn missing_parameters_are_several_faults_even_if_only_one_is_missing() {
    let market = Market::open().await;
    for (params, fields) in [
        (json!({}), json!(["cycle", "item"])),
        (json!({"item": backup()}), json!(["cycle"])),
        (json!({"cycle": "monthly"}), json!(["item"])),
        (json!({"cycle": null, "item": backup()}), json!(["cycle"])),
    ] {
        let refusal = market.refusal(&params).await;
        assert_eq!(refusal["error_class"], "LW::Exception::Input::Multiple");
        assert_eq!(refusal["field"], fields, "{params}");
        assert_eq!(
            (&refusal["error"], &refusal["type"]),
            (&json!(""), &Value::Null)
        );
        let errors = refusal["errors"].as_array().unwrap();
        assert_eq!(errors.len(), fields.as_array().unwrap().len(), "{params}");
        for (error, field) in errors.iter().zip(fields.as_array().unwrap()) {
            assert_eq!(error["error_class"], "LW::Exception::Input::Required");
            assert_eq!((&error["field"], &error["position"]), (field, &Value::Null));
        }
    }
}

#[tokio::test]
async fn a_missing_field_of_an_item_is_named_with_its_place() {
    let market = Market::open().await;
    let without = |key: &str, mut item: Value| {
        item.as_object_mut().unwrap().remove(key);
        item
    };
    let option = |option: Value| server_with(&[option]);
    for (item, field, position, path) in [
        (without("code", backup()), "code", json!(null), "item.code"),
        (
            without("region_id", backup()),
            "region_id",
            json!(null),
            "item.region_id",
        ),
        (
            without("options", backup()),
            "options",
            json!(null),
            "item.options",
        ),
        (
            json!({"code": "PKG-STARTER"}),
            "products",
            json!(null),
            "item.products",
        ),
        (
            json!({"code": "BNDL-AGENCY"}),
            "packages",
            json!(null),
            "item.packages",
        ),
        (
            option(json!({"ptov_id": 121})),
            "ptok_id",
            json!(1),
            "item.options[1].ptok_id",
        ),
        (
            option(json!({"ptok_id": 12})),
            "ptov_id",
            json!(1),
            "item.options[1].ptov_id",
        ),
        (
            json!({"code": "BNDL-AGENCY", "packages": [starter(&[server(), without("region_id", mail())])]}),
            "region_id",
            json!(1),
            "item.packages[0].products[1].region_id",
        ),
        (
            json!({"code": "BNDL-AGENCY", "packages": [{"products": []}]}),
            "code",
            json!(0),
            "item.packages[0].code",
        ),
    ] {
        let refusal = market.refusal(&monthly(&item)).await;
        assert_eq!(
            refusal,
            json!({
                "error": "",
                "error_class": "LW::Exception::Input::Required",
                "field": field,
                "full_message": format!("Required field '{path}' is missing"),
                "position": position,
            })
        );
    }
}

#[tokio::test]
async fn several_faults_come_together() {
    let market = Market::open().await;
    let item =
        json!({"code": "CLOUD.VPS", "options": [{"ptok_id": 99, "ptov_id": 1}], "region_id": "x"});
    let params = json!({"cycle": "weekly", "item": item, "uuid": 7});
    let refusal = market.refusal(&params).await;
    assert_eq!(refusal["error_class"], "LW::Exception::Input::Multiple");
    assert_eq!(
        refusal["field"],
        json!(["uuid", "cycle", "region_id", "ptok"])
    );
    let classes: Vec<&Value> = refusal["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| &error["error_class"])
        .collect();
    assert_eq!(
        classes,
        [
            "LW::Exception::Input::Validation",
            "LW::Exception::Input::NotInRealm",
            "LW::Exception::Input::Validation",
            "LW::Exception::RecordNotFound",
        ]
    );
}

#[tokio::test]
async fn a_record_that_is_not_there_is_told_by_its_kind_and_input() {
    let market = Market::open().await;
    let product = |key: &str, value: Value| {
        let mut item = server();
        item[key] = value;
        item
    };
    let nobody = "00000000-0000-4000-8000-000000000000";
    for (params, field, input) in [
        (
            json!({"cycle": "monthly", "item": backup(), "uuid": nobody}),
            "market_cart",
            nobody,
        ),
        (
            monthly(&product("code", json!("NO.SUCH"))),
            "product",
            "NO.SUCH",
        ),
        (
            monthly(&json!({"code": "PKG-NONE", "products": []})),
            "market_package",
            "PKG-NONE",
        ),
        (
            monthly(&json!({"code": "BNDL-NONE", "packages": []})),
            "market_bundle",
            "BNDL-NONE",
        ),
        (
            monthly(&server_with(&[json!({"ptok_id": 99, "ptov_id": 121})])),
            "ptok",
            "99",
        ),
        (
            monthly(&server_with(&[json!({"ptok_id": 12, "ptov_id": 111})])),
            "ptov",
            "111",
        ),
        (
            monthly(&starter(&[backup()])),
            "package_to_product",
            "BACKUP.OFFSITE",
        ),
        (
            monthly(&product("package_to_product_id", json!(402))),
            "package_to_product",
            "402",
        ),
        (
            monthly(&json!({"code": "BNDL-SAFE", "packages": [starter(&[])]})),
            "bundle_to_package",
            "PKG-STARTER",
        ),
        (
            monthly(&json!({"code": "PKG-STARTER", "products": [], "bundle_to_package_id": 603})),
            "bundle_to_package",
            "603",
        ),
    ] {
        let mut refusal = market.refusal(&params).await;
        let message = refusal["full_message"].take();
        assert!(message.as_str().unwrap().contains(input), "{message}");
        assert_eq!(
            refusal,
            json!({
                "error": "",
                "error_class": "LW::Exception::RecordNotFound",
                "field": field,
                "full_message": null,
                "input": input,
                "public_message": null,
            })
        );
    }
}

#[tokio::test]
async fn a_value_of_the_wrong_form_is_told_with_the_right_one() {
    let market = Market::open().await;
    let with = |key: &str, value: Value| {
        let mut params = monthly(&backup());
        params[key] = value;
        params
    };
    let item = |key: &str, value: Value| {
        let mut params = monthly(&backup());
        params["item"][key] = value;
        params
    };
    let units = |units: Value| {
        monthly(&server_with(&[
            json!({"ptok_id": 13, "ptov_id": 131, "num_units": units}),
        ]))
    };
    for (params, field, form) in [
        (with("uuid", json!("x")), "uuid", "UUID"),
        (with("cart_uuid", json!(7)), "cart_uuid", "UUID"),
        (with("units", json!(0)), "units", "PositiveInteger"),
        (with("units", json!(1_000_001)), "units", "PositiveInteger"),
        (with("units", json!(1.5)), "units", "PositiveInteger"),
        (with("alsowith", json!("items")), "alsowith", "Array"),
        (
            with("item", json!("BACKUP.OFFSITE")),
            "item",
            "AssociativeArray",
        ),
        (item("code", json!(7)), "code", "Text"),
        (
            item("region_id", json!("one")),
            "region_id",
            "PositiveInteger",
        ),
        (item("region_id", json!(-1)), "region_id", "PositiveInteger"),
        (item("options", json!({})), "options", "Array"),
        (item("options", json!([7])), "options", "AssociativeArray"),
        (
            item("properties", json!([])),
            "properties",
            "AssociativeArray",
        ),
        (units(json!(-1)), "num_units", "NonNegativeInteger"),
        (units(json!("many")), "num_units", "NonNegativeInteger"),
    ] {
        let refusal = market.refusal(&params).await;
        assert_eq!(
            refusal["error_class"], "LW::Exception::Input::Validation",
            "{params}: {refusal}"
        );
        assert_eq!(
            (&refusal["field"], &refusal["type"]),
            (&json!(field), &json!(form))
        );
        assert!(!refusal["value"].is_null(), "{refusal}");
    }
}

#[tokio::test]
async fn a_value_beyond_a_list_is_told_with_the_list() {
    let market = Market::open().await;
    let mut elsewhere = mail();
    elsewhere["region_id"] = json!(2);
    for (params, field, first_valid, value) in [
        (
            json!({"cycle": "weekly", "item": backup()}),
            "cycle",
            json!("monthly"),
            json!("weekly"),
        ),
        (
            json!({"cycle": 1, "item": backup()}),
            "cycle",
            json!("monthly"),
            json!(1),
        ),
        (
            json!({"alsowith": ["items", ["total"]], "cycle": "monthly", "item": backup()}),
            "alsowith",
            json!("admin"),
            json!("total"),
        ),
        (monthly(&elsewhere), "region_id", json!(1), json!(2)),
    ] {
        let refusal = market.refusal(&params).await;
        assert_eq!(
            refusal["error_class"], "LW::Exception::Input::NotInRealm",
            "{refusal}"
        );
        assert_eq!(
            (&refusal["field"], &refusal["value"]),
            (&json!(field), &value)
        );
        assert_eq!(refusal["valid"][0], first_valid);
    }
}

#[tokio::test]
async fn a_refused_addition_leaves_the_cart_as_it_was() {
    let market = Market::open().await;
    let cart = market.cart("monthly", &backup()).await;
    let mut wrong = monthly(&server_with(&[json!({"ptok_id": 99, "ptov_id": 1})]));
    wrong["uuid"] = cart["uuid"].clone();
    market.refusal(&wrong).await;
    let cart = market.more(&cart, "monthly", &backup()).await;
    assert_eq!(cart["version"], 2);
    assert_eq!(cart["items"].as_array().unwrap().len(), 2);
}
