//! Refuses what would be silently wrong in a generated client, and what generation can't take.
//!
//! A rule is a row of [`RULES`]: an id, a severity, a reason, a mend, and a function that looks at the
//! [`Context`]. The rules stand in one file per subject; `grammar` says which keyword may stand where and
//! with what value, and `walk` goes through the document by it, once for all of them.

mod bodies;
mod context;
pub(crate) mod documents;
pub(crate) mod examples;
mod extensions;
mod failures;
mod formats;
mod grammar;
pub mod json_schema;
mod json_text;
mod operations;
mod paging;
mod parameters;
mod patterns;
mod reading;
mod render;
pub(crate) mod rust_names;
mod schemas;
mod shapes;
mod structures;
mod unions;
mod walk;
mod words;

use std::path::Path;

use crate::load::{Document, LoadError, Position};

pub(crate) use context::Operation;
pub use context::{Context, Problem};
pub use render::{FEW, render_github, render_json, render_summary, render_text};
pub(crate) use words::nearest;

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document can't be generated from, or would be wrong without a word.
    Error,
    /// The document works, but says something that has no effect.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One broken rule at one place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule's id, in kebab-case.
    pub rule: &'static str,
    /// How much it weighs.
    pub severity: Severity,
    /// The document's file name.
    pub file: String,
    /// The place in that file.
    pub position: Position,
    /// The JSON pointer of the node concerned.
    pub pointer: String,
    /// What is wrong, on one line.
    pub message: String,
    /// How to mend it, on one line.
    pub mend: String,
}

/// A rule: what it asks for, why, how to mend a breach, and how to find one.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// The id, in kebab-case.
    pub id: &'static str,
    /// How much a breach weighs.
    pub severity: Severity,
    /// What the rule asks for, in one sentence.
    pub summary: &'static str,
    /// What goes wrong without it.
    pub why: &'static str,
    /// How to mend a breach; a finding may say it more exactly.
    pub mend: &'static str,
    /// Adds a problem for every breach.
    pub check: fn(&Context<'_>, &mut Vec<Problem>),
}

/// The rules, by subject.
pub const RULES: &[&[Rule]] = &[
    reading::RULES,
    documents::RULES,
    operations::RULES,
    paging::RULES,
    parameters::RULES,
    bodies::RULES,
    schemas::RULES,
    formats::RULES,
    patterns::RULES,
    structures::RULES,
    unions::RULES,
    extensions::RULES,
    examples::RULES,
];

/// Every rule of [`RULES`], in order.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().copied().flatten()
}

/// Checks a document against every rule. `base_dir` is the folder that `externalValue`s are relative to:
/// the document's own. The findings are sorted by place.
///
/// ```
/// use std::path::Path;
/// use xtask::{lint, load::Document};
///
/// let document = Document::parse("cart.yaml", "openapi: 3.1.0\n")?;
/// let findings = lint::lint(&document, Path::new("."));
/// assert_eq!(findings[0].rule, "openapi-version");
/// # Ok::<(), xtask::load::LoadError>(())
/// ```
pub fn lint(document: &Document, base_dir: &Path) -> Vec<Finding> {
    check(document, base_dir, rules())
}

/// A file that can't be read, as a finding.
///
/// ```
/// use xtask::{lint, load::Document};
///
/// let error = Document::parse("cart.yaml", "a: 'x\n").unwrap_err();
/// assert_eq!(lint::unreadable(&error).rule, "unreadable");
/// ```
pub fn unreadable(error: &LoadError) -> Finding {
    reading::unreadable(error)
}

/// A vendor whose folder can't be named so, as a finding at the head of its spec; see [`crate::vendors::name_problem`].
pub fn vendor_name(spec: &str, problem: crate::vendors::NameProblem) -> Finding {
    reading::vendor_name(spec, problem.message, problem.mend)
}

/// The breaches for which a client can't be generated: errors, but for those about examples, which no client is made of.
pub fn refusals(document: &Document) -> Vec<Finding> {
    let about_examples = |rule: &Rule| examples::RULES.iter().any(|other| other.id == rule.id);
    let rules = rules().filter(|rule| rule.severity == Severity::Error && !about_examples(rule));
    check(document, Path::new(""), rules)
}

fn check(
    document: &Document,
    base_dir: &Path,
    rules: impl Iterator<Item = &'static Rule>,
) -> Vec<Finding> {
    // What is no OpenAPI 3.0 breaks every other rule as well, and none of them says why.
    if let Some((rule, problem)) = documents::not_openapi(&document.root) {
        return vec![finding(document, rule, problem)];
    }
    let context = Context::new(document, base_dir);
    let mut findings = Vec::new();
    let mut problems = Vec::new();
    for rule in rules {
        (rule.check)(&context, &mut problems);
        let found = problems.drain(..);
        findings.extend(found.map(|problem| finding(document, rule, problem)));
    }
    findings
        .sort_by(|a, b| (a.position, a.rule, &a.message).cmp(&(b.position, b.rule, &b.message)));
    findings.dedup();
    findings
}

fn finding(document: &Document, rule: &Rule, problem: Problem) -> Finding {
    let place = problem.position;
    Finding {
        rule: rule.id,
        severity: rule.severity,
        file: document.file.clone(),
        position: place.unwrap_or_else(|| document.position(&problem.pointer)),
        pointer: problem.pointer,
        message: problem.message,
        mend: problem.mend.unwrap_or_else(|| rule.mend.to_owned()),
    }
}

/// The id of the rule that was meant, if one is like `id`.
pub fn rule_like(id: &str) -> Option<&'static str> {
    nearest(id, rules().map(|rule| rule.id))
}

/// What a rule asks for, why, and how to mend a breach; `None` for an unknown id.
pub fn explain(rule_id: &str) -> Option<String> {
    let rule = rules().find(|rule| rule.id == rule_id)?;
    Some(format!(
        "{id} ({severity})\n{summary}\n  why:  {why}\n  mend: {mend}\n",
        id = rule.id,
        severity = rule.severity.word(),
        summary = rule.summary,
        why = rule.why,
        mend = rule.mend,
    ))
}

/// A node that the vendor's documentation contradicts or leaves open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unverified {
    /// The document's file name.
    pub file: String,
    /// The place of the node.
    pub position: Position,
    /// The JSON pointer of the node.
    pub pointer: String,
    /// The text of its `x-unverified`.
    pub why: String,
}

impl std::fmt::Display for Unverified {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            file,
            position,
            pointer,
            why,
        } = self;
        write!(f, "{file}:{position}: {pointer}: {why}")
    }
}

/// Every node that carries `x-unverified`, in written order.
pub fn unverified(document: &Document) -> Vec<Unverified> {
    let mut list: Vec<_> = Context::new(document, Path::new(""))
        .visits
        .iter()
        .filter_map(|visit| {
            Some(Unverified {
                file: document.file.clone(),
                position: document.position(&visit.pointer),
                pointer: visit.pointer.clone(),
                why: visit.node.text("x-unverified")?.to_owned(),
            })
        })
        .collect();
    list.sort_by_key(|entry| entry.position);
    list
}
