//! Findings of a small spec, each tied to what it changes in the client.

use std::path::Path;

use super::{bump, enrich, next, sources};
use crate::load::{Document, Position};
use crate::review::{Effect, Finding, Rust, Side, SpecReview, Verdict, Version, rules};

const SPEC: &str = r##"openapi: 3.0.3
info: {title: A shop, version: "1"}
servers: [{url: https://shop.example}]
paths:
  /carts:
    post:
      operationId: createCart
      summary: Creates a cart.
      x-retry: unsafe
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewCart"}}}}
      responses: {"200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}}
  /carts/{id}:
    get:
      operationId: getCart
      summary: Reads a cart.
      x-retry: safe
      parameters:
        - {name: id, in: path, required: true, description: The cart., schema: {type: string}}
        - {name: limit, in: query, description: How many lines., schema: {type: integer}}
      responses:
        "200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}
        "404": {description: None., content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
components:
  schemas:
    Cart: {allOf: [{$ref: "#/components/schemas/Base"}, {$ref: "#/components/schemas/Own"}]}
    Own: {type: object, properties: {status: {$ref: "#/components/schemas/Status"}, line: {$ref: "#/components/schemas/Line"}}}
    Base: {type: object, properties: {id: {type: string}}}
    Line: {type: object, properties: {sku: {type: string}, note: {type: string}}}
    Status: {type: string, enum: [open, ordered]}
    Problem: {type: object, properties: {title: {type: string}}}
    NewCart: {type: object, required: [name], properties: {name: {type: string}, party: {$ref: "#/components/schemas/Party"}}}
    Party: {type: object, properties: {mail: {type: string}}}
"##;

/// A finding by aspect, subject and the pointers on both sides; it reaches both operations.
fn finding(aspect: &str, subject: &str, old: &str, new: &str) -> Finding {
    let rule = rules::rules().find(|rule| rule.aspect == aspect).unwrap();
    let side = |pointer: &str| Side {
        file: "shop.yaml".to_owned(),
        position: Position::START,
        pointer: pointer.to_owned(),
        slice: Vec::new(),
    };
    let side = |pointer: &str| (!pointer.is_empty()).then(|| side(pointer));
    let operations = ["createCart", "getCart"].map(str::to_owned).to_vec();
    Finding {
        fingerprint: String::new(),
        rule,
        verdict: Verdict::default(),
        subject: subject.to_owned(),
        message: String::new(),
        old: side(old),
        new: side(new),
        effects: vec![Effect { rule, operations }],
        items: Vec::new(),
        mappings: Vec::new(),
        misfits: Vec::new(),
        decision: None,
    }
}

fn review(edits: &[(&str, &str)], findings: Vec<Finding>) -> SpecReview {
    let changed = edits.iter().fold(SPEC.to_owned(), |spec, (from, to)| {
        assert!(spec.contains(from), "{from}");
        spec.replace(from, to)
    });
    let parse = |text: &str| Document::parse("shop.yaml", text).unwrap();
    let version = Version {
        label: String::new(),
        hash: String::new(),
        version: None,
    };
    let mut review = SpecReview {
        findings,
        ..SpecReview::empty("shop", version.clone(), version)
    };
    enrich(
        &mut review,
        &parse(SPEC),
        &parse(&changed),
        Path::new("."),
        None,
    )
    .unwrap();
    review
}

#[test]
fn each_item_is_tied_to_the_finding_that_caused_it() {
    const SCHEMAS: &str = "/components/schemas";
    const GET: &str = "/paths/~1carts~1{id}/get";
    type Row<'a> = (
        &'a [(&'a str, &'a str)],
        &'a str,
        &'a str,
        &'a str,
        &'a [&'a str],
        Rust,
    );
    let table: &[Row<'_>] = &[
        // A property, by its own pointer and by its object's.
        (
            &[("sku: {type: string}, ", "")],
            "property-removed",
            "Line/properties/sku",
            "",
            &["types::Line::sku"],
            Rust::Break,
        ),
        (
            &[("sku: {type: string}, ", "")],
            "property-removed",
            "Line",
            "Line",
            &["types::Line::sku"],
            Rust::Break,
        ),
        (
            &[("[name]", "[name, party]")],
            "property-became-required",
            "NewCart/properties/party",
            "NewCart/properties/party",
            &["types::NewCart::party", "types::builder::NewCart::party"],
            Rust::Break,
        ),
        // The last one: what is left is a map, which is another type.
        (
            &[("{title: {type: string}}", "{}")],
            "property-removed",
            "Problem/properties/title",
            "",
            &[
                "types::Problem",
                "types::Problem::title",
                "types::Problem::extra",
                "types::Problem::0",
            ],
            Rust::Break,
        ),
        // Of a part of `allOf`, in the types that take it in.
        (
            &[("{id: {type: string}}", "{id: {type: integer}}")],
            "type-changed",
            "Base/properties/id",
            "Base/properties/id",
            &["types::Base::id", "types::Cart::id"],
            Rust::Break,
        ),
        // An enum's value, by the value's pointer and by the enum's.
        (
            &[("open, ordered", "open, gone")],
            "enum-removed",
            "Status/enum/1",
            "Status/enum",
            &["types::Status::Ordered", "types::Status::Gone"],
            Rust::Break,
        ),
        (
            &[("open, ordered", "open, ordered, gone")],
            "enum-added",
            "",
            "Status/enum/2",
            &["types::Status::Gone"],
            Rust::Additive,
        ),
        // A name shows wherever it is used.
        (
            &[("    Line:", "    Row:"), ("schemas/Line", "schemas/Row")],
            "schema-renamed",
            "Line",
            "Row",
            &[
                "types::Cart::line",
                "types::Own::line",
                "types::Line",
                "types::Line::sku",
                "types::Line::note",
                "types::Line::extra",
                "types::Row",
                "types::Row::sku",
                "types::Row::note",
                "types::Row::extra",
            ],
            Rust::Break,
        ),
    ];
    for (edits, aspect, old, new, items, rust) in table {
        let at = |place: &str| match place {
            "" => String::new(),
            place => format!("{SCHEMAS}/{place}"),
        };
        let subject = "Line.sku";
        expect(
            edits,
            finding(aspect, subject, &at(old), &at(new)),
            items,
            *rust,
        );
    }
    for (edits, aspect, old, new, items, rust) in [
        (
            &[("{type: integer}}\n", "{type: string}}\n")],
            "parameter-type-changed",
            "parameters/1/schema",
            "parameters/1/schema",
            &["builder::GetCart::limit"][..],
            Rust::Break,
        ),
        (
            &[("getCart", "readCart")],
            "operation-renamed",
            "operationId",
            "operationId",
            &[
                "types::GetCartError",
                "types::GetCartError::Status404",
                "Client::get_cart",
                "builder::GetCart",
                "builder::GetCart::new",
                "builder::GetCart::id",
                "builder::GetCart::limit",
                "builder::GetCart::send",
                "operations::GET_CART",
                "types::ReadCartError",
                "types::ReadCartError::Status404",
                "Client::read_cart",
                "builder::ReadCart",
                "builder::ReadCart::new",
                "builder::ReadCart::id",
                "builder::ReadCart::limit",
                "builder::ReadCart::send",
                "operations::READ_CART",
            ],
            Rust::Break,
        ),
        (
            &[("\"404\"", "\"410\"")],
            "error-status-removed",
            "responses/404",
            "responses",
            &[
                "types::GetCartError::Status404",
                "types::GetCartError::Status410",
            ],
            Rust::Break,
        ),
    ] {
        let at = |place: &str| format!("{GET}/{place}");
        expect(
            edits,
            finding(aspect, "GET /carts/{id}", &at(old), &at(new)),
            items,
            rust,
        );
    }
}

fn expect(edits: &[(&str, &str)], finding: Finding, items: &[&str], rust: Rust) {
    let review = review(edits, vec![finding]);
    let [finding] = review.findings.as_slice() else {
        panic!("{review:#?}")
    };
    let mut found: Vec<&str> = finding
        .items
        .iter()
        .map(|item| item.path.as_str())
        .collect();
    let mut items = items.to_vec();
    items.sort_unstable();
    found.sort_unstable();
    assert_eq!(found, items, "{edits:?}: {:#?}", review.unexplained);
    assert_eq!(review.unexplained, Some(Vec::new()), "{edits:?}");
    assert_eq!(finding.verdict.rust, rust, "{edits:?}");
}

#[test]
fn two_findings_share_no_items_and_what_none_explains_is_shown() {
    let edits = [
        ("sku: {type: string}", "code: {type: string}"),
        ("{title: {type: string}}", "{name: {type: string}}"),
    ];
    let removed = finding(
        "property-removed",
        "Line.sku",
        "/components/schemas/Line/properties/sku",
        "",
    );
    let added = finding(
        "property-added",
        "Line.code",
        "",
        "/components/schemas/Line/properties/code",
    );
    let review = review(&edits, vec![removed, added]);
    let items: Vec<Vec<&str>> = review
        .findings
        .iter()
        .map(|finding| {
            finding
                .items
                .iter()
                .map(|item| item.path.as_str())
                .collect()
        })
        .collect();
    assert_eq!(items, [["types::Line::sku"], ["types::Line::code"]]);
    let rust: Vec<Rust> = review
        .findings
        .iter()
        .map(|finding| finding.verdict.rust)
        .collect();
    assert_eq!(rust, [Rust::Break, Rust::Additive]);
    let unexplained: Vec<String> = review
        .unexplained
        .iter()
        .flatten()
        .map(|item| item.path.clone())
        .collect();
    assert_eq!(
        unexplained,
        ["types::Problem::title", "types::Problem::name"]
    );
    assert_eq!(
        (review.verdict().rust, review.bump),
        (Rust::Break, Some("minor"))
    );
}

#[test]
fn what_shows_in_no_item_has_no_verdict_in_rust() {
    let about = finding(
        "default-changed",
        "Line.sku",
        "/components/schemas/Line/properties/sku",
        "/components/schemas/Line/properties/sku",
    );
    let review = review(
        &[("sku: {type: string}", "sku: {type: string, default: a}")],
        vec![about],
    );
    assert_eq!(
        (review.findings[0].verdict.rust, review.bump),
        (Rust::None, None)
    );
    assert_eq!(review.unexplained, Some(Vec::new()));
}

#[test]
fn a_side_without_a_client_leaves_the_verdicts_by_rule() {
    let mut gone = finding(
        "property-removed",
        "Line.sku",
        "/components/schemas/Line/properties/sku",
        "",
    );
    gone.verdict.rust = Rust::Break;
    let review = review(
        &[("  x-retry: unsafe\n", "  x-retry: perhaps\n")],
        vec![gone],
    );
    assert_eq!((review.unexplained, review.bump), (None, None));
    assert_eq!(review.findings[0].verdict.rust, Rust::Break);
    let note = &review.notes[0].message;
    assert!(
        note.contains("there is no client of the new spec: shop.yaml:9:"),
        "{note}"
    );
}

#[test]
fn a_document_of_another_kind_is_refused_with_its_place() {
    for text in [
        "openapi: 3.1.0\n",
        "a: 1\n",
        "[]\n",
        "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {/a: {get: {responses: {}}}}\n",
    ] {
        let refused = sources(&Document::parse("odd.yaml", text).unwrap()).unwrap_err();
        assert!(refused.starts_with("odd.yaml:"), "{refused}");
    }
}

#[test]
fn a_break_raises_the_minor_version_below_one() {
    for (rust, version, part, after) in [
        (Rust::Break, "0.1.0", "minor", "0.2.0"),
        (Rust::Maybe, "0.1.0", "patch", "0.1.1"),
        (Rust::Additive, "0.1.4", "patch", "0.1.5"),
        (Rust::Break, "1.2.3", "major", "2.0.0"),
        (Rust::Additive, "1.2.3", "minor", "1.3.0"),
    ] {
        let found = bump(rust, Some(version));
        assert_eq!(found, Some(part), "{rust:?} of {version}");
        assert_eq!(next(version, part).as_deref(), Some(after));
    }
    assert_eq!(bump(Rust::None, Some("0.1.0")), None);
    assert_eq!(bump(Rust::Break, None), Some("minor"));
    assert_eq!(next("0.1", "minor"), None);
}
