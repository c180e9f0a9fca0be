//! What has been decided about findings, in a committed file beside each spec: `specs/<vendor>/decisions.yaml`.
//!
//! It stands with the vendor whose findings it is about, so that decisions about two vendors never meet in one file, and those
//! about a vendor go when the vendor goes. An entry:
//!
//! ```yaml
//! - fingerprint: "1a2b3c4d5e6f"
//!   subject: "Cart.currency: required property removed" # for readers; not compared
//!   verdict: accept                                     # or reject, or ask-vendor
//!   who: "anna"
//!   why: "the vendor announced it for June"
//!   until: 2026-12-31                                   # optional: the last day on which it holds
//! ```

use std::path::Path;

use super::date::Date;
use super::{Decision, DecisionVerdict, SpecReview};
use crate::load::{Document, LoadError, Node, Position};

/// The file's name.
pub const FILE: &str = "decisions.yaml";

/// The keys of an entry.
const KEYS: [&str; 6] = ["fingerprint", "subject", "verdict", "who", "why", "until"];

/// An entry of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The finding's.
    pub fingerprint: String,
    /// What the finding was about, for readers.
    pub subject: Option<String>,
    /// The decision.
    pub decision: Decision,
}

/// Reads the decisions in a folder; none when it has no such file. `name` is what messages call the file.
///
/// # Errors
///
/// A file that can't be read, and as [`parse`].
pub fn read(folder: &Path, name: &str, today: Date) -> Result<Vec<Entry>, LoadError> {
    match std::fs::read(folder.join(FILE)) {
        Ok(bytes) => match std::str::from_utf8(&bytes) {
            Ok(text) => parse(name, text, today),
            // Says where the first wrong byte stands.
            Err(_) => Document::parse_bytes(name, &bytes).map(|_| Vec::new()),
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(LoadError {
            file: name.to_owned(),
            position: None,
            message: format!("can't be read: {error}"),
            mend: "check its permissions".to_owned(),
        }),
    }
}

/// Reads the decisions in a text.
///
/// # Errors
///
/// What is no list of entries, with its place: an unknown or missing key, a wrong date, a fingerprint that stands there twice.
pub fn parse(name: &str, text: &str, today: Date) -> Result<Vec<Entry>, LoadError> {
    if is_blank(text) {
        return Ok(Vec::new());
    }
    let document = Document::parse(name, text)?;
    let file = File { name };
    let Some(list) = document.root.as_seq() else {
        let what = format!(
            "{} where the list of decisions belongs",
            document.root.kind()
        );
        return Err(file.error(document.root.start, what, "write `- fingerprint: …`"));
    };
    let mut entries: Vec<(Entry, Position)> = Vec::new();
    for node in list {
        let (entry, place) = file.entry(node, today)?;
        let same = |(other, _): &&(Entry, Position)| other.fingerprint == entry.fingerprint;
        if let Some((_, first)) = entries.iter().find(same) {
            let what = format!(
                "`{}` has been decided at {first} already",
                entry.fingerprint
            );
            return Err(file.error(place, what, "keep one of the two"));
        }
        entries.push((entry, place));
    }
    Ok(entries.into_iter().map(|(entry, _)| entry).collect())
}

/// Whether nothing stands in the text but comments.
fn is_blank(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = text.lines().map(str::trim);
    lines.all(|line| line.is_empty() || line.starts_with('#'))
}

struct File<'n> {
    name: &'n str,
}

impl File<'_> {
    fn error(
        &self,
        position: Position,
        message: impl Into<String>,
        mend: impl Into<String>,
    ) -> LoadError {
        LoadError {
            file: self.name.to_owned(),
            position: Some(position),
            message: message.into(),
            mend: mend.into(),
        }
    }

    /// The entry, and where its fingerprint stands.
    fn entry(&self, node: &Node, today: Date) -> Result<(Entry, Position), LoadError> {
        if !node.is_map() {
            let what = format!("{} where a decision belongs", node.kind());
            return Err(self.error(node.start, what, "write a mapping: `fingerprint: …`"));
        }
        for (key, _) in node.iter_map() {
            if !KEYS.contains(&key.text.as_str()) {
                let what = format!("unknown key `{}`", key.text);
                return Err(self.error(key.position, what, format!("use {}", listed(&KEYS))));
            }
        }
        let (fingerprint, place) = self.fingerprint(node)?;
        let (word, at) = self.text(node, "verdict")?;
        let verdict = DecisionVerdict::ALL
            .into_iter()
            .find(|it| it.word() == word);
        let verdict = verdict.ok_or_else(|| {
            let words = DecisionVerdict::ALL.map(DecisionVerdict::word);
            self.error(
                at,
                format!("`{word}` is no verdict"),
                format!("use {}", listed(&words)),
            )
        })?;
        let until = match node.get("until") {
            None => None,
            Some(until) => Some(self.date(until)?),
        };
        let subject = match node.has("subject") {
            true => Some(self.text(node, "subject")?.0.to_owned()),
            false => None,
        };
        let decision = Decision {
            verdict,
            who: self.text(node, "who")?.0.to_owned(),
            why: self.text(node, "why")?.0.to_owned(),
            until: until.map(|date| date.to_string()),
            expired: until.is_some_and(|date| date < today),
        };
        let entry = Entry {
            fingerprint,
            subject,
            decision,
        };
        Ok((entry, place))
    }

    fn fingerprint(&self, node: &Node) -> Result<(String, Position), LoadError> {
        if let Some(number) = node
            .get("fingerprint")
            .filter(|it| it.as_number().is_some())
        {
            // Twelve digits without quotes may be a number, and then a leading zero or an `e` is lost.
            let what = "this fingerprint reads as a number";
            return Err(self.error(number.start, what, "write it in quotes"));
        }
        let (text, place) = self.text(node, "fingerprint")?;
        if !is_fingerprint(text) {
            let what = format!("`{text}` is no fingerprint");
            let mend = "copy the twelve digits that stand behind the finding in the report";
            return Err(self.error(place, what, mend));
        }
        Ok((text.to_owned(), place))
    }

    fn text<'d>(&self, node: &'d Node, key: &str) -> Result<(&'d str, Position), LoadError> {
        let Some(found) = node.get(key) else {
            let what = format!("this decision has no `{key}`");
            return Err(self.error(node.start, what, format!("add `{key}: …`")));
        };
        match found.as_str() {
            Some(text) if !text.trim().is_empty() => Ok((text, found.start)),
            Some(_) => {
                let what = format!("`{key}` is empty");
                Err(self.error(found.start, what, "write a few words"))
            }
            None => {
                let what = format!("`{key}` is {}, not text", found.kind());
                Err(self.error(found.start, what, "write it in quotes"))
            }
        }
    }

    fn date(&self, node: &Node) -> Result<Date, LoadError> {
        let date = node.as_str().and_then(Date::parse);
        date.ok_or_else(|| {
            let what = "`until` is no day of the calendar";
            self.error(node.start, what, "write it as 2026-12-31")
        })
    }
}

fn listed(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// Whether it is twelve hexadecimal digits, as findings have them.
pub fn is_fingerprint(text: &str) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
    text.len() == 12 && text.bytes().all(digit)
}

/// Gives each finding its decision; those that match none are stale.
pub fn attach(review: &mut SpecReview, entries: Vec<Entry>) {
    for entry in entries {
        let mut findings = review.findings.iter_mut();
        match findings.find(|finding| finding.fingerprint == entry.fingerprint) {
            Some(finding) => finding.decision = Some(entry.decision),
            None => review.stale.push((entry.fingerprint, entry.decision)),
        }
    }
}

/// The text with one more entry at its end; what stands there stays as it is, comments included.
///
/// # Errors
///
/// A text that is no list of entries, that has decided about this finding already, or that can't be continued line by line.
pub fn append(name: &str, text: &str, entry: &Entry, today: Date) -> Result<String, LoadError> {
    let before = parse(name, text, today)?;
    let same = |other: &&Entry| other.fingerprint == entry.fingerprint;
    if let Some(other) = before.iter().find(same) {
        let decision = &other.decision;
        return Err(LoadError {
            file: name.to_owned(),
            position: None,
            message: format!(
                "`{}` has been decided already: {} by {}",
                other.fingerprint,
                decision.verdict.word(),
                decision.who
            ),
            mend: "change that entry".to_owned(),
        });
    }
    let indent = match before.is_empty() {
        true => String::new(),
        false => indent(name, text)?,
    };
    let mut after = text.to_owned();
    if is_blank(text) && text.trim().is_empty() {
        after = "# Decisions about findings of `cargo xtask review`; docs/review.md says how they count.\n".to_owned();
    }
    if !after.ends_with('\n') {
        after.push('\n');
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    for (index, line) in written(entry).into_iter().enumerate() {
        let lead = if index == 0 { "- " } else { "  " };
        after.push_str(&format!("{indent}{lead}{line}{line_end}"));
    }
    let expected: Vec<Entry> = before.into_iter().chain([entry.clone()]).collect();
    match parse(name, &after, today) {
        Ok(found) if found == expected => Ok(after),
        _ => Err(LoadError {
            file: name.to_owned(),
            position: None,
            message: "an entry can't be added to the end of this text".to_owned(),
            mend: "write the list with one `- fingerprint: …` per decision".to_owned(),
        }),
    }
}

/// What stands before the first entry's dash.
fn indent(name: &str, text: &str) -> Result<String, LoadError> {
    let document = Document::parse(name, text)?;
    let first = document.root.iter_seq().next();
    let line = first.and_then(|node| document.text.lines().nth(node.start.line - 1));
    let line = line.unwrap_or_default();
    Ok(line.chars().take_while(|it| *it == ' ').collect())
}

fn written(entry: &Entry) -> Vec<String> {
    let decision = &entry.decision;
    let mut lines = vec![format!("fingerprint: {}", quoted(&entry.fingerprint))];
    lines.extend(
        entry
            .subject
            .iter()
            .map(|it| format!("subject: {}", quoted(it))),
    );
    lines.push(format!("verdict: {}", decision.verdict.word()));
    lines.push(format!("who: {}", quoted(&decision.who)));
    lines.push(format!("why: {}", quoted(&decision.why)));
    lines.extend(decision.until.iter().map(|it| format!("until: {it}")));
    lines
}

/// In quotes: JSON's are YAML's, but for a few signs that YAML takes only as escapes.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for sign in serde_json::Value::from(text).to_string().chars() {
        match sign {
            '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}' => {
                quoted.push_str(&format!("\\u{:04x}", u32::from(sign)));
            }
            _ => quoted.push(sign),
        }
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: &str = "2026-06-15";

    fn today() -> Date {
        Date::parse(TODAY).unwrap()
    }

    fn entry(fingerprint: &str) -> Entry {
        Entry {
            fingerprint: fingerprint.to_owned(),
            subject: Some("Cart.currency: \"a\"\n# b".to_owned()),
            decision: Decision {
                verdict: DecisionVerdict::Accept,
                who: "Zoë: yes".to_owned(),
                why: "- 'why' {not} \\ \u{1}\u{7f}\u{85}\u{2028}\u{feff}".to_owned(),
                until: Some("2026-12-31".to_owned()),
                expired: false,
            },
        }
    }

    #[test]
    fn what_is_wrong_is_named_with_its_place() {
        for (text, message) in [
            (
                "{}",
                "1:1: a mapping where the list of decisions belongs; write `- fingerprint: …`",
            ),
            (
                "- x",
                "1:3: text where a decision belongs; write a mapping: `fingerprint: …`",
            ),
            (
                "- fingerprint: 123456789012",
                "1:16: this fingerprint reads as a number; write it in quotes",
            ),
            (
                "- fingerprint: abc",
                "1:16: `abc` is no fingerprint; copy the twelve digits that stand behind the finding in the report",
            ),
            (
                "- verdict: accept",
                "1:3: this decision has no `fingerprint`; add `fingerprint: …`",
            ),
            (
                "- fingerprint: abcdefabcdef\n  reason: x",
                "2:3: unknown key `reason`; use `fingerprint`, `subject`, `verdict`, `who`, `why`, `until`",
            ),
            (
                "- fingerprint: abcdefabcdef\n  verdict: yes",
                "2:12: `yes` is no verdict; use `accept`, `reject`, `ask-vendor`",
            ),
            (
                "- fingerprint: abcdefabcdef\n  verdict: accept\n  until: 2026-02-30",
                "3:10: `until` is no day of the calendar; write it as 2026-12-31",
            ),
            (
                "- fingerprint: abcdefabcdef\n  verdict: accept\n  who: 7",
                "3:8: `who` is a number, not text; write it in quotes",
            ),
            (
                "- fingerprint: abcdefabcdef\n  verdict: accept\n  who: a\n  why: ' '",
                "4:8: `why` is empty; write a few words",
            ),
        ] {
            let error = parse("d", text, today()).unwrap_err();
            assert_eq!(error.to_string(), format!("d:{message}"), "{text}");
        }
        let twice = "- &a {fingerprint: abcdefabcdef, verdict: accept, who: a, why: b}\n- *a\n";
        let error = parse("d", twice, today()).unwrap_err().to_string();
        assert!(
            error.contains("`abcdefabcdef` has been decided at 1:"),
            "{error}"
        );
    }

    #[test]
    fn a_decision_holds_on_its_last_day_and_not_on_the_next() {
        for (until, expired) in [("2026-06-14", true), (TODAY, false), ("2027-01-01", false)] {
            let text = format!(
                "- {{fingerprint: abcdefabcdef, verdict: accept, who: a, why: b, until: {until}}}"
            );
            assert_eq!(
                parse("d", &text, today()).unwrap()[0].decision.expired,
                expired,
                "{until}"
            );
        }
    }

    #[test]
    fn an_entry_is_added_behind_what_stands_there_whatever_its_words() {
        for before in [
            "",
            "# ours\n",
            "# ours\n- fingerprint: abcdefabcdef # one\n  verdict:   reject\n  who: a\n  why: b",
            "  - {fingerprint: abcdefabcdef, verdict: ask-vendor, who: a, why: b}\n",
        ] {
            let after = append("d", before, &entry("012345678901"), today()).unwrap();
            assert!(after.starts_with(before), "{after}");
            let read = parse("d", &after, today()).unwrap();
            assert_eq!(read.last(), Some(&entry("012345678901")), "{after}");
        }
    }

    #[test]
    fn nothing_is_added_twice_or_behind_what_can_t_be_continued() {
        let one = append("d", "", &entry("012345678901"), today()).unwrap();
        let error = append("d", &one, &entry("012345678901"), today()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "d: `012345678901` has been decided already: accept by Zoë: yes; change that entry"
        );
        let error = append("d", "[]\n", &entry("012345678901"), today()).unwrap_err();
        assert_eq!(
            error.mend,
            "write the list with one `- fingerprint: …` per decision"
        );
    }
}
