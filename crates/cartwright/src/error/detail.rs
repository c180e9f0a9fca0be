use std::fmt;

/// One failure of several that a vendor lists in one answer: see [`Error::details`](crate::Error::details).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// The field that is wrong, in the vendor's words: `line_items[0].variant_id`.
    pub field: Option<String>,
    /// The vendor's code for this failure.
    pub code: Option<String>,
    /// The vendor's words for it, unchanged; empty where it names a field or a code alone.
    pub message: String,
}

impl fmt::Display for ErrorDetail {
    /// The field, if there is one, and the words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = match self.message.as_str() {
            "" => self.code.as_deref().unwrap_or_default(),
            message => message,
        };
        match &self.field {
            Some(field) if words.is_empty() => f.write_str(field),
            Some(field) => write!(f, "{field}: {words}"),
            None => f.write_str(words),
        }
    }
}
