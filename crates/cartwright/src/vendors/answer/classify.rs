//! What a failed call means: its kind, whether to repeat it, and what is known of its effect.

use cartwright_runtime::{Error as CallError, Retry, TransportError};

use super::subject::{Missing, missing, says_out_of_stock};
use super::{Words, may_be_gone_by_itself};
use crate::error::Effect;
use crate::{ErrorKind, RetryState, Verb};

/// A call that failed.
pub(super) struct Call<'a> {
    error: &'a CallError,
    /// The verb that the operation carries out, as far as that is one.
    verb: Option<Verb>,
    is_safe: bool,
    pub(super) status: Option<u16>,
    /// The status, where the vendor says that the call failed; that may be under an HTTP success.
    pub(super) failed: Option<u16>,
}

impl<'a> Call<'a> {
    pub(super) fn new(error: &'a CallError, names_cart: bool, says_failure: bool) -> Self {
        let status = error.status().map(|status| status.as_u16());
        let operation = error.operation();
        // A token that could not be had: the call itself was not sent.
        let is_safe = matches!(error, CallError::Token(_))
            || operation.is_some_and(|operation| operation.retry == Retry::Safe);
        let has_failed = status.is_some_and(|status| status >= 300)
            || matches!(error, CallError::ErrorResponse(_))
            || (says_failure && matches!(error, CallError::Decode(_)));
        let verbs = Verb::ALL.into_iter().filter(|verb| {
            operation.is_some_and(|operation| operation.cart.contains(&verb.as_str()))
        });
        // One operation may create a cart or add to one, as it is asked.
        let verbs = verbs.filter(|verb| !names_cart || *verb != Verb::Create);
        Self {
            error,
            verb: verbs.into_iter().next(),
            is_safe,
            status,
            failed: status.filter(|_| has_failed),
        }
    }

    pub(super) fn meaning(&self, said: &Words) -> (ErrorKind, RetryState, Effect) {
        use RetryState::{Permanent, Temporary, Unknown};
        let kind = self.kind(said);
        let effect = self.effect(kind);
        let retry = match kind {
            ErrorKind::OutcomeUnknown => Unknown,
            ErrorKind::UnexpectedResponse if effect == Effect::Unknown && !self.is_safe => Unknown,
            // The vendor says that it has not acted.
            ErrorKind::RateLimited => Temporary,
            ErrorKind::VendorFailure if self.is_safe || self.failed == Some(425) => Temporary,
            ErrorKind::Unreachable if self.is_unconnectable() => Permanent,
            ErrorKind::Unreachable => Temporary,
            _ => Permanent,
        };
        (kind, retry, effect)
    }

    fn kind(&self, said: &Words) -> ErrorKind {
        let kind = match said.kind {
            // A vendor that says what it refused has not acted, whatever the status; one that says that it failed may have.
            Some(ErrorKind::VendorFailure) if !self.is_safe => ErrorKind::OutcomeUnknown,
            Some(kind) => kind,
            None if !self.is_safe && self.may_have_acted() => ErrorKind::OutcomeUnknown,
            None => self.by_status(),
        };
        let words = said.message();
        let words = words.as_deref().unwrap_or_default();
        match kind {
            // There was no cart yet.
            ErrorKind::NotFound if self.verb == Some(Verb::Create) => self.refused(words),
            ErrorKind::NotFound => match missing(self.verb, said.record.as_deref(), words) {
                Missing::Other => self.refused(words),
                Missing::CartOrLine | Missing::Unsaid => kind,
            },
            ErrorKind::Conflict if says_out_of_stock(words) => ErrorKind::OutOfStock,
            ErrorKind::InvalidRequest => self.refused(words),
            _ => kind,
        }
    }

    /// A request that names something wrong.
    fn refused(&self, words: &str) -> ErrorKind {
        match self.failed.is_some() && says_out_of_stock(words) {
            true => ErrorKind::OutOfStock,
            false => ErrorKind::InvalidRequest,
        }
    }

    /// Whether no attempt can reach the vendor until somebody changes something, as with a certificate that nobody trusts.
    fn is_unconnectable(&self) -> bool {
        matches!(
            self.error,
            CallError::Transport {
                source: TransportError::Unconnectable(_),
                ..
            }
        )
    }

    /// Whether an operation may have had its effect, so that nobody knows the outcome.
    fn may_have_acted(&self) -> bool {
        match self.failed {
            // The vendor says that it has not acted.
            Some(425 | 429) => false,
            Some(408 | 500..) => true,
            _ if self.error.broke_off() => true,
            Some(_) => false,
            None => match self.error {
                CallError::Transport { source, .. } => !source.surely_not_sent(),
                _ => false,
            },
        }
    }

    /// The kind where the outcome is known, or the operation is safe to repeat.
    fn by_status(&self) -> ErrorKind {
        let is_of_token = matches!(self.error, CallError::Token(_));
        match self.failed {
            // OAuth says 400 where a user or a token is not known.
            Some(400 | 401) if is_of_token => ErrorKind::Unauthenticated,
            Some(401) => ErrorKind::Unauthenticated,
            Some(403) => ErrorKind::PermissionDenied,
            // The vendor says that it has not acted.
            Some(429) => ErrorKind::RateLimited,
            Some(408 | 425 | 500..) => ErrorKind::VendorFailure,
            // It says nothing of the cart.
            Some(_) if is_of_token => ErrorKind::UnexpectedResponse,
            Some(404 | 410) => ErrorKind::NotFound,
            Some(409 | 412) => ErrorKind::Conflict,
            Some(400..=499) => ErrorKind::InvalidRequest,
            // The vendor says under an HTTP success that it has not acted.
            Some(200..=299) => ErrorKind::InvalidRequest,
            Some(_) => ErrorKind::UnexpectedResponse,
            None => match self.error {
                CallError::InvalidRequest(_) => ErrorKind::InvalidRequest,
                CallError::Config { .. } => ErrorKind::InvalidConfig,
                CallError::Transport { source, .. } => match source {
                    TransportError::Refused(_) => ErrorKind::InvalidConfig,
                    TransportError::Throttled(_) => ErrorKind::RateLimited,
                    _ => ErrorKind::Unreachable,
                },
                _ => ErrorKind::UnexpectedResponse,
            },
        }
    }

    fn effect(&self, kind: ErrorKind) -> Effect {
        match self.error {
            CallError::InvalidRequest(_) | CallError::Config { .. } | CallError::Token(_) => {
                return Effect::NotSent;
            }
            CallError::Transport { source, .. } if source.attempts() == 0 => {
                return Effect::NotSent;
            }
            CallError::Transport { source, .. } if source.surely_not_sent() => {
                return Effect::NotDone;
            }
            _ => {}
        }
        let is_refused = match kind {
            ErrorKind::OutcomeUnknown | ErrorKind::UnexpectedResponse | ErrorKind::Unreachable => {
                false
            }
            ErrorKind::VendorFailure => self.failed == Some(425),
            ErrorKind::NotFound => !may_be_gone_by_itself(self.error),
            _ => true,
        };
        match is_refused {
            true => Effect::NotDone,
            false => Effect::Unknown,
        }
    }

    /// What went wrong, where the vendor has no words for it.
    pub(super) fn reason(&self, kind: ErrorKind) -> String {
        match self.error {
            CallError::InvalidRequest(reason) => return reason.clone(),
            CallError::Config { source, .. } => return causes(source),
            CallError::Transport { source, .. } => return causes(source),
            CallError::Token(refused) => return refused.message.clone(),
            CallError::Decode(failure) if self.failed.is_none() => return failure.message.clone(),
            CallError::TooLarge(response) => {
                return format!(
                    "the body is larger than the limit of {} bytes",
                    response.limit
                );
            }
            CallError::Undocumented(response) if kind == ErrorKind::UnexpectedResponse => {
                let redirect = response.location();
                let redirect = redirect.map(|to| format!(", and redirects to {to}"));
                return format!(
                    "the vendor answered a status that it does not document{}",
                    redirect.unwrap_or_default()
                );
            }
            CallError::Paging { source, .. } => return causes(source),
            _ => {}
        }
        let reason = self.reason_of_refusal(kind);
        match self.error {
            CallError::Decode(failure) if !failure.body.is_empty() => {
                format!("{reason}: {}", failure.message)
            }
            _ => reason.to_owned(),
        }
    }

    fn reason_of_refusal(&self, kind: ErrorKind) -> &'static str {
        match (kind, self.verb) {
            (ErrorKind::Unauthenticated, _) => "the vendor does not know these credentials",
            (ErrorKind::PermissionDenied, _) => "the credentials may not do this",
            (ErrorKind::NotFound, Some(Verb::UpdateLine | Verb::RemoveLine)) => {
                "there is no such cart or line, or no longer"
            }
            (ErrorKind::NotFound, Some(_)) => "there is no such cart, or no longer",
            (ErrorKind::NotFound, None) => "the vendor found nothing there",
            (ErrorKind::Conflict, Some(Verb::Create) | None) => {
                "the request conflicts with something that the vendor has"
            }
            (ErrorKind::Conflict, Some(_)) => "the cart has changed since it was read",
            (ErrorKind::RateLimited, _) => "too many calls: the vendor's rate limit is reached",
            (ErrorKind::VendorFailure, _) => "the vendor failed",
            (ErrorKind::OutcomeUnknown, _) => "the vendor failed, and may have acted before",
            (ErrorKind::InvalidRequest, _) if matches!(self.failed, Some(404 | 410)) => {
                "the vendor found nothing there: check the address in the settings, and whether it sells what the lines name"
            }
            _ => "the vendor refused the call without words",
        }
    }
}

/// An error and its sources in one line, each told once: a source's words may stand in those of what it caused.
fn causes(error: &(dyn std::error::Error + 'static)) -> String {
    let mut told = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let text = cause.to_string();
        if !told.contains(&text) {
            told.push_str(": ");
            told.push_str(&text);
        }
        next = cause.source();
    }
    told
}
