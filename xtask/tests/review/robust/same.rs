//! What is the same is found to be the same.

use fastrand::Rng;
use xtask::load::{Document, Node, Value};

use super::{SOUND, real};
use crate::{all_told, compared, parsed};

/// The document as JSON, with the keys of its mappings in another order.
///
/// The keys that tell a union's forms apart are tried in written order: they keep it.
fn shuffled(node: &Node, keep: bool, rng: &mut Rng) -> String {
    match &node.value {
        Value::Map(entries) => {
            let mut entries: Vec<_> = entries.iter().collect();
            if !keep {
                rng.shuffle(&mut entries);
            }
            let texts = entries.iter().map(|(key, child)| {
                let ordered = key.text == "x-variant-keys";
                let text = serde_json::Value::from(key.text.as_str());
                format!("{text}: {}", shuffled(child, ordered, rng))
            });
            format!("{{{}}}", texts.collect::<Vec<_>>().join(", "))
        }
        Value::Seq(elements) => {
            let texts = elements.iter().map(|child| shuffled(child, false, rng));
            format!("[{}]", texts.collect::<Vec<_>>().join(", "))
        }
        _ => node.to_json().to_string(),
    }
}

fn documents() -> Vec<Document> {
    let mut all: Vec<Document> = real()
        .iter()
        .map(|(name, text)| parsed(name, text))
        .collect();
    all.push(parsed("sound.yaml", SOUND));
    all
}

#[test]
fn a_document_is_equal_to_itself() {
    for document in documents() {
        let comparison = compared(&document, &document);
        let (findings, notes) = (comparison.findings, comparison.notes);
        assert!(
            findings.is_empty(),
            "{}: {}",
            document.file,
            all_told(&findings)
        );
        assert!(notes.is_empty(), "{}: {notes:?}", document.file);
        assert_eq!(comparison.documentation, 0, "{}", document.file);
    }
}

#[test]
fn the_order_of_keys_says_nothing() {
    for document in documents() {
        let mut rng = Rng::with_seed(7);
        let other = parsed(&document.file, &shuffled(&document.root, false, &mut rng));
        for (old, new) in [(&document, &other), (&other, &document)] {
            let findings = compared(old, new).findings;
            assert!(
                findings.is_empty(),
                "{}: {}",
                document.file,
                all_told(&findings)
            );
        }
    }
}

/// Each committed spec against each: much is found, and the same each time.
#[test]
fn documents_that_have_nothing_in_common_are_reviewed_alike_each_time() {
    let documents = documents();
    for (old, new) in documents.iter().zip(documents.iter().skip(1)) {
        let once = compared(old, new);
        let again = compared(old, new);
        assert!(!once.findings.is_empty(), "{} → {}", old.file, new.file);
        assert_eq!(
            format!("{:?}", once.findings),
            format!("{:?}", again.findings)
        );
        assert_eq!(format!("{:?}", once.notes), format!("{:?}", again.notes));
    }
}
