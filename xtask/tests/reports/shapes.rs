//! What programs read has the shape that is promised: by our own schema, and by the essential part of SARIF's.
//!
//! SARIF's own schema is not at hand without a network: the test below asks for what it requires of the parts that are written.

use serde_json::{Value, json};
use xtask::review::Review;
use xtask::review::report::{Format, render};

use crate::hostile::hostile;
use crate::sample::{large, sample};
use crate::{nothing, page, short};

fn samples() -> [Review; 5] {
    [sample(), short(), nothing(), hostile(&sample()), large(50)]
}

fn written(review: &Review, format: Format) -> Value {
    serde_json::from_str(&render(review, format)).unwrap()
}

fn schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(page::file("docs/review.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    assert!(jsonschema::meta::is_valid(&schema));
    jsonschema::validator_for(&schema).unwrap()
}

#[test]
fn the_json_report_is_as_its_schema_says() {
    let schema = schema();
    for review in samples() {
        let report = written(&review, Format::Json);
        let wrong: Vec<String> = schema
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn the_schema_describes_every_key_and_refuses_any_other() {
    let schema = schema();
    let report = written(&sample(), Format::Json);
    let mut objects = Vec::new();
    find_objects(&report, String::new(), &mut objects);
    assert!(objects.len() > 30);
    for pointer in objects {
        let mut other = report.clone();
        let object = other
            .pointer_mut(&pointer)
            .unwrap()
            .as_object_mut()
            .unwrap();
        let keys: Vec<String> = object.keys().cloned().collect();
        object.insert("another".to_owned(), Value::Null);
        assert!(!schema.is_valid(&other), "{pointer} may hold another key");
        for key in keys {
            let mut lacking = report.clone();
            let object = lacking
                .pointer_mut(&pointer)
                .unwrap()
                .as_object_mut()
                .unwrap();
            object.remove(&key);
            assert!(!schema.is_valid(&lacking), "{pointer} may lack {key}");
        }
    }
}

fn find_objects(value: &Value, pointer: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                find_objects(value, format!("{pointer}/{key}"), found);
            }
            found.push(pointer);
        }
        Value::Array(list) => {
            for (index, value) in list.iter().enumerate() {
                find_objects(value, format!("{pointer}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_json_report_opens_with_the_verdict_and_the_findings() {
    let report = render(&sample(), Format::Json);
    let keys: Vec<&str> = report
        .lines()
        .filter_map(|line| {
            line.strip_prefix("  \"")?
                .split_once('"')
                .map(|(key, _)| key)
        })
        .collect();
    assert_eq!(keys, ["verdict", "findings", "specs", "notes", "made"]);
    let first = "{\n  \"verdict\": {\n    \"wire\": \"break\",\n    \"rust\": \"break\",\n    \"facade\": \"capability\"\n  },\n  \"findings\": [\n";
    assert!(report.starts_with(first));
}

#[test]
fn the_sarif_report_has_what_sarif_requires() {
    let message = json!({
        "type": "object", "required": ["text"], "properties": { "text": { "type": "string", "minLength": 1 } },
    });
    let locations = json!({
        "type": "array",
        "items": {
            "required": ["physicalLocation"],
            "properties": {
                "message": message,
                "physicalLocation": {
                    "required": ["artifactLocation", "region"],
                    "properties": {
                        "artifactLocation": { "properties": { "uri": {
                            "type": "string", "pattern": "^[A-Za-z0-9\\-._~!$&'()*+,;=@/]([A-Za-z0-9\\-._~!$&'()*+,;=@/]|%[0-9A-F]{2})*$|^%[0-9A-F]{2}",
                        } } },
                        "region": { "properties": {
                            "startLine": { "type": "integer", "minimum": 1 },
                            "startColumn": { "type": "integer", "minimum": 1 },
                        } },
                    },
                },
            },
        },
    });
    let essential = json!({
        "type": "object",
        "required": ["version", "runs"],
        "properties": {
            "version": { "const": "2.1.0" },
            "$schema": { "type": "string" },
            "runs": { "type": "array", "minItems": 1, "items": {
                "required": ["tool", "results"],
                "properties": {
                    "tool": { "required": ["driver"], "properties": { "driver": {
                        "required": ["name"],
                        "properties": { "rules": { "uniqueItems": true, "items": {
                            "required": ["id"],
                            "properties": { "shortDescription": message, "fullDescription": message, "help": message },
                        } } },
                    } } },
                    "invocations": { "items": {
                        "required": ["executionSuccessful"],
                        "properties": { "toolExecutionNotifications": { "items": {
                            "required": ["message"],
                            "properties": { "message": message, "level": { "enum": ["none", "note", "warning", "error"] }, "locations": locations },
                        } } },
                    } },
                    "columnKind": { "enum": ["utf16CodeUnits", "unicodeCodePoints"] },
                    "results": { "items": {
                        "required": ["message"],
                        "properties": {
                            "message": message,
                            "level": { "enum": ["none", "note", "warning", "error"] },
                            "ruleIndex": { "type": "integer", "minimum": 0 },
                            "locations": locations,
                            "relatedLocations": locations,
                            "partialFingerprints": { "additionalProperties": { "type": "string" } },
                            "suppressions": { "uniqueItems": true, "items": {
                                "required": ["kind"],
                                "properties": { "kind": { "enum": ["inSource", "external"] }, "status": { "enum": ["accepted", "underReview", "rejected"] } },
                            } },
                        },
                    } },
                },
            } },
        },
    });
    let essential = jsonschema::validator_for(&essential).unwrap();
    for review in samples() {
        let report = written(&review, Format::Sarif);
        let wrong: Vec<String> = essential
            .iter_errors(&report)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        let run = &report["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(
                run["tool"]["driver"]["rules"][index]["id"],
                result["ruleId"]
            );
        }
    }
}
