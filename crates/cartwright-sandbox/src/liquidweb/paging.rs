//! The pages of a list: which one is asked for, in which order, and the frame around it.

use serde_json::{Value, json};

use super::answers::LiquidwebAnswers;
use super::exception::{Exception, Faults};
use super::fields::{Fields, ID};

const PAGE_SIZE: i64 = 25;

/// The page that a request asks for.
#[derive(Debug)]
pub(super) struct Page {
    number: i64,
    size: i64,
    /// `None` leaves the order of the catalogue.
    order: Option<Order>,
}

/// By code, up or down.
#[derive(Clone, Copy, Debug)]
enum Order {
    Up,
    Down,
}

impl Page {
    pub(super) fn read(params: &Fields, faults: &mut Faults) -> Self {
        Self {
            number: params.optional("page_num", &ID, faults).unwrap_or(1),
            size: params
                .optional("page_size", &ID, faults)
                .unwrap_or(PAGE_SIZE),
            order: order(params, faults),
        }
    }

    /// The page of these elements, in their frame.
    pub(super) fn show<Element>(
        &self,
        mut elements: Vec<Element>,
        code: impl Fn(&Element) -> &str,
        show: impl Fn(&Element) -> Value,
        answers: LiquidwebAnswers,
    ) -> Value {
        match self.order {
            None => {}
            Some(Order::Up) => elements.sort_by(|left, right| code(left).cmp(code(right))),
            Some(Order::Down) => elements.sort_by(|left, right| code(right).cmp(code(left))),
        }
        let skipped = (self.number - 1).saturating_mul(self.size);
        let (skipped, size) = (as_count(skipped), as_count(self.size));
        let items: Vec<Value> = elements.iter().skip(skipped).take(size).map(show).collect();
        let page_total = elements.len().div_ceil(size.max(1)).max(1);
        answers
            .record()
            .with("item_count", answers.integer(as_number(items.len())))
            .with("item_total", answers.integer(as_number(elements.len())))
            .with("items", items)
            .with("page_num", answers.integer(self.number))
            .with("page_size", answers.integer(self.size))
            .with("page_total", answers.integer(as_number(page_total)))
            .finish()
    }
}

fn order(params: &Fields, faults: &mut Faults) -> Option<Order> {
    let order = params.object("order_by", faults)?;
    order.expect(["field"], faults);
    one_of(&order, "field", &["code"], faults);
    match one_of(&order, "sort", &["asc", "desc"], faults) {
        Some("asc") => Some(Order::Up),
        _ => Some(Order::Down),
    }
}

/// The value of a field that must be one of a few words, if it is there.
pub(super) fn one_of<'a>(
    fields: &Fields,
    key: &str,
    valid: &[&'a str],
    faults: &mut Faults,
) -> Option<&'a str> {
    let value = fields.value(key)?;
    let word = valid.iter().copied().find(|word| value == word);
    if word.is_none() {
        let valid = valid.iter().map(|word| json!(word)).collect();
        let path = fields.path(key);
        faults.add(Exception::not_in_realm(key, valid, value, &path));
    }
    word
}

fn as_count(number: i64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn as_number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
