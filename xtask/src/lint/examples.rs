//! Examples and defaults: each has to be what its schema says.

use std::collections::BTreeSet;
use std::path::Path;

use super::context::{Context, Problem};
use super::documents::is_sound;
use super::failures::Failures;
use super::grammar::Kind;
use super::json_text::mismatches;
use super::walk::Visit;
use super::{Rule, Severity};
use crate::load::{Node, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "example-form",
        severity: Severity::Error,
        summary: "An example has a one-line summary, and either a `value` or an `externalValue` of the form `examples/<name>.json`.",
        why: "examples are the evidence for a schema: a reader has to know what each shows, and a test has to find it",
        mend: "write `summary` and `externalValue: examples/<name>.json`",
        check: example_form,
    },
    Rule {
        id: "example-file",
        severity: Severity::Error,
        summary: "Every `externalValue` is a file, and JSON.",
        why: "the payload that the example promises isn't there",
        mend: "write the bare JSON payload into the file",
        check: example_file,
    },
    Rule {
        id: "example-mismatch",
        severity: Severity::Error,
        summary: "Every example matches its schema, and the JSON in its texts the component that `x-json-text` names; a failure by `x-failure` matches the failure's schema instead.",
        why: "either the schema or the example says what the vendor doesn't",
        mend: "correct the schema if the vendor sends this, else the example",
        check: example_mismatch,
    },
    Rule {
        id: "default-mismatch",
        severity: Severity::Error,
        summary: "Every `default` matches its schema.",
        why: "the value that stands for an absent one couldn't be sent",
        mend: "correct the default or the schema",
        check: default_mismatch,
    },
    Rule {
        id: "example-unused",
        severity: Severity::Error,
        summary: "Every file in `examples` is referenced.",
        why: "a payload that nothing references is checked by nothing",
        mend: "reference it from the operation that it shows, or remove it",
        check: example_unused,
    },
];

/// The file's path below the document's folder, if `externalValue` has the one form that it may have.
fn example_path(external: &str) -> Option<&str> {
    let name = external.strip_prefix("examples/")?;
    let stem = name.strip_suffix(".json")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    (!stem.is_empty() && !stem.starts_with('.') && stem.chars().all(plain)).then_some(external)
}

fn example_form(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Example) {
        if visit.reference().is_some() {
            continue;
        }
        let node = visit.node;
        let summary = node.text("summary").unwrap_or_default().trim();
        if summary.is_empty() || summary.contains('\n') {
            out.push(Problem::new(
                &visit.pointer,
                "this example has no one-line `summary`",
            ));
        }
        match (node.has("value"), node.text("externalValue")) {
            (true, Some(_)) => {
                let message = "this example has both `value` and `externalValue`";
                out.push(Problem::new(&visit.pointer, message));
            }
            (false, None) => {
                out.push(Problem::new(&visit.pointer, "this example has no payload"));
            }
            (_, Some(external)) if example_path(external).is_none() => out.push(Problem::new(
                &format!("{}/externalValue", visit.pointer),
                format!("`{external}` isn't of the form `examples/<name>.json`"),
            )),
            _ => {}
        }
    }
}

/// The payload in an example file, or what is wrong with the file.
fn read(base_dir: &Path, external: &str) -> Result<serde_json::Value, String> {
    let text =
        std::fs::read_to_string(base_dir.join(external)).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file `{external}`"),
            _ => format!("`{external}` can't be read: {error}"),
        })?;
    serde_json::from_str(&text).map_err(|error| format!("`{external}` isn't JSON: {error}"))
}

fn example_file(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.of_kind(Kind::Example) {
        let external = visit.node.text("externalValue").and_then(example_path);
        let error = external.and_then(|external| read(context.base_dir, external).err());
        if let Some(message) = error {
            out.push(Problem::new(
                &format!("{}/externalValue", visit.pointer),
                message,
            ));
        }
    }
}

/// Adds what keeps `payload` from matching the schema at `schema`.
fn compare(
    context: &Context<'_>,
    schema: &str,
    payload: &serde_json::Value,
    (pointer, name): (&str, &str),
    out: &mut Vec<Problem>,
) {
    match mismatches(context, schema, payload) {
        Ok(found) => out.extend(found.into_iter().map(|mismatch| {
            let place = match mismatch.path.as_str() {
                "" => String::new(),
                path => format!(" at `{path}`"),
            };
            Problem::new(pointer, format!("{name}{place}: {}", mismatch.message))
        })),
        Err(error) => out.push(Problem::new(
            pointer,
            format!("{name} can't be held against its schema: {error}"),
        )),
    }
}

fn example_mismatch(context: &Context<'_>, out: &mut Vec<Problem>) {
    if !is_sound(context) {
        return;
    }
    for held in payloads(context, example_path) {
        let place = (held.pointer.as_str(), held.name.as_str());
        compare(context, &held.schema, &held.payload, place, out);
    }
}

/// A payload that is an example, and what it is an example of.
pub(crate) struct Held {
    /// The pointer of the example.
    pub(crate) pointer: String,
    /// The pointer of the schema, media type, parameter or header that it stands beside.
    pub(crate) beside: String,
    /// What messages call it: `examples/<name>.json` for a file.
    pub(crate) name: String,
    /// Whether it is a file of its own.
    pub(crate) is_file: bool,
    /// The payload.
    pub(crate) payload: serde_json::Value,
    /// The pointer of the schema that it has to match.
    pub(crate) schema: String,
}

/// The examples of a document; `readable` says which files may be read.
pub(crate) fn payloads(
    context: &Context<'_>,
    readable: impl Fn(&str) -> Option<&str>,
) -> Vec<Held> {
    let judge = Judge::of(context);
    let mut list = Vec::new();
    for visit in &context.visits {
        let examples = match visit.kind {
            Kind::Schema => inline(visit),
            Kind::MediaType | Kind::Parameter | Kind::Header if visit.node.has("schema") => {
                let mut examples = inline(visit);
                examples.extend(named(context, visit, &readable));
                examples
            }
            _ => continue,
        };
        list.extend(examples.into_iter().filter_map(|example| {
            Some(Held {
                schema: judge.schema(&visit.pointer, &example.payload)?,
                beside: visit.pointer.clone(),
                pointer: example.pointer,
                name: example.name,
                is_file: example.is_file,
                payload: example.payload,
            })
        }));
    }
    list
}

/// Says which schema a payload has to match.
pub(crate) struct Judge<'c, 'd> {
    context: &'c Context<'d>,
    failures: Failures<'d>,
}

impl<'c, 'd> Judge<'c, 'd> {
    pub(crate) fn of(context: &'c Context<'d>) -> Self {
        let failures = Failures::of(context);
        Self { context, failures }
    }

    /// The pointer of the schema for a payload beside the schema, media type, parameter or header at `pointer`; `None` when there
    /// is none.
    pub(crate) fn schema(&self, pointer: &str, payload: &serde_json::Value) -> Option<String> {
        let failure = self.failures.schema(self.context, pointer, payload);
        let own = || {
            let visits = self.context.visits.iter();
            let mut at = visits.filter(|visit| visit.pointer == pointer);
            let visit = at.next()?;
            match visit.kind {
                Kind::Schema => Some(pointer.to_owned()),
                _ if visit.node.has("schema") => Some(format!("{pointer}/schema")),
                _ => None,
            }
        };
        failure.map(str::to_owned).or_else(own)
    }
}

/// A payload that is an example of what it stands beside.
struct Example {
    pointer: String,
    /// What messages call it.
    name: String,
    is_file: bool,
    payload: serde_json::Value,
}

fn inline(visit: &Visit<'_>) -> Vec<Example> {
    let example = visit.node.get("example");
    let example = example.filter(|_| visit.reference().is_none());
    let listed = example.map(|example| Example {
        pointer: format!("{}/example", visit.pointer),
        name: "`example`".to_owned(),
        is_file: false,
        payload: example.to_json(),
    });
    listed.into_iter().collect()
}

fn named(
    context: &Context<'_>,
    visit: &Visit<'_>,
    readable: impl Fn(&str) -> Option<&str>,
) -> Vec<Example> {
    let mut list = Vec::new();
    let examples = visit.node.get("examples");
    for (key, entry) in examples.into_iter().flat_map(Node::iter_map) {
        let Ok(example) = context.document.resolve(entry) else {
            continue;
        };
        let pointer = format!("{}/examples/{}", visit.pointer, pointer_token(&key.text));
        if let Some(value) = example.get("value") {
            list.push(Example {
                pointer: pointer.clone(),
                name: format!("`{}`", key.text),
                is_file: false,
                payload: value.to_json(),
            });
        }
        let external = example.text("externalValue").and_then(&readable);
        if let Some(external) = external
            && let Ok(payload) = read(context.base_dir, external)
        {
            list.push(Example {
                pointer,
                name: external.to_owned(),
                is_file: true,
                payload,
            });
        }
    }
    list
}

fn default_mismatch(context: &Context<'_>, out: &mut Vec<Problem>) {
    if !is_sound(context) {
        return;
    }
    for visit in context.schemas() {
        if let Some(default) = visit.node.get("default") {
            let pointer = format!("{}/default", visit.pointer);
            compare(
                context,
                &visit.pointer,
                &default.to_json(),
                (&pointer, "`default`"),
                out,
            );
        }
    }
}

fn example_unused(context: &Context<'_>, out: &mut Vec<Problem>) {
    if !context.has_paths() {
        return;
    }
    let used: BTreeSet<&str> = context
        .of_kind(Kind::Example)
        .filter_map(|visit| visit.node.text("externalValue"))
        .collect();
    // A document without the folder has no files that could be unused.
    let Ok(entries) = std::fs::read_dir(context.base_dir.join("examples")) else {
        return;
    };
    let names: BTreeSet<String> = entries
        .filter_map(|entry| {
            Some(format!(
                "examples/{}",
                entry.ok()?.file_name().to_string_lossy()
            ))
        })
        .collect();
    for name in names.iter().filter(|name| !used.contains(name.as_str())) {
        out.push(Problem::new(
            "",
            format!("`{name}` is referenced from nowhere"),
        ));
    }
}
