//! What went wrong: as a line or as JSON on standard error, and as an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use cartwright::{Error, ErrorKind};
use clap::error::ErrorKind as RefusalKind;
use serde::Serialize;

use crate::args::Output;
use crate::render::one_line;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that makes no sense.
    Usage(String),
    /// The settings or credentials are incomplete or wrong.
    Configuration(String),
    /// A file, a port or a stream did not do its part.
    Io(String),
    /// The cart operation was not carried out.
    Cart(Error),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Cart(error)
    }
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    pub(crate) fn configuration(message: impl Into<String>) -> Self {
        Self::Configuration(message.into())
    }

    pub(crate) fn io(message: impl Into<String>) -> Self {
        Self::Io(message.into())
    }

    /// Writes the failure to standard error and says how to exit.
    pub(crate) fn report(&self, output: Output) -> ExitCode {
        match output {
            Output::Table => {
                to_stderr(format_args!("error: {}", one_line(&self.line())));
                if let Some(hint) = self.hint() {
                    to_stderr(format_args!("hint: {hint}"));
                }
            }
            Output::Json => Shown::from(self).to_stderr(),
        }
        ExitCode::from(self.exit_code())
    }

    /// Everything that is known, for a reader.
    fn line(&self) -> String {
        match self {
            Self::Usage(message) | Self::Configuration(message) | Self::Io(message) => {
                message.clone()
            }
            Self::Cart(error) => error.to_string(),
        }
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Cart(error) if error.kind() != ErrorKind::InvalidConfig => 1,
            _ => 2,
        }
    }

    fn hint(&self) -> Option<&'static str> {
        let missing_setting =
            matches!(self, Self::Cart(error) if error.kind() == ErrorKind::InvalidConfig);
        let hint = match cfg!(feature = "sandbox") {
            true => {
                "`cart vendors` lists the settings, which --credentials can take from a file; --sandbox needs none"
            }
            false => "`cart vendors` lists the settings, which --credentials can take from a file",
        };
        missing_setting.then_some(hint)
    }
}

/// Passes on why clap did not take the command line, or the help or version that was asked for.
pub(crate) fn refuse_arguments(refusal: &clap::Error, output: Output) -> ExitCode {
    let asked_for = matches!(
        refusal.kind(),
        RefusalKind::DisplayHelp | RefusalKind::DisplayVersion
    );
    match output {
        Output::Json if !asked_for => {
            let text = refusal.to_string();
            // What follows the first empty line shows the usage, for readers.
            let reason = text.split("\n\n").next().unwrap_or(&text);
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            let words: Vec<&str> = reason.split_whitespace().collect();
            Shown::from(&Failure::usage(words.join(" "))).to_stderr();
        }
        // A reader that is gone needs no help.
        _ => drop(refusal.print()),
    }
    match asked_for {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(2),
    }
}

/// Writes a remark to standard error.
pub(crate) fn note(text: &str) {
    to_stderr(format_args!("note: {text}"));
}

fn to_stderr(line: impl Display) {
    // Nobody is left to be told that nobody listens.
    let _ = writeln!(io::stderr(), "{line}");
}

/// A failure as JSON.
#[derive(Serialize)]
struct Shown<'a> {
    kind: &'static str,
    message: String,
    vendor: Option<&'static str>,
    operation: Option<&'static str>,
    status: Option<u16>,
    code: Option<&'a str>,
    field: Option<&'a str>,
    retry: &'static str,
}

impl<'a> From<&'a Failure> for Shown<'a> {
    fn from(failure: &'a Failure) -> Self {
        let own = |kind, message: &str| Self {
            kind,
            message: message.to_owned(),
            vendor: None,
            operation: None,
            status: None,
            code: None,
            field: None,
            retry: "permanent",
        };
        match failure {
            Failure::Usage(message) => own("usage", message),
            Failure::Configuration(message) => own("invalid-config", message),
            Failure::Io(message) => own("io", message),
            Failure::Cart(error) => Self {
                kind: error.kind().as_str(),
                message: error.message().to_owned(),
                vendor: error.vendor().map(|vendor| vendor.as_str()),
                operation: error.operation(),
                status: error.status(),
                code: error.code(),
                field: error.field(),
                retry: error.retry().as_str(),
            },
        }
    }
}

impl Shown<'_> {
    fn to_stderr(&self) {
        #[derive(Serialize)]
        struct Wrapped<'a> {
            error: &'a Shown<'a>,
        }
        if let Ok(json) = serde_json::to_string(&Wrapped { error: self }) {
            to_stderr(json);
        }
    }
}
