//! The Rust names that generation derives from a spec's names.

use heck::{ToPascalCase, ToSnakeCase};

/// The name of a method, argument or field.
pub(crate) fn snake(name: &str) -> String {
    identifier(name, |text| text.to_snake_case(), "x")
}

/// The name of a type or variant.
pub(super) fn pascal(name: &str) -> String {
    identifier(name, |text| text.to_pascal_case(), "X")
}

/// As the generator does it: `+1` and `-1` have words of their own, apostrophes go, other signs separate
/// words, and a name that doesn't begin like one gets a prefix.
fn identifier(name: &str, case: impl Fn(&str) -> String, prefix: &str) -> String {
    let words = match name {
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

/// The first letter or digit that rustc may warn of in a name: neither ASCII nor a plain letter of Latin.
pub(super) fn uncommon_letter(name: &str) -> Option<char> {
    name.chars().find(|letter| {
        let is_latin = matches!(letter, '\u{C0}'..='\u{17F}')
            && !matches!(letter, 'ı' | 'Ĳ' | 'ĳ' | 'ĸ' | 'Ŀ' | 'ŀ' | 'ŉ' | 'ſ');
        letter.is_alphanumeric() && !letter.is_ascii() && !is_latin
    })
}

/// Whether Rust keeps this word for itself.
pub(super) fn is_keyword(word: &str) -> bool {
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
    use super::{pascal, snake};

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
