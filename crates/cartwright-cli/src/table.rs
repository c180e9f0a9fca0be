//! What a reader is shown of carts, checkouts and orders.

use cartwright::{Cart, Checkout, Fill, LineItem, Message, Order, Total, TotalKind};

use crate::amount;
use crate::grid::{self, Column};
use crate::json::severity;
use crate::layout::{labelled, one_line};

/// What stands where the vendor says nothing.
pub(crate) const UNSAID: &str = "-";

type Fact = (String, String);

/// A cart: its id, its lines, and what holds for the whole of it.
pub(crate) fn cart(cart: &Cart, width: usize) -> String {
    let currency = cart.currency.as_deref();
    let mut facts: Vec<Fact> = cart
        .totals
        .iter()
        .map(|total| {
            let amount = amount::with_currency(&total.amount, currency);
            let amount = match &total.label {
                Some(label) => format!("{amount} ({label})"),
                None => amount,
            };
            (one_line(&total.kind.to_string()), amount)
        })
        .collect();
    facts.extend([
        fact("currency", currency),
        fact("customer", cart.customer_id.as_deref().or(guest(cart))),
        fact("checkout", cart.checkout_url.as_deref()),
    ]);
    facts.extend(messages(&cart.messages));
    let id = one_line(&cart.id.to_string());
    let parts = [
        Some(id),
        lines(&cart.line_items, currency, width),
        Some(labelled(&facts, 0, width)),
    ];
    joined(parts)
}

/// Without a customer it is a guest's cart, unless the vendor never says whose it is.
fn guest(cart: &Cart) -> Option<&'static str> {
    let fill = cart.id.vendor().fields().cart.of("customer_id");
    (fill != Some(Fill::Never)).then_some("guest")
}

/// Carts of several vendors, each as [`cart`] shows it.
pub(crate) fn carts(carts: &[Cart], width: usize) -> String {
    let shown: Vec<String> = carts.iter().map(|cart| self::cart(cart, width)).collect();
    shown.join("\n\n")
}

/// The addresses where a shopper goes on.
pub(crate) fn checkout(checkout: &Checkout, width: usize) -> String {
    let urls = [
        ("checkout", Some(&checkout.url)),
        ("cart", checkout.cart_url.as_ref()),
        ("embedded", checkout.embedded_url.as_ref()),
    ];
    let mut facts: Vec<Fact> = urls
        .into_iter()
        .filter(|(_, url)| url.is_some())
        .map(|(label, url)| fact(label, url.map(String::as_str)))
        .collect();
    facts.extend(messages(&checkout.messages));
    labelled(&facts, 0, width)
}

/// An order: its id, its lines, and what holds for the whole of it.
pub(crate) fn order(order: &Order, width: usize) -> String {
    let currency = order.currency.as_deref();
    let mut facts = vec![
        fact("currency", currency),
        fact("customer", order.customer_id.as_deref()),
    ];
    facts.extend(messages(&order.messages));
    joined([
        Some(format!("order {}", one_line(&order.id))),
        lines(&order.line_items, currency, width),
        Some(labelled(&facts, 0, width)),
    ])
}

fn joined(parts: [Option<String>; 3]) -> String {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join("\n\n")
}

/// The lines as a table; their ids below it where they have no room in it; or each as a list.
fn lines(lines: &[LineItem], currency: Option<&str>, width: usize) -> Option<String> {
    const ID: Column = Column::whole("line id");
    const NUMBER: Column = Column::number("#");
    const REST: fn() -> [Column; 5] = || {
        [
            Column::words("name"),
            Column::whole("kind"),
            Column::number("quantity"),
            Column::number("unit price"),
            Column::amount("total"),
        ]
    };
    if lines.is_empty() {
        return Some("no lines".to_owned());
    }
    let before = |first: Vec<String>| -> Vec<Vec<String>> {
        let rest = lines.iter().map(|line| row(line, currency));
        let rows = first.into_iter().zip(rest);
        rows.map(|(first, rest)| [vec![first], rest].concat())
            .collect()
    };
    let with = |first: Column| -> Vec<Column> { std::iter::once(first).chain(REST()).collect() };
    let ids = || lines.iter().map(|line| said(line.id.as_ref()));
    let with_ids = before(ids().collect());
    if let Some(table) = grid::table(&with(ID), &with_ids, width) {
        return Some(table);
    }
    let numbers = (1..=lines.len()).map(|number| number.to_string());
    if let Some(table) = grid::table(&with(NUMBER), &before(numbers.clone().collect()), width) {
        let ids: Vec<Fact> = numbers
            .zip(ids())
            .map(|(number, id)| (format!("line {number}"), id))
            .collect();
        return Some(format!("{table}\n\n{}", labelled(&ids, 0, width)));
    }
    Some(grid::lists(&with(ID), &with_ids, width))
}

fn row(line: &LineItem, currency: Option<&str>) -> Vec<String> {
    let price = line.unit_price.as_ref();
    vec![
        name(line),
        one_line(&line.kind.to_string()),
        said(line.quantity),
        price.map_or(UNSAID.to_owned(), |price| amount::shown(price, currency)),
        line_total(&line.totals, currency),
    ]
}

fn messages(messages: &[Message]) -> impl Iterator<Item = Fact> {
    messages.iter().map(|message| {
        (
            severity(message.severity).to_owned(),
            one_line(&message.text),
        )
    })
}

fn fact(label: &str, value: Option<&str>) -> Fact {
    (label.to_owned(), one_line(value.unwrap_or(UNSAID)))
}

fn name(line: &LineItem) -> String {
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
    one_line(&match options.as_slice() {
        [] => name.to_owned(),
        options => format!("{name} ({})", options.join(", ")),
    })
}

/// A vendor that states no total of a line may state its subtotal: shown as what it is.
fn line_total(totals: &[Total], currency: Option<&str>) -> String {
    let of = |kind: TotalKind| {
        let total = totals.iter().find(|total| total.kind == kind)?;
        Some(amount::shown(&total.amount, currency))
    };
    match (of(TotalKind::Total), of(TotalKind::Subtotal)) {
        (Some(total), _) => total,
        (None, Some(subtotal)) => format!("{subtotal} (subtotal)"),
        (None, None) => UNSAID.to_owned(),
    }
}

fn said(value: Option<impl ToString>) -> String {
    value.map_or_else(|| UNSAID.to_owned(), |value| one_line(&value.to_string()))
}
