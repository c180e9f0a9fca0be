//! Which vendor to speak to, with what, and the way there.

use std::path::PathBuf;
#[cfg(feature = "record")]
use std::sync::Arc;

#[cfg(feature = "record")]
use cartwright::record::{Recorder, Replay};
use cartwright::{CartApi, CartId, Connect, Error, Settings, Vendor};
#[cfg(feature = "record")]
use cartwright::{Layers, Transport};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::args::GLOBAL;
use crate::credentials;
use crate::failure::Failure;
#[cfg(feature = "record")]
use crate::failure::note;
#[cfg(feature = "record")]
use crate::render::one_line;
#[cfg(feature = "sandbox")]
use crate::sandbox;

/// The word for every vendor at once.
const ALL: &str = "all";

/// Which vendor to speak to, and with what.
#[derive(Debug, clap::Args)]
pub(crate) struct Connection {
    /// The vendor; needless where a cart's id names it
    #[cfg_attr(
        feature = "sandbox",
        doc = "(`create --sandbox` takes `all`, for a cart at each)"
    )]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "NAME", value_parser = vendor_names())]
    pub(crate) vendor: Option<Vendors>,
    /// Speak to a sandbox that is started for this one command
    #[cfg(feature = "sandbox")]
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) sandbox: bool,
    /// A file of NAME=value lines, which override the environment
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// Write down what is sent and answered, without credentials, in files of this folder
    #[cfg(feature = "record")]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FOLDER", conflicts_with = "replay")]
    pub(crate) record: Option<PathBuf>,
    /// Send nothing, and take the answers from a folder that --record has written; each command begins with the first of them, so record each into a folder of its own
    #[cfg(feature = "record")]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FOLDER")]
    pub(crate) replay: Option<PathBuf>,
}

/// What `--vendor` names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Vendors {
    One(Vendor),
    All,
}

impl Connection {
    /// The vendors of a command that names no cart.
    pub(crate) fn vendors(&self) -> Result<Vendors, Failure> {
        match (self.vendor, Vendor::ALL) {
            (Some(vendors), _) => Ok(vendors),
            (None, &[vendor]) => Ok(Vendors::One(vendor)),
            (None, _) => Err(Failure::usage(format!(
                "which vendor? Name one with --vendor: {}{}",
                one_by_one().join(", "),
                match cfg!(feature = "sandbox") {
                    true => "; or, with --sandbox and no --line, all of them: all",
                    false => "",
                }
            ))),
        }
    }

    /// The cart that an argument names: by the text form, or by the vendor's own id where
    /// `--vendor` says whose it is.
    pub(crate) fn cart(&self, text: &str) -> Result<CartId, Failure> {
        let vendor = match self.vendor {
            Some(Vendors::One(vendor)) => Some(vendor),
            Some(Vendors::All) => {
                return Err(Failure::usage(
                    "`--vendor all` is for `cart create`, and a cart is of one vendor: name that one, or leave --vendor out",
                ));
            }
            None => None,
        };
        match (text.parse::<CartId>(), vendor) {
            (Ok(id), Some(vendor)) if id.vendor() != vendor => Err(Failure::usage(format!(
                "`{id}` is a cart of {}, and --vendor says {vendor}: leave --vendor out",
                id.vendor()
            ))),
            (Ok(id), _) => Ok(id),
            (Err(_), Some(vendor)) => {
                CartId::new(vendor, text).map_err(|error| Failure::usage(error.to_string()))
            }
            (Err(error), None) if text.contains(':') => Err(Failure::usage(error.to_string())),
            (Err(error), None) => Err(Failure::usage(format!(
                "{error}; the vendor's own id needs --vendor"
            ))),
        }
    }

    /// Refuses the options of a connection for a command that has none, rather than ignoring them.
    pub(crate) fn refuse_for(&self, command: &str) -> Result<(), Failure> {
        let given = [
            ("--vendor", self.vendor.is_some()),
            ("--sandbox", self.sandbox()),
            ("--credentials", self.credentials.is_some()),
            #[cfg(feature = "record")]
            ("--record", self.record.is_some()),
            #[cfg(feature = "record")]
            ("--replay", self.replay.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(Failure::usage(format!(
                "`cart {command}` speaks to no vendor: leave {option} out"
            ))),
            None => Ok(()),
        }
    }

    pub(crate) fn sandbox(&self) -> bool {
        #[cfg(feature = "sandbox")]
        return self.sandbox;
        #[cfg(not(feature = "sandbox"))]
        false
    }
}

/// The settings that lead to the vendors, and the sandbox that they lead to, if they do.
pub(crate) struct Access {
    settings: Settings,
    /// Another way than the usual one.
    #[cfg(feature = "record")]
    way: Option<Way>,
    #[cfg(feature = "sandbox")]
    _sandbox: Option<cartwright_sandbox::Sandbox>,
}

impl Access {
    pub(crate) async fn open(connection: &Connection) -> Result<Self, Failure> {
        #[cfg(feature = "record")]
        let way = Way::open(connection)?;
        #[cfg(feature = "sandbox")]
        if connection.sandbox {
            if connection.credentials.is_some() {
                return Err(Failure::usage(
                    "--sandbox has its own credentials: leave --credentials out",
                ));
            }
            let (sandbox, settings) = sandbox::start().await?;
            return Ok(Self {
                settings,
                #[cfg(feature = "record")]
                way,
                _sandbox: Some(sandbox),
            });
        }
        Ok(Self {
            settings: credentials::settings(connection.credentials.as_deref())?,
            #[cfg(feature = "record")]
            way,
            #[cfg(feature = "sandbox")]
            _sandbox: None,
        })
    }

    pub(crate) fn connect(&self, vendor: Vendor) -> Result<Box<dyn CartApi>, Error> {
        let connect = Connect::new(vendor).settings(&self.settings);
        #[cfg(feature = "record")]
        let connect = match &self.way {
            Some(Way::Record(recorder)) => {
                connect.layers(Layers::default().inner(recorder.clone()))
            }
            Some(Way::Replay(answers)) => connect.transport(answers.clone()),
            None => connect,
        };
        connect.open()
    }
}

/// The way through a recorder, or to a recording.
#[cfg(feature = "record")]
enum Way {
    Record(Recorder),
    Replay(Arc<dyn Transport>),
}

#[cfg(feature = "record")]
impl Way {
    fn open(connection: &Connection) -> Result<Option<Self>, Failure> {
        if let Some(folder) = &connection.replay {
            let replay = Replay::from_folder(folder);
            let replay = replay.map_err(|error| Failure::io(error.to_string()))?;
            return Ok(Some(Self::Replay(Arc::new(replay))));
        }
        let record = connection.record.as_ref();
        Ok(record.map(|folder| Self::Record(Recorder::new(folder))))
    }
}

#[cfg(feature = "record")]
impl Drop for Way {
    /// What could not be recorded is told, however the command ended.
    fn drop(&mut self) {
        if let Self::Record(recorder) = self {
            for problem in recorder.problems() {
                note(&format!("not recorded: {}", one_line(&problem)));
            }
        }
    }
}

/// What `--vendor` takes. Only the sandbox has a cart for each vendor, so only with it there is `all`.
fn vendor_names() -> impl TypedValueParser<Value = Vendors> {
    let all = cfg!(feature = "sandbox").then_some(ALL);
    PossibleValuesParser::new(one_by_one().into_iter().chain(all)).try_map(|name| {
        match name.as_str() {
            ALL => Ok(Vendors::All),
            name => name.parse().map(Vendors::One),
        }
    })
}

fn one_by_one() -> Vec<&'static str> {
    Vendor::ALL.iter().map(|vendor| vendor.as_str()).collect()
}
