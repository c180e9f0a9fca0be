//! What the stand-ins answer, held against the specs.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use cartwright_contract::{Exchange, Verdict, operation_of, verdict};
use cartwright_sandbox::Sandbox;

use crate::Difference;
use crate::places::Places;

/// How much of a message stays: a body that doesn't fit is told by its first misfits.
const SHOWN: usize = 300;

/// Answers that aren't what the specs say, each kind once.
///
/// # Panics
/// If the sandbox can't be started.
pub async fn differences() -> Vec<Difference> {
    let seen: Arc<Mutex<BTreeMap<(String, String), Difference>>> = Arc::default();
    let noted = seen.clone();
    let sandbox = Sandbox::builder()
        .observe(move |exchange: &Exchange| {
            if let (Verdict::Broken(problem), Some((vendor, operation))) =
                (verdict(exchange), operation_of(exchange))
            {
                let id = operation["operationId"].as_str().unwrap_or("?");
                let difference = difference(vendor, id, &problem);
                let key = (format!("{vendor} {id}"), difference.what.clone());
                let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
                noted.entry(key).or_insert(difference);
            }
        })
        .start()
        .await
        .expect("a port is free");
    crate::drive::drive(&sandbox).await;
    drop(sandbox);
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.values().cloned().collect()
}

fn difference(vendor: &str, operation: &str, problem: &str) -> Difference {
    let line = problem.lines().next().unwrap_or_default();
    let line = line.strip_prefix(&format!("{vendor} ")).unwrap_or(line);
    let mut what: String = line.chars().take(SHOWN).collect();
    if what.len() < line.len() {
        what.push('…');
    }
    let places = Places::read(&crate::root(), vendor);
    Difference {
        vendor: vendor.to_owned(),
        what,
        spec: places.in_spec(&format!("operationId: {operation}")),
        other: places.of_word(operation),
        mend: "let the stand-in answer what the spec describes, or mend the spec".to_owned(),
    }
}
