//! The local stand-ins for the vendors: for one command, or until told to stop.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::future::Future;
use std::io;
use std::path::Path;
use std::time::SystemTime;

use cartwright::Settings;
use cartwright_sandbox::{Clock, Faults, Sandbox, SeedData, State, VendorAccess};
use serde::Serialize;

use crate::args::{Output, SandboxToServe};
use crate::failure::Failure;
use crate::render;

/// Starts a sandbox, and gives the settings that lead to its stand-ins for all vendors.
pub(crate) async fn start() -> Result<(Sandbox, Settings), Failure> {
    let sandbox = Sandbox::start()
        .await
        .map_err(|error| Failure::io(format!("the sandbox does not start: {error}")))?;
    let access = sandbox.vendors().into_iter();
    let settings = Settings::from_pairs(access.flat_map(|access| access.environment));
    Ok((sandbox, settings))
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
        Output::Json => render::text(&for_programs(&sandbox)?)?,
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
            let _ = write!(text, "\nexport {name}={value}");
        }
    }
    text
}

/// One line of JSON, so that a program knows when it has read all.
fn for_programs(sandbox: &Sandbox) -> Result<String, Failure> {
    #[derive(Serialize)]
    struct Shown {
        address: String,
        vendors: Vec<ShownVendor>,
    }
    #[derive(Serialize)]
    struct ShownVendor {
        vendor: &'static str,
        base_url: String,
        credentials: BTreeMap<&'static str, String>,
        environment: BTreeMap<&'static str, String>,
    }
    let show = |access: VendorAccess| ShownVendor {
        vendor: access.vendor,
        base_url: access.base_url,
        credentials: access.credentials.into_iter().collect(),
        environment: access.environment.into_iter().collect(),
    };
    let shown = Shown {
        address: sandbox.base_url(),
        vendors: sandbox.vendors().into_iter().map(show).collect(),
    };
    serde_json::to_string(&shown)
        .map_err(|error| Failure::io(format!("the address has no JSON form: {error}")))
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
