//! Mutations: of the JSON tree and of the bytes, each told by a seed of its own, so that one can be left out and the others stay.

use fastrand::Rng;
use serde_json::{Map, Value, json};

/// Marks a second member of the same name, which a tree can't hold.
const AGAIN: char = '\u{e000}';
/// Stands around a text that goes into the payload without quotes.
const RAW: char = '\u{e001}';

/// Numbers as they may be spelled, and what only looks like a number.
const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "1.0",
    "-0",
    "-0.0",
    "0.1",
    "19.99",
    "1e3",
    "1E-7",
    "1.50",
    "2147483648",
    "9007199254740993",
    "9223372036854775807",
    "9223372036854775808",
    "-9223372036854775808",
    "-9223372036854775809",
    "18446744073709551615",
    "18446744073709551616",
    "79228162514264337593543950335",
    "79228162514264337593543950336",
    "123456789012345678901234567890123456789012345678901234567890",
    "0.1234567890123456789012345678901234567890",
    "1.7976931348623157e308",
    "1e309",
    "-1e400",
    "5e-324",
    "1e-400",
    "1e999999999999",
    "01",
    "+1",
    ".5",
    "1.",
    "NaN",
    "Infinity",
    "0x10",
];

/// Texts that are read as something else, and texts that are hard to keep.
const TEXTS: &[&str] = &[
    "",
    " ",
    "0",
    "1",
    "-0",
    "01",
    "1.0",
    " 1",
    "1 ",
    "1e3",
    "+1",
    "1,000.00",
    "true",
    "TRUE",
    "yes",
    "null",
    "NaN",
    "99999999999999999999999999999999999999",
    "0.000000000000000000000000000000000000001",
    "2026-01-31T12:00:00Z",
    "2026-02-30T25:61:61+99:99",
    "0000-00-00 00:00:00",
    "no such member of any list",
    "[]",
    "{}",
    "<html>",
    "$serde_json::private::Number",
    "e\u{301}\u{202e}\u{200d}\u{1f469}\u{1f3fd}",
    "\u{0}\u{1f}\u{7f}\u{feff}\u{fffd}\u{10ffff}",
    "a\"b\\c/d\n\r\t",
    "in Variant at path: message",
    "#/components/schemas/Cart",
];

/// One mutation.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Of the tree.
    Tree(u64),
    /// Of the bytes.
    Bytes(u64),
}

/// The mutations of a case: one to four, mostly of the tree.
pub fn steps(rng: &mut Rng) -> Vec<Step> {
    let count = rng.usize(1..=4);
    let bytes = match rng.u8(..) {
        0..=175 => 0,
        176..=215 => 1,
        _ => count,
    };
    (0..count)
        .map(|index| match rng.u64(..) {
            seed if index < count - bytes => Step::Tree(seed),
            seed => Step::Bytes(seed),
        })
        .collect()
}

/// What is known of a kind of payload: its keys and texts, for one to be put in another's place.
#[derive(Debug, Default)]
pub struct Words {
    keys: Vec<String>,
    texts: Vec<String>,
}

impl Words {
    /// Those of some payloads.
    pub fn of<'a>(payloads: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut words = Self::default();
        payloads
            .into_iter()
            .for_each(|payload| words.collect(payload));
        for list in [&mut words.keys, &mut words.texts] {
            list.sort();
            list.dedup();
        }
        words
    }

    fn collect(&mut self, value: &Value) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    self.keys.push(key.clone());
                    self.collect(value);
                }
            }
            Value::Array(entries) => entries.iter().for_each(|entry| self.collect(entry)),
            Value::String(text) if text.len() < 80 => self.texts.push(text.clone()),
            _ => {}
        }
    }

    fn key(&self, rng: &mut Rng) -> String {
        match rng.choice(&self.keys) {
            Some(key) if rng.u8(..) < 200 => key.clone(),
            _ => text(rng).to_owned(),
        }
    }

    fn text(&self, rng: &mut Rng) -> String {
        match rng.choice(&self.texts) {
            Some(known) if rng.bool() => known.clone(),
            _ => text(rng).to_owned(),
        }
    }
}

/// A payload after some mutations, and what each did.
pub fn apply(payload: &Value, steps: &[Step], words: &Words) -> (Vec<u8>, Vec<String>) {
    let mut did = Vec::new();
    let mut tree = payload.clone();
    for step in steps {
        if let Step::Tree(seed) = step {
            did.push(change_tree(
                &mut tree,
                &mut Rng::with_seed(*seed),
                words,
                "$",
            ));
        }
    }
    let mut bytes = written(&tree);
    did.extend(apply_bytes(&mut bytes, steps));
    (bytes, did)
}

/// Bytes after those mutations that are of bytes, and what each did.
pub fn apply_bytes(bytes: &mut Vec<u8>, steps: &[Step]) -> Vec<String> {
    let seeds = steps.iter().filter_map(|step| match step {
        Step::Bytes(seed) => Some(*seed),
        Step::Tree(_) => None,
    });
    seeds
        .map(|seed| change_bytes(bytes, &mut Rng::with_seed(seed)))
        .collect()
}

/// The tree as JSON, with what only a text can hold.
fn written(tree: &Value) -> Vec<u8> {
    let text = tree.to_string();
    if !text.contains([AGAIN, RAW]) {
        return text.into_bytes();
    }
    text.replace(&format!("\"{RAW}"), "")
        .replace(&format!("{RAW}\""), "")
        .replace([AGAIN, RAW], "")
        .into_bytes()
}

fn raw(text: impl std::fmt::Display) -> Value {
    Value::String(format!("{RAW}{text}{RAW}"))
}

fn text(rng: &mut Rng) -> &'static str {
    rng.choice(TEXTS).copied().unwrap_or_default()
}

/// Changes one node, each as likely as any other of its level.
fn change_tree(node: &mut Value, rng: &mut Rng, words: &Words, path: &str) -> String {
    // Mutations deep inside say more than those at the root: three of four times one goes on.
    if rng.u8(..) < 210 {
        match node {
            Value::Object(members) if !members.is_empty() => {
                let nth = rng.usize(..members.len());
                if let Some((key, member)) = members.iter_mut().nth(nth) {
                    let path = format!("{path}.{key}");
                    return change_tree(member, rng, words, &path);
                }
            }
            Value::Array(entries) if !entries.is_empty() => {
                let nth = rng.usize(..entries.len());
                return change_tree(&mut entries[nth], rng, words, &format!("{path}[{nth}]"));
            }
            _ => {}
        }
    }
    let did = match node {
        Value::Object(members) if rng.u8(..) < 180 => change_members(members, rng, words),
        Value::Array(entries) if rng.u8(..) < 150 => change_entries(entries, rng),
        _ => replace(node, rng, words),
    };
    format!("{path}: {did}")
}

fn change_members(members: &mut Map<String, Value>, rng: &mut Rng, words: &Words) -> String {
    let nth = rng.usize(..members.len().max(1));
    let chosen = members.keys().nth(nth).cloned();
    match (rng.u8(..5), chosen) {
        (0, Some(key)) => {
            members.remove(&key);
            format!("dropped {key}")
        }
        (1, Some(key)) => {
            let again = members.get(&key).cloned().unwrap_or_default();
            members.insert(format!("{AGAIN}{key}"), again);
            format!("{key} twice")
        }
        (2, Some(key)) => {
            let new = words.key(rng);
            let value = members.remove(&key).unwrap_or_default();
            members.insert(new.clone(), value);
            format!("renamed {key} to {new:?}")
        }
        (3, Some(key)) => {
            members.insert(key.clone(), Value::Null);
            format!("{key} is null")
        }
        _ => {
            let (key, mut value) = (words.key(rng), Value::Null);
            replace(&mut value, rng, words);
            members.insert(key.clone(), value);
            format!("added {key:?}")
        }
    }
}

fn change_entries(entries: &mut Vec<Value>, rng: &mut Rng) -> String {
    let nth = rng.usize(..entries.len().max(1));
    match (rng.u8(..5), entries.get(nth).cloned()) {
        (0, Some(_)) => {
            entries.remove(nth);
            format!("dropped entry {nth}")
        }
        (1, Some(entry)) => {
            entries.push(entry);
            format!("entry {nth} twice")
        }
        (2, Some(_)) => {
            entries[nth] = Value::Null;
            format!("entry {nth} is null")
        }
        (3, Some(entry)) if entries.len() < 40 => {
            entries.extend(std::iter::repeat_n(entry, 40));
            format!("entry {nth} forty times")
        }
        _ => {
            entries.clear();
            "emptied".to_owned()
        }
    }
}

/// Puts another value in this one's place.
fn replace(node: &mut Value, rng: &mut Rng, words: &Words) -> String {
    let (what, value) = match rng.u8(..16) {
        0 | 1 => ("null", Value::Null),
        2 => ("a boolean", json!(rng.bool())),
        3..=5 => (
            "a number",
            raw(rng.choice(NUMBERS).copied().unwrap_or_default()),
        ),
        6 | 7 => ("a text", Value::String(words.text(rng))),
        8 => ("an empty object", json!({})),
        9 => ("an empty list", json!([])),
        10 => ("a list of it", json!([node.take()])),
        11 => match &mut *node {
            Value::Array(entries) if !entries.is_empty() => ("its first entry", entries.remove(0)),
            Value::Object(members) if !members.is_empty() => {
                let nth = rng.usize(..members.len());
                let member = members.values().nth(nth).cloned();
                ("one of its members", member.unwrap_or_default())
            }
            other => ("an object of it", json!({ words.key(rng): other.take() })),
        },
        12 => match &mut *node {
            // The same in the other type.
            Value::Number(number) => ("its text", Value::String(number.to_string())),
            Value::String(text) => match text.parse::<serde_json::Number>() {
                Ok(number) => ("its number", Value::Number(number)),
                Err(_) => (
                    "a longer text",
                    Value::String(text.repeat(50).chars().take(5000).collect()),
                ),
            },
            Value::Bool(flag) => ("a number for it", json!(u8::from(*flag))),
            other => ("its JSON", Value::String(other.to_string())),
        },
        13 => {
            let digits = rng.usize(1..60);
            let digits: String = (0..digits).map(|_| rng.digit(10)).collect();
            let point = rng.usize(..=digits.len());
            let (whole, fraction) = digits.split_at(point);
            let whole = whole.trim_start_matches('0');
            let whole = if whole.is_empty() { "0" } else { whole };
            match (fraction, rng.bool()) {
                ("", _) => ("digits", raw(whole)),
                (fraction, true) => ("a decimal", raw(format!("{whole}.{fraction}"))),
                (fraction, false) => ("a decimal text", json!(format!("{whole}.{fraction}"))),
            }
        }
        14 => {
            let depth = *rng.choice(&[3, 60, 126, 127, 128, 20_000]).unwrap_or(&3);
            let (open, shut) = if rng.bool() {
                ("[", "]")
            } else {
                ("{\"a\":", "}")
            };
            let nested = format!("{}1{}", open.repeat(depth), shut.repeat(depth));
            ("something deep", raw(nested))
        }
        _ => (
            "a text of any characters",
            Value::String((0..rng.usize(..30)).map(|_| rng.char(..)).collect()),
        ),
    };
    *node = value;
    format!("became {what}")
}

fn change_bytes(bytes: &mut Vec<u8>, rng: &mut Rng) -> String {
    let place = rng.usize(..=bytes.len());
    let to = bytes.len().min(place + rng.usize(1..=16));
    match rng.u8(..7) {
        0 => {
            if let Some(byte) = bytes.get_mut(place) {
                *byte ^= 1 << rng.u8(..8);
            }
            format!("byte {place}: flipped a bit")
        }
        1 => {
            bytes.truncate(place);
            format!("cut off after {place} bytes")
        }
        2 => {
            let new: Vec<u8> = (0..rng.usize(1..=4)).map(|_| rng.u8(..)).collect();
            bytes.splice(place..place, new);
            format!("byte {place}: inserted bytes")
        }
        3 => {
            bytes.drain(place..to);
            format!("byte {place}: deleted {}", to - place)
        }
        4 => {
            let copy = bytes[place..to].to_vec();
            bytes.splice(place..place, copy);
            format!("byte {place}: repeated {}", to - place)
        }
        5 => {
            let signs = b"{}[]\",:\\-.eE0 \n\t#&*!|>%@?'";
            let sign = *rng.choice(signs).unwrap_or(&b' ');
            bytes.insert(place, sign);
            format!("byte {place}: inserted {:?}", char::from(sign))
        }
        _ => {
            let prefix: &[u8] = rng
                .choice(&[&b"\xef\xbb\xbf"[..], b")]}',\n", b"\xff\xfe", b"null"])
                .unwrap_or(&&b""[..]);
            bytes.splice(..0, prefix.iter().copied());
            "began with what does not belong there".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_names_one_case() {
        let payload = json!({"a": [1, {"b": "c"}], "d": null});
        let words = Words::of([&payload]);
        let case = |seed| {
            let steps = steps(&mut Rng::with_seed(seed));
            apply(&payload, &steps, &words)
        };
        for seed in 0..200 {
            assert_eq!(case(seed), case(seed), "{seed}");
        }
        assert_ne!(case(1), case(2));
    }

    #[test]
    fn what_no_tree_can_hold_is_written_into_the_text() {
        let tree = json!({"a": 1, "\u{e000}a": raw("1e400")});
        assert_eq!(written(&tree), br#"{"a":1,"a":1e400}"#);
    }

    #[test]
    fn most_cases_are_still_json_and_some_are_not() {
        let payload = json!({"a": [1, {"b": "c"}], "d": null});
        let words = Words::of([&payload]);
        let sound = (0..1000)
            .filter(|seed| {
                let steps = steps(&mut Rng::with_seed(*seed));
                let (bytes, _) = apply(&payload, &steps, &words);
                serde_json::from_slice::<Value>(&bytes).is_ok()
            })
            .count();
        assert!((500..900).contains(&sound), "{sound}");
    }
}
