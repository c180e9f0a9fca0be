//! A failure keeps the vendor's words, whatever shape the rest of its body has; and a chain of causes says nothing twice.

use std::error::Error as StdError;
use std::sync::Arc;

use cartwright::{CartApi, Error, ErrorKind, Transport, Vendor, Verb};
use cartwright_runtime::TransportError;

use crate::canned::{Breaking, Canned};
use crate::every_verb::{failure, supported};
use crate::{bigcommerce, cpanel, liquidweb, webroot};

async fn told(vendor: &str, status: u16, body: &str) -> Error {
    let answer = Canned::json(status, body);
    match vendor {
        "bigcommerce" => {
            let cart = bigcommerce::shop::CART.parse().unwrap();
            bigcommerce::shop::shop(answer)
                .get(&cart)
                .await
                .unwrap_err()
        }
        "cpanel" => {
            let cart = cpanel::shop::CART.parse().unwrap();
            cpanel::shop::shop(answer)
                .checkout(&cart)
                .await
                .unwrap_err()
        }
        "liquidweb" => {
            let new = liquidweb::shop::server();
            liquidweb::shop::shop(answer).create(new).await.unwrap_err()
        }
        _ => {
            let cart = webroot::shop::CART.parse().unwrap();
            webroot::shop::shop(answer).get(&cart).await.unwrap_err()
        }
    }
}

/// Vendor, status, body, code, words.
type Case = (
    &'static str,
    u16,
    &'static str,
    Option<&'static str>,
    Option<&'static str>,
);

const CASES: &[Case] = &[
    // PHP writes an empty map as a list.
    (
        "bigcommerce",
        422,
        r#"{"status":422,"title":"Too much","type":"x","errors":[]}"#,
        Some("x"),
        Some("Too much"),
    ),
    (
        "bigcommerce",
        422,
        r#"{"status":"422","title":"Too much","type":"x"}"#,
        Some("x"),
        Some("Too much"),
    ),
    (
        "bigcommerce",
        422,
        r#"{"status":null,"title":["Too much","Far too much"],"type":7,"errors":null}"#,
        Some("7"),
        Some("Too much; Far too much"),
    ),
    (
        "bigcommerce",
        422,
        r#"{"title":"No","errors":["a",["b"],{"message":"c","code":3}]}"#,
        None,
        Some("No; a; b; c"),
    ),
    (
        "bigcommerce",
        422,
        r#"{"title":"No","errors":"this field"}"#,
        None,
        Some("No; this field"),
    ),
    ("bigcommerce", 400, r#""No.""#, None, Some("No.")),
    ("bigcommerce", 400, r#"["No.", 5]"#, None, Some("No.; 5")),
    (
        "bigcommerce",
        403,
        "Access denied",
        None,
        Some("Access denied"),
    ),
    (
        "bigcommerce",
        500,
        r#"{"title":{"text":"Broken"},"status":[]}"#,
        None,
        Some("text: Broken"),
    ),
    (
        "cpanel",
        200,
        r#"{"status":0,"errors":"No.","data":7,"messages":5,"metadata":[]}"#,
        None,
        Some("No."),
    ),
    (
        "cpanel",
        200,
        r#"{"status":false,"errors":["No."]}"#,
        None,
        Some("No."),
    ),
    (
        "cpanel",
        200,
        r#"{"status":0.0,"errors":[["No."],{"message":"Never."}],"warnings":{"a":1}}"#,
        None,
        Some("No.; Never."),
    ),
    (
        "cpanel",
        200,
        r#"{"result":{"status":"0","errors":{"0":"No."},"data":[]}}"#,
        None,
        Some("No."),
    ),
    (
        "cpanel",
        403,
        r#"{"cpanelresult":{"error":["Access denied"],"data":5}}"#,
        None,
        Some("Access denied"),
    ),
    (
        "liquidweb",
        200,
        r#"{"error_class":"LW::Exception::Input","full_message":["No."],"field":{"a":1},"errors":{}}"#,
        Some("LW::Exception::Input"),
        Some("No."),
    ),
    (
        "liquidweb",
        200,
        r#"{"error_class":5,"full_message":null,"error_message":7}"#,
        Some("5"),
        Some("7"),
    ),
    (
        "liquidweb",
        200,
        r#"{"error_class":"LW::Exception::Input","errors":["a","b"]}"#,
        Some("LW::Exception::Input"),
        Some("a; b"),
    ),
    (
        "webroot",
        400,
        r#"{"statusCode":"400","requestId":7,"error":5,"error_description":["No."],"AdditionalInformation":"Why"}"#,
        Some("5"),
        Some("No.; Why"),
    ),
    (
        "webroot",
        400,
        r#"{"Message":"No.","ModelState":7}"#,
        None,
        Some("No."),
    ),
    (
        "webroot",
        503,
        "Service Unavailable",
        None,
        Some("Service Unavailable"),
    ),
];

#[tokio::test]
async fn a_failure_keeps_the_vendors_words_whatever_shape_the_rest_has() {
    for (vendor, status, body, code, words) in CASES {
        let error = told(vendor, *status, body).await;
        let said = (error.code(), error.vendor_message(), error.status());
        assert_eq!(said, (*code, *words, Some(*status)), "{vendor}: {body}");
        let is_refused = !matches!(error.kind(), ErrorKind::UnexpectedResponse);
        assert!(is_refused, "{body}: {error:?}");
        let line = error.to_string();
        assert!(line.contains(words.unwrap_or_default()), "{line}");
        assert!(!line.contains("documents"), "{line}");
        assert!(!line.contains('\n'), "{line}");
    }
}

#[tokio::test]
async fn every_failure_that_the_vendor_lists_is_a_detail() {
    let several = r#"{"error":"","error_class":"LW::Exception::Input::Multiple","field":["cycle","region_id"],
        "full_message":"The following input errors occurred:\nThe required field 'cycle' was missing a value.",
        "errors":[{"error_class":"LW::Exception::Input::Required","field":"cycle","full_message":"The required field 'cycle' was missing a value."},
                  {"error_class":"LW::Exception::Input::OutOfBounds","field":["region_id"],"full_message":"Too small."}]}"#;
    let error = told("liquidweb", 200, several).await;
    let details: Vec<_> = error.details().iter().collect();
    let told_as: Vec<_> = details
        .iter()
        .map(|detail| {
            let code = detail.code.as_deref().unwrap_or_default();
            (detail.field.as_deref(), code, detail.message.as_str())
        })
        .collect();
    assert_eq!(
        told_as,
        [
            (
                Some("cycle"),
                "LW::Exception::Input::Required",
                "The required field 'cycle' was missing a value."
            ),
            (
                Some("region_id"),
                "LW::Exception::Input::OutOfBounds",
                "Too small."
            ),
        ]
    );
    assert_eq!(error.field(), None, "there are two");
    let line = error.to_string();
    assert!(line.contains("region_id: Too small."), "{line}");
    assert_eq!(line.matches("'cycle' was missing").count(), 1, "{line}");
    assert!(!line.contains('\n'), "{line}");
}

#[tokio::test]
async fn a_field_is_told_where_the_vendor_names_exactly_one() {
    for (vendor, status, body, field) in [
        (
            "bigcommerce",
            422,
            r#"{"title":"Missing or incorrect required fields","errors":{"variant":"This product has options, variant ID is required"}}"#,
            Some("variant"),
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"No","errors":{"a":"x","b":"y"}}"#,
            None,
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"No","errors":{"a":["x","y"]}}"#,
            Some("a"),
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"No","errors":{"line_items":[{"quantity":"x"}]}}"#,
            Some("line_items[0].quantity"),
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"No","errors":{"0":"x"}}"#,
            None,
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"The following fields are invalid: key"}"#,
            Some("key"),
        ),
        (
            "bigcommerce",
            422,
            r#"{"title":"The following fields are invalid: key, name"}"#,
            None,
        ),
        (
            "liquidweb",
            200,
            r#"{"error_class":"LW::Exception::Input::Required","field":"item"}"#,
            Some("item"),
        ),
        (
            "liquidweb",
            200,
            r#"{"error_class":"LW::Exception::Input::Required","field":["item"]}"#,
            Some("item"),
        ),
        (
            "liquidweb",
            200,
            r#"{"error_class":"LW::Exception::Input","field":["item","cycle"]}"#,
            None,
        ),
        (
            "webroot",
            400,
            r#"{"error_description":"No.","AdditionalInformation":[{"Field":"Items[0].Years","Message":"Unknown."}]}"#,
            Some("Items[0].Years"),
        ),
        (
            "webroot",
            400,
            r#"{"error_description":"No.","AdditionalInformation":{}}"#,
            None,
        ),
        ("cpanel", 200, r#"{"status":0,"errors":["No."]}"#, None),
    ] {
        let error = told(vendor, status, body).await;
        assert_eq!(error.field(), field, "{vendor}: {body}");
        assert_eq!(error.kind(), ErrorKind::InvalidRequest, "{body}");
    }
}

#[tokio::test]
async fn a_success_that_cannot_be_read_keeps_the_vendors_words_too() {
    let error = told("bigcommerce", 200, r#"{"title":"We are moving house"}"#).await;
    assert_eq!(error.kind(), ErrorKind::UnexpectedResponse);
    assert_eq!(error.vendor_message(), Some("We are moving house"));
    let line = error.to_string();
    assert!(
        line.ends_with("the vendor says: We are moving house"),
        "{line}"
    );
}

/// An error and its sources as `anyhow` and others print them.
fn chain(error: &dyn StdError) -> Vec<String> {
    let mut chain = vec![error.to_string()];
    let mut next = error.source();
    while let Some(source) = next {
        chain.push(source.to_string());
        next = source.source();
    }
    chain
}

#[tokio::test]
async fn a_chain_of_causes_says_nothing_twice() {
    type Failing = fn() -> Arc<dyn Transport>;
    const ALL: &[Failing] = &[
        || {
            Arc::new(Breaking(|| {
                TransportError::Timeout("the time was up".into())
            }))
        },
        || {
            Arc::new(Breaking(|| {
                TransportError::Send("the plug was pulled".into())
            }))
        },
        || {
            Arc::new(Breaking(|| {
                TransportError::Connect("nobody listens".into())
            }))
        },
        || Arc::new(Breaking(|| TransportError::Refused("not today".into()))),
        || Arc::new(Breaking(|| TransportError::Throttled("used up".into()))),
        || Arc::new(Breaking(|| TransportError::Custom("it rains".into()))),
        || {
            Arc::new(Breaking(|| {
                let inner = std::io::Error::other("the cable is wet");
                TransportError::Send(Box::new(std::io::Error::other(inner)))
            }))
        },
        || Arc::new(Canned::json(200, "<html>out of order</html>")),
        || Arc::new(Canned::json(200, vec![b' '; 9 << 20])),
        || Arc::new(Canned::json(302, "")),
        || Arc::new(Canned::json(401, "")),
        || Arc::new(Canned::json(404, r#"{"title":"Gone for good"}"#)),
        || Arc::new(Canned::json(500, "<html>out of order</html>")),
    ];
    for (vendor, verb) in supported() {
        // A deletion has no body to be wrong.
        for failing in ALL.iter().filter(|_| verb != Verb::Delete) {
            assert_nothing_twice(&failure(vendor, verb, failing()).await);
        }
    }
    let unset = cartwright::Settings::from_pairs([("", "")]);
    let wrong = cartwright::Settings::from_pairs([
        ("CARTWRIGHT_LIQUIDWEB_TOKEN", "t"),
        ("CARTWRIGHT_LIQUIDWEB_BASE_URL", "http://example.com"),
    ]);
    for settings in [unset, wrong] {
        let error = cartwright::connect(Vendor::LiquidWeb, &settings, None).err();
        assert_nothing_twice(&error.expect("the settings are wrong"));
    }
}

fn assert_nothing_twice(error: &Error) {
    // The start of the body stands behind the words: it is what came, and may hold them once more.
    let chain = chain(error).join(": ");
    let (whole, _) = chain.split_once("; body: ").unwrap_or((&chain, ""));
    for cause in [
        "the time was up",
        "the plug was pulled",
        "nobody listens",
        "not today",
        "used up",
        "it rains",
        "the cable is wet",
        "out of order",
        "larger than",
        "Gone for good",
        "http://example.com",
        "does not know these",
        error.message(),
    ] {
        assert!(whole.matches(cause).count() <= 1, "`{cause}`: {whole}");
    }
    assert!(whole.contains(error.message()), "{whole}");
}
