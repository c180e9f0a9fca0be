//! From the parser's events to the tree.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::node::{Key, Node, Position, Value};
use super::scalar::{self, Plain};
use super::{Loss, Lost};

/// Deeper nesting than any spec needs; it bounds every later walk over the tree.
const MAX_DEPTH: usize = 128;
/// What a file may hold once its aliases are expanded.
const MAX_NODES: usize = 1_000_000;

/// What is wrong with a text, and where.
pub(super) struct Problem {
    pub(super) position: Position,
    pub(super) message: String,
    pub(super) mend: String,
}

fn problem(position: Position, message: impl Into<String>, mend: impl Into<String>) -> Problem {
    Problem {
        position,
        message: message.into(),
        mend: mend.into(),
    }
}

/// The root of the one document in `text`, and what of the text it doesn't hold.
pub(super) fn tree(text: &str) -> Result<(Node, Vec<Loss>), Problem> {
    refuse_control_characters(text)?;
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| unreadable(text, &error))?;
        builder.take(event, span)?;
    }
    let root = builder.root.ok_or_else(|| {
        problem(
            Position::START,
            "the file holds nothing",
            "write an OpenAPI document",
        )
    })?;
    Ok((root, builder.losses))
}

/// The parser takes a NUL for the end of the text: without this, whatever follows one would be lost
/// without a word. YAML allows none of these characters.
fn refuse_control_characters(text: &str) -> Result<(), Problem> {
    let allowed = ['\t', '\n', '\r', '\u{85}'];
    let refused = |character: &char| character.is_control() && !allowed.contains(character);
    let mut all = text.char_indices();
    match all.find(|(_, character)| refused(character)) {
        None => Ok(()),
        Some((index, character)) => Err(problem(
            Position::after(text.get(..index).unwrap_or_default()),
            format!(
                "the control character U+{:04X} stands here",
                u32::from(character)
            ),
            "remove it; in a text in double quotes it can be written as an escape",
        )),
    }
}

fn unreadable(text: &str, error: &ScanError) -> Problem {
    let position = place(error.marker());
    let legal_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    // In `{$ref: #/…}` the comment takes the brace with it, and the parser complains on a later line.
    let mut lines = text.lines().enumerate().take(position.line);
    let commented = lines.find_map(|(index, line)| Some((index + 1, commented_reference(line)?)));
    let mend = if legal_json {
        "the file is legal JSON, but not the JSON that YAML 1.2 contains: rewrite this spot"
            .to_owned()
    } else if let Some((line, reference)) = commented {
        format!("quote the reference on line {line}: `$ref: '{reference}'`; `#` begins a comment")
    } else {
        "correct the YAML here, or just before".to_owned()
    };
    problem(position, format!("not well-formed: {}", error.info()), mend)
}

/// The reference that a line of YAML has as a comment, because nobody has quoted it.
pub(super) fn commented_reference(line: &str) -> Option<&str> {
    line.match_indices("#/").find_map(|(at, _)| {
        let before = line.get(..at)?;
        let key = before.trim_end().strip_suffix(':')?.trim_end();
        let key = key.trim_end_matches(['\'', '"']);
        let names = ["$ref", "schema", "x-json-text"];
        let is_comment = before.ends_with(char::is_whitespace);
        let is_reference = is_comment && names.iter().any(|name| key.ends_with(name));
        let rest = line.get(at..).filter(|_| is_reference)?;
        let end = rest.find(|sign: char| sign.is_whitespace() || ",}]".contains(sign));
        rest.get(..end.unwrap_or(rest.len()))
    })
}

fn place(marker: &Marker) -> Position {
    Position {
        line: marker.line().max(1),
        column: marker.col() + 1,
    }
}

/// A sequence or mapping whose end hasn't come yet.
struct Open {
    start: Position,
    anchor: usize,
    content: Content,
}

enum Content {
    Seq(Vec<Node>),
    Map {
        entries: Vec<(Key, Node)>,
        places: HashMap<String, Position>,
        key: Option<Key>,
    },
}

#[derive(Default)]
struct Builder {
    root: Option<Node>,
    open: Vec<Open>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    losses: Vec<Loss>,
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: Span) -> Result<(), Problem> {
        let (start, end) = (place(&span.start), place(&span.end));
        match event {
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd => {
                if matches!(event, Event::DocumentStart(_)) && self.root.is_some() {
                    return Err(problem(
                        start,
                        "a second document starts here",
                        "keep one document to a file",
                    ));
                }
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                if self.awaits_key() {
                    return self.key(&text, style, tag.as_deref(), start);
                }
                let (value, lost) = scalar_value(&text, style, tag.as_deref());
                self.lose(start, lost);
                self.place(Node { value, start, end }, anchor)
            }
            Event::SequenceStart(anchor, tag) => {
                self.open(start, anchor, tag.as_deref(), "seq", || {
                    Content::Seq(Vec::new())
                })
            }
            Event::MappingStart(anchor, tag) => {
                self.open(start, anchor, tag.as_deref(), "map", || Content::Map {
                    entries: Vec::new(),
                    places: HashMap::new(),
                    key: None,
                })
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(end),
            Event::Alias(anchor) => self.alias(anchor, start),
        }
    }

    fn awaits_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Open {
                content: Content::Map { key: None, .. },
                ..
            })
        )
    }

    fn lose(&mut self, position: Position, lost: Option<Lost>) {
        self.losses.extend(lost.map(|lost| Loss { position, lost }));
    }

    fn key(
        &mut self,
        text: &str,
        style: ScalarStyle,
        tag: Option<&Tag>,
        position: Position,
    ) -> Result<(), Problem> {
        // A key is its text, whatever the tag says.
        self.lose(position, tag.filter(|tag| !is_text(tag)).map(foreign));
        if style == ScalarStyle::Plain && text == "<<" {
            return Err(problem(
                position,
                "a merge key (`<<`) stands here; YAML 1.2 has none",
                "write the entries out",
            ));
        }
        if style == ScalarStyle::Plain && text.is_empty() {
            return Err(problem(position, "a key is missing", "write it"));
        }
        if let Some(Open {
            content: Content::Map { places, key, .. },
            ..
        }) = self.open.last_mut()
        {
            if let Some(first) = places.insert(text.to_owned(), position) {
                return Err(problem(
                    position,
                    format!("`{text}` is a key of this mapping already, at {first}"),
                    "keep one of the two",
                ));
            }
            *key = Some(Key {
                text: text.to_owned(),
                position,
            });
        }
        Ok(())
    }

    fn open(
        &mut self,
        start: Position,
        anchor: usize,
        tag: Option<&Tag>,
        core: &str,
        content: impl FnOnce() -> Content,
    ) -> Result<(), Problem> {
        if self.awaits_key() {
            return Err(problem(start, "a key has to be text", "write a plain key"));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(too_deep(start));
        }
        let tag = tag.filter(|tag| !(tag.is_yaml_core_schema() && tag.suffix == core));
        self.lose(start, tag.filter(|tag| !is_unspecific(tag)).map(foreign));
        self.open.push(Open {
            start,
            anchor,
            content: content(),
        });
        Ok(())
    }

    fn close(&mut self, end: Position) -> Result<(), Problem> {
        let Some(open) = self.open.pop() else {
            return Ok(());
        };
        let value = match open.content {
            Content::Seq(elements) => Value::Seq(elements),
            Content::Map { entries, .. } => Value::Map(entries),
        };
        let start = open.start;
        self.place(Node { value, start, end }, open.anchor)
    }

    fn alias(&mut self, anchor: usize, start: Position) -> Result<(), Problem> {
        if self.awaits_key() {
            return Err(problem(start, "an alias can't be a key", "write the key"));
        }
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(problem(
                start,
                "this alias stands inside the node that it names",
                "write the node out",
            ));
        };
        let (count, depth) = node.measure();
        if self.open.len() + depth > MAX_DEPTH {
            return Err(too_deep(start));
        }
        let node = node.clone();
        self.spend(count, start)?;
        self.place(node, 0)
    }

    fn place(&mut self, node: Node, anchor: usize) -> Result<(), Problem> {
        let start = node.start;
        self.spend(1, start)?;
        if anchor != 0 {
            self.spend(node.measure().0, start)?;
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Seq(elements)) => elements.push(node),
            Some(Content::Map { entries, key, .. }) => entries.extend(key.take().zip(Some(node))),
        }
        Ok(())
    }

    fn spend(&mut self, nodes: usize, position: Position) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes <= MAX_NODES {
            return Ok(());
        }
        Err(problem(
            position,
            format!("the file grows beyond {MAX_NODES} nodes here"),
            "use fewer aliases",
        ))
    }
}

fn too_deep(position: Position) -> Problem {
    problem(
        position,
        format!("nested more than {MAX_DEPTH} levels deep"),
        "give the inner parts names of their own",
    )
}

const SCALARS: &[&str] = &["str", "null", "bool", "int", "float"];

/// `!`, which only says that a scalar is text.
fn is_unspecific(tag: &Tag) -> bool {
    tag.handle.is_empty() && tag.suffix == "!"
}

fn is_text(tag: &Tag) -> bool {
    is_unspecific(tag) || (tag.is_yaml_core_schema() && tag.suffix == "str")
}

/// What is lost with a tag that its node is read without.
fn foreign(tag: &Tag) -> Lost {
    if !tag.is_yaml_core_schema() {
        return Lost::Tag(tag.to_string());
    }
    let suffix = &tag.suffix;
    match SCALARS.contains(&suffix.as_str()) || suffix == "seq" || suffix == "map" {
        true => Lost::Value(format!(
            "the tag `!!{suffix}` doesn't fit what it stands on"
        )),
        false => Lost::Tag(format!("!!{suffix}")),
    }
}

/// The value of a scalar, and what of it JSON can't hold.
fn scalar_value(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> (Value, Option<Lost>) {
    let as_text = || Value::String(text.to_owned());
    let read = || match scalar::plain(text) {
        Plain::Exact(value) => (value, None),
        Plain::Nearest(number) => (Value::Number(number), Some(Lost::Digits(text.to_owned()))),
        Plain::Nothing(why) => (as_text(), Some(Lost::Value(why.to_owned()))),
    };
    let untagged = || match style {
        ScalarStyle::Plain => read(),
        _ => (as_text(), None),
    };
    let Some(tag) = tag else {
        return untagged();
    };
    if is_text(tag) {
        return (as_text(), None);
    }
    if !tag.is_yaml_core_schema() {
        return (untagged().0, Some(foreign(tag)));
    }
    if !SCALARS.contains(&tag.suffix.as_str()) {
        // `!!binary` and the like: the characters are all that there is.
        return (as_text(), Some(foreign(tag)));
    }
    let (value, lost) = read();
    let fits = match (&value, tag.suffix.as_str()) {
        (Value::Null, "null") | (Value::Bool(_), "bool") | (Value::Number(_), "float") => true,
        (Value::Number(number), "int") => number.is_i64() || number.is_u64() || lost.is_some(),
        _ => false,
    };
    let lost = if fits { lost } else { Some(foreign(tag)) };
    (value, lost)
}
