//! What Webroot's error answers mean: the status, and an envelope with the OAuth code and a request id.

use cartwright_webroot::types;

use super::VENDOR;
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

fn words(body: &[u8]) -> Words {
    let Ok(envelope) = cartwright_runtime::decode_json::<types::ErrorResponse>(body) else {
        return Words::default();
    };
    Words {
        code: envelope.error.into_value(),
        message: envelope.error_description.into_value(),
        request_id: envelope.request_id,
        kind: None,
    }
}
