//! The snapshots of what documented answers become: the unified form beside nothing else, because the vendor's answer is the payload itself.

use serde::Serialize;
use serde_json::Value;

use crate::spec::{self, Example};

/// Every documented payload of a component.
pub fn answers(vendor: &'static str, component: &str) -> Vec<Example> {
    let mut examples = spec::of(vendor).examples();
    examples.retain(|example| example.component == component);
    assert!(!examples.is_empty(), "{vendor} has no {component}");
    examples
}

/// The documented payload in a file.
pub fn payload(vendor: &'static str, file: &str) -> Value {
    let mut examples = spec::of(vendor).examples().into_iter();
    let example = examples.find(|example| example.file == file);
    example.expect("the example is there").payload
}

/// Takes a snapshot of what an answer became, in `snapshots/unified` of the vendor's folder.
pub fn check<T: Serialize>(vendor: &str, example: &Example, became: &T) {
    let mut unified = serde_json::to_value(became).unwrap();
    // The vendor's answer stands beside the unified form, unchanged.
    let kept = unified
        .as_object_mut()
        .unwrap()
        .remove("vendor_response")
        .unwrap();
    assert_eq!(kept, example.payload, "{}", example.file);
    shorten(&mut unified);
    let name = example.file.trim_end_matches(".json");
    let folder = format!("{vendor}/snapshots/unified");
    insta::with_settings!({ snapshot_path => folder, prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, serde_json::to_string_pretty(&unified).unwrap());
    });
}

/// Takes the zeros off the end of an amount's fraction: with `arbitrary-precision` they are kept, without they are not.
fn shorten(value: &mut Value) {
    match value {
        Value::Number(number) => {
            let text = number.to_string();
            if let Some((whole, fraction)) = text.split_once('.') {
                let fraction = match fraction.trim_end_matches('0') {
                    "" => "0",
                    rest => rest,
                };
                *number = format!("{whole}.{fraction}").parse().expect("a number");
            }
        }
        Value::Array(values) => values.iter_mut().for_each(shorten),
        Value::Object(fields) => fields.values_mut().for_each(shorten),
        _ => {}
    }
}
