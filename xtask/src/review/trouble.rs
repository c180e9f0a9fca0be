//! What keeps a review from an answer.

use std::fmt;

use super::inputs::Pair;
use crate::load::LoadError;

/// Why there is no review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Something in a document or a file of decisions, at a place.
    Document {
        /// What is wrong, and where: the file is called as messages call it, with the revision that it is of.
        error: LoadError,
        /// The path of that file.
        file: String,
    },
    /// Anything else.
    Other(String),
}

impl Trouble {
    /// A list of this one.
    pub(super) fn one(why: String) -> Vec<Self> {
        vec![Self::Other(why)]
    }

    /// The same, with the path instead of the name of a version.
    #[must_use]
    pub(super) fn in_files_of(mut self, pair: &Pair) -> Self {
        if let Self::Document { error, file } = &mut self {
            let texts = [&pair.old, &pair.new].into_iter().flatten();
            let text = texts.into_iter().find(|text| text.label == error.file);
            if let Some(text) = text {
                file.clone_from(&text.file);
            }
        }
        self
    }
}

impl From<LoadError> for Trouble {
    fn from(error: LoadError) -> Self {
        let file = error.file.clone();
        Self::Document { error, file }
    }
}

impl From<String> for Trouble {
    fn from(why: String) -> Self {
        Self::Other(why)
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Document { error, .. } => error.fmt(f),
            Self::Other(why) => f.write_str(why),
        }
    }
}
