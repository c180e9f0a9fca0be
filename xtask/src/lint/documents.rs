//! The document as a whole: version, server, keywords, references, paths.

use super::context::{Context, Problem, collisions};
use super::grammar::Kind;
use super::rust_names::{is_keyword, snake};
use super::schemas::{pattern, schema_type};
use super::structures::in_place_cycles;
use super::walk::nearest;
use super::{Rule, Severity};
use crate::load::{Node, ResolveError, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "openapi-version",
        severity: Severity::Error,
        summary: "`openapi` is 3.0.x.",
        why: "the generator reads OpenAPI 3.0 only; 3.1 spells null, bounds and references differently",
        mend: "write `openapi: 3.0.3`",
        check: openapi_version,
    },
    Rule {
        id: "unknown-keyword",
        severity: Severity::Error,
        summary: "Every keyword is one that OpenAPI 3.0 has at its place.",
        why: "a misspelt keyword is ignored by every tool, without a word",
        mend: "remove it, or correct its spelling or place",
        check: |context, out| out.extend_from_slice(&context.walk.unknown),
    },
    Rule {
        id: "unsupported-keyword",
        severity: Severity::Error,
        summary: "Keywords that generation doesn't take don't stand in the document.",
        why: "they would be dropped, or break the generation later and less clearly",
        mend: "write it in one of the supported forms",
        check: |context, out| out.extend_from_slice(&context.walk.unsupported),
    },
    Rule {
        id: "missing-field",
        severity: Severity::Error,
        summary: "What OpenAPI 3.0 requires of an object is there.",
        why: "the document can't be read without it",
        mend: "write it",
        check: |context, out| out.extend_from_slice(&context.walk.missing),
    },
    Rule {
        id: "wrong-type",
        severity: Severity::Error,
        summary: "Every keyword's value has the type that OpenAPI 3.0 gives it.",
        why: "YAML reads `1.0` as a number and `no` as text; what is read isn't always what was meant",
        mend: "write the value in the keyword's type",
        check: |context, out| out.extend_from_slice(&context.walk.wrong_type),
    },
    Rule {
        id: "hidden-characters",
        severity: Severity::Error,
        summary: "No text holds control characters, nor characters that change the direction of reading.",
        why: "a reviewer doesn't see them; the compiler refuses some, and a manifest the others",
        mend: "remove it, or name it in words",
        check: hidden_characters,
    },
    Rule {
        id: "server",
        severity: Severity::Error,
        summary: "There is one server: an absolute http(s) address without query, fragment or closing slash.",
        why: "a client has one base address, to which the paths are appended",
        mend: "write one server, such as `url: https://api.example.com/stores/{store}`",
        check: server,
    },
    Rule {
        id: "server-variable",
        severity: Severity::Error,
        summary: "The server's `{variables}` and its declared `variables` are the same; each stands in the url once and makes a Rust name of its own.",
        why: "each becomes an argument of `Client::server_url`",
        mend: "declare it under `variables`, or remove it",
        check: server_variable,
    },
    Rule {
        id: "ref-unresolved",
        severity: Severity::Error,
        summary: "Every `$ref` is `#/components/<section>/<name>`, and names a component of the kind that belongs there.",
        why: "one document is the whole truth about a vendor; other files and paths aren't followed",
        mend: "name a component of this document",
        check: ref_unresolved,
    },
    Rule {
        id: "ref-siblings",
        severity: Severity::Error,
        summary: "Nothing that means something stands beside a `$ref`.",
        why: "OpenAPI 3.0 ignores what stands there; only `x-unverified` and `x-source`, which are for readers, may",
        mend: "wrap it: `allOf: [{$ref: …}]`, with the other keywords beside `allOf`",
        check: ref_siblings,
    },
    Rule {
        id: "component-unused",
        severity: Severity::Warning,
        summary: "Every component is reached from an operation.",
        why: "an unused component generates nothing; usually a reference to it is missing or misspelt",
        mend: "reference it, or remove it",
        check: component_unused,
    },
    Rule {
        id: "path-form",
        severity: Severity::Error,
        summary: "A path begins with a slash, doesn't end with one, and holds no query; each `{parameter}` stands in it once.",
        why: "the path is appended to the server's address as it is",
        mend: "correct the path",
        check: path_form,
    },
    Rule {
        id: "path-ambiguous",
        severity: Severity::Error,
        summary: "No two paths differ by their parameters' names alone.",
        why: "a server can't tell them apart",
        mend: "merge the two",
        check: path_ambiguous,
    },
];

fn openapi_version(context: &Context<'_>, out: &mut Vec<Problem>) {
    let Some(version) = context.document.root.text("openapi") else {
        return;
    };
    let mut numbers = version.split('.');
    match (numbers.next(), numbers.next()) {
        (Some("3"), Some("0")) => {}
        (Some("3"), Some("1")) => out.push(
            Problem::new("/openapi", "OpenAPI 3.1 isn't supported").mend(
                "write `openapi: 3.0.3`, `nullable: true` for `null` types and `enum` for `const`",
            ),
        ),
        _ => out.push(Problem::new(
            "/openapi",
            format!("`{version}` isn't OpenAPI 3.0"),
        )),
    }
}

fn hidden_characters(context: &Context<'_>, out: &mut Vec<Problem>) {
    let mut open = vec![(String::new(), &context.document.root)];
    while let Some((pointer, node)) = open.pop() {
        if let Some(found) = node.as_str().and_then(hidden) {
            let message = format!("this text holds the character U+{:04X}", u32::from(found));
            out.push(Problem::new(&pointer, message));
        }
        for (key, child) in node.iter_map() {
            let pointer = format!("{pointer}/{}", pointer_token(&key.text));
            if let Some(found) = hidden(&key.text) {
                let message = format!("this name holds the character U+{:04X}", u32::from(found));
                out.push(Problem::new(&pointer, message));
            }
            open.push((pointer, child));
        }
        let elements = node.iter_seq().enumerate();
        open.extend(elements.map(|(index, child)| (format!("{pointer}/{index}"), child)));
    }
}

fn hidden(text: &str) -> Option<char> {
    text.chars().find(|character| {
        let turns = matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
        turns || character.is_control() && !"\t\n\r".contains(*character)
    })
}

fn server(context: &Context<'_>, out: &mut Vec<Problem>) {
    let servers = context.document.root.get("servers").and_then(Node::as_seq);
    let Some(servers) = servers else { return };
    if servers.len() != 1 {
        let message = format!("there are {} servers", servers.len());
        out.push(Problem::new("/servers", message));
    }
    for (index, server) in servers.iter().enumerate() {
        let Some(url) = server.text("url") else {
            continue;
        };
        let rest = url
            .strip_prefix("https://")
            .or_else(|| url.strip_prefix("http://"));
        let wrong = match rest {
            None => "isn't an absolute http(s) address",
            Some(rest) if rest.is_empty() || rest.starts_with('/') => "names no host",
            Some(rest) if rest.ends_with('/') => "ends with a slash",
            Some(rest) if rest.contains(['?', '#', ' ']) => "holds more than scheme, host and path",
            Some(rest) if template_parameters(rest).is_none() => "has unpaired braces",
            Some(_) => continue,
        };
        out.push(Problem::new(
            &format!("/servers/{index}/url"),
            format!("`{url}` {wrong}"),
        ));
    }
}

fn server_variable(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Server) {
        let url = visit.node.text("url").unwrap_or_default();
        let used = template_parameters(url).unwrap_or_default();
        let variables = visit.node.get("variables").into_iter();
        let declared: Vec<_> = variables
            .flat_map(Node::iter_map)
            .map(|(key, _)| key.text.as_str())
            .collect();
        for name in used.iter().filter(|name| !declared.contains(name)) {
            out.push(Problem::new(
                &format!("{}/url", visit.pointer),
                format!("`{{{name}}}` isn't declared"),
            ));
        }
        for (index, name) in used.iter().enumerate() {
            let argument = snake(name);
            let mut earlier = used.iter().take(index);
            let clash = earlier.find(|earlier| snake(earlier) == argument);
            let message = if let Some(first) = clash {
                format!("`{{{first}}}` and `{{{name}}}` both become the argument `{argument}`")
            } else if !is_plain(name) || is_keyword(&argument) || argument == "encode_path" {
                format!("`{{{name}}}` makes no name for an argument")
            } else {
                continue;
            };
            out.push(
                Problem::new(&format!("{}/url", visit.pointer), message)
                    .mend("rename it: the name never reaches the vendor"),
            );
        }
        for name in declared.iter().filter(|name| !used.contains(name)) {
            out.push(Problem::new(
                &format!("{}/variables/{}", visit.pointer, pointer_token(name)),
                format!("`{name}` doesn't stand in the url"),
            ));
        }
    }
}

/// Whether a name is ASCII letters, digits, `_` and `-`, beginning with a letter.
fn is_plain(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|character| character.is_ascii_alphanumeric() || "_-".contains(character))
}

fn ref_unresolved(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in &context.visits {
        let Some(section) = visit.kind.section().filter(|_| visit.node.has("$ref")) else {
            continue;
        };
        let pointer = format!("{}/$ref", visit.pointer);
        let problem = match context.document.resolve(visit.node) {
            Err(ResolveError::Cycle(_)) if visit.kind == Kind::Schema => continue,
            Err(error @ ResolveError::Missing(_)) => {
                let problem = Problem::new(&pointer, error.to_string());
                let reference = visit.reference().unwrap_or_default();
                let name = reference.rsplit('/').next().unwrap_or_default();
                let components = format!("/components/{section}");
                let known = context.document.pointer(&components).into_iter();
                let mut names = known
                    .flat_map(Node::iter_map)
                    .map(|(key, _)| key.text.as_str());
                match nearest(name, &mut names) {
                    Some(near) => problem.mend(format!("did you mean `#{components}/{near}`?")),
                    None => problem,
                }
            }
            Err(error) => Problem::new(&pointer, error.to_string()),
            Ok(_) => {
                let reference = visit.reference().unwrap_or_default();
                if reference.starts_with(&format!("#/components/{section}/")) {
                    continue;
                }
                Problem::new(
                    &pointer,
                    format!("`{reference}` isn't one of the {section}"),
                )
            }
        };
        out.push(problem);
    }
}

fn ref_siblings(context: &Context<'_>, out: &mut Vec<Problem>) {
    let references = context.visits.iter();
    for visit in references.filter(|visit| visit.reference().is_some()) {
        for (key, _) in visit.node.iter_map() {
            if matches!(key.text.as_str(), "$ref" | "x-unverified" | "x-source") {
                continue;
            }
            let problem = Problem::new(
                &format!("{}/{}", visit.pointer, pointer_token(&key.text)),
                format!("`{}` stands beside a `$ref`, where it is ignored", key.text),
            );
            out.push(if visit.kind == Kind::Schema {
                problem
            } else {
                problem.mend("write it into the component, or write the component out here")
            });
        }
    }
}

fn component_unused(context: &Context<'_>, out: &mut Vec<Problem>) {
    let mut roots = vec!["/paths".to_owned()];
    roots.extend(
        context
            .operations
            .iter()
            .map(|operation| operation.pointer.clone()),
    );
    let reached = context.reached_from(&roots);
    let requirements = context
        .visits
        .iter()
        .filter_map(|visit| visit.node.get("security"));
    let schemes: Vec<&str> = requirements
        .flat_map(Node::iter_seq)
        .flat_map(Node::iter_map)
        .map(|(key, _)| key.text.as_str())
        .collect();
    for visit in &context.visits {
        let Some(name) = visit.component() else {
            continue;
        };
        let used = match visit.kind {
            Kind::SecurityScheme => schemes.contains(&name.as_str()),
            _ => reached.contains(&visit.pointer),
        };
        if !used {
            let message = format!("`{name}` is reached from no operation");
            out.push(Problem::new(&visit.pointer, message));
        }
    }
}

fn path_form(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (pointer, path) in paths(context) {
        let wrong = match template_parameters(path) {
            _ if !path.starts_with('/') => "doesn't begin with a slash",
            _ if path.len() > 1 && path.ends_with('/') => "ends with a slash",
            _ if path.contains(['?', '#', ' ']) => "holds more than a path",
            _ if path.contains("//") => "has an empty segment",
            None => "has unpaired braces",
            Some(names) if !collisions(names.iter().copied(), str::to_owned).is_empty() => {
                "holds a parameter twice"
            }
            Some(_) => continue,
        };
        out.push(Problem::new(&pointer, format!("`{path}` {wrong}")));
    }
}

fn path_ambiguous(context: &Context<'_>, out: &mut Vec<Problem>) {
    let list: Vec<&str> = paths(context).map(|(_, path)| path).collect();
    for (path, first) in collisions(list.into_iter(), without_names) {
        let pointer = format!("/paths/{}", pointer_token(path));
        out.push(Problem::new(
            &pointer,
            format!("`{path}` is the same path as `{first}`"),
        ));
    }
}

fn paths<'d>(context: &Context<'d>) -> impl Iterator<Item = (String, &'d str)> {
    let paths = context.document.root.get("paths").into_iter();
    paths
        .flat_map(Node::iter_map)
        .filter(|(key, _)| !key.text.starts_with("x-"))
        .map(|(key, _)| {
            let pointer = format!("/paths/{}", pointer_token(&key.text));
            (pointer, key.text.as_str())
        })
}

/// A path with the names taken out of its braces.
fn without_names(path: &str) -> String {
    let mut inside = false;
    path.chars()
        .filter(|character| {
            let keep = !inside || *character == '}';
            inside = match character {
                '{' => true,
                '}' => false,
                _ => inside,
            };
            keep
        })
        .collect()
}

/// The names in a template's braces, in order; `None` when the braces don't pair or enclose nothing.
pub(super) fn template_parameters(template: &str) -> Option<Vec<&str>> {
    let mut names = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, tail) = after.split_once('}')?;
        if before.contains('}') || name.is_empty() || name.contains(['{', '/']) {
            return None;
        }
        names.push(name);
        rest = tail;
    }
    (!rest.contains('}')).then_some(names)
}

/// Whether the schemas are whole enough for a validator: examples are held against them only then.
pub(crate) fn is_sound(context: &Context<'_>) -> bool {
    *context.sound.get_or_init(|| {
        let mut broken = Vec::new();
        ref_unresolved(context, &mut broken);
        schema_type(context, &mut broken);
        pattern(context, &mut broken);
        let whole = broken.is_empty() && context.walk.wrong_type.is_empty();
        whole && in_place_cycles(context).is_empty()
    })
}
