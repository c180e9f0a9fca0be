//! Lists: that `x-paging` leads to what it names.

use super::context::{Context, Operation, Problem};
use super::shapes::Shape;
use super::{Rule, Severity};
use crate::load::Node;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "paging-answer",
        severity: Severity::Error,
        summary: "`items` of `x-paging` leads to a list in the answer, `pages` to an integer, `next` to a text.",
        why: "the generated client couldn't find the elements, or where they end",
        mend: "write the names of properties from the answer's schema down, with dots between them",
        check: paging_answer,
    },
    Rule {
        id: "paging-request",
        severity: Severity::Error,
        summary: "`page` of `x-paging` is an integer and `cursor` a text of the request: a query parameter, or a path into the body whose objects are all required.",
        why: "the generated client couldn't ask for the next page",
        mend: "write the query parameter's name, or the names of properties from the body's schema down, with dots between them",
        check: paging_request,
    },
];

/// Whether the value of `x-paging` has its shape; the other rules of this file leave one alone that hasn't.
pub(super) fn is_paging(paging: &Node) -> bool {
    let is_path = |node: &Node| {
        node.as_str()
            .is_some_and(|path| path.split('.').all(|name| !name.trim().is_empty()))
    };
    let mut keys: Vec<&str> = paging
        .iter_map()
        .map(|(key, _)| key.text.as_str())
        .collect();
    keys.sort_unstable();
    let is_known = matches!(
        keys[..],
        ["items", "page"] | ["items", "page", "pages"] | ["cursor", "items", "next"]
    );
    is_known && paging.iter_map().all(|(_, path)| is_path(path))
}

/// Every operation with a well-formed `x-paging`, and the pointer of that.
fn lists<'c, 'd>(
    context: &'c Context<'d>,
) -> impl Iterator<Item = (&'c Operation<'d>, &'d Node, String)> {
    context.operations.iter().filter_map(|operation| {
        let paging = operation
            .node
            .get("x-paging")
            .filter(|node| is_paging(node))?;
        let pointer = format!("{}/x-paging", operation.pointer);
        Some((operation, paging, pointer))
    })
}

fn paging_answer(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (operation, paging, pointer) in lists(context) {
        let successes = operation
            .responses()
            .filter(|(status, ..)| status.starts_with('2'));
        for (status, response_pointer, response) in successes {
            let content = context.content(&response_pointer, response);
            let Some(schema) = content
                .first()
                .and_then(|(_, _, media)| media.get("schema"))
            else {
                let message = format!("the answer {status} has no body, so no list");
                out.push(Problem::new(&pointer, message));
                continue;
            };
            for (key, wanted) in [
                ("items", "a list written in place"),
                ("pages", "a plain integer"),
                ("next", "a plain text"),
            ] {
                let Some(path) = paging.text(key) else {
                    continue;
                };
                let wrong = match follow(context, schema, path, Way::Answer) {
                    Ok(end) => match (key, context.shape(end)) {
                        ("items", Shape::Array)
                        | ("pages", Shape::Integer)
                        | ("next", Shape::Text)
                            if is_plain(context, end) =>
                        {
                            continue;
                        }
                        ("pages", Shape::Scalar(scalar)) if scalar.name == "FlexibleInteger" => {
                            continue;
                        }
                        ("next", Shape::Scalar(scalar)) if scalar.name == "FlexibleText" => {
                            continue;
                        }
                        _ => format!("`{path}` of the answer {status} isn't {wanted}"),
                    },
                    Err(why) => format!("{why} in the answer {status}"),
                };
                out.push(Problem::new(&format!("{pointer}/{key}"), wrong));
            }
        }
    }
}

fn paging_request(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (operation, paging, pointer) in lists(context) {
        let key = if paging.has("page") { "page" } else { "cursor" };
        let Some(path) = paging.text(key) else {
            continue;
        };
        let in_query = query_parameter(context, operation, path);
        let in_body = in_body(context, operation, path);
        let end = match (in_query, in_body) {
            (Some(_), Some(Ok(_))) => Err(format!(
                "`{path}` is a query parameter and a property of the body as well"
            )),
            (Some(schema), _) => Ok(schema),
            (None, Some(found)) => found,
            (None, None) => Err(format!("no query parameter is called `{path}`")),
        };
        let wrong = match end {
            Ok(end) => match (key, context.shape(end)) {
                ("page", Shape::Integer) | ("cursor", Shape::Text) if is_plain(context, end) => {
                    continue;
                }
                ("page", _) => format!("`{path}` of the request isn't a plain integer"),
                _ => format!("`{path}` of the request isn't a plain text"),
            },
            Err(why) => why,
        };
        out.push(Problem::new(&format!("{pointer}/{key}"), wrong));
    }
}

/// The schema of the query parameter of this name.
fn query_parameter<'d>(
    context: &Context<'d>,
    operation: &Operation<'d>,
    name: &str,
) -> Option<&'d Node> {
    let mut parameters = operation.parameters.iter();
    let parameter = parameters.find(|one| one.location == "query" && one.name == name)?;
    let written = context.document.pointer(&parameter.pointer)?;
    context.document.resolve(written).ok()?.get("schema")
}

/// What a path into the body leads to; `None` without a body.
fn in_body<'d>(
    context: &Context<'d>,
    operation: &Operation<'d>,
    path: &str,
) -> Option<Result<&'d Node, String>> {
    let content = context.request(operation);
    let (_, _, media) = content.first()?;
    let schema = media.get("schema")?;
    let body = operation.node.get("requestBody")?;
    let body = context.document.resolve(body).ok()?;
    if !body.is_true("required") {
        return Some(Err(
            "the body may be left out, and the page stands in it".to_owned()
        ));
    }
    let end = follow(context, schema, path, Way::Request);
    Some(end.map_err(|why| format!("{why} in the body, and no query parameter is called `{path}`")))
}

/// What lies between the root and the property at the end of a path.
#[derive(Clone, Copy, PartialEq)]
enum Way {
    /// Objects that may be missing.
    Answer,
    /// Objects that have to be there: an absent one would have to be made up.
    Request,
}

/// The schema that a dotted path leads to.
fn follow<'d>(
    context: &Context<'d>,
    root: &'d Node,
    path: &str,
    way: Way,
) -> Result<&'d Node, String> {
    let may_be_null =
        |node: &'d Node| node.is_true("nullable") || context.target(node).node.is_true("nullable");
    if may_be_null(root) {
        return Err(format!("`{path}` stands in what may be null as a whole"));
    }
    let mut at = root;
    let mut names = path.split('.').peekable();
    while let Some(name) = names.next() {
        if context.shape(at) != Shape::Object {
            return Err(format!("`{name}` of `{path}` isn't declared"));
        }
        let properties = context.properties(at);
        let Some((_, property)) = properties.into_iter().find(|(own, _)| *own == name) else {
            return Err(format!("`{name}` of `{path}` isn't declared"));
        };
        let is_sure = context.required(at).contains(name) && !may_be_null(property);
        if way == Way::Request && names.peek().is_some() && !is_sure {
            return Err(format!("`{name}` of `{path}` may be missing or null"));
        }
        at = property;
    }
    Ok(at)
}

/// Whether a schema is generated as a bare `Vec`, `String` or integer; a component has a type of its own.
fn is_plain<'d>(context: &Context<'d>, schema: &'d Node) -> bool {
    let target = context.target(schema);
    let node = target.node;
    let is_text = node.text("type") == Some("string");
    target.name.is_none() && !node.has("enum") && !(is_text && node.has("format"))
}
