//! How wide the output is, and how text is fitted into it.

use std::io;

use terminal_size::terminal_size_of;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// The width where nobody says one: of a pipe or a file.
const USUAL: usize = 80;
/// Below this nothing can be read, so nothing is fitted.
const NARROWEST: usize = 20;
/// Longer lines of prose are hard to read.
const PROSE: usize = 100;
/// The least room for a value beside its label.
const BESIDE: usize = 16;

/// The width of standard output in columns: `COLUMNS`, else the terminal's, else 80.
pub(crate) fn of_stdout() -> usize {
    chosen(terminal_size_of(io::stdout()).map(|(width, _)| width.0))
}

/// The width of messages on standard error, found as [`of_stdout`] and never more than prose takes.
pub(crate) fn of_stderr() -> usize {
    chosen(terminal_size_of(io::stderr()).map(|(width, _)| width.0)).min(PROSE)
}

/// The width of a help page.
pub(crate) fn of_help() -> usize {
    of_stdout().min(PROSE)
}

fn chosen(terminal: Option<u16>) -> usize {
    width_from(std::env::var("COLUMNS").ok().as_deref(), terminal)
}

fn width_from(columns: Option<&str>, terminal: Option<u16>) -> usize {
    columns
        .and_then(|text| text.trim().parse().ok())
        .filter(|columns| *columns > 0)
        .or(terminal.map(usize::from).filter(|columns| *columns > 0))
        .unwrap_or(USUAL)
        .max(NARROWEST)
}

/// How many columns a text takes.
pub(crate) fn columns(text: &str) -> usize {
    text.width()
}

/// Whether a character would break a line, drive the terminal, or turn the direction of what follows.
pub(crate) fn drives_terminal(character: char) -> bool {
    character.is_control() || matches!(character, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The text with blanks for characters that [`drives_terminal`] names.
pub(crate) fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| match drives_terminal(character) {
            true => ' ',
            false => character,
        })
        .collect()
}

/// What becomes of a word that is longer than a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LongWord {
    /// It stays whole, for an id or an address that somebody copies.
    Whole,
    /// It is broken.
    Broken,
}

/// The lines of a text that is broken at blanks, and between characters of two columns, which are written without blanks.
pub(crate) fn wrap(text: &str, width: usize, long: LongWord) -> Vec<String> {
    let text = one_line(text);
    if columns(&text) <= width {
        return vec![text];
    }
    let mut lines = Vec::new();
    let (mut line, mut used) = (String::new(), 0);
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        for (index, piece) in pieces(word, width, long).into_iter().enumerate() {
            let size = columns(piece);
            let gap = usize::from(index == 0 && used > 0);
            if used > 0 && used + gap + size > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if gap > 0 {
                line.push(' ');
                used += gap;
            }
            line.push_str(piece);
            used += size;
        }
    }
    lines.push(line);
    lines
}

/// The parts of a word between which a line may end.
fn pieces(word: &str, width: usize, long: LongWord) -> Vec<&str> {
    let mut pieces = Vec::new();
    let (mut start, mut size) = (0, 0);
    let mut last_is_wide = false;
    for (at, character) in word.char_indices() {
        let own = character.width().unwrap_or(0);
        let is_wide = own > 1;
        let too_long = long == LongWord::Broken && own > 0 && size + own > width;
        if at > start && (is_wide || last_is_wide && own > 0 || too_long) {
            pieces.extend(word.get(start..at));
            (start, size) = (at, 0);
        }
        size += own;
        last_is_wide = is_wide || last_is_wide && own == 0;
    }
    pieces.extend(word.get(start..));
    pieces
}

/// A paragraph: the text behind `first`, and what does not fit below it, indented.
pub(crate) fn paragraph(first: &str, indent: usize, text: &str, width: usize) -> String {
    let room = |taken: usize| width.saturating_sub(taken).max(1);
    let whole = format!("{first}{}", one_line(text));
    if columns(&whole) <= width {
        return whole;
    }
    // The first line has its own room, so it is cut off before the rest is wrapped.
    let mut lines = wrap(&whole, width, LongWord::Whole).into_iter();
    let head = lines.next().unwrap_or_default();
    let rest: Vec<String> = lines.collect();
    let rest = match rest.is_empty() {
        true => Vec::new(),
        false => wrap(&rest.join(" "), room(indent), LongWord::Whole),
    };
    let blank = " ".repeat(indent);
    rest.into_iter().fold(head, |mut all, line| {
        all.push('\n');
        all.push_str(&blank);
        all.push_str(&line);
        all
    })
}

/// Labels and what they stand for, one below the other; where a value has too little room beside its label, it stands below.
pub(crate) fn labelled(facts: &[(String, String)], indent: usize, width: usize) -> String {
    let before = " ".repeat(indent);
    let longest = facts.iter().map(|(label, _)| columns(label)).max();
    let column = indent + longest.unwrap_or(0) + 2;
    let mut lines = Vec::new();
    for (label, value) in facts {
        let label = one_line(label);
        if column + BESIDE > width {
            lines.push(format!("{before}{label}"));
            let inner = " ".repeat(indent + 2);
            let room = width.saturating_sub(indent + 2).max(1);
            lines.extend(
                wrap(value, room, LongWord::Whole)
                    .iter()
                    .map(|line| format!("{inner}{line}")),
            );
            continue;
        }
        let fill = " ".repeat(column - indent - columns(&label));
        for (index, line) in wrap(value, width - column, LongWord::Whole)
            .iter()
            .enumerate()
        {
            lines.push(match index {
                0 => format!("{before}{label}{fill}{line}"),
                _ => format!("{}{line}", " ".repeat(column)),
            });
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_width_is_that_of_columns_then_of_the_terminal_then_80() {
        for (columns, terminal, width) in [
            (None, None, 80),
            (None, Some(132), 132),
            (Some("40"), Some(132), 40),
            (Some(" 200 "), None, 200),
            (Some("0"), Some(100), 100),
            (Some("wide"), None, 80),
            (Some("-5"), None, 80),
            (Some("3"), None, 20),
            (None, Some(0), 80),
        ] {
            assert_eq!(
                width_from(columns, terminal),
                width,
                "{columns:?} {terminal:?}"
            );
        }
    }

    #[test]
    fn characters_that_drive_a_terminal_become_blanks() {
        assert_eq!(one_line("a\nb\u{1b}[31mc\u{9b}d"), "a b [31mc d");
        assert_eq!(one_line("a\u{202e}b\u{2028}c\u{2066}d\r\te"), "a b c d  e");
        assert_eq!(one_line("قميص ☕"), "قميص ☕");
    }

    #[test]
    fn lines_end_at_blanks_and_within_scripts_without_them() {
        let wrap = |text, long| wrap(text, 8, long);
        assert_eq!(wrap("one two three", LongWord::Whole), ["one two", "three"]);
        assert_eq!(wrap("", LongWord::Whole), [""]);
        assert_eq!(
            wrap("an https://a.example b", LongWord::Whole),
            ["an", "https://a.example", "b"]
        );
        assert_eq!(
            wrap("an abcdefghijk b", LongWord::Broken),
            ["an", "abcdefgh", "ijk b"]
        );
        // Each takes two columns.
        assert_eq!(
            wrap("名入れ名入れ金", LongWord::Whole),
            ["名入れ名", "入れ金"]
        );
        // An accent of its own stays with its letter.
        assert_eq!(
            wrap("abcdefge\u{301}hi", LongWord::Broken),
            ["abcdefge\u{301}", "hi"]
        );
    }

    #[test]
    fn a_paragraph_goes_on_below_its_head() {
        assert_eq!(
            paragraph("error: ", 2, "what is wrong here", 14),
            "error: what is\n  wrong here"
        );
        assert_eq!(paragraph("note: ", 2, "short", 14), "note: short");
    }

    #[test]
    fn a_value_stands_beside_its_label_or_below() {
        let facts = [
            ("total".to_owned(), "12.50 USD".to_owned()),
            ("checkout".to_owned(), "one two three four five".to_owned()),
        ];
        assert_eq!(
            labelled(&facts, 0, 28),
            "total     12.50 USD\ncheckout  one two three four\n          five"
        );
        assert_eq!(
            labelled(&facts, 0, 20),
            "total\n  12.50 USD\ncheckout\n  one two three four\n  five"
        );
    }
}
