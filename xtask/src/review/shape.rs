//! A schema as a client sees it: references followed, `allOf` merged, what is said twice said once.
//!
//! `allOf` is flattened into layers. A layer's statements narrow those of the others; where two contradict each other, both are kept
//! side by side, so that the same contradiction in two documents is no difference. Every statement remembers the layer it comes
//! from: a change of a base is one cause, whoever is made of it.

mod layers;
mod leaf;
mod merge;
mod outline;
mod read;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

pub(super) use layers::component;
pub(super) use leaf::{leaf_flag, same_leaf};
pub(super) use outline::outline;

use super::source::{At, Source};
use crate::load::LoadError;

/// A schema's place; several when the parts of an `allOf` describe the same property.
#[derive(Clone, Debug)]
pub struct Spot<'d> {
    /// The first place.
    pub at: At<'d>,
    /// The others.
    pub more: Vec<At<'d>>,
}

/// A schema with its references followed and its parts merged.
#[derive(Debug, Default)]
pub struct Shape<'d> {
    /// Where it stands, behind references and wraps that add nothing.
    pub pointer: String,
    /// The component that it is, or wraps.
    pub name: Option<String>,
    /// The name that a reference from outside gave the parts that the statements come from.
    pub layers: Vec<Layer>,
    /// `type`, or what the other statements make of it; `None` takes anything.
    pub kind: Option<String>,
    /// `format`.
    pub format: Option<String>,
    /// Whether null is allowed.
    pub nullable: bool,
    /// `enum` without null, each value as canonical JSON.
    pub values: Option<BTreeSet<String>>,
    /// `minimum`, and whether it is excluded itself.
    pub minimum: Option<Bound>,
    /// `maximum`, and whether it is excluded itself.
    pub maximum: Option<Bound>,
    /// `multipleOf`, each that a part asks for.
    pub multiples: Vec<f64>,
    /// `minLength`, `maxItems` and their like, by keyword; a least size of 0 is none.
    pub sizes: BTreeMap<&'static str, u64>,
    /// `pattern`, each that a part asks for.
    pub patterns: BTreeSet<String>,
    /// `uniqueItems`.
    pub unique: bool,
    /// `properties`, by name.
    pub properties: BTreeMap<String, Property<'d>>,
    /// `required`, as a set.
    pub required: BTreeSet<String>,
    /// `additionalProperties`.
    pub additional: Additional<'d>,
    /// `items`.
    pub items: Option<Spot<'d>>,
    /// `oneOf` and `anyOf` of more than one branch.
    pub unions: Vec<Union<'d>>,
    /// `not`, in outline.
    pub not: BTreeSet<String>,
    /// `discriminator`.
    pub discriminator: Option<Discriminator>,
    /// `default`, as canonical JSON.
    pub default: Option<String>,
    /// `readOnly`.
    pub read_only: bool,
    /// `writeOnly`.
    pub write_only: bool,
    /// `title`.
    pub title: Option<String>,
    /// `x-variant-keys`, as canonical JSON in written order.
    pub variant_keys: Option<String>,
    /// What is for readers only, as canonical JSON.
    pub words: String,
    places: HashMap<&'static str, (String, usize)>,
}

/// A part that a shape is merged from.
#[derive(Clone, Debug)]
pub struct Layer {
    /// Where it stands.
    pub pointer: String,
    /// The component that it belongs to; `None` for what stands inline where the shape is used.
    pub owner: Option<String>,
}

/// A bound of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The number.
    pub value: f64,
    /// Whether the number itself is out.
    pub exclusive: bool,
}

/// A property.
#[derive(Clone, Debug)]
pub struct Property<'d> {
    /// Where it stands itself, before its reference is followed.
    pub pointer: String,
    /// Which layer it comes from.
    pub layer: usize,
    /// Its schema.
    pub spot: Spot<'d>,
}

/// What an object says of properties that it doesn't name.
#[derive(Clone, Debug, Default)]
pub enum Additional<'d> {
    /// They may be anything.
    #[default]
    Open,
    /// There are none.
    Closed,
    /// They have this schema.
    Typed(Spot<'d>),
}

/// A `oneOf` or `anyOf`.
#[derive(Clone, Debug)]
pub struct Union<'d> {
    /// `oneOf` or `anyOf`.
    pub keyword: &'static str,
    /// Where the list stands.
    pub pointer: String,
    /// The branches, with the place of each in the list; those that only mean null are left out.
    pub branches: Vec<(String, Spot<'d>)>,
}

/// What tells the branches of a union apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discriminator {
    /// `propertyName`.
    pub property: String,
    /// `mapping`: from a tag to the component's name.
    pub mapping: BTreeMap<String, String>,
}

/// Reads the shapes of a document, each once.
#[derive(Debug)]
pub struct Reader<'d> {
    /// The document.
    pub source: Source<'d>,
    shapes: HashMap<String, Rc<Shape<'d>>>,
}

impl<'d> Reader<'d> {
    /// Nothing is read yet.
    pub fn new(source: Source<'d>) -> Self {
        Self {
            source,
            shapes: HashMap::new(),
        }
    }

    /// The shape at a place.
    ///
    /// # Errors
    ///
    /// A statement of the wrong kind, a reference that leads nowhere; with its place.
    pub fn shape(&mut self, spot: &Spot<'d>) -> Result<Rc<Shape<'d>>, LoadError> {
        let id = spot.id();
        if let Some(known) = self.shapes.get(&id) {
            return Ok(Rc::clone(known));
        }
        let shape = Rc::new(merge::merged(&self.source, spot)?);
        self.shapes.insert(id, Rc::clone(&shape));
        Ok(shape)
    }
}

impl<'d> Spot<'d> {
    /// One place.
    pub fn of(at: At<'d>) -> Self {
        Self {
            at,
            more: Vec::new(),
        }
    }

    /// What tells it from other places of its document.
    pub fn id(&self) -> String {
        let mut id = self.at.pointer.clone();
        if let Some(name) = component(&self.at) {
            id.push('\n');
            id.push_str(name);
        }
        for at in &self.more {
            id.push('\n');
            id.push_str(&at.pointer);
        }
        id
    }
}

impl Shape<'_> {
    /// Where `keyword` stands; `None` when the shape doesn't say it.
    pub fn place(&self, keyword: &str) -> Option<&str> {
        self.places
            .get(keyword)
            .map(|(pointer, _)| pointer.as_str())
    }

    /// The layer that says `keyword`; the first when none does.
    pub fn layer_of(&self, keyword: &str) -> Option<&Layer> {
        let index = self.places.get(keyword).map_or(0, |(_, layer)| *layer);
        self.layers.get(index)
    }

    /// The layer that belongs to the same component as one of the other document; the first when none does.
    pub fn counterpart(&self, owner: Option<&str>) -> Option<&Layer> {
        let same = |layer: &&Layer| owner.is_some() && layer.owner.as_deref() == owner;
        self.layers
            .iter()
            .find(same)
            .or_else(|| self.layers.first())
    }

    /// Whether it takes any value at all.
    pub fn is_any(&self) -> bool {
        self.kind.is_none()
            && self.values.is_none()
            && self.unions.is_empty()
            && self.not.is_empty()
            && self.format.is_none()
    }

    /// Whether it is one of several forms, and nothing beside.
    pub fn is_union(&self) -> bool {
        !self.unions.is_empty() && self.properties.is_empty() && self.values.is_none()
    }

    /// Whether it is an object with no properties of its own: a map.
    pub fn is_map(&self) -> bool {
        self.kind.as_deref() == Some("object")
            && self.properties.is_empty()
            && self.required.is_empty()
            && self.unions.is_empty()
            && !matches!(self.additional, Additional::Closed)
    }
}
