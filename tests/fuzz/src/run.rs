//! Many cases over all cores, and what came of them.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

/// A case that takes longer hangs: the slowest takes a fraction of a second.
const DEADLINE: Duration = Duration::from_secs(30);
/// Of findings that are alike one is told.
const FINDINGS: usize = 60;

/// What came of one case.
#[derive(Debug)]
pub struct Case {
    /// What the figures are counted by.
    pub group: &'static str,
    pub outcome: Outcome,
}

/// What became of a payload.
#[derive(Debug)]
pub enum Outcome {
    Accepted,
    Refused,
    Found(Box<Finding>),
}

/// A payload that shows a defect.
#[derive(Debug)]
pub struct Finding {
    pub seed: u64,
    /// What was mutated, and what read it.
    pub subject: String,
    pub mutations: Vec<String>,
    pub message: String,
    /// The smallest payload that was found to show it.
    pub payload: Vec<u8>,
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            seed,
            subject,
            message,
            ..
        } = self;
        writeln!(f, "seed {seed}, {subject}: {message}")?;
        for mutation in &self.mutations {
            writeln!(f, "    {mutation}")?;
        }
        let payload = String::from_utf8_lossy(&self.payload);
        let start: String = payload.chars().take(2000).collect();
        write!(f, "    payload ({} bytes): {start}", self.payload.len())
    }
}

/// How many payloads became what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub mutated: u64,
    pub accepted: u64,
    pub refused: u64,
}

/// What came of a run.
#[derive(Debug, Default)]
pub struct Report {
    pub groups: BTreeMap<&'static str, Tally>,
    pub found: u64,
    /// One of each kind.
    pub findings: BTreeMap<String, Finding>,
}

impl std::fmt::Display for Report {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for finding in self.findings.values() {
            writeln!(f, "{finding}")?;
        }
        for (group, tally) in &self.groups {
            let Tally {
                mutated,
                accepted,
                refused,
            } = tally;
            writeln!(
                f,
                "{group}: {mutated} mutated, {accepted} read, {refused} refused"
            )?;
        }
        write!(f, "{} findings, {} kinds", self.found, self.findings.len())
    }
}

/// Runs the cases of seeds one after the other, over all cores. A case that hangs ends the process.
pub fn run(name: &str, seeds: std::ops::Range<u64>, case: impl Fn(u64) -> Case + Sync) -> Report {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let (next, done) = (AtomicU64::new(seeds.start), AtomicBool::new(false));
    let report = Mutex::new(Report::default());
    let running: Vec<Mutex<Option<(u64, Instant)>>> =
        (0..workers).map(|_| Mutex::default()).collect();
    std::thread::scope(|scope| {
        let watch = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                std::thread::park_timeout(Duration::from_millis(500));
                for slot in &running {
                    let slot = *slot.lock().unwrap_or_else(PoisonError::into_inner);
                    if let Some((seed, _)) = slot.filter(|(_, since)| since.elapsed() > DEADLINE) {
                        let so_far = report.lock().unwrap_or_else(PoisonError::into_inner);
                        println!("== {name}, cut short\n{so_far}");
                        eprintln!("{name}: seed {seed} hangs");
                        std::process::exit(1);
                    }
                }
            }
        });
        let threads: Vec<_> = running
            .iter()
            .map(|slot| {
                scope.spawn(|| {
                    loop {
                        let seed = next.fetch_add(1, Ordering::Relaxed);
                        if seed >= seeds.end {
                            break;
                        }
                        *slot.lock().unwrap_or_else(PoisonError::into_inner) =
                            Some((seed, Instant::now()));
                        let case = case(seed);
                        *slot.lock().unwrap_or_else(PoisonError::into_inner) = None;
                        report
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .add(case);
                        let ran = seed + 1 - seeds.start;
                        if ran.is_multiple_of(100_000) {
                            println!("{name}: {ran}");
                        }
                    }
                })
            })
            .collect();
        for thread in threads {
            thread.join().expect("a case catches its panics");
        }
        done.store(true, Ordering::Relaxed);
        watch.thread().unpark();
    });
    report.into_inner().unwrap_or_else(PoisonError::into_inner)
}

impl Report {
    fn add(&mut self, case: Case) {
        let tally = self.groups.entry(case.group).or_default();
        tally.mutated += 1;
        match case.outcome {
            Outcome::Accepted => tally.accepted += 1,
            Outcome::Refused => tally.refused += 1,
            Outcome::Found(finding) => {
                self.found += 1;
                let message = finding.message.chars().filter(|c| !c.is_ascii_digit());
                let kind: String = message.take(60).collect();
                let kind = format!("{} {kind}", case.group);
                if self.findings.len() < FINDINGS {
                    self.findings.entry(kind).or_insert(*finding);
                }
            }
        }
    }
}

thread_local! {
    static PANIC: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What this returns, or the words and the place of its panic.
pub(crate) fn without_panic<T>(act: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let otherwise = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let caught = PANIC
                .with_borrow_mut(|panic| panic.as_mut().map(|words| *words = info.to_string()));
            if caught.is_none() {
                otherwise(info);
            }
        }));
    });
    PANIC.set(Some(String::new()));
    let result = catch_unwind(AssertUnwindSafe(act));
    let words = PANIC.take().unwrap_or_default();
    result.map_err(|_| format!("a panic: {words}"))
}

/// The value of a future that never waits, or `None` if it does.
pub(crate) fn at_once<T>(future: impl Future<Output = T>) -> Option<T> {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => Some(value),
        Poll::Pending => None,
    }
}

/// As few of these as still show a defect, left out one by one.
pub(crate) fn fewest<T: Clone>(all: &[T], shows: impl Fn(&[T]) -> bool) -> Vec<T> {
    let mut kept = all.to_vec();
    for index in (0..kept.len()).rev() {
        let mut fewer = kept.clone();
        fewer.remove(index);
        if shows(&fewer) {
            kept = fewer;
        }
    }
    kept
}

/// The body with as few members and entries as still show a defect.
pub(crate) fn smallest(body: Vec<u8>, shows: impl Fn(&[u8]) -> bool) -> Vec<u8> {
    let Ok(mut tree) = serde_json::from_slice::<serde_json::Value>(&body) else {
        return body;
    };
    if !shows(tree.to_string().as_bytes()) {
        return body;
    }
    let mut nth = 0;
    // A removal that holds moves the next part to this one's place.
    loop {
        let mut without = tree.clone();
        if !remove(&mut without, &mut nth.clone()) {
            return tree.to_string().into_bytes();
        }
        if shows(without.to_string().as_bytes()) {
            tree = without;
        } else {
            nth += 1;
        }
    }
}

/// Removes the nth part of a tree; false if it has fewer.
fn remove(tree: &mut serde_json::Value, nth: &mut usize) -> bool {
    use serde_json::Value;
    match tree {
        Value::Object(members) => {
            let keys: Vec<String> = members.keys().cloned().collect();
            for key in keys {
                if *nth == 0 {
                    members.remove(&key);
                    return true;
                }
                *nth -= 1;
                if members
                    .get_mut(&key)
                    .is_some_and(|member| remove(member, nth))
                {
                    return true;
                }
            }
            false
        }
        Value::Array(entries) => {
            for index in 0..entries.len() {
                if *nth == 0 {
                    entries.remove(index);
                    return true;
                }
                *nth -= 1;
                if remove(&mut entries[index], nth) {
                    return true;
                }
            }
            false
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_finding_with_its_place_and_a_smaller_payload_shows_it() {
        let panics = |body: &[u8]| without_panic(|| assert!(!body.contains(&b'!'), "a mark")).err();
        let body = br#"{"a": [1, "!", {"b": 2}], "c": 3}"#.to_vec();
        let words = panics(&body).unwrap();
        assert!(
            words.contains("a mark") && words.contains("run.rs"),
            "{words}"
        );
        let smallest = smallest(body, |body| panics(body).is_some());
        assert_eq!(smallest, br#"{"a":["!"]}"#);
        assert_eq!(fewest(&[1, 2, 3], |kept| kept.contains(&2)), [2]);
    }

    #[test]
    fn each_seed_of_a_range_runs_once_and_findings_that_are_alike_are_told_once() {
        let report = run("numbers", 5..105, |seed| Case {
            group: if seed.is_multiple_of(2) {
                "even"
            } else {
                "odd"
            },
            outcome: match seed {
                10 | 20 => Outcome::Found(Box::new(Finding {
                    seed,
                    subject: "a number".to_owned(),
                    mutations: Vec::new(),
                    message: format!("{seed} is round"),
                    payload: Vec::new(),
                })),
                seed if seed < 50 => Outcome::Accepted,
                _ => Outcome::Refused,
            },
        });
        let tally = |mutated, accepted, refused| Tally {
            mutated,
            accepted,
            refused,
        };
        assert_eq!(report.groups["even"], tally(50, 20, 28));
        assert_eq!(report.groups["odd"], tally(50, 23, 27));
        assert_eq!((report.found, report.findings.len()), (2, 1));
    }
}
