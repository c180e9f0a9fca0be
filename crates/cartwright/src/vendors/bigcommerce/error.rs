//! What BigCommerce's error answers mean: the status first, then the body.

use cartwright_bigcommerce::types;
use serde_json::Value;

use super::VENDOR;
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// BigCommerce's own code and words: only `status` and `type` are dependable, everything else may be missing.
fn words(body: &[u8]) -> Words {
    match cartwright_runtime::decode_json::<types::ErrorResponse>(body) {
        Ok(types::ErrorResponse::Problem(problem)) => {
            let details = problem
                .errors
                .iter()
                .flatten()
                .map(|(field, value)| format!("{field}: {}", text_of(value)));
            let parts: Vec<String> = [problem.title, problem.detail, problem.error]
                .into_iter()
                .flatten()
                .chain(details)
                .collect();
            Words {
                code: problem.type_,
                message: (!parts.is_empty()).then(|| parts.join("; ")),
                ..Words::default()
            }
        }
        Ok(types::ErrorResponse::Array(entries)) => {
            let parts: Vec<String> = entries
                .into_iter()
                .filter_map(|entry| entry.message)
                .collect();
            Words {
                message: (!parts.is_empty()).then(|| parts.join("; ")),
                ..Words::default()
            }
        }
        _ => Words::default(),
    }
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
