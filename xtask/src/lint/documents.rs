//! The document as a whole: version, server, keywords, references, paths.

use std::collections::BTreeSet;

use super::context::{Context, Problem, collisions};
use super::grammar::Kind;
use super::operations::security_undeclared;
use super::patterns::pattern;
use super::rust_names::{is_keyword, snake};
use super::schemas::schema_type;
use super::structures::in_place_cycles;
use super::words::nearest;
use super::{Rule, Severity};
use crate::load::{Lost, Node, ResolveError, pointer_token};
use crate::visible::is_hidden;

const VERSION: Rule = Rule {
    id: "openapi-version",
    severity: Severity::Error,
    summary: "The document is OpenAPI 3.0.x.",
    why: "the generator reads no other; Swagger 2.0 and OpenAPI 3.1 write servers, bodies, null, bounds and references differently",
    mend: "convert it to OpenAPI 3.0.3 first",
    check: |_, _| {},
};

const WRONG_TYPE: Rule = Rule {
    id: "wrong-type",
    severity: Severity::Error,
    summary: "Every keyword's value has the type that OpenAPI 3.0 gives it.",
    why: "YAML reads `1.0` as a number and `no` as text; what is read isn't always what was meant",
    mend: "write the value in the keyword's type",
    check: wrong_type,
};

pub(super) const RULES: &[Rule] = &[
    VERSION,
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
    WRONG_TYPE,
    Rule {
        id: "hidden-characters",
        severity: Severity::Warning,
        summary: "No text holds control characters, nor others that can't be seen, such as those that turn the direction of reading.",
        why: "a reviewer doesn't see them; the documentation shows them as spaces and line ends, and names keep them on the wire",
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
        why: "a schema becomes a type all the same, and a scheme one that no call carries; the others generate nothing. Usually a reference is missing or misspelt",
        mend: "reference it, or remove it",
        check: component_unused,
    },
    Rule {
        id: "path-form",
        severity: Severity::Error,
        summary: "A path begins with a slash and holds no query, space or control character; each `{parameter}` stands in it once.",
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

/// Why a document is no OpenAPI 3.0 at all, and by which rule.
pub(super) fn not_openapi(root: &Node) -> Option<(&'static Rule, Problem)> {
    if !root.is_map() {
        let message = format!("the document is {}, and has to be a mapping", root.kind());
        let mend = "write an OpenAPI document: `openapi: 3.0.3`, `info`, `servers`, `paths`";
        return Some((&WRONG_TYPE, Problem::new("", message).mend(mend)));
    }
    let version = |key: &str| {
        let node = root.get(key)?;
        let number = || Some(node.as_number()?.to_string());
        node.as_str().map(str::to_owned).or_else(number)
    };
    let Some(openapi) = version("openapi") else {
        if root.has("openapi") {
            return None;
        }
        let others = [
            ("swagger", "Swagger"),
            ("swaggerVersion", "Swagger"),
            ("asyncapi", "AsyncAPI"),
            ("arazzo", "Arazzo"),
            ("overlay", "OpenAPI Overlay"),
            ("$schema", "JSON Schema"),
        ];
        if let Some((key, name)) = others.iter().find(|(key, _)| root.has(key)) {
            let number = version(key).filter(|_| *key != "$schema");
            let number = number
                .map(|number| format!(" {number}"))
                .unwrap_or_default();
            let message = format!("this document is {name}{number}, and only OpenAPI 3.0 is read");
            return Some((&VERSION, Problem::new(&format!("/{key}"), message)));
        }
        if root.has("paths") {
            return None;
        }
        let message = "the document doesn't say that it is OpenAPI, and has no `paths`";
        let mend = "write `openapi: 3.0.3` at its top, and `paths`";
        return Some((&VERSION, Problem::new("", message).mend(mend)));
    };
    if openapi == "3.0" || openapi.starts_with("3.0.") {
        return None;
    }
    let message = format!("this document is OpenAPI {openapi}, and only 3.0 is read");
    let problem = Problem::new("/openapi", message);
    Some((&VERSION, match openapi.starts_with("3.") {
        true => problem.mend("write it as OpenAPI 3.0.3: `nullable: true` for `null` types, `enum` for `const`, true or false for exclusive bounds"),
        false => problem,
    }))
}

fn wrong_type(context: &Context<'_>, out: &mut Vec<Problem>) {
    // A value that JSON doesn't have is of no type, and told by a rule of its own.
    let pointers = context.document.lost_pointers();
    let losses = context.document.losses.iter();
    let lost: BTreeSet<&String> = losses
        .filter(|loss| matches!(loss.lost, Lost::Value(_)))
        .flat_map(|loss| pointers.get(&loss.position).into_iter().flatten())
        .collect();
    let problems = context.walk.wrong_type.iter();
    out.extend(
        problems
            .filter(|problem| !lost.contains(&problem.pointer))
            .cloned(),
    );
}

fn hidden_characters(context: &Context<'_>, out: &mut Vec<Problem>) {
    let mut open = vec![(String::new(), &context.document.root)];
    while let Some((pointer, node)) = open.pop() {
        // What becomes part of an address is refused by rules of its own.
        let is_server = pointer.starts_with("/servers/") && pointer.ends_with("/url");
        if let Some(found) = node.as_str().and_then(hidden).filter(|_| !is_server) {
            let message = format!("this text holds the character U+{:04X}", u32::from(found));
            out.push(Problem::new(&pointer, message));
        }
        for (key, child) in node.iter_map() {
            let is_path = pointer == "/paths";
            let pointer = format!("{pointer}/{}", pointer_token(&key.text));
            if let Some(found) = hidden(&key.text).filter(|_| !is_path) {
                let message = format!("this name holds the character U+{:04X}", u32::from(found));
                out.push(Problem::new(&pointer, message));
            }
            open.push((pointer, child));
        }
        let elements = node.iter_seq().enumerate();
        open.extend(elements.map(|(index, child)| (format!("{pointer}/{index}"), child)));
    }
}

/// The first character of a text that a reader doesn't see; line ends and tabs are none.
fn hidden(text: &str) -> Option<char> {
    text.chars()
        .find(|character| is_hidden(*character) && !"\t\n\r".contains(*character))
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
            Some(rest) if rest.contains(is_hidden) => "holds a character that can't be seen",
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
    // Each guess looks at every name: for a document without its components that would take minutes.
    const GUESSES: usize = 100;
    let mut guesses = 0;
    for visit in &context.visits {
        let Some(section) = visit.kind.section().filter(|_| visit.node.has("$ref")) else {
            continue;
        };
        let pointer = format!("{}/$ref", visit.pointer);
        let problem = match context.document.resolve(visit.node) {
            Err(ResolveError::Cycle(_)) if visit.kind == Kind::Schema => continue,
            Err(error @ ResolveError::Empty) => {
                let problem = Problem::new(&pointer, error.to_string());
                let line = visit.node.key_position("$ref").map(|place| place.line);
                match line.and_then(|line| context.document.commented_reference(line)) {
                    Some(reference) => {
                        let message = format!("{error}: to YAML, `{reference}` is a comment");
                        let mend = format!("quote it: `$ref: '{reference}'`");
                        Problem::new(&pointer, message).mend(mend)
                    }
                    None => problem.mend(format!(
                        "write `$ref: '#/components/{section}/<name>'`, with the quotes: `#` begins a comment"
                    )),
                }
            }
            Err(error @ ResolveError::Missing(_)) => {
                let problem = Problem::new(&pointer, error.to_string());
                let reference = visit.reference().unwrap_or_default();
                let name = reference.rsplit('/').next().unwrap_or_default();
                let components = format!("/components/{section}");
                let known = context.document.pointer(&components);
                let all = context.document.pointer("/components");
                if [all, known]
                    .into_iter()
                    .flatten()
                    .any(|node| !node.is_map())
                {
                    // That is wrong already, and the reason for this.
                    continue;
                }
                let known = known.into_iter();
                let mut names = known
                    .flat_map(Node::iter_map)
                    .map(|(key, _)| key.text.as_str());
                guesses += 1;
                let near = (guesses <= GUESSES).then(|| nearest(name, &mut names));
                match near.flatten() {
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
    // Where a name is misspelt, what it was to name is unused as well.
    let is_broken = |node| matches!(context.document.resolve(node), Err(error) if !matches!(error, ResolveError::Cycle(_)));
    let mut references = context.visits.iter().filter(|visit| visit.node.has("$ref"));
    if !context.has_paths() || references.any(|visit| is_broken(visit.node)) {
        return;
    }
    let mut broken = Vec::new();
    security_undeclared(context, &mut broken);
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
            Kind::SecurityScheme => schemes.contains(&name.as_str()) || !broken.is_empty(),
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
            _ if path.contains(['?', '#', ' ']) => "holds more than a path",
            _ if path.contains(is_hidden) => "holds a character that can't be seen",
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
