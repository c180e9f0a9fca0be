//! Traps between two documents, outside of their schemas.

use super::{Comparison, compare};
use crate::load::Document;

/// Compares `paths: {/carts/{id}: …}` of two operations; `{` and `}` are left out around each.
fn operations(old: &str, new: &str) -> Comparison {
    let text = |operation: &str| {
        let responses = match operation.contains("responses") {
            true => "",
            false => "responses: {204: {description: ok}}, ",
        };
        format!("paths: {{/carts: {{post: {{{responses}operationId: a, {operation}}}}}}}")
    };
    documents(&text(old), &text(new))
}

fn documents(old: &str, new: &str) -> Comparison {
    let parsed = |name, text: &str| Document::parse(name, &format!("openapi: 3.0.3\n{text}\n"));
    let (old, new) = (
        parsed("old.yaml", old).unwrap(),
        parsed("new.yaml", new).unwrap(),
    );
    compare(&old, &new).unwrap()
}

fn rules(comparison: &Comparison) -> String {
    let rules = comparison.findings.iter().map(|finding| finding.rule.id);
    rules.collect::<Vec<_>>().join(" ")
}

/// Pairs of operations, and the rules of what is found, the worst first.
#[track_caller]
fn judged(table: &[(&str, &str, &str)]) {
    for (old, new, expected) in table {
        assert_eq!(rules(&operations(old, new)), *expected, "{old}\n→\n{new}");
    }
}

#[test]
fn as_many_parameters_that_look_alike_as_are_gone_were_renamed() {
    judged(&[
        (
            "parameters: [{name: a, in: query, schema: {type: string}}, {name: b, in: query, schema: {type: integer}}]",
            "parameters: [{name: c, in: query, schema: {type: string}}, {name: d, in: query, schema: {type: integer}}]",
            "parameter-renamed parameter-renamed",
        ),
        (
            "parameters: [{name: a, in: query, schema: {type: string}}]",
            "parameters: [{name: c, in: query, schema: {type: string}}, {name: d, in: query, schema: {type: integer}}]",
            "parameter-renamed parameter-added",
        ),
        (
            "parameters: [{name: a, in: query, schema: {type: string}}]",
            "parameters: [{name: c, in: query, schema: {type: string}}, {name: d, in: query, schema: {type: string}}]",
            "parameter-removed parameter-added parameter-added",
        ),
    ]);
}

#[test]
fn a_style_matters_where_it_writes_other_bytes() {
    judged(&[
        (
            "parameters: [{name: a, in: query, schema: {type: string}}]",
            "parameters: [{name: a, in: query, explode: false, schema: {type: string}}]",
            "",
        ),
        (
            "parameters: [{name: a, in: query, schema: {allOf: [{type: string}]}}]",
            "parameters: [{name: a, in: query, explode: false, schema: {allOf: [{type: string}]}}]",
            "",
        ),
        (
            "parameters: [{name: a, in: header, schema: {type: array, items: {type: string}}}]",
            "parameters: [{name: a, in: header, explode: true, schema: {type: array, items: {type: string}}}]",
            "",
        ),
        (
            "parameters: [{name: a, in: header, schema: {type: object}}]",
            "parameters: [{name: a, in: header, explode: true, schema: {type: object}}]",
            "parameter-serialization-changed",
        ),
        (
            "parameters: [{name: a, in: query, schema: {type: string}}]",
            "parameters: [{name: a, in: query, allowEmptyValue: true, schema: {type: string}}]",
            "parameter-widened",
        ),
    ]);
}

#[test]
fn a_path_that_changes_keeps_its_parameters_by_name() {
    let path = |path: &str, names: &[&str]| {
        let each = names.iter().map(|name| {
            format!("{{name: {name}, in: path, required: true, schema: {{type: string}}}}")
        });
        let all = each.collect::<Vec<_>>().join(", ");
        format!(
            "paths: {{'{path}': {{get: {{operationId: a, parameters: [{all}], responses: {{204: {{description: ok}}}}}}}}}}"
        )
    };
    for (old, new, expected) in [
        (
            path("/carts/{id}", &["id"]),
            path("/shops/{shop}/carts/{id}", &["shop", "id"]),
            "parameter-added-required operation-path-changed",
        ),
        (
            path("/carts/{id}", &["id"]),
            path("/baskets/{basket}", &["basket"]),
            "operation-path-changed path-parameter-renamed",
        ),
        (
            path("/carts/{a}/{b}", &["a", "b"]),
            path("/carts/{b}/{a}", &["b", "a"]),
            "path-parameter-renamed path-parameter-renamed",
        ),
    ] {
        assert_eq!(rules(&documents(&old, &new)), expected, "{old}\n→\n{new}");
    }
}

#[test]
fn a_component_that_goes_is_one_cause_for_all_who_refer_to_it() {
    let text = |list: &str, components: &str| {
        let call = |id: &str| {
            format!("{{operationId: {id}, {list} responses: {{204: {{description: ok}}}}}}")
        };
        format!(
            "paths: {{/a: {{get: {}}}, /b: {{get: {}}}}}\ncomponents: {{parameters: {{{components}}}}}",
            call("a"),
            call("b")
        )
    };
    let with = "parameters: [{$ref: '#/components/parameters/Shop'}],";
    let shop = "Shop: {name: shop, in: query, schema: {type: string}}";
    for (old, new, expected) in [
        (text(with, shop), text("", ""), "parameter-removed"),
        (text("", ""), text(with, shop), "parameter-added"),
        (
            text(with, shop),
            text("", shop),
            "parameter-removed parameter-removed",
        ),
    ] {
        assert_eq!(rules(&documents(&old, &new)), expected, "{old}\n→\n{new}");
    }
}

#[test]
fn a_range_stands_for_its_statuses() {
    let text = "content: {application/json: {schema: {type: string}}}";
    let number = "content: {application/json: {schema: {type: integer}}}";
    let each = |list: &[(&str, &str)]| {
        let answers = list
            .iter()
            .map(|(status, content)| format!("{status}: {{description: ok, {content}}}"));
        format!("responses: {{{}}}", answers.collect::<Vec<_>>().join(", "))
    };
    for (old, new, expected) in [
        (each(&[("200", text)]), each(&[("2XX", text)]), ""),
        (each(&[("2xx", text)]), each(&[("200", text)]), ""),
        (
            each(&[("2XX", text)]),
            each(&[("200", text), ("201", number)]),
            "response-type-changed",
        ),
        (
            each(&[("200", text)]),
            each(&[("200", text), ("2xx", text)]),
            "success-status-added",
        ),
        (
            each(&[("default", text)]),
            each(&[("200", text)]),
            "error-status-removed",
        ),
        (
            each(&[("default", text)]),
            each(&[("200", number)]),
            "response-type-changed error-status-removed",
        ),
        (
            each(&[("default", text)]),
            each(&[("default", number)]),
            "response-type-changed",
        ),
        (
            each(&[("200", text), ("404", text)]),
            each(&[("200", text), ("4XX", number)]),
            "response-type-changed error-status-added",
        ),
        (
            each(&[("200", text), ("4XX", text)]),
            each(&[("200", text), ("404", text)]),
            "error-status-removed",
        ),
        (
            each(&[("200", text), ("404", text), ("default", text)]),
            each(&[("200", text), ("default", text)]),
            "error-status-removed",
        ),
        (
            each(&[("200", text), ("304", "")]),
            each(&[("200", text)]),
            "error-status-removed",
        ),
        (
            each(&[("302", "")]),
            each(&[("200", text)]),
            "success-status-removed",
        ),
    ] {
        assert_eq!(rules(&operations(&old, &new)), expected, "{old}\n→\n{new}");
    }
}

#[test]
fn a_media_type_that_stands_for_many_takes_each() {
    let schema = "{schema: {type: string}}";
    let body = |media: &str| format!("requestBody: {{content: {{{media}: {schema}}}}}");
    let answer = |media: &str| {
        format!("responses: {{200: {{description: ok, content: {{{media}: {schema}}}}}}}")
    };
    let any = "'*/*'";
    judged(&[
        (
            &body("application/json"),
            &body(any),
            "request-media-type-added",
        ),
        (
            &body(any),
            &body("application/json"),
            "request-media-type-removed",
        ),
        (&answer(any), &answer("application/json"), ""),
        (
            &answer("application/json"),
            &answer(any),
            "response-media-type-changed",
        ),
    ]);
}

#[test]
fn a_field_that_is_gone_is_not_written_differently_too() {
    let form = |properties: &str, encoding: &str| {
        format!(
            "requestBody: {{content: {{multipart/form-data: {{schema: {{type: object, properties: {{{properties}}}}}, encoding: {{{encoding}}}}}}}}}"
        )
    };
    let both = "a: {type: string}, b: {type: string}";
    judged(&[(
        &form(both, "b: {contentType: image/png}"),
        &form("a: {type: string}", ""),
        "request-property-removed",
    )]);
}

#[test]
fn credentials_are_told_by_what_is_sent() {
    let text = |schemes: &str, security: &str| {
        format!(
            "paths: {{/a: {{get: {{operationId: a, security: {security}, responses: {{204: {{description: ok}}}}}}}}}}\ncomponents: {{securitySchemes: {{{schemes}}}}}"
        )
    };
    let oauth = |flows: &str| format!("auth: {{type: oauth2, flows: {{{flows}}}}}");
    let one = "clientCredentials: {tokenUrl: 'https://a/t', scopes: {}}";
    let two = "clientCredentials: {tokenUrl: 'https://a/t', refreshUrl: 'https://a/r', scopes: {x: y}}, password: {tokenUrl: 'https://a/p', scopes: {}}";
    let keys = "a: {type: apiKey, in: header, name: X-A}, b: {type: apiKey, in: header, name: X-B}";
    let swapped =
        "b: {type: apiKey, in: header, name: X-A}, a: {type: apiKey, in: header, name: X-B}";
    for (old, new, expected) in [
        (
            text(&oauth(one), "[{auth: []}]"),
            text(&oauth(two), "[{auth: []}]"),
            "",
        ),
        (
            text(&oauth(two), "[{auth: []}]"),
            text(&oauth(one), "[{auth: []}]"),
            "security-scheme-changed",
        ),
        (text(keys, "[{a: []}]"), text(swapped, "[{b: []}]"), ""),
        (
            text(keys, "[{a: []}]"),
            text(swapped, "[{a: []}]"),
            "security-alternative-removed",
        ),
        (
            text(&oauth(one), "[{auth: [x]}, {auth: [y]}]"),
            text(&oauth(one), "[{auth: [y]}, {auth: [x]}]"),
            "",
        ),
        (
            text(&oauth(one), "[{auth: [x]}, {auth: [y]}]"),
            text(&oauth(one), "[{auth: [y]}]"),
            "security-scope-added",
        ),
        (
            text(keys, "[{a: [], b: []}]"),
            text(keys, "[{a: []}]"),
            "security-alternative-added",
        ),
    ] {
        assert_eq!(rules(&documents(&old, &new)), expected, "{old}\n→\n{new}");
    }
}
