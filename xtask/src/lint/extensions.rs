//! The extensions: what each may hold, and where it may stand.

use super::context::{Context, Problem};
use super::grammar::Kind;
use super::walk::Visit;
use super::words::{instead, nearest};
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

/// Whether a call may be repeated.
const RETRIES: &[&str] = &["safe", "unsafe"];

/// Why a cart verb has no operation.
const STATES: &[&str] = &["none", "unknown", "not-described"];

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
                        && entry
                            .text("state")
                            .is_some_and(|state| STATES.contains(&state))
                        && entry.get("why").is_some_and(is_line)
                        && entry.iter_map().count() == 2
                })
        },
    },
    Extension {
        name: "x-retry",
        on: Some(&[Kind::Operation]),
        shape: "`safe` or `unsafe`",
        fits: |node| node.as_str().is_some_and(|word| RETRIES.contains(&word)),
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
        let Some(extension) = extension(name).filter(|extension| !(extension.fits)(node)) else {
            continue;
        };
        if let Some(problem) = commented(context, &pointer, name, node) {
            out.push(problem);
            continue;
        }
        let words = wrong_words(&pointer, name, node);
        if words.is_empty() {
            let message = format!("`{name}` has to be {}", extension.shape);
            let mend = format!("write {}", extension.shape);
            out.push(Problem::new(&pointer, message).mend(mend));
        }
        out.extend(words);
    }
}

/// A reference that YAML took for a comment, because nobody has quoted it.
fn commented(context: &Context<'_>, pointer: &str, name: &str, node: &Node) -> Option<Problem> {
    let (pointer, empty) = match name {
        "x-json-text" => (pointer.to_owned(), Some(node)),
        "x-failure" => (format!("{pointer}/schema"), node.get("schema")),
        _ => return None,
    };
    empty.filter(|node| node.is_null())?;
    let line = context.document.position(&pointer).line;
    let reference = context.document.commented_reference(line)?;
    let key = pointer.rsplit('/').next().unwrap_or_default();
    let message = format!("`{key}` is empty: to YAML, `{reference}` is a comment");
    Some(Problem::new(&pointer, message).mend(format!("quote it: `'{reference}'`")))
}

/// The words in an extension's value that it doesn't know, each with those that it does.
fn wrong_words(pointer: &str, name: &str, node: &Node) -> Vec<Problem> {
    let unknown = |place: String, word: &str, what: &str, allowed: &[&str]| {
        let is_known = allowed.contains(&word);
        let problem = Problem::new(&place, format!("`{word}` isn't {what}"));
        (!is_known).then(|| problem.mend(instead(word, allowed)))
    };
    let keys = |place: &str, node: &Node, allowed: &[&str]| -> Vec<Problem> {
        let keys = node.iter_map().map(|(key, _)| key.text.as_str());
        keys.filter_map(|key| {
            let place = format!("{place}/{}", pointer_token(key));
            unknown(place, key, "a key here", allowed)
        })
        .collect()
    };
    match name {
        "x-retry" => {
            let word = node.as_str();
            let what = "a value of `x-retry`";
            let problem = word.and_then(|word| unknown(pointer.to_owned(), word, what, RETRIES));
            problem.into_iter().collect()
        }
        "x-cart-operation" => {
            let verbs = node.iter_seq().enumerate();
            let verbs = verbs.filter_map(|(index, verb)| Some((index, verb.as_str()?)));
            verbs
                .filter_map(|(index, verb)| {
                    unknown(
                        format!("{pointer}/{index}"),
                        verb,
                        "a cart verb",
                        CART_VERBS,
                    )
                })
                .collect()
        }
        "x-cart-absent" => {
            let mut problems = Vec::new();
            for (key, entry) in node.iter_map() {
                let place = format!("{pointer}/{}", pointer_token(&key.text));
                problems.extend(unknown(place.clone(), &key.text, "a cart verb", CART_VERBS));
                problems.extend(keys(&place, entry, &["state", "why"]));
                let state = entry.text("state");
                problems.extend(state.and_then(|state| {
                    let what = "a state of an absent verb";
                    unknown(format!("{place}/state"), state, what, STATES)
                }));
            }
            problems
        }
        "x-failure" => keys(pointer, node, &["present", "equals", "any", "schema"]),
        "x-paging" => keys(pointer, node, &["items", "page", "pages", "cursor", "next"]),
        _ => Vec::new(),
    }
}
