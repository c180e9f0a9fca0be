//! What a reader is shown of vendors: what each can do, which fields it fills, and which settings it takes.

use cartwright::{Vendor, Verb};

use crate::grid::{self, Column};
use crate::layout::labelled;
use crate::table::UNSAID;

/// Everything that is to be known about vendors before speaking to them.
pub(crate) fn vendors(vendors: &[Vendor], width: usize) -> String {
    let verbs: Vec<(String, Vec<String>)> = Verb::ALL
        .into_iter()
        .map(|verb| {
            let support = vendors.iter().map(|vendor| vendor.capability().of(verb));
            (
                verb.to_string(),
                support.map(|one| one.to_string()).collect(),
            )
        })
        .collect();
    let fields: Vec<(String, Vec<String>)> = every_field(vendors)
        .into_iter()
        .map(|(result, field)| {
            let filled = vendors.iter().map(|vendor| {
                let fill = vendor.fields().of(result, field);
                fill.map_or(UNSAID.to_owned(), |fill| fill.to_string())
            });
            (format!("{result}: {field}"), filled.collect())
        })
        .collect();
    [
        by_vendor("verb", vendors, &verbs, width),
        by_vendor("field", vendors, &fields, width),
        settings(vendors, width),
    ]
    .join("\n\n")
}

/// A table with a column for each vendor; where all have no room beside each other, several tables.
fn by_vendor(
    title: &'static str,
    vendors: &[Vendor],
    rows: &[(String, Vec<String>)],
    width: usize,
) -> String {
    let part = |from: usize, to: usize| {
        let columns: Vec<Column> = std::iter::once(Column::words(title))
            .chain(
                vendors
                    .get(from..to)
                    .unwrap_or_default()
                    .iter()
                    .map(|vendor| Column::whole(vendor.as_str())),
            )
            .collect();
        let rows: Vec<Vec<String>> = rows
            .iter()
            .map(|(label, values)| {
                let values = values.get(from..to).unwrap_or_default();
                std::iter::once(label).chain(values).cloned().collect()
            })
            .collect();
        (columns, rows)
    };
    let mut parts = Vec::new();
    let mut from = 0;
    while from < vendors.len() {
        let fits = (from + 1..=vendors.len()).rev().find_map(|to| {
            let (columns, rows) = part(from, to);
            Some((to, grid::table(&columns, &rows, width)?))
        });
        let (to, shown) = fits.unwrap_or_else(|| {
            let (columns, rows) = part(from, from + 1);
            (from + 1, grid::lists(&columns, &rows, width))
        });
        parts.push(shown);
        from = to;
    }
    parts.join("\n\n")
}

fn settings(vendors: &[Vendor], width: usize) -> String {
    let settings = || vendors.iter().flat_map(|vendor| vendor.settings());
    let columns = [
        Column::whole("environment variable"),
        Column::whole("needed"),
        Column::words("meaning"),
    ];
    let rows: Vec<Vec<String>> = settings()
        .map(|setting| {
            let needed = if setting.required { "yes" } else { "no" };
            [setting.name, needed, setting.meaning]
                .map(str::to_owned)
                .to_vec()
        })
        .collect();
    grid::table(&columns, &rows, width).unwrap_or_else(|| {
        let list = settings().map(|setting| {
            let needed = if setting.required {
                "needed"
            } else {
                "not needed"
            };
            let meaning = format!("{needed}: {}", setting.meaning);
            format!(
                "{}\n{}",
                setting.name,
                labelled(&[(String::new(), meaning)], 0, width)
            )
        });
        list.collect::<Vec<_>>().join("\n")
    })
}

/// Each field of a result that some vendor has, once.
fn every_field(vendors: &[Vendor]) -> Vec<(&'static str, &'static str)> {
    let mut every = Vec::new();
    for result in ["cart", "line item", "checkout", "order"] {
        let rows = vendors.iter().flat_map(|vendor| vendor.fields().rows());
        for row in rows.filter(|row| row.result == result) {
            if !every.contains(&(result, row.field)) {
                every.push((result, row.field));
            }
        }
    }
    every
}
