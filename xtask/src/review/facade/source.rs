//! One file of the cart interface: its parts, what it calls generated types, and which of its parts lead to which.

use std::collections::BTreeMap;
use std::ops::Range;

use super::tokens::{Token, tokens};

/// A file.
#[derive(Debug)]
pub(super) struct Source {
    /// Its path from the workspace's root.
    pub path: String,
    /// Its stem: how other files of the folder name it.
    pub stem: String,
    /// Whether it maps a vendor: other files have a vendor's answers pass through alone.
    pub is_mapping: bool,
    /// Its tokens.
    pub tokens: Vec<Token>,
    /// Functions, constants, macros and types, in order.
    pub parts: Vec<Part>,
    /// What each token means, where it names a generated type.
    types: BTreeMap<usize, String>,
}

/// A part of a file that has a name.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// What a reader calls it: `Shop::create`, `unify`, `catalogue_line!`.
    pub label: String,
    /// Its own name.
    pub name: String,
    /// Whether it carries out a verb of the cart interface.
    pub is_verb: bool,
    /// Whether it is reached through a value: `.name()`.
    pub is_method: bool,
    /// Its tokens, name and signature included.
    pub range: Range<usize>,
}

impl Part {
    /// One that is no function.
    fn item(name: &str, label: String, range: Range<usize>) -> Self {
        Self {
            label,
            name: name.to_owned(),
            is_verb: false,
            is_method: false,
            range,
        }
    }
}

/// The traits whose methods are the verbs: the interface, and what it is made of in a vendor's folder.
const INTERFACES: [&str; 2] = ["CartApi", "Mapping"];

impl Source {
    /// Reads a file. `library` is the generated client's name in `use`s.
    pub fn new(path: String, text: &str, library: &str) -> Self {
        let mut tokens = tokens(text);
        without_tests(&mut tokens);
        let stem = path.rsplit('/').next().unwrap_or(&path);
        let stem = stem.strip_suffix(".rs").unwrap_or(stem).to_owned();
        let types = generated(&tokens, library);
        let parts = parts(&tokens);
        let is_mapping = path.contains("/vendors/");
        Self {
            path,
            stem,
            is_mapping,
            tokens,
            parts,
            types,
        }
    }

    pub fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.text)
    }

    /// The text of the token before.
    pub fn before(&self, at: usize, by: usize) -> &str {
        at.checked_sub(by).map_or("", |at| self.text(at))
    }

    /// The generated type that the token names.
    pub fn type_at(&self, at: usize) -> Option<&str> {
        self.types.get(&at).map(String::as_str)
    }

    /// Where generated types are named.
    pub fn types(&self) -> impl Iterator<Item = (usize, &str)> {
        self.types.iter().map(|(at, name)| (*at, name.as_str()))
    }

    /// Whether the file names the generated client itself.
    pub fn names_client(&self) -> bool {
        self.tokens.iter().any(|token| token.text == "Client")
    }

    /// The innermost part around a token.
    pub fn part_at(&self, at: usize) -> Option<&Part> {
        let around = self.parts.iter().filter(|part| part.range.contains(&at));
        around.min_by_key(|part| part.range.len())
    }

    /// Where the bracket at `open` closes: the closing token's place.
    pub fn close(&self, open: usize) -> usize {
        close(&self.tokens, open)
    }
}

fn close(tokens: &[Token], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token.text.as_str() {
            "{" | "(" | "[" => depth += 1,
            "}" | ")" | "]" => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

/// The tokens that name a generated type: `types::X` where `types` is the library's, `library::types::X`, and `X` where it is imported.
fn generated(tokens: &[Token], library: &str) -> BTreeMap<usize, String> {
    let text = |at: usize| {
        tokens
            .get(at)
            .map_or("", |token: &Token| token.text.as_str())
    };
    let mut found = BTreeMap::new();
    let mut imported: Vec<String> = Vec::new();
    let mut has_module = false;
    for at in (0..tokens.len()).filter(|at| text(*at) == library && text(at + 1) == "::") {
        // `library::types::X`, `library::types::{A, B}`, `library::{types, Client}`.
        let in_use = at > 0 && text(at - 1) == "use";
        let end = (at..tokens.len())
            .find(|end| text(*end) == ";")
            .unwrap_or(tokens.len());
        if text(at + 2) == "types" && text(at + 3) == "::" {
            let names = match text(at + 4) {
                "{" => (at + 5..close(tokens, at + 4)).collect(),
                _ => vec![at + 4],
            };
            for at in names.into_iter().filter(|at| tokens[*at].is_word) {
                found.insert(at, text(at).to_owned());
                imported.extend(in_use.then(|| text(at).to_owned()));
            }
        } else if in_use && (at..end).any(|at| text(at) == "types") {
            has_module = true;
        }
    }
    for (at, token) in tokens.iter().enumerate() {
        let after_module = at > 1 && text(at - 1) == "::" && text(at - 2) == "types";
        let stands_alone = at == 0 || !["::", "."].contains(&text(at - 1));
        let is_ours = (after_module && has_module)
            || (stands_alone && imported.iter().any(|name| name == text(at)));
        if is_ours && token.is_word {
            found.insert(at, text(at).to_owned());
        }
    }
    found
}

/// Takes out the file's own tests: they are no mapping.
fn without_tests(tokens: &mut Vec<Token>) {
    let is_tests = |three: &[Token]| {
        three[0].text == "mod" && three[1].text == "tests" && three[2].text == "{"
    };
    if let Some(at) = tokens.windows(3).position(is_tests) {
        let end = close(tokens, at + 2);
        tokens.drain(at..tokens.len().min(end + 1));
    }
}

/// The named parts.
fn parts(tokens: &[Token]) -> Vec<Part> {
    let text = |at: usize| {
        tokens
            .get(at)
            .map_or("", |token: &Token| token.text.as_str())
    };
    let mut parts = Vec::new();
    let mut blocks: Vec<(Range<usize>, String, bool)> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let before = at.checked_sub(1).map_or("", text);
        let begins = [
            "", "}", ";", "]", "pub", ")", "{", "async", "const", "unsafe",
        ]
        .contains(&before);
        let block = blocks.iter().rev().find(|(range, ..)| range.contains(&at));
        match text(at) {
            "impl" if begins && !["async", "const"].contains(&before) => {
                let open = opening(tokens, at);
                let head: Vec<&str> = (at..open).map(text).collect();
                let is_interface = head.iter().any(|word| INTERFACES.contains(word));
                let after_for = head
                    .iter()
                    .position(|word| *word == "for")
                    .map_or(1, |at| at + 1);
                let owner = head.get(after_for).copied().unwrap_or_default().to_owned();
                blocks.push((open..close(tokens, open), owner, is_interface));
                at = open;
            }
            "fn" if begins && tokens.get(at + 1).is_some_and(|name| name.is_word) => {
                let end = end_of_item(tokens, at);
                let name = text(at + 1).to_owned();
                let label = block.map_or(name.clone(), |(_, owner, _)| format!("{owner}::{name}"));
                let is_verb =
                    block.is_some_and(|(.., is_interface)| *is_interface) && before == "async";
                parts.push(Part {
                    label,
                    name,
                    is_verb,
                    is_method: block.is_some(),
                    range: at..end + 1,
                });
                at = end;
            }
            "const" | "static" if begins && text(at + 2) == ":" => {
                let end = statement(tokens, at);
                let name = text(at + 1);
                parts.push(Part::item(name, name.to_owned(), at..end + 1));
                at = end;
            }
            "struct" | "enum" if begins => {
                let end = end_of_item(tokens, at);
                let name = text(at + 1);
                parts.push(Part::item(name, name.to_owned(), at..end + 1));
                at = end;
            }
            "macro_rules" if text(at + 1) == "!" => {
                let end = close(tokens, at + 3);
                let name = text(at + 2);
                parts.push(Part::item(name, format!("{name}!"), at..end + 1));
                at = end;
            }
            _ => {}
        }
        at += 1;
    }
    parts
}

/// Where what begins here ends: at its `;`, or with its body.
fn end_of_item(tokens: &[Token], at: usize) -> usize {
    let open = opening(tokens, at);
    match tokens.get(open) {
        Some(token) if token.text == "{" => close(tokens, open),
        _ => open,
    }
}

/// Where the body of what begins here opens, or its `;` stands.
fn opening(tokens: &[Token], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            "{" | ";" => return at,
            "(" | "[" => at = close(tokens, at) + 1,
            _ => at += 1,
        }
    }
    tokens.len()
}

/// Where the statement that begins here ends: its `;`, outside of brackets.
fn statement(tokens: &[Token], mut at: usize) -> usize {
    while let Some(token) = tokens.get(at) {
        match token.text.as_str() {
            ";" => return at,
            "{" | "(" | "[" => at = close(tokens, at) + 1,
            _ => at += 1,
        }
    }
    tokens.len()
}
