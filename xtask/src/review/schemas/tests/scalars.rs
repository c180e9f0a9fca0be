//! Types, formats, bounds, texts and listed values.

use super::*;

#[test]
fn a_type_is_judged_by_which_holds_the_other() {
    judged(&[
        (
            "type: integer",
            "type: string",
            "request-type-changed",
            "response-type-changed",
        ),
        (
            "type: integer",
            "type: number",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "type: number",
            "type: integer",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "type: string",
            "{}",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "{}",
            "type: string",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "{type: integer, format: int32}",
            "{type: integer, format: int64}",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "{type: integer, format: int64}",
            "{type: integer, format: int32}",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "{type: string, format: date-time}",
            "type: string",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "{type: string, format: date}",
            "{type: string, format: date-time}",
            "request-type-changed",
            "response-type-changed",
        ),
    ]);
}

#[test]
fn a_changed_type_is_one_finding_whatever_else_it_says() {
    judged(&[(
        "{type: string, maxLength: 4, pattern: a}",
        "{type: integer, minimum: 1, format: int32}",
        "request-type-changed",
        "response-type-changed",
    )]);
}

#[test]
fn bounds_of_numbers_are_checked_by_servers_only() {
    let (narrowed, widened) = ("request-bounds-narrowed", "request-bounds-widened");
    let limits = "response-limits-changed";
    judged(&[
        (
            "{type: number, minimum: 0}",
            "{type: number, minimum: 1}",
            narrowed,
            limits,
        ),
        (
            "{type: number, minimum: 1}",
            "{type: number}",
            widened,
            limits,
        ),
        (
            "{type: number, maximum: 1}",
            "{type: number, maximum: 2}",
            widened,
            limits,
        ),
        (
            "{type: number, minimum: 0}",
            "{type: number, minimum: 0, exclusiveMinimum: true}",
            narrowed,
            limits,
        ),
        (
            "{type: number}",
            "{type: number, multipleOf: 2}",
            narrowed,
            limits,
        ),
        (
            "{type: number, multipleOf: 2}",
            "{type: number, multipleOf: 4}",
            narrowed,
            limits,
        ),
        (
            "{type: number, multipleOf: 4}",
            "{type: number, multipleOf: 2}",
            widened,
            limits,
        ),
        (
            "{type: number, minimum: 1, maximum: 4}",
            "{type: number, minimum: 2, maximum: 5}",
            narrowed,
            limits,
        ),
    ]);
}

#[test]
fn bounds_that_change_the_rust_integer_change_what_a_client_can_read() {
    judged(&[
        (
            "{type: integer, minimum: 0}",
            "type: integer",
            "request-bounds-widened",
            "response-type-widened",
        ),
        (
            "{type: integer, minimum: 0}",
            "{type: integer, minimum: 1}",
            "request-bounds-narrowed",
            "response-type-narrowed",
        ),
        (
            "{type: integer, format: int32, minimum: 1}",
            "{type: integer, format: int32, minimum: 0}",
            "request-bounds-widened",
            "response-type-widened",
        ),
        (
            "{type: integer, format: int32, minimum: 2}",
            "{type: integer, format: int32, minimum: 3}",
            "request-bounds-narrowed",
            "response-limits-changed",
        ),
    ]);
}

#[test]
fn lengths_and_patterns_of_texts_are_checked_by_the_types_of_a_client() {
    judged(&[
        (
            "{type: string, maxLength: 40}",
            "{type: string, maxLength: 20}",
            "request-bounds-narrowed",
            "response-bounds-narrowed",
        ),
        (
            "{type: string, maxLength: 20}",
            "{type: string, maxLength: 40}",
            "request-bounds-widened",
            "response-bounds-widened",
        ),
        (
            "{type: string, pattern: a}",
            "{type: string, pattern: b}",
            "request-bounds-narrowed",
            "response-bounds-widened",
        ),
        (
            "type: string",
            "{type: string, pattern: a}",
            "request-constraint-set",
            "response-constraint-set",
        ),
        (
            "{type: string, minLength: 1, maxLength: 3}",
            "type: string",
            "request-constraint-dropped",
            "response-constraint-dropped",
        ),
        (
            "{type: string, pattern: a, maxLength: 3}",
            "{type: string, maxLength: 3}",
            "request-bounds-widened",
            "response-bounds-widened",
        ),
    ]);
}

#[test]
fn listed_values_are_judged_one_list_at_a_time() {
    judged(&[
        (
            "{type: string, enum: [a, b, c]}",
            "{type: string, enum: [a]}",
            "request-enum-removed",
            "response-enum-removed",
        ),
        (
            "{type: string, enum: [a]}",
            "{type: string, enum: [b, a, c]}",
            "request-enum-added",
            "response-enum-added",
        ),
        (
            "{type: string, enum: [a]}",
            "type: string",
            "request-enum-dropped",
            "response-enum-dropped",
        ),
        (
            "type: string",
            "{type: string, enum: [a]}",
            "request-enum-set",
            "response-enum-set",
        ),
    ]);
}

#[test]
fn lists_are_bounded_for_servers_and_fixed_lengths_for_clients() {
    judged(&[
        (
            "{type: array, items: {type: string}}",
            "{type: array, items: {type: string}, maxItems: 3}",
            "request-bounds-narrowed",
            "response-limits-changed",
        ),
        (
            "{type: array, items: {type: string}, uniqueItems: true}",
            "{type: array, items: {type: string}}",
            "request-bounds-widened",
            "response-limits-changed",
        ),
        (
            "{type: array, items: {type: string}, minItems: 2, maxItems: 2}",
            "{type: array, items: {type: string}, minItems: 2, maxItems: 3}",
            "request-bounds-widened",
            "response-type-widened",
        ),
        (
            "{type: array, items: {type: string}}",
            "{type: array, items: {type: integer}}",
            "request-type-changed",
            "response-type-changed",
        ),
    ]);
}

#[test]
fn a_parameter_and_its_items_are_judged_by_the_rules_of_parameters() {
    let ids = |old: &str, new: &str| {
        differ(&inline(old), &inline(new), Request, Place::Parameter).join("; ")
    };
    for (old, new, expected) in [
        (
            "type: integer",
            "type: number",
            "parameter-type-widened root: type: integer → number",
        ),
        (
            "{type: array, items: {type: string, enum: [a, b]}}",
            "{type: array, items: {type: string, enum: [a]}}",
            "parameter-enum-removed root[]: value gone: `b`",
        ),
        (
            "{type: string, maxLength: 40}",
            "type: string",
            "parameter-widened root: maxLength: 40 → none",
        ),
        (
            "{type: integer, default: 50}",
            "{type: integer, default: 20}",
            "parameter-default-changed root: default: `50` → `20`",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: integer}}}",
            "request-type-changed root.a: type: string → integer",
        ),
    ] {
        assert_eq!(ids(old, new), expected, "{old} → {new}");
    }
}

#[test]
fn a_header_has_one_finding_whatever_changed() {
    let found = differ(
        &inline("{type: string, maxLength: 3, nullable: true}"),
        &inline("{type: string, maxLength: 4, format: uuid}"),
        Response,
        Place::Header,
    );
    assert_eq!(found.len(), 1);
    assert!(found.concat().starts_with("header-changed root"));
}
