//! Which vendor to speak to, with what, and the way there.

use std::path::PathBuf;
#[cfg(feature = "record")]
use std::sync::Arc;
use std::time::Duration;

#[cfg(feature = "record")]
use cartwright::record::{Recorder, Replay};
use cartwright::{CartApi, CartId, Connect, Error, Layers, Settings, Vendor};
#[cfg(feature = "record")]
use cartwright::{ErrorKind, Transport};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::args::{GLOBAL, Output};
use crate::credentials::{self, Pairs};
use crate::failure::{Failure, note};
#[cfg(feature = "record")]
use crate::recording;
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
    /// A file of NAME=value lines, as `cart sandbox` prints them, which override the environment
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FILE")]
    pub(crate) credentials: Option<PathBuf>,
    /// A PEM file of a certificate authority, or of a server's own certificate, to trust besides the machine's
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FILE")]
    pub(crate) ca: Option<PathBuf>,
    /// Write down what is sent and answered, and the settings, without credentials, in files of this folder
    #[cfg(feature = "record")]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FOLDER", conflicts_with = "replay")]
    pub(crate) record: Option<PathBuf>,
    /// Send nothing, and take the answers and the settings from a folder that --record has written; no credentials are needed. Each command begins with the first answers, so record each into a folder of its own
    #[cfg(feature = "record")]
    #[arg(long, global = true, help_heading = GLOBAL, value_name = "FOLDER")]
    pub(crate) replay: Option<PathBuf>,
    /// How remarks are written.
    #[arg(skip)]
    pub(crate) output: Output,
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

    /// The vendors that are asked about: the one that is named, or all.
    pub(crate) fn named(&self) -> Vec<Vendor> {
        match self.vendor {
            Some(Vendors::One(vendor)) => vec![vendor],
            Some(Vendors::All) | None => Vendor::ALL.to_vec(),
        }
    }

    /// Refuses the options of a connection for a command that has none, rather than ignoring them.
    pub(crate) fn refuse_for(&self, command: &str) -> Result<(), Failure> {
        if self.vendor.is_some() {
            return Err(speaks_to_nobody(command, "--vendor"));
        }
        self.refuse_all_but_vendor_for(command)
    }

    /// The same for a command that can be about one vendor.
    pub(crate) fn refuse_all_but_vendor_for(&self, command: &str) -> Result<(), Failure> {
        let given = [
            ("--sandbox", self.sandbox()),
            ("--credentials", self.credentials.is_some()),
            ("--ca", self.ca.is_some()),
            #[cfg(feature = "record")]
            ("--record", self.record.is_some()),
            #[cfg(feature = "record")]
            ("--replay", self.replay.is_some()),
        ];
        match given.iter().find(|(_, given)| *given) {
            Some((option, _)) => Err(speaks_to_nobody(command, option)),
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

fn speaks_to_nobody(command: &str, option: &str) -> Failure {
    Failure::usage(format!(
        "`cart {command}` speaks to no vendor: leave {option} out"
    ))
}

/// The way to vendors: the settings that lead there, what stands around requests, and the sandbox that they lead to, if they do.
pub(crate) struct Access {
    pairs: Pairs,
    /// The certificate of `--ca`.
    ca: Option<Vec<u8>>,
    #[cfg(feature = "record")]
    replay: Option<Arc<dyn Transport>>,
    #[cfg(feature = "record")]
    recorder: Option<Recorder>,
    output: Output,
    #[cfg(feature = "sandbox")]
    _sandbox: Option<cartwright_sandbox::Sandbox>,
}

impl Access {
    /// Opens the way to these vendors.
    pub(crate) async fn open(connection: &Connection, vendors: &[Vendor]) -> Result<Self, Failure> {
        let mut access = Self {
            pairs: Pairs::new(),
            ca: None,
            #[cfg(feature = "record")]
            replay: None,
            #[cfg(feature = "record")]
            recorder: None,
            output: connection.output,
            #[cfg(feature = "sandbox")]
            _sandbox: None,
        };
        #[cfg(feature = "record")]
        if let Some(folder) = &connection.replay {
            let replay = Replay::from_folder(folder);
            let replay = replay.map_err(|error| Failure::io(error.to_string()))?;
            let given = credentials::pairs(connection.credentials.as_deref())?;
            access.pairs = recording::settings(folder, given, vendors)?;
            access.replay = Some(Arc::new(replay));
            return Ok(access);
        }
        if let Some(file) = &connection.ca {
            let certificate = std::fs::read(file)
                .map_err(|error| Failure::io(format!("--ca: {}: {error}", file.display())))?;
            access.ca = Some(certificate);
        }
        access.find_settings(connection, vendors).await?;
        #[cfg(feature = "record")]
        if let Some(folder) = &connection.record {
            access.record(folder, vendors)?;
        }
        Ok(access)
    }

    async fn find_settings(
        &mut self,
        connection: &Connection,
        vendors: &[Vendor],
    ) -> Result<(), Failure> {
        #[cfg(feature = "sandbox")]
        if connection.sandbox {
            if connection.credentials.is_some() {
                return Err(Failure::usage(
                    "--sandbox has its own credentials: leave --credentials out",
                ));
            }
            let (sandbox, pairs) = sandbox::start(vendors).await?;
            self.pairs = pairs;
            self._sandbox = Some(sandbox);
            return Ok(());
        }
        self.pairs = credentials::pairs(connection.credentials.as_deref())?;
        Ok(())
    }

    /// Records what is sent from now on. What is wrong with the settings is told before a folder is made of them.
    #[cfg(feature = "record")]
    fn record(&mut self, folder: &std::path::Path, vendors: &[Vendor]) -> Result<(), Failure> {
        let mut settings = Pairs::new();
        for vendor in vendors {
            self.connect(*vendor)?;
            let own = vendor.settings().iter().map(|setting| setting.name);
            let given = own.filter_map(|name| self.pairs.get_key_value(name));
            settings.extend(given.map(|(name, value)| (name.clone(), value.clone())));
        }
        let recorder = Recorder::new(folder);
        recording::begin(folder, &recorder, &settings)?;
        self.recorder = Some(recorder);
        Ok(())
    }

    pub(crate) fn connect(&self, vendor: Vendor) -> Result<Box<dyn CartApi>, Error> {
        #[cfg(feature = "record")]
        if let Some(replay) = &self.replay {
            let mut pairs = self.pairs.clone();
            return loop {
                let connect = Connect::new(vendor).transport(Arc::clone(replay));
                match connect
                    .settings(&Settings::from_pairs(pairs.clone()))
                    .open()
                {
                    Err(error)
                        if error.kind() == ErrorKind::InvalidConfig
                            && recording::fill_in(&error, vendor, &mut pairs) => {}
                    opened => break opened,
                }
            };
        }
        let mut connect = Connect::new(vendor)
            .settings(&Settings::from_pairs(self.pairs.clone()))
            .layers(self.layers());
        if let Some(certificate) = &self.ca {
            connect = connect.root_certificate(certificate.clone());
        }
        connect.open()
    }

    /// The usual layers. A wait that a person would notice is told.
    fn layers(&self) -> Layers {
        let output = self.output;
        let layers = Layers::default().on_wait(move |wait| {
            if wait.time >= Duration::from_secs(1) {
                note(&wait.to_string(), output);
            }
        });
        #[cfg(feature = "record")]
        if let Some(recorder) = &self.recorder {
            return layers.inner(recorder.clone());
        }
        layers
    }
}

#[cfg(feature = "record")]
impl Drop for Access {
    /// What could not be recorded is told, however the command ended.
    fn drop(&mut self) {
        for problem in self.recorder.iter().flat_map(Recorder::problems) {
            note(&format!("not recorded: {problem}"), self.output);
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
