//! Examples and recordings that the old spec takes and the new one refuses.

use serde_json::{Value, json};

use crate::repository::{Folder, SHOP, changed};

fn reviewed(folder: &Folder, more: &[&str]) -> Value {
    let files = ["--from", "old.yaml", "--to", "new.yaml", "--format", "json"];
    let run = folder.review(&[&files[..], more].concat());
    serde_json::from_str(&run.text).unwrap_or_else(|_| panic!("{}", run.errors))
}

/// Each finding's rule with its misfits as `file#pointer`.
fn misfits(review: &Value) -> Vec<(String, Vec<String>)> {
    let findings = review["findings"].as_array().expect("a list").iter();
    let text = |value: &Value| value.as_str().expect("text").to_owned();
    findings
        .map(|finding| {
            let misfits = finding["misfits"].as_array().expect("a list").iter();
            let told = misfits.map(|it| format!("{}#{}", text(&it["file"]), text(&it["pointer"])));
            (text(&finding["rule"]), told.collect())
        })
        .collect()
}

fn recording(status: u16, sent: &Value, answered: &Value) -> String {
    json!({
        "version": 1, "operation": "createCart", "started": "2026-06-15T12:00:00Z", "milliseconds": 7,
        "request": {"method": "POST", "template": "/carts", "origin": "https://shop.example", "path": "/carts",
            "query": [], "headers": [], "body": {"json": sent}},
        "response": {"status": status, "headers": [], "body": {"json": answered}},
    })
    .to_string()
}

#[test]
fn an_inline_example_and_a_file_show_what_a_required_property_does() {
    let old = SHOP.replace(
        "            example: {name: a}\n",
        "            example: {name: a}\n            examples:\n              file: {summary: One., externalValue: examples/one.json}\n",
    );
    let new = old.replace("    NewCart:\n      type: object\n      properties:\n", "    NewCart:\n      type: object\n      required: [email]\n      properties:\n        email: {type: string}\n");
    let folder = Folder::new(&[
        ("old.yaml", &old),
        ("new.yaml", &new),
        ("examples/one.json", r#"{"name": "b"}"#),
    ]);
    assert_eq!(
        misfits(&reviewed(&folder, &[])),
        [(
            "request-property-added-required".to_owned(),
            vec![
                "new.yaml#/paths/~1carts/post/requestBody/content/application~1json/example"
                    .to_owned(),
                "examples/one.json#".to_owned(),
            ]
        )]
    );
}

#[test]
fn a_recording_shows_which_finding_it_is_about() {
    let new = SHOP
        .replace("enum: [gift, plain]", "enum: [plain]")
        .replace("name: {type: string}", "name: {type: string, maxLength: 3}");
    let folder = Folder::new(&[("old.yaml", SHOP), ("new.yaml", &new)]);
    let sent = json!({"name": "a"});
    folder.write(
        "kept/0001-fits.json",
        &recording(201, &sent, &json!({"id": "1", "kind": "plain"})),
    );
    folder.write(
        "kept/0002-gift.json",
        &recording(201, &sent, &json!({"id": "1", "kind": "gift"})),
    );
    folder.write(
        "kept/0003-long.json",
        &recording(201, &json!({"name": "long"}), &json!({"id": "1"})),
    );
    folder.write(
        "kept/0004-never-fitted.json",
        &recording(201, &sent, &json!({"kind": "gift"})),
    );
    folder.write(
        "kept/0005-left-out.json",
        &recording(201, &json!({"name": "REDACTED"}), &json!({"id": "1"})),
    );
    folder.write("kept/index.json", "[]");
    let mut found = misfits(&reviewed(&folder, &["--recordings", "kept"]));
    found.retain(|(_, misfits)| !misfits.is_empty());
    found.sort();
    assert_eq!(
        found,
        [
            (
                "request-constraint-set".to_owned(),
                vec!["kept/0003-long.json#/request/body/json/name".to_owned()]
            ),
            (
                "response-enum-removed".to_owned(),
                vec!["kept/0002-gift.json#/response/body/json/kind".to_owned()]
            ),
        ]
    );
}

#[test]
fn a_recorded_status_that_goes_is_told_with_its_finding() {
    let new = changed("        '201':", "        '202':");
    let folder = Folder::new(&[("old.yaml", SHOP), ("new.yaml", &new)]);
    folder.write(
        "kept/one.json",
        &recording(201, &json!({}), &json!({"id": "1"})),
    );
    let found = misfits(&reviewed(&folder, &["--recordings", "kept"]));
    let told: Vec<&String> = found.iter().flat_map(|(_, misfits)| misfits).collect();
    assert_eq!(told, ["kept/one.json#/response/status"]);
}
