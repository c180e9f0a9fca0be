//! Texts of a spec inside Markdown as GitHub renders it.

use super::super::{cut, one_line};

/// Texts are cut to so many characters: no row is larger than a screen.
const MOST: usize = 200;

/// As code, on one line, in a table as well.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text);
    let text = cut(text.trim(), MOST);
    if text.is_empty() || text.contains(['`', '|']) {
        return format!("<code>{}</code>", entities(&text));
    }
    format!("`{text}`")
}

/// As prose, on one line; what stands between backticks becomes code, and GitHub makes no links of it.
pub(super) fn prose(text: &str) -> String {
    paragraph(text, unlinked)
}

/// As prose for a file, where nobody is called by a name.
pub(super) fn filed(text: &str) -> String {
    paragraph(text, entities)
}

fn paragraph(text: &str, escape: fn(&str) -> String) -> String {
    let text = one_line(text);
    let text = cut(text.trim(), MOST);
    let parts: Vec<&str> = text.split('`').collect();
    // Backticks without a partner are text.
    if parts.len().is_multiple_of(2) {
        return escape(&text);
    }
    let parts = parts.iter().enumerate().map(|(index, part)| {
        if index.is_multiple_of(2) {
            escape(part)
        } else {
            code(part)
        }
    });
    parts.collect()
}

/// Every sign that Markdown or HTML reads stands as an entity, which is no syntax.
///
/// <https://spec.commonmark.org/0.31.2/#entity-and-numeric-character-references>
fn entities(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '|' | '`' | '*' | '_' | '~' | '[' | ']' | '$' | '\\' => {
                escaped.push_str(&format!("&#{};", u32::from(c)));
            }
            c => escaped.push(c),
        }
    }
    escaped
}

/// As [`entities`], and what GitHub looks for in rendered text is broken up: `@name`, `#12`, `https://…`, `:emoji:`.
fn unlinked(text: &str) -> String {
    let mut broken = String::with_capacity(text.len() + 16);
    let mut before = ' ';
    for c in text.chars() {
        if matches!(before, '@' | '#' | ':') && !c.is_whitespace() {
            broken.push('\u{200b}');
        }
        broken.push(c);
        before = c;
    }
    entities(&broken).replace('\u{200b}', "&#8203;")
}

/// A line inside a fenced block.
pub(super) fn verbatim(text: &str) -> String {
    let text = one_line(text);
    cut(text.trim_end(), MOST).into_owned()
}

/// A fenced block that no line of it can end.
pub(super) fn fence(lines: &str) -> String {
    let mut longest = 0;
    let mut run = 0;
    for c in lines.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    "`".repeat((longest + 1).max(3))
}
