//! For a program: every part but the slices, as `docs/review.schema.json` describes it. Keys stand in the order written here.

use serde::Serialize;

use crate::review as model;
use model::{Finding, Review};

#[derive(Serialize)]
struct Report<'r> {
    verdict: Verdict,
    findings: Vec<Cause<'r>>,
    specs: Vec<Spec<'r>>,
    notes: Vec<Note<'r>>,
    made: Made<'r>,
}

#[derive(Serialize)]
struct Verdict {
    wire: &'static str,
    rust: &'static str,
    facade: &'static str,
}

#[derive(Serialize)]
struct Cause<'r> {
    id: &'r str,
    spec: &'r str,
    rule: &'static str,
    wire: &'static str,
    rust: &'static str,
    facade: &'static str,
    subject: &'r str,
    message: &'r str,
    mend: &'static str,
    old: Option<Place<'r>>,
    new: Option<Place<'r>>,
    operations: Vec<&'r str>,
    effects: Vec<Effect<'r>>,
    items: Vec<Item<'r>>,
    mappings: Vec<Mapping<'r>>,
    misfits: Vec<Misfit<'r>>,
    decision: Option<Decision<'r>>,
}

#[derive(Serialize)]
struct Place<'r> {
    file: &'r str,
    line: usize,
    column: usize,
    pointer: &'r str,
}

#[derive(Serialize)]
struct Effect<'r> {
    rule: &'static str,
    direction: &'static str,
    wire: &'static str,
    rust: &'static str,
    operations: &'r [String],
}

#[derive(Serialize)]
struct Item<'r> {
    path: &'r str,
    old: Option<&'r str>,
    new: Option<&'r str>,
    rust: &'static str,
}

#[derive(Serialize)]
struct Mapping<'r> {
    file: &'r str,
    line: usize,
    within: &'r str,
    item: &'r str,
    writes: bool,
    compiles: bool,
    verbs: &'r [String],
    tests: &'r [String],
}

#[derive(Serialize)]
struct Misfit<'r> {
    file: &'r str,
    pointer: &'r str,
    message: &'r str,
}

#[derive(Serialize)]
struct Decision<'r> {
    verdict: &'static str,
    who: &'r str,
    why: &'r str,
    until: Option<&'r str>,
    expired: bool,
}

#[derive(Serialize)]
struct Spec<'r> {
    name: &'r str,
    from: Version<'r>,
    to: Version<'r>,
    verdict: Verdict,
    findings: usize,
    open: usize,
    documentation: usize,
    unexplained: Option<Vec<Item<'r>>>,
    bump: Option<&'static str>,
    stale: Vec<Stale<'r>>,
}

#[derive(Serialize)]
struct Version<'r> {
    label: &'r str,
    hash: &'r str,
    version: Option<&'r str>,
}

#[derive(Serialize)]
struct Stale<'r> {
    id: &'r str,
    decision: Decision<'r>,
}

#[derive(Serialize)]
struct Note<'r> {
    spec: &'r str,
    message: &'r str,
    place: Option<Place<'r>>,
}

#[derive(Serialize)]
struct Made<'r> {
    program: &'r str,
    rules: &'r str,
    options: &'r str,
}

pub(super) fn render(review: &Review) -> String {
    let specs = &review.specs;
    let report = Report {
        verdict: verdict(review.verdict()),
        findings: specs
            .iter()
            .flat_map(|spec| spec.findings.iter().map(|one| cause(&spec.name, one)))
            .collect(),
        specs: specs.iter().map(spec).collect(),
        notes: specs.iter().flat_map(notes).collect(),
        made: Made {
            program: &review.made.program,
            rules: &review.made.rules,
            options: &review.made.options,
        },
    };
    // Texts, numbers and lists are always written: there is no key but a text.
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

fn verdict(verdict: model::Verdict) -> Verdict {
    Verdict {
        wire: verdict.wire.word(),
        rust: verdict.rust.word(),
        facade: verdict.facade.word(),
    }
}

fn cause<'r>(spec: &'r str, finding: &'r Finding) -> Cause<'r> {
    Cause {
        id: &finding.fingerprint,
        spec,
        rule: finding.rule.id,
        wire: finding.verdict.wire.word(),
        rust: finding.verdict.rust.word(),
        facade: finding.verdict.facade.word(),
        subject: &finding.subject,
        message: &finding.message,
        mend: finding.rule.mend,
        old: finding.old.as_ref().map(place),
        new: finding.new.as_ref().map(place),
        operations: finding.operations(),
        effects: finding.effects.iter().map(effect).collect(),
        items: finding.items.iter().map(item).collect(),
        mappings: finding.mappings.iter().map(mapping).collect(),
        misfits: finding.misfits.iter().map(misfit).collect(),
        decision: finding.decision.as_ref().map(decision),
    }
}

fn place(side: &model::Side) -> Place<'_> {
    Place {
        file: &side.file,
        line: side.position.line,
        column: side.position.column,
        pointer: &side.pointer,
    }
}

fn effect(effect: &model::Effect) -> Effect<'_> {
    Effect {
        rule: effect.rule.id,
        direction: effect.rule.direction.word(),
        wire: effect.rule.wire.word(),
        rust: effect.rule.rust.word(),
        operations: &effect.operations,
    }
}

fn item(item: &model::ItemChange) -> Item<'_> {
    Item {
        path: &item.path,
        old: item.old.as_deref(),
        new: item.new.as_deref(),
        rust: item.rust.word(),
    }
}

fn mapping(mapping: &model::Mapping) -> Mapping<'_> {
    Mapping {
        file: &mapping.file,
        line: mapping.line,
        within: &mapping.within,
        item: &mapping.item,
        writes: mapping.writes,
        compiles: mapping.compiles,
        verbs: &mapping.verbs,
        tests: &mapping.tests,
    }
}

fn misfit(misfit: &model::Misfit) -> Misfit<'_> {
    Misfit {
        file: &misfit.file,
        pointer: &misfit.pointer,
        message: &misfit.message,
    }
}

fn decision(decision: &model::Decision) -> Decision<'_> {
    Decision {
        verdict: decision.verdict.word(),
        who: &decision.who,
        why: &decision.why,
        until: decision.until.as_deref(),
        expired: decision.expired,
    }
}

fn spec(spec: &model::SpecReview) -> Spec<'_> {
    Spec {
        name: &spec.name,
        from: version(&spec.from),
        to: version(&spec.to),
        verdict: verdict(spec.verdict()),
        findings: spec.findings.len(),
        open: spec.findings.iter().filter(|one| one.is_open()).count(),
        documentation: spec.documentation,
        unexplained: spec
            .unexplained
            .as_ref()
            .map(|all| all.iter().map(item).collect()),
        bump: spec.bump,
        stale: spec
            .stale
            .iter()
            .map(|(id, decided)| Stale {
                id,
                decision: decision(decided),
            })
            .collect(),
    }
}

fn version(version: &model::Version) -> Version<'_> {
    Version {
        label: &version.label,
        hash: &version.hash,
        version: version.version.as_deref(),
    }
}

fn notes(spec: &model::SpecReview) -> impl Iterator<Item = Note<'_>> {
    spec.notes.iter().map(|note| Note {
        spec: &spec.name,
        message: &note.message,
        place: note.side.as_ref().map(place),
    })
}
