//! Several faults in one text.

use serde::Serialize;
use serde_json::Value;

use super::Fault;
use super::check::FaultError;

/// Faults in the order in which they are tried. One of them is a list as well.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(transparent)]
pub struct Faults {
    pub(crate) faults: Vec<Fault>,
    /// Whether an error names a fault by its place.
    #[serde(skip)]
    is_list: bool,
}

impl Faults {
    /// Reads one fault or a list of them, in YAML or JSON.
    ///
    /// # Errors
    /// If the text is neither, or a fault has a field that no fault has. What no sandbox can do is said when
    /// [one gets it](crate::Sandbox::fault).
    ///
    /// ```
    /// use cartwright_sandbox::Faults;
    ///
    /// let faults = "- {vendor: webroot, operation: createCart, times: 2, reset: true}";
    /// assert!(Faults::from_yaml(faults).is_ok());
    /// let refused = Faults::from_yaml("- {vendor: webroot, operation: createCart, times: many}").unwrap_err();
    /// assert_eq!(refused.place(), "[0].times");
    /// ```
    pub fn from_yaml(text: &str) -> Result<Self, FaultError> {
        let options = serde_saphyr::options! { with_snippet: false };
        let value: Value = serde_saphyr::from_str_with_options(text, options)
            .map_err(|error| FaultError::at("", format!("this is no YAML: {error}")))?;
        Self::from_value(&value)
    }

    pub(crate) fn from_value(value: &Value) -> Result<Self, FaultError> {
        if let Value::Array(_) = value {
            let faults: Vec<Fault> = read(value)?;
            return Ok(faults.into());
        }
        Ok(read::<Fault>(value)?.into())
    }

    /// The name of a fault in an error.
    pub(crate) fn place(&self, number: usize) -> String {
        match self.is_list {
            true => format!("[{number}]."),
            false => String::new(),
        }
    }
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, FaultError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let place = error.path().to_string();
        let place = place.trim_end_matches('.');
        let what = format!(
            "{}; the documentation of `Fault` has its form",
            error.inner()
        );
        FaultError::at(place, what)
    })
}

impl From<Fault> for Faults {
    fn from(fault: Fault) -> Self {
        Self {
            faults: vec![fault],
            is_list: false,
        }
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self {
            faults,
            is_list: true,
        }
    }
}

impl<const N: usize> From<[Fault; N]> for Faults {
    fn from(faults: [Fault; N]) -> Self {
        Vec::from(faults).into()
    }
}
