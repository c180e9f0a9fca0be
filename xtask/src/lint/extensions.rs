//! The extensions: what each may hold, and where it may stand.

use super::context::{Context, Problem};
use super::grammar::Kind;
use super::walk::{Visit, nearest};
use super::{Rule, Severity};
use crate::load::{Node, Value, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "extension-unknown",
        severity: Severity::Error,
        summary: "Every `x-` keyword is one of the documented extensions.",
        why: "an extension that nothing reads says nothing",
        mend: "remove it, or correct its spelling",
        check: extension_unknown,
    },
    Rule {
        id: "extension-place",
        severity: Severity::Error,
        summary: "An extension stands on the object that it is for.",
        why: "elsewhere nothing reads it",
        mend: "move it, or remove it",
        check: extension_place,
    },
    Rule {
        id: "extension-shape",
        severity: Severity::Error,
        summary: "An extension's value has its documented shape.",
        why: "it couldn't be read",
        mend: "write it in its shape",
        check: extension_shape,
    },
];

/// The cart's verbs, in the order in which a cart lives.
pub const CART_VERBS: &[&str] = &[
    "create",
    "get",
    "add-lines",
    "update-line",
    "remove-line",
    "delete",
    "checkout",
    "set-customer",
    "place-order",
];

struct Extension {
    name: &'static str,
    /// The objects that it may stand on; `None` for any.
    on: Option<&'static [Kind]>,
    /// Its shape, for messages.
    shape: &'static str,
    fits: fn(&Node) -> bool,
}

/// One rule of `x-failure`: a key that is present, or one that has a value.
fn is_rule(node: &Node) -> bool {
    match (node.get("present"), node.get("equals")) {
        (Some(key), None) => is_line(key),
        (None, Some(equals)) => {
            let scalar =
                |(_, value): (_, &Node)| !matches!(value.value, Value::Seq(_) | Value::Map(_));
            equals.iter_map().count() == 1 && equals.iter_map().all(scalar)
        }
        _ => false,
    }
}

const EXTENSIONS: &[Extension] = &[
    Extension {
        name: "x-cart-operation",
        on: Some(&[Kind::Operation]),
        shape: "a list of one or more cart verbs, none twice",
        fits: |node| {
            let verbs: Vec<_> = node.iter_seq().map(Node::as_str).collect();
            !verbs.is_empty()
                && verbs.iter().enumerate().all(|(index, verb)| {
                    verb.is_some_and(|verb| CART_VERBS.contains(&verb))
                        && !verbs.iter().take(index).any(|earlier| earlier == verb)
                })
        },
    },
    Extension {
        name: "x-cart-absent",
        on: Some(&[Kind::Document]),
        shape: "`verb: {state: none | unknown | not-described, why: text}` for each absent cart verb",
        fits: |node| {
            node.is_map()
                && node.iter_map().all(|(key, entry)| {
                    CART_VERBS.contains(&key.text.as_str())
                        && matches!(
                            entry.text("state"),
                            Some("none" | "unknown" | "not-described")
                        )
                        && entry.get("why").is_some_and(is_line)
                        && entry.iter_map().count() == 2
                })
        },
    },
    Extension {
        name: "x-retry",
        on: Some(&[Kind::Operation]),
        shape: "`safe` or `unsafe`",
        fits: |node| matches!(node.as_str(), Some("safe" | "unsafe")),
    },
    Extension {
        name: "x-failure",
        on: Some(&[Kind::Operation]),
        shape: "`present: key`, `equals: {key: value}` or `any: [rule, …]`, and `schema: '#/components/schemas/Name'`; dots in a key lead into objects",
        fits: |node| {
            let told = match node.get("any") {
                Some(rules) => {
                    rules.iter_seq().count() > 1
                        && rules
                            .iter_seq()
                            .all(|rule| is_rule(rule) && rule.iter_map().count() == 1)
                }
                None => is_rule(node),
            };
            let schema = node.text("schema");
            let local = schema.is_some_and(|schema| schema.starts_with("#/components/schemas/"));
            told && local && node.iter_map().count() == 2
        },
    },
    Extension {
        name: "x-paging",
        on: Some(&[Kind::Operation]),
        shape: "`items: path` with `page: parameter` and, where the answer tells it, `pages: path`, or with `cursor: parameter` and `next: path`; dots in a path lead into objects",
        fits: super::paging::is_paging,
    },
    Extension {
        name: "x-variant-keys",
        on: Some(&[Kind::Schema]),
        shape: "`Branch: key` or `Branch: {key: constant}` for each object branch, beside `oneOf`",
        fits: |node| {
            let one = |(_, entry): (_, &Node)| match &entry.value {
                Value::String(key) => !key.is_empty(),
                Value::Map(entries) => {
                    entries.len() == 1 && entries.iter().all(|(_, value)| value.as_str().is_some())
                }
                _ => false,
            };
            node.iter_map().count() > 0 && node.iter_map().all(one)
        },
    },
    Extension {
        name: "x-json-text",
        on: Some(&[Kind::Schema]),
        shape: "`'#/components/schemas/Name'`, on a string: the component whose JSON the text holds",
        fits: |node| {
            node.as_str()
                .is_some_and(|name| name.starts_with("#/components/schemas/"))
        },
    },
    Extension {
        name: "x-unverified",
        on: None,
        shape: "a text that says why",
        fits: |node| node.as_str().is_some_and(|why| !why.trim().is_empty()),
    },
    Extension {
        name: "x-source",
        on: Some(&[Kind::Operation, Kind::Schema]),
        shape: "an absolute http(s) address",
        fits: |node| {
            node.as_str().is_some_and(|url| {
                let scheme = url.starts_with("https://") || url.starts_with("http://");
                scheme && !url.contains(char::is_whitespace)
            })
        },
    },
];

fn is_line(node: &Node) -> bool {
    node.as_str().is_some_and(|text| !text.trim().is_empty())
}

fn extension(name: &str) -> Option<&'static Extension> {
    EXTENSIONS.iter().find(|extension| extension.name == name)
}

/// Every `x-` keyword with the object that it stands on, its pointer and its value.
fn each<'c, 'd>(
    context: &'c Context<'d>,
) -> impl Iterator<Item = (&'c Visit<'d>, String, &'d str, &'d Node)> {
    context.visits.iter().flat_map(|visit| {
        let entries = visit.node.iter_map();
        entries
            .filter(|(key, _)| key.text.starts_with("x-"))
            .map(move |(key, node)| {
                let pointer = format!("{}/{}", visit.pointer, pointer_token(&key.text));
                (visit, pointer, key.text.as_str(), node)
            })
    })
}

fn extension_unknown(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (_, pointer, name, _) in each(context) {
        if extension(name).is_some() {
            continue;
        }
        let problem = Problem::new(&pointer, format!("`{name}` isn't a known extension"));
        let names = EXTENSIONS.iter().map(|extension| extension.name);
        out.push(match nearest(name, names) {
            Some(near) => problem.mend(format!("did you mean `{near}`?")),
            None => problem,
        });
    }
}

fn extension_place(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (visit, pointer, name, _) in each(context) {
        let kinds = extension(name).and_then(|extension| extension.on);
        if kinds.is_some_and(|kinds| !kinds.contains(&visit.kind)) {
            out.push(Problem::new(
                &pointer,
                format!("`{name}` isn't for this place"),
            ));
        } else if name == "x-variant-keys" && !visit.node.has("oneOf") {
            let message = "`x-variant-keys` stands here without `oneOf`";
            out.push(Problem::new(&pointer, message));
        }
    }
}

fn extension_shape(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (_, pointer, name, node) in each(context) {
        if let Some(extension) = extension(name)
            && !(extension.fits)(node)
        {
            out.push(
                Problem::new(&pointer, format!("`{name}` has to be {}", extension.shape))
                    .mend(format!("write {}", extension.shape)),
            );
        }
    }
}
