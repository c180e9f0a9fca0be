//! The tables for readers.

use cartwright::{Cart, Checkout, LineItem, Message, Order, Severity, Total, TotalKind, Verb};
use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::render::{VendorEntry, one_line};

/// What stands where the vendor says nothing.
const UNSAID: &str = "-";

const LINE: [&str; 6] = ["line id", "kind", "name", "quantity", "unit price", "total"];

/// A cart: its id, its lines, and what holds for the whole of it.
pub(crate) fn cart(cart: &Cart) -> String {
    let mut lines = ruled(&LINE);
    for line in &cart.line_items {
        lines.add_row(row(line));
    }
    let mut facts = totals(cart);
    facts.extend([
        fact("currency", cart.currency.as_deref().unwrap_or(UNSAID)),
        fact("customer", cart.customer_id.as_deref().unwrap_or("guest")),
        fact("checkout", cart.checkout_url.as_deref().unwrap_or(UNSAID)),
    ]);
    facts.extend(messages(&cart.messages));
    format!(
        "{}\n\n{}\n\n{}",
        one_line(&cart.id.to_string()),
        lines.trim_fmt(),
        labelled(&facts)
    )
}

/// Carts of several vendors: the lines of all, then what holds for each.
pub(crate) fn carts(carts: &[Cart]) -> String {
    let mut lines = ruled(&[&["vendor"], LINE.as_slice()].concat());
    let mut facts: Vec<[String; 3]> = Vec::new();
    for cart in carts {
        let vendor = cart.id.vendor();
        for line in &cart.line_items {
            lines.add_row([Cell::new(vendor)].into_iter().chain(row(line)));
        }
        let mut own = vec![fact("cart", &cart.id.to_string())];
        own.extend(totals(cart));
        own.push(fact("currency", cart.currency.as_deref().unwrap_or(UNSAID)));
        let told = [
            ("customer", &cart.customer_id),
            ("checkout", &cart.checkout_url),
        ];
        own.extend(
            told.into_iter()
                .filter_map(|(label, value)| Some(fact(label, value.as_deref()?))),
        );
        own.extend(messages(&cart.messages));
        facts.extend(
            own.into_iter()
                .map(|[label, value]| [vendor.to_string(), label, value]),
        );
    }
    format!("{}\n\n{}", lines.trim_fmt(), labelled(&facts))
}

fn row(line: &LineItem) -> [Cell; 6] {
    [
        said(line.id.as_ref()),
        Cell::new(one_line(&line.kind.to_string())),
        name(line),
        said(line.quantity).set_alignment(CellAlignment::Right),
        said(line.unit_price.as_ref()).set_alignment(CellAlignment::Right),
        line_total(&line.totals).set_alignment(CellAlignment::Right),
    ]
}

fn totals(cart: &Cart) -> Vec<[String; 2]> {
    let one = |total: &Total| fact(&total.kind.to_string(), total.amount.as_str());
    cart.totals.iter().map(one).collect()
}

fn messages(messages: &[Message]) -> impl Iterator<Item = [String; 2]> {
    messages.iter().map(|message| {
        let severity = match message.severity {
            Severity::Warning => "warning",
            _ => "info",
        };
        fact(severity, &message.text)
    })
}

fn fact(label: &str, value: &str) -> [String; 2] {
    [label.to_owned(), value.to_owned()]
}

/// The addresses where a shopper goes on.
pub(crate) fn checkout(checkout: &Checkout) -> String {
    let urls = [
        ("checkout", Some(&checkout.url)),
        ("cart", checkout.cart_url.as_ref()),
        ("embedded", checkout.embedded_url.as_ref()),
    ];
    let facts: Vec<[String; 2]> = urls
        .into_iter()
        .filter_map(|(label, url)| Some(fact(label, url?)))
        .collect();
    labelled(&facts)
}

/// An order: its id, its lines, and what holds for the whole of it.
pub(crate) fn order(order: &Order) -> String {
    let mut lines = ruled(&LINE);
    for line in &order.line_items {
        lines.add_row(row(line));
    }
    let mut facts = vec![
        fact("order", &order.id),
        fact("currency", order.currency.as_deref().unwrap_or(UNSAID)),
        fact("customer", order.customer_id.as_deref().unwrap_or(UNSAID)),
    ];
    facts.extend(messages(&order.messages));
    format!("{}\n\n{}", lines.trim_fmt(), labelled(&facts))
}

/// What each vendor can do, which fields it fills, and which settings it takes.
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
    let mut fields = ruled(&[&["field"], names.as_slice()].concat());
    for (result, field) in every_field(entries) {
        let filled = entries.iter().map(|entry| {
            let fill = entry.vendor.fields().of(result, field);
            Cell::new(fill.map_or(UNSAID.to_owned(), |fill| fill.to_string()))
        });
        let label = Cell::new(format!("{result}: {field}"));
        fields.add_row([label].into_iter().chain(filled));
    }
    let mut settings = ruled(&["environment variable", "needed", "meaning"]);
    for setting in entries.iter().flat_map(|entry| entry.settings) {
        settings.add_row([
            setting.name,
            if setting.required { "yes" } else { "no" },
            setting.meaning,
        ]);
    }
    [verbs, fields, settings]
        .map(|table| table.trim_fmt())
        .join("\n\n")
}

/// Each field of a result that some vendor has, once.
fn every_field(entries: &[VendorEntry]) -> Vec<(&'static str, &'static str)> {
    let mut every = Vec::new();
    for result in ["cart", "line item", "checkout", "order"] {
        let rows = entries.iter().flat_map(|entry| &entry.fields);
        for row in rows.filter(|row| row.result == result) {
            if !every.contains(&(result, row.field)) {
                every.push((result, row.field));
            }
        }
    }
    every
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
fn labelled<const WORDS: usize>(facts: &[[String; WORDS]]) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    for words in facts {
        table.add_row(words.iter().map(|word| one_line(word)));
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
        let fact = labelled(&[fact("a", &long)]);
        for (shown, times) in [(table.trim_fmt(), 2), (fact, 1)] {
            assert_eq!(shown.matches('名').count(), times * 70_000);
        }
    }
}
