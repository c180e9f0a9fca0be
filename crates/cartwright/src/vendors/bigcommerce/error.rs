//! What BigCommerce's error answers mean: the status first, then the body.

use cartwright_bigcommerce::types;
use cartwright_runtime::Error as CallError;
use serde_json::Value;

use super::VENDOR;
use crate::Error;
use crate::vendors::answer;

/// The failure of a typed call.
pub(super) fn from_call<E: std::fmt::Debug + Send + Sync + 'static>(error: CallError<E>) -> Error {
    answer::from_call(VENDOR, error.into_untyped(), words)
}

/// The failure of a raw call.
pub(super) fn from_raw(error: CallError) -> Error {
    answer::from_call(VENDOR, error, words)
}

/// BigCommerce's own code and words: only `status` and `type` are dependable, everything else may be missing.
fn words(body: &[u8]) -> answer::Words {
    match serde_json::from_slice::<types::ErrorResponse>(body) {
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
            answer::Words {
                code: problem.type_,
                message: (!parts.is_empty()).then(|| parts.join("; ")),
                ..answer::Words::default()
            }
        }
        Ok(types::ErrorResponse::Array(entries)) => {
            let parts: Vec<String> = entries
                .into_iter()
                .filter_map(|entry| entry.message)
                .collect();
            answer::Words {
                message: (!parts.is_empty()).then(|| parts.join("; ")),
                ..answer::Words::default()
            }
        }
        _ => answer::Words::default(),
    }
}

fn text_of(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}
