//! Merges the parts of a schema into one shape.

use super::layers::{self, Part, WORDS};
use super::outline::{canonical, outline};
use super::read;
use super::{Additional, Bound, Discriminator, Layer, Property, Shape, Spot, Union};
use crate::load::{LoadError, Node, Value, pointer_token};
use crate::review::source::Source;

const SIZES: &[&str] = &[
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

/// The shape of the schema at `spot`.
pub(super) fn merged<'d>(source: &Source<'d>, spot: &Spot<'d>) -> Result<Shape<'d>, LoadError> {
    let parts = layers::parts(source, spot)?;
    let mut merge = Merge {
        source,
        shape: Shape {
            pointer: parts.pointer,
            name: parts.name,
            ..Shape::default()
        },
    };
    let mut allows_null = Vec::new();
    for (index, part) in parts.all.iter().enumerate() {
        let null = merge.take(index, part)?;
        if index == 0 && null || part.leaf {
            allows_null.push((index, null));
        }
    }
    let mut shape = merge.shape;
    shape.nullable = allows_null.first() == Some(&(0, true))
        || !allows_null.is_empty() && allows_null.iter().all(|(_, null)| *null);
    if !shape.nullable {
        shape.places.remove("nullable");
    }
    shape.layers = parts.all.into_iter().map(|part| part.layer).collect();
    shape.kind = shape.kind.take().or_else(|| implied(&shape));
    settle_bounds(&mut shape);
    Ok(shape)
}

struct Merge<'a, 'd> {
    source: &'a Source<'d>,
    shape: Shape<'d>,
}

impl<'d> Merge<'_, 'd> {
    /// Adds what a part says; answers whether it allows null.
    fn take(&mut self, layer: usize, part: &Part<'d>) -> Result<bool, LoadError> {
        let node = part.at.node;
        let mut null = read::flag(self.source, node, "nullable")?;
        if null {
            self.at("nullable", layer, &part.layer);
        }
        self.type_and_format(layer, part)?;
        null |= self.values(layer, part)?;
        self.numbers(layer, part)?;
        self.texts_and_sizes(layer, part)?;
        self.object(layer, part)?;
        null |= self.unions(layer, part)?;
        self.rest(layer, part)?;
        Ok(null)
    }

    /// Remembers where a keyword stands that says more than what was known.
    fn at(&mut self, keyword: &'static str, index: usize, layer: &Layer) {
        let place = format!("{}/{keyword}", layer.pointer);
        self.shape.places.entry(keyword).or_insert((place, index));
    }

    fn type_and_format(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        let node = part.at.node;
        if let Some(kind) = read::text(self.source, node, "type")? {
            self.at("type", layer, &part.layer);
            let known = self.shape.kind.take();
            self.shape.kind = Some(match known.as_deref() {
                Some("number") if kind == "integer" => "integer".to_owned(),
                Some("integer") if kind == "number" => "integer".to_owned(),
                known => both(known, kind),
            });
        }
        if let Some(format) = read::text(self.source, node, "format")? {
            self.at("format", layer, &part.layer);
            self.shape.format = Some(both(self.shape.format.as_deref(), format));
        }
        Ok(())
    }

    fn values(&mut self, layer: usize, part: &Part<'d>) -> Result<bool, LoadError> {
        let Some(values) = read::list(self.source, part.at.node, "enum")? else {
            return Ok(false);
        };
        self.at("enum", layer, &part.layer);
        let taken = values.iter().filter(|value| !value.is_null());
        let taken = taken.map(canonical).collect();
        self.shape.values = Some(match self.shape.values.take() {
            Some(known) => known.intersection(&taken).cloned().collect(),
            None => taken,
        });
        Ok(values.iter().any(Node::is_null))
    }

    fn numbers(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        let node = part.at.node;
        for (keyword, excluded, sign) in [
            ("minimum", "exclusiveMinimum", 1.0),
            ("maximum", "exclusiveMaximum", -1.0),
        ] {
            let exclusive = read::flag(self.source, node, excluded)?;
            let Some(value) = read::number(self.source, node, keyword)? else {
                continue;
            };
            let bound = Bound { value, exclusive };
            let known = match keyword {
                "minimum" => &mut self.shape.minimum,
                _ => &mut self.shape.maximum,
            };
            if known.is_none_or(|known| bound.tighter(known, sign)) {
                *known = Some(bound);
                self.shape.places.remove(keyword);
            }
            self.at(keyword, layer, &part.layer);
        }
        if let Some(multiple) = read::number(self.source, node, "multipleOf")? {
            self.at("multipleOf", layer, &part.layer);
            if !self.shape.multiples.contains(&multiple) {
                self.shape.multiples.push(multiple);
                self.shape.multiples.sort_by(f64::total_cmp);
            }
        }
        Ok(())
    }

    fn texts_and_sizes(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        let node = part.at.node;
        for keyword in SIZES {
            let Some(size) = read::size(self.source, node, keyword)? else {
                continue;
            };
            let least = keyword.starts_with("min");
            if least && size == 0 {
                continue;
            }
            let known = self.shape.sizes.get(keyword);
            let tighter =
                known.is_none_or(|known| if least { size > *known } else { size < *known });
            if tighter {
                self.shape.sizes.insert(keyword, size);
                self.shape.places.remove(keyword);
            }
            self.at(keyword, layer, &part.layer);
        }
        if let Some(pattern) = read::text(self.source, node, "pattern")? {
            self.at("pattern", layer, &part.layer);
            self.shape.patterns.insert(pattern.to_owned());
        }
        if read::flag(self.source, node, "uniqueItems")? {
            self.at("uniqueItems", layer, &part.layer);
            self.shape.unique = true;
        }
        Ok(())
    }

    fn object(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        let node = part.at.node;
        if let Some(properties) = read::map(self.source, node, "properties")? {
            self.at("properties", layer, &part.layer);
            for (key, property) in properties.iter_map() {
                let token = pointer_token(&key.text);
                let pointer = format!("{}/properties/{token}", part.at.pointer);
                let at = self.source.follow(property, pointer.clone())?;
                match self.shape.properties.get_mut(&key.text) {
                    Some(known) => known.spot.and(Spot::of(at)),
                    None => {
                        let spot = Spot::of(at);
                        let property = Property {
                            pointer,
                            layer,
                            spot,
                        };
                        self.shape.properties.insert(key.text.clone(), property);
                    }
                }
            }
        }
        if let Some(required) = read::list(self.source, node, "required")? {
            if !required.is_empty() {
                self.at("required", layer, &part.layer);
            }
            for name in required {
                let Some(name) = name.as_str() else {
                    return Err(self.source.error(
                        name.start,
                        format!("`required` lists names, but {} stands here", name.kind()),
                        "write the name of a property",
                    ));
                };
                self.shape.required.insert(name.to_owned());
            }
        }
        self.additional(layer, part)?;
        if let Some(items) = node.get("items") {
            self.at("items", layer, &part.layer);
            read::mapping(self.source, items)?;
            let pointer = format!("{}/items", part.at.pointer);
            let at = self.source.follow(items, pointer)?;
            match &mut self.shape.items {
                _ if says_nothing(items) => (),
                Some(known) => known.and(Spot::of(at)),
                none => *none = Some(Spot::of(at)),
            }
        }
        Ok(())
    }

    fn additional(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        const KEY: &str = "additionalProperties";
        let Some(found) = part.at.node.get(KEY) else {
            return Ok(());
        };
        let taken = match &found.value {
            Value::Bool(true) => Additional::Open,
            Value::Bool(false) => Additional::Closed,
            Value::Map(_) if says_nothing(found) => Additional::Open,
            Value::Map(_) => {
                let pointer = format!("{}/{KEY}", part.at.pointer);
                Additional::Typed(Spot::of(self.source.follow(found, pointer)?))
            }
            _ => {
                return Err(self.source.error(
                    found.start,
                    format!(
                        "`{KEY}` has to be true, false or a schema, but {} stands here",
                        found.kind()
                    ),
                    "write `true`, `false` or a schema",
                ));
            }
        };
        if !matches!(taken, Additional::Open) {
            self.at(KEY, layer, &part.layer);
        }
        let known = std::mem::take(&mut self.shape.additional);
        self.shape.additional = match (known, taken) {
            (Additional::Open, other) | (other, Additional::Open) => other,
            (Additional::Closed, _) | (_, Additional::Closed) => Additional::Closed,
            (Additional::Typed(mut known), Additional::Typed(more)) => {
                known.and(more);
                Additional::Typed(known)
            }
        };
        Ok(())
    }

    fn unions(&mut self, layer: usize, part: &Part<'d>) -> Result<bool, LoadError> {
        let mut null = false;
        for keyword in ["oneOf", "anyOf"] {
            let branches = layers::branches(self.source, &part.at, keyword)?;
            let all = part
                .at
                .node
                .get(keyword)
                .map_or(0, |all| all.iter_seq().len());
            null |= branches.len() < all;
            if branches.len() > 1 {
                self.at(keyword, layer, &part.layer);
                let branches = branches.into_iter();
                self.shape.unions.push(Union {
                    keyword,
                    pointer: format!("{}/{keyword}", part.at.pointer),
                    branches: branches.map(|(place, at)| (place, Spot::of(at))).collect(),
                });
            }
        }
        Ok(null)
    }

    fn rest(&mut self, layer: usize, part: &Part<'d>) -> Result<(), LoadError> {
        let node = part.at.node;
        if let Some(not) = read::map(self.source, node, "not")? {
            self.at("not", layer, &part.layer);
            self.shape.not.insert(outline(not));
        }
        if let Some(discriminator) = self.discriminator(node)? {
            self.at("discriminator", layer, &part.layer);
            self.shape.discriminator.get_or_insert(discriminator);
        }
        for keyword in ["default", "x-variant-keys"] {
            let Some(found) = node.get(keyword) else {
                continue;
            };
            self.at(keyword, layer, &part.layer);
            match keyword {
                "default" => self.shape.default.get_or_insert_with(|| canonical(found)),
                _ => self
                    .shape
                    .variant_keys
                    .get_or_insert_with(|| found.to_json().to_string()),
            };
        }
        if read::flag(self.source, node, "readOnly")? {
            self.at("readOnly", layer, &part.layer);
            self.shape.read_only = true;
        }
        if read::flag(self.source, node, "writeOnly")? {
            self.at("writeOnly", layer, &part.layer);
            self.shape.write_only = true;
        }
        if let Some(title) = node.text("title")
            && self.shape.title.is_none()
        {
            self.at("title", layer, &part.layer);
            self.shape.title = Some(title.to_owned());
        }
        for word in WORDS {
            if let Some(found) = node.get(word)
                && found.as_bool() != Some(false)
            {
                self.shape.words.push_str(word);
                self.shape.words.push_str(&canonical(found));
            }
        }
        Ok(())
    }

    fn discriminator(&self, node: &Node) -> Result<Option<Discriminator>, LoadError> {
        let Some(found) = read::map(self.source, node, "discriminator")? else {
            return Ok(None);
        };
        let Some(property) = read::text(self.source, found, "propertyName")? else {
            return Err(self.source.error(
                found.start,
                "a discriminator names no property",
                "add `propertyName`",
            ));
        };
        let mapping = read::map(self.source, found, "mapping")?;
        let mapping = mapping.into_iter().flat_map(Node::iter_map);
        Ok(Some(Discriminator {
            property: property.to_owned(),
            mapping: mapping
                .filter_map(|(tag, target)| {
                    let target = target.as_str()?;
                    let name = target.rsplit('/').next().unwrap_or(target);
                    Some((tag.text.clone(), name.to_owned()))
                })
                .collect(),
        }))
    }
}

/// Whether a schema takes anything: `{}`, with or without words.
fn says_nothing(node: &Node) -> bool {
    let mut keys = node.iter_map().map(|(key, _)| key.text.as_str());
    node.is_map() && keys.all(|key| WORDS.contains(&key))
}

/// What contradicts stands side by side.
fn both(known: Option<&str>, more: &str) -> String {
    let mut all: Vec<&str> = known
        .into_iter()
        .flat_map(|known| known.split(" & "))
        .collect();
    all.push(more);
    all.sort_unstable();
    all.dedup();
    all.join(" & ")
}

/// The type that the other statements make of a schema without one.
fn implied(shape: &Shape<'_>) -> Option<String> {
    let says = |keywords: &[&str]| {
        keywords
            .iter()
            .any(|keyword| shape.places.contains_key(keyword))
    };
    let object = [
        "properties",
        "additionalProperties",
        "minProperties",
        "maxProperties",
    ];
    if says(&object) || (says(&["required"]) && shape.unions.is_empty()) {
        return Some("object".to_owned());
    }
    if says(&["items", "minItems", "maxItems", "uniqueItems"]) {
        return Some("array".to_owned());
    }
    if says(&["pattern", "minLength", "maxLength"]) {
        return Some("string".to_owned());
    }
    let values = shape.values.as_ref()?;
    let mut kinds = values.iter().map(|value| match value.as_bytes().first() {
        Some(b'"') => Some("string"),
        Some(b't' | b'f') => Some("boolean"),
        Some(b'{' | b'[') | None => None,
        Some(_) if value.contains(['.', 'e']) => Some("number"),
        Some(_) => Some("integer"),
    });
    let first = kinds.next()??;
    kinds
        .all(|kind| kind == Some(first))
        .then(|| first.to_owned())
}

/// An excluded bound of a whole number is the next number.
fn settle_bounds(shape: &mut Shape<'_>) {
    if shape.kind.as_deref() != Some("integer") {
        return;
    }
    for (bound, sign) in [(&mut shape.minimum, 1.0), (&mut shape.maximum, -1.0)] {
        if let Some(bound) = bound {
            let whole = if sign > 0.0 {
                bound.value.ceil()
            } else {
                bound.value.floor()
            };
            let next = bound.exclusive && whole == bound.value;
            bound.value = if next { whole + sign } else { whole };
            bound.exclusive = false;
        }
    }
}

impl Bound {
    /// Whether it leaves less than `other`; `sign` is 1 for a minimum, -1 for a maximum.
    pub fn tighter(self, other: Self, sign: f64) -> bool {
        let (own, others) = (self.value * sign, other.value * sign);
        own > others || (own == others && self.exclusive && !other.exclusive)
    }
}

impl<'d> Spot<'d> {
    /// Merges another place into it, unless it is the same.
    fn and(&mut self, other: Self) {
        for at in std::iter::once(other.at).chain(other.more) {
            let known = std::iter::once(&self.at).chain(&self.more);
            if known.into_iter().all(|known| known.pointer != at.pointer) {
                self.more.push(at);
            }
        }
    }
}
