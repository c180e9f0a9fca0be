//! From the parser's events to the tree.

use std::collections::HashMap;

use saphyr_parser::{Event, Marker, Parser, ScalarStyle, ScanError, Span, Tag};

use super::node::{Key, Node, Position, Value};
use super::scalar;

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

/// The root of the one document in `text`.
pub(super) fn tree(text: &str) -> Result<Node, Problem> {
    refuse_control_characters(text)?;
    let mut builder = Builder::default();
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|error| unreadable(text, &error))?;
        builder.take(event, span)?;
    }
    builder.root.ok_or_else(|| {
        problem(
            Position::START,
            "the file holds nothing",
            "write an OpenAPI document",
        )
    })
}

/// The parser takes a NUL for the end of the text: without this, whatever follows one would be lost
/// without a word. YAML allows none of these characters.
fn refuse_control_characters(text: &str) -> Result<(), Problem> {
    let allowed = ['\t', '\n', '\r', '\u{85}'];
    match text.find(|character: char| character.is_control() && !allowed.contains(&character)) {
        None => Ok(()),
        Some(index) => Err(problem(
            Position::after(text.get(..index).unwrap_or_default()),
            "a control character stands here",
            "remove it",
        )),
    }
}

fn unreadable(text: &str, error: &ScanError) -> Problem {
    let legal_json = serde_json::from_str::<serde_json::Value>(text).is_ok();
    problem(
        place(error.marker()),
        format!("not well-formed: {}", error.info()),
        if legal_json {
            "the file is legal JSON, but not the JSON that YAML 1.2 contains: rewrite this spot"
        } else {
            "mend the YAML here, or just before"
        },
    )
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
                    return self.key(&text, style, start);
                }
                let value = scalar_value(&text, style, tag.as_deref())
                    .map_err(|(message, mend)| problem(start, message, mend))?;
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

    fn key(&mut self, text: &str, style: ScalarStyle, position: Position) -> Result<(), Problem> {
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
        if let Some(tag) = tag
            && !(tag.is_yaml_core_schema() && tag.suffix == core)
        {
            let (message, mend) = unfit_tag(tag);
            return Err(problem(start, message, mend));
        }
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

fn unfit_tag(tag: &Tag) -> (String, String) {
    let message = if tag.is_yaml_core_schema() {
        format!("the tag `!!{}` doesn't fit what it stands on", tag.suffix)
    } else {
        format!("the tag `{tag}` isn't of YAML's core schema")
    };
    (message, "remove the tag".to_owned())
}

fn scalar_value(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<Value, (String, String)> {
    let resolve = || {
        scalar::plain(text).map_err(|message| {
            (
                message.to_owned(),
                "write another number, or quote the text".to_owned(),
            )
        })
    };
    let Some(tag) = tag else {
        return match style {
            ScalarStyle::Plain => resolve(),
            _ => Ok(Value::String(text.to_owned())),
        };
    };
    if !tag.is_yaml_core_schema() {
        return Err(unfit_tag(tag));
    }
    if tag.suffix == "str" {
        return Ok(Value::String(text.to_owned()));
    }
    let value = resolve()?;
    let fits = match (&value, tag.suffix.as_str()) {
        (Value::Null, "null") | (Value::Bool(_), "bool") | (Value::Number(_), "float") => true,
        (Value::Number(number), "int") => number.is_i64() || number.is_u64(),
        _ => false,
    };
    if fits { Ok(value) } else { Err(unfit_tag(tag)) }
}
