//! What came of the faults, as a page.

use cartwright::{RetryState, Vendor};

use super::column::columns;
use super::expected::{EXCEPTIONS, End, Outcome};

/// The outcomes of one cell: where the fault strikes always, and where it strikes once and that is another.
pub type Outcomes = Option<(Outcome, Option<Outcome>)>;

const HEAD: &str = "# Faults, and what a caller is told

What comes of each verb of each vendor when the vendor, or the way to it, makes trouble. The tables are written by a test that causes every fault at a local stand-in and asks through the interface, with the default
layers and shorter times; the stand-in's own log says how often a request arrived. `UPDATE_PAGES=1 cargo test -p cartwright-tests --test faults` writes them anew.

## The rule

What a fault means follows from the fault and from what the vendor's spec declares of the operation (`x-retry`), never from the HTTP method.

| fault | safe to repeat | unsafe |
| --- | --- | --- |
| the vendor refuses: 400, 401, 403, 404, 409 | told at once | told at once |
| the vendor surely has not acted: no connection, 425, 429 | repeated, then told as temporary | repeated, then told as temporary |
| the vendor may have acted: 408, 5xx, no whole answer in time or at all | repeated, then told as temporary | sent once; `outcome-unknown` |
| the answer is whole, and not what is documented | `unexpected-response` with the field | `unexpected-response` with the field; the vendor has probably acted |
| the answer has a field more or less | taken; what is unknown stays in the vendor's response | the same |

Where a verb takes several requests and a later one fails, what was done before stays done: the error names the cart, and is never told as temporary.

An error keeps the status, the answer's body as far as it came, and the number of attempts. Whatever happens, a call ends at its deadline.

## How to read a cell

`kind`, whether it is told as temporary, and how often the request was sent, or tried to be, when the fault strikes each time. After *once*: what comes of it when only the first request is struck, where that is
something else. A dash: the fault has nothing to strike there. A column is a verb with the operation of it that is struck, and its safety.
";

fn word(outcome: Outcome) -> String {
    let times = outcome.attempts;
    match outcome.end {
        End::Done => format!("done, {times}×"),
        End::Failed(kind, RetryState::Temporary) => {
            format!("`{}`, temporary, {times}×", kind.as_str())
        }
        End::Failed(kind, _) => format!("`{}`, {times}×", kind.as_str()),
    }
}

fn cell(outcomes: Outcomes) -> String {
    match outcomes {
        None => "–".to_owned(),
        Some((always, None)) => word(always),
        Some((always, Some(once))) => format!("{}; once: {}", word(always), word(once)),
    }
}

/// The whole page; `rows` has each fault's outcomes by vendor.
pub fn page(rows: &[(String, Vec<(Vendor, Vec<Outcomes>)>)]) -> String {
    let mut page = HEAD.to_owned();
    for vendor in Vendor::ALL.iter().copied() {
        let heads: Vec<String> = columns(vendor).iter().map(|column| column.head()).collect();
        page.push_str(&format!(
            "\n## {vendor}\n\n| fault | {} |\n",
            heads.join(" | ")
        ));
        page.push_str(&format!("| --- |{}\n", " --- |".repeat(heads.len())));
        // Faults of which the same comes share a line.
        let mut lines: Vec<(Vec<&str>, Vec<String>)> = Vec::new();
        for (name, by_vendor) in rows {
            let of_vendor = by_vendor.iter().filter(|(of, _)| *of == vendor);
            let cells: Vec<String> = of_vendor
                .flat_map(|(_, outcomes)| outcomes.iter().copied().map(cell))
                .collect();
            match lines.iter_mut().find(|(_, known)| *known == cells) {
                Some((names, _)) => names.push(name),
                None => lines.push((vec![name], cells)),
            }
        }
        for (names, cells) in lines {
            page.push_str(&format!(
                "| {} | {} |\n",
                names.join("; "),
                cells.join(" | ")
            ));
        }
    }
    page.push_str("\n## Exceptions\n\n");
    for exception in EXCEPTIONS {
        page.push_str(&format!("- {}: {}\n", exception.head(), exception.why));
    }
    page
}
