//! The tables for readers.

use cartwright::{Cart, Checkout, LineItem, Severity, Total, TotalKind, Verb};
use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::render::{VendorEntry, one_line};

/// What stands where the vendor says nothing.
const UNSAID: &str = "-";

/// A cart: its id, its lines, and what holds for the whole of it.
pub(crate) fn cart(cart: &Cart) -> String {
    let mut lines = ruled(&["line id", "kind", "name", "quantity", "unit price", "total"]);
    for line in &cart.line_items {
        lines.add_row([
            said(line.id.as_ref()),
            Cell::new(one_line(&line.kind.to_string())),
            name(line),
            said(line.quantity).set_alignment(CellAlignment::Right),
            said(line.unit_price.as_ref()).set_alignment(CellAlignment::Right),
            line_total(&line.totals).set_alignment(CellAlignment::Right),
        ]);
    }
    let mut facts: Vec<(String, String)> = Vec::new();
    let mut fact = |label: &str, value: &str| facts.push((label.to_owned(), value.to_owned()));
    for total in &cart.totals {
        fact(&total.kind.to_string(), total.amount.as_str());
    }
    fact("currency", cart.currency.as_deref().unwrap_or(UNSAID));
    fact("customer", cart.customer_id.as_deref().unwrap_or("guest"));
    fact("checkout", cart.checkout_url.as_deref().unwrap_or(UNSAID));
    for message in &cart.messages {
        let severity = match message.severity {
            Severity::Warning => "warning",
            _ => "info",
        };
        fact(severity, &message.text);
    }
    format!(
        "{}\n\n{}\n\n{}",
        one_line(&cart.id.to_string()),
        lines.trim_fmt(),
        labelled(&facts)
    )
}

/// The addresses where a shopper goes on.
pub(crate) fn checkout(checkout: &Checkout) -> String {
    let urls = [
        ("checkout", Some(&checkout.url)),
        ("cart", checkout.cart_url.as_ref()),
        ("embedded", checkout.embedded_url.as_ref()),
    ];
    let facts: Vec<(String, String)> = urls
        .into_iter()
        .filter_map(|(label, url)| Some((label.to_owned(), url?.clone())))
        .collect();
    labelled(&facts)
}

/// What each vendor can do, and which settings it takes.
pub(crate) fn vendors(entries: &[VendorEntry]) -> String {
    let names: Vec<&str> = entries.iter().map(|entry| entry.vendor.as_str()).collect();
    let mut verbs = ruled(&[&["verb"], names.as_slice()].concat());
    for verb in Verb::ALL {
        let support = entries
            .iter()
            .map(|entry| entry.capability.of(verb))
            .map(Cell::new);
        verbs.add_row([Cell::new(verb)].into_iter().chain(support));
    }
    let mut settings = ruled(&["environment variable", "needed", "meaning"]);
    for setting in entries.iter().flat_map(|entry| entry.settings) {
        settings.add_row([
            setting.name,
            if setting.required { "yes" } else { "no" },
            setting.meaning,
        ]);
    }
    format!("{}\n\n{}", verbs.trim_fmt(), settings.trim_fmt())
}

fn name(line: &LineItem) -> Cell {
    let name = line.name.as_deref().unwrap_or(UNSAID);
    let options: Vec<String> = line
        .options
        .iter()
        .map(|option| {
            [&option.name, &option.value]
                .into_iter()
                .flatten()
                .cloned()
                .collect::<Vec<_>>()
                .join(": ")
        })
        .collect();
    Cell::new(one_line(&match options.as_slice() {
        [] => name.to_owned(),
        options => format!("{name} ({})", options.join(", ")),
    }))
}

/// A vendor that states no total of a line may state its subtotal: shown as what it is.
fn line_total(totals: &[Total]) -> Cell {
    let of = |kind: TotalKind| {
        totals
            .iter()
            .find(|total| total.kind == kind)
            .map(|total| &total.amount)
    };
    match (of(TotalKind::Total), of(TotalKind::Subtotal)) {
        (Some(total), _) => Cell::new(total),
        (None, Some(subtotal)) => Cell::new(format!("{subtotal} (subtotal)")),
        (None, None) => Cell::new(UNSAID),
    }
}

fn said(value: Option<impl ToString>) -> Cell {
    Cell::new(value.map_or_else(|| UNSAID.to_owned(), |value| one_line(&value.to_string())))
}

fn ruled(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::ASCII_MARKDOWN).set_header(header);
    table
}

/// Labels and what they stand for, one a line.
fn labelled(facts: &[(String, String)]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for (label, value) in facts {
        table.add_row([one_line(label), one_line(value)]);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.trim_fmt()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table breaks such a text over several lines, and loses nothing.
    #[test]
    fn a_text_of_any_length_is_shown_whole() {
        let long = "名".repeat(70_000);
        let mut table = ruled(&["a", "b"]);
        table.add_row([said(Some(&long)), said(Some(&long))]);
        let fact = labelled(&[("a".to_owned(), long.clone())]);
        for (shown, times) in [(table.trim_fmt(), 2), (fact, 1)] {
            assert_eq!(shown.matches('名').count(), times * 70_000);
        }
    }
}
