//! Characters that a reader can't see, and texts without them.

use std::borrow::Cow;

/// Whether a character leaves no mark of its own, or turns the direction of reading: every control character, the line ends of
/// Unicode and of form feed, marks of direction, and spaces without width. The joiners of emoji and of some scripts are none.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61C}'
                | '\u{200B}'
                | '\u{200E}'
                | '\u{200F}'
                | '\u{2028}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{FEFF}'
                | '\u{FFF9}'..='\u{FFFB}'
        )
}

/// The text as documentation shows it: every line end is a line feed, every other control character a space, and what only
/// turns the direction of reading is gone. A tab stays.
///
/// ```
/// assert_eq!(xtask::visible::prose("one\r\ntwo\rthree\u{b}\u{1b}[1m\u{202e}"), "one\ntwo\nthree\n [1m");
/// ```
pub fn prose(text: &str) -> Cow<'_, str> {
    let is_kept = |character: char| matches!(character, '\n' | '\t') || !is_hidden(character);
    if text.chars().all(is_kept) {
        return Cow::Borrowed(text);
    }
    let unix = text.replace("\r\n", "\n");
    let shown = unix.chars().filter_map(|character| match character {
        '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        _ if is_kept(character) => Some(character),
        _ if character.is_control() => Some(' '),
        _ => None,
    });
    Cow::Owned(shown.collect())
}

/// The text on one line, with every character that can't be seen spelled out.
///
/// ```
/// assert_eq!(xtask::visible::one_line("a\tb\u{1b}"), r"a\tb\u{1b}");
/// ```
pub fn one_line(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut clean = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if is_hidden(character) {
            clean.extend(character.escape_default());
        } else {
            clean.push(character);
        }
    }
    Cow::Owned(clean)
}
