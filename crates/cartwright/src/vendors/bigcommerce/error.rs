//! What BigCommerce's error answers mean: the status first, then the body.

use serde_json::Value;

use super::VENDOR;
use crate::vendors::answer::words::{details, entry, first_text, texts};
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// BigCommerce's own code and words: only `status` and `type` are dependable, everything else may be missing.
fn words(body: &Value) -> Words {
    let Value::Object(problem) = body else {
        return Words {
            details: details(body),
            ..Words::default()
        };
    };
    let said = texts(problem, &["title", "detail", "error", "message"]);
    let listed = entry(problem, "errors").map(details).unwrap_or_default();
    Words {
        code: first_text(problem, &["type", "code"]),
        fields: match listed.is_empty() {
            true => said.iter().flat_map(|text| invalid_fields(text)).collect(),
            false => Vec::new(),
        },
        said,
        details: listed,
        ..Words::default()
    }
}

/// The fields in "The following fields are invalid: key, namespace", which is all that some answers say.
fn invalid_fields(title: &str) -> Vec<String> {
    let fields = title.strip_prefix("The following fields are invalid:");
    let fields = fields.into_iter().flat_map(|fields| fields.split(','));
    let fields = fields.map(|field| field.trim().trim_end_matches('.').to_owned());
    fields.filter(|field| !field.is_empty()).collect()
}
