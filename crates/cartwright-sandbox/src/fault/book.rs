//! The faults of one sandbox, and what they struck.

use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use serde::Serialize;

use super::check::{Checked, FaultError, check};
use super::{Fault, Faults};

/// A fault that a sandbox was given, and what it did since.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct FaultRecord {
    /// The fault as it was given.
    pub fault: Fault,
    /// How many requests it will still strike.
    pub left: u32,
    /// What it struck, in order. Empty for a fault that never fired.
    pub hits: Vec<FaultHit>,
}

/// One request that a fault struck.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct FaultHit {
    /// The operation's id.
    pub operation: &'static str,
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// Why the answer went out as it was nevertheless, such as a drift's place that it doesn't have. `None` if the fault
    /// did what it says.
    pub note: Option<String>,
}

/// A shared handle on the faults.
#[derive(Clone, Debug, Default)]
pub(crate) struct FaultBook {
    scripts: Arc<Mutex<Vec<Script>>>,
}

#[derive(Debug)]
struct Script {
    fault: Fault,
    checked: Checked,
    hits: Vec<Hit>,
}

#[derive(Debug)]
struct Hit {
    operation: &'static str,
    method: String,
    path: String,
    note: Arc<OnceLock<String>>,
}

/// A fault that strikes a request.
#[derive(Debug)]
pub(super) struct Struck {
    pub(super) checked: Checked,
    note: Arc<OnceLock<String>>,
}

impl Struck {
    pub(super) fn note(&self, note: String) {
        // There is one note for each hit.
        let _ = self.note.set(note);
    }
}

impl FaultBook {
    /// All of them, or none.
    pub(crate) fn add(&self, faults: &Faults) -> Result<(), FaultError> {
        let scripts: Result<Vec<Script>, FaultError> = faults
            .faults
            .iter()
            .enumerate()
            .map(|(number, fault)| {
                let checked = check(fault).map_err(|error| faults.error_of(number, error))?;
                Ok(Script {
                    fault: fault.clone(),
                    checked,
                    hits: Vec::new(),
                })
            })
            .collect();
        self.lock().extend(scripts?);
        Ok(())
    }

    pub(crate) fn clear(&self) {
        self.lock().clear();
    }

    pub(crate) fn log(&self) -> Vec<FaultRecord> {
        self.lock().iter().map(Script::record).collect()
    }

    /// The first fault that fits and is not used up.
    pub(super) fn strike(
        &self,
        vendor: &str,
        operation: &'static str,
        method: &str,
        path: &str,
    ) -> Option<Struck> {
        let mut scripts = self.lock();
        let script = scripts.iter_mut().find(|script| {
            script.fault.vendor == vendor
                && ["*", operation].contains(&script.fault.operation.as_str())
                && script.left() > 0
        })?;
        let note = Arc::<OnceLock<String>>::default();
        script.hits.push(Hit {
            operation,
            method: method.to_owned(),
            path: path.to_owned(),
            note: note.clone(),
        });
        Some(Struck {
            checked: script.checked.clone(),
            note,
        })
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Script>> {
        self.scripts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Script {
    fn left(&self) -> u32 {
        let hits = u32::try_from(self.hits.len()).unwrap_or(u32::MAX);
        self.fault.times.saturating_sub(hits)
    }

    fn record(&self) -> FaultRecord {
        let hits = self.hits.iter().map(|hit| FaultHit {
            operation: hit.operation,
            method: hit.method.clone(),
            path: hit.path.clone(),
            note: hit.note.get().cloned(),
        });
        FaultRecord {
            fault: self.fault.clone(),
            left: self.left(),
            hits: hits.collect(),
        }
    }
}
