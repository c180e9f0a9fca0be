//! Which operation of the old document is which of the new one, and what differs of it but parameters, bodies and credentials.

use super::Direction;
use super::finder::{Change, Finder, keys, same, short};
use super::surface::{Operation, Surface, split};

/// The operations of both documents, matched.
pub(super) struct Matched<'s, 'o, 'n> {
    pub(super) pairs: Vec<(&'s Operation<'o>, &'s Operation<'n>)>,
    pub(super) removed: Vec<&'s Operation<'o>>,
    pub(super) added: Vec<&'s Operation<'n>>,
}

/// Matches by what is sent first, then by the path as written, then by name.
pub(super) fn matched<'s, 'o, 'n>(
    old: &'s Surface<'o>,
    new: &'s Surface<'n>,
) -> Matched<'s, 'o, 'n> {
    let mut removed: Vec<&Operation<'o>> = old.operations.iter().collect();
    let mut added: Vec<&Operation<'n>> = new.operations.iter().collect();
    let mut pairs = Vec::new();
    let sent = |one: &Operation<'_>| Some(format!("{} {}", one.method, one.effective()));
    let written = |one: &Operation<'_>| Some(format!("{} {}", one.method, one.template()));
    let named = |one: &Operation<'_>| one.id.clone();
    pair(&mut removed, &mut added, &mut pairs, sent, sent);
    pair(&mut removed, &mut added, &mut pairs, written, written);
    pair(&mut removed, &mut added, &mut pairs, named, named);
    pairs.sort_by(|a, b| a.0.at.pointer.cmp(&b.0.at.pointer));
    Matched {
        pairs,
        removed,
        added,
    }
}

fn pair<'s, 'o, 'n>(
    removed: &mut Vec<&'s Operation<'o>>,
    added: &mut Vec<&'s Operation<'n>>,
    pairs: &mut Vec<(&'s Operation<'o>, &'s Operation<'n>)>,
    of_old: impl Fn(&Operation<'o>) -> Option<String>,
    of_new: impl Fn(&Operation<'n>) -> Option<String>,
) {
    let mut places: std::collections::HashMap<String, Vec<usize>> =
        std::collections::HashMap::new();
    for (index, new) in added.iter().enumerate().rev() {
        if let Some(key) = of_new(new) {
            places.entry(key).or_default().push(index);
        }
    }
    let mut taken = vec![false; added.len()];
    removed.retain(|old| {
        let place = of_old(old).and_then(|key| places.get_mut(&key)?.pop());
        let Some((index, new)) = place.and_then(|index| Some((index, *added.get(index)?))) else {
            return true;
        };
        if let Some(taken) = taken.get_mut(index) {
            *taken = true;
        }
        pairs.push((*old, new));
        false
    });
    let mut taken = taken.into_iter();
    added.retain(|_| !taken.next().unwrap_or_default());
}

/// An operation that is gone.
pub(super) fn removed(finder: &mut Finder, old: &Operation<'_>) {
    let change = Change::of(
        "operation-removed",
        Direction::Any,
        &old.at.pointer,
        "/paths",
    )
    .gone();
    let message = format!("operation removed: {} {}", old.method, old.path);
    finder.found(&change, &old.name, &old.name, message);
}

/// An operation that is new.
pub(super) fn added(finder: &mut Finder, new: &Operation<'_>) {
    let change = Change::of("operation-added", Direction::Any, "/paths", &new.at.pointer).come();
    let message = format!("operation added: {} {}", new.method, new.path);
    finder.found(&change, &new.name, &new.name, message);
}

/// What differs of a pair: its address, its name, and what is said of it.
pub(super) fn compare(finder: &mut Finder, old: &Operation<'_>, new: &Operation<'_>) {
    address(finder, old, new);
    let pointers = (old.at.pointer.as_str(), new.at.pointer.as_str());
    let any = |aspect| Change::of(aspect, Direction::Any, pointers.0, pointers.1);
    if old.method != new.method {
        let message = format!("method: {} → {}", old.method, new.method);
        finder.found(
            &any("operation-method-changed"),
            &new.name,
            &new.name,
            message,
        );
    }
    if let Some(before) = &old.id
        && old.id != new.id
    {
        let after = new.id.as_deref().unwrap_or("none");
        let message = format!("operationId: {before} → {after}");
        finder.found(&any("operation-renamed"), &new.name, &new.name, message);
    }
    let deprecated = |one: &Operation<'_>| one.at.node.is_true("deprecated");
    match (deprecated(old), deprecated(new)) {
        (false, true) => finder.found(
            &any("operation-deprecated"),
            &new.name,
            &new.name,
            "deprecated",
        ),
        (true, false) => finder.found(
            &any("operation-undeprecated"),
            &new.name,
            &new.name,
            "no longer deprecated",
        ),
        _ => {}
    }
    let tags = |one: &Operation<'_>| {
        let tags = one
            .at
            .node
            .get("tags")
            .into_iter()
            .flat_map(crate::load::Node::iter_seq);
        let mut tags: Vec<String> = tags.map(|tag| short(Some(tag))).collect();
        tags.sort();
        tags.dedup();
        tags
    };
    let (before, after) = (tags(old), tags(new));
    if before != after {
        let message = format!("tags: {} → {}", before.join(", "), after.join(", "));
        finder.found(&any("operation-tag-changed"), &new.name, &new.name, message);
    }
    finder.words(
        &old.at,
        &new.at,
        &["summary", "description", "externalDocs", "callbacks"],
    );
}

/// Where the operation is served.
fn address(finder: &mut Finder, old: &Operation<'_>, new: &Operation<'_>) {
    let (before, after) = (old.urls(), new.urls());
    // Every old address answers still: one that is new, or their order, is no matter.
    if before.iter().all(|url| after.contains(url)) {
        return;
    }
    let hosts = |one: &Operation<'_>| -> Vec<String> {
        let addresses = one.servers.addresses.iter();
        addresses
            .map(|address| split(address).0.to_owned())
            .collect()
    };
    let same_path = old.effective() == new.effective() || old.template() == new.template();
    if !same_path {
        let change = Change::of(
            "operation-path-changed",
            Direction::Any,
            &old.at.pointer,
            &new.at.pointer,
        );
        let message = format!("path: {} → {}", old.path, new.path);
        finder.found(&change, &new.name, &new.name, message);
        if hosts(old).iter().all(|host| hosts(new).contains(host)) {
            return;
        }
    }
    let lost = old.servers.addresses.iter();
    let lost: Vec<&str> = lost
        .filter(|address| !new.servers.addresses.contains(address))
        .map(String::as_str)
        .collect();
    if lost.is_empty() {
        return;
    }
    let change = Change::of(
        "server-changed",
        Direction::Any,
        &old.servers.pointer,
        &new.servers.pointer,
    );
    let come = new.servers.addresses.iter();
    let come: Vec<&str> = come
        .filter(|address| !old.servers.addresses.contains(address))
        .map(String::as_str)
        .collect();
    let message = match come.is_empty() {
        true => format!("{} removed", lost.join(", ")),
        false => format!("{} → {}", lost.join(", "), come.join(", ")),
    };
    finder.found(&change, &new.name, "servers", message);
}

/// What the project's own extensions say of an operation, and whatever other extension stands there.
pub(super) fn extensions(finder: &mut Finder, old: &Operation<'_>, new: &Operation<'_>) {
    let keys = keys(Some(old.at.node), Some(new.at.node));
    for key in keys.into_iter().filter(|key| key.starts_with("x-")) {
        let (before, after) = (old.at.node.get(key), new.at.node.get(key));
        let aspect = match key {
            "x-cart-operation" if verbs(before) == verbs(after) => continue,
            "x-cart-operation" => "cart-operation-changed",
            _ if same(before, after) => continue,
            "x-retry" => "retry-changed",
            "x-failure" => "failure-changed",
            "x-paging" => "paging-changed",
            "x-unverified" | "x-source" => {
                finder.documentation += 1;
                continue;
            }
            _ => {
                let text = format!(
                    "{}: `{key}`: {} → {}",
                    new.name,
                    short(before),
                    short(after)
                );
                let place = format!("{}/{key}", new.at.pointer);
                finder.notes.push((text, Some(place)));
                continue;
            }
        };
        let direction = match aspect {
            "failure-changed" | "paging-changed" => Direction::Response,
            _ => Direction::Any,
        };
        let pointers = (
            format!("{}/{key}", old.at.pointer),
            format!("{}/{key}", new.at.pointer),
        );
        let mut change = Change::of(aspect, direction, &pointers.0, &pointers.1);
        change.stands = (before.is_some(), after.is_some());
        let subject = format!("{} {key}", new.name);
        let message = format!("{} → {}", short(before), short(after));
        finder.found(&change, &new.name, subject, message);
    }
}

fn verbs(node: Option<&crate::load::Node>) -> Vec<String> {
    let verbs = node.into_iter().flat_map(crate::load::Node::iter_seq);
    let mut verbs: Vec<String> = verbs.map(|verb| short(Some(verb))).collect();
    verbs.sort();
    verbs
}

/// What the roots' extensions say.
pub(super) fn root_extensions(finder: &mut Finder, old: &Surface<'_>, new: &Surface<'_>) {
    let (old, new) = (old.source.root(), new.source.root());
    let keys = keys(Some(old.node), Some(new.node));
    for key in keys.into_iter().filter(|key| key.starts_with("x-")) {
        let (before, after) = (old.node.get(key), new.node.get(key));
        if same(before, after) {
            continue;
        }
        if key == "x-cart-absent" {
            absent(finder, before, after);
            continue;
        }
        if ["x-unverified", "x-source"].contains(&key) {
            finder.documentation += 1;
            continue;
        }
        let text = format!("`{key}`: {} → {}", short(before), short(after));
        finder.notes.push((text, Some(format!("/{key}"))));
    }
}

fn absent(
    finder: &mut Finder,
    before: Option<&crate::load::Node>,
    after: Option<&crate::load::Node>,
) {
    let verbs = keys(before, after);
    for verb in verbs {
        let state = |node: Option<&crate::load::Node>| {
            let said = node?.get(verb)?;
            Some(said.text("state").unwrap_or_default().to_owned())
        };
        let (was, is) = (state(before), state(after));
        if was == is {
            finder.documentation += 1;
            continue;
        }
        let place = format!("/x-cart-absent/{verb}");
        let mut change = Change::of("cart-absent-changed", Direction::Any, &place, &place);
        change.stands = (was.is_some(), is.is_some());
        let word =
            |state: &Option<String>| state.clone().unwrap_or_else(|| "not absent".to_owned());
        let message = format!("{} → {}", word(&was), word(&is));
        finder.found(&change, "", format!("x-cart-absent {verb}"), message);
    }
}
