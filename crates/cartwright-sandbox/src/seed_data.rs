//! What the stand-ins start from: the catalogue and the settings of each vendor.

use serde::Deserialize;

use crate::bigcommerce;
use crate::cpanel;
use crate::liquidweb;
use crate::state::SeedError;
use crate::webroot;
use crate::yaml;

/// What the stand-ins start from: their catalogues, their settings, and what exists when they start.
///
/// It is written in YAML, one section for each vendor, in the form of the seeds that the sandbox has built in
/// (`src/<vendor>/seed.yaml`). A vendor that is left out keeps its own.
///
/// # Example
/// ```
/// use cartwright_sandbox::SeedData;
///
/// assert!(SeedData::from_yaml("{}").is_ok());
/// let refused = SeedData::from_yaml("cpanel:\n  servr: https://server.example:2083\n").unwrap_err();
/// assert!(refused.place().starts_with("line 2, column "), "{refused}");
/// ```
#[derive(Clone, Debug)]
pub struct SeedData {
    pub(crate) bigcommerce: bigcommerce::Seed,
    pub(crate) cpanel: cpanel::Seed,
    pub(crate) liquidweb: liquidweb::Seed,
    pub(crate) webroot: webroot::Seed,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    bigcommerce: Option<bigcommerce::Seed>,
    cpanel: Option<cpanel::Seed>,
    liquidweb: Option<liquidweb::Seed>,
    webroot: Option<webroot::Seed>,
}

impl SeedData {
    /// The seeds that the sandbox has built in.
    ///
    /// # Errors
    /// If one of them is wrong, which a test of the sandbox rules out.
    pub fn builtin() -> Result<Self, SeedError> {
        Self::with(Written {
            bigcommerce: None,
            cpanel: None,
            liquidweb: None,
            webroot: None,
        })
    }

    /// Reads a seed, and checks that the vendors can start from it.
    ///
    /// # Errors
    /// If the text is no YAML, has a field that no seed has, lacks one, or says what no vendor could start from,
    /// such as one id for two products. The place is a line and a column, and the path of the field.
    pub fn from_yaml(text: &str) -> Result<Self, SeedError> {
        let mut path = String::new();
        let options = serde_saphyr::options! { with_snippet: false };
        let written: Result<Written, _> =
            serde_saphyr::with_deserializer_from_str_with_options(text, options, |from| {
                serde_path_to_error::deserialize(from).map_err(|error| {
                    path = error.path().to_string();
                    error.into_inner()
                })
            });
        let written = written.map_err(|error| {
            // What the path ends on is not always known.
            let path = Some(path.trim_end_matches(['.', '?'])).filter(|path| !path.is_empty());
            let place = yaml::placed(error.location(), path);
            SeedError::at(place, format!("{}; {MEND}", yaml::without_location(&error)))
        })?;
        Self::with(written)
            .map_err(|error| SeedError::at(yaml::place_in(text, error.place()), error.what()))
    }

    fn with(written: Written) -> Result<Self, SeedError> {
        Ok(Self {
            bigcommerce: match written.bigcommerce {
                Some(seed) => seed.check().map(|()| seed)?,
                None => bigcommerce::Seed::builtin()?,
            },
            cpanel: match written.cpanel {
                Some(seed) => seed.check().map(|()| seed)?,
                None => cpanel::Seed::builtin()?,
            },
            liquidweb: match written.liquidweb {
                Some(seed) => seed.check().map(|()| seed)?,
                None => liquidweb::Seed::builtin()?,
            },
            webroot: match written.webroot {
                Some(seed) => seed.check().map(|()| seed)?,
                None => webroot::Seed::builtin()?,
            },
        })
    }
}

const MEND: &str = "the built-in seeds show the form";
