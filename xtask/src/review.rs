//! Says what a change of a spec breaks: on the wire, in the Rust API, and in the facade.
//!
//! Two documents are compared as a client sees them: references followed, `allOf` merged, path-level parameters moved to their
//! operations. What differs becomes one [`Finding`] per cause, however many operations it reaches, judged by the rows of
//! [`rules::RULES`].

mod bodies;
pub mod causes;
mod check;
pub mod compare;
pub mod date;
pub mod decisions;
pub mod digest;
pub mod evidence;
pub mod facade;
mod finder;
pub mod git;
pub mod inputs;
pub mod one;
mod operations;
mod parameters;
pub mod report;
mod responses;
pub mod rules;
pub mod run;
pub mod rust_api;
pub mod schemas;
mod security;
pub mod shape;
mod slice;
pub mod source;
mod surface;
mod trouble;

use crate::load::Position;
use rules::Rule;
pub use trouble::Trouble;

/// What a change does to a client generated from the old spec, on the wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Nothing differs.
    #[default]
    None,
    /// An old client works on.
    Safe,
    /// The documents can't decide it.
    Risky,
    /// An old client stops working.
    Break,
}

/// What a change does to code that calls the generated client.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rust {
    /// The API stays as it is.
    #[default]
    None,
    /// Items are added.
    Additive,
    /// Some callers may have to change, depending on what they use.
    Maybe,
    /// Callers have to change.
    Break,
}

/// What a change does to the cart interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facade {
    /// No mapping uses what changes.
    #[default]
    None,
    /// A mapping reads or writes a changed item.
    Touched,
    /// What a vendor can do changes: a verb is gained or lost.
    Capability,
}

/// The worst of each kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// On the wire.
    pub wire: Wire,
    /// In the Rust API.
    pub rust: Rust,
    /// In the cart interface.
    pub facade: Facade,
}

impl Verdict {
    /// The worse of both, kind by kind.
    pub fn and(self, other: Self) -> Self {
        Self {
            wire: self.wire.max(other.wire),
            rust: self.rust.max(other.rust),
            facade: self.facade.max(other.facade),
        }
    }
}

impl Wire {
    /// `none`, `safe`, `risky` or `break`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Safe => "safe",
            Self::Risky => "risky",
            Self::Break => "break",
        }
    }
}

impl Rust {
    /// `none`, `additive`, `maybe` or `break`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Additive => "additive",
            Self::Maybe => "maybe",
            Self::Break => "break",
        }
    }
}

impl Facade {
    /// `none`, `touched` or `capability`.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Touched => "touched",
            Self::Capability => "capability",
        }
    }
}

/// Whose side of a call a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// What a client sends: parameters and request bodies.
    Request,
    /// What a client reads: response bodies and headers.
    Response,
    /// Neither, or both alike.
    Any,
}

impl Direction {
    /// `request`, `response` or `any`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Request => "request",
            Self::Response => "response",
            Self::Any => "any",
        }
    }
}

/// What a finding asks of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Nothing.
    Safe,
    /// To look whether it concerns them.
    Look,
    /// To decide: something stops working.
    Break,
}

/// One cause: a node that changed, what that means, and what it reaches.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Twelve hexadecimal digits that stay when lines move and texts are reworded.
    pub fingerprint: String,
    /// The worst of the effects' rules.
    pub rule: &'static Rule,
    /// The worst of the effects, and what the facade loses.
    pub verdict: Verdict,
    /// What changed, as a reader names it: `Cart.currency`, `POST /carts query include`.
    pub subject: String,
    /// What happened to it, with old and new: `type: integer → number`.
    pub message: String,
    /// Where it stood; `None` when it is new.
    pub old: Option<Side>,
    /// Where it stands; `None` when it is gone.
    pub new: Option<Side>,
    /// What it means in each direction that it is used in; never empty.
    pub effects: Vec<Effect>,
    /// Items of the generated API that it changed.
    pub items: Vec<ItemChange>,
    /// Mappings of the facade that use one of those.
    pub mappings: Vec<Mapping>,
    /// Examples and recordings that no longer fit.
    pub misfits: Vec<Misfit>,
    /// What somebody has decided about it.
    pub decision: Option<Decision>,
}

impl Finding {
    /// Every operation that the cause reaches, sorted, each once.
    pub fn operations(&self) -> Vec<&str> {
        let all = self.effects.iter().flat_map(|effect| &effect.operations);
        let mut all: Vec<&str> = all.map(String::as_str).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// What it asks of a reader.
    pub fn weight(&self) -> Weight {
        let Verdict { wire, rust, facade } = self.verdict;
        let lost = self.mappings.iter().any(|mapping| !mapping.compiles);
        if wire == Wire::Break || rust == Rust::Break || facade == Facade::Capability || lost {
            Weight::Break
        } else if wire == Wire::Risky || rust == Rust::Maybe || facade == Facade::Touched {
            Weight::Look
        } else {
            Weight::Safe
        }
    }

    /// Whether somebody has accepted it, and that still holds.
    pub fn is_accepted(&self) -> bool {
        let accepts = |one: &Decision| one.settles() && one.verdict == DecisionVerdict::Accept;
        self.decision.as_ref().is_some_and(accepts)
    }

    /// Whether somebody has yet to decide about it; what is safe needs no decision.
    pub fn is_open(&self) -> bool {
        self.weight() > Weight::Safe && !self.decision.as_ref().is_some_and(Decision::settles)
    }
}

/// What a cause means in one direction.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The rule that judges it.
    pub rule: &'static Rule,
    /// The operations it reaches in that direction, sorted: the `operationId`, or `GET /path` without one.
    pub operations: Vec<String>,
}

/// A place in one of the two documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Side {
    /// The document's name.
    pub file: String,
    /// Line and column.
    pub position: Position,
    /// The JSON pointer of the node.
    pub pointer: String,
    /// The lines of the node with the keys of its parents, as they stand in the document; long ones are cut.
    pub slice: Vec<SliceLine>,
}

/// A line of a document, shown beside the other document's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SliceLine {
    /// Its number, from 1; `None` stands for lines left out.
    pub number: Option<usize>,
    /// Its text, without the line's end.
    pub text: String,
    /// Whether it belongs to the changed node, rather than to a parent.
    pub changed: bool,
}

/// An item of the generated API that is there no more, is new, or has another signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemChange {
    /// The item's path: `types::Cart::currency`.
    pub path: String,
    /// The old line, as `crate::api` writes it; `None` when the item is new.
    pub old: Option<String>,
    /// The new line; `None` when the item is gone.
    pub new: Option<String>,
    /// What that does to callers.
    pub rust: Rust,
}

/// A place of the facade that reads or writes a changed item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The file.
    pub file: String,
    /// The line.
    pub line: usize,
    /// The function or impl it stands in.
    pub within: String,
    /// The changed item that it names.
    pub item: String,
    /// Whether it reads or writes it, as far as its place tells.
    pub writes: bool,
    /// Whether it still compiles, as far as the item's change tells.
    pub compiles: bool,
    /// The cart verbs that it serves.
    pub verbs: Vec<String>,
    /// The tests that cover it.
    pub tests: Vec<String>,
}

/// A committed example or recording that the old spec takes and the new one refuses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The file.
    pub file: String,
    /// The JSON pointer within it.
    pub pointer: String,
    /// Why the new spec refuses it.
    pub message: String,
}

/// What somebody has decided about a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Accepted, rejected, or to be asked.
    pub verdict: DecisionVerdict,
    /// Who decided.
    pub who: String,
    /// Why.
    pub why: String,
    /// Until when it holds, as `YYYY-MM-DD`; `None` for ever.
    pub until: Option<String>,
    /// Whether that day has passed.
    pub expired: bool,
}

/// The answers to a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionVerdict {
    /// The change is wanted: the finding no longer fails a review.
    Accept,
    /// The change must not land.
    Reject,
    /// The vendor is to be asked first.
    AskVendor,
}

impl Decision {
    /// Whether it answers the question: it has not expired, and is no question itself.
    pub fn settles(&self) -> bool {
        !self.expired && self.verdict != DecisionVerdict::AskVendor
    }
}

impl DecisionVerdict {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Accept, Self::Reject, Self::AskVendor];

    /// `accept`, `reject` or `ask-vendor`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::AskVendor => "ask-vendor",
        }
    }
}

/// Something worth saying that is no finding: an extension changed, `info.version` was not raised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub message: String,
    /// Where in the new document.
    pub side: Option<Side>,
}

/// One version of a spec.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// What a reader calls it: `main:specs/shop/openapi.yaml`, `old.json`.
    pub label: String,
    /// The first twelve hexadecimal digits of the text's SHA-256.
    pub hash: String,
    /// `info.version`.
    pub version: Option<String>,
}

/// The review of one spec.
#[derive(Clone, Debug)]
pub struct SpecReview {
    /// The vendor, or the new file's stem.
    pub name: String,
    /// The old version.
    pub from: Version,
    /// The new version.
    pub to: Version,
    /// One per cause, the worst first, then by place.
    pub findings: Vec<Finding>,
    /// What is worth saying beside them.
    pub notes: Vec<Note>,
    /// How many nodes differ in words only: descriptions, examples, order.
    pub documentation: usize,
    /// The generated API's changes that no finding explains; `None` when the clients were not generated.
    pub unexplained: Option<Vec<ItemChange>>,
    /// Which part of the generated crate's version has to rise: `major`, `minor` or `patch`; `None` when nothing changes.
    pub bump: Option<&'static str>,
    /// The version that the crate gets with that; `None` when nothing changes, or there is no such crate.
    pub next: Option<String>,
    /// Decisions that match no finding any more, by fingerprint.
    pub stale: Vec<(String, Decision)>,
}

impl SpecReview {
    /// A review in which nothing is found yet.
    pub fn empty(name: impl Into<String>, from: Version, to: Version) -> Self {
        Self {
            name: name.into(),
            from,
            to,
            findings: Vec::new(),
            notes: Vec::new(),
            documentation: 0,
            unexplained: None,
            bump: None,
            next: None,
            stale: Vec::new(),
        }
    }

    /// The worst of its findings, and of what no finding explains.
    pub fn verdict(&self) -> Verdict {
        let unexplained = self.unexplained.iter().flatten().map(|item| Verdict {
            rust: item.rust,
            ..Verdict::default()
        });
        let all = self.findings.iter().map(|finding| finding.verdict);
        all.chain(unexplained)
            .fold(Verdict::default(), Verdict::and)
    }
}

/// A whole review.
#[derive(Clone, Debug)]
pub struct Review {
    /// One per spec that was compared, sorted by name.
    pub specs: Vec<SpecReview>,
    /// How it was made: version of the program, hash of the rules, options.
    pub made: Made,
}

/// How a review was made: the same makes the same bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The program's version.
    pub program: String,
    /// The first twelve hexadecimal digits of the SHA-256 of the rules.
    pub rules: String,
    /// The command's options, as given.
    pub options: String,
}

impl Review {
    /// The worst of its specs.
    pub fn verdict(&self) -> Verdict {
        let all = self.specs.iter().map(SpecReview::verdict);
        all.fold(Verdict::default(), Verdict::and)
    }
}
