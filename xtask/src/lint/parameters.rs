//! Parameters: where they stand and what they hold.

use super::context::{Context, Operation, Parameter, Problem};
use super::documents::template_parameters;
use super::grammar::Kind;
use super::shapes::Shape;
use super::words::{instead, nearest};
use super::{Rule, Severity};
use crate::load::Node;
use crate::media::FORM;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "path-parameter-undeclared",
        severity: Severity::Error,
        summary: "Every `{name}` of a path is declared as a path parameter.",
        why: "the braces would be sent as they stand",
        mend: "add it to `parameters` with `in: path` and `required: true`",
        check: path_parameter_undeclared,
    },
    Rule {
        id: "path-parameter-unused",
        severity: Severity::Error,
        summary: "Every declared path parameter stands in the path.",
        why: "its value would be asked for and go nowhere",
        mend: "write it into the path, or remove it",
        check: path_parameter_unused,
    },
    Rule {
        id: "path-parameter-optional",
        severity: Severity::Error,
        summary: "A path parameter has `required: true`.",
        why: "a path without it is another path",
        mend: "write `required: true`",
        check: path_parameter_optional,
    },
    Rule {
        id: "parameter-duplicate",
        severity: Severity::Error,
        summary: "No operation has two parameters of one name in one place.",
        why: "which of the two is meant, nobody knows",
        mend: "keep one of the two",
        check: parameter_duplicate,
    },
    Rule {
        id: "parameter-location",
        severity: Severity::Error,
        summary: "A parameter is `in` path, query or header.",
        why: "the generator takes no cookie parameters",
        mend: "move it to where the vendor takes it, or remove it",
        check: parameter_location,
    },
    Rule {
        id: "parameter-header",
        severity: Severity::Error,
        summary: "A header parameter's name is one that HTTP has, and not Accept, Content-Type or Authorization.",
        why: "media types and `security` say these already, and OpenAPI ignores them here; another sign than a letter, a digit or one of !#$%&'*+-.^_`|~ can't be sent",
        mend: "remove it, or correct its name",
        check: parameter_header,
    },
    Rule {
        id: "parameter-style",
        severity: Severity::Error,
        summary: "A parameter's style is its location's plain one: `simple` in path and header, `form` in the query.",
        why: "the generator ignores or refuses the others",
        mend: "remove `style`, and spell the parameter out as the vendor takes it",
        check: parameter_style,
    },
    Rule {
        id: "parameter-type",
        severity: Severity::Error,
        summary: "A parameter is a scalar or an enum; in the query it may be a list of these. A secret is no part of a path or header.",
        why: "objects, unions and nested lists have no agreed form in an address or a header; a secret has no text form that could slip into one",
        mend: "write its parts as parameters of their own",
        check: parameter_type,
    },
];

fn path_names<'d>(operation: &Operation<'d>) -> Vec<&'d str> {
    template_parameters(operation.path).unwrap_or_default()
}

fn each<'c, 'd>(
    context: &'c Context<'d>,
) -> impl Iterator<Item = (&'c Operation<'d>, &'c Parameter<'d>)> {
    let operations = context.operations.iter();
    operations.flat_map(|operation| {
        let parameters = operation.parameters.iter();
        parameters.map(move |parameter| (operation, parameter))
    })
}

fn path_parameter_undeclared(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        for name in path_names(operation) {
            let mut parameters = operation.parameters.iter();
            if !parameters.any(|one| one.location == "path" && one.name == name) {
                out.push(Problem::new(
                    &operation.pointer,
                    format!("`{{{name}}}` of the path isn't declared"),
                ));
            }
        }
    }
}

fn path_parameter_unused(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (operation, parameter) in each(context) {
        if parameter.location == "path" && !path_names(operation).contains(&parameter.name) {
            let message = format!("`{}` doesn't stand in `{}`", parameter.name, operation.path);
            out.push(Problem::new(&parameter.pointer, message));
        }
    }
}

fn path_parameter_optional(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Parameter) {
        if visit.node.text("in") == Some("path") && !visit.node.is_true("required") {
            let name = visit.node.text("name").unwrap_or_default();
            let message = format!("`{name}` is in the path and isn't required");
            out.push(Problem::new(&visit.pointer, message));
        }
    }
}

fn parameter_duplicate(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        let parameters = &operation.parameters;
        for (index, parameter) in parameters.iter().enumerate() {
            let mut earlier = parameters.iter().take(index);
            if earlier.any(|one| (one.name, one.location) == (parameter.name, parameter.location)) {
                let message = format!("`{}` is declared twice", parameter.name);
                out.push(Problem::new(&parameter.pointer, message));
            }
        }
    }
}

fn parameter_location(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Parameter) {
        match visit.node.text("in") {
            None | Some("path" | "query" | "header") => {}
            Some(location) => {
                let message = format!("a parameter can't be in `{location}`");
                let problem = Problem::new(&format!("{}/in", visit.pointer), message);
                out.push(problem.mend(match location {
                    "cookie" => "move it to where the vendor takes it, or remove it".to_owned(),
                    "body" => "write it as the operation's `requestBody`".to_owned(),
                    "formData" => format!("write it as a field of a `requestBody` of {FORM}"),
                    _ => instead(location, &["path", "query", "header"]),
                }));
            }
        }
    }
}

fn parameter_header(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Parameter) {
        let name = visit.node.text("name").unwrap_or_default();
        let reserved = ["accept", "content-type", "authorization"];
        if visit.node.text("in") != Some("header") {
            continue;
        }
        if reserved.contains(&name.to_ascii_lowercase().as_str()) {
            let message = format!("`{name}` can't be a parameter");
            out.push(Problem::new(&visit.pointer, message));
        } else if !is_header_name(name) {
            let message = format!("`{name}` isn't the name of a header");
            out.push(Problem::new(&visit.pointer, message));
        }
    }
}

/// Whether HTTP has a header of this name: a token of RFC 9110.
pub(super) fn is_header_name(name: &str) -> bool {
    let is_sign = |sign: char| sign.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(sign);
    !name.is_empty() && name.chars().all(is_sign)
}

fn parameter_style(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Parameter) {
        let (Some(style), Some(location)) = (visit.node.text("style"), visit.node.text("in"))
        else {
            continue;
        };
        let plain = match location {
            "path" | "header" => "simple",
            "query" => "form",
            _ => continue,
        };
        if style != plain {
            let message = format!("`{style}` isn't supported in {location}");
            let problem = Problem::new(&format!("{}/style", visit.pointer), message);
            out.push(match nearest(style, [plain].into_iter()) {
                Some(near) => problem.mend(format!("did you mean `{near}`? {location} takes no other")),
                None => problem.mend(format!(
                    "remove `style`, and spell the parameter out as the vendor takes it; {location} takes `{plain}` alone"
                )),
            });
        }
    }
}

fn is_secret(schema: &Node) -> bool {
    schema.text("format") == Some("password")
}

fn parameter_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Parameter) {
        let Some(schema) = visit.node.get("schema") else {
            continue;
        };
        let in_query = visit.node.text("in") == Some("query");
        let wrong = match context.shape(schema) {
            Shape::Object | Shape::Map => "an object",
            Shape::Union => "a union",
            Shape::Any => "of any type",
            Shape::Text if !in_query && is_secret(context.target(schema).node) => {
                out.push(
                    Problem::new(
                        &format!("{}/schema", visit.pointer),
                        "a secret stands outside query and body",
                    )
                    .mend("declare a security scheme for it, or drop `format: password`"),
                );
                continue;
            }
            Shape::Array if !in_query => "a list outside the query",
            Shape::Array => {
                let items = context.target(schema).node.get("items");
                match items.map(|items| context.shape(items)) {
                    Some(Shape::Object | Shape::Map) => "a list of objects",
                    Some(Shape::Array) => "a list of lists",
                    Some(Shape::Union) => "a list of unions",
                    _ => continue,
                }
            }
            _ => continue,
        };
        let name = visit.node.text("name").unwrap_or_default();
        out.push(Problem::new(
            &format!("{}/schema", visit.pointer),
            format!("`{name}` is {wrong}"),
        ));
    }
}
