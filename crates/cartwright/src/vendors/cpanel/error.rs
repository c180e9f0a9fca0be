//! What cPanel's error answers mean: a status other than 200 for the caller, `status` 0 under 200 for everything else.

use cartwright_cpanel::types;

use super::VENDOR;
use crate::ErrorKind;
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// The vendor's texts, unchanged; it has no codes, but for the `error_type` that some functions answer.
fn words(body: &[u8]) -> Words {
    if let Ok(denied) = cartwright_runtime::decode_json::<types::AccessDenied>(body)
        && let Some(result) = denied.cpanelresult
    {
        return Words {
            message: result.error.into_value(),
            ..Default::default()
        };
    }
    let Ok(failure) = cartwright_runtime::decode_json::<types::MarketFailure>(body) else {
        return Words::default();
    };
    let wrapped = failure.result;
    let (errors, data) = match &wrapped {
        Some(result) => (result.errors.value(), result.data.value()),
        None => (failure.errors.value(), failure.data.value()),
    };
    let message = errors
        .filter(|errors| !errors.is_empty())
        .map(|errors| errors.join("; "));
    let code = data
        .and_then(|data| data.get("error_type"))
        .and_then(|code| code.as_str())
        .map(str::to_owned);
    // The vendor documents this word for an entry of its queue; what else could be missing is an order.
    let missing = code.as_deref() == Some("EntryDoesNotExist");
    Words {
        kind: missing.then_some(ErrorKind::NotFound),
        code,
        message,
        ..Default::default()
    }
}
