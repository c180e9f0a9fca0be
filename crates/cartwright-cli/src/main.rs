//! `cart`: create, read and change shopping carts at several vendors from the command line.
//!
//! Standard output carries the result and nothing else; notes and errors go to standard error. The
//! program exits with 0 when it did what it was asked, with 1 when the vendor or the program refused
//! the cart operation, with 2 when the command line, the configuration or the machine is at fault, and
//! with 3 when nobody knows whether the vendor did what it was asked.

mod amount;
mod args;
mod commands;
mod connection;
mod create;
mod credentials;
mod customer_spec;
#[cfg(feature = "sandbox")]
mod demonstration;
mod failure;
mod grid;
mod json;
mod layout;
mod line_spec;
#[cfg(feature = "record")]
mod recording;
mod render;
#[cfg(feature = "sandbox")]
mod sandbox;
mod table;
mod telling;
mod vendor_table;

use std::env;
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches};

use args::{Args, Output};

fn main() -> ExitCode {
    let command = Args::command().term_width(layout::of_help());
    let parsed = command
        .try_get_matches()
        .and_then(|found| Args::from_arg_matches(&found));
    let args = match parsed {
        Ok(args) => args,
        Err(refusal) => return failure::refuse_arguments(&refusal, Output::asked(env::args_os())),
    };
    let output = args.output;
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(output),
    }
}
