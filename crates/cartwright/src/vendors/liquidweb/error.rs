//! What Liquid Web's error answers mean: under HTTP 200, told by `error_class`.

use cartwright_liquidweb::types;
use cartwright_runtime::Error as CallError;

use super::VENDOR;
use crate::vendors::answer;
use crate::{Error, ErrorKind};

/// The failure of a typed call.
pub(super) fn from_call<E: std::fmt::Debug + Send + Sync + 'static>(error: CallError<E>) -> Error {
    answer::from_call(VENDOR, error.into_untyped(), words)
}

/// The failure of a raw call.
pub(super) fn from_raw(error: CallError) -> Error {
    answer::from_call(VENDOR, error, words)
}

/// The vendor's class and message, unchanged; the class says what kind of failure it is.
fn words(body: &[u8]) -> answer::Words {
    let Ok(failure) = serde_json::from_slice::<types::Failure>(body) else {
        return answer::Words::default();
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
    answer::Words {
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
