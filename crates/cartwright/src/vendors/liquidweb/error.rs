//! What Liquid Web's error answers mean: under HTTP 200, told by `error_class`.

use serde_json::Value;

use super::VENDOR;
use crate::vendors::answer::words::{details, entry, first_text, names, texts};
use crate::vendors::answer::{Answers, Words};
use crate::{ErrorDetail, ErrorKind};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// The vendor's class and message, unchanged; the class says what kind of failure it is.
fn words(body: &Value) -> Words {
    let Value::Object(failure) = body else {
        return Words {
            details: details(body),
            ..Words::default()
        };
    };
    let messages = ["full_message", "error_message", "public_message", "error"];
    let said = messages.iter().map(|key| texts(failure, &[key]));
    let said = said.into_iter().find(|said| !said.is_empty());
    let code = first_text(failure, &["error_class"]);
    let mut fields = names(entry(failure, "field"));
    let mut listed = entry(failure, "errors").map(details).unwrap_or_default();
    // Several failures that are one are what that one is.
    let only = match listed.as_slice() {
        [only] => only
            .code
            .clone()
            .filter(|_| code.as_deref().is_some_and(is_several)),
        _ => None,
    };
    let kind = only.as_deref().or(code.as_deref()).and_then(kind);
    let record = fields.first().cloned();
    if listed.is_empty() && fields.len() > 1 {
        listed = fields.drain(..).map(bare).collect();
    }
    Words {
        code,
        said: said.unwrap_or_default(),
        details: listed,
        fields,
        kind,
        record: record.filter(|_| kind == Some(ErrorKind::NotFound)),
        is_failure: entry(failure, "error_class").is_some_and(|class| !class.is_null()),
        ..Words::default()
    }
}

fn is_several(class: &str) -> bool {
    class.ends_with("::Multiple")
}

/// A field of which nothing is said but that it is wrong.
fn bare(field: String) -> ErrorDetail {
    ErrorDetail {
        field: Some(field),
        ..ErrorDetail::default()
    }
}

fn kind(class: &str) -> Option<ErrorKind> {
    let class = class.strip_prefix("LW::Exception::").unwrap_or(class);
    let is = |group: &str| class == group || class.starts_with(&format!("{group}::"));
    let kinds = [
        ("RecordNotFound", ErrorKind::NotFound),
        ("Authorization", ErrorKind::Unauthenticated),
        ("Forbidden", ErrorKind::PermissionDenied),
        ("Permission", ErrorKind::PermissionDenied),
        ("API::RateLimit", ErrorKind::RateLimited),
        ("API::Maintenance", ErrorKind::VendorFailure),
        ("API::Internal", ErrorKind::VendorFailure),
        ("RemoteService", ErrorKind::VendorFailure),
        ("DNS::NoResponse", ErrorKind::VendorFailure),
        ("Serialize", ErrorKind::VendorFailure),
        ("Workflow::Conflict", ErrorKind::Conflict),
        ("DuplicateRecord", ErrorKind::Conflict),
        ("Input", ErrorKind::InvalidRequest),
        ("Deserialize", ErrorKind::InvalidRequest),
    ];
    kinds
        .into_iter()
        .find(|(group, _)| is(group))
        .map(|(_, kind)| kind)
}
