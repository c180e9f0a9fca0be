//! What went wrong: told on standard error, and as an exit code.

use std::fmt::Display;
use std::io::{self, Write};
use std::process::ExitCode;

use cartwright::{Error, ErrorKind};
use clap::error::ErrorKind as RefusalKind;

use crate::args::Output;
use crate::json::{self, ErrorDocument};
use crate::layout;
use crate::render::Answer;
use crate::telling;

/// Why a command did not do what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The command line asks for something that makes no sense.
    Usage(String),
    /// The settings or credentials are incomplete or wrong.
    Configuration(String),
    /// A file, a port or a stream did not do its part.
    Io(String),
    /// The cart operation was not carried out, or nobody knows whether it was.
    Cart(Error),
    /// The same at some of the vendors.
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

    /// The result could not be written, and what was asked is done all the same.
    pub(crate) fn but_done(self, answer: &Answer) -> Self {
        match (self, answer.id()) {
            (Self::Io(message), Some(id)) => {
                Self::Io(format!("{message}; what was asked is done: {id}"))
            }
            (failure, _) => failure,
        }
    }

    /// Writes the failure to standard error and says how to exit.
    pub(crate) fn report(&self, output: Output) -> ExitCode {
        match self {
            Self::Usage(message) => own("usage", message, output),
            Self::Configuration(message) => own("invalid-config", message, output),
            Self::Io(message) => own("io", message, output),
            Self::Cart(error) => of_cart(error, output),
            Self::Several(errors) => errors.iter().for_each(|error| of_cart(error, output)),
        }
        ExitCode::from(self.exit_code())
    }

    /// 1 is for what was refused and so not done; a script that repeats on 1 must not repeat what may be done.
    fn exit_code(&self) -> u8 {
        match self {
            Self::Several(errors) if errors.iter().any(telling::is_unknown) => 3,
            Self::Several(_) => 1,
            Self::Cart(error) if telling::is_unknown(error) => 3,
            Self::Cart(error) if error.kind() != ErrorKind::InvalidConfig => 1,
            _ => 2,
        }
    }
}

/// Tells of a failure of the program's own.
fn own(kind: &'static str, message: &str, output: Output) {
    match output {
        Output::Table => to_stderr(telling::own_error(message, layout::of_stderr())),
        Output::Json => as_json(&ErrorDocument::own(kind, message)),
    }
}

fn of_cart(error: &Error, output: Output) {
    match output {
        Output::Table => to_stderr(telling::error(error, layout::of_stderr())),
        Output::Json => as_json(&ErrorDocument::of(error)),
    }
}

fn as_json(error: &ErrorDocument<'_>) {
    if let Ok(json) = json::text(error, true) {
        to_stderr(json);
    }
}

/// Passes on why clap did not take the command line, or the help or version that was asked for.
pub(crate) fn refuse_arguments(refusal: &clap::Error, output: Output) -> ExitCode {
    let asked_for = matches!(
        refusal.kind(),
        RefusalKind::DisplayHelp | RefusalKind::DisplayVersion
    );
    let text = refusal.to_string();
    match output {
        Output::Json if !asked_for => {
            // What follows the first empty line shows the usage, for readers.
            let reason = text.split("\n\n").next().unwrap_or(&text);
            let reason = reason.strip_prefix("error: ").unwrap_or(reason);
            let words: Vec<&str> = reason.split_whitespace().collect();
            as_json(&ErrorDocument::own("usage", &words.join(" ")));
        }
        // A reader that is gone needs no help.
        _ if asked_for => drop(refusal.print()),
        _ => to_stderr(telling::refusal(text.trim_end(), layout::of_stderr())),
    }
    match asked_for {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(2),
    }
}

/// Writes a remark to standard error. Beside JSON it is one line, which a program can skip.
pub(crate) fn note(text: &str, output: Output) {
    let width = match output {
        Output::Table => layout::of_stderr(),
        Output::Json => usize::MAX,
    };
    to_stderr(telling::note(text, width));
}

fn to_stderr(text: impl Display) {
    // Nobody is left to be told that nobody listens.
    let _ = writeln!(io::stderr(), "{text}");
}
