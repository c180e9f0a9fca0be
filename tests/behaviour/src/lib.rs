//! What the carts of every vendor do alike: one async function per expected behaviour, each with a one-line statement.
//!
//! A case names the verbs that it needs, so what a vendor runs follows from its [`Capability`]: nobody keeps a list per vendor, and nobody leaves a case out
//! by hand. A case is run on a [`Subject`]: any [`CartApi`](cartwright::CartApi), be it a vendor's own, or a wrapper around one.
//!
//! ```
//! use cartwright::{Support, Vendor, Verb};
//! use cartwright_behaviour::{Missing, cases};
//!
//! let capability = Vendor::Webroot.capability();
//! for case in cases() {
//!     match case.fits(&capability) {
//!         Ok(()) => println!("{}: {}", case.name, case.statement),
//!         Err(Missing { verb, support, .. }) => println!("{}: `{verb}` is {support}", case.name),
//!     }
//! }
//! ```

#![warn(missing_docs)]

mod cases;
mod goods;
mod subject;

use std::fmt;
use std::pin::Pin;

use cartwright::{Capability, Support, Verb};

pub use goods::Goods;
pub use subject::Subject;

/// An expected behaviour.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub struct Case {
    /// Its name: a Rust identifier, unlike any other case's.
    pub name: &'static str,
    /// What is expected, in one line.
    pub statement: &'static str,
    /// The verbs that it can't do without.
    pub needs: &'static [Verb],
    run: for<'a> fn(&'a Subject) -> Run<'a>,
}

type Run<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Why a vendor does not run a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// The first verb that the case needs and the vendor does not support.
    pub verb: Verb,
    /// What the vendor's capability says of it.
    pub support: Support,
}

impl Case {
    /// Whether a vendor has what the case needs.
    ///
    /// # Errors
    /// The first verb that it lacks.
    pub fn fits(&self, capability: &Capability) -> Result<(), Missing> {
        match self
            .needs
            .iter()
            .map(|verb| (*verb, capability.of(*verb)))
            .find(|(_, support)| *support != Support::Supported)
        {
            None => Ok(()),
            Some((verb, support)) => Err(Missing { verb, support }),
        }
    }

    /// Whether running it buys something.
    pub fn orders(&self) -> bool {
        self.needs.contains(&Verb::PlaceOrder)
    }

    /// Runs it, and deletes the carts that it made where the vendor can delete.
    ///
    /// # Panics
    /// If the subject does not behave as stated.
    pub async fn run(&self, subject: &Subject) {
        (self.run)(subject).await;
        subject.clean_up().await;
    }
}

impl fmt::Debug for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.name, self.statement)
    }
}

/// Every case, in the order of a cart's life.
pub fn cases() -> impl Iterator<Item = Case> {
    cases::ALL.iter().flat_map(|story| story.iter().copied())
}
