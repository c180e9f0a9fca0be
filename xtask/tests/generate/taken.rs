//! Specs that lint takes, and what generation makes of them.

use crate::{CLIENT, SPEC, Scratch};

/// The client of the small spec with some changes.
fn client(changes: &[(&str, &str)]) -> String {
    let scratch = Scratch::shop();
    for (from, to) in changes {
        scratch.edit(SPEC, from, to);
    }
    let run = scratch.run(&["generate"]);
    assert_eq!(run.code, Some(0), "{changes:?}: {}", run.stderr);
    std::fs::read_to_string(scratch.path(CLIENT)).unwrap()
}

#[test]
fn a_path_keeps_its_closing_slash() {
    for (path, url) in [
        ("/carts/{id}/", "{}/carts/{}/"),
        ("/carts/{id}/lines/", "{}/carts/{}/lines/"),
    ] {
        let client = client(&[("/carts/{id}:", &format!("{path}:"))]);
        assert!(client.contains(&format!("{url:?}")), "{path} in\n{client}");
        assert!(client.contains(&format!("`GET {path}`")), "{path}");
    }
    let both = "  /carts/:\n    get: {operationId: listCarts, x-retry: safe, responses: {\"204\": {description: None.}}}\n  /carts:\n    get: {operationId: oldList, x-retry: safe, responses: {\"204\": {description: None.}}}\ncomponents:";
    let client = client(&[("components:", both)]);
    assert!(
        client.contains("\"{}/carts/\"") && client.contains("\"{}/carts\""),
        "{client}"
    );
}

#[test]
fn a_format_that_the_type_does_not_have_changes_nothing() {
    let plain = client(&[]);
    for schema in [
        "type: string, format: currency",
        "type: string, format: int32",
    ] {
        let odd = client(&[("id: {type: string}", &format!("id: {{{schema}}}"))]);
        assert_eq!(odd, plain, "{schema}");
    }
    for format in ["object", "map", "int32", "date-time", "password", "uuid"] {
        let odd = client(&[(
            "Cart: {type: object,",
            &format!("Cart: {{type: object, format: {format},"),
        )]);
        assert_eq!(odd, plain, "{format}");
    }
    for kind in [
        "boolean",
        "array, items: {type: string, format: x}",
        "integer",
        "number",
        "object, additionalProperties: {type: boolean, format: y}",
    ] {
        let changed = |format: &str| format!("total: {{type: {kind}{format}}}");
        let plain = client(&[("total: {type: number}", &changed(""))]);
        for format in ["int128", "date-time", "password", "binary", "uuid"] {
            let odd = client(&[(
                "total: {type: number}",
                &changed(&format!(", format: {format}")),
            )]);
            assert_eq!(odd, plain, "{kind} of {format}");
        }
    }
}

#[test]
fn a_limit_of_any_size_becomes_words() {
    for (limit, words) in [
        (
            "maximum: 99999999999999999999",
            "at most 99999999999999999999",
        ),
        (
            "minimum: -99999999999999999999",
            "at least -99999999999999999999",
        ),
        ("maximum: 1e999", "at most 1e999"),
        (
            "minimum: 0.1234567890123456789",
            "at least 0.1234567890123456789",
        ),
        ("multipleOf: 1e-400", "a multiple of 1e-400"),
        (
            "maximum: 0xFFFFFFFFFFFFFFFFFF",
            "at most 0xFFFFFFFFFFFFFFFFFF",
        ),
    ] {
        let client = client(&[(
            "total: {type: number}",
            &format!("total: {{type: number, {limit}}}"),
        )]);
        assert!(
            client.contains(&format!("Documented limits: {words}.")),
            "{limit}"
        );
    }
    for (limit, words) in [
        (
            "type: string, maxLength: 99999999999999999999",
            "at most 99999999999999999999 characters",
        ),
        (
            "type: array, items: {type: string}, maxItems: 1e30",
            "at most 1e+30 entries",
        ),
        (
            "type: array, items: {type: string}, minItems: 1e400",
            "at least 1e400 entries",
        ),
        (
            "type: object, maxProperties: 18446744073709551616",
            "at most 18446744073709551616 properties",
        ),
    ] {
        let client = client(&[("total: {type: number}", &format!("total: {{{limit}}}"))]);
        assert!(
            client.contains(&format!("Documented limits: {words}.")),
            "{limit} in\n{client}"
        );
    }
}

#[test]
fn an_example_is_held_against_a_schema_with_a_limit_of_any_size() {
    for (limit, example, code) in [
        ("maximum: 99999999999999999999", "7", 0),
        ("minimum: 99999999999999999999", "7", 1),
        ("maximum: 1e999, multipleOf: 1", "7", 0),
        ("minimum: -1e999", "7", 0),
    ] {
        let scratch = Scratch::shop();
        scratch.edit(
            SPEC,
            "total: {type: number}",
            &format!("total: {{type: number, {limit}, example: {example}}}"),
        );
        let run = scratch.run(&["lint"]);
        assert_eq!(run.code, Some(code), "{limit}: {}", run.stdout);
    }
}

#[test]
fn null_among_the_values_of_an_enum_is_the_null_of_nullable() {
    let spec = |values: &str| {
        format!(
            "State: {{type: string, nullable: true, enum: [{values}]}}\n    Cart: {{type: object, properties: {{state: {{$ref: \"#/components/schemas/State\"}}, "
        )
    };
    let with = client(&[(
        "Cart: {type: object, properties: {",
        &spec("open, closed, null"),
    )]);
    let without = client(&[("Cart: {type: object, properties: {", &spec("open, closed"))]);
    assert_eq!(with, without);
    assert!(
        with.contains("pub enum State") && with.contains("Maybe<State>"),
        "{with}"
    );
    for one in [
        "nullable: true, type: string, enum: [null]",
        "nullable: true, type: integer, enum: [1, null]",
    ] {
        let client = client(&[(
            "Cart: {type: object, properties: {",
            &format!(
                "State: {{{one}}}\n    Cart: {{type: object, properties: {{state: {{$ref: \"#/components/schemas/State\"}}, "
            ),
        )]);
        assert!(client.contains("pub state"), "{one}");
    }
}

#[test]
fn an_example_may_be_null_only_where_the_enum_lists_it() {
    for (values, code) in [("open, null", 0), ("open", 1)] {
        let scratch = Scratch::shop();
        let state = format!(
            "State: {{type: string, nullable: true, enum: [{values}], example: null}}\n    Cart: {{type: object, properties: {{state: {{$ref: \"#/components/schemas/State\"}}, "
        );
        scratch.edit(SPEC, "Cart: {type: object, properties: {", &state);
        let run = scratch.run(&["lint"]);
        assert_eq!(run.code, Some(code), "{values}: {}", run.stdout);
    }
}

#[test]
fn json_with_parameters_or_in_capitals_is_json() {
    let plain = client(&[]);
    for media in [
        "application/json; charset=utf-8",
        "application/json;charset=UTF-8",
        "application/JSON",
    ] {
        let odd = client(&[("application/json", &format!("\"{media}\""))]);
        assert_eq!(odd, plain, "{media}");
    }
    let versioned = client(&[(
        "application/json",
        "\"application/vnd.api+json; version=1\"",
    )]);
    assert!(
        versioned.contains("application/vnd.api+json; version=1"),
        "asked for as the vendor names it"
    );
}

#[test]
fn a_tag_that_json_does_not_have_is_a_warning_and_its_node_is_read() {
    let client = client(&[("summary: Reads a cart.", "summary: !!binary UmVhZHM=")]);
    assert!(client.contains("/// UmVhZHM="), "{client}");
}
