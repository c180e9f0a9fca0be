//! Media types, as the keys of `content` write them.

/// A media type without its parameters, in lower case.
///
/// ```
/// assert_eq!(xtask::media::essence("Application/JSON; charset=utf-8"), "application/json");
/// ```
pub fn essence(written: &str) -> String {
    let essence = written.split(';').next().unwrap_or_default();
    essence.trim().to_lowercase()
}

/// Whether bodies of this media type are JSON: `application/json`, or `+json` at its end.
pub fn is_json(written: &str) -> bool {
    let essence = essence(written);
    essence == JSON || essence.ends_with("+json")
}

/// JSON's own media type.
pub const JSON: &str = "application/json";
/// That of a form.
pub const FORM: &str = "application/x-www-form-urlencoded";
