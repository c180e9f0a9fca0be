//! Rust source as tokens with their lines, macros included.
//!
//! `syn` leaves the body of a macro unread and keeps no lines here; the mappings use macros where two generated types share their
//! fields. So the scan reads tokens.

/// One token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// Its text; a literal's is `"`.
    pub text: String,
    /// Its line, from 1.
    pub line: usize,
    /// Whether it is a name or keyword.
    pub is_word: bool,
}

/// Signs of several characters that the scan tells apart.
const JOINED: &[&str] = &["::", "..", "->", "=>", "==", "||"];

/// The tokens of a source; comments and the content of literals are left out.
pub(super) fn tokens(source: &str) -> Vec<Token> {
    let mut rest = source;
    let mut line = 1;
    let mut tokens = Vec::new();
    while let Some(first) = rest.chars().next() {
        let (length, text, is_word) = next(rest, first);
        if let Some(text) = text {
            tokens.push(Token {
                text: text.to_owned(),
                line,
                is_word,
            });
        }
        let length = length.min(rest.len());
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    tokens
}

/// The length of what stands here, its text when it is a token, and whether that is a word.
fn next(rest: &str, first: char) -> (usize, Option<&str>, bool) {
    if rest.starts_with("//") {
        return (rest.find('\n').unwrap_or(rest.len()), None, false);
    }
    if rest.starts_with("/*") {
        return (block_comment(rest), None, false);
    }
    if first.is_whitespace() {
        return (first.len_utf8(), None, false);
    }
    if let Some(length) = text_literal(rest) {
        return (length, Some("\""), false);
    }
    if first == '\'' {
        return quote(rest);
    }
    if is_part(first) {
        let length = rest
            .find(|character| !is_part(character))
            .unwrap_or(rest.len());
        // A number's point belongs to it.
        let fraction = rest[length..]
            .strip_prefix('.')
            .filter(|_| first.is_ascii_digit());
        let digits = fraction.map_or(0, |after| {
            after
                .find(|c: char| !c.is_ascii_digit())
                .unwrap_or(after.len())
        });
        let length = if digits > 0 {
            length + 1 + digits
        } else {
            length
        };
        return (length, Some(&rest[..length]), !first.is_ascii_digit());
    }
    let joined = JOINED.iter().find(|sign| rest.starts_with(**sign));
    let length = joined.map_or(first.len_utf8(), |sign| sign.len());
    (length, Some(&rest[..length]), false)
}

fn is_part(character: char) -> bool {
    character.is_alphanumeric() || character == '_'
}

fn block_comment(rest: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        let here = &rest[at..];
        match (here.starts_with("/*"), here.starts_with("*/")) {
            (true, _) => (depth, at) = (depth + 1, at + 2),
            (_, true) => (depth, at) = (depth - 1, at + 2),
            _ => at += here.chars().next().map_or(1, char::len_utf8),
        }
        if depth == 0 {
            return at;
        }
    }
    rest.len()
}

/// The length of a string literal, raw or not, with its prefix.
fn text_literal(rest: &str) -> Option<usize> {
    let prefix = ["br", "cr", "r", "b", "c", ""].iter().find(|prefix| {
        rest.strip_prefix(**prefix).is_some_and(|after| {
            let after = if prefix.contains('r') {
                after.trim_start_matches('#')
            } else {
                after
            };
            after.starts_with('"')
        })
    })?;
    let body = &rest[prefix.len()..];
    if prefix.contains('r') {
        let hashes = body.len() - body.trim_start_matches('#').len();
        let end = format!("\"{}", "#".repeat(hashes));
        let open = prefix.len() + hashes + 1;
        let close = rest[open..].find(&end)?;
        return Some(open + close + end.len());
    }
    let mut escaped = false;
    for (at, character) in body.char_indices().skip(1) {
        match character {
            '"' if !escaped => return Some(prefix.len() + at + 1),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    None
}

/// A character literal, or a lifetime.
fn quote(rest: &str) -> (usize, Option<&str>, bool) {
    let mut inside = rest.char_indices().skip(1);
    let (first, second) = (inside.next(), inside.next());
    match (first, second) {
        (Some((_, '\\')), Some((after, escaped))) => {
            let close = rest[after + escaped.len_utf8()..].find('\'');
            (
                close.map_or(rest.len(), |close| after + escaped.len_utf8() + close + 1),
                Some("\""),
                false,
            )
        }
        (Some(_), Some((at, '\''))) => (at + 1, Some("\""), false),
        _ => {
            let name = &rest[1..];
            let length = name
                .find(|character| !is_part(character))
                .unwrap_or(name.len());
            (1 + length, None, false)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_literals_hold_no_names_and_lines_are_counted() {
        let source = "a // b\n/* c /* d */ */ \"e\\\" f\" r#\"g \"h\"# 'i' '\\'' '\\u{6a}' &'j k\n1.5 x.0 l::m!(n..o) b\"p\nq\" r";
        let found: Vec<(String, usize)> = tokens(source)
            .into_iter()
            .filter(|token| token.is_word)
            .map(|token| (token.text, token.line))
            .collect();
        let expected = [
            ("a", 1),
            ("k", 2),
            ("x", 3),
            ("l", 3),
            ("m", 3),
            ("n", 3),
            ("o", 3),
            ("r", 4),
        ];
        let expected: Vec<(String, usize)> = expected
            .into_iter()
            .map(|(name, line)| (name.to_owned(), line))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn whatever_is_cut_off_ends() {
        for source in ["\"a", "r#\"a", "'", "'\\", "/* a", "b'", "1.", "é'é"] {
            tokens(source);
        }
    }
}
