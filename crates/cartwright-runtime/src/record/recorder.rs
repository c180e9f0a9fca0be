//! Writing exchanges down as they happen.

use std::fmt;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Instant, SystemTime};

use chrono::{DateTime, SecondsFormat, Utc};
use http::header::{CONTENT_TYPE, HeaderMap};
use serde_json::Value;

use super::body::{self, End};
use super::exchange::{self, Answered, Content, Exchange, Failed, FailureKind, Pairs, Sent};
use super::redact::Redactor;
use crate::layers::Layer;
use crate::operation::Operation;
use crate::transport::{BoxFuture, Transport, TransportError};

/// Writes each request and what came of it into a folder, one file each.
///
/// It is a [`Layer`]; put it [innermost](crate::Layers::inner). Clones share the folder and the
/// numbering. A folder that holds recordings already is continued. One program at a time writes into a
/// folder.
///
/// # What is left out
/// In place of a credential stands [`REDACTED`](super::REDACTED) (0 in place of a number):
/// - headers that are marked sensitive, and those, query parameters, form fields and JSON keys whose
///   name ends (without case and punctuation) in `token`, `password`, `passwd`, `passphrase`, `pwd`,
///   `secret`, `apikey`, `accesskey`, `privatekey`, `credential`, `credentials`, `authorization`,
///   `cookie`, `sessionid` or `otp`, or is one that [`redact_key`](Self::redact_key) adds; also in URLs
///   and JSON within a text;
/// - every other occurrence of such a value of at least four characters, also in the files that were
///   written before it was known.
///
/// # What it costs
/// Files are written before the answer is handed on, without a thread of their own: it is meant for
/// tests and for finding faults. A file is whole or not there. A call that is cancelled leaves none. A
/// response larger than 8 MiB is handed on and not recorded. Nothing that goes wrong with a file
/// reaches the call: see [`problems`](Self::problems).
///
/// ```
/// use cartwright_runtime::Layers;
/// use cartwright_runtime::record::Recorder;
///
/// # fn transport() -> std::sync::Arc<dyn cartwright_runtime::Transport> { unimplemented!() }
/// let recorder = Recorder::new("target/recordings").redact_key("licence_key");
/// let layers = Layers::default().inner(recorder.clone());
/// // … after the calls:
/// assert!(recorder.problems().is_empty());
/// ```
#[derive(Clone)]
#[must_use]
pub struct Recorder(Arc<Mutex<Tape>>);

struct Tape {
    folder: PathBuf,
    redactor: Redactor,
    /// `None` until the first request: the folder is looked at then.
    next: Option<u64>,
    written: Vec<PathBuf>,
    problems: Vec<String>,
}

impl Recorder {
    /// Records into this folder. It is made, with its parents, by the first request.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self(Arc::new(Mutex::new(Tape {
            folder: folder.into(),
            redactor: Redactor::default(),
            next: None,
            written: Vec::new(),
            problems: Vec::new(),
        })))
    }

    /// Leaves out the values of this query parameter, form field, header or JSON key as well; case and
    /// punctuation don't matter.
    pub fn redact_key(self, key: impl AsRef<str>) -> Self {
        self.tape().redactor.add_key(key.as_ref());
        self
    }

    /// What could not be written, in words; empty if everything was.
    pub fn problems(&self) -> Vec<String> {
        self.tape().problems.clone()
    }

    /// A value as this recording would show it by now, for example to hold a result against that of a
    /// [`Replay`](super::Replay).
    pub fn redacted(&self, value: &Value) -> Value {
        let mut redactor = self.tape().redactor.clone();
        let mut value = value.clone();
        redactor.json(&mut value);
        redactor.hide_in_json(&mut value);
        value
    }

    fn tape(&self) -> MutexGuard<'_, Tape> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Recorder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tape = self.tape();
        f.debug_struct("Recorder")
            .field("folder", &tape.folder)
            .field("problems", &tape.problems)
            .finish_non_exhaustive()
    }
}

impl Layer for Recorder {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        let recorder = self.clone();
        Arc::new(Recorded { recorder, inner })
    }
}

struct Recorded {
    recorder: Recorder,
    inner: Arc<dyn Transport>,
}

impl Transport for Recorded {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            let (number, sent) = self.recorder.tape().begin(&request, operation);
            let (time, begun) = (SystemTime::now(), Instant::now());
            let (outcome, read) = match self.inner.send(request, operation).await {
                Ok(response) => {
                    let (response, start, end) = body::read(response).await;
                    (Ok(response), Some((start, end)))
                }
                Err(error) => (Err(error.without_url()), None),
            };
            let mut exchange = Exchange {
                version: Exchange::VERSION,
                operation: operation.id.to_owned(),
                started: DateTime::<Utc>::from(time).to_rfc3339_opts(SecondsFormat::Millis, true),
                milliseconds: u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX),
                request: sent,
                response: None,
                failure: None,
            };
            let mut tape = self.recorder.tape();
            match (&outcome, read) {
                (Ok(_), Some((_, End::TooLarge))) => {
                    let problem = "the response is larger than 8 MiB and was not recorded";
                    tape.problems
                        .push(format!("{} {number}: {problem}", operation.id));
                    return outcome;
                }
                (Ok(response), Some((start, end))) => {
                    exchange.response = Some(Answered {
                        status: response.status(),
                        headers: tape.headers(response.headers()),
                        body: Content::of(&start, false),
                    });
                    if let End::Broken(message) = end {
                        let kind = FailureKind::Body;
                        exchange.failure = Some(Failed { kind, message });
                    }
                }
                (Err(error), _) => exchange.failure = Some(Failed::of(error)),
                (Ok(_), None) => {}
            }
            tape.keep(number, exchange);
            drop(tape);
            outcome
        })
    }
}

impl Tape {
    /// The request's number and what is written down of it.
    fn begin(&mut self, request: &reqwest::Request, operation: &Operation) -> (u64, Sent) {
        let next = self.next.unwrap_or_else(|| {
            self.written = exchange::files(&self.folder).unwrap_or_default();
            let numbers = self
                .written
                .iter()
                .filter_map(|file| exchange::number(file));
            numbers.max().map_or(1, |last| last.saturating_add(1))
        });
        self.next = Some(next.saturating_add(1));
        let url = request.url();
        let sent = Sent {
            method: request.method().to_string(),
            template: operation.path.to_owned(),
            origin: url.origin().ascii_serialization(),
            path: url.path().to_owned(),
            query: exchange::pairs(url.query().unwrap_or_default().as_bytes()),
            headers: self.headers(request.headers()),
            body: body_of(request),
        };
        // Now, because the call may be cancelled.
        self.clean_earlier();
        (next, sent)
    }

    fn headers(&mut self, headers: &HeaderMap) -> Pairs {
        let shown = headers.iter().map(|(name, value)| {
            let value = self.redactor.header(name.as_str(), value);
            (name.to_string(), value)
        });
        shown.collect()
    }

    fn keep(&mut self, number: u64, mut exchange: Exchange) {
        self.redactor.by_place(&mut exchange);
        self.redactor.by_value(&mut exchange);
        self.clean_earlier();
        let name: String = exchange
            .operation
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '-' })
            .collect();
        let file = self.folder.join(format!("{number:04}-{name}.json"));
        match write(&file, &exchange) {
            Ok(()) => self.written.push(file),
            Err(error) => {
                let problem = format!("{}: can't be written: {error}", file.display());
                self.problems.push(problem);
            }
        }
    }

    /// Takes credentials that are known only now out of the files that stand already.
    fn clean_earlier(&mut self) {
        let news = self.redactor.news();
        if news.is_empty() {
            return;
        }
        for file in &self.written {
            let Ok(text) = fs::read_to_string(file) else {
                continue;
            };
            let stands = |value: &String| {
                let written = Value::from(value.as_str()).to_string();
                text.contains(written.trim_matches('"'))
            };
            if !news.iter().any(stands) {
                continue;
            }
            // A foreign file is none of ours to change.
            let Ok(mut exchange) = exchange::read_file(file) else {
                continue;
            };
            if self.redactor.by_value(&mut exchange)
                && let Err(error) = write(file, &exchange)
            {
                let problem = format!(
                    "{}: holds a credential and can't be written again: {error}; delete it",
                    file.display()
                );
                self.problems.push(problem);
            }
        }
    }
}

fn body_of(request: &reqwest::Request) -> Option<Content> {
    let media = request.headers().get(CONTENT_TYPE);
    let media = media
        .and_then(|media| media.to_str().ok())
        .unwrap_or_default();
    let is_form = media.starts_with("application/x-www-form-urlencoded");
    match request.body()?.as_bytes() {
        Some(bytes) => Content::of(bytes, is_form),
        None => Some(Content::Text("(a stream: not recorded)".to_owned())),
    }
}

/// The whole file, or none.
fn write(file: &Path, exchange: &Exchange) -> io::Result<()> {
    let mut text = serde_json::to_vec_pretty(exchange)?;
    text.push(b'\n');
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    let half = file.with_extension(format!("half-{}", std::process::id()));
    let written = fs::File::create(&half)
        .and_then(|mut opened| opened.write_all(&text))
        .and_then(|()| fs::rename(&half, file));
    if written.is_err() {
        // Nothing better can be done than to report the first failure.
        let _ = fs::remove_file(&half);
    }
    written
}
