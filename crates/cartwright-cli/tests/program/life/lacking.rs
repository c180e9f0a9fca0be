//! The verbs that a vendor lacks.

use std::collections::BTreeMap;

use crate::run::run;

/// A cart id of each vendor, and a line that it takes.
const VENDORS: [(&str, &str, &str); 3] = [
    ("cpanel", "cpanel:3607535", "item:123456"),
    (
        "liquidweb",
        "liquidweb:1b39896a-51a8-449b-93cb-9f0c747ea2ea",
        "service:CLOUD.VPS",
    ),
    (
        "webroot",
        "webroot:MSP0046000001",
        "license:SAEP,seats=1,years=1",
    ),
];

#[test]
fn a_verb_that_a_vendor_lacks_is_refused_before_anything_is_sent() {
    let vendors = run(&["vendors", "-o", "json"]).json();
    let mut refused: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (vendor, id, line) in VENDORS {
        let entries = vendors["vendors"].as_array().unwrap();
        let entry = entries.iter().find(|entry| entry["vendor"] == vendor);
        for (verb, arguments) in [
            ("get", vec!["get", id]),
            ("add-lines", vec!["add", id, "--line", line]),
            ("update-line", vec!["update", id, "1", "--qty", "2"]),
            ("remove-line", vec!["remove", id, "1"]),
            ("delete", vec!["delete", id]),
            ("checkout", vec!["checkout", id]),
            ("set-customer", vec!["customer", id, "10"]),
            ("place-order", vec!["order", id]),
        ] {
            let (kind, words) = match entry.unwrap()["capability"][verb].as_str().unwrap() {
                "supported" => continue,
                "not-built" => ("not-built", "not built here yet".to_owned()),
                _ => (
                    "unsupported",
                    format!("{vendor} does not support `{verb}`: "),
                ),
            };
            let (code, error) =
                run(&[arguments.as_slice(), &["--sandbox", "-o", "json"]].concat()).error();
            assert_eq!((code, error["kind"].as_str()), (1, Some(kind)), "{error}");
            let told = run(&[arguments.as_slice(), &["--sandbox"]].concat());
            assert_eq!((told.code, told.stdout.as_str()), (Some(1), ""));
            let told = told.told();
            assert!(told.contains(&words), "{told}");
            assert!(error["operation"].is_null() && error["status"].is_null());
            if kind == "unsupported" {
                refused.entry(vendor).or_default().push(verb);
            }
        }
    }
    let most = ["update-line", "remove-line", "delete"];
    for (vendor, own) in [
        (
            "cpanel",
            vec!["get", "add-lines", "set-customer", "place-order"],
        ),
        (
            "liquidweb",
            vec!["get", "checkout", "set-customer", "place-order"],
        ),
        ("webroot", vec!["add-lines", "checkout"]),
    ] {
        for verb in own.iter().chain(&most) {
            assert!(refused[vendor].contains(verb), "{vendor}: {verb}");
        }
    }
}

#[test]
fn a_line_of_another_vendor_is_refused_before_anything_is_sent() {
    for (vendor, line, words) in [
        (
            "bigcommerce",
            "item:1",
            "bigcommerce takes no provider items",
        ),
        ("cpanel", "service:CLOUD.VPS", "cpanel takes no services"),
        (
            "liquidweb",
            "license:SAEP,seats=1,years=1",
            "liquidweb takes no licences",
        ),
        (
            "webroot",
            "bundle:B(package:P(service:S))",
            "webroot takes no bundles",
        ),
    ] {
        let (code, error) = run(&[
            "create",
            "--sandbox",
            "--vendor",
            vendor,
            "--line",
            line,
            "-ojson",
        ])
        .error();
        assert_eq!(
            (code, error["kind"].as_str()),
            (1, Some("unsupported")),
            "{error}"
        );
        assert_eq!(error["message"], words);
        assert_eq!(error["field"], "lines[0]");
    }
}
