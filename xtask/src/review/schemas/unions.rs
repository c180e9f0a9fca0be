//! Compares unions: which of their forms are the same, which are gone, which are new, and what tells them apart.

mod tags;

use std::collections::BTreeSet;
use std::rc::Rc;

use super::compare::described;
use super::outcome::{Child, Outcome, Pair, Sides, change};
use super::scalars;
use crate::load::LoadError;
use crate::review::shape::{Reader, Shape, Spot, Union, outline};
use crate::review::source::Source;

/// Unions with more forms than this are matched by name and outline only.
const MANY: usize = 64;

/// A form of a union.
struct Form<'d> {
    place: String,
    spot: Spot<'d>,
    shape: Rc<Shape<'d>>,
    outline: String,
}

/// Compares the unions of two schemas; answers whether what else they say can be compared.
pub(super) fn compare<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    pair: &Pair<'o, 'n>,
    child: &Child<'o, 'n>,
    out: &mut Outcome<'o, 'n>,
) -> Result<bool, LoadError> {
    let (old, new) = (&pair.old.unions, &pair.new.unions);
    match (old.as_slice(), new.as_slice()) {
        ([], []) => {
            tags::compare(pair, &[], out);
            return Ok(true);
        }
        ([], [union, ..]) if pair.new.is_union() => {
            let forms = forms(news, union)?;
            let own = form(olds, &child.old)?;
            let found = forms.iter().find(|form| alike(&own, form));
            became(pair, true, found.is_some(), own.shape.is_any(), out);
            if let Some(found) = found {
                below(pair, &own, found, child, out);
            }
            return Ok(false);
        }
        ([union, ..], []) if pair.old.is_union() => {
            let forms = forms(olds, union)?;
            let own = form(news, &child.new)?;
            let found = forms.iter().find(|form| alike(form, &own));
            became(pair, false, found.is_some(), own.shape.is_any(), out);
            if let Some(found) = found {
                below(pair, found, &own, child, out);
            }
            return Ok(false);
        }
        _ => (),
    }
    let mut matched = Vec::new();
    for (old, new) in old.iter().zip(new) {
        if old.keyword != new.keyword && !(apart(&forms(olds, old)?) && apart(&forms(news, new)?)) {
            let aspect = match new.keyword {
                "anyOf" => "type-widened",
                _ => "type-narrowed",
            };
            let sides = Sides {
                old: old.pointer.clone(),
                new: new.pointer.clone(),
                stands: (true, true),
            };
            let message = format!("{} → {}", old.keyword, new.keyword);
            out.stands(pair, change(aspect), sides, pair.subject.clone(), message);
        }
        branches(olds, news, pair, (old, new), &mut matched, out)?;
    }
    if old.len() != new.len() {
        let keyword = match old.len() < new.len() {
            true => new.last().map_or("oneOf", |union| union.keyword),
            false => old.last().map_or("oneOf", |union| union.keyword),
        };
        let aspect = match old.len() < new.len() {
            true => "type-narrowed",
            false => "type-widened",
        };
        let message = format!("unions to satisfy: {} → {}", old.len(), new.len());
        out.retyped = true;
        out.says(pair, change(aspect), keyword, message);
    }
    tags::compare(pair, &matched, out);
    Ok(true)
}

/// Whether no value fits two of the forms, because each is of a JSON type of its own: one of them is any of them then.
fn apart(forms: &[Form<'_>]) -> bool {
    let mut kinds = BTreeSet::new();
    forms.iter().all(|form| {
        let kind = match form.shape.kind.as_deref() {
            Some("integer") => Some("number"),
            kind => kind,
        };
        kind.is_some_and(|kind| kinds.insert(kind)) && !form.shape.nullable
    })
}

/// A schema became a union, or the other way round; `found` when the single form is one of the union's.
fn became<'o, 'n>(
    pair: &Pair<'o, 'n>,
    union: bool,
    found: bool,
    any: bool,
    out: &mut Outcome<'o, 'n>,
) {
    let aspect = match (found, union ^ any) {
        (false, _) if !any => "type-changed",
        (_, true) => "type-widened",
        (_, false) => "type-narrowed",
    };
    let keyword = match union {
        true => pair
            .new
            .unions
            .first()
            .map_or("type", |union| union.keyword),
        false => pair
            .old
            .unions
            .first()
            .map_or("type", |union| union.keyword),
    };
    let message = format!("{} → {}", described(&pair.old), described(&pair.new));
    out.retyped = true;
    out.says(pair, change(aspect), keyword, message);
}

fn below<'o, 'n>(
    pair: &Pair<'o, 'n>,
    old: &Form<'o>,
    new: &Form<'n>,
    child: &Child<'o, 'n>,
    out: &mut Outcome<'o, 'n>,
) {
    let places = (old.place.clone(), new.place.clone());
    out.children.push(Child {
        null: false,
        names: false,
        place: child.place,
        ..pair.child((&old.spot, &new.spot), places, pair.subject.clone())
    });
}

/// Matches the branches of two unions.
fn branches<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    pair: &Pair<'o, 'n>,
    unions: (&Union<'o>, &Union<'n>),
    matched: &mut Vec<(Rc<Shape<'o>>, Rc<Shape<'n>>)>,
    out: &mut Outcome<'o, 'n>,
) -> Result<(), LoadError> {
    let mut of_old: Vec<Option<Form<'o>>> = forms(olds, unions.0)?.into_iter().map(Some).collect();
    let mut of_new: Vec<Option<Form<'n>>> = forms(news, unions.1)?.into_iter().map(Some).collect();
    let few = of_old.len().max(of_new.len()) <= MANY;
    // A renamed component may be matched by its form; one that is still there under its name is another.
    let gone = |reader: &Source<'_>, form: &str| {
        let pointer = format!("/components/schemas/{form}");
        reader.document.pointer(&pointer).is_none()
    };
    let (old_source, new_source) = (olds.source, news.source);
    let renamed = |old: &Form<'_>, new: &Form<'_>| match (&old.shape.name, &new.shape.name) {
        (Some(old), Some(new)) => gone(&new_source, old) && gone(&old_source, new),
        _ => true,
    };
    type Same<'a> = &'a dyn Fn(&Form<'_>, &Form<'_>) -> bool;
    let by_name = |old: &Form<'_>, new: &Form<'_>| {
        old.shape.name.is_some() && old.shape.name == new.shape.name
    };
    let by_outline = |old: &Form<'_>, new: &Form<'_>| old.outline == new.outline;
    let by_tag = |old: &Form<'_>, new: &Form<'_>| {
        few && renamed(old, new) && tags::shared(&old.shape, &new.shape)
    };
    let by_form = |old: &Form<'_>, new: &Form<'_>| {
        few && renamed(old, new) && resemble(&old.shape, &new.shape)
    };
    let ways: [Same<'_>; 4] = [&by_name, &by_outline, &by_tag, &by_form];
    for same in ways {
        for old_slot in &mut of_old {
            let Some(old) = old_slot.as_ref() else {
                continue;
            };
            let found = of_new
                .iter_mut()
                .find(|slot| slot.as_ref().is_some_and(|new| same(old, new)));
            if let Some(new) = found.and_then(Option::take)
                && let Some(old) = old_slot.take()
            {
                let subject = format!("{} ({})", pair.subject, ordinal(&old.place));
                let places = (old.place.clone(), new.place.clone());
                out.children.push(Child {
                    null: false,
                    ..pair.child((&old.spot, &new.spot), places, subject)
                });
                matched.push((old.shape, new.shape));
            }
        }
    }
    let keyword = unions.0.keyword;
    for old in of_old.into_iter().flatten() {
        let sides = Sides {
            old: old.place.clone(),
            new: unions.1.pointer.clone(),
            stands: (true, false),
        };
        let message = format!("form {} is gone", name(&old));
        let subject = pair.subject(keyword);
        out.stands(pair, change("branch-removed"), sides, subject, message);
    }
    for new in of_new.into_iter().flatten() {
        let sides = Sides {
            old: unions.0.pointer.clone(),
            new: new.place.clone(),
            stands: (false, true),
        };
        let message = format!("form {} is new", name(&new));
        let subject = pair.subject(keyword);
        out.stands(pair, change("branch-added"), sides, subject, message);
    }
    Ok(())
}

/// Compares whether null may come: by the schema itself, or by one of its forms.
pub(super) fn compare_null<'o, 'n>(
    olds: &mut Reader<'o>,
    news: &mut Reader<'n>,
    pair: &Pair<'o, 'n>,
    out: &mut Outcome<'o, 'n>,
) -> Result<(), LoadError> {
    let old_form = nullable_form(olds, &pair.old)?;
    let new_form = nullable_form(news, &pair.new)?;
    let old = pair.old.nullable || old_form.is_some();
    let new = pair.new.nullable || new_form.is_some();
    if old == new {
        return Ok(());
    }
    let (aspect, message) = match new {
        true => ("nullable-gained", "null is allowed now"),
        false => ("nullable-lost", "null is not allowed any more"),
    };
    // A named form that changed is the cause, wherever it is used.
    let form = old_form
        .or(new_form)
        .filter(|_| !pair.old.nullable && !pair.new.nullable);
    if let Some(name) = form {
        let both = |document: &crate::load::Document| document.pointer(&name).is_some();
        if both(olds.source.document) && both(news.source.document) {
            let keyword = format!("{name}/nullable");
            let place = |document: &crate::load::Document| match document.pointer(&keyword) {
                Some(_) => keyword.clone(),
                None => name.clone(),
            };
            let sides = Sides {
                old: place(olds.source.document),
                new: place(news.source.document),
                stands: (true, true),
            };
            let subject = name.rsplit('/').next().unwrap_or(&name).to_owned();
            out.stands(pair, change(aspect), sides, subject, message.to_owned());
            return Ok(());
        }
    }
    out.says(pair, change(aspect), "nullable", message.to_owned());
    Ok(())
}

/// The pointer of the first form that may be null.
fn nullable_form<'d>(
    reader: &mut Reader<'d>,
    shape: &Shape<'d>,
) -> Result<Option<String>, LoadError> {
    for (_, spot) in shape.unions.iter().flat_map(|union| &union.branches) {
        let form = reader.shape(spot)?;
        if form.nullable {
            return Ok(Some(form.pointer.clone()));
        }
    }
    Ok(None)
}

fn forms<'d>(reader: &mut Reader<'d>, union: &Union<'d>) -> Result<Vec<Form<'d>>, LoadError> {
    let branches = union.branches.iter();
    branches
        .map(|(place, spot)| {
            Ok(Form {
                place: place.clone(),
                ..form(reader, spot)?
            })
        })
        .collect()
}

fn form<'d>(reader: &mut Reader<'d>, spot: &Spot<'d>) -> Result<Form<'d>, LoadError> {
    Ok(Form {
        place: spot.at.pointer.clone(),
        spot: spot.clone(),
        shape: reader.shape(spot)?,
        outline: outline(spot.at.node),
    })
}

/// Whether a schema is one of a union's forms.
fn alike(old: &Form<'_>, new: &Form<'_>) -> bool {
    let names = (&old.shape.name, &new.shape.name);
    (names.0.is_some() && names.0 == names.1)
        || old.outline == new.outline
        || resemble(&old.shape, &new.shape)
}

/// Whether two forms look like one that changed: lists and plain values of the same type, objects that share half of their
/// properties.
fn resemble(old: &Shape<'_>, new: &Shape<'_>) -> bool {
    if old.kind != new.kind || old.kind.is_none() {
        return false;
    }
    if old.kind.as_deref() != Some("object") {
        return old.format == new.format;
    }
    let names = old.properties.keys();
    let shared = names
        .filter(|name| new.properties.contains_key(*name))
        .count();
    let most = old.properties.len().max(new.properties.len());
    most > 0 && shared * 2 >= most
}

fn name(form: &Form<'_>) -> String {
    match &form.shape.name {
        Some(name) => format!("`{name}`"),
        None => match form.shape.values.as_ref() {
            Some(values) => scalars::listed(values.iter()),
            None => described(&form.shape),
        },
    }
}

/// `form 2`, from the place of a branch.
fn ordinal(place: &str) -> String {
    let index = place
        .rsplit('/')
        .next()
        .and_then(|index| index.parse::<usize>().ok());
    index.map_or_else(|| "form".to_owned(), |index| format!("form {}", index + 1))
}
