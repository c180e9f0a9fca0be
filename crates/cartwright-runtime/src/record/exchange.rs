//! The form of a recording's files, and how they are read.

use std::error::Error as StdError;
use std::fmt;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::transport::{Causes, TransportError};

/// The version of the form that is written, and the only one that is read.
const VERSION: u64 = 1;

/// The largest file that is read: a body of the usual limit stays far below it, even in Base64.
const MAX_FILE: u64 = 64 << 20;

/// JSON that is nested deeper is kept as text, because a file around it could not be read again.
const MAX_DEPTH: usize = 100;

pub(super) type Pairs = Vec<(String, String)>;

/// One request, and what came of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Exchange {
    pub(super) version: u64,
    pub(super) operation: String,
    /// RFC 3339.
    pub(super) started: String,
    pub(super) milliseconds: u64,
    pub(super) request: Sent,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) response: Option<Answered>,
    /// Why no response came, or not all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) failure: Option<Failed>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    pub(super) method: String,
    /// The operation's path with its parameters in braces.
    pub(super) template: String,
    /// Scheme, host and port.
    pub(super) origin: String,
    pub(super) path: String,
    pub(super) query: Pairs,
    pub(super) headers: Pairs,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Content>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Answered {
    #[serde(with = "status")]
    pub(super) status: StatusCode,
    pub(super) headers: Pairs,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) body: Option<Content>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failed {
    pub(super) kind: FailureKind,
    pub(super) message: String,
}

/// The variants of [`TransportError`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum FailureKind {
    Connect,
    Unconnectable,
    Timeout,
    Send,
    Body,
    Refused,
    Throttled,
    Custom,
}

/// A body.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Content {
    Json(Value),
    Form(Pairs),
    Text(String),
    Base64(String),
}

impl Content {
    /// `None` for an empty body.
    pub(super) fn of(bytes: &[u8], is_form: bool) -> Option<Self> {
        if bytes.is_empty() {
            return None;
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Some(Self::Base64(STANDARD.encode(bytes)));
        };
        if is_form {
            return Some(Self::Form(pairs(bytes)));
        }
        Some(match serde_json::from_str(text) {
            Ok(value) if depth(&value) <= MAX_DEPTH => Self::Json(value),
            _ => Self::Text(text.to_owned()),
        })
    }

    pub(super) fn bytes(&self) -> Bytes {
        match self {
            Self::Json(value) => value.to_string().into(),
            Self::Form(pairs) => {
                let mut form = url::form_urlencoded::Serializer::new(String::new());
                form.extend_pairs(pairs).finish().into()
            }
            Self::Text(text) => text.clone().into(),
            // What is not Base64 is refused when the file is read.
            Self::Base64(text) => STANDARD.decode(text).unwrap_or_default().into(),
        }
    }
}

pub(super) fn pairs(form: &[u8]) -> Pairs {
    url::form_urlencoded::parse(form).into_owned().collect()
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Object(fields) => 1 + fields.values().map(depth).max().unwrap_or(0),
        _ => 0,
    }
}

impl Exchange {
    pub(super) const VERSION: u64 = VERSION;
}

impl Failed {
    pub(super) fn of(error: &TransportError) -> Self {
        let kind = match error {
            TransportError::Connect(_) => FailureKind::Connect,
            TransportError::Unconnectable(_) => FailureKind::Unconnectable,
            TransportError::Timeout(_) => FailureKind::Timeout,
            TransportError::Send(_) => FailureKind::Send,
            TransportError::Body { .. } => FailureKind::Body,
            TransportError::Refused(_) => FailureKind::Refused,
            TransportError::Throttled(_) => FailureKind::Throttled,
            TransportError::Custom(_) => FailureKind::Custom,
        };
        let cause = error
            .cause()
            .map(|cause| Causes(cause.as_ref()).to_string());
        let message = match error {
            TransportError::Refused(why) => why.clone(),
            _ => cause.unwrap_or_default(),
        };
        Self { kind, message }
    }

    /// The failure that was recorded. A body that broke off is none of these: its response began.
    pub(super) fn error(&self) -> TransportError {
        let message = self.message.clone();
        match self.kind {
            FailureKind::Connect => TransportError::Connect(message.into()),
            FailureKind::Unconnectable => TransportError::Unconnectable(message.into()),
            FailureKind::Timeout => TransportError::Timeout(message.into()),
            FailureKind::Send => TransportError::Send(message.into()),
            FailureKind::Refused => TransportError::Refused(message),
            FailureKind::Throttled => TransportError::Throttled(message.into()),
            FailureKind::Body | FailureKind::Custom => TransportError::Custom(message.into()),
        }
    }
}

mod status {
    use http::StatusCode;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub(super) fn serialize<S: Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_u16(status.as_u16())
    }

    pub(super) fn deserialize<'a, D: Deserializer<'a>>(from: D) -> Result<StatusCode, D::Error> {
        let number = u16::deserialize(from)?;
        StatusCode::from_u16(number)
            .map_err(|_| D::Error::custom(format!("{number} is no HTTP status")))
    }
}

/// The recordings of a folder, in order, each with its file.
pub(super) fn read_folder(folder: &Path) -> Result<Vec<(PathBuf, Exchange)>, ReplayError> {
    let files = files(folder).map_err(|error| {
        let mend = "name a folder that a recorder has written";
        ReplayError::new(folder, "", format!("can't be read: {error}"), mend)
    })?;
    if files.is_empty() {
        let mend = "name a folder that a recorder has written";
        return Err(ReplayError::new(
            folder,
            "",
            "holds no recording (*.json)".into(),
            mend,
        ));
    }
    let read = files
        .into_iter()
        .map(|file| Ok((file.clone(), read_file(&file)?)));
    read.collect()
}

/// The recordings' files, by number. Half-written ones have another ending.
pub(super) fn files(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
        {
            files.push(path);
        }
    }
    files.sort_by_key(|file| (number(file).unwrap_or(u64::MAX), file.clone()));
    Ok(files)
}

/// The number with which a file's name begins.
pub(super) fn number(file: &Path) -> Option<u64> {
    let name = file.file_name()?.to_str()?;
    name.split_once('-')?.0.parse().ok()
}

pub(super) fn read_file(file: &Path) -> Result<Exchange, ReplayError> {
    let wrong = |place: &str, why: String, mend| ReplayError::new(file, place, why, mend);
    let unreadable = |error: std::io::Error| {
        let mend = "give this program the right to read it, or take it out of the folder";
        wrong("", format!("can't be read: {error}"), mend)
    };
    let opened = fs::File::open(file).map_err(unreadable)?;
    let mut bytes = Vec::new();
    opened
        .take(MAX_FILE + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > MAX_FILE {
        let why = format!("is larger than {} MiB", MAX_FILE >> 20);
        return Err(wrong(
            "",
            why,
            "no recorder writes such a file: take it out of the folder",
        ));
    }
    let record_again = "record it again, or take it out of the folder";
    // The version first: another one may have any other form.
    let seen: Value = serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("line {}, column {}", error.line(), error.column());
        let said = error.to_string();
        // What follows is the place once more.
        let said = said
            .rsplit_once(" at line ")
            .map_or(&*said, |(said, _)| said);
        wrong(&place, format!("is not whole JSON: {said}"), record_again)
    })?;
    match seen.get("version").map(Value::as_u64) {
        Some(Some(VERSION)) => {}
        Some(found) => {
            let found = found.map_or("no number".to_owned(), |found| found.to_string());
            let why = format!("is {found}, and this program reads {VERSION}");
            return Err(wrong("version", why, record_again));
        }
        None => {
            let why = "is missing: this is no recording".to_owned();
            return Err(wrong("version", why, "take the file out of the folder"));
        }
    }
    let exchange: Exchange = serde_path_to_error::deserialize(seen).map_err(|error| {
        wrong(
            &error.path().to_string(),
            error.inner().to_string(),
            record_again,
        )
    })?;
    check(&exchange).map_err(|(place, why)| wrong(place, why.to_owned(), record_again))?;
    Ok(exchange)
}

/// What the types leave open.
fn check(exchange: &Exchange) -> Result<(), (&'static str, &'static str)> {
    let is_base64 = |body: &Option<Content>| match body {
        Some(Content::Base64(text)) => STANDARD.decode(text).is_ok(),
        _ => true,
    };
    if !is_base64(&exchange.request.body) {
        return Err(("request.body.base64", "is no Base64"));
    }
    if !exchange
        .response
        .as_ref()
        .is_none_or(|response| is_base64(&response.body))
    {
        return Err(("response.body.base64", "is no Base64"));
    }
    let breaks = matches!(&exchange.failure, Some(failed) if failed.kind == FailureKind::Body);
    match (&exchange.response, &exchange.failure) {
        (None, None) => Err(("response", "is missing, and there is no `failure` either")),
        (Some(_), Some(_)) if !breaks => Err(("failure.kind", "must be `body` beside a response")),
        (None, Some(_)) if breaks => Err(("response", "is missing: a body that broke off has one")),
        _ => Ok(()),
    }
}

/// A folder of recordings that can't be used: which file, where in it, what is wrong and how to mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ReplayError {
    /// The file, or the folder.
    pub file: PathBuf,
    /// The path in the file's JSON, as in `response.status`; the line and column where it is no JSON; empty where it is the whole file.
    pub place: String,
    /// What is wrong.
    pub why: String,
    /// What to do about it.
    pub mend: &'static str,
}

impl ReplayError {
    fn new(file: &Path, place: &str, why: String, mend: &'static str) -> Self {
        let place = if place == "." { "" } else { place };
        Self {
            file: file.to_owned(),
            place: place.to_owned(),
            why,
            mend,
        }
    }
}

impl fmt::Display for ReplayError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.file.display())?;
        if !self.place.is_empty() {
            write!(f, "{}: ", self.place)?;
        }
        write!(f, "{}; {}", self.why, self.mend)
    }
}

impl StdError for ReplayError {}
