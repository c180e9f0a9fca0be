//! The command line: what can be asked, and how it is written.

use std::ffi::OsString;
#[cfg(any(feature = "record", feature = "sandbox"))]
use std::path::PathBuf;
#[cfg(feature = "sandbox")]
use std::time::SystemTime;

use cartwright::{Contact, Customer, Decimal, LineId, NewLine};
use clap::{ArgAction, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::connection::Connection;
#[cfg(feature = "sandbox")]
use crate::sandbox;
use crate::{customer_spec, line_spec};

const AFTER_HELP: &str = "\
Credentials come from the environment, in CARTWRIGHT_<VENDOR>_<SETTING>, or from --credentials; they are never taken \
from arguments. `cart vendors` lists the names.

Exit codes:
  0  done
  1  the vendor or this program refused the cart operation
  2  usage, configuration or I/O
  3  nobody knows whether the vendor did it: look before you repeat it

Output is as wide as COLUMNS says, else as the terminal, else 80 columns, as in a pipe or a file. \
docs/cart-output.schema.json describes what -o json prints.";

pub(crate) const GLOBAL: &str = "Global options";

/// Create, read and change shopping carts at several vendors.
#[derive(Debug, Parser)]
#[command(name = "cart", version, color = ColorChoice::Never, after_help = AFTER_HELP)]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) connection: Connection,
    /// How results and errors are written
    #[arg(
        short,
        long,
        global = true,
        help_heading = GLOBAL,
        value_enum,
        value_name = "FORM",
        default_value_t
    )]
    pub(crate) output: Output,
    /// With -o json, add the vendor's own answer as it came; it may hold secrets, such as an order's token
    #[arg(long, global = true, help_heading = GLOBAL)]
    pub(crate) vendor_response: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How results and errors are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum Output {
    #[default]
    Table,
    Json,
}

impl Output {
    /// What was asked for on a command line that could not be read as a whole.
    ///
    /// clap forgets what it had read when it refuses the rest.
    pub(crate) fn asked(words: impl IntoIterator<Item = OsString>) -> Self {
        let words: Vec<String> = words
            .into_iter()
            .map(|word| word.to_string_lossy().into_owned())
            .take_while(|word| word != "--")
            .collect();
        let attached = |word: &str| {
            let forms = ["--output=", "-o=", "-o"];
            let value = forms.iter().find_map(|form| word.strip_prefix(form))?;
            Self::from_str(value, false).ok()
        };
        let apart = |option: &str, value: &str| match option {
            "-o" | "--output" => Self::from_str(value, false).ok(),
            _ => None,
        };
        words
            .iter()
            .find_map(|word| attached(word))
            .or_else(|| {
                words
                    .iter()
                    .zip(words.iter().skip(1))
                    .find_map(|(option, value)| apart(option, value))
            })
            .unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    #[command(flatten)]
    Cart(CartCommand),
    /// Show what each vendor, or that of --vendor, can do, and which settings it takes
    Vendors,
    /// Serve a local stand-in for the vendors until Ctrl-C or SIGTERM
    ///
    /// Prints the address and the settings that lead there: lines that a shell and --credentials read or, with -o json,
    /// one line of JSON. Its carts are kept in memory.
    #[cfg(feature = "sandbox")]
    Sandbox(SandboxToServe),
    /// Print a folder that --record has written as one HAR 1.2 document
    #[cfg(feature = "record")]
    Har {
        /// The folder
        folder: PathBuf,
    },
    /// Print the completions for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
}

/// What `sandbox` is told.
#[cfg(feature = "sandbox")]
#[derive(Debug, clap::Args)]
pub(crate) struct SandboxToServe {
    /// Serve nothing, and list what the stand-ins sell, or that of --vendor: each as the --line that orders it
    #[arg(long, conflicts_with_all = ["port", "seed", "state", "time", "faults"])]
    pub(crate) list: bool,
    /// The port on 127.0.0.1; 0 takes any free one
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) port: u16,
    /// The seed of all ids, so that the same requests get the same ids; 0, or that of --state, unless set
    #[arg(long, value_name = "N")]
    pub(crate) seed: Option<u64>,
    /// YAML of the catalogues and settings to start from; a vendor that it leaves out keeps the built-in ones
    #[arg(long, value_name = "FILE")]
    pub(crate) seed_data: Option<PathBuf>,
    /// JSON of a state to start in, as `GET /_sandbox/state` gives it
    #[arg(long, value_name = "FILE")]
    pub(crate) state: Option<PathBuf>,
    /// Lets the time stand at this RFC 3339 time, as in 2026-01-31T09:00:00Z, until it is set over `/_sandbox/clock`
    #[arg(long, value_name = "TIME", value_parser = sandbox::time)]
    pub(crate) time: Option<SystemTime>,
    /// YAML or JSON of faults that stand from the start: one or a list, as `POST /_sandbox/faults` takes them
    #[arg(long, value_name = "FILE")]
    pub(crate) faults: Option<PathBuf>,
}

/// The verbs of a cart's life.
#[derive(Debug, Subcommand)]
pub(crate) enum CartCommand {
    /// Create a cart
    #[command(after_help = line_spec::GRAMMAR)]
    Create(CartToCreate),
    /// Show a cart
    Get {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
    },
    /// Add lines to a cart
    #[command(after_help = line_spec::GRAMMAR)]
    Add {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
        /// A line to add; may be repeated
        #[arg(long = "line", value_name = "SPEC", action = ArgAction::Append, required = true, value_parser = line_spec::parse)]
        lines: Vec<NewLine>,
    },
    /// Change a line of a cart
    #[command(group = clap::ArgGroup::new("change").args(["qty", "price"]).multiple(true).required(true))]
    Update {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
        /// The line's id as `cart get` shows it
        line: LineId,
        /// The new quantity, at least 1
        #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = line_spec::quantity)]
        qty: Option<u64>,
        /// The new price of one, 0 or more
        #[arg(long, value_name = "D", allow_negative_numbers = true, value_parser = line_spec::price)]
        price: Option<Decimal>,
    },
    /// Remove a line from a cart; with its last line the cart itself may go
    Remove {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
        /// The line's id as `cart get` shows it
        line: LineId,
    },
    /// Delete a cart
    Delete {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
    },
    /// Make the addresses where the shopper pays
    Checkout {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
    },
    /// Say whose cart it is
    #[command(after_help = customer_spec::GRAMMAR)]
    Customer {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
        /// The vendor's id of the customer, `guest`, or `contact:` and a description
        #[arg(value_name = "WHO", value_parser = customer_spec::parse)]
        customer: Customer,
        /// Who sells to the customer: `contact:` and a description
        #[arg(long, value_name = "CONTACT", value_parser = customer_spec::reseller)]
        reseller: Option<Box<Contact>>,
    },
    /// Turn a cart into an order, which buys what is in it
    Order {
        /// The cart's id as it was printed, `vendor:id`
        cart: String,
        /// Your number for the purchase order, where the vendor bills one
        #[arg(long, value_name = "N")]
        purchase_order: Option<String>,
    },
}

/// What `create` is told.
#[derive(Debug, clap::Args)]
pub(crate) struct CartToCreate {
    /// A line to put in; may be repeated
    #[cfg_attr(
        feature = "sandbox",
        doc = "(with --sandbox and none, a demonstration cart is created)"
    )]
    #[arg(long = "line", value_name = "SPEC", action = ArgAction::Append, value_parser = line_spec::parse)]
    pub(crate) lines: Vec<NewLine>,
    /// ISO 4217 code of the currency; the vendor's default unless set
    #[arg(long, value_name = "CODE")]
    pub(crate) currency: Option<String>,
    /// The cart's language, as in `en-US`; the vendor's default unless set
    #[arg(long, value_name = "L")]
    pub(crate) locale: Option<String>,
    /// Whose cart it is, as `cart customer --help` explains; a guest's unless set
    #[arg(long, value_name = "WHO", value_parser = customer_spec::parse)]
    pub(crate) customer: Option<Customer>,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_free_of_contradictions() {
        Args::command().debug_assert();
    }

    #[test]
    fn the_form_asked_for_is_found_in_a_command_line_that_makes_no_sense() {
        for (words, form) in [
            ("cart bogus -o json", Output::Json),
            ("cart bogus -ojson", Output::Json),
            ("cart --output json create --bogus", Output::Json),
            ("cart create --bogus -o=json", Output::Json),
            ("cart create --output=json --bogus", Output::Json),
            ("cart bogus -o", Output::Table),
            ("cart bogus -o xml", Output::Table),
            ("cart bogus -o table", Output::Table),
            ("cart bogus -- -o json", Output::Table),
            ("cart json", Output::Table),
        ] {
            assert_eq!(
                Output::asked(words.split(' ').map(OsString::from)),
                form,
                "{words}"
            );
        }
    }
}
