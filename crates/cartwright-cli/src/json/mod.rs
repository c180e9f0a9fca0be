//! What the program prints with `-o json`: a form of its own, which `docs/cart-output.schema.json` describes.
//!
//! It is not the library's: amounts are decimal text whatever form the vendor sent them in, kinds are text, times are the
//! vendor's text, and what the vendor does not say is `null`. A key that goes or changes its meaning raises [`SCHEMA`]; a new
//! key does not.

mod cart;
mod error;
#[cfg(feature = "sandbox")]
mod sandbox;
mod vendors;

use serde::Serialize;

use crate::layout::drives_terminal;

pub(crate) use cart::{Cart, Carts, Checkout, Gone, Order, severity};
pub(crate) use error::ErrorDocument;
#[cfg(feature = "sandbox")]
pub(crate) use sandbox::{Offers, Sandbox};
pub(crate) use vendors::Vendors;

/// The version of the form, in each document's `schema`.
pub(crate) const SCHEMA: u32 = 1;

/// The text of a value: in many lines for readers of a result, in one for a program that reads line by line.
///
/// JSON leaves control characters above U+007F as they are, and those that turn the direction of text; a terminal may obey them, so they
/// are escaped. They can stand in texts alone, where the escape means the same.
pub(crate) fn text(
    value: &(impl Serialize + ?Sized),
    in_one_line: bool,
) -> serde_json::Result<String> {
    let json = match in_one_line {
        true => serde_json::to_string(value)?,
        false => serde_json::to_string_pretty(value)?,
    };
    let mut safe = String::with_capacity(json.len());
    for character in json.chars() {
        match character {
            '\n' => safe.push('\n'),
            drives if drives_terminal(drives) => {
                safe.push_str(&format!("\\u{:04x}", u32::from(drives)))
            }
            plain => safe.push(plain),
        }
    }
    Ok(safe)
}

/// A whole document of standard output: its version, what it is, and that itself.
#[derive(Serialize)]
pub(crate) struct Document<T> {
    schema: u32,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(flatten)]
    content: T,
}

/// What stands in a document, with the word for it.
pub(crate) trait Content: Serialize {
    const TYPE: &'static str;

    fn document(self) -> Document<Self>
    where
        Self: Sized,
    {
        Document {
            schema: SCHEMA,
            kind: Self::TYPE,
            content: self,
        }
    }
}
