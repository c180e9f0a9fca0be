//! Documents changed by seed, on either side: a review or an error with its place, never a panic.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use fastrand::Rng;
use serde_json::Value;
use xtask::load::Document;
use xtask::review::Wire;
use xtask::review::compare::Comparison;

use super::{SOUND, mutate, real, review};
use crate::all_told;

/// What is wrong with the review of two texts.
fn judged(old: &[u8], new: &[u8]) -> Result<(), String> {
    let both = || (review(old, new), review(new, old));
    let Ok((forwards, backwards)) = catch_unwind(AssertUnwindSafe(both)) else {
        return Err("panicked".to_owned());
    };
    match (forwards, backwards) {
        (Ok(forwards), Ok(backwards)) => {
            sound(&forwards)?;
            sound(&backwards)?;
            let breaks = forwards
                .findings
                .iter()
                .any(|finding| finding.verdict.wire == Wire::Break);
            let told = all_told(&forwards.findings);
            if breaks && backwards.findings.is_empty() {
                return Err(format!("broken forwards, nothing backwards\n    {told}"));
            }
            Ok(())
        }
        (Err(error), Err(_)) if error.position.is_some() && !error.mend.is_empty() => Ok(()),
        (Err(error), Err(_)) => Err(format!("an error without place or mend: {error}")),
        (Err(error), Ok(_)) => Err(format!("refused forwards only: {error}")),
        (Ok(_), Err(error)) => Err(format!("refused backwards only: {error}")),
    }
}

fn sound(comparison: &Comparison) -> Result<(), String> {
    let told = all_told(&comparison.findings);
    let sided = comparison
        .findings
        .iter()
        .all(|finding| finding.old.is_some() || finding.new.is_some());
    let mut fingerprints: Vec<&str> = comparison
        .findings
        .iter()
        .map(|finding| finding.fingerprint.as_str())
        .collect();
    fingerprints.sort_unstable();
    let count = fingerprints.len();
    fingerprints.dedup();
    match (sided, fingerprints.len() == count) {
        (true, true) => Ok(()),
        (false, _) => Err(format!("a finding without a place\n    {told}")),
        (_, false) => Err(format!("two findings of one fingerprint\n    {told}")),
    }
}

/// Seeds until the time is over, at least three of them.
fn seeds(text: &str, name: &str, time: Duration) {
    let json = Document::parse(name, text)
        .unwrap_or_else(|error| panic!("{error}"))
        .to_json();
    let start = Instant::now();
    for seed in (0..).take_while(|seed| *seed < 3 || start.elapsed() < time) {
        let mut rng = Rng::with_seed(seed);
        let side = |rng: &mut Rng| match rng.u8(..4) {
            0 => text.as_bytes().to_vec(),
            1 => mutate::bytes(text, rng),
            _ => written(&mutate::tree(&json, rng)),
        };
        let (old, new) = (side(&mut rng), side(&mut rng));
        if let Err(wrong) = judged(&old, &new) {
            let (old, new) = (String::from_utf8_lossy(&old), String::from_utf8_lossy(&new));
            let shown = if text.len() < 9_000 {
                format!("\n{old}\n{new}")
            } else {
                String::new()
            };
            panic!("{name}, seed {seed}: {wrong}{shown}");
        }
    }
}

fn written(value: &Value) -> Vec<u8> {
    value.to_string().into_bytes()
}

#[test]
fn a_small_document_changed_by_seed_is_reviewed_or_refused() {
    seeds(SOUND, "sound.yaml", Duration::from_millis(1_500));
}

#[test]
fn the_committed_specs_changed_by_seed_are_reviewed_or_refused() {
    let specs = real();
    let time = Duration::from_millis(1_500) / u32::try_from(specs.len()).unwrap();
    for (name, text) in specs {
        seeds(&text, &name, time);
    }
}
