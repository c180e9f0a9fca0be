//! Verbs that a vendor lacks.

use crate::{CartApi, Error, Result, Verb};

/// The refusal of a verb that the vendor lacks or that is not built, before anything is sent.
pub(super) fn unsupported<T>(api: &impl CartApi, verb: Verb) -> Result<T> {
    api.capabilities().require(api.vendor(), verb)?;
    // The capability says that the verb is there, and the mapping has nothing for it.
    Err(Error::not_built(api.vendor(), verb))
}
