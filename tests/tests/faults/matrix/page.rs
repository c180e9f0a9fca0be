//! What came of the faults, as a page.

use cartwright::{ErrorKind, RetryState, Vendor};

use super::column::columns;
use super::expected::{EXCEPTIONS, End, Outcome};

/// The outcomes of one cell: where the fault strikes always, and where it strikes once and that is another.
pub type Outcomes = Option<(Outcome, Option<Outcome>)>;

/// For each vendor, one of each of its operations.
pub type ByVendor<T> = Vec<(Vendor, Vec<T>)>;

const HEAD: &str = "# Faults, and what a caller is told

What comes of each verb of each vendor when the vendor, or the way to it, makes trouble. The tables are written by a test that causes every fault at a local stand-in and asks through the interface, with the default
layers and shorter times; the stand-in's own log says how often a request arrived. `UPDATE_PAGES=1 cargo test -p cartwright-tests --test faults` writes them anew.

## The rule

What a fault means follows from the fault and from what the vendor's spec declares of the operation (`x-retry`), never from the HTTP method.

| fault | safe to repeat | unsafe |
| --- | --- | --- |
| the vendor refuses: 400, 401, 403, 404, 409 | told at once | told at once |
| the vendor surely has not acted: no connection, 425, 429 | repeated, then told as temporary | repeated, then told as temporary |
| the vendor may have acted: 408, 5xx, no whole answer in time or at all | repeated, then told as temporary | sent once; `outcome-unknown`, told as unknown |
| the answer is whole, and not what is documented, or of another cart | `unexpected-response` with the field | the same, told as unknown: the vendor has probably acted |
| the answer has a field more or less | taken; what is unknown stays in the vendor's response | the same |

*Unknown* is said where nobody knows whether the vendor has acted and repeating the call may do it twice. The error's line begins with what is not known, and `Error::advice` says how to look.

A 404 on a call that creates a cart is an invalid request, since no cart could be missing; so is one on another call where the vendor says that it lacks something else than the cart or the line, such as a product.

Where a verb takes several requests and a later one fails, what was done before stays done: the error names the cart, and is never told as temporary, because repeating the verb would do it again.

An error keeps the status, the headers, the answer's body as far as it came, the number of attempts, and how long the vendor asks to wait. Where the vendor repeats a credential, the word `REDACTED` stands in its place. Whatever happens, a call ends at its deadline.

## How to read the tables

Above each table stand the verbs that it is for, each with the operation of it that is struck, and its safety. *Each time*: the kind that the caller is told, whether it is told as temporary or unknown (`outcome-unknown` always is), and how often the request was
sent, or tried to be, when the fault strikes each request. *Once*: the same when it strikes the first alone, where that could differ. A dash: the fault has nothing to strike there. Webroot's set-customer has two tables: of
the request that sets it, and of the one that reads the cart afterwards.
";

fn word(outcome: Outcome) -> String {
    let times = outcome.attempts;
    match outcome.end {
        End::Done => format!("done, {times}×"),
        End::Failed(kind, RetryState::Temporary) => {
            format!("`{}`, temporary, {times}×", kind.as_str())
        }
        End::Failed(ErrorKind::UnexpectedResponse, RetryState::Unknown) => {
            format!("`unexpected-response`, unknown, {times}×")
        }
        End::Failed(kind, _) => format!("`{}`, {times}×", kind.as_str()),
    }
}

/// What comes of it each time, and what where only the first request is struck.
fn cells(outcomes: Outcomes) -> [String; 2] {
    match outcomes {
        None => ["–".to_owned(), String::new()],
        Some((always, once)) => [word(always), once.map(word).unwrap_or_default()],
    }
}

const WHEN: [&str; 2] = [", before acting", ", after acting"];

/// The faults' names in few words: what holds before acting and after it holds always.
fn names(names: &[&str]) -> String {
    let mut told: Vec<String> = Vec::new();
    let mut by_when: [Vec<&str>; 2] = Default::default();
    for name in names {
        let when = WHEN.iter().position(|when| name.ends_with(when));
        let Some(when) = when else {
            told.push((*name).to_owned());
            continue;
        };
        let bare = name.strip_suffix(WHEN[when]).unwrap_or(name);
        let other = format!("{bare}{}", WHEN[1 - when]);
        match names.contains(&other.as_str()) {
            true if when == 0 => told.push(bare.to_owned()),
            true => {}
            false => by_when[when].push(bare),
        }
    }
    for (when, bare) in WHEN.iter().zip(by_when) {
        if !bare.is_empty() {
            told.push(format!("{}{when}", bare.join(" or ")));
        }
    }
    told.join("; ")
}

/// The whole page; `rows` has each fault's outcomes by vendor.
pub fn page(rows: &[(String, ByVendor<Outcomes>)]) -> String {
    let mut page = HEAD.to_owned();
    for vendor in Vendor::ALL.iter().copied() {
        page.push_str(&format!("\n## {vendor}\n"));
        // Operations of which the same comes share a table, and faults a line of it.
        let mut tables: Vec<(Vec<String>, Vec<Outcomes>)> = Vec::new();
        for (at, column) in columns(vendor).iter().enumerate() {
            let of_vendor = rows.iter().flat_map(|(_, by_vendor)| by_vendor);
            let of_vendor = of_vendor.filter(|(of, _)| *of == vendor);
            let outcomes: Vec<Outcomes> = of_vendor.map(|(_, outcomes)| outcomes[at]).collect();
            match tables.iter_mut().find(|(_, known)| *known == outcomes) {
                Some((heads, _)) => heads.push(column.head()),
                None => tables.push((vec![column.head()], outcomes)),
            }
        }
        for (heads, outcomes) in tables {
            page.push_str(&format!("\n{}\n\n", heads.join("; ")));
            page.push_str("| fault | each time | once |\n| --- | --- | --- |\n");
            let mut lines: Vec<(Vec<&str>, Outcomes)> = Vec::new();
            for ((name, _), outcome) in rows.iter().zip(outcomes) {
                match lines.iter_mut().find(|(_, known)| *known == outcome) {
                    Some((names, _)) => names.push(name),
                    None => lines.push((vec![name], outcome)),
                }
            }
            for (faults, outcome) in lines {
                let [always, once] = cells(outcome);
                page.push_str(&format!("| {} | {always} | {once} |\n", names(&faults)));
            }
        }
    }
    page.push_str("\n## Exceptions\n\n");
    for exception in EXCEPTIONS {
        page.push_str(&format!("- {}: {}\n", exception.head(), exception.why));
    }
    page
}
