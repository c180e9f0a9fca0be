//! Rewrites that say the same.

use super::*;

#[test]
fn what_says_the_same_is_no_difference() {
    for (old, new) in [
        (
            "{type: number, minimum: 1}",
            "{minimum: 1.0, type: number, description: A number.}",
        ),
        ("{type: object, required: []}", "type: object"),
        (
            "{type: object, additionalProperties: true}",
            "{type: object, additionalProperties: {}}",
        ),
        ("{type: object, additionalProperties: true}", "type: object"),
        (
            "{type: string, nullable: false, deprecated: false}",
            "type: string",
        ),
        (
            "{type: array, items: {}, uniqueItems: false, minItems: 0}",
            "type: array",
        ),
        (
            "{type: number, minimum: 1, exclusiveMinimum: false}",
            "{type: number, minimum: 1}",
        ),
        (
            "{type: integer, minimum: 0, exclusiveMinimum: true}",
            "{type: integer, minimum: 1}",
        ),
        ("{type: string, minLength: 0}", "type: string"),
        (
            "{type: string, enum: [a, b]}",
            "{type: string, enum: [b, a]}",
        ),
        ("{enum: [a, b]}", "{type: string, enum: [a, b]}"),
        (
            "{type: string, nullable: true, enum: [a]}",
            "{type: string, nullable: true, enum: [a, null]}",
        ),
        (
            "{properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string}}}",
        ),
        (
            "{items: {type: string}}",
            "{type: array, items: {type: string}}",
        ),
        ("{oneOf: [{type: string}]}", "type: string"),
        (
            "{type: string, nullable: true}",
            "{oneOf: [{type: string}, {enum: [null]}]}",
        ),
        (
            "{oneOf: [{type: string}, {type: integer}], nullable: true}",
            "{oneOf: [{type: string, nullable: true}, {type: integer}]}",
        ),
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            "{oneOf: [{type: integer}, {type: string}]}",
        ),
        (
            "{type: string, example: a, x-note: b}",
            "{type: string, externalDocs: {url: 'https://example.com'}}",
        ),
    ] {
        for direction in [Request, Response] {
            assert_eq!(rules(old, new, direction), "", "{old} → {new}");
            assert_eq!(rules(new, old, direction), "", "{new} → {old}");
        }
    }
}

#[test]
fn an_all_of_is_what_its_parts_say_together() {
    let plain = component(
        "type: object\nrequired: [a, b]\nproperties: {a: {type: string}, b: {$ref: '#/components/schemas/B'}}",
    ) + "    B: {type: integer}\n";
    for rewrite in [
        // Split.
        component(
            "allOf:\n- {type: object, required: [b, b], properties: {b: {$ref: '#/components/schemas/B'}}}\n- {type: object, required: [a], properties: {a: {type: string}}}",
        ),
        // Nested, with statements beside it.
        component(
            "type: object\nrequired: [a]\nproperties: {a: {type: string}}\nallOf: [{allOf: [{required: [b]}, {properties: {b: {$ref: '#/components/schemas/B'}}}]}]",
        ),
        // A reference wrapped.
        component(
            "type: object\nrequired: [a, b]\nproperties: {a: {type: string}, b: {allOf: [{$ref: '#/components/schemas/B'}], description: The b.}}",
        ),
        // Said twice.
        component(
            "allOf:\n- {type: object, required: [a, b], properties: {a: {type: string}, b: {$ref: '#/components/schemas/B'}}}\n- {type: object, properties: {a: {type: string}}}",
        ),
        // Siblings of a reference say nothing.
        component(
            "type: object\nrequired: [a, b]\nproperties: {a: {type: string}, b: {$ref: '#/components/schemas/B', nullable: true}}",
        ),
        // By way of a base.
        component(
            "allOf: [{$ref: '#/components/schemas/Base'}, {required: [b], properties: {b: {$ref: '#/components/schemas/B'}}}]",
        ),
    ] {
        let rewrite = rewrite
            + "    B: {type: integer}\n    Base: {type: object, required: [a], properties: {a: {type: string}}}\n";
        for direction in [Request, Response] {
            let none: [&str; 0] = [];
            // `Base` is new where no operation reaches it.
            let found = |old: &str, new: &str| {
                let mut found = differ(old, new, direction, Place::Body);
                found.retain(|line| !line.contains(" Base: "));
                found
            };
            assert_eq!(found(&plain, &rewrite), none, "{rewrite}");
            assert_eq!(found(&rewrite, &plain), none, "{rewrite}");
        }
    }
}

#[test]
fn parts_that_contradict_each_other_are_no_difference_as_long_as_they_do() {
    let contradiction = "{allOf: [{type: string, pattern: a}, {type: integer}, {pattern: b}]}";
    assert_eq!(rules(contradiction, contradiction, Request), "");
    assert_eq!(
        rules(
            contradiction,
            "{allOf: [{type: string}, {type: boolean}]}",
            Request
        ),
        "request-type-changed"
    );
}

#[test]
fn schemas_that_contain_themselves_are_compared_once() {
    let tree = |kind: &str| {
        component(&format!(
            "type: object\nproperties: {{up: {{$ref: '#/components/schemas/Cart'}}, all: {{type: array, items: {{$ref: '#/components/schemas/Cart'}}}}, id: {{type: {kind}}}}}"
        ))
    };
    assert!(differ(&tree("string"), &tree("string"), Response, Place::Body).is_empty());
    assert_eq!(
        differ(&tree("string"), &tree("integer"), Response, Place::Body),
        ["response-type-changed Cart.id: type: string → integer"]
    );
    // Made of itself.
    let odd = component("allOf: [{$ref: '#/components/schemas/Cart'}, {type: object}]");
    assert!(differ(&odd, &odd, Response, Place::Body).is_empty());
}

#[test]
fn a_long_chain_of_parts_is_no_deep_recursion() {
    let mut text = component("allOf: [{$ref: '#/components/schemas/P0'}]");
    for index in 0..5000 {
        text += &format!(
            "    P{index}: {{properties: {{p{index}: {{type: string}}}}, allOf: [{{$ref: '#/components/schemas/P{}'}}]}}\n",
            index + 1
        );
    }
    text += "    P5000: {type: object}\n";
    assert!(differ(&text, &text, Request, Place::Body).is_empty());
}
