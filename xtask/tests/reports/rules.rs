//! The page of the rules is written from the table.

use std::fmt::Write as _;

use xtask::review::rules::RULES;

use crate::page;

/// A cell of a table; the rules' own texts hold no markup but code.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn expected() -> String {
    let mut text = String::from(
        "# What a change of a spec means\n\n\
         One row for each kind of change that `cargo xtask review` tells. *Wire* judges a client that was generated from the old spec: \
         `break` it stops working, `risky` the documents can't decide it, `safe` it works on. *Rust* judges code that calls the \
         generated client: `break` it has to change, `maybe` some of it has to, `additive` there are new items, `none` nothing differs. \
         Where the clients of both sides are generated, what they show replaces the *Rust* column.\n\n\
         A change of a schema that is both sent and read is one finding, judged by the rules of both directions; the worse one names it. \
         `cargo xtask review --explain RULE` prints a row.\n\n\
         Written from the table in `xtask/src/review/rules`: `UPDATE_PAGES=1 cargo test -p xtask --test reports`. A test keeps it up to date.\n",
    );
    for (subject, rules) in RULES {
        let mut heading = subject.chars();
        let first = heading.next().into_iter().flat_map(char::to_uppercase);
        let heading: String = first.chain(heading).collect();
        let _ = write!(
            text,
            "\n## {heading}\n\n| Rule | Wire | Rust | What changed | What that does | To spare callers |\n| --- | --- | --- | --- | --- | --- |\n"
        );
        for rule in *rules {
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} | {} |",
                rule.id,
                rule.wire.word(),
                rule.rust.word(),
                cell(rule.summary),
                cell(rule.why),
                cell(rule.mend)
            );
        }
    }
    text
}

#[test]
fn the_page_of_the_rules_is_up_to_date() {
    page::check("docs/review-rules.md", &expected());
}
