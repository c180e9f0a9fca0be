//! Outcomes that nobody knows: they look like nothing else, say what was asked, and how to look.

use serde_json::{Value, json};

use crate::run::{Run, Served};

const ANN: &str = "contact:key=ann-1,first=Ann,last=Muster,email=ann@example.com,line1=1 Example Street,city=Bonn,postal=53111,country=DE";

fn fault(shop: &Served, vendor: &str, operation: &str, how: &Value) {
    let mut fault = json!({"vendor": vendor, "operation": operation, "times": 1});
    let fields = how.as_object().unwrap().clone();
    fault.as_object_mut().unwrap().extend(fields);
    shop.tell("faults", &fault);
}

/// Runs a command whose answer is lost, once for readers and once for programs: the words of the first, the error of the second.
fn lost(
    shop: &Served,
    (vendor, operation): (&str, &str),
    how: &Value,
    words: &[&str],
) -> (String, Value) {
    fault(shop, vendor, operation, how);
    let told = shop.run(words);
    assert_eq!(
        (told.code, told.stdout.as_str()),
        (Some(3), ""),
        "{}",
        told.stderr
    );
    fault(shop, vendor, operation, how);
    let (code, error) = shop.run(&[words, &["-ojson"]].concat()).error();
    assert_eq!(code, 3, "{error}");
    let sentences = told.told();
    (sentences, error)
}

fn id(run: &Run) -> String {
    run.json()["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_order_whose_answer_is_lost_says_what_is_open_what_was_asked_and_how_to_look() {
    let shop = Served::start();
    let created = shop.run(&[
        "create",
        "--vendor=webroot",
        "--line=license:WSAV,seats=3,years=1",
        "-ojson",
    ]);
    let cart = id(&created);
    assert_eq!(shop.run(&["customer", &cart, ANN]).code, Some(0));
    let order = ["order", &cart, "--purchase-order", "PO-4711"];
    fault(&shop, "webroot", "createOrder", &json!({"reset": true}));
    let told = shop.run(&order);
    assert_eq!(told.code, Some(3));
    assert!(told.stderr.starts_with("unknown: "), "{}", told.stderr);
    let words = told.told();
    for part in [
        "whether the order was placed",
        "createOrder of webroot, POST ",
        "sent once",
        &cart,
        "twice",
        "`cart get webroot:",
    ] {
        assert!(words.contains(part), "{part}: {words}");
    }
    // The order stands, as the words allow for.
    let state: Value = serde_json::from_str(&shop.ask("state")).unwrap();
    assert!(state["vendors"]["webroot"].to_string().contains("PO-4711"));
}

#[test]
fn each_verb_whose_answer_is_lost_is_told_as_unknown_and_never_as_permanent() {
    let shop = Served::start();
    let create = ["create", "--vendor=bigcommerce", "--line=product:126"];
    let cart = id(&shop.run(&[&create[..], &["-ojson"]].concat()));
    let hosted = [
        "create",
        "--vendor=liquidweb",
        "--line=service:BACKUP.OFFSITE",
    ];
    let market = ["create", "--vendor=cpanel", "--line=item:123456"];
    let reset = json!({"reset": true});
    for (place, how, words, open) in [
        (
            ("bigcommerce", "createCart"),
            &reset,
            &create[..],
            "whether the cart was created",
        ),
        (
            ("bigcommerce", "createCart"),
            &json!({"status": 503}),
            &create[..],
            "whether the cart was created",
        ),
        (
            ("bigcommerce", "createCart"),
            &json!({"status": 500, "body": "{\"title\": \"Oops\"}"}),
            &create[..],
            "whether the cart was created",
        ),
        (
            ("bigcommerce", "addCartLineItems"),
            &reset,
            &["add", &cart, "--line=product:126"],
            "whether the lines were added",
        ),
        (
            ("bigcommerce", "addCartLineItems"),
            &json!({"status": 504}),
            &["add", &cart, "--line=product:126"],
            "whether the lines were added",
        ),
        (("liquidweb", "addCartItem"), &reset, &hosted[..], "whether"),
        (
            ("cpanel", "createShoppingCart"),
            &json!({"status": 502}),
            &market[..],
            "whether the cart was created",
        ),
    ] {
        let (told, error) = lost(&shop, place, how, words);
        assert!(
            told.starts_with("unknown: It is not known whether"),
            "{told}"
        );
        assert!(told.contains(open), "{told}");
        assert!(told.contains(" next "), "{told}");
        assert_eq!(
            (&error["kind"], &error["retry"]),
            (&json!("outcome-unknown"), &json!("unknown")),
            "{error}"
        );
        assert_eq!(error["attempts"], 1, "{error}");
        assert!(error["outcome"].as_str().unwrap().contains(open), "{error}");
        assert!(
            error["asked"]["path"].is_string() && error["advice"].is_string(),
            "{error}"
        );
        if let Some(status) = how.get("status") {
            assert_eq!(&error["status"], status);
            assert!(told.contains(&format!("HTTP {status}")), "{told}");
        }
    }
}

/// What may be repeated is not open in a way that matters.
#[test]
fn a_read_whose_answer_is_lost_is_an_error_that_may_be_repeated() {
    let shop = Served::start();
    let cart = id(&shop.run(&[
        "create",
        "--vendor=bigcommerce",
        "--line=product:126",
        "-ojson",
    ]));
    shop.tell(
        "faults",
        &json!({"vendor": "bigcommerce", "operation": "getCart", "times": 8, "status": 503}),
    );
    let told = shop.run(&["get", &cart]);
    assert_eq!(told.code, Some(1));
    assert!(
        told.stderr
            .starts_with("error: can't read the cart at bigcommerce: "),
        "{}",
        told.stderr
    );
    let (code, error) = shop.run(&["get", &cart, "-ojson"]).error();
    assert_eq!(
        (code, error["retry"].as_str()),
        (1, Some("temporary")),
        "{error}"
    );
    assert_eq!(error["attempts"], 4, "{error}");
}
