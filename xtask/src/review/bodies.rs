//! What a call sends as its body, and the media types of bodies in both directions.

use super::Direction;
use super::check;
use super::finder::{Change, Finder, around, keys, short};
use super::parameters::anything;
use super::schemas::{Place, Schemas};
use super::source::{At, Source};
use super::surface::Operation;
use crate::load::{LoadError, Node};
use crate::media::essence;

/// The forms of a body, by media type in lower case and without its parameters.
pub(super) type Forms<'d> = Vec<(String, At<'d>)>;

/// The forms under `content`.
pub(super) fn forms<'d>(source: &Source<'d>, at: &At<'d>) -> Result<Forms<'d>, LoadError> {
    let contents = check::maps_under(source, at, "content")?;
    let forms = contents.into_iter();
    Ok(forms.map(|(media, at)| (essence(&media), at)).collect())
}

/// The schema of a form; anything where it has none.
pub(super) fn schema<'d>(source: &Source<'d>, form: &At<'d>) -> Result<At<'d>, LoadError> {
    let schema = source.child(form, "schema")?;
    Ok(schema.unwrap_or_else(|| anything(&form.pointer)))
}

/// Whether a media type, or one that stands for many, takes this one.
pub(super) fn takes(known: &str, media: &str) -> bool {
    let group = media.split('/').next().unwrap_or_default();
    known == media || known == "*/*" || known == format!("{group}/*")
}

/// Forms of one body that belong together: those of one media type; where both sides have one form only, these.
pub(super) fn pairs<'f, 'o, 'n>(
    old: &'f Forms<'o>,
    new: &'f Forms<'n>,
) -> Vec<(&'f At<'o>, &'f At<'n>)> {
    if let ([(_, before)], [(_, after)]) = (old.as_slice(), new.as_slice()) {
        return vec![(before, after)];
    }
    let pairs = old.iter().filter_map(|(media, before)| {
        let (_, after) = new
            .iter()
            .find(|(other, _)| other == media)
            .or_else(|| new.iter().find(|(other, _)| takes(other, media)))
            .or_else(|| new.iter().find(|(other, _)| takes(media, other)))?;
        Some((before, after))
    });
    pairs.collect()
}

/// The names of media types, for a message.
pub(super) fn names(forms: &[&str]) -> String {
    match forms {
        [] => "none".to_owned(),
        names => names.join(", "),
    }
}

/// Media types that the other side does not take.
pub(super) fn lacking<'f>(forms: &'f Forms<'_>, other: &Forms<'_>) -> Vec<&'f str> {
    let lacking = forms
        .iter()
        .map(|(media, _)| media.as_str())
        .filter(|media| !other.iter().any(|(known, _)| takes(known, media)));
    lacking.collect()
}

/// Compares the request bodies of a pair of operations.
pub(super) fn compare<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    old: &Operation<'o>,
    new: &Operation<'n>,
) -> Result<(), LoadError> {
    let before = read(sources.0, &old.at)?;
    let after = read(sources.1, &new.at)?;
    let subject = format!("{} request body", new.name);
    match (before, after) {
        (None, None) => Ok(()),
        (Some((before, _)), None) => {
            let left = around(&before, sources.1).unwrap_or_else(|| new.at.pointer.clone());
            let change = Change::of("body-removed", Direction::Request, &before.pointer, &left);
            let change = change.gone();
            finder.found(&change, &new.name, subject, "body removed");
            Ok(())
        }
        (None, Some((after, _))) => {
            let (aspect, message) = match after.node.is_true("required") {
                true => ("body-added-required", "required body added"),
                false => ("body-added", "optional body added"),
            };
            let before = around(&after, sources.0).unwrap_or_else(|| old.at.pointer.clone());
            let change = Change::of(aspect, Direction::Request, &before, &after.pointer).come();
            finder.found(&change, &new.name, subject, message);
            Ok(())
        }
        (Some(before), Some(after)) => both(finder, schemas, sources, &before, &after, &new.name),
    }
}

/// The body and its forms; `None` where none is described.
fn read<'d>(
    source: &Source<'d>,
    operation: &At<'d>,
) -> Result<Option<(At<'d>, Forms<'d>)>, LoadError> {
    let Some(body) = check::child_map(source, operation, "requestBody")? else {
        return Ok(None);
    };
    let forms = forms(source, &body)?;
    Ok((!forms.is_empty()).then_some((body, forms)))
}

fn both<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    (old, of_old): &(At<'o>, Forms<'o>),
    (new, of_new): &(At<'n>, Forms<'n>),
    operation: &str,
) -> Result<(), LoadError> {
    let subject = format!("{operation} request body");
    let request = |aspect| Change::of(aspect, Direction::Request, &old.pointer, &new.pointer);
    match (old.node.is_true("required"), new.node.is_true("required")) {
        (false, true) => {
            let change = request("body-became-required");
            finder.found(&change, operation, &subject, "optional → required");
        }
        (true, false) => {
            let change = request("body-became-optional");
            finder.found(&change, operation, &subject, "required → optional");
        }
        _ => {}
    }
    finder.words(old, new, &["description"]);
    let (lost, come) = (lacking(of_old, of_new), lacking(of_new, of_old));
    if !lost.is_empty() {
        let message = format!("media type: {} → {}", names(&lost), names(&come));
        finder.found(
            &request("request-media-type-removed"),
            operation,
            &subject,
            message,
        );
    } else if !come.is_empty() {
        let message = format!("media type added: {}", names(&come));
        finder.found(
            &request("request-media-type-added"),
            operation,
            &subject,
            message,
        );
    }
    for (before, after) in pairs(of_old, of_new) {
        if of_old
            .iter()
            .any(|(media, at)| is_form(media) && at.pointer == before.pointer)
        {
            encoding(finder, (before, after), operation);
        }
        finder.words(before, after, &["example", "examples"]);
        schemas.root(
            &schema(sources.0, before)?,
            &schema(sources.1, after)?,
            Direction::Request,
            Place::Body,
            operation,
            &subject,
        )?;
    }
    Ok(())
}

/// Whether `encoding` means something for a media type.
fn is_form(media: &str) -> bool {
    media == "application/x-www-form-urlencoded" || media.starts_with("multipart/")
}

/// Whether a form's schema names this field; it may where that is not plain to see.
fn has_field(form: &At<'_>, name: &str) -> bool {
    let schema = form.node.get("schema");
    let properties = schema.and_then(|schema| schema.get("properties"));
    properties.is_none_or(|properties| properties.has(name))
}

/// The encoding of a form's fields.
fn encoding(finder: &mut Finder, (old, new): (&At<'_>, &At<'_>), operation: &str) {
    let names = keys(old.node.get("encoding"), new.node.get("encoding"));
    for name in names {
        let field = |at: &At<'_>| {
            at.node
                .get("encoding")
                .and_then(|all| all.get(name))
                .cloned()
        };
        // A field that is new or gone is that, however it is written.
        if has_field(old, name) != has_field(new, name) {
            continue;
        }
        let (before, after) = (field(old), field(new));
        if written(before.as_ref()) == written(after.as_ref()) {
            continue;
        }
        let change = Change::of(
            "encoding-changed",
            Direction::Request,
            &old.pointer,
            &new.pointer,
        )
        .part(name);
        let message = format!("{} → {}", short(before.as_ref()), short(after.as_ref()));
        finder.found(
            &change,
            operation,
            format!("{operation} field {name}"),
            message,
        );
    }
}

/// What is said of a field, without what holds anyway.
fn written(field: Option<&Node>) -> serde_json::Map<String, serde_json::Value> {
    let said = field.map(Node::to_json);
    let mut said = said
        .and_then(|said| said.as_object().cloned())
        .unwrap_or_default();
    let is_form = said.get("style").is_none_or(|style| style == "form");
    for (key, default) in [
        ("style", "form".into()),
        ("explode", is_form.into()),
        ("allowReserved", false.into()),
    ] {
        if said.get(key) == Some(&default) {
            said.remove(key);
        }
    }
    said.remove("headers");
    said
}
