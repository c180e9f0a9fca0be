//! What Webroot's error answers mean: the status, and an envelope with the OAuth code and a request id.

use serde_json::Value;

use super::VENDOR;
use crate::vendors::answer::words::{details, entry, first_text, texts};
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

fn words(body: &Value) -> Words {
    let Value::Object(envelope) = body else {
        return Words {
            details: details(body),
            ..Words::default()
        };
    };
    let listed = ["AdditionalInformation", "errors"];
    let listed = listed.iter().filter_map(|key| entry(envelope, key));
    Words {
        code: first_text(envelope, &["error"]),
        said: texts(envelope, &["error_description", "message"]),
        details: listed.flat_map(details).collect(),
        request_id: first_text(envelope, &["requestId", "correlationId"]),
        ..Words::default()
    }
}
