//! What the program refuses, with which words and which exit code.

use std::net::TcpListener;

use serde_json::Value;

use crate::run::run;

const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";

/// Each is refused before anything is sent: there are no credentials to send it with.
#[test]
fn bad_input_is_refused_with_what_is_wrong_and_how_to_mend_it() {
    let table: &[&[&str]] = &[
        &[],
        &["buy"],
        &["create"],
        &["create", "--sandbox"],
        &["create", "--line", "product:126"],
        &["create", "--vendor", "shopfront"],
        &["create", "--vendor", "all"],
        &["create", "--vendor", "all", "--line", "product:126"],
        &["create", "--vendor", "all", "--sandbox", "--line", "item:1"],
        &[
            "create",
            "--vendor",
            "all",
            "--sandbox",
            "--credentials",
            "settings",
        ],
        &["create", "--vendor", "bigcommerce"],
        &["create", "--vendor", "bigcommerce", "--line", "product:126"],
        &["create", "--vendor", "cpanel", "--line", "item:1"],
        &["create", "--vendor", "liquidweb", "--line", "service:A"],
        &[
            "create",
            "--vendor",
            "webroot",
            "--line",
            "keycode:K,years=1",
        ],
        &["create", "--line", "118"],
        &["create", "--line", "product:118,qty=0"],
        &["create", "--line", "product:118,price=-1"],
        &["create", "--line", "product:118,size=L"],
        &["create", "--line", "custom:Engraving"],
        &["create", "--line", "item:1,qty=2"],
        &["create", "--line", "package:P"],
        &[
            "create",
            "--line",
            "bundle:B(package:P(service:A,region=east))",
        ],
        &["create", "--line", "license:SAEP,years=1"],
        &[
            "create",
            "--vendor",
            "bigcommerce",
            "--sandbox",
            "--credentials",
            "settings",
        ],
        &[
            "create",
            "--vendor",
            "bigcommerce",
            "--line",
            "product:126",
            "--credentials",
            "/nonexistent/settings",
        ],
        &["create", "--line", "product:126", "--customer", ""],
        &["get", "6e193ce6-f327-4dcc-b75e-72cf6738525e"],
        &["get", "shopfront:1"],
        &["get", "bigcommerce:"],
        &["get", "a b", "--vendor", "bigcommerce"],
        &["get", CART, "--vendor", "cpanel"],
        &["get", CART, "--vendor", "all"],
        &["get", "a", "--vendor", "all"],
        &["add", CART],
        &["update", CART, "line"],
        &["update", CART, "line", "--qty", "0"],
        &["update", CART, "line", "--qty", "-1"],
        &["update", CART, "line", "--price", "-1"],
        &["update", CART, "line", "--price", "cheap"],
        &["customer", CART, ""],
        &["vendors", "--sandbox"],
        &["vendors", "--credentials", "settings"],
        &["get", CART, "--vendor-response"],
        &["get", CART, "--ca", "/nonexistent/authority.pem"],
        &["vendors", "--ca", "authority.pem"],
        &["get", CART, "--record", ""],
        &["sandbox", "--list", "--port", "8080"],
        &["sandbox", "--list", "--sandbox"],
        &["sandbox", "--vendor", "bigcommerce"],
        &["sandbox", "--port", "65536"],
        &["completions", "cmd"],
        &["get", CART, "-o", "xml"],
    ];
    let mut shown = String::new();
    for arguments in table {
        let refused = run(arguments);
        assert_eq!(
            (refused.code, refused.stdout.as_str()),
            (Some(2), ""),
            "{arguments:?}"
        );
        let words: Vec<String> = arguments.iter().map(|word| format!("{word:?}")).collect();
        // The usage that may follow is clap's, and shown by `--help`.
        let reason = refused.stderr.split("\n\n").next().unwrap_or_default();

        shown.push_str(&format!(
            "cart {}\n{}\n\n",
            words.join(" "),
            reason.trim_end()
        ));
    }
    insta::assert_snapshot!(shown);
}

/// What the cart operation itself refuses, here or at the vendor, is exit code 1.
#[test]
fn a_refused_operation_says_who_refused_it() {
    let table: &[&[&str]] = &[
        &["get", "bigcommerce:cart", "--sandbox"],
        &["get", CART, "--sandbox"],
        &[
            "get",
            "6e193ce6-f327-4dcc-b75e-72cf6738525e",
            "--vendor",
            "bigcommerce",
            "--sandbox",
        ],
        &["update", CART, "line", "--qty", "2", "--sandbox"],
        &[
            "create",
            "--sandbox",
            "--vendor",
            "bigcommerce",
            "--line",
            "product:shirt",
        ],
        &[
            "create",
            "--sandbox",
            "--vendor",
            "bigcommerce",
            "--line",
            "product:118",
        ],
        &[
            "create",
            "--sandbox",
            "--vendor",
            "webroot",
            "--line",
            "license:SAEP,seats=1,years=9",
        ],
        &[
            "create",
            "--sandbox",
            "--vendor",
            "bigcommerce",
            "--line",
            "product:126",
            "--currency",
            "XXX",
        ],
        &["customer", CART, "Ann", "--sandbox"],
    ];
    let mut shown = String::new();
    for arguments in table {
        let refused = run(arguments);
        assert_eq!(
            (refused.code, refused.stdout.as_str()),
            (Some(1), ""),
            "{arguments:?}"
        );
        // The order of the keys in the vendor's body is nobody's promise.
        let told = match refused.stderr.split_once("  body ") {
            Some((before, rest)) => {
                let after = rest.find("\n  outcome").map_or("", |at| &rest[at..]);
                format!("{before}  body ...{after}")
            }
            None => refused.stderr,
        };
        shown.push_str(&format!(
            "cart {}\n{}\n\n",
            arguments.join(" "),
            told.trim_end()
        ));
    }
    insta::assert_snapshot!(shown);
}

#[test]
fn as_json_every_error_is_one_object_on_standard_error() {
    for (arguments, code, kind, field) in [
        (vec!["create", "--line", "x"], 2, "usage", None),
        (vec!["bogus"], 2, "usage", None),
        (vec!["get", "x"], 2, "usage", None),
        (
            vec!["get", CART],
            2,
            "invalid-config",
            Some("CARTWRIGHT_BIGCOMMERCE_STORE_HASH"),
        ),
        (
            vec!["get", CART, "--credentials", "/nonexistent"],
            2,
            "io",
            None,
        ),
        (
            vec!["get", "bigcommerce:x", "--sandbox"],
            1,
            "invalid-request",
            Some("cart id"),
        ),
        (vec!["get", CART, "--sandbox"], 1, "not-found", None),
    ] {
        let (left, error) = run(&[arguments.as_slice(), &["--output", "json"]].concat()).error();
        assert_eq!(
            (left, error["kind"].as_str(), error["field"].as_str()),
            (code, Some(kind), field),
            "{arguments:?}"
        );
        assert_eq!(
            error["attempts"].as_u64(),
            Some(u64::from(kind == "not-found")),
            "{error}"
        );
    }
}

#[test]
fn an_error_of_the_vendor_keeps_its_operation_status_and_code() {
    let (code, error) = run(&["get", CART, "--sandbox", "-o", "json"]).error();
    assert_eq!(code, 1);
    for (key, value) in [
        ("vendor", "bigcommerce"),
        ("operation", "getCart"),
        ("retry", "permanent"),
    ] {
        assert_eq!(error[key], value, "{error}");
    }
    assert_eq!(
        (&error["status"], &error["verb"]),
        (&404.into(), &"get".into())
    );
    assert_eq!(error["asked"]["method"], "GET");
    assert_eq!(
        (&error["concerns"], &error["cart"]),
        (&CART.into(), &Value::Null)
    );
    assert_eq!(error["outcome"], "No cart was read.");
    let body: Value = serde_json::from_str(error["body"].as_str().unwrap()).unwrap();
    assert_eq!(body["status"], 404);
    assert!(error["body_bytes"].as_u64().unwrap() > 10, "{error}");
    assert!(
        error["code"]
            .as_str()
            .unwrap()
            .starts_with("https://developer.bigcommerce.com/"),
        "{error}"
    );
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let refused = run(&["sandbox", "--port", &port]);
    let told = refused.told();
    let words = format!(
        "error: port {port} of 127.0.0.1 is in use: choose another with --port, or 0 for any free one"
    );
    assert_eq!(
        (refused.code, refused.stdout.as_str(), told),
        (Some(2), "", words)
    );
}
