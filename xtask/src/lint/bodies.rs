//! What operations send and what they answer.

use super::context::{Context, Operation, Problem};
use super::shapes::{Shape, referenced_schema, scalar_component};
use super::words::nearest;
use super::{Rule, Severity};
use crate::load::Node;
use crate::media::{FORM, JSON, essence, is_json};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "request-body-on-get",
        severity: Severity::Error,
        summary: "GET and HEAD carry no request body.",
        why: "HTTP gives it no meaning, and proxies drop it",
        mend: "send it as query parameters, or correct the method",
        check: request_body_on_get,
    },
    Rule {
        id: "request-media-type",
        severity: Severity::Error,
        summary: "A request body has one media type: JSON (`application/json`, `*+json`) or `application/x-www-form-urlencoded`.",
        why: "a client sends one, and the generator can encode these",
        mend: "write the JSON media type or `application/x-www-form-urlencoded`, whichever the vendor takes",
        check: request_media_type,
    },
    Rule {
        id: "form-body",
        severity: Severity::Error,
        summary: "A form's schema is an object of scalars.",
        why: "a form is a list of names and texts: what is nested has no agreed form, and fails when it is sent",
        mend: "write each field out as the vendor names it, such as `line[0][id]`",
        check: form_body,
    },
    Rule {
        id: "response-status",
        severity: Severity::Error,
        summary: "A response stands under `default`, a range (`4XX`) or a status, of success or failure.",
        why: "1xx and 3xx never reach the caller as a documented response",
        mend: "write a status from 200 to 299 or 400 to 599, `2XX`, `4XX`, `5XX` or `default`",
        check: response_status,
    },
    Rule {
        id: "response-success",
        severity: Severity::Error,
        summary: "Every operation has a 2xx response.",
        why: "`default` is taken for the failure; without a 2xx no answer is a success",
        mend: "add the 2xx response that the vendor documents",
        check: response_success,
    },
    Rule {
        id: "response-success-schemas",
        severity: Severity::Error,
        summary: "All success bodies of an operation have one schema.",
        why: "a method has one success type",
        mend: "make the schema a union of the two, and let both responses reference it",
        check: response_success_schemas,
    },
    Rule {
        id: "response-bodiless",
        severity: Severity::Error,
        summary: "A response of 204 or 205 has no body.",
        why: "HTTP lets none follow these statuses: a client that decoded it would fail on each such answer",
        mend: "remove `content`, or write the status that the vendor sends the body with",
        check: response_bodiless,
    },
    Rule {
        id: "response-media-type",
        severity: Severity::Error,
        summary: "A response body is `application/json` or `*+json`.",
        why: "anything else is handed out as raw bytes; parameters such as `; charset=utf-8` may follow",
        mend: "write the JSON media type that the vendor sends",
        check: response_media_type,
    },
    Rule {
        id: "response-media-schemas",
        severity: Severity::Error,
        summary: "All media types of a response have one schema.",
        why: "a client decodes by status, not by media type",
        mend: "let all of them reference one schema",
        check: response_media_schemas,
    },
    Rule {
        id: "error-body-inline",
        severity: Severity::Error,
        summary: "An error body's schema is a `$ref`.",
        why: "the error enum's variants need a type with a name",
        mend: "make it a component and reference it",
        check: error_body_inline,
    },
];

fn request_body_on_get(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        if matches!(operation.method, "get" | "head") && operation.node.has("requestBody") {
            out.push(Problem::new(
                &format!("{}/requestBody", operation.pointer),
                format!("a {} has a request body", operation.method.to_uppercase()),
            ));
        }
    }
}

fn request_media_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        if !operation.node.has("requestBody") {
            continue;
        }
        let content = context.request(operation);
        if content.len() != 1 {
            out.push(Problem::new(
                &format!("{}/requestBody", operation.pointer),
                format!("the request body has {} media types", content.len()),
            ));
        }
        for (name, pointer, _) in content {
            let essence = essence(name);
            if essence == JSON || essence.ends_with("+json") || essence == FORM {
                continue;
            }
            let problem = Problem::new(&pointer, format!("`{name}` can't be sent"));
            out.push(if essence.starts_with("multipart/") {
                problem
                    .mend("multipart isn't supported; see whether the vendor takes JSON or a form")
            } else {
                problem
            });
        }
    }
}

fn form_body(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (name, pointer, media) in context.request(operation) {
            let Some(schema) = media.get("schema").filter(|_| essence(name) == FORM) else {
                continue;
            };
            let pointer = format!("{pointer}/schema");
            if context.shape(schema) != Shape::Object {
                out.push(Problem::new(
                    &pointer,
                    "a form is an object with properties",
                ));
                continue;
            }
            for (name, property) in context.properties(schema) {
                let wrong = match context.shape(property) {
                    Shape::Object | Shape::Map => "an object",
                    Shape::Array => "a list",
                    Shape::Union => "a union",
                    Shape::Any => "of any type",
                    _ => continue,
                };
                out.push(Problem::new(
                    &pointer,
                    format!("the field `{name}` is {wrong}"),
                ));
            }
        }
    }
}

fn response_status(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (status, pointer, _) in operation.responses() {
            let wrong = match status.as_bytes() {
                b"default" | [b'2' | b'4' | b'5', b'X', b'X'] => continue,
                [b'2' | b'4' | b'5', b'0'..=b'9', b'0'..=b'9'] => continue,
                [b'1' | b'3', b'0'..=b'9' | b'X', b'0'..=b'9' | b'X'] => "never reaches the caller",
                _ => "isn't a status",
            };
            let problem = Problem::new(&pointer, format!("`{status}` {wrong}"));
            let allowed =
                "write a status from 200 to 299 or 400 to 599, `2XX`, `4XX`, `5XX` or `default`";
            let near = nearest(status, ["2XX", "4XX", "5XX", "default"].into_iter());
            out.push(match near.filter(|_| wrong == "isn't a status") {
                Some(near) => problem.mend(format!("did you mean `{near}`? Else {allowed}")),
                None => problem,
            });
        }
    }
}

fn response_success(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        let mut statuses = operation.responses().map(|(status, _, _)| status);
        if operation.node.has("responses") && !statuses.any(|status| status.starts_with('2')) {
            let default = operation
                .node
                .get("responses")
                .is_some_and(|one| one.has("default"));
            out.push(Problem::new(
                &format!("{}/responses", operation.pointer),
                if default {
                    "there is no 2xx response, and `default` isn't one"
                } else {
                    "there is no 2xx response"
                },
            ));
        }
    }
}

/// The bodies of an operation's responses that `wanted` takes by their status.
fn bodies<'d>(
    context: &Context<'d>,
    operation: &Operation<'d>,
    wanted: impl Fn(&str) -> bool,
) -> Vec<(String, &'d Node)> {
    let responses = operation
        .responses()
        .filter(|(status, _, _)| wanted(status));
    responses
        .flat_map(|(_, pointer, response)| context.content(&pointer, response))
        .filter_map(|(_, pointer, media)| Some((format!("{pointer}/schema"), media.get("schema")?)))
        .collect()
}

fn is_success(status: &str) -> bool {
    status.starts_with('2')
}

fn response_success_schemas(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        let mut firsts: Vec<(String, &Node)> = Vec::new();
        for (_, pointer, response) in operation
            .responses()
            .filter(|(status, _, _)| is_success(status))
        {
            // Media types of one response are compared by a rule of their own.
            let content = context.content(&pointer, response);
            firsts.extend(
                content
                    .into_iter()
                    .take(1)
                    .filter_map(|(_, pointer, media)| {
                        Some((format!("{pointer}/schema"), media.get("schema")?))
                    }),
            );
        }
        let mut schemas = firsts.into_iter();
        let Some((_, first)) = schemas.next() else {
            continue;
        };
        for (pointer, schema) in schemas.filter(|(_, schema)| schema.to_json() != first.to_json()) {
            out.push(Problem::new(
                &pointer,
                format!(
                    "{} is another success body than {}",
                    describe(schema),
                    describe(first)
                ),
            ));
        }
    }
}

fn describe(schema: &Node) -> String {
    match referenced_schema(schema) {
        Some(name) => format!("`{name}`"),
        None => "an inline schema".to_owned(),
    }
}

fn response_bodiless(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (status, pointer, response) in operation.responses() {
            if matches!(status, "204" | "205") && !context.content(&pointer, response).is_empty() {
                let message = format!("a {status} is described with a body");
                out.push(Problem::new(&pointer, message));
            }
        }
    }
}

fn response_media_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (_, pointer, response) in operation.responses() {
            for (name, pointer, _) in context.content(&pointer, response) {
                if !is_json(name) {
                    out.push(Problem::new(&pointer, format!("`{name}` isn't JSON")));
                }
            }
        }
    }
}

fn response_media_schemas(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (_, pointer, response) in operation.responses() {
            let content = context.content(&pointer, response);
            let mut schemas = content
                .iter()
                .filter_map(|(name, pointer, media)| Some((name, pointer, media.get("schema")?)));
            let Some((first_name, _, first)) = schemas.next() else {
                continue;
            };
            for (name, pointer, schema) in schemas {
                if schema.to_json() != first.to_json() {
                    let message = format!("`{name}` has another schema than `{first_name}`");
                    out.push(Problem::new(pointer, message));
                }
            }
        }
    }
}

fn error_body_inline(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for (pointer, schema) in bodies(context, operation, |status| !is_success(status)) {
            let scalar = referenced_schema(schema).filter(|name| scalar_component(name).is_some());
            if !schema.has("$ref") {
                out.push(Problem::new(&pointer, "this error body has no name"));
            } else if let Some(name) = scalar {
                let message = format!("this error body is the scalar `{name}`");
                out.push(Problem::new(&pointer, message).mend("wrap it in a component of its own"));
            }
        }
    }
}
