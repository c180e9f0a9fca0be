//! What was meant by a word that isn't known.

/// The word most like `text`, if one is like enough to be meant: by its letters, or because it begins so.
pub(crate) fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f32 = 0.7;
    const BEGINNING: usize = 3;
    let text = text.trim().to_lowercase();
    let likeness = |word: &str| {
        let word = word.to_lowercase();
        let begins = text.len() >= BEGINNING && word.starts_with(&text);
        let ratio = similar::TextDiff::from_chars(text.as_str(), word.as_str()).ratio();
        if begins { ratio.max(ALIKE) } else { ratio }
    };
    words
        .map(|word| (likeness(word), word))
        .filter(|(ratio, _)| *ratio >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}

/// What to write instead of `text`: the word that was meant, if one is like it, and all that are allowed.
pub(super) fn instead(text: &str, allowed: &[&str]) -> String {
    let all: Vec<String> = allowed.iter().map(|word| format!("`{word}`")).collect();
    let all = all.join(", ");
    match nearest(text, allowed.iter().copied()) {
        Some(near) => format!("did you mean `{near}`? Allowed: {all}"),
        None => format!("write one of these: {all}"),
    }
}

#[cfg(test)]
mod tests {
    use super::instead;

    #[test]
    fn the_word_that_was_meant_is_named_and_so_are_the_others() {
        const WORDS: &[&str] = &["integer", "string"];
        for (text, near) in [
            ("int", Some("integer")),
            ("Integer", Some("integer")),
            ("stirng", Some("string")),
            ("str ", Some("string")),
            ("in", None),
            ("", None),
            ("цена", None),
        ] {
            let told = instead(text, WORDS);
            assert!(told.ends_with("`integer`, `string`"), "{told}");
            let meant = told.strip_prefix("did you mean `");
            let meant = meant.and_then(|rest| rest.split('`').next());
            assert_eq!(meant, near, "{text}");
        }
    }
}
