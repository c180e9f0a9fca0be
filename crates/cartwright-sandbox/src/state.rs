//! What a sandbox holds at one moment, and what can be wrong with it or with a seed.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Display, Formatter};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The form of a [`State`] that this sandbox writes and reads.
const VERSION: u32 = 1;

/// All that a sandbox holds at one moment: carts, orders, tokens, counters, and where the ids stand.
///
/// A sandbox with the same seed data that is [restored](crate::Sandbox::restore) to it answers the same bytes from
/// then on. The tokens and passwords in it open nothing but a sandbox. What the catalogue holds is no part of it; it
/// names that by id.
///
/// # Example
/// ```
/// use cartwright_sandbox::{Sandbox, State};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let sandbox = Sandbox::start().await?;
/// let written = serde_json::to_string(&sandbox.state())?;
///
/// let another = Sandbox::start().await?;
/// another.restore(&State::from_json(&written)?)?;
/// assert_eq!(another.state(), sandbox.state());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct State {
    pub(crate) version: u32,
    /// Where the clock stands, in milliseconds since 1970; null if it follows the machine.
    pub(crate) time: Option<i64>,
    pub(crate) seed: u64,
    pub(crate) vendors: BTreeMap<String, Value>,
}

impl State {
    pub(crate) fn new(time: Option<i64>, seed: u64, vendors: BTreeMap<String, Value>) -> Self {
        Self {
            version: VERSION,
            time,
            seed,
            vendors,
        }
    }

    /// Reads a state that a sandbox wrote.
    ///
    /// # Errors
    /// If the text is no JSON, or no state of this version. What is wrong with a vendor's part is said when a
    /// sandbox is restored.
    pub fn from_json(text: &str) -> Result<Self, StateError> {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| StateError::at("", format!("this is no JSON: {error}")))?;
        Self::from_value(&value)
    }

    pub(crate) fn from_value(value: &Value) -> Result<Self, StateError> {
        // Another version may have other fields, so it is looked at first.
        match value.get("version").map(Value::as_u64) {
            Some(Some(version)) if version == u64::from(VERSION) => read_part("", value),
            Some(_) => Err(StateError::at(
                "version",
                format!("this sandbox reads version {VERSION} only; take the state anew"),
            )),
            None => Err(StateError::at(
                "version",
                format!("this is missing; a state has `\"version\": {VERSION}`"),
            )),
        }
    }

    /// The seed of the sandbox that the state was taken from.
    pub fn seed(&self) -> u64 {
        self.seed
    }
}

/// Reads a part of a state; an error's place begins with `place`.
pub(crate) fn read_part<T: DeserializeOwned>(place: &str, part: &Value) -> Result<T, StateError> {
    serde_path_to_error::deserialize(part).map_err(|error| {
        let path = error.path().to_string();
        let place = match (place, path.as_str()) {
            (place, "" | ".") => place.to_owned(),
            ("", path) => path.to_owned(),
            (place, path) if path.starts_with('[') => format!("{place}{path}"),
            (place, path) => format!("{place}.{path}"),
        };
        StateError::at(
            place,
            format!("{}; give it as a dump has it", error.inner()),
        )
    })
}

/// What is wrong with the data that a sandbox is to start from, and where.
///
/// It reads as `bigcommerce.products[3].id: 77 stands twice; give each product an id of its own`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeedError {
    place: String,
    what: String,
}

/// What is wrong with a state that a sandbox is to be put into, and where.
///
/// It reads as `vendors.webroot.carts[0].items[1].product: …`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateError {
    place: String,
    what: String,
}

impl SeedError {
    /// An error at `place`, which is empty if it is the whole document's; `what` is wrong there, and
    /// what mends it.
    pub fn at(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }

    /// Where the fault lies, as in `bigcommerce.products[3].id`. Empty if it is the whole document.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong there, and what mends it.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl StateError {
    /// An error at `place`, which is empty if it is the whole document's; `what` is wrong there, and
    /// what mends it.
    pub fn at(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }

    /// Where the fault lies, as in `vendors.webroot.carts[0]`. Empty if it is the whole document.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong there, and what mends it.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl Display for SeedError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write_placed(formatter, &self.place, &self.what)
    }
}

impl Display for StateError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write_placed(formatter, &self.place, &self.what)
    }
}

impl Error for SeedError {}

impl Error for StateError {}

fn write_placed(formatter: &mut Formatter<'_>, place: &str, what: &str) -> fmt::Result {
    match place {
        "" => formatter.write_str(what),
        place => write!(formatter, "{place}: {what}"),
    }
}
