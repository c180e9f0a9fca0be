//! Pairs of schemas, and what their difference means. A pair is the text under `paths`: `root` is compared; what stands beside it is
//! there for references.

mod equal;
mod objects;
mod scalars;
mod unions;

use super::{Place, Schemas};
use crate::load::Document;
use crate::review::Direction::{self, Request, Response};
use crate::review::causes::Causes;
use crate::review::source::Source;

/// What differs, as `rule subject: message`, one line per effect; the schema is used by one operation.
fn differ(old: &str, new: &str, direction: Direction, place: Place) -> Vec<String> {
    let document = |name: &str, text: &str| Document::parse(name, text).unwrap();
    let (old, new) = (document("old.yaml", old), document("new.yaml", new));
    let (old, new) = (Source { document: &old }, Source { document: &new });
    let mut schemas = Schemas::new(old, new);
    let old_root = old.document.pointer("/paths/root").unwrap();
    let new_root = new.document.pointer("/paths/root").unwrap();
    let old_root = old.follow(old_root, "/paths/root".to_owned()).unwrap();
    let new_root = new.follow(new_root, "/paths/root".to_owned()).unwrap();
    schemas
        .root(&old_root, &new_root, direction, place, "getCart", "root")
        .unwrap();
    let mut causes = Causes::default();
    schemas.finish(&mut causes).unwrap();
    let lines = causes.into_iter().flat_map(|cause| {
        let effects = cause.effects().into_iter();
        let line = move |id: &str| format!("{id} {}: {}", cause.subject, cause.message);
        effects
            .map(|effect| line(effect.rule.id))
            .collect::<Vec<_>>()
    });
    lines.collect()
}

/// A whole document around an inline root.
fn inline(schema: &str) -> String {
    format!(
        "paths:\n  root:\n    {}\n",
        schema.trim().replace('\n', "\n    ")
    )
}

/// A document whose root is the component `Cart`.
fn component(schema: &str) -> String {
    format!(
        "paths: {{root: {{$ref: '#/components/schemas/Cart'}}}}\ncomponents:\n  schemas:\n    Cart:\n      {}\n",
        schema.trim().replace('\n', "\n      ")
    )
}

/// What two inline schemas differ in, by rule alone.
fn rules(old: &str, new: &str, direction: Direction) -> String {
    let lines = differ(&inline(old), &inline(new), direction, Place::Body);
    let ids = lines.iter().filter_map(|line| line.split(' ').next());
    ids.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn judged(table: &[(&str, &str, &str, &str)]) {
    for (old, new, request, response) in table {
        let context = format!("{old}\n→\n{new}");
        assert_eq!(rules(old, new, Request), *request, "sent: {context}");
        assert_eq!(rules(old, new, Response), *response, "read: {context}");
    }
}
