//! Credentials: told by what is sent where, not by the names that a document gives its schemes.

use std::collections::{BTreeMap, BTreeSet};

use super::Direction;
use super::check;
use super::finder::{Change, Finder};
use super::source::{At, Source};
use super::surface::Operation;
use crate::load::{LoadError, Node};

/// What both documents ask for.
pub(super) struct Credentials<'s, 'o, 'n> {
    old: Side<'s, 'o>,
    new: Side<'s, 'n>,
    /// What each scheme of either document is for a reader.
    shown: Vec<String>,
}

struct Side<'s, 'd> {
    source: &'s Source<'d>,
    schemes: BTreeMap<String, Scheme>,
}

struct Scheme {
    /// What an old client has to find unchanged.
    facts: BTreeSet<String>,
    /// `apiKey in header X-Auth-Token`.
    shown: String,
    pointer: String,
    /// Equal for schemes that are the same, or the old and the new form of one.
    id: usize,
    /// The old form, if it is another.
    was: Option<String>,
}

/// A way to prove oneself: all of these schemes, each with its scopes. None at all is no credentials.
type Way = BTreeMap<usize, BTreeSet<String>>;

/// The requirement that holds for an operation.
struct Required<'d> {
    ways: Vec<Way>,
    /// The schemes that it names.
    names: BTreeSet<&'d str>,
    /// Where it stands, or would.
    pointer: String,
    is_written: bool,
}

impl<'s, 'o, 'n> Credentials<'s, 'o, 'n> {
    pub(super) fn read(
        old_source: &'s Source<'o>,
        new_source: &'s Source<'n>,
    ) -> Result<Self, LoadError> {
        let mut old = schemes(old_source)?;
        let mut new = schemes(new_source)?;
        let mut shown: Vec<String> = Vec::new();
        let mut ids: Vec<(BTreeSet<String>, usize)> = Vec::new();
        for scheme in old.values_mut() {
            let known = ids.iter().find(|(facts, _)| *facts == scheme.facts);
            scheme.id = known.map_or(shown.len(), |(_, id)| *id);
            if scheme.id == shown.len() {
                shown.push(scheme.shown.clone());
                ids.push((scheme.facts.clone(), scheme.id));
            }
        }
        let kept: BTreeSet<usize> = old
            .values()
            .filter(|was| new.values().any(|is| was.facts.is_subset(&is.facts)))
            .map(|was| was.id)
            .collect();
        for (name, scheme) in &mut new {
            let namesake = old.get(name);
            let same = |was: &&Scheme| was.facts.is_subset(&scheme.facts);
            let known = namesake.filter(same).or_else(|| old.values().find(same));
            if let Some(known) = known {
                scheme.id = known.id;
            } else if let Some(changed) = namesake.filter(|was| !kept.contains(&was.id)) {
                scheme.id = changed.id;
                scheme.was = Some(name.clone());
            } else {
                let known = ids.iter().find(|(facts, _)| *facts == scheme.facts);
                scheme.id = known.map_or(shown.len(), |(_, id)| *id);
                if scheme.id == shown.len() {
                    shown.push(scheme.shown.clone());
                    ids.push((scheme.facts.clone(), scheme.id));
                }
            }
        }
        Ok(Self {
            old: Side {
                source: old_source,
                schemes: old,
            },
            new: Side {
                source: new_source,
                schemes: new,
            },
            shown,
        })
    }

    /// Compares what a pair of operations asks for.
    pub(super) fn compare(
        &self,
        finder: &mut Finder,
        old: &Operation<'o>,
        new: &Operation<'n>,
    ) -> Result<(), LoadError> {
        let was = self.old.required(&old.at)?;
        let is = self.new.required(&new.at)?;
        self.redefined(finder, &was, &is, &new.name);
        let mut found = |aspect: &'static str, message: String| {
            let change = Change {
                stands: (was.is_written, is.is_written),
                ..Change::of(aspect, Direction::Any, &was.pointer, &is.pointer)
            };
            let subject = match was.pointer == ROOT && is.pointer == ROOT {
                true => "security".to_owned(),
                false => format!("{} security", new.name),
            };
            finder.found(&change, &new.name, subject, message);
        };
        let lost = was.ways.iter().filter(|had| {
            let suffices = |wants: &Way| wants.keys().all(|id| had.contains_key(id));
            !is.ways.iter().any(suffices)
        });
        let lost: Vec<&Way> = lost.collect();
        let come = is.ways.iter().filter(|wants| {
            let alike = |had: &Way| had.keys().eq(wants.keys());
            !was.ways.iter().any(alike)
        });
        let come: Vec<&Way> = come.collect();
        if !lost.is_empty() {
            let aspect = match lost.iter().any(|had| had.is_empty()) {
                true => "security-requirement-added",
                false => "security-alternative-removed",
            };
            let message = match come.is_empty() {
                true => format!("{} removed", self.words(&lost)),
                false => format!("{} → {}", self.words(&lost), self.words(&come)),
            };
            found(aspect, message);
            return Ok(());
        }
        if come.iter().any(|wants| wants.is_empty()) {
            let message = "credentials may be left out";
            found("security-made-optional", message.to_owned());
        } else if !come.is_empty() {
            let message = format!("{} added", self.words(&come));
            found("security-alternative-added", message);
        }
        let (added, dropped) = scopes(&was.ways, &is.ways);
        if !added.is_empty() {
            found(
                "security-scope-added",
                format!("scope added: {}", added.join(", ")),
            );
        }
        if !dropped.is_empty() {
            found(
                "security-scope-removed",
                format!("scope removed: {}", dropped.join(", ")),
            );
        }
        Ok(())
    }

    /// A scheme that is another one under the same name is one cause, whoever asks for it.
    fn redefined(
        &self,
        finder: &mut Finder,
        was: &Required<'_>,
        is: &Required<'_>,
        operation: &str,
    ) {
        for name in &is.names {
            let Some(after) = self.new.schemes.get(*name) else {
                continue;
            };
            let before = after.was.as_ref().filter(|_| was.names.contains(name));
            let Some(before) = before.and_then(|name| self.old.schemes.get(name)) else {
                continue;
            };
            let change = Change::of(
                "security-scheme-changed",
                Direction::Any,
                &before.pointer,
                &after.pointer,
            );
            let subject = format!("security scheme {name}");
            let message = format!("{} → {}", before.shown, after.shown);
            finder.found(&change, operation, subject, message);
        }
    }

    fn words(&self, ways: &[&Way]) -> String {
        let schemes = |way: &Way| {
            let shown = way.keys().filter_map(|id| self.shown.get(*id));
            shown.map(String::as_str).collect::<Vec<_>>().join(" and ")
        };
        let word = |way: &&Way| match way.is_empty() {
            true => "no credentials".to_owned(),
            false => schemes(way),
        };
        ways.iter().map(word).collect::<Vec<_>>().join(", or ")
    }
}

/// The pointer of what holds for every operation.
const ROOT: &str = "/security";

impl<'d> Side<'_, 'd> {
    fn required(&self, operation: &At<'d>) -> Result<Required<'d>, LoadError> {
        for at in [operation, &self.source.root()] {
            let Some(node) = at.node.get("security") else {
                continue;
            };
            check::list(self.source, node, "security")?;
            let (mut ways, mut names) = (Vec::new(), BTreeSet::new());
            for alternative in node.iter_seq() {
                check::mapping(self.source, alternative, "security[]")?;
                let mut way = Way::new();
                for (name, scopes) in alternative.iter_map() {
                    let Some(scheme) = self.schemes.get(&name.text) else {
                        return Err(self.source.error(
                            name.position,
                            format!("there is no security scheme `{}`", name.text),
                            "define it under `components.securitySchemes`, or correct the name",
                        ));
                    };
                    let scopes = scopes.iter_seq().filter_map(Node::as_str);
                    way.entry(scheme.id)
                        .or_default()
                        .extend(scopes.map(str::to_owned));
                    names.insert(name.text.as_str());
                }
                ways.push(way);
            }
            if ways.is_empty() {
                ways.push(Way::new());
            }
            return Ok(Required {
                ways,
                names,
                pointer: format!("{}/security", at.pointer),
                is_written: true,
            });
        }
        Ok(Required {
            ways: vec![Way::new()],
            names: BTreeSet::new(),
            pointer: ROOT.to_owned(),
            is_written: false,
        })
    }
}

/// The scopes that one of the ways wants beyond those that it wanted, and those that it wants no longer.
fn scopes<'w>(before: &'w [Way], after: &'w [Way]) -> (Vec<&'w str>, Vec<&'w str>) {
    let (mut added, mut dropped) = (BTreeSet::new(), BTreeSet::new());
    for had in before.iter().filter(|had| !after.contains(had)) {
        let suffices = |wants: &Way| {
            let mut all = wants.iter();
            all.all(|(id, scopes)| had.get(id).is_some_and(|has| scopes.is_subset(has)))
        };
        let suffices = after.iter().any(suffices);
        let mut alike = after.iter().filter(|wants| wants.keys().eq(had.keys()));
        let instead = alike.clone().find(|wants| !before.contains(wants));
        // What is left of several ways was there before: nothing of it is new but to who went another.
        let (wants, is_instead) = match (instead, alike.next()) {
            (Some(wants), _) => (wants, true),
            (None, Some(wants)) => (wants, false),
            (None, None) => continue,
        };
        for (id, scopes) in had {
            let Some(wanted) = wants.get(id) else {
                continue;
            };
            if !suffices {
                added.extend(wanted.difference(scopes).map(String::as_str));
            }
            if is_instead {
                dropped.extend(scopes.difference(wanted).map(String::as_str));
            }
        }
    }
    (added.into_iter().collect(), dropped.into_iter().collect())
}

fn schemes(source: &Source<'_>) -> Result<BTreeMap<String, Scheme>, LoadError> {
    let Some(components) = check::child_map(source, &source.root(), "components")? else {
        return Ok(BTreeMap::new());
    };
    let schemes = check::maps_under(source, &components, "securitySchemes")?;
    let schemes = schemes.into_iter().map(|(name, at)| {
        let (facts, shown) = told(&at);
        let scheme = Scheme {
            facts,
            shown,
            pointer: at.pointer.clone(),
            id: 0,
            was: None,
        };
        (name, scheme)
    });
    Ok(schemes.collect())
}

/// What a scheme asks of a client, as facts of which none may go, and in words.
fn told(at: &At<'_>) -> (BTreeSet<String>, String) {
    let text = |key: &str| at.node.text(key).unwrap_or_default();
    let one = |fact: String, shown: String| (BTreeSet::from([fact]), shown);
    match text("type") {
        "apiKey" => {
            let name = match text("in") {
                "header" => text("name").to_lowercase(),
                _ => text("name").to_owned(),
            };
            one(
                format!("apiKey {} {name}", text("in")),
                format!("apiKey in {} {}", text("in"), text("name")),
            )
        }
        "http" => {
            let shown = format!("http {}", text("scheme").to_lowercase());
            one(shown.clone(), shown)
        }
        "openIdConnect" => {
            let shown = format!("openIdConnect {}", text("openIdConnectUrl"));
            one(shown.clone(), shown)
        }
        "oauth2" => {
            let mut facts = BTreeSet::from(["oauth2".to_owned()]);
            let mut shown = vec!["oauth2".to_owned()];
            let flows = at.node.get("flows").into_iter().flat_map(Node::iter_map);
            for (name, flow) in flows.filter(|(name, _)| !name.text.starts_with("x-")) {
                facts.insert(name.text.clone());
                shown.push(name.text.clone());
                for key in ["authorizationUrl", "tokenUrl", "refreshUrl"] {
                    if let Some(url) = flow.text(key) {
                        facts.insert(format!("{} {key} {url}", name.text));
                        shown.push(url.to_owned());
                    }
                }
            }
            (facts, shown.join(" "))
        }
        other => one(other.to_owned(), other.to_owned()),
    }
}
