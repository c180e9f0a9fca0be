//! The table of operations in the notes beside a spec.

use xtask::load::Document;

use crate::Difference;
use crate::compare::operations;

/// What the first column of the table is called.
const HEAD: &str = "| operationId |";

struct Row<'a> {
    line: usize,
    id: &'a str,
    call: &'a str,
    verbs: &'a str,
    retry: &'a str,
}

/// Operations without a row, rows without an operation, and rows that say something else of a call, its verbs or its repetition.
pub fn compare(vendor: &str, document: &Document, file: &str, text: &str) -> Vec<Difference> {
    let head = text.lines().position(|line| line.starts_with(HEAD));
    let Some(head) = head else {
        return vec![Difference {
            vendor: vendor.to_owned(),
            what: "the notes have no table of operations".to_owned(),
            spec: format!("specs/{vendor}/openapi.yaml:1"),
            other: format!("{file}:1"),
            mend: format!("write one that begins with `{HEAD} call | cart verbs | retry |`"),
        }];
    };
    let rows: Vec<Row> = text
        .lines()
        .enumerate()
        .skip(head + 2)
        .take_while(|(_, line)| line.starts_with('|'))
        .map(|(index, line)| {
            let mut cells = line.trim_matches('|').split('|').map(str::trim);
            let mut next = || cells.next().unwrap_or_default();
            Row {
                line: index + 1,
                id: next(),
                call: next(),
                verbs: next(),
                retry: next(),
            }
        })
        .collect();
    let end = rows.last().map_or(head + 2, |row| row.line);
    let mut found = Vec::new();
    for operation in operations(document) {
        let mut tell = |what: String, line: usize, mend: String| {
            found.push(Difference {
                vendor: vendor.to_owned(),
                what,
                spec: operation.place.clone(),
                other: format!("{file}:{line}"),
                mend,
            });
        };
        let (id, call) = (operation.id, operation.call());
        let verbs = operation.verbs.join(", ");
        let Some(row) = rows.iter().find(|row| row.id == id) else {
            let what = format!("`{id}` has no row in the notes");
            let row = format!("| {id} | {call} | {verbs} | {} | … |", operation.retry);
            tell(
                what,
                end,
                format!("add `{row}`, and say where it is documented"),
            );
            continue;
        };
        // The name of a function stands for its call.
        let function = operation.path.rsplit('/').next().unwrap_or_default();
        if row.call != call && row.call != function {
            let what = format!("`{id}` is {call}, and {} in the notes", row.call);
            tell(
                what,
                row.line,
                "follow the one that the vendor documents".to_owned(),
            );
        }
        let noted: Vec<&str> = row
            .verbs
            .split([' ', ',', '('])
            .filter(|word| VERBS.contains(word))
            .collect();
        if noted != operation.verbs {
            let what = format!(
                "`{id}` carries out [{verbs}], and [{}] in the notes",
                noted.join(", ")
            );
            tell(
                what,
                row.line,
                "let both say the same verbs, in the same order".to_owned(),
            );
        }
        let retry = row.retry.split(':').next().unwrap_or_default().trim();
        if retry != operation.retry {
            let what = format!(
                "`{id}` is {} to repeat, and {retry} in the notes",
                operation.retry
            );
            tell(what, row.line, "let both say the same".to_owned());
        }
    }
    let known: Vec<&str> = operations(document).iter().map(|it| it.id).collect();
    for row in rows.iter().filter(|row| !known.contains(&row.id)) {
        found.push(Difference {
            vendor: vendor.to_owned(),
            what: format!("`{}` is in the notes, and no operation of the spec", row.id),
            spec: format!("specs/{vendor}/openapi.yaml:1"),
            other: format!("{file}:{}", row.line),
            mend: "remove the row, or name the operation as the spec does".to_owned(),
        });
    }
    found
}

/// What `x-cart-operation` may name.
const VERBS: [&str; 9] = [
    "create",
    "get",
    "add-lines",
    "update-line",
    "remove-line",
    "delete",
    "checkout",
    "set-customer",
    "place-order",
];
