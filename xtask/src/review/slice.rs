//! Places in a document, with the lines that a reader wants to see of them.

use super::{Side, SliceLine};
use crate::load::{Document, Node, Position};

/// More lines of a node are cut.
const LINES: usize = 40;
/// More of a line is cut: a JSON document may be one line.
const CHARACTERS: usize = 200;

/// A document's lines, ready to be shown.
pub(super) struct Slicer<'d> {
    document: &'d Document,
    lines: Vec<&'d str>,
}

impl<'d> Slicer<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        Self {
            document,
            lines: document.text.lines().collect(),
        }
    }

    /// The node at a pointer, or the nearest around it.
    pub(super) fn side(&self, pointer: &str) -> Side {
        let position = self.document.position(pointer);
        let mut slice = Vec::new();
        let mut shown = 0;
        for parent in parents(pointer) {
            let place = self.document.position(parent);
            if place.line > shown && place.line < position.line {
                slice.push(self.line(place, false));
                shown = place.line;
            }
        }
        let around = std::iter::successors(Some(pointer), |it| Some(it.rsplit_once('/')?.0));
        let mut nodes = around.filter_map(|it| self.document.pointer(it));
        let end = nodes.next().map_or(position.line, |node| self.last(node));
        let last_line = end.max(position.line);
        for number in position.line..=last_line {
            if number >= position.line + LINES {
                slice.push(SliceLine {
                    number: None,
                    text: format!("… {} lines more", last_line - number + 1),
                    changed: true,
                });
                break;
            }
            let column = if number == position.line {
                position.column
            } else {
                1
            };
            let place = Position {
                line: number,
                column,
            };
            slice.push(self.line(place, true));
        }
        Side {
            file: self.document.file.clone(),
            position,
            pointer: pointer.to_owned(),
            slice,
        }
    }

    /// The last line that a node fills: a block's end is the start of what follows it, with blank lines and comments between.
    fn last(&self, node: &Node) -> usize {
        let line = |number: usize| self.lines.get(number - 1).copied().unwrap_or_default();
        let mut last = node.end.line;
        if line(last)
            .chars()
            .take(node.end.column - 1)
            .all(char::is_whitespace)
        {
            last -= 1;
            let is_between = |text: &str| text.is_empty() || text.starts_with('#');
            while last > node.start.line && is_between(line(last).trim()) {
                last -= 1;
            }
        }
        last.max(node.start.line)
    }

    fn line(&self, place: Position, changed: bool) -> SliceLine {
        let text = self.lines.get(place.line.saturating_sub(1));
        SliceLine {
            number: Some(place.line),
            text: cut(text.copied().unwrap_or_default(), place.column),
            changed,
        }
    }
}

/// The line, or what stands around a column of it.
fn cut(line: &str, column: usize) -> String {
    if line.chars().count() <= CHARACTERS {
        return line.to_owned();
    }
    let start = column.saturating_sub(CHARACTERS / 4);
    let part: String = line.chars().skip(start).take(CHARACTERS).collect();
    let before = if start > 0 { "…" } else { "" };
    format!("{before}{part}…")
}

/// The pointers above one, the root left out, from the top.
fn parents(pointer: &str) -> impl Iterator<Item = &str> {
    pointer
        .match_indices('/')
        .filter(|(at, _)| *at > 0)
        .filter_map(|(at, _)| pointer.get(..at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slice(text: &str, pointer: &str) -> Vec<String> {
        let document = Document::parse("a.yaml", text).unwrap();
        let side = Slicer::new(&document).side(pointer);
        let lines = side.slice.into_iter();
        lines
            .map(|line| {
                let number = line
                    .number
                    .map_or("…".to_owned(), |number| number.to_string());
                let mark = if line.changed { "*" } else { " " };
                format!("{number}{mark}{}", line.text)
            })
            .collect()
    }

    #[test]
    fn a_slice_is_the_node_below_the_keys_of_its_parents() {
        let text = "a:\n  b:\n    other: 1\n    c:\n      d: 1\n      e: 2\n\nz: 1\n";
        assert_eq!(
            slice(text, "/a/b/c"),
            ["1 a:", "2   b:", "4*    c:", "5*      d: 1", "6*      e: 2"]
        );
    }

    #[test]
    fn a_slice_ends_where_its_node_does() {
        for (text, last) in [
            ("a:\n  b:\n    c: 1\n  d: 1\n", "3*    c: 1"),
            ("a:\n  b:\n    c: 1\n\n  # of d\n  d: 1\n", "3*    c: 1"),
            ("a:\n  b: [1,\n    2\n  ]\n  d: 1\n", "4*  ]"),
            ("a:\n  b: >-\n    one\n    two\n  d: 1\n", "4*    two"),
            ("a:\n  b:\n    - 1\n", "3*    - 1"),
            ("a: {b: {c: 1}, d: 1}\n", "1*a: {b: {c: 1}, d: 1}"),
        ] {
            let lines = slice(text, "/a/b");
            assert_eq!(lines.last().map(String::as_str), Some(last), "{text}");
        }
    }

    #[test]
    fn a_node_that_is_gone_shows_what_is_around_it() {
        assert_eq!(slice("a:\n  b: 1\n", "/a/c"), ["1*a:", "2*  b: 1"]);
    }

    #[test]
    fn a_long_node_and_a_long_line_are_cut() {
        let long: String = (0..60).map(|n| format!("  k{n}: 1\n")).collect();
        let lines = slice(&format!("a:\n{long}"), "/a");
        assert_eq!(lines.len(), LINES + 1);
        assert_eq!(lines.last().unwrap(), "…*… 21 lines more");
        let json = format!("{{\"a\": \"{}\", \"b\": 1}}", "x".repeat(5_000));
        assert!(slice(&json, "/b")[0].chars().count() < 220);
    }
}
