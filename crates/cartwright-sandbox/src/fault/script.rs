//! Several faults in one text.

use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use super::Fault;
use super::check::FaultError;
use crate::yaml;

/// Faults in the order in which they are tried. One of them is a list as well.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(transparent)]
pub struct Faults {
    pub(crate) faults: Vec<Fault>,
    /// Whether an error names a fault by its place.
    #[serde(skip)]
    is_list: bool,
    /// What they were read from, for an error to name a line.
    #[serde(skip)]
    text: Option<Arc<str>>,
}

/// Wherever they were read.
impl PartialEq for Faults {
    fn eq(&self, other: &Self) -> bool {
        (&self.faults, self.is_list) == (&other.faults, other.is_list)
    }
}

impl Faults {
    /// Reads one fault or a list of them, in YAML or JSON.
    ///
    /// # Errors
    /// If the text is neither, or a fault has a field that no fault has. What no sandbox can do is said when
    /// [one gets it](crate::Sandbox::fault). The place is a line and a column, and the path of the field.
    ///
    /// ```
    /// use cartwright_sandbox::Faults;
    ///
    /// let faults = "- {vendor: webroot, operation: createCart, times: 2, reset: true}";
    /// assert!(Faults::from_yaml(faults).is_ok());
    /// let refused = Faults::from_yaml("- {vendor: webroot, operation: createCart, times: many}").unwrap_err();
    /// assert_eq!(refused.place(), "line 1, column 51, [0].times");
    /// ```
    pub fn from_yaml(text: &str) -> Result<Self, FaultError> {
        let options = serde_saphyr::options! { with_snippet: false };
        let value: Value = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
            let what = format!("this is no YAML: {}", yaml::without_location(&error));
            FaultError::at(yaml::placed(error.location(), None), what)
        })?;
        let located = |error: FaultError| error.in_text(text);
        let faults = Self::from_value(&value).map_err(located)?;
        Ok(Self {
            text: Some(text.into()),
            ..faults
        })
    }

    pub(crate) fn from_value(value: &Value) -> Result<Self, FaultError> {
        if let Value::Array(_) = value {
            let faults: Vec<Fault> = read(value)?;
            return Ok(faults.into());
        }
        Ok(read::<Fault>(value)?.into())
    }

    /// The error of one of the faults as one of all of them.
    pub(crate) fn error_of(&self, number: usize, error: FaultError) -> FaultError {
        let error = match self.is_list {
            true => error.inside(&format!("[{number}].")),
            false => error,
        };
        match &self.text {
            Some(text) => error.in_text(text),
            None => error,
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
            text: None,
        }
    }
}

impl From<Vec<Fault>> for Faults {
    fn from(faults: Vec<Fault>) -> Self {
        Self {
            faults,
            is_list: true,
            text: None,
        }
    }
}

impl<const N: usize> From<[Fault; N]> for Faults {
    fn from(faults: [Fault; N]) -> Self {
        Vec::from(faults).into()
    }
}

#[cfg(test)]
mod tests {
    use super::super::book::FaultBook;
    use super::*;

    #[test]
    fn a_fault_that_was_read_from_a_text_is_refused_by_its_line() {
        let book = FaultBook::default();
        for (text, place) in [
            ("- vendor: [", "line 1, column "),
            ("- vendor: webroot", "line 1, column 3, [0]: missing field"),
            (
                "# Twice\n- vendor: webroot\n  operation: createCart\n  times: many\n  reset: true\n",
                "line 4, column 10, [0].times: ",
            ),
            (
                "- {vendor: webroot, operation: '*', reset: true}\n- {vendor: acme, operation: '*', reset: true}\n",
                "line 2, column 12, [1].vendor: `acme`",
            ),
            (
                "vendor: cpanel\noperation: sellCart\nreset: true\n",
                "line 2, column 12, operation: `sellCart`",
            ),
            (
                "- {vendor: cpanel, operation: '*'}\n",
                "line 1, column 3, [0]: it doesn't say what goes wrong",
            ),
            (
                "\n- {vendor: cpanel, operation: '*', html: true, headers: {content-length: '1'}}\n",
                "line 2, column 74, [0].headers.content-length: ",
            ),
        ] {
            let refused = Faults::from_yaml(text).and_then(|faults| book.add(&faults));
            let refused = refused.unwrap_err().to_string();
            assert!(refused.starts_with(place), "{text:?}: {refused}");
            assert!(!refused.contains(" at line "), "{refused}");
        }
        let read = Faults::from_yaml("{vendor: cpanel, operation: '*', reset: true}").unwrap();
        assert_eq!(read, Fault::at("cpanel", "*").reset().into());
    }
}
