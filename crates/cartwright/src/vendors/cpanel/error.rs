//! What cPanel's error answers mean: a status other than 200 for the caller, `status` 0 under 200 for everything else.

use serde_json::Value;

use super::VENDOR;
use crate::ErrorKind;
use crate::vendors::answer::words::{details, entry, first_text, texts};
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// The vendor's texts, unchanged; it has no codes, but for the `error_type` that some functions answer.
fn words(body: &Value) -> Words {
    let Value::Object(outer) = body else {
        return Words {
            details: details(body),
            ..Words::default()
        };
    };
    // Some addresses put the answer in an envelope.
    let within = ["result", "cpanelresult"]
        .iter()
        .find_map(|key| entry(outer, key)?.as_object());
    let answer = within.unwrap_or(outer);
    let listed = entry(answer, "errors").map(details).unwrap_or_default();
    let said = match listed.is_empty() {
        true => texts(answer, &["error", "reason", "message"]),
        false => Vec::new(),
    };
    let data = entry(answer, "data").and_then(Value::as_object);
    let code = data.and_then(|data| first_text(data, &["error_type"]));
    // The vendor documents this word for an entry of its queue; what else could be missing is an order.
    let is_missing = code.as_deref() == Some("EntryDoesNotExist");
    Words {
        code,
        said,
        details: listed,
        kind: is_missing.then_some(ErrorKind::NotFound),
        is_failure: entry(answer, "status").is_some_and(is_zero),
        ..Words::default()
    }
}

fn is_zero(status: &Value) -> bool {
    match status {
        Value::Bool(status) => !status,
        Value::Number(status) => status.as_f64() == Some(0.0),
        Value::String(status) => status.trim() == "0",
        _ => false,
    }
}
