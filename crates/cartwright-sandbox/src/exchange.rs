//! Whole requests and answers, for whoever watches a sandbox.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use crate::credentials;

/// A request that reached the sandbox, and its whole answer.
///
/// An observer gets it as it was; what [`GET /_sandbox/exchanges`](crate#admin-calls) gives has the values of
/// credentials hidden. In JSON the bodies are texts, with bytes that are not UTF-8 replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Exchange {
    /// The HTTP method, in upper case.
    pub method: String,
    /// The path as it was sent, percent-encoded.
    pub path: String,
    /// The query as it was sent, without the question mark. `None` if there was no question mark.
    pub query: Option<String>,
    /// The request's body. Empty if there was none, and if it was longer than the sandbox takes.
    #[serde(with = "as_text")]
    pub request_body: Vec<u8>,
    /// The HTTP status of the answer. 0 if a fault reset the connection before one.
    pub status: u16,
    /// The names, in lower case, and values of the answer's headers, before the connection adds its own.
    pub response_headers: Vec<(String, String)>,
    /// The answer's body. Empty if there is none.
    #[serde(with = "as_text")]
    pub response_body: Vec<u8>,
    /// What a [`Fault`](crate::Fault) did to it, in a few words, or a quota that its vendor documents nothing of. `None`
    /// if the answer is the vendor's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fault: Option<String>,
}

impl Exchange {
    /// The first value of a header of the answer, by its name in lower case.
    pub fn response_header(&self, name: &str) -> Option<&str> {
        self.response_headers
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    fn without_credentials(&self) -> Self {
        Self {
            query: self.query.as_deref().map(credentials::hide_in_pairs),
            request_body: credentials::hide_in_body(&self.request_body),
            response_body: credentials::hide_in_body(&self.response_body),
            ..self.clone()
        }
    }

    fn size(&self) -> usize {
        self.request_body.len() + self.response_body.len()
    }
}

mod as_text {
    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&String::from_utf8_lossy(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<u8>, D::Error> {
        String::deserialize(from).map(String::into_bytes)
    }
}

type Observer = Arc<dyn Fn(&Exchange) + Send + Sync>;

/// Who watches the exchanges of one sandbox.
#[derive(Clone, Default)]
pub(crate) struct Observers {
    observers: Vec<Observer>,
    kept: Option<Arc<Mutex<VecDeque<Exchange>>>>,
    /// The words of the first panic of an observer.
    panicked: Arc<Mutex<Option<String>>>,
}

impl Observers {
    pub(crate) fn add(&mut self, observer: impl Fn(&Exchange) + Send + Sync + 'static) {
        self.observers.push(Arc::new(observer));
    }

    pub(crate) fn keep(&mut self) {
        self.kept.get_or_insert_default();
    }

    /// As they are for a sandbox that starts: two of one builder share neither what is kept nor a panic.
    pub(crate) fn afresh(&self) -> Self {
        Self {
            observers: self.observers.clone(),
            kept: self.kept.as_ref().map(|_| Arc::default()),
            panicked: Arc::default(),
        }
    }

    /// The newest exchanges, oldest first. `None` if none are kept.
    pub(crate) fn kept(&self) -> Option<Vec<Exchange>> {
        let kept = self.kept.as_ref()?;
        Some(lock(kept).iter().cloned().collect())
    }

    pub(crate) fn clear(&self) {
        if let Some(kept) = &self.kept {
            lock(kept).clear();
        }
    }

    pub(crate) fn panicked(&self) -> Option<String> {
        lock(&self.panicked).clone()
    }

    /// An observer's panic would break off the connection, which looks like a fault of the vendor's.
    pub(crate) fn see(&self, exchange: &Exchange) {
        for observer in &self.observers {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| observer(exchange))) {
                lock(&self.panicked).get_or_insert_with(|| words_of(panic.as_ref()));
            }
        }
        if let Some(kept) = &self.kept {
            push(&mut lock(kept), exchange.without_credentials());
        }
    }
}

const MOST_KEPT: usize = 10_000;
const MOST_BYTES_KEPT: usize = 64 * 1024 * 1024;

/// The oldest go first.
fn push(kept: &mut VecDeque<Exchange>, newest: Exchange) {
    kept.push_back(newest);
    let mut bytes: usize = kept.iter().map(Exchange::size).sum();
    while kept.len() > MOST_KEPT || bytes > MOST_BYTES_KEPT {
        let Some(oldest) = kept.pop_front() else {
            return;
        };
        bytes -= oldest.size();
    }
}

fn words_of(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<String>().cloned();
    said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()))
        .unwrap_or_else(|| "it did not say why".to_owned())
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl fmt::Debug for Observers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Observers")
            .field("observers", &self.observers.len())
            .field("keeps", &self.kept.is_some())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(path: &str, bytes: usize) -> Exchange {
        Exchange {
            method: "GET".to_owned(),
            path: path.to_owned(),
            query: None,
            request_body: Vec::new(),
            status: 200,
            response_headers: Vec::new(),
            response_body: vec![b'x'; bytes],
            fault: None,
        }
    }

    #[test]
    fn the_oldest_exchanges_go_first() {
        for (most, bytes) in [(MOST_KEPT, 1), (4, MOST_BYTES_KEPT / 4)] {
            let mut kept: VecDeque<_> =
                (0..most).map(|n| exchange(&n.to_string(), bytes)).collect();
            push(&mut kept, exchange("newest", bytes));
            assert_eq!(kept.len(), most);
            assert_eq!(
                (kept[0].path.as_str(), kept[most - 1].path.as_str()),
                ("1", "newest")
            );
        }
    }
}
