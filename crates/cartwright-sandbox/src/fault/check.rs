//! What of a fault a sandbox can do, and what it refuses.

use std::error::Error;
use std::fmt::{self, Display, Formatter};
use std::time::Duration;

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};

use super::{Drift, Fault, When};
use crate::vendors::Vendors;
use crate::yaml;

/// What is wrong with a fault, and where. It reads as `[1].operation: …`, and says what mends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultError {
    place: String,
    what: String,
}

impl FaultError {
    pub(super) fn at(place: impl Into<String>, what: impl Into<String>) -> Self {
        Self {
            place: place.into(),
            what: what.into(),
        }
    }

    pub(super) fn inside(mut self, place: &str) -> Self {
        self.place.insert_str(0, place);
        self
    }

    /// The same with the line and column where it stands in the text.
    pub(super) fn in_text(mut self, text: &str) -> Self {
        self.place = yaml::place_in(text, self.place.trim_end_matches('.'));
        self
    }

    /// The field that is wrong, as in `[1].operation`, after its line and column if the fault was read from a text.
    /// Empty if it is the whole.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What is wrong there, and what mends it.
    pub fn what(&self) -> &str {
        &self.what
    }
}

impl Display for FaultError {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => formatter.write_str(&self.what),
            place => write!(formatter, "{place}: {}", self.what),
        }
    }
}

impl Error for FaultError {}

/// A fault that a sandbox can carry out.
#[derive(Clone, Debug)]
pub(crate) struct Checked {
    pub(super) when: When,
    pub(super) delay: Option<Duration>,
    pub(super) kind: Kind,
    /// In a few words, for whoever reads an exchange.
    pub(super) told: String,
}

/// The one thing that goes wrong.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Nothing but the delay.
    Late,
    Status {
        status: StatusCode,
        headers: HeaderMap,
        body: String,
    },
    Garbage,
    Reset,
    TokenDeath,
    Quota,
    ContentType(HeaderValue),
    Slow(Duration),
    Cut(u64),
    Drift(Drift),
}

const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head><body><h1>Bad gateway</h1>\
                    <p>The server did not answer in time.</p></body></html>\n";

pub(super) fn check(fault: &Fault) -> Result<Checked, FaultError> {
    known(fault)?;
    if fault.times == 0 {
        return Err(FaultError::at(
            "times",
            "0 times is never; leave the fault out, or give at least 1",
        ));
    }
    let (name, kind) = kind(fault)?;
    let (default, needs_answer) = match &kind {
        Kind::Status { .. } | Kind::Quota | Kind::TokenDeath => (When::BeforeActing, false),
        Kind::Late | Kind::Reset => (When::AfterActing, false),
        _ => (When::AfterActing, true),
    };
    let when = fault.when.unwrap_or(default);
    if needs_answer && when == When::BeforeActing {
        let what = format!(
            "`{name}` changes the vendor's answer, so the vendor has acted; leave `when` out"
        );
        return Err(FaultError::at("when", what));
    }
    if matches!(kind, Kind::TokenDeath) && when == When::AfterActing {
        let what =
            "who is not let in can't act; leave `when` out, or answer `status` 401 after acting";
        return Err(FaultError::at("when", what));
    }
    let side = match when {
        When::BeforeActing => "before",
        When::AfterActing => "after",
    };
    Ok(Checked {
        when,
        delay: fault.delay_ms.map(Duration::from_millis),
        told: format!("{name} {side} {} acts", fault.vendor),
        kind,
    })
}

fn known(fault: &Fault) -> Result<(), FaultError> {
    let vendors = Vendors::operations();
    let Some((vendor, built)) = vendors.iter().find(|(name, _)| *name == fault.vendor) else {
        let names: Vec<_> = vendors.iter().map(|(name, _)| *name).collect();
        let what = format!(
            "`{}` is no vendor of the sandbox; give one of {}",
            fault.vendor,
            names.join(", ")
        );
        return Err(FaultError::at("vendor", what));
    };
    if fault.operation == "*" || built.iter().any(|built| built.operation == fault.operation) {
        return Ok(());
    }
    let names: Vec<_> = built.iter().map(|built| built.operation).collect();
    let what = format!(
        "`{}` is no operation of {vendor}; give `*` or one of {}",
        fault.operation,
        names.join(", ")
    );
    Err(FaultError::at("operation", what))
}

/// The kind by the name of its field.
fn kind(fault: &Fault) -> Result<(&'static str, Kind), FaultError> {
    let answer = fault.status.is_some() || fault.html;
    let mut kinds: Vec<(&'static str, Kind)> = Vec::new();
    if answer {
        kinds.push((if fault.html { "html" } else { "status" }, made(fault)?));
    } else if let Some(name) = [
        ("headers", !fault.headers.is_empty()),
        ("body", fault.body.is_some()),
    ]
    .into_iter()
    .find_map(|(name, given)| given.then_some(name))
    {
        let what = "it belongs to an answer of your own; give `status` as well, or leave it out";
        return Err(FaultError::at(name, what));
    }
    for (name, given, kind) in [
        ("garbage", fault.garbage, Kind::Garbage),
        ("reset", fault.reset, Kind::Reset),
        ("token_death", fault.token_death, Kind::TokenDeath),
        ("quota", fault.quota, Kind::Quota),
    ] {
        if given {
            kinds.push((name, kind));
        }
    }
    if let Some(media_type) = &fault.content_type {
        let value = HeaderValue::from_str(media_type).map_err(|_| {
            FaultError::at(
                "content_type",
                "it has bytes that no header may have; give visible ASCII",
            )
        })?;
        kinds.push(("content_type", Kind::ContentType(value)));
    }
    if let Some(pause) = fault.slow_body_ms {
        kinds.push(("slow_body_ms", Kind::Slow(Duration::from_millis(pause))));
    }
    if let Some(bytes) = fault.cut_body {
        kinds.push(("cut_body", Kind::Cut(bytes)));
    }
    if let Some(drift) = &fault.drift {
        if !drift.at().starts_with('/') {
            let what = format!(
                "`{}` is no JSON pointer to a field; write it as in /data/id",
                drift.at()
            );
            return Err(FaultError::at("drift", what));
        }
        kinds.push(("drift", Kind::Drift(drift.clone())));
    }
    let mut kinds = kinds.into_iter();
    match (kinds.next(), kinds.next()) {
        (Some(kind), None) => Ok(kind),
        (None, _) if fault.delay_ms.is_some() => Ok(("delay_ms", Kind::Late)),
        (None, _) => Err(FaultError::at(
            "",
            "it doesn't say what goes wrong; give one of status, html, delay_ms, slow_body_ms, cut_body, reset, \
             garbage, content_type, drift, token_death and quota",
        )),
        (Some((first, _)), Some((second, _))) => {
            let what = format!("`{first}` goes wrong already; make it a fault of its own");
            Err(FaultError::at(second, what))
        }
    }
}

/// The answer that the fault makes up.
fn made(fault: &Fault) -> Result<Kind, FaultError> {
    let status = fault.status.unwrap_or(502);
    let status = StatusCode::from_u16(status)
        .ok()
        .filter(|status| (200..600).contains(&status.as_u16()))
        .ok_or_else(|| {
            let what = format!("{status} is no status of an answer; give one from 200 to 599");
            FaultError::at("status", what)
        })?;
    if fault.html && fault.body.is_some() {
        let what = "`html` has a body of its own; leave one of them out";
        return Err(FaultError::at("body", what));
    }
    let mut headers = HeaderMap::new();
    let media_type = match (fault.html, &fault.body) {
        (true, _) => Some("text/html; charset=utf-8"),
        (false, Some(_)) => Some("application/json"),
        (false, None) => None,
    };
    if let Some(media_type) = media_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    }
    for (name, value) in &fault.headers {
        let place = format!("headers.{name}");
        let known = HeaderName::try_from(name).map_err(|_| {
            FaultError::at(
                &place,
                "it is no name of a header; give one as in retry-after",
            )
        })?;
        if [header::CONTENT_LENGTH, header::TRANSFER_ENCODING].contains(&known) {
            let what = "the connection says how long a body is; leave it out, or take `cut_body`";
            return Err(FaultError::at(place, what));
        }
        let value = HeaderValue::from_str(value).map_err(|_| {
            FaultError::at(
                &place,
                "its value has bytes that no header may have; give visible ASCII",
            )
        })?;
        headers.insert(known, value);
    }
    let body = match fault.html {
        true => PAGE.to_owned(),
        false => fault.body.clone().unwrap_or_default(),
    };
    Ok(Kind::Status {
        status,
        headers,
        body,
    })
}
