//! Answering from what was recorded.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::ResponseBuilderExt;
use url::Url;

use super::body;
use super::difference::{self, Difference};
use super::exchange::{self, Content, Exchange, ReplayError, Sent};
use super::redact::Redactor;
use crate::operation::Operation;
use crate::transport::{BoxFuture, Transport, TransportError};

/// A transport that answers from a folder that a [`Recorder`](super::Recorder) has written, without a network.
///
/// A request is answered by the first recording that is not used yet and has its operation, method,
/// path, query and body; so equal requests are answered in the order in which they were recorded. What a
/// recording left out may be anything: other credentials do. Headers, scheme and host are not
/// compared. A request that fits none is [`Refused`](TransportError::Refused), with the nearest recording
/// and the first difference. A recorded failure fails again in the same way, and at once.
///
/// Clones share what is used.
///
/// ```no_run
/// use cartwright_runtime::record::Replay;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let replay = Replay::from_folder("target/recordings")?;
/// // … hand `Arc::new(replay.clone())` to a client as its transport; after the calls:
/// assert!(replay.exhausted(), "not asked for: {:?}", replay.unused());
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
#[must_use]
pub struct Replay {
    recordings: Arc<Mutex<Vec<Recording>>>,
    redactor: Redactor,
    repeat_last: bool,
}

struct Recording {
    file: PathBuf,
    exchange: Exchange,
    used: bool,
}

impl Replay {
    /// Reads a folder's recordings.
    ///
    /// # Errors
    /// The folder can't be read or holds no recording; or one of its `*.json` is not whole, not a
    /// recording, of another version or too large.
    pub fn from_folder(folder: impl AsRef<Path>) -> Result<Self, ReplayError> {
        let read = exchange::read_folder(folder.as_ref())?.into_iter();
        let recordings = read.map(|(file, exchange)| Recording {
            file,
            exchange,
            used: false,
        });
        Ok(Self {
            recordings: Arc::new(Mutex::new(recordings.collect())),
            redactor: Redactor::default(),
            repeat_last: false,
        })
    }

    /// Answers a request whose recordings are all used with the last of them, again and again.
    pub fn repeat_last(mut self) -> Self {
        self.repeat_last = true;
        self
    }

    /// Takes this key for a credential's, as the recorder did. It matters where the value is a number.
    pub fn redact_key(mut self, key: impl AsRef<str>) -> Self {
        self.redactor.add_key(key.as_ref());
        self
    }

    /// Whether every recording was used.
    pub fn exhausted(&self) -> bool {
        self.recordings().iter().all(|recording| recording.used)
    }

    /// The files of the recordings that were not used.
    pub fn unused(&self) -> Vec<PathBuf> {
        let recordings = self.recordings();
        let unused = recordings.iter().filter(|recording| !recording.used);
        unused.map(|recording| recording.file.clone()).collect()
    }

    fn recordings(&self) -> MutexGuard<'_, Vec<Recording>> {
        self.recordings
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(
        &self,
        request: &reqwest::Request,
        operation: &Operation,
    ) -> Result<reqwest::Response, TransportError> {
        let mut redactor = self.redactor.clone();
        let sent = sent(request, operation, &mut redactor);
        let mut recordings = self.recordings();
        let fits = |recording: &Recording| {
            recording.exchange.operation == operation.id
                && difference::between(&recording.exchange.request, &sent).is_none()
        };
        let unused = recordings.iter_mut().find(|one| !one.used && fits(one));
        if let Some(recording) = unused {
            recording.used = true;
            return played(&recording.exchange, request.url());
        }
        match recordings.iter().rfind(|recording| fits(recording)) {
            Some(last) if self.repeat_last => played(&last.exchange, request.url()),
            Some(last) => Err(TransportError::Refused(format!(
                "every recording of this request is used, the last is {}; `repeat_last` would answer with it again",
                name(&last.file)
            ))),
            None => {
                let mut why = nearest(&recordings, operation, &sent);
                redactor.hide_in(&mut why);
                Err(TransportError::Refused(why))
            }
        }
    }
}

impl fmt::Debug for Replay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Replay")
            .field("recordings", &self.recordings().len())
            .field("repeat_last", &self.repeat_last)
            .finish_non_exhaustive()
    }
}

impl Transport for Replay {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move { self.answer(&request, operation) })
    }
}

/// The request as it would stand in a recording; the redactor learns its credentials for the message of a refusal.
fn sent(request: &reqwest::Request, operation: &Operation, redactor: &mut Redactor) -> Sent {
    for (name, value) in request.headers() {
        redactor.header(name.as_str(), value);
    }
    let url = request.url();
    let media = request.headers().get(CONTENT_TYPE);
    let media = media
        .and_then(|media| media.to_str().ok())
        .unwrap_or_default();
    let is_form = media.starts_with("application/x-www-form-urlencoded");
    let bytes = request.body().and_then(|body| body.as_bytes());
    let mut query = exchange::pairs(url.query().unwrap_or_default().as_bytes());
    redactor.pairs(&mut query);
    let mut body = bytes.and_then(|bytes| Content::of(bytes, is_form));
    redactor.content(body.as_mut());
    Sent {
        method: request.method().to_string(),
        template: operation.path.to_owned(),
        origin: String::new(),
        path: url.path().to_owned(),
        query,
        headers: Vec::new(),
        body,
    }
}

/// Why nothing fits, in words.
fn nearest(recordings: &[Recording], operation: &Operation, sent: &Sent) -> String {
    let of_operation = recordings.iter().filter_map(|recording| {
        let Difference { nearness, words } =
            difference::between(&recording.exchange.request, sent)?;
        (recording.exchange.operation == operation.id).then_some((nearness, recording, words))
    });
    // Of several that are equally near, an unused one, and of those the first.
    let best = of_operation.min_by_key(|(nearness, one, _)| (usize::MAX - nearness, one.used));
    match best {
        Some((_, recording, words)) => format!(
            "no recording answers this request; the nearest is {}, whose {words}",
            name(&recording.file)
        ),
        None => {
            let operations: std::collections::BTreeSet<&str> = recordings
                .iter()
                .map(|one| one.exchange.operation.as_str())
                .collect();
            let operations: Vec<&str> = operations.into_iter().collect();
            format!(
                "no recording is of the operation `{}`; there are those of `{}`",
                operation.id,
                operations.join("`, `")
            )
        }
    }
}

fn name(file: &Path) -> String {
    file.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn played(exchange: &Exchange, url: &Url) -> Result<reqwest::Response, TransportError> {
    let (answered, broken) = match (&exchange.response, &exchange.failure) {
        (Some(answered), broken) => (answered, broken),
        (None, Some(failed)) => return Err(failed.error()),
        (None, None) => {
            return Err(TransportError::Refused(
                "the recording holds no answer".to_owned(),
            ));
        }
    };
    let start = answered
        .body
        .as_ref()
        .map_or_else(Bytes::new, Content::bytes);
    let body = match broken {
        Some(failed) => body::broken(start, failed.message.clone()),
        None => reqwest::Body::from(start),
    };
    let mut builder = http::Response::builder()
        .status(answered.status)
        .url(url.clone());
    for (name, value) in &answered.headers {
        let name = HeaderName::from_bytes(name.as_bytes());
        let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) else {
            continue;
        };
        // The body's form may have changed, and with it its length.
        if name != CONTENT_LENGTH && name != TRANSFER_ENCODING {
            builder = builder.header(name, value);
        }
    }
    let response = builder.body(body).map_err(|error| {
        TransportError::Refused(format!("the recording can't be played: {error}"))
    })?;
    Ok(response.into())
}
