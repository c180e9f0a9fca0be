//! What Liquid Web's error answers mean: under HTTP 200, told by `error_class`.

use cartwright_liquidweb::types;

use super::VENDOR;
use crate::ErrorKind;
use crate::vendors::answer::{Answers, Words};

/// How the vendor's answers are read.
pub(super) const ANSWERS: Answers = Answers {
    vendor: VENDOR,
    words,
};

/// The vendor's class and message, unchanged; the class says what kind of failure it is.
fn words(body: &[u8]) -> Words {
    let Ok(failure) = cartwright_runtime::decode_json::<types::Failure>(body) else {
        return Words::default();
    };
    let message = [
        failure.full_message,
        failure.error_message,
        failure.public_message,
        failure.error,
    ];
    let message = message
        .into_iter()
        .find_map(|text| text.into_value().filter(|text| !text.is_empty()));
    let kind = failure.error_class.as_deref().and_then(kind);
    Words {
        code: failure.error_class,
        message,
        kind,
        request_id: None,
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
