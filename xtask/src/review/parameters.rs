//! Parameters: those of the path and those of the operation, together as a client sends them.

mod written;

use std::collections::{HashMap, VecDeque};
use std::sync::LazyLock;

use super::Direction;
use super::check;
use super::finder::{Change, Finder, around};
use super::schemas::{Place, Schemas};
use super::source::{At, Source};
use super::surface::Operation;
use crate::load::{LoadError, Node, Position, Value};

/// Headers that OpenAPI leaves to media types and security.
const LEFT_OUT: [&str; 3] = ["accept", "content-type", "authorization"];

/// What stands for a schema that is not there: anything.
static ANYTHING: LazyLock<Node> = LazyLock::new(|| Node {
    value: Value::Map(Vec::new()),
    start: Position::START,
    end: Position::START,
});

/// A node that allows anything, as if it stood at a pointer.
pub(super) fn anything<'d>(pointer: &str) -> At<'d> {
    At {
        node: &ANYTHING,
        pointer: pointer.to_owned(),
        named: None,
    }
}

/// A parameter of an operation.
struct Parameter<'d> {
    at: At<'d>,
    /// Where the operation or its path lists it: a reference, or the parameter itself.
    entry: String,
    /// Whether the operation itself lists it.
    own: bool,
    name: String,
    location: String,
    required: bool,
}

impl Parameter<'_> {
    /// What tells it within an operation.
    fn key(&self, path: &[&str]) -> (String, String) {
        let name = match self.location.as_str() {
            "header" => self.name.to_lowercase(),
            // A part of the path is told by its place.
            "path" => path
                .iter()
                .position(|name| *name == self.name)
                .map_or_else(|| self.name.clone(), |place| format!("#{place}")),
            _ => self.name.clone(),
        };
        (self.location.clone(), name)
    }

    /// What a reader calls it: a component belongs to no single operation.
    fn subject(&self, operation: &str) -> String {
        let what = format!("{} {}", self.location, self.name);
        match self.at.named {
            Some(_) => what,
            None => format!("{operation} {what}"),
        }
    }

    /// Where a parameter stands that the other document lacks, and what is around it there. A component that is new or gone itself
    /// is one cause for all who refer to it.
    fn places(&self, other: &Source<'_>, operation: &Operation<'_>) -> (String, String) {
        let near = match self.own {
            true => &operation.at.pointer,
            false => &operation.item.pointer,
        };
        match around(&self.at, other) {
            Some(around) => (self.at.pointer.clone(), around),
            None => (self.entry.clone(), near.clone()),
        }
    }
}

/// Compares the parameters of a pair of operations.
pub(super) fn compare<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    old: &Operation<'o>,
    new: &Operation<'n>,
) -> Result<(), LoadError> {
    let mut gone = read(sources.0, old)?;
    let mut come = read(sources.1, new)?;
    let paths = places(old, new);
    order(finder, (old, &gone), (new, &come), &paths);
    let mut pairs = Vec::new();
    take(&mut gone, &mut come, &mut pairs, |before, after| {
        before.key(&paths.0) == after.key(&paths.1)
    });
    if parts(&gone) == parts(&come) {
        take(&mut gone, &mut come, &mut pairs, |before, after| {
            before.location == "path" && after.location == "path"
        });
    }
    let mut moved = Vec::new();
    take(&mut gone, &mut come, &mut moved, |before, after| {
        let is_header = [before.location.as_str(), after.location.as_str()].contains(&"header");
        let is_named_alike = match is_header {
            true => before.name.eq_ignore_ascii_case(&after.name),
            false => before.name == after.name,
        };
        before.location != after.location && is_named_alike
    });
    let renamed = renamed(sources, &mut gone, &mut come)?;
    for (before, after) in &pairs {
        if before.location == "path" && before.name != after.name {
            let message = format!("path parameter: {} → {}", before.name, after.name);
            told(
                finder,
                "path-parameter-renamed",
                before,
                after,
                &new.name,
                message,
            );
        }
    }
    for (before, after) in &moved {
        let message = format!("{} → {}", before.location, after.location);
        told(finder, "parameter-moved", before, after, &new.name, message);
    }
    for (before, after) in &renamed {
        let message = format!("name: {} → {}", before.name, after.name);
        told(
            finder,
            "parameter-renamed",
            before,
            after,
            &new.name,
            message,
        );
    }
    for before in &gone {
        let (place, left) = before.places(sources.1, new);
        let change = Change::of("parameter-removed", Direction::Request, &place, &left)
            .gone()
            .part(&place);
        let subject = before.subject(&new.name);
        finder.found(&change, &new.name, subject, "parameter removed");
    }
    for after in &come {
        let (aspect, message) = match after.required {
            true => ("parameter-added-required", "required parameter added"),
            false => ("parameter-added", "optional parameter added"),
        };
        let (place, before) = after.places(sources.0, old);
        let change = Change::of(aspect, Direction::Request, &before, &place)
            .come()
            .part(&place);
        let subject = after.subject(&new.name);
        finder.found(&change, &new.name, subject, message);
    }
    for (before, after) in pairs.iter().chain(&moved).chain(&renamed) {
        one(finder, schemas, sources, (before, after), &new.name)?;
    }
    Ok(())
}

/// The names of the path's parameters by which their places are told; none where the paths differ, and names have to do.
fn places<'p>(old: &'p Operation<'_>, new: &'p Operation<'_>) -> (Vec<&'p str>, Vec<&'p str>) {
    match old.template() == new.template() {
        true => (old.path_names(), new.path_names()),
        false => (Vec::new(), Vec::new()),
    }
}

/// How many parts of the path are among them.
fn parts(all: &[Parameter<'_>]) -> usize {
    all.iter().filter(|one| one.location == "path").count()
}

/// Takes out what has another name and is the same else: as many as are gone have come.
fn renamed<'o, 'n>(
    sources: (&Source<'o>, &Source<'n>),
    gone: &mut Vec<Parameter<'o>>,
    come: &mut Vec<Parameter<'n>>,
) -> Result<Vec<(Parameter<'o>, Parameter<'n>)>, LoadError> {
    let mut groups: HashMap<String, (usize, VecDeque<Parameter<'n>>)> = HashMap::new();
    let mut looks = Vec::new();
    for before in gone.iter() {
        let look = look(sources.0, before)?;
        groups.entry(look.clone()).or_default().0 += 1;
        looks.push(look);
    }
    for after in std::mem::take(come) {
        let group = groups.entry(look(sources.1, &after)?).or_default();
        group.1.push_back(after);
    }
    let mut pairs = Vec::new();
    groups.retain(|_, (count, found)| {
        let is_renamed = *count == found.len();
        if !is_renamed {
            come.extend(std::mem::take(found));
        }
        is_renamed
    });
    for (before, look) in std::mem::take(gone).into_iter().zip(looks) {
        match groups.get_mut(&look).and_then(|group| group.1.pop_front()) {
            Some(after) => pairs.push((before, after)),
            None => gone.push(before),
        }
    }
    Ok(pairs)
}

/// Takes what `fits` out of both lists, in order.
fn take<'o, 'n>(
    gone: &mut Vec<Parameter<'o>>,
    come: &mut Vec<Parameter<'n>>,
    pairs: &mut Vec<(Parameter<'o>, Parameter<'n>)>,
    fits: impl Fn(&Parameter<'o>, &Parameter<'n>) -> bool,
) {
    for before in std::mem::take(gone) {
        match come.iter().position(|after| fits(&before, after)) {
            Some(index) => pairs.push((before, come.remove(index))),
            None => gone.push(before),
        }
    }
}

fn read<'d>(
    source: &Source<'d>,
    operation: &Operation<'d>,
) -> Result<Vec<Parameter<'d>>, LoadError> {
    let mut all: Vec<Parameter<'d>> = Vec::new();
    for (at, own) in [(&operation.item, false), (&operation.at, true)] {
        if let Some(node) = at.node.get("parameters") {
            check::list(source, node, "parameters")?;
        }
        let listed = source.elements(at, "parameters")?.into_iter().enumerate();
        for (index, found) in listed {
            check::mapping(source, found.node, "parameters[]")?;
            let text = |key: &str| found.node.text(key).unwrap_or_default().to_owned();
            let parameter = Parameter {
                entry: format!("{}/parameters/{index}", at.pointer),
                own,
                name: text("name"),
                location: text("in"),
                required: found.node.is_true("required"),
                at: found,
            };
            let is_left_out = parameter.location == "header"
                && LEFT_OUT.contains(&parameter.name.to_lowercase().as_str());
            if is_left_out {
                continue;
            }
            let same = |other: &Parameter<'_>| other.key(&[]) == parameter.key(&[]);
            // An operation's own stands in place of the path's.
            match all.iter().position(same) {
                Some(index) => {
                    if let Some(place) = all.get_mut(index) {
                        *place = parameter;
                    }
                }
                None => all.push(parameter),
            }
        }
    }
    Ok(all)
}

/// The schema of a parameter, and its media type where it has one.
fn schema<'d>(
    source: &Source<'d>,
    parameter: &Parameter<'d>,
) -> Result<(Option<String>, At<'d>), LoadError> {
    let mut contents = check::maps_under(source, &parameter.at, "content")?.into_iter();
    if let Some((media, at)) = contents.next() {
        let schema = source.child(&at, "schema")?;
        return Ok((Some(media), schema.unwrap_or_else(|| anything(&at.pointer))));
    }
    let schema = source.child(&parameter.at, "schema")?;
    Ok((
        None,
        schema.unwrap_or_else(|| anything(&parameter.at.pointer)),
    ))
}

/// What a renamed parameter has in common with the old one.
fn look(source: &Source<'_>, parameter: &Parameter<'_>) -> Result<String, LoadError> {
    let (media, schema) = schema(source, parameter)?;
    let mut shape = schema.node.to_json();
    if let Some(fields) = shape.as_object_mut() {
        fields.retain(|key, _| !["description", "example", "title"].contains(&key.as_str()));
    }
    let (location, required) = (&parameter.location, parameter.required);
    Ok(format!("{location} {required} {media:?} {shape}"))
}

fn told(
    finder: &mut Finder,
    aspect: &'static str,
    old: &Parameter<'_>,
    new: &Parameter<'_>,
    operation: &str,
    message: impl Into<String>,
) {
    let change = Change::of(aspect, Direction::Request, &old.at.pointer, &new.at.pointer);
    finder.found(&change, operation, new.subject(operation), message);
}

fn one<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    (old, new): (&Parameter<'o>, &Parameter<'n>),
    operation: &str,
) -> Result<(), LoadError> {
    match (old.required, new.required) {
        (false, true) => told(
            finder,
            "parameter-became-required",
            old,
            new,
            operation,
            "optional → required",
        ),
        (true, false) => told(
            finder,
            "parameter-became-optional",
            old,
            new,
            operation,
            "required → optional",
        ),
        _ => {}
    }
    let (before, after) = (schema(sources.0, old)?, schema(sources.1, new)?);
    let sides = (
        written::Side {
            source: sources.0,
            parameter: old,
            media: before.0.as_deref(),
            schema: &before.1,
        },
        written::Side {
            source: sources.1,
            parameter: new,
            media: after.0.as_deref(),
            schema: &after.1,
        },
    );
    if let Some(message) = written::differs(&sides.0, &sides.1)? {
        told(
            finder,
            "parameter-serialization-changed",
            old,
            new,
            operation,
            message,
        );
    }
    if written::may_be_empty(&sides.0, &sides.1) {
        let message = "allowEmptyValue: false → true";
        told(finder, "parameter-widened", old, new, operation, message);
    }
    let keys = ["description", "deprecated", "example", "examples"];
    finder.words(&old.at, &new.at, &keys);
    let subject = new.subject(operation);
    schemas.root(
        &before.1,
        &after.1,
        Direction::Request,
        Place::Parameter,
        operation,
        &subject,
    )
}

/// The order in which the operations themselves list what both list.
fn order(
    finder: &mut Finder,
    (old, of_old): (&Operation<'_>, &[Parameter<'_>]),
    (new, of_new): (&Operation<'_>, &[Parameter<'_>]),
    paths: &(Vec<&str>, Vec<&str>),
) {
    let keys = |all: &[Parameter<'_>], path: &[&str]| -> Vec<(String, String)> {
        // The parts of a path have their order from the path.
        let own = all.iter().filter(|one| one.own && one.location != "path");
        own.map(|one| one.key(path)).collect()
    };
    let (mut before, mut after) = (keys(of_old, &paths.0), keys(of_new, &paths.1));
    let (all_before, all_after) = (before.clone(), after.clone());
    before.retain(|key| all_after.contains(key));
    after.retain(|key| all_before.contains(key));
    if before == after {
        return;
    }
    let pointers = (
        format!("{}/parameters", old.at.pointer),
        format!("{}/parameters", new.at.pointer),
    );
    let change = Change::of(
        "parameter-order-changed",
        Direction::Request,
        &pointers.0,
        &pointers.1,
    );
    let names = |all: &[(String, String)], of: &[Parameter<'_>], path: &[&str]| {
        let name = |key: &(String, String)| {
            let found = of.iter().find(|one| one.key(path) == *key);
            found.map_or_else(String::new, |one| one.name.clone())
        };
        all.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let message = format!(
        "order: {} → {}",
        names(&before, of_old, &paths.0),
        names(&after, of_new, &paths.1)
    );
    finder.found(
        &change,
        &new.name,
        format!("{} parameters", new.name),
        message,
    );
}
