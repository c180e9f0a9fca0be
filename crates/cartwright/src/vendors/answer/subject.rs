//! What a vendor's words are about: a cart that is lost must be told from a cart that is there and a product that is not.

use crate::Verb;

/// What is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// The cart or the line that the call names.
    CartOrLine,
    /// Something else that the call names.
    Other,
    /// The words name neither.
    Unsaid,
}

const CART: [&str; 5] = ["cart", "basket", "checkout", "order", "quote"];
const LINE: [&str; 4] = ["line", "item", "lineitem", "lineitems"];
const OTHER: [&str; 30] = [
    "product",
    "variant",
    "sku",
    "option",
    "modifier",
    "customer",
    "shopper",
    "user",
    "account",
    "coupon",
    "promotion",
    "certificate",
    "channel",
    "store",
    "shop",
    "currency",
    "locale",
    "language",
    "country",
    "address",
    "provider",
    "bundle",
    "package",
    "region",
    "cycle",
    "license",
    "licence",
    "keycode",
    "category",
    "price",
];

/// Words after which stands what is missing.
const BEFORE: [&[&str]; 4] = [
    &["no", "such"],
    &["there", "is", "no"],
    &["unknown"],
    &["no"],
];
/// Words before which stands what is missing.
const AFTER: [&[&str]; 10] = [
    &["not", "found"],
    &["not", "be", "found"],
    &["not", "exist"],
    &["t", "exist"],
    &["no", "longer"],
    &["is", "unknown"],
    &["is", "missing"],
    &["not", "available"],
    &["not", "valid"],
    &["is", "gone"],
];

/// What a vendor says is missing: by the kind of record that it names, or else by its words.
pub(super) fn missing(verb: Option<Verb>, record: Option<&str>, words: &str) -> Missing {
    if let Some(record) = record {
        let named: Vec<String> = tokens(record);
        if let Some(what) = named.iter().rev().find_map(|token| subject(verb, token)) {
            return what;
        }
        // A record that nobody knows is not the cart.
        return Missing::Other;
    }
    let mut clauses = words.split(['.', ':', ';', ',', '\n', '!']);
    let decisive = clauses.find_map(|clause| by_phrase(verb, &tokens(clause)));
    let first = || tokens(words).iter().find_map(|token| subject(verb, token));
    decisive.or_else(first).unwrap_or(Missing::Unsaid)
}

/// Small letters, and neither plural nor compound.
fn tokens(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    let one = |word: String| match word.strip_suffix('s') {
        Some(one) if one.len() > 3 && !one.ends_with('s') => one.to_owned(),
        _ => word,
    };
    words.map(one).collect()
}

fn subject(verb: Option<Verb>, token: &str) -> Option<Missing> {
    let names_line = matches!(verb, Some(Verb::UpdateLine | Verb::RemoveLine));
    if CART.contains(&token) || (names_line && LINE.contains(&token)) {
        Some(Missing::CartOrLine)
    } else if OTHER.contains(&token) || LINE.contains(&token) {
        Some(Missing::Other)
    } else {
        None
    }
}

/// "no such X", "X was not found": what stands next to the phrase.
fn by_phrase(verb: Option<Verb>, clause: &[String]) -> Option<Missing> {
    for at in 0..clause.len() {
        let rest = &clause[at..];
        let starts = |phrase: &[&str]| {
            rest.len() >= phrase.len() && rest.iter().zip(phrase).all(|(a, b)| a == b)
        };
        if AFTER.iter().any(|phrase| starts(phrase)) {
            let named = clause[..at].iter().rev();
            if let Some(what) = named.into_iter().find_map(|token| subject(verb, token)) {
                return Some(what);
            }
        }
        if let Some(phrase) = BEFORE.iter().find(|phrase| starts(phrase)) {
            let named = rest[phrase.len()..].iter();
            if let Some(what) = named.into_iter().find_map(|token| subject(verb, token)) {
                return Some(what);
            }
        }
    }
    None
}

/// Whether the vendor says that it has not as much as was asked for.
pub(super) fn says_out_of_stock(words: &str) -> bool {
    const PHRASES: [&str; 10] = [
        "out of stock",
        "out-of-stock",
        "outofstock",
        "out_of_stock",
        "not in stock",
        "no longer in stock",
        "sold out",
        "insufficient stock",
        "insufficient inventory",
        "not enough stock",
    ];
    let words = words.to_lowercase();
    PHRASES.iter().any(|phrase| words.contains(phrase))
}
