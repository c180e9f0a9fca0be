//! Unions and what tells their forms apart.

use super::*;

#[test]
fn forms_are_matched_before_they_are_judged() {
    judged(&[
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            "{oneOf: [{type: boolean}, {type: integer}, {type: string}]}",
            "request-branch-added",
            "response-branch-added",
        ),
        (
            "{oneOf: [{type: boolean}, {type: integer}, {type: string}]}",
            "{oneOf: [{type: string}, {type: integer}]}",
            "request-branch-removed",
            "response-branch-removed",
        ),
        (
            "{oneOf: [{type: string}, {type: object, properties: {a: {type: string}}}]}",
            "{oneOf: [{type: string}, {type: object, properties: {a: {type: integer}}}]}",
            "request-type-changed",
            "response-type-changed",
        ),
        (
            "type: string",
            "{oneOf: [{type: string}, {type: integer}]}",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "{anyOf: [{type: string}, {type: integer}]}",
            "type: integer",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "type: boolean",
            "{oneOf: [{type: string}, {type: integer}]}",
            "request-type-changed",
            "response-type-changed",
        ),
        (
            "{}",
            "{oneOf: [{type: string}, {type: integer}]}",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            "{}",
            "request-type-widened",
            "response-type-widened",
        ),
        (
            "{oneOf: [{type: string}, {type: integer}]}",
            "{oneOf: [{type: string, nullable: true}, {type: integer}]}",
            "request-nullable-gained",
            "response-nullable-gained",
        ),
    ]);
}

const PETS: &str = "
paths: {root: {$ref: '#/components/schemas/Pet'}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind}
    Cat: {type: object, required: [kind], properties: {kind: {type: string, enum: [Cat]}, lives: {type: integer}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string, enum: [Dog]}, tricks: {type: integer}}}
";

#[test]
fn a_mapping_that_says_what_holds_without_it_is_none() {
    let written = PETS.replace(
        "{propertyName: kind}",
        "{propertyName: kind, mapping: {Cat: '#/components/schemas/Cat'}}",
    );
    assert!(differ(PETS, &written, Response, Place::Body).is_empty());
    let other = written.replace("{Cat: ", "{cat: ");
    assert_eq!(
        differ(PETS, &other, Response, Place::Body),
        ["response-discriminator-changed Pet: discriminator: `Cat`: `Cat` → `cat`"]
    );
    let renamed = PETS.replace("propertyName: kind", "propertyName: lives");
    assert_eq!(
        differ(PETS, &renamed, Response, Place::Body),
        ["response-discriminator-changed Pet: discriminator: `kind` → `lives`"]
    );
}

#[test]
fn the_discriminator_of_a_base_is_compared_without_what_goes_without_saying() {
    let base = |mapping: &str| {
        component(&format!(
            "type: object\nproperties: {{kind: {{type: string}}}}\ndiscriminator: {{propertyName: kind{mapping}}}"
        )) + "    Cat: {allOf: [{$ref: '#/components/schemas/Cart'}]}\n"
    };
    let found = |new: &str| differ(&base(""), &base(new), Response, Place::Body);
    assert!(found(", mapping: {Cat: '#/components/schemas/Cat'}").is_empty());
    assert_eq!(
        found(", mapping: {cat: '#/components/schemas/Cat'}")[0],
        "response-discriminator-changed Cart: discriminator: its mapping"
    );
}

#[test]
fn a_renamed_form_is_the_same_form_with_another_implied_tag() {
    let renamed = PETS
        .replace("schemas/Cat", "schemas/Kitty")
        .replace("    Cat:", "    Kitty:");
    assert_eq!(
        differ(PETS, &renamed, Response, Place::Body),
        [
            "response-discriminator-changed Pet: discriminator: `Kitty`: `Cat` → `Kitty`",
            "schema-renamed Cat: `Cat` → `Kitty`",
        ]
    );
}

#[test]
fn a_form_that_may_be_null_now_is_one_cause_with_its_own_uses() {
    let old = PETS.replace(
        "      oneOf: [",
        "      oneOf: [{type: array, items: {$ref: '#/components/schemas/Cat'}}, ",
    );
    let new = old.replace("Cat: {type: object,", "Cat: {type: object, nullable: true,");
    assert_eq!(
        differ(&old, &new, Response, Place::Body),
        ["response-nullable-gained Cat: null is allowed now"]
    );
}
