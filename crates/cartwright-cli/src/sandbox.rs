//! The local stand-ins for the vendors: for one command, or until told to stop.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use cartwright::{Decimal, Vendor};
use cartwright_sandbox::{Clock, Faults, NoStandIn, Offer, Sandbox, SeedData, State};

use crate::amount;
use crate::args::{Output, SandboxToServe};
use crate::credentials::{Pairs, written};
use crate::failure::Failure;
use crate::grid::{self, Column};
use crate::json;
use crate::layout;
use crate::render;
use crate::table::UNSAID;

/// Starts a sandbox, and gives the settings that lead to its stand-in for the vendor.
pub(crate) async fn start(vendors: &[Vendor]) -> Result<(Sandbox, Pairs), Failure> {
    let sandbox = Sandbox::start()
        .await
        .map_err(|error| Failure::io(format!("the sandbox does not start: {error}")))?;
    let mut pairs = Pairs::new();
    for vendor in vendors {
        let settings = sandbox.settings(vendor.as_str());
        let settings =
            settings.map_err(|error| Failure::usage(no_stand_in(&error, vendor.as_str())))?;
        pairs.extend(
            settings
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value)),
        );
    }
    Ok((sandbox, pairs))
}

/// Whether the sandbox stands in for the vendor.
pub(crate) fn has_stand_in(vendor: Vendor) -> bool {
    Sandbox::operations()
        .iter()
        .any(|(name, _)| *name == vendor.as_str())
}

fn no_stand_in(error: &NoStandIn, vendor: &str) -> String {
    format!(
        "{error}; leave --sandbox out, and give the settings of an account at {vendor}, which `cart vendors --vendor {vendor}` lists"
    )
}

/// Lists what the stand-ins sell.
pub(crate) fn list(
    asked: &SandboxToServe,
    vendors: &[Vendor],
    output: Output,
) -> Result<(), Failure> {
    let data = match &asked.seed_data {
        Some(file) => SeedData::from_yaml(&read(file)?).map_err(|error| in_file(file, &error))?,
        None => SeedData::builtin().map_err(|error| Failure::io(error.to_string()))?,
    };
    let mut offers = data.offers();
    offers.retain(|offer| vendors.iter().any(|vendor| vendor.as_str() == offer.vendor));
    match output {
        Output::Json => render::document(json::Offers::new(&offers)),
        Output::Table => render::text(&for_reader(&offers, layout::of_stdout())),
    }
}

/// Vendor by vendor. What all prices are for stands in the heading where it is the same.
fn for_reader(offers: &[Offer], width: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for of_one in offers.chunk_by(|one, next| one.vendor == next.vendor) {
        let Some(first) = of_one.first() else {
            continue;
        };
        let unit = unit(first);
        let is_shared = of_one.iter().all(|offer| self::unit(offer) == unit);
        let columns = [
            Column::words("name"),
            Column::amount("price"),
            Column::whole("--line"),
        ];
        let rows: Vec<Vec<String>> = of_one
            .iter()
            .map(|offer| {
                let price = match (price(offer), self::unit(offer)) {
                    (Some(price), Some(unit)) if !is_shared => format!("{price} {unit}"),
                    (price, _) => price.unwrap_or(UNSAID.to_owned()),
                };
                vec![offer.name.clone(), price, written(&offer.line)]
            })
            .collect();
        parts.push(match unit.filter(|_| is_shared) {
            Some(unit) => format!("{}, prices in {unit}", first.vendor),
            None => first.vendor.to_owned(),
        });
        let shown = grid::table(&columns, &rows, width);
        parts.push(shown.unwrap_or_else(|| grid::lists(&columns, &rows, width)));
    }
    parts.join("\n\n")
}

fn price(offer: &Offer) -> Option<String> {
    let price = offer.price.as_deref()?;
    Some(match Decimal::text(price) {
        Ok(price) => amount::shown(&price, offer.currency.as_deref()),
        Err(_) => price.to_owned(),
    })
}

/// The currency, and what the price is for.
fn unit(offer: &Offer) -> Option<String> {
    let per = offer.per.map(|per| format!("per {per}"));
    let words: Vec<String> = offer.currency.iter().cloned().chain(per).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Serves until Ctrl-C or SIGTERM.
pub(crate) async fn serve(asked: SandboxToServe, output: Output) -> Result<(), Failure> {
    let port = asked.port;
    let state = asked.state.as_deref().map(read_state).transpose()?;
    let clock = Clock::system();
    let seed = asked.seed.or(state.as_ref().map(State::seed));
    let mut builder = Sandbox::builder()
        .port(port)
        .seed(seed.unwrap_or_default())
        .clock(clock.clone())
        .keep_exchanges();
    if let Some(file) = &asked.seed_data {
        let data = SeedData::from_yaml(&read(file)?).map_err(|error| in_file(file, &error))?;
        builder = builder.seed_data(data);
    }
    let mut sandbox = builder
        .start()
        .await
        .map_err(|error| refused(port, &error))?;
    if let (Some(state), Some(file)) = (&state, &asked.state) {
        sandbox
            .restore(state)
            .map_err(|error| in_file(file, &error))?;
    }
    if let Some(time) = asked.time {
        clock.set(time);
    }
    if let Some(file) = &asked.faults {
        let faults = Faults::from_yaml(&read(file)?).map_err(|error| in_file(file, &error))?;
        sandbox
            .fault(faults)
            .map_err(|error| in_file(file, &error))?;
    }
    // Whoever reads the address may send the signal at once, so it has to be listened for before.
    let stop = asked_to_stop()
        .map_err(|error| Failure::io(format!("signals can't be awaited: {error}")))?;
    match output {
        Output::Table => render::text(&for_shell(&sandbox))?,
        Output::Json => render::document_in_one_line(json::Sandbox::new(&sandbox))?,
    }
    tokio::select! {
        ended = sandbox.join() => ended.map_err(|error| Failure::io(format!("the sandbox ended: {error}"))),
        () = stop => Ok(()),
    }
}

fn read_state(file: &Path) -> Result<State, Failure> {
    State::from_json(&read(file)?).map_err(|error| in_file(file, &error))
}

fn read(file: &Path) -> Result<String, Failure> {
    fs::read_to_string(file)
        .map_err(|error| Failure::io(format!("{} can't be read: {error}", file.display())))
}

fn in_file(file: &Path, error: &dyn Error) -> Failure {
    Failure::configuration(format!("{}: {error}", file.display()))
}

/// The time that an argument names.
pub(crate) fn time(text: &str) -> Result<SystemTime, String> {
    Clock::parse_time(text)
}

fn refused(port: u16, error: &io::Error) -> Failure {
    Failure::io(match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "port {port} of 127.0.0.1 is in use: choose another with --port, or 0 for any free one"
            )
        }
        io::ErrorKind::PermissionDenied => {
            format!(
                "port {port} of 127.0.0.1 may not be used by this user: choose one from 1024 with --port"
            )
        }
        _ => format!("the sandbox does not start on port {port} of 127.0.0.1: {error}"),
    })
}

/// Lines that a shell takes as they are.
fn for_shell(sandbox: &Sandbox) -> String {
    let mut text = format!(
        "# The sandbox answers at {} until Ctrl-C or SIGTERM.",
        sandbox.base_url()
    );
    for access in sandbox.vendors() {
        // Writing to a text can't fail.
        let _ = write!(text, "\n# {}", access.vendor);
        for (name, value) in &access.environment {
            let _ = write!(text, "\nexport {name}={}", written(value));
        }
    }
    text
}

#[cfg(unix)]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn asked_to_stop() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        // An error says that the signal will never come; the sandbox then serves until it is killed.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_vendor_without_a_stand_in_is_told_to_have_none() {
        let sandbox = Sandbox::start().await.unwrap();
        let error = sandbox.settings("shopfront").unwrap_err();
        assert_eq!(
            no_stand_in(&error, "shopfront"),
            "the sandbox has no stand-in for `shopfront`: it has bigcommerce, cpanel, liquidweb, webroot; leave --sandbox out, \
             and give the settings of an account at shopfront, which `cart vendors --vendor shopfront` lists"
        );
    }

    #[tokio::test]
    async fn every_vendor_that_is_said_to_have_a_stand_in_has_one() {
        let sandbox = Sandbox::start().await.unwrap();
        for vendor in Vendor::ALL {
            let settings = sandbox.settings(vendor.as_str());
            assert_eq!(has_stand_in(*vendor), settings.is_ok(), "{vendor}");
        }
    }
}
