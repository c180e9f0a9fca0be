//! Long documents: what is compared pair by pair where it needn't be shows as minutes.

use std::fmt::Write;
use std::time::{Duration, Instant};

use super::bounded;

/// A document with `count` times what `entry` writes under each key.
fn repeated(count: usize, sections: &[(&str, &dyn Fn(usize) -> String)]) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\n".to_owned();
    for (section, entry) in sections {
        writeln!(text, "{section}").unwrap();
        for index in 0..count {
            writeln!(text, "{}", entry(index)).unwrap();
        }
    }
    text
}

const ONE: &str = "paths: {/a: {get: {operationId: a, responses: {204: {description: ok}}}}}";

fn operations(count: usize, folder: &str, id: &str) -> String {
    let path = |index| {
        format!(
            "  /{folder}/{index}/{{id}}: {{get: {{operationId: {id}{index}, parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}], responses: {{200: {{description: ok, content: {{application/json: {{schema: {{$ref: '#/components/schemas/S{index}'}}}}}}}}}}}}}}"
        )
    };
    let schema =
        |index| format!("    S{index}: {{type: object, properties: {{id: {{type: string}}}}}}");
    repeated(
        count,
        &[("paths:", &path), ("components:\n  schemas:", &schema)],
    )
}

/// A case's name, and two documents of a thousand of something.
fn pairs() -> Vec<(&'static str, String, String)> {
    let parameters = |kind: &'static str, name: &'static str| {
        let parameter = move |index| {
            format!("        - {{name: {name}{index}, in: query, schema: {{type: {kind}}}}}")
        };
        repeated(
            1_000,
            &[(
                "paths:\n  /a:\n    get:\n      operationId: a\n      responses: {204: {description: ok}}\n      parameters:",
                &parameter,
            )],
        )
    };
    let security = |from: usize| {
        let scheme = |index| format!("    k{index}: {{type: apiKey, in: header, name: X-{index}}}");
        let required =
            move |index: usize| format!("  - {{k{}: [], k{}: []}}", index, (index + from) % 500);
        repeated(
            500,
            &[
                (ONE, &|_| String::new()),
                ("components:\n  securitySchemes:", &scheme),
                ("security:", &required),
            ],
        )
    };
    let statuses = |from: usize| {
        let response = move |index: usize| {
            format!(
                "        {}: {{description: no, content: {{application/json: {{schema: {{type: string}}}}}}}}",
                from + index
            )
        };
        repeated(
            190,
            &[(
                "paths:\n  /a:\n    get:\n      operationId: a\n      responses:",
                &response,
            )],
        )
    };
    vec![
        (
            "1,000 operations at other paths",
            operations(1_000, "old", "get"),
            operations(1_000, "new", "get"),
        ),
        (
            "1,000 operations of other names",
            operations(1_000, "a", "get"),
            operations(1_000, "a", "read"),
        ),
        (
            "1,000 operations gone, and 1,000 new",
            operations(1_000, "old", "get"),
            operations(1_000, "new", "read"),
        ),
        (
            "1,000 parameters of another type",
            parameters("string", "p"),
            parameters("boolean", "p"),
        ),
        (
            "1,000 parameters of other names",
            parameters("string", "p"),
            parameters("string", "q"),
        ),
        (
            "500 ways to prove oneself, all others",
            security(1),
            security(2),
        ),
        (
            "190 failures, half of them others",
            statuses(400),
            statuses(490),
        ),
    ]
}

#[test]
fn what_is_long_is_reviewed_in_time() {
    for (name, old, new) in pairs() {
        let start = Instant::now();
        let comparison = bounded(name, old, new).unwrap_or_else(|error| panic!("{name}: {error}"));
        let took = start.elapsed();
        assert!(!comparison.findings.is_empty(), "{name}");
        assert!(took < Duration::from_secs(15), "{name}: {took:?}");
        println!("{name}: {took:?}, {}", comparison.findings.len());
    }
}
