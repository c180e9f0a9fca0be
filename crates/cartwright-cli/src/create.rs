//! `cart create`: a cart at one vendor, or the demonstration cart of each.

use cartwright::{Cart, Error, NewCart, NewLine, Vendor};

use crate::args::CartToCreate;
use crate::connection::{Access, Connection, Vendors};
#[cfg(feature = "sandbox")]
use crate::demonstration;
use crate::failure::Failure;
use crate::render::Answer;
#[cfg(feature = "sandbox")]
use crate::sandbox;

pub(crate) async fn create(
    asked: CartToCreate,
    connection: &Connection,
) -> Result<Answer, Failure> {
    match connection.vendors()? {
        Vendors::One(vendor) => {
            let lines = match asked.lines.as_slice() {
                [] if connection.sandbox() => demonstrated(vendor),
                [] => {
                    return Err(Failure::usage(
                        "a cart needs at least one line: give --line SPEC, which `cart create --help` explains",
                    ));
                }
                lines => lines.to_vec(),
            };
            let access = Access::open(connection, &[vendor]).await?;
            Ok(at(vendor, lines, &asked, &access).await?.into())
        }
        Vendors::All => everywhere(&asked, connection).await,
    }
}

/// One cart at each vendor. A vendor that fails leaves the carts of the others as they are.
async fn everywhere(asked: &CartToCreate, connection: &Connection) -> Result<Answer, Failure> {
    if !asked.lines.is_empty() {
        return Err(Failure::usage(
            "a line is one vendor's own: name that vendor, or leave --line out for each vendor's demonstration cart",
        ));
    }
    if !connection.sandbox() {
        return Err(Failure::usage(
            "`--vendor all` creates the sandbox's demonstration carts: add --sandbox, or name one vendor and give --line SPEC",
        ));
    }
    let vendors = with_stand_ins();
    let access = Access::open(connection, &vendors).await?;
    let mut carts = Vec::new();
    let mut failures = Vec::new();
    for vendor in &vendors {
        match at(*vendor, demonstrated(*vendor), asked, &access).await {
            Ok(cart) => carts.push(cart),
            Err(failure) => failures.push(failure),
        }
    }
    Ok(Answer::Everywhere { carts, failures })
}

async fn at(
    vendor: Vendor,
    lines: Vec<NewLine>,
    asked: &CartToCreate,
    access: &Access,
) -> Result<Cart, Error> {
    let mut cart = NewCart::new();
    cart.lines = lines;
    cart.currency = asked.currency.clone();
    cart.locale = asked.locale.clone();
    cart.customer = asked.customer.clone();
    access.connect(vendor)?.create(cart).await
}

/// The vendors that the sandbox stands in for: all that have a demonstration cart.
fn with_stand_ins() -> Vec<Vendor> {
    let vendors = Vendor::ALL.iter().copied();
    #[cfg(feature = "sandbox")]
    let vendors = vendors.filter(|vendor| sandbox::has_stand_in(*vendor));
    vendors.collect()
}

#[cfg(feature = "sandbox")]
fn demonstrated(vendor: Vendor) -> Vec<NewLine> {
    demonstration::lines(vendor)
}

/// Without the sandbox nobody asks.
#[cfg(not(feature = "sandbox"))]
fn demonstrated(_: Vendor) -> Vec<NewLine> {
    Vec::new()
}
