//! Properties, maps, null and names.

use super::*;

#[test]
fn properties_are_judged_by_direction() {
    judged(&[
        (
            "{type: object, properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, properties: {a: {type: string}}}",
            "request-property-removed",
            "response-property-removed",
        ),
        (
            "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, properties: {a: {type: string}}}",
            "request-property-removed",
            "response-property-removed-required",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, required: [b], properties: {a: {type: string}, b: {type: string}}}",
            "request-property-added-required",
            "response-property-added",
        ),
        (
            "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}}",
            "request-property-added",
            "response-property-added-to-closed",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: string}}}",
            "request-property-became-required",
            "response-property-became-required",
        ),
        (
            "{type: object, required: [a]}",
            "{type: object, required: []}",
            "request-property-became-optional",
            "response-property-became-optional",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string}}, additionalProperties: false}",
            "request-additional-closed",
            "response-additional-closed",
        ),
        (
            "{type: object, additionalProperties: {type: string}}",
            "{type: object, additionalProperties: {type: integer}}",
            "request-type-changed",
            "response-type-changed",
        ),
        (
            "type: object",
            "{type: object, properties: {a: {type: string}}}",
            "request-type-narrowed",
            "response-type-narrowed",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, properties: {a: {type: string, nullable: true}}}",
            "request-nullable-gained",
            "response-nullable-gained",
        ),
    ]);
}

#[test]
fn what_is_only_read_is_not_sent_and_the_other_way_round() {
    judged(&[
        (
            "{type: object, properties: {a: {type: string, readOnly: true}}}",
            "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
            "",
            "response-property-became-required",
        ),
        (
            "{type: object, required: [a], properties: {a: {type: string, writeOnly: true}}}",
            "{type: object, properties: {a: {type: string, writeOnly: true}}}",
            "request-property-became-optional",
            "",
        ),
        (
            "{type: object, required: [a], properties: {a: {type: string}}}",
            "{type: object, required: [a], properties: {a: {type: string, readOnly: true}}}",
            "request-read-only-changed",
            "response-read-only-changed",
        ),
    ]);
}

#[test]
fn what_does_not_go_this_way_is_a_field_of_the_rust_type_all_the_same() {
    judged(&[
        (
            "{type: object, properties: {a: {type: string}, b: {type: string, readOnly: true}}}",
            "{type: object, properties: {a: {type: string}}}",
            "hidden-property-removed",
            "response-property-removed",
        ),
        (
            "{type: object, properties: {a: {type: string}}}",
            "{type: object, required: [b], properties: {a: {type: string}, b: {type: string, readOnly: true}}}",
            "request-property-added",
            "response-property-added",
        ),
    ]);
}

#[test]
fn what_a_closed_object_lacks_is_refused() {
    judged(&[
        (
            "{type: object, additionalProperties: false, properties: {a: {type: string}, b: {type: string}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
            "request-property-removed-from-closed",
            "response-property-removed",
        ),
        // Other properties are texts: a number among them is refused, a text is not.
        (
            "{type: object, additionalProperties: {type: string}, properties: {a: {type: string}}}",
            "{type: object, additionalProperties: {type: string}, properties: {a: {type: string}, b: {type: integer}}}",
            "request-property-added",
            "response-property-added-to-closed",
        ),
        (
            "{type: object, additionalProperties: {type: string}, properties: {a: {type: string}}}",
            "{type: object, additionalProperties: {type: string}, properties: {a: {type: string}, b: {type: string}}}",
            "request-property-added",
            "response-property-added",
        ),
    ]);
}

#[test]
fn a_title_matters_where_it_names_a_type() {
    judged(&[
        (
            "{title: A, type: object, properties: {a: {type: string}}}",
            "{title: B, type: object, properties: {a: {type: string}}}",
            "title-changed",
            "title-changed",
        ),
        (
            "{title: A, type: string}",
            "{title: B, type: string}",
            "",
            "",
        ),
        (
            "{oneOf: [{title: A, type: string}, {type: integer}]}",
            "{oneOf: [{title: B, type: string}, {type: integer}]}",
            "title-changed",
            "title-changed",
        ),
    ]);
}

#[test]
fn a_component_that_only_wraps_another_has_the_other_s_name() {
    let plain = component("{type: object, properties: {id: {type: string}}}");
    let wrap = |inner: &str| {
        component(inner) + "    Base: {type: object, properties: {id: {type: string}}}\n"
    };
    let found = |new: &str| differ(&plain, new, Response, Place::Body);
    assert_eq!(
        found(&wrap("allOf: [{$ref: '#/components/schemas/Base'}]")),
        ["schema-renamed Cart: `Cart` → `Base`"]
    );
    let inline = component("allOf: [{type: object, properties: {id: {type: string}}}]");
    assert!(found(&inline).is_empty());
}

#[test]
fn a_finding_stands_where_its_property_does() {
    let old = "
paths: {root: {$ref: '#/components/schemas/Cart'}}
components:
  schemas:
    Cart:
      allOf:
      - {$ref: '#/components/schemas/Base'}
      - properties:
          address: {type: object, properties: {city: {type: string}}}
          lines: {type: array, items: {type: object, properties: {sku: {type: string}}}}
          prices: {type: object, additionalProperties: {type: object, properties: {net: {type: string}}}}
    Base: {type: object, properties: {id: {type: string}}}
";
    let new = old.replace("type: string", "type: integer");
    assert_eq!(
        differ(old, &new, Response, Place::Body),
        [
            "response-type-changed Base.id: type: string → integer",
            "response-type-changed Cart.address.city: type: string → integer",
            "response-type-changed Cart.lines[].sku: type: string → integer",
            "response-type-changed Cart.prices{}.net: type: string → integer",
        ]
    );
}

#[test]
fn an_envelope_is_one_finding() {
    let bare = component(
        "{type: object, required: [id], properties: {id: {type: string}, total: {type: number}}}",
    );
    let wrapped = bare.replace(
        "{root: {$ref: '#/components/schemas/Cart'}}",
        "{root: {type: object, required: [data], properties: {data: {$ref: '#/components/schemas/Cart'}}}}",
    );
    assert_eq!(
        differ(&bare, &wrapped, Response, Place::Body),
        ["response-type-changed root: the object stands in its property `data` now"]
    );
    assert_eq!(
        differ(&wrapped, &bare, Response, Place::Body),
        ["response-type-changed root: what stood in its property `data` stands here now"]
    );
}

#[test]
fn names_are_compared_where_shapes_are_equal() {
    let cart = component("{type: object, title: A, properties: {id: {type: string}}}");
    for (new, expected) in [
        (
            cart.replace("Cart", "Basket"),
            "schema-renamed Cart: `Cart` → `Basket`",
        ),
        (
            inline("{type: object, title: A, properties: {id: {type: string}}}"),
            "schema-inlined root: `Cart` → inline",
        ),
        (
            cart.replace("title: A", "title: B"),
            "title-changed Cart: title: `A` → `B`",
        ),
    ] {
        let found = differ(&cart, &new, Response, Place::Body);
        assert_eq!(found.first().map(String::as_str), Some(expected));
        assert_eq!(found.len(), 1, "{found:?}");
    }
}

#[test]
fn a_schema_that_no_operation_reaches_has_its_own_rules() {
    let used = component("{type: object, properties: {id: {type: string}}}");
    let with = |kind: &str| {
        format!("{used}    Unused: {{type: object, properties: {{a: {{type: {kind}}}}}}}\n")
    };
    for (old, new, expected) in [
        (&used, &with("string"), "unused-schema-added Unused: added"),
        (
            &with("string"),
            &used,
            "unused-schema-removed Unused: removed",
        ),
        (
            &with("string"),
            &with("integer"),
            "unused-schema-changed Unused: Unused.a: type: string → integer",
        ),
    ] {
        assert_eq!(differ(old, new, Response, Place::Body), [expected]);
    }
    assert!(differ(&with("string"), &with("string"), Response, Place::Body).is_empty());
}

#[test]
fn a_statement_of_the_wrong_kind_is_told_with_its_place() {
    for (schema, place, message) in [
        (
            "{properties: [a]}",
            "3:18",
            "`properties` has to be a mapping, but a list stands here",
        ),
        (
            "{properties: {a: 1}}",
            "3:22",
            "a schema has to be a mapping, but a number stands here",
        ),
        (
            "{type: [string, 'null']}",
            "3:12",
            "`type` has to be text, but a list stands here",
        ),
        (
            "{required: true}",
            "3:16",
            "`required` has to be a list, but true or false stands here",
        ),
        (
            "{exclusiveMinimum: 3}",
            "3:24",
            "`exclusiveMinimum` has to be true or false, but a number stands here",
        ),
        (
            "{maxLength: -1}",
            "3:17",
            "`maxLength` has to be a whole number, not below 0",
        ),
        (
            "{items: [{type: string}]}",
            "3:13",
            "a schema has to be a mapping, but a list stands here",
        ),
        (
            "{allOf: {}}",
            "3:13",
            "`allOf` has to be a list, but a mapping stands here",
        ),
        (
            "{allOf: [3]}",
            "3:14",
            "a schema has to be a mapping, but a number stands here",
        ),
        (
            "{additionalProperties: 3}",
            "3:28",
            "`additionalProperties` has to be true, false or a schema, but a number stands here",
        ),
        (
            "{properties: {a: {$ref: '#/none'}}}",
            "3:29",
            "`#/none` leads nowhere",
        ),
    ] {
        let text = inline(schema);
        let document = Document::parse("new.yaml", &text).unwrap();
        let source = Source {
            document: &document,
        };
        let root = document.pointer("/paths/root").unwrap();
        let root = source.follow(root, "/paths/root".to_owned()).unwrap();
        let mut schemas = Schemas::new(source, source);
        let error = schemas
            .root(&root, &root, Request, Place::Body, "getCart", "root")
            .unwrap_err();
        let position = error.position.unwrap().to_string();
        assert_eq!(
            (position.as_str(), error.message.as_str()),
            (place, message)
        );
        assert!(!error.mend.is_empty());
    }
}
