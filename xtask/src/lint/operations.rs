//! Operations: their ids, what they mean for a cart, repetition, failure inside success, and security.

use super::context::{Context, Problem, collisions};
use super::extensions::CART_VERBS;
use super::grammar::Kind;
use super::parameters::is_header_name;
use super::rust_names::snake;
use super::words::{instead, nearest};
use super::{Rule, Severity};
use crate::load::{Node, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "operation-id-missing",
        severity: Severity::Error,
        summary: "Every operation has an `operationId`.",
        why: "it is the method's name; without one there is no method",
        mend: "write an `operationId`, such as `createCart`",
        check: operation_id_missing,
    },
    Rule {
        id: "operation-id-collision",
        severity: Severity::Error,
        summary: "No two operations have the same `operationId`.",
        why: "it is what an operation is called by",
        mend: "rename one of the two",
        check: operation_id_collision,
    },
    Rule {
        id: "retry-missing",
        severity: Severity::Error,
        summary: "Every operation says by `x-retry` whether repeating the call can repeat its effect.",
        why: "the HTTP method doesn't tell: a cart may be created by GET",
        mend: "write `x-retry: safe` or `x-retry: unsafe`",
        check: retry_missing,
    },
    Rule {
        id: "cart-verb-missing",
        severity: Severity::Error,
        summary: "Every cart verb has an operation, or stands in `x-cart-absent`.",
        why: "what a vendor can't do is said, not left to be guessed",
        mend: "add it to an operation's `x-cart-operation`, or to `x-cart-absent` with state and why",
        check: cart_verb_missing,
    },
    Rule {
        id: "cart-verb-contradiction",
        severity: Severity::Error,
        summary: "No cart verb has an operation and stands in `x-cart-absent` too.",
        why: "one of the two is wrong",
        mend: "remove one of the two",
        check: cart_verb_contradiction,
    },
    Rule {
        id: "failure-schema",
        severity: Severity::Error,
        summary: "The schema of `x-failure` is an object component that declares the keys it is told by.",
        why: "the runtime looks at these keys before it decodes",
        mend: "name the failure's schema component, and declare the key there",
        check: failure_schema,
    },
    Rule {
        id: "failure-shadows-success",
        severity: Severity::Error,
        summary: "The key whose presence tells a failure isn't one that the success schema requires.",
        why: "every success would be taken for a failure",
        mend: "tell the failure by another key, or by `equals`",
        check: failure_shadows_success,
    },
    Rule {
        id: "security-undeclared",
        severity: Severity::Error,
        summary: "Every scheme that `security` names stands in `components.securitySchemes`.",
        why: "a call would go out without its credentials",
        mend: "declare the scheme, or correct the name",
        check: security_undeclared,
    },
    Rule {
        id: "security-scheme",
        severity: Severity::Error,
        summary: "A security scheme is an apiKey in header or query, http basic or bearer, or oauth2 with the password flow.",
        why: "these are the credentials that the runtime carries",
        mend: "declare one of them, complete with its fields",
        check: security_scheme,
    },
];

fn operation_id_missing(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        if !operation.node.has("operationId") {
            out.push(Problem::new(
                &operation.pointer,
                format!(
                    "`{} {}` has no `operationId`",
                    operation.method, operation.path
                ),
            ));
        }
    }
}

/// Every `operationId` with its pointer.
fn ids<'d>(context: &Context<'d>) -> Vec<(String, &'d str)> {
    let operations = context.operations.iter();
    operations
        .filter_map(|operation| {
            Some((
                format!("{}/operationId", operation.pointer),
                operation.id()?,
            ))
        })
        .collect()
}

fn operation_id_collision(context: &Context<'_>, out: &mut Vec<Problem>) {
    let ids = ids(context);
    for (index, (pointer, id)) in ids.iter().enumerate() {
        let mut earlier = ids.iter().take(index);
        if earlier.any(|(_, earlier)| earlier == id) {
            let message = format!("`{id}` names an earlier operation already");
            out.push(Problem::new(pointer, message));
        }
    }
}

fn retry_missing(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        if !operation.node.has("x-retry") {
            out.push(Problem::new(&operation.pointer, "`x-retry` is missing"));
        }
    }
}

fn cart_verbs<'d>(context: &Context<'d>) -> Vec<&'d str> {
    let lists = context.operations.iter();
    lists
        .filter_map(|operation| operation.node.get("x-cart-operation"))
        .flat_map(Node::iter_seq)
        .filter_map(Node::as_str)
        .collect()
}

fn cart_verb_missing(context: &Context<'_>, out: &mut Vec<Problem>) {
    if !context.has_paths() {
        return;
    }
    let verbs = cart_verbs(context);
    let absent = context.document.root.get("x-cart-absent");
    if verbs.is_empty() && absent.is_none() {
        return;
    }
    for verb in CART_VERBS {
        if !verbs.contains(verb) && !absent.is_some_and(|absent| absent.has(verb)) {
            let pointer = if absent.is_some() {
                "/x-cart-absent"
            } else {
                "/paths"
            };
            out.push(Problem::new(
                pointer,
                format!("the cart verb `{verb}` stands nowhere"),
            ));
        }
    }
}

fn cart_verb_contradiction(context: &Context<'_>, out: &mut Vec<Problem>) {
    let verbs = cart_verbs(context);
    let absent = context.document.root.get("x-cart-absent").into_iter();
    for (key, _) in absent.flat_map(Node::iter_map) {
        if verbs.contains(&key.text.as_str()) {
            out.push(Problem::new(
                &format!("/x-cart-absent/{}", pointer_token(&key.text)),
                format!("`{}` is absent here, and an operation has it", key.text),
            ));
        }
    }
}

/// The rules of an `x-failure`: itself, or those under `any`.
fn failure_rules(failure: &Node) -> Vec<&Node> {
    match failure.get("any") {
        Some(rules) => rules.iter_seq().collect(),
        None => vec![failure],
    }
}

/// The keys by whose presence or value an `x-failure` is told.
fn failure_keys(failure: &Node) -> Vec<&str> {
    let rules = failure_rules(failure).into_iter();
    rules
        .flat_map(|rule| {
            let present = rule.text("present").into_iter();
            let equals = rule.get("equals").into_iter().flat_map(Node::iter_map);
            present.chain(equals.map(|(key, _)| key.text.as_str()))
        })
        .collect()
}

/// The first name of a dotted key.
fn first_name(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

fn failure_schema(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        let Some(failure) = operation.node.get("x-failure") else {
            continue;
        };
        let pointer = format!("{}/x-failure", operation.pointer);
        let Some(reference) = failure.text("schema") else {
            continue;
        };
        let name = reference.strip_prefix("#/components/schemas/");
        let Some(schema) = name.and_then(|name| context.component(name)) else {
            let message = format!("`{reference}` isn't a schema component");
            out.push(Problem::new(&format!("{pointer}/schema"), message));
            continue;
        };
        // A union of failures declares what any of its branches declares.
        let branches = schema.get("oneOf").into_iter().flat_map(Node::iter_seq);
        let branches = branches.filter_map(|branch| context.document.resolve(branch).ok());
        let holders: Vec<&Node> = std::iter::once(schema).chain(branches).collect();
        let declares = |key: &str| {
            let mut all = holders.iter().flat_map(|holder| context.properties(holder));
            all.any(|(name, _)| name == first_name(key))
        };
        for key in failure_keys(failure) {
            if !declares(key) {
                let message = format!("`{reference}` declares no property `{key}`");
                out.push(Problem::new(&pointer, message));
            }
        }
    }
}

fn failure_shadows_success(context: &Context<'_>, out: &mut Vec<Problem>) {
    for operation in &context.operations {
        let Some(failure) = operation.node.get("x-failure") else {
            continue;
        };
        let rules = failure_rules(failure).into_iter();
        let present: Vec<&str> = rules.filter_map(|rule| rule.text("present")).collect();
        let successes = operation
            .responses()
            .filter(|(status, ..)| status.starts_with('2'));
        for (status, pointer, response) in successes {
            for (_, _, media) in context.content(&pointer, response) {
                let required = media.get("schema").map(|schema| context.required(schema));
                let shadowed = |key: &&&str| {
                    required
                        .as_ref()
                        .is_some_and(|required| required.contains(**key))
                };
                for key in present.iter().filter(shadowed) {
                    out.push(Problem::new(
                        &format!("{}/x-failure", operation.pointer),
                        format!("`{key}` is required in the success body of {status}"),
                    ));
                }
            }
        }
    }
}

pub(super) fn security_undeclared(context: &Context<'_>, out: &mut Vec<Problem>) {
    let holders = context.visits.iter();
    for visit in holders.filter(|visit| matches!(visit.kind, Kind::Document | Kind::Operation)) {
        let requirements = visit.node.get("security").into_iter();
        for (index, requirement) in requirements.flat_map(Node::iter_seq).enumerate() {
            for (key, _) in requirement.iter_map() {
                let token = pointer_token(&key.text);
                let scheme = format!("/components/securitySchemes/{token}");
                if context.document.pointer(&scheme).is_none() {
                    let problem = Problem::new(
                        &format!("{}/security/{index}/{token}", visit.pointer),
                        format!("no security scheme is called `{}`", key.text),
                    );
                    let known = context.document.pointer("/components/securitySchemes");
                    let known = known.into_iter().flat_map(Node::iter_map);
                    let mut known = known.map(|(key, _)| key.text.as_str());
                    out.push(match nearest(&key.text, &mut known) {
                        Some(near) => problem.mend(format!("did you mean `{near}`?")),
                        None => problem,
                    });
                }
            }
        }
    }
}

fn security_scheme(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::SecurityScheme) {
        if visit.reference().is_some() {
            continue;
        }
        let scheme = visit.node;
        let Some(kind) = scheme.text("type") else {
            continue;
        };
        let given = |key: &str| scheme.text(key).unwrap_or_default();
        let mut allowed: (&str, &[&str]) = ("", &[]);
        let wrong = match kind {
            "apiKey" => match (given("in"), given("name")) {
                ("header" | "query", "") => "an apiKey needs a `name`".to_owned(),
                ("header", name) if !is_header_name(name) => {
                    let message = format!("`{name}` isn't the name of a header");
                    let problem = Problem::new(&visit.pointer, message);
                    out.push(problem.mend("correct the `name`"));
                    continue;
                }
                ("header" | "query", _) => continue,
                (location, _) => {
                    allowed = (location, &["header", "query"]);
                    "an apiKey goes into a header or the query".to_owned()
                }
            },
            "http" => match given("scheme").to_lowercase().as_str() {
                "basic" | "bearer" => continue,
                _ => {
                    allowed = (given("scheme"), &["basic", "bearer"]);
                    "an http scheme is basic or bearer".to_owned()
                }
            },
            "oauth2" => {
                let flows = scheme.get("flows").into_iter().flat_map(Node::iter_map);
                let flows: Vec<_> = flows.map(|(key, flow)| (key.text.as_str(), flow)).collect();
                match flows.as_slice() {
                    [("password", flow)] if flow.text("tokenUrl").is_some() => continue,
                    [("password", _)] => "the password flow needs a `tokenUrl`".to_owned(),
                    _ => "oauth2 has the password flow, and no other".to_owned(),
                }
            }
            _ => {
                allowed = (kind, &["apiKey", "http", "oauth2"]);
                format!("`{kind}` isn't supported")
            }
        };
        let problem = Problem::new(&visit.pointer, wrong);
        out.push(match allowed {
            (_, []) => problem,
            (given, words) => problem.mend(instead(given, words)),
        });
    }
    let components = context.document.pointer("/components/securitySchemes");
    let names = components.into_iter().flat_map(Node::iter_map);
    let names: Vec<&str> = names.map(|(key, _)| key.text.as_str()).collect();
    for (name, first) in collisions(names.into_iter(), snake) {
        out.push(Problem::new(
            &format!("/components/securitySchemes/{}", pointer_token(name)),
            format!("`{name}` and `{first}` become the same Rust name"),
        ));
    }
}
