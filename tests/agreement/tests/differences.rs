//! What is found where a spec and its stand-in differ, and where it is said to stand.

use std::path::Path;

use agreement::compare::{StandIn, compare};
use agreement::places::Places;
use agreement::{Difference, notes};
use cartwright_sandbox::Sandbox;
use xtask::load::Document;

const SPEC: &str = "\
openapi: 3.0.3
info: {title: Shop, version: '1'}
servers: [{url: 'https://shop.example/api/{store}'}]
security: [{Key: []}]
paths:
  /v3/carts:
    parameters: [{$ref: '#/components/parameters/Include'}]
    post:
      operationId: createCart
      x-cart-operation: [create]
      x-retry: unsafe
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/NewCart'}
  /v3/carts/{id}:
    get:
      operationId: getCart
      x-cart-operation: [get]
      x-retry: safe
      security: [{Login: []}]
components:
  securitySchemes:
    Key: {type: apiKey, in: header, name: X-Key}
    Login: {type: http, scheme: Basic}
  parameters:
    Include: {name: include, in: query, schema: {type: array, items: {$ref: '#/components/schemas/Part'}}}
  schemas:
    NewCart:
      allOf:
        - type: object
          properties:
            kind: {type: string, enum: [gift, plain, null]}
            parent: {$ref: '#/components/schemas/NewCart'}
    Part: {type: string, enum: [lines, totals]}
    Answered: {type: string, enum: [open, closed]}
";

const NOTES: &str = "\
# Notes

| operationId | call | cart verb | retry |
|---|---|---|---|
| createCart | POST /v3/carts | create (of one) | unsafe: makes another |
| getCart | {id} | get | safe |

After it.
";

fn stand_in() -> StandIn<'static> {
    StandIn {
        vendor: "shop",
        base_path: "/api/{store}",
        credentials: vec!["header x-key", "basic"],
        operations: vec![
            ("createCart", "POST", "/v3/carts"),
            ("getCart", "GET", "/v3/carts/{id}"),
        ],
        parameters: vec![("createCart", vec!["query include"])],
        values: vec![
            ("NewCart.kind", vec!["gift", "plain"]),
            ("Part", vec!["lines", "totals"]),
        ],
    }
}

/// What differs once the spec has other lines.
fn found(edits: &[(&str, &str)]) -> Vec<Difference> {
    let spec = edits.iter().fold(SPEC.to_owned(), |spec, (from, to)| {
        assert!(spec.contains(from), "{from}");
        spec.replace(from, to)
    });
    let document = Document::parse("shop.yaml", &spec).unwrap();
    let places = Places::read(Path::new("/nonexistent"), "shop");
    compare(&document, &stand_in(), &places)
}

#[test]
fn each_kind_of_change_is_one_difference_at_its_line() {
    assert_eq!(found(&[]), []);
    for (change, edits, line, what) in [
        (
            "the authentication header moves",
            &[("name: X-Key", "name: X-Token")][..],
            24,
            "the spec's credentials are `header X-Token`, and the stand-in looks for `header x-key`",
        ),
        (
            "it moves into the query",
            &[("in: header, name: X-Key", "in: query, name: key")],
            24,
            "the spec's credentials are `query key`, and the stand-in looks for `header x-key`",
        ),
        (
            "a scheme of one operation changes",
            &[("scheme: Basic", "scheme: bearer")],
            25,
            "the spec's credentials are `bearer`, and the stand-in looks for `basic`",
        ),
        (
            "nothing asks for one any more",
            &[("      security: [{Login: []}]\n", "")],
            22,
            "the stand-in looks for the credentials `basic`, which no operation of the spec names",
        ),
        (
            "the server's path moves",
            &[("example/api/{store}", "example/rest/{store}/")],
            3,
            "the spec's server has the base path `/rest/{store}`, the stand-in `/api/{store}`",
        ),
        (
            "all paths move",
            &[("/v3/", "/v4/")],
            8,
            "the paths of 2 operations (`createCart`, …) have `/v4` in the spec where the stand-in has `/v3`",
        ),
        (
            "one path moves",
            &[("/v3/carts/{id}", "/v3/baskets/{id}")],
            17,
            "the path of `getCart` has `/v3/baskets` in the spec where the stand-in has `/v3/carts`",
        ),
        (
            "a method changes",
            &[("    get:", "    head:")],
            17,
            "`getCart` is HEAD, and GET at the stand-in",
        ),
        (
            "an operation has another id",
            &[("operationId: getCart", "operationId: readCart")],
            17,
            "GET /v3/carts/{id} is `readCart` in the spec and `getCart` at the stand-in",
        ),
        (
            "an operation comes",
            &[(
                "components:\n",
                "    delete: {operationId: deleteCart}\ncomponents:\n",
            )],
            22,
            "the stand-in doesn't list `deleteCart` (DELETE /v3/carts/{id})",
        ),
        (
            "a parameter comes",
            &[(
                "      security:",
                "      parameters: [{name: page, in: query}]\n      security:",
            )],
            21,
            "the spec has the parameter `query page` of `getCart`, which the stand-in doesn't list",
        ),
        (
            "a value of a request comes",
            &[("enum: [lines, totals]", "enum: [lines, totals, taxes]")],
            35,
            "the spec has the value `taxes` of Part, which the stand-in doesn't list",
        ),
        (
            "a value of a request goes",
            &[("[gift, plain, null]", "[gift]")],
            33,
            "the stand-in lists the value `plain` of NewCart.kind, which the spec doesn't have",
        ),
    ] {
        let told = found(edits);
        let [one] = told.as_slice() else {
            panic!("{change}: {told:#?}");
        };
        assert_eq!(one.what, what, "{change}");
        assert_eq!(one.spec, format!("shop.yaml:{line}"), "{change}");
    }
}

#[test]
fn what_only_answers_hold_asks_nothing_of_the_stand_in() {
    let more = ("enum: [open, closed]", "enum: [open, closed, late]");
    assert_eq!(found(&[more]), []);
}

#[test]
fn a_parameter_that_moves_is_told_from_both_sides() {
    let told = found(&[("name: include, in: query", "name: include, in: header")]);
    let what: Vec<&str> = told.iter().map(|one| one.what.as_str()).collect();
    assert_eq!(
        what,
        [
            "the spec has the parameter `header include` of `createCart`, which the stand-in doesn't list",
            "the stand-in lists the parameter `query include` of `createCart`, which the spec doesn't have",
        ]
    );
}

#[test]
fn the_notes_row_of_an_operation_is_named_with_its_line() {
    for (spec, from, to, line, what) in [
        (SPEC.to_owned(), "", "", 0, ""),
        (
            SPEC.replace(
                "  /v3/carts/{id}:\n",
                "  /v3/carts/{id}:\n    put: {operationId: updateCart, x-retry: safe}\n",
            ),
            "",
            "",
            6,
            "`updateCart` has no row in the notes",
        ),
        (
            SPEC.to_owned(),
            "| getCart |",
            "| readCart |",
            6,
            "`getCart` has no row in the notes",
        ),
        (
            SPEC.to_owned(),
            "POST /v3",
            "PUT /v3",
            5,
            "`createCart` is POST /v3/carts, and PUT /v3/carts in the notes",
        ),
        (
            SPEC.to_owned(),
            "| get |",
            "| get, delete |",
            6,
            "`getCart` carries out [get], and [get, delete] in the notes",
        ),
        (
            SPEC.to_owned(),
            "| safe |",
            "| unsafe |",
            6,
            "`getCart` is safe to repeat, and unsafe in the notes",
        ),
        (
            SPEC.to_owned(),
            "| operationId |",
            "| operation |",
            1,
            "the notes have no table of operations",
        ),
    ] {
        let document = Document::parse("shop.yaml", &spec).unwrap();
        let text = NOTES.replace(from, to);
        let text = if from.is_empty() { NOTES } else { &text };
        let told = notes::compare("shop", &document, "NOTES.md", text);
        let first = told.first().map_or("", |one| one.what.as_str());
        assert_eq!(first, what);
        let place = told.first().map_or("NOTES.md:0", |one| one.other.as_str());
        assert_eq!(place, format!("NOTES.md:{line}"), "{what}");
    }
}

/// A list that nothing reads would agree with any spec.
#[test]
fn what_a_stand_in_lists_stands_in_its_source() {
    for (vendor, inputs) in Sandbox::inputs() {
        let folder = agreement::root()
            .join("crates/cartwright-sandbox/src")
            .join(vendor);
        let mut source = String::new();
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            if entry.file_name() != "inputs.rs" && entry.file_name() != "seed.yaml" {
                source += &std::fs::read_to_string(entry.path()).unwrap();
            }
        }
        let parameters = inputs.parameters.iter().flat_map(|(_, names)| names.iter());
        let parameters = parameters.filter_map(|name| Some(name.split_once(' ')?.1));
        let values = inputs.values.iter().flat_map(|(_, values)| values.iter());
        for word in parameters.chain(values.copied()) {
            assert!(source.contains(&format!("\"{word}\"")), "{vendor}: {word}");
        }
    }
}
