//! What the stand-ins start from: the catalogue and the settings of each vendor.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::{Location, Spanned};

use crate::bigcommerce;
use crate::cpanel;
use crate::liquidweb;
use crate::state::SeedError;
use crate::webroot;

/// What the stand-ins start from: their catalogues, their settings, and what exists when they start.
///
/// It is written in YAML, one section for each vendor, in the form of the seeds that the sandbox has built in
/// (`src/<vendor>/seed.yaml`). A vendor that is left out keeps its own.
///
/// # Example
/// ```
/// use cartwright_sandbox::SeedData;
///
/// assert!(SeedData::from_yaml("{}").is_ok());
/// let refused = SeedData::from_yaml("cpanel:\n  servr: https://server.example:2083\n").unwrap_err();
/// assert!(refused.place().starts_with("line 2, column "), "{refused}");
/// ```
#[derive(Clone, Debug)]
pub struct SeedData {
    pub(crate) bigcommerce: bigcommerce::Seed,
    pub(crate) cpanel: cpanel::Seed,
    pub(crate) liquidweb: liquidweb::Seed,
    pub(crate) webroot: webroot::Seed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    bigcommerce: Option<bigcommerce::Seed>,
    cpanel: Option<cpanel::Seed>,
    liquidweb: Option<liquidweb::Seed>,
    webroot: Option<webroot::Seed>,
}

impl SeedData {
    /// The seeds that the sandbox has built in.
    ///
    /// # Errors
    /// If one of them is wrong, which a test of the sandbox rules out.
    pub fn builtin() -> Result<Self, SeedError> {
        Self::with(Written {
            bigcommerce: None,
            cpanel: None,
            liquidweb: None,
            webroot: None,
        })
    }

    /// Reads a seed, and checks that the vendors can start from it.
    ///
    /// # Errors
    /// If the text is no YAML, has a field that no seed has, lacks one, or says what no vendor could start from,
    /// such as one id for two products. The place is a line and a column, and the path of the field.
    pub fn from_yaml(text: &str) -> Result<Self, SeedError> {
        let mut path = String::new();
        let options = serde_saphyr::options! { with_snippet: false };
        let written: Result<Written, _> =
            serde_saphyr::with_deserializer_from_str_with_options(text, options, |from| {
                serde_path_to_error::deserialize(from).map_err(|error| {
                    path = error.path().to_string();
                    error.into_inner()
                })
            });
        let written = written.map_err(|error| {
            // What the path ends on is not always known.
            let path = Some(path.trim_end_matches(['.', '?'])).filter(|path| !path.is_empty());
            let place = placed(error.location(), path);
            SeedError::at(place, format!("{}; {MEND}", without_location(&error)))
        })?;
        Self::with(written).map_err(|error| located(text, &error))
    }

    fn with(written: Written) -> Result<Self, SeedError> {
        Ok(Self {
            bigcommerce: match written.bigcommerce {
                Some(seed) => seed.check().map(|()| seed)?,
                None => bigcommerce::Seed::builtin()?,
            },
            cpanel: match written.cpanel {
                Some(seed) => seed.check().map(|()| seed)?,
                None => cpanel::Seed::builtin()?,
            },
            liquidweb: match written.liquidweb {
                Some(seed) => seed.check().map(|()| seed)?,
                None => liquidweb::Seed::builtin()?,
            },
            webroot: match written.webroot {
                Some(seed) => seed.check().map(|()| seed)?,
                None => webroot::Seed::builtin()?,
            },
        })
    }
}

const MEND: &str = "the built-in seeds show the form";

/// `line 3, column 7, cpanel.providers[0].name`, as far as it is known.
fn placed(location: Option<Location>, path: Option<&str>) -> String {
    let location = location.filter(|location| *location != Location::UNKNOWN);
    let location = location.map(|at| format!("line {}, column {}", at.line(), at.column()));
    let parts = [location, path.map(str::to_owned)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn without_location(error: &serde_saphyr::Error) -> String {
    let said = error.to_string();
    let location = error.location();
    let tail = location.map(|at| format!(" at line {}, column {}", at.line(), at.column()));
    match tail.and_then(|tail| said.strip_suffix(&tail).map(str::to_owned)) {
        Some(said) => said,
        None => said,
    }
}

/// The error with line and column before its path: those of the node itself, or of the nearest one around it.
fn located(text: &str, error: &SeedError) -> SeedError {
    let Ok(mut node) = serde_saphyr::from_str::<Spanned<Node>>(text) else {
        return error.clone();
    };
    for step in error
        .place()
        .split(['.', '[', ']'])
        .filter(|step| !step.is_empty())
    {
        let inner = match &mut node.value {
            Node::Mapping(fields) => fields.remove(step),
            Node::Sequence(entries) => {
                let index = step.parse().ok().filter(|index| *index < entries.len());
                index.map(|index: usize| entries.swap_remove(index))
            }
            Node::Scalar => None,
        };
        match inner {
            Some(inner) => node = inner,
            None => break,
        }
    }
    SeedError::at(
        placed(Some(node.referenced), Some(error.place())),
        error.what(),
    )
}

/// A document of which only the places matter.
#[derive(Debug)]
enum Node {
    Mapping(BTreeMap<String, Spanned<Node>>),
    Sequence(Vec<Spanned<Node>>),
    Scalar,
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(Nodes)
    }
}

struct Nodes;

impl<'de> Visitor<'de> for Nodes {
    type Value = Node;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any node")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut fields = BTreeMap::new();
        while let Some((name, node)) = map.next_entry()? {
            fields.insert(name, node);
        }
        Ok(Node::Mapping(fields))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        while let Some(node) = sequence.next_element()? {
            entries.push(node);
        }
        Ok(Node::Sequence(entries))
    }

    fn visit_some<D: Deserializer<'de>>(self, from: D) -> Result<Node, D::Error> {
        Node::deserialize(from)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_str<E>(self, _: &str) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_none<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }

    fn visit_unit<E>(self) -> Result<Node, E> {
        Ok(Node::Scalar)
    }
}
