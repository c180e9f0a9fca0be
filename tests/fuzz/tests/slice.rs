//! A slice of the seeds that the program runs.

use cartwright_fuzz::carts::Carts;
use cartwright_fuzz::decoders::{Decoders, VENDORS};
use cartwright_fuzz::recordings::Recordings;
use cartwright_fuzz::run::run;
use cartwright_fuzz::specs::Specs;

#[test]
fn a_mutated_payload_is_refused_or_written_back_without_a_loss() {
    let decoders = Decoders::read();
    let report = run("decoders", 0..20_000, |seed| decoders.case(seed));
    assert_eq!(report.found, 0, "{report}");
    // Both ends are reached, at each vendor.
    for (vendor, tally) in &report.groups {
        let enough = tally.mutated / 10;
        assert!(
            tally.accepted > enough && tally.refused > enough,
            "{vendor}: {tally:?}"
        );
    }
}

#[test]
fn a_mutated_spec_is_a_document_or_an_error_with_a_place() {
    let specs = Specs::read();
    let report = run("specs", 0..300, |seed| specs.case(seed));
    assert_eq!(report.found, 0, "{report}");
}

#[test]
fn a_mutated_answer_gives_every_verb_a_result_or_an_error_with_a_kind() {
    let carts = Carts::read();
    let report = run("carts", 0..2_000, |seed| carts.case(seed));
    assert_eq!(report.found, 0, "{report}");
}

#[test]
fn a_mutated_recording_is_replayed_or_an_error_says_where() {
    let recordings = Recordings::default();
    let report = run("recordings", 0..2_000, |seed| recordings.case(seed));
    assert_eq!(report.found, 0, "{report}");
    let tally = report.groups["recordings"];
    // A recording has no field to spare, so most changes are refused.
    assert!(tally.accepted > 40 && tally.refused > 200, "{tally:?}");
}

#[test]
fn every_verb_of_every_vendor_succeeds_where_the_answers_are_as_documented() {
    let carts = Carts::read();
    let mut failed = Vec::new();
    for vendor in VENDORS {
        let verbs = carts.untouched(vendor).unwrap();
        assert!(!verbs.is_empty(), "{vendor} has no verb");
        for (verb, failure) in verbs {
            failed.extend(failure.map(|failure| format!("{vendor}: {verb}: {failure}")));
        }
    }
    assert!(failed.is_empty(), "{failed:#?}");
}
