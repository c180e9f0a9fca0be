//! Nothing that stands in a file makes a review panic, hang, or say something else the next time.

mod broken;
mod fuzz;
mod huge;
mod mutate;
mod same;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use xtask::load::{Document, LoadError};
use xtask::review::compare::{Comparison, compare};

const SOUND: &str = include_str!("robust/sound.yaml");

/// Loads and compares two texts as bytes.
fn review(old: &[u8], new: &[u8]) -> Result<Comparison, LoadError> {
    let old = Document::parse_bytes("old.yaml", old)?;
    let new = Document::parse_bytes("new.yaml", new)?;
    compare(&old, &new)
}

/// The same, on a thread of its own: one that never ends or panics fails with the case's name.
fn bounded(name: &str, old: String, new: String) -> Result<Comparison, LoadError> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || sender.send(review(old.as_bytes(), new.as_bytes())));
    let answer = receiver.recv_timeout(Duration::from_secs(20));
    answer.unwrap_or_else(|error| panic!("{name}: no answer, {error}"))
}

/// The committed specs, with their names.
fn real() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../specs");
    let mut all: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .filter_map(|entry| {
            let path = entry.unwrap().path().join("openapi.yaml");
            let text = std::fs::read_to_string(&path).ok()?;
            Some((path.display().to_string(), text))
        })
        .collect();
    all.sort();
    assert!(!all.is_empty());
    all
}
