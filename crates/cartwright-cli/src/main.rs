//! `cart`: create, read and change shopping carts at several vendors from the command line.
//!
//! Standard output carries the result and nothing else; notes and errors go to standard error. The
//! program exits with 0 when it did what it was asked, with 1 when the vendor or the program refused
//! the cart operation, and with 2 when the command line, the configuration or the machine is at fault.

mod args;
mod commands;
mod connection;
mod create;
mod credentials;
mod customer_spec;
#[cfg(feature = "sandbox")]
mod demonstration;
mod failure;
mod line_spec;
mod render;
#[cfg(feature = "sandbox")]
mod sandbox;
mod table;

use std::env;
use std::process::ExitCode;

use clap::Parser;

use args::{Args, Output};

fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(refusal) => return failure::refuse_arguments(&refusal, Output::asked(env::args_os())),
    };
    let output = args.output;
    match commands::run(args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(output),
    }
}
