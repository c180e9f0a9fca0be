//! A vendor whose service is written in Perl may write false as an empty text, in any boolean of any answer.

use cartwright::CartApi;
use serde_json::{Value, json};

use crate::canned::Canned;
use crate::spec::{self, Spec};
use crate::unified::answers;
use crate::{cpanel, liquidweb};

/// Names of properties that are flexible booleans wherever they stand in the vendor's answers.
fn booleans(spec: &Spec) -> Vec<&str> {
    let flexible = "#/components/schemas/FlexibleBoolean";
    let schemas = spec.document()["components"]["schemas"]
        .as_object()
        .unwrap();
    let properties = schemas
        .values()
        .filter_map(|schema| schema["properties"].as_object());
    let mut names: Vec<&str> = properties
        .flatten()
        .filter(|(_, property)| {
            property["allOf"][0]["$ref"] == flexible || property["$ref"] == flexible
        })
        .map(|(name, _)| name.as_str())
        .collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Makes each boolean there an empty text, and counts them.
fn empty(value: &mut Value, names: &[&str]) -> usize {
    match value {
        Value::Object(fields) => fields
            .iter_mut()
            .map(
                |(name, value)| match names.contains(&name.as_str()) && !value.is_null() {
                    true => {
                        *value = json!("");
                        1
                    }
                    false => empty(value, names),
                },
            )
            .sum(),
        Value::Array(values) => values.iter_mut().map(|value| empty(value, names)).sum(),
        _ => 0,
    }
}

#[test]
fn each_boolean_of_each_documented_answer_may_be_an_empty_text() {
    for (vendor, through, at_least) in [
        (
            "liquidweb",
            liquidweb::examples::through_types as crate::examples::Table,
            150,
        ),
        ("cpanel", cpanel::examples::through_types, 30),
    ] {
        let spec = spec::of(vendor);
        let names = booleans(spec);
        let mut changed = 0;
        for mut example in spec.examples() {
            if example.component.ends_with("Request") {
                continue;
            }
            changed += empty(&mut example.payload, &names);
            let differences = spec.differences(&example.component, &example.payload);
            assert_eq!(differences, [], "{}", example.file);
            let (written, _) = through(&example.component, &example.payload)
                .unwrap_or_else(|error| panic!("{}: {error}", example.file));
            assert_eq!(
                empty(&mut written.clone(), &names),
                empty(&mut example.payload, &names)
            );
        }
        assert!(
            changed >= at_least,
            "{vendor}: only {changed} booleans were found"
        );
    }
}

#[tokio::test]
async fn a_cart_with_empty_booleans_is_a_cart() {
    let names = booleans(spec::of("liquidweb"));
    for mut example in answers("liquidweb", "Cart") {
        empty(&mut example.payload, &names);
        let shop = liquidweb::shop::shop(Canned::json(200, example.payload.to_string()));
        let cart = shop.create(liquidweb::shop::server()).await;
        let cart = cart.unwrap_or_else(|error| panic!("{}: {error}", example.file));
        let said = cart.messages.iter().filter_map(|said| said.path.as_deref());
        let said: Vec<&str> = said.collect();
        assert!(
            said.contains(&"orderable") && !said.contains(&"is_expired"),
            "{said:?}"
        );
    }
}
