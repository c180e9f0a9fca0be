//! What went wrong: as a line or as JSON on standard error, and as an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use cartwright::{CartId, Error, ErrorKind};
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
    /// The cart operation was not carried out at some of the vendors.
    Several(Vec<Error>),
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
        let told = match self {
            Self::Usage(message) => vec![Told::Own("usage", message)],
            Self::Configuration(message) => vec![Told::Own("invalid-config", message)],
            Self::Io(message) => vec![Told::Own("io", message)],
            Self::Cart(error) => vec![Told::Cart(error)],
            Self::Several(errors) => errors.iter().map(Told::Cart).collect(),
        };
        for failure in told {
            match output {
                Output::Table => failure.for_reader(),
                Output::Json => Shown::from(failure).to_stderr(),
            }
        }
        ExitCode::from(self.exit_code())
    }

    fn exit_code(&self) -> u8 {
        match self {
            Self::Several(_) => 1,
            Self::Cart(error) if error.kind() != ErrorKind::InvalidConfig => 1,
            _ => 2,
        }
    }
}

/// One failure to tell of: the program's own, in a word and a message, or one of a cart operation.
#[derive(Clone, Copy)]
enum Told<'a> {
    Own(&'static str, &'a str),
    Cart(&'a Error),
}

impl Told<'_> {
    /// Everything that is known, in lines.
    fn for_reader(self) {
        let error = match self {
            Self::Own(_, message) => {
                to_stderr(format_args!("error: {}", one_line(message)));
                return;
            }
            Self::Cart(error) => error,
        };
        to_stderr(format_args!("error: {}", one_line(&error.to_string())));
        if let Some(cart) = error.cart() {
            note(&format!("that cart is {}", one_line(&cart.to_string())));
        }
        if error.kind() == ErrorKind::InvalidConfig {
            to_stderr(format_args!("hint: {}", hint()));
        }
    }
}

fn hint() -> &'static str {
    match cfg!(feature = "sandbox") {
        true => {
            "`cart vendors` lists the settings, which --credentials can take from a file; --sandbox needs none"
        }
        false => "`cart vendors` lists the settings, which --credentials can take from a file",
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
            Shown::from(Told::Own("usage", &words.join(" "))).to_stderr();
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
    message: &'a str,
    vendor: Option<&'static str>,
    operation: Option<&'static str>,
    status: Option<u16>,
    code: Option<&'a str>,
    field: Option<&'a str>,
    cart: Option<&'a CartId>,
    retry: &'static str,
}

impl<'a> From<Told<'a>> for Shown<'a> {
    fn from(failure: Told<'a>) -> Self {
        match failure {
            Told::Own(kind, message) => Self {
                kind,
                message,
                vendor: None,
                operation: None,
                status: None,
                code: None,
                field: None,
                cart: None,
                retry: "permanent",
            },
            Told::Cart(error) => Self {
                kind: error.kind().as_str(),
                message: error.message(),
                vendor: error.vendor().map(|vendor| vendor.as_str()),
                operation: error.operation(),
                status: error.status(),
                code: error.code(),
                field: error.field(),
                cart: error.cart(),
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
