//! A sandbox whose every answer is held against the vendors' specs.

use std::collections::BTreeSet;
use std::io;
use std::ops::Deref;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use cartwright_sandbox::{Builder, Clock, Exchange, Quota, Sandbox, SeedData};

use crate::contract::{Verdict, verdict};

/// What was seen of one sandbox.
#[derive(Debug, Default)]
struct Seen {
    operations: BTreeSet<(&'static str, &'static str)>,
    /// How many requests no operation of a spec asked for.
    elsewhere: usize,
    problems: Vec<String>,
}

impl Seen {
    fn add(&mut self, exchange: &Exchange) {
        match verdict(exchange) {
            Verdict::NoOperation => self.elsewhere += 1,
            Verdict::Faulty => {}
            Verdict::Kept { vendor, operation } => {
                self.operations.insert((vendor, operation));
            }
            Verdict::Broken(problem) => self.problems.push(problem),
        }
    }

    fn assert_kept(&self) {
        assert!(
            self.problems.is_empty(),
            "{} answers are not what the specs say:\n{}",
            self.problems.len(),
            self.problems.join("\n")
        );
    }
}

/// A [`Sandbox`] that panics when it is dropped, or shut down, if any of its answers was not what its vendor's spec
/// says. In a test that fails already it stays silent.
pub struct Watched {
    /// `None` once it is shut down.
    sandbox: Option<Sandbox>,
    seen: Arc<Mutex<Seen>>,
}

/// Settings of a [`Watched`] sandbox that is about to start: those of [`Builder`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is started"]
pub struct WatchedBuilder {
    builder: Builder,
}

impl Watched {
    /// As [`Sandbox::start`].
    ///
    /// # Errors
    /// If the machine refuses the listener.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// As [`Sandbox::builder`].
    pub fn builder() -> WatchedBuilder {
        WatchedBuilder {
            builder: Sandbox::builder(),
        }
    }

    /// The operations that a vendor answered as documented, by their ids in its spec.
    pub fn seen(&self, vendor: &str) -> BTreeSet<&'static str> {
        let seen = lock(&self.seen);
        let of_vendor = seen.operations.iter().filter(|(other, _)| *other == vendor);
        of_vendor.map(|(_, operation)| *operation).collect()
    }

    /// How many requests asked for no operation of a spec: an unknown path, or a method that it does not take.
    pub fn elsewhere(&self) -> usize {
        lock(&self.seen).elsewhere
    }

    /// As [`Sandbox::join`].
    ///
    /// # Errors
    /// If the server ended with an error.
    pub async fn join(&mut self) -> io::Result<()> {
        match &mut self.sandbox {
            Some(sandbox) => sandbox.join().await,
            None => Ok(()),
        }
    }

    /// As [`Sandbox::shutdown`].
    ///
    /// # Errors
    /// If the server ended with an error, or an observer has panicked.
    ///
    /// # Panics
    /// If an answer was not what its vendor's spec says.
    pub async fn shutdown(mut self) -> io::Result<()> {
        match self.sandbox.take() {
            Some(sandbox) => sandbox.shutdown().await,
            None => Ok(()),
        }
    }
}

impl Deref for Watched {
    type Target = Sandbox;

    fn deref(&self) -> &Sandbox {
        self.sandbox
            .as_ref()
            .expect("only `shutdown` takes it, and the whole with it")
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if !thread::panicking() {
            lock(&self.seen).assert_kept();
        }
    }
}

impl WatchedBuilder {
    /// As [`Builder::port`].
    pub fn port(mut self, port: u16) -> Self {
        self.builder = self.builder.port(port);
        self
    }

    /// As [`Builder::seed`].
    pub fn seed(mut self, seed: u64) -> Self {
        self.builder = self.builder.seed(seed);
        self
    }

    /// As [`Builder::clock`].
    pub fn clock(mut self, clock: Clock) -> Self {
        self.builder = self.builder.clock(clock);
        self
    }

    /// As [`Builder::seed_data`].
    pub fn seed_data(mut self, data: SeedData) -> Self {
        self.builder = self.builder.seed_data(data);
        self
    }

    /// As [`Builder::quota`].
    pub fn quota(mut self, quota: Quota) -> Self {
        self.builder = self.builder.quota(quota);
        self
    }

    /// As [`Builder::observe`], beside the observer that checks.
    pub fn observe(mut self, observer: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.builder = self.builder.observe(observer);
        self
    }

    /// As [`Builder::keep_exchanges`].
    pub fn keep_exchanges(mut self) -> Self {
        self.builder = self.builder.keep_exchanges();
        self
    }

    /// As [`Builder::start`].
    ///
    /// # Errors
    /// If the port is taken, or the machine refuses the listener.
    pub async fn start(self) -> io::Result<Watched> {
        let seen: Arc<Mutex<Seen>> = Arc::default();
        let watching = seen.clone();
        let builder = self
            .builder
            .observe(move |exchange| lock(&watching).add(exchange));
        Ok(Watched {
            sandbox: Some(builder.start().await?),
            seen,
        })
    }
}

/// Checks the exchanges of a sandbox that ran in another process.
///
/// # Panics
/// If an answer was not what its vendor's spec says.
pub fn assert_kept(exchanges: &[Exchange]) {
    let mut seen = Seen::default();
    for exchange in exchanges {
        seen.add(exchange);
    }
    seen.assert_kept();
}

fn lock(seen: &Mutex<Seen>) -> MutexGuard<'_, Seen> {
    seen.lock().unwrap_or_else(PoisonError::into_inner)
}
