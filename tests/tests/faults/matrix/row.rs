//! The faults, one kind each, and what each means to a caller.

use std::time::Duration;

use cartwright::ErrorKind;
use cartwright_sandbox::{Drift, Fault};

use super::column::Column;
use super::place::Place;

/// A fault that strikes every request of an operation, or only its first.
pub struct Row {
    pub name: String,
    pub meaning: Meaning,
    pub trouble: Trouble,
    pub times: Times,
    /// The status that the caller has to be told, where one came.
    pub status: Option<u16>,
    /// What of the answer's body the caller has to be told.
    pub body: &'static str,
}

/// What a fault means for the call that it strikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The vendor has refused: asking again gives the same.
    Refused(ErrorKind),
    /// The vendor surely has not acted: every operation is repeated.
    NotActed(ErrorKind),
    /// The vendor may have acted: what is safe is repeated, and of the rest nobody knows the outcome.
    Open(ErrorKind),
    /// The vendor's answer is whole and not what it documents.
    NotUnderstood,
    /// The answer is taken.
    Taken,
    /// The answer is taken, and what nobody knows of it stays.
    Kept,
}

/// Where the trouble is.
#[derive(Clone)]
pub enum Trouble {
    /// With the vendor or on the way back.
    Fault(fn(Fault) -> Fault),
    /// In one field of the answer; `None` where the answer has no such field.
    Drift(fn(&Place) -> Option<Drift>),
    /// On the way there: nobody listens.
    NoConnection,
}

/// How long a call and an attempt may take, and how long the vendor's quota lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Times {
    /// Longer than anything takes.
    Ample,
    /// An attempt ends before the answer.
    ShortAttempt,
    /// The call ends before the answer.
    ShortCall,
    /// The quota's window ends within the call.
    ShortWindow,
}

impl Times {
    pub fn deadline(self) -> Duration {
        match self {
            Self::ShortCall => Duration::from_millis(400),
            _ => Duration::from_secs(20),
        }
    }

    pub fn attempt(self) -> Duration {
        match self {
            Self::ShortAttempt => Duration::from_millis(1_500),
            _ => Duration::from_secs(20),
        }
    }

    pub fn window(self) -> Duration {
        match self {
            Self::ShortWindow => Duration::from_millis(200),
            _ => Duration::from_secs(30),
        }
    }
}

/// How late an answer or a part of it is: later than a short attempt or call.
pub const LATE: Duration = Duration::from_millis(4_000);

/// No vendor's form of an error.
const NOTE: &str = r#"{"note":"the vendor's words"}"#;
/// In the sandbox's page.
const PAGE: &str = "Bad gateway";

fn row(name: &str, meaning: Meaning, trouble: Trouble) -> Row {
    Row {
        name: name.to_owned(),
        meaning,
        trouble,
        times: Times::Ample,
        status: None,
        body: "",
    }
}

impl Row {
    fn under(mut self, times: Times) -> Self {
        self.times = times;
        self
    }

    fn tells(mut self, status: u16, body: &'static str) -> Self {
        (self.status, self.body) = (Some(status), body);
        self
    }

    /// The fault as the sandbox takes it, `None` where nothing can go wrong in this way.
    pub fn fault(&self, column: &Column) -> Option<Fault> {
        let fault = Fault::at(column.vendor.as_str(), column.operation.id);
        match &self.trouble {
            Trouble::Fault(of) => {
                let of = of(fault);
                (self.needs_no_body() || Place::of(column).has_body()).then_some(of)
            }
            Trouble::Drift(of) => {
                let place = Place::of(column);
                let drift = of(&place).filter(|_| place.has_body());
                drift.map(|drift| fault.drift(drift))
            }
            Trouble::NoConnection => None,
        }
    }

    fn needs_no_body(&self) -> bool {
        !["garbage", "body"]
            .iter()
            .any(|word| self.name.contains(word))
    }
}

/// A status with a body, of the kind that a gateway or a vendor makes up.
macro_rules! status {
    ($status:literal) => {
        (|fault: Fault| fault.status($status).body(NOTE)) as fn(Fault) -> Fault
    };
    ($status:literal, after) => {
        (|fault: Fault| fault.status($status).body(NOTE).after_acting()) as fn(Fault) -> Fault
    };
}

type Made = fn(Fault) -> Fault;

pub fn rows() -> Vec<Row> {
    use ErrorKind::{
        Conflict, InvalidRequest, NotFound, PermissionDenied, RateLimited, Unauthenticated,
        Unreachable, VendorFailure,
    };
    use Meaning::{Kept, NotActed, NotUnderstood, Open, Refused, Taken};
    use Trouble::{Drift as Drifting, Fault as Failing};

    let mut rows = vec![row(
        "no connection",
        NotActed(Unreachable),
        Trouble::NoConnection,
    )];
    let refused: [(u16, Made, ErrorKind); 5] = [
        (400, status!(400), InvalidRequest),
        (401, status!(401), Unauthenticated),
        (403, status!(403), PermissionDenied),
        (404, status!(404), NotFound),
        (409, status!(409), Conflict),
    ];
    for (status, made, kind) in refused {
        let name = status.to_string();
        rows.push(row(&name, Refused(kind), Failing(made)).tells(status, NOTE));
    }
    let open: [(u16, Made, Made); 5] = [
        (408, status!(408), status!(408, after)),
        (500, status!(500), status!(500, after)),
        (502, status!(502), status!(502, after)),
        (503, status!(503), status!(503, after)),
        (504, status!(504), status!(504, after)),
    ];
    for (status, before, after) in open {
        for (when, made) in [("before", before), ("after", after)] {
            let name = format!("{status}, {when} acting");
            rows.push(row(&name, Open(VendorFailure), Failing(made)).tells(status, NOTE));
        }
    }
    rows.extend([
        row(
            "503 without a body",
            Open(VendorFailure),
            Failing(|fault| fault.status(503)),
        )
        .tells(503, ""),
        row(
            "503 with a page",
            Open(VendorFailure),
            Failing(|fault| fault.status(503).html()),
        )
        .tells(503, PAGE),
        row("425", NotActed(VendorFailure), Failing(status!(425))).tells(425, NOTE),
        row("429", NotActed(RateLimited), Failing(status!(429))).tells(429, NOTE),
        row(
            "beyond the quota",
            NotActed(RateLimited),
            Failing(Fault::quota),
        )
        .under(Times::ShortWindow),
        row(
            "dead credentials",
            Refused(Unauthenticated),
            Failing(Fault::token_death),
        )
        .tells(401, ""),
        row(
            "reset, before acting",
            Open(Unreachable),
            Failing(|fault| fault.reset().before_acting()),
        ),
        row(
            "reset, after acting",
            Open(Unreachable),
            Failing(Fault::reset),
        ),
        row(
            "later than an attempt, before acting",
            Open(Unreachable),
            Failing(|fault| fault.delay(LATE).before_acting()),
        )
        .under(Times::ShortAttempt),
        row(
            "later than an attempt, after acting",
            Open(Unreachable),
            Failing(|fault| fault.delay(LATE).after_acting()),
        )
        .under(Times::ShortAttempt),
        row(
            "later than the call, before acting",
            Open(Unreachable),
            Failing(|fault| fault.delay(LATE).before_acting()),
        )
        .under(Times::ShortCall),
        row(
            "later than the call, after acting",
            Open(Unreachable),
            Failing(|fault| fault.delay(LATE).after_acting()),
        )
        .under(Times::ShortCall),
        row(
            "a body slower than an attempt",
            Open(Unreachable),
            Failing(|fault| fault.slow_body(LATE)),
        )
        .under(Times::ShortAttempt),
        row(
            "a body slower than the call",
            Open(Unreachable),
            Failing(|fault| fault.slow_body(LATE)),
        )
        .under(Times::ShortCall),
        row(
            "a body cut off",
            Open(Unreachable),
            Failing(|fault| fault.cut_body(20)),
        ),
        row("garbage", NotUnderstood, Failing(Fault::garbage)),
        row(
            "200 with a page",
            NotUnderstood,
            Failing(|fault| fault.status(200).html()),
        )
        .tells(200, PAGE),
        row(
            "another media type",
            Taken,
            Failing(|fault| fault.content_type("text/plain")),
        ),
        row(
            "a field more",
            Kept,
            Drifting(|place| Some(Drift::add(format!("{}/drifted", place.root), 1))),
        ),
        row(
            "a field renamed",
            Kept,
            Drifting(|place| Some(Drift::rename(place.spare?, "drifted"))),
        ),
        row(
            "a field less",
            Taken,
            Drifting(|place| Some(Drift::remove(place.spare?))),
        ),
        row(
            "a field null",
            Taken,
            Drifting(|place| Some(Drift::null(place.spare?))),
        ),
        row(
            "a field of another JSON type",
            NotUnderstood,
            Drifting(|place| Some(Drift::retype(place.typed?))),
        ),
        row(
            "no id, or no address",
            NotUnderstood,
            Drifting(|place| Some(Drift::remove(place.needed?))),
        ),
    ]);
    rows
}
