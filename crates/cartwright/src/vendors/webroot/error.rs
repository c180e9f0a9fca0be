//! What Webroot's error answers mean: the status, and an envelope with the OAuth code and a request id.

use cartwright_runtime::Error as CallError;
use cartwright_webroot::types;

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

fn words(body: &[u8]) -> answer::Words {
    let Ok(envelope) = serde_json::from_slice::<types::ErrorResponse>(body) else {
        return answer::Words::default();
    };
    answer::Words {
        code: envelope.error.into_value(),
        message: envelope.error_description.into_value(),
        request_id: envelope.request_id,
        kind: None,
    }
}
