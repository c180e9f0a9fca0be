//! Formats: which say something about their type, and which are bytes that JSON can't carry.

use super::context::{Context, Problem};
use super::words::{instead, nearest};
use super::{Rule, Severity};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "format-unknown",
        severity: Severity::Warning,
        summary: "A `format` is one that OpenAPI or JSON Schema has for the schema's type.",
        why: "another is ignored: the client's type follows from `type` alone",
        mend: "remove it, or say it in the description",
        check: format_unknown,
    },
    Rule {
        id: "binary-format",
        severity: Severity::Error,
        summary: "No text has `format: binary` or `byte`.",
        why: "JSON carries no bytes; the generator would hand them out as text",
        mend: "say in the description how the bytes are encoded, and remove `format`",
        check: binary_format,
    },
];

/// The formats of a type, as OpenAPI, its registry of formats and JSON Schema list them.
fn known(kind: &str) -> Option<&'static [&'static str]> {
    Some(match kind {
        "string" => &[
            "date",
            "date-time",
            "password",
            "binary",
            "byte",
            "base64url",
            "char",
            "commonmark",
            "decimal",
            "duration",
            "email",
            "hostname",
            "html",
            "http-date",
            "idn-email",
            "idn-hostname",
            "int64",
            "ipv4",
            "ipv6",
            "iri",
            "iri-reference",
            "json-pointer",
            "media-range",
            "regex",
            "relative-json-pointer",
            "time",
            "uint64",
            "uri",
            "uri-reference",
            "uri-template",
            "uuid",
        ],
        "integer" => &[
            "int32",
            "int64",
            "int8",
            "int16",
            "uint8",
            "uint16",
            "uint32",
            "uint64",
            "double-int",
        ],
        "number" => &[
            "float",
            "double",
            "decimal",
            "decimal128",
            "int32",
            "int64",
            "double-int",
        ],
        "object" | "array" | "boolean" => &[],
        // What is no type has no formats either, and a rule of its own.
        _ => return None,
    })
}

fn format_unknown(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let (Some(kind), Some(format)) = (visit.node.text("type"), visit.node.text("format"))
        else {
            continue;
        };
        let Some(formats) = known(kind).filter(|formats| !formats.contains(&format)) else {
            continue;
        };
        let message = format!("`type: {kind}` has no `format: {format}`: it is ignored");
        let problem = Problem::new(&format!("{}/format", visit.pointer), message);
        out.push(match formats {
            [] => problem,
            _ if kind == "string" => match nearest(format, formats.iter().copied()) {
                Some(near) => problem.mend(format!("did you mean `{near}`? Else remove it")),
                None => problem,
            },
            _ => problem.mend(format!("remove it; {}", instead(format, formats))),
        });
    }
}

fn binary_format(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        if let (Some("string"), Some(format @ ("binary" | "byte"))) =
            (visit.node.text("type"), visit.node.text("format"))
        {
            out.push(Problem::new(
                &format!("{}/format", visit.pointer),
                format!("`format: {format}` can't be carried"),
            ));
        }
    }
}
