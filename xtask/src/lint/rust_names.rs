//! The Rust names that generation derives from a spec's names.
//!
//! A name is cased as Rust cases it, with what is no letter or digit between its words. Where that is not
//! enough, in this order:
//!
//! 1. Letters beyond ASCII and plain Latin are transliterated: `ключ` is `kliuch`.
//! 2. A name without letters and digits is spelled out: `<=` is `LessEquals`, the empty text `Empty`.
//! 3. A name that generated code needs itself gets a word for what it is behind it: the parameter `url` is
//!    `url_parameter`, the component `Error` the type `ErrorType`.
//! 4. Of several names that become one, the first keeps it. A later one that begins or ends in signs has
//!    them spelled out (`-id` beside `id` is `minus_id`); any other gets the least number from 2 that is
//!    free (`a_b_2`, `A2`). In a list the first is the one that stands first; in a map, whose order means
//!    nothing, it is the one that is spelled like the Rust name, then the first by alphabet.
//!
//! The name on the wire stays what it is.

use std::collections::BTreeSet;

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a method, argument or field.
pub(crate) fn snake(name: &str) -> String {
    identifier(name, |text| text.to_snake_case(), "x")
}

/// The name of a type or variant.
pub(crate) fn pascal(name: &str) -> String {
    identifier(name, |text| text.to_pascal_case(), "X")
}

/// As the generator does it: `+1` and `-1` have words of their own, apostrophes go, other signs separate
/// words, and a name that doesn't begin like one gets a prefix.
fn identifier(name: &str, case: impl Fn(&str) -> String, prefix: &str) -> String {
    let name = &match has_other_letters(name) {
        true => transliterated(name),
        false => name.to_owned(),
    };
    let words = match name.as_str() {
        "+1" => "plus1".to_owned(),
        "-1" => "minus1".to_owned(),
        _ => name
            .chars()
            .filter(|character| *character != '\'')
            .map(|character| {
                if character.is_alphanumeric() || character == '_' {
                    character
                } else {
                    '-'
                }
            })
            .collect(),
    };
    let cased = case(&words);
    match cased.chars().next() {
        None => prefix.to_owned(),
        Some(first) if first.is_alphabetic() => cased,
        Some(_) => format!("{prefix}{cased}"),
    }
}

/// The name in ASCII. A sign that is no letter, such as an emoji, has a name too.
fn transliterated(name: &str) -> String {
    deunicode::deunicode_with_tofu(name, " ")
}

/// What a set of names is for: how they are cased, and what makes way for generated code.
pub(crate) struct Naming<'n> {
    /// [`snake`] or [`pascal`].
    pub(crate) case: fn(&str) -> String,
    /// The word behind a name that is taken: `field`, `parameter`.
    pub(crate) word: &'static str,
    /// Whether generated code needs this Rust name.
    pub(crate) is_taken: &'n dyn Fn(&str) -> bool,
}

impl Naming<'_> {
    /// The Rust names of a list's names, each different.
    pub(crate) fn of_list(&self, names: &[&str]) -> Vec<String> {
        let order: Vec<usize> = (0..names.len()).collect();
        self.distinct(names, &order)
    }

    /// The Rust names of a map's names, each different.
    pub(crate) fn of_map(&self, names: &[&str]) -> Vec<String> {
        let mut order: Vec<usize> = (0..names.len()).collect();
        order.sort_by_key(|at| {
            let name = names.get(*at).copied().unwrap_or_default();
            let is_other = (self.own(name) != name, (self.case)(name) != name);
            (is_other, name)
        });
        self.distinct(names, &order)
    }

    fn distinct(&self, names: &[&str], order: &[usize]) -> Vec<String> {
        let own: Vec<String> = names.iter().map(|name| self.own(name)).collect();
        let mut used: BTreeSet<String> = own.iter().map(|name| Self::key(name)).collect();
        let mut given: BTreeSet<String> = BTreeSet::new();
        let mut found = own.clone();
        for at in order {
            let (Some(name), Some(own)) = (names.get(*at), own.get(*at)) else {
                continue;
            };
            if given.insert(Self::key(own)) {
                continue;
            }
            let numbered = (2..).map(|number| (self.case)(&format!("{own} {number}")));
            let spelled = (self.case)(&spelled(name));
            let other = std::iter::once(spelled).chain(numbered).find(|other| {
                !(self.is_taken)(other) && !is_keyword(other) && used.insert(Self::key(other))
            });
            if let (Some(place), Some(other)) = (found.get_mut(*at), other) {
                *place = other;
            }
        }
        found
    }

    /// Two names whose words are the same are one, wherever they stand.
    fn key(name: &str) -> String {
        pascal(name)
    }

    fn own(&self, name: &str) -> String {
        let own = match name.chars().any(char::is_alphanumeric) {
            true => (self.case)(name),
            false => (self.case)(&spelled(name)),
        };
        // The generator appends an underscore to a keyword that it has cased itself.
        let is_made = own != (self.case)(name) || has_other_letters(name);
        match (self.is_taken)(&own) || (is_made && is_keyword(&own)) {
            true => (self.case)(&format!("{own} {}", self.word)),
            false => own,
        }
    }
}

/// The name with the signs before and behind its letters as words.
fn spelled(name: &str) -> String {
    if name.is_empty() {
        return "empty".to_owned();
    }
    let is_sign = |c: char| c.is_ascii_punctuation();
    let after = name.trim_start_matches(is_sign);
    let inner = after.trim_end_matches(is_sign);
    let signs = |text: &str| -> String {
        let words = text.chars().map(|sign| match sign {
            '+' => " plus ",
            '-' => " minus ",
            '*' => " star ",
            '/' => " slash ",
            '<' => " less ",
            '>' => " greater ",
            '=' => " equals ",
            '!' => " not ",
            '%' => " percent ",
            '&' => " and ",
            '|' => " or ",
            '@' => " at ",
            '#' => " hash ",
            '$' => " dollar ",
            '~' => " tilde ",
            '^' => " caret ",
            '?' => " question ",
            '.' => " dot ",
            ',' => " comma ",
            ':' => " colon ",
            ';' => " semicolon ",
            _ => " ",
        });
        words.collect()
    };
    let before = &name[..name.len() - after.len()];
    let behind = &after[inner.len()..];
    let spelled = format!("{}{inner}{}", signs(before), signs(behind));
    match spelled.trim().is_empty() {
        true => "signs".to_owned(),
        false => spelled,
    }
}

/// Whether the name has letters or marks that rustc warns of, or that look like others.
fn has_other_letters(name: &str) -> bool {
    name.chars().any(|letter| {
        let is_latin = matches!(letter, '\u{C0}'..='\u{17F}')
            && !matches!(
                letter,
                '×' | '÷' | 'ı' | 'Ĳ' | 'ĳ' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ſ'
            );
        !letter.is_ascii() && !is_latin
    })
}

/// Whether Rust keeps this word for itself.
pub(crate) fn is_keyword(word: &str) -> bool {
    const KEYWORDS: &[&str] = &[
        "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
        "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
        "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
        "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type",
        "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
    ];
    KEYWORDS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::{Naming, pascal, snake};

    #[test]
    fn names_that_become_one_are_told_apart_and_names_that_are_taken_make_way() {
        let is_taken = |name: &str| ["url", "Unknown"].contains(&name);
        let naming = |case| Naming {
            case,
            word: "member",
            is_taken: &is_taken,
        };
        for (names, list) in [
            (vec!["a_b", "a-b", "a.b"], vec!["a_b", "a_b_2", "a_b_3"]),
            (vec!["a-b", "a_b", "a_b_2"], vec!["a_b", "a_b_3", "a_b_2"]),
            (
                vec!["id", "-id", "$id", "id+"],
                vec!["id", "minus_id", "dollar_id", "id_plus"],
            ),
            (
                vec!["url", "URL", "url_member"],
                vec!["url_member", "url_member_2", "url_member_3"],
            ),
            (vec!["type", "Type"], vec!["type", "type_2"]),
            (
                vec!["ключ", "数量", "größe", "e\u{301}"],
                vec!["kliuch", "shu_liang", "größe", "e"],
            ),
            (vec!["тыпе", "🙂"], vec!["type_member", "slight_smile"]),
            (
                vec!["", "--", "<", "\"", "'"],
                vec!["empty", "minus_minus", "less", "signs", "signs_2"],
            ),
            (vec!["2d", "x2d"], vec!["x2d", "x2d_2"]),
        ] {
            assert_eq!(naming(snake).of_list(&names), list, "{names:?}");
        }
        for (names, list) in [
            (vec!["a", "A", "A2"], vec!["A", "A3", "A2"]),
            (vec!["+1", "-1", "1"], vec!["Plus1", "Minus1", "X1"]),
            (vec!["+2", "-2"], vec!["X2", "Minus2"]),
            (
                vec!["unknown", "Unknown"],
                vec!["UnknownMember", "UnknownMember2"],
            ),
            (vec!["", "<=", ">"], vec!["Empty", "LessEquals", "Greater"]),
        ] {
            assert_eq!(naming(pascal).of_list(&names), list, "{names:?}");
        }
        // The order of a map means nothing; what is spelled like the Rust name keeps it.
        let map = naming(snake).of_map(&["a-b", "aB", "a_b"]);
        assert_eq!(map, ["a_b_2", "a_b_3", "a_b"]);
    }

    #[test]
    fn names_are_cased_as_the_generator_cases_them() {
        for (name, as_field, as_type) in [
            ("nameId", "name_id", "NameId"),
            ("name_id", "name_id", "NameId"),
            ("a.b", "a_b", "AB"),
            ("3d", "x3d", "X3d"),
            ("+1", "plus1", "Plus1"),
            ("customer's", "customers", "Customers"),
            ("HTTPCode", "http_code", "HttpCode"),
            ("--", "x", "X"),
        ] {
            assert_eq!(
                (snake(name).as_str(), pascal(name).as_str()),
                (as_field, as_type),
                "{name}"
            );
        }
    }
}
