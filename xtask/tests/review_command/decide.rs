//! Decisions: how they are written down, and what they do to a review.

use serde_json::Value;

use crate::repository::{Folder, SHOP, changed, without_git};

const DAY: [&str; 2] = ["--today", "2026-06-15"];

/// A repository with one finding that breaks, and the finding's id.
fn broken() -> (Folder, String) {
    let folder = Folder::repository(&[("specs/shop/openapi.yaml", SHOP)]);
    folder.write("specs/shop/openapi.yaml", &changed("/carts:", "/baskets:"));
    let ids = open(&folder);
    assert_eq!(ids.len(), 2, "{ids:?}");
    // Both operations moved; the second is accepted, so that the first alone decides.
    let run = decide(&folder, &ids[1], "accept", &[]);
    assert_eq!(run.0, 0, "{}", run.1);
    (folder, ids[0].clone())
}

fn open(folder: &Folder) -> Vec<String> {
    let run = folder.review(&["--base", "HEAD", "--format", "json"]);
    let review: Value = serde_json::from_str(&run.text).expect("JSON");
    let findings = review["findings"].as_array().expect("a list");
    let ids = findings.iter().map(|it| it["id"].as_str().expect("an id"));
    ids.map(str::to_owned).collect()
}

fn decide(folder: &Folder, id: &str, verdict: &str, more: &[&str]) -> (i32, String) {
    let given = [
        "decide",
        id,
        verdict,
        "--who",
        "Anna",
        "--why",
        "they: \"said\" so",
        "--base",
        "HEAD",
    ];
    let run = folder.review(&[&given[..], more, &DAY[..]].concat());
    (run.code, run.text + &run.errors)
}

fn code(folder: &Folder, more: &[&str]) -> (i32, String) {
    let run = folder.review(&[&["--base", "HEAD"], more].concat());
    (run.code, run.text + &run.errors)
}

#[test]
fn an_accepted_break_passes_a_rejected_one_fails_and_a_question_stays_open() {
    if without_git() {
        return;
    }
    for (verdict, expected) in [("accept", 0), ("reject", 1), ("ask-vendor", 1)] {
        let (folder, id) = broken();
        assert_eq!(code(&folder, &DAY).0, 1);
        let (done, text) = decide(&folder, &id, verdict, &[]);
        assert_eq!(done, 0, "{text}");
        assert!(
            text.starts_with(&format!("specs/shop/decisions.yaml: {verdict} {id} (")),
            "{text}"
        );
        let (found, text) = code(&folder, &DAY);
        assert_eq!(found, expected, "{verdict}: {text}");
        assert!(text.contains(&format!("{verdict} by Anna")), "{text}");
        assert_eq!(code(&folder, &["--fail-on", "never"]).0, 0);
    }
}

#[test]
fn a_rejected_change_fails_though_nothing_breaks() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("specs/shop/openapi.yaml", SHOP)]);
    let note = "        id: {type: string}";
    folder.write(
        "specs/shop/openapi.yaml",
        &changed(note, &format!("{note}\n        note: {{type: string}}")),
    );
    assert_eq!(code(&folder, &[]).0, 0);
    let id = open(&folder).remove(0);
    decide(&folder, &id, "reject", &[]);
    assert_eq!(code(&folder, &["--fail-on", "wire"]).0, 1);
}

#[test]
fn an_acceptance_counts_up_to_its_last_day() {
    if without_git() {
        return;
    }
    let (folder, id) = broken();
    let (done, text) = decide(&folder, &id, "accept", &["--until", "2026-06-30"]);
    assert_eq!(done, 0, "{text}");
    assert_eq!(code(&folder, &["--today", "2026-06-30"]).0, 0);
    let (found, text) = code(&folder, &["--today", "2026-07-01"]);
    assert_eq!(found, 1);
    assert!(
        text.contains("accept by Anna until 2026-06-30 (expired)"),
        "{text}"
    );
    assert_eq!(open(&folder).len(), 2);
}

#[test]
fn a_decision_without_a_finding_is_shown_while_its_spec_is_reviewed() {
    if without_git() {
        return;
    }
    let (folder, id) = broken();
    decide(&folder, &id, "accept", &[]);
    folder.write(
        "specs/shop/openapi.yaml",
        &changed("listCarts", "readCarts"),
    );
    let (_, text) = code(&folder, &[]);
    assert!(
        text.contains(&format!(
            "no finding has the id {id} any more: accept by Anna"
        )),
        "{text}"
    );
    folder.write("specs/shop/openapi.yaml", SHOP);
    let (found, text) = code(&folder, &[]);
    assert_eq!((found, text.contains(&id)), (0, false), "{text}");
}

#[test]
fn what_stands_in_the_file_stays_as_it_is() {
    if without_git() {
        return;
    }
    let (folder, id) = broken();
    let before =
        "# Ours.\n\n".to_owned() + &folder.read("specs/shop/decisions.yaml") + "\n# The end.";
    folder.write("specs/shop/decisions.yaml", &before);
    decide(&folder, &id, "accept", &[]);
    let after = folder.read("specs/shop/decisions.yaml");
    assert!(after.starts_with(&before), "{after}");
    let added = format!(
        "\n- fingerprint: \"{id}\"\n  subject: \"createCart: path: /carts → /baskets\"\n  verdict: accept\n  who: \"Anna\"\n  why: \"they: \\\"said\\\" so\"\n"
    );
    assert_eq!(after.strip_prefix(&before), Some(added.as_str()));
}

#[test]
fn what_can_t_be_decided_is_said_and_nothing_is_written() {
    if without_git() {
        return;
    }
    let (folder, id) = broken();
    let before = folder.read("specs/shop/decisions.yaml");
    let other = "000000000000";
    for (id, verdict, more, message) in [
        ("abc", "accept", &[][..], "`abc` is no fingerprint"),
        (
            other,
            "accept",
            &[],
            "no finding against HEAD has the id `000000000000`",
        ),
        (&id, "perhaps", &[], "use accept, reject or ask-vendor"),
        (
            &id,
            "accept",
            &["--until", "2026-06-14"],
            "--until is in the past",
        ),
        (&id, "accept", &["--until", "soon"], "`soon` is no day"),
        (&id, "accept", &["--why", " "], "--why is empty"),
    ] {
        let more = match more {
            ["--why", _] => vec![],
            more => more.to_vec(),
        };
        let why = if message.contains("--why") { " " } else { "so" };
        let given = [
            "decide", id, verdict, "--who", "Anna", "--why", why, "--base", "HEAD",
        ];
        let run = folder.review(&[&given[..], &more, &DAY[..]].concat());
        assert_eq!(run.code, 2, "{id} {verdict} {more:?}: {}", run.text);
        assert!(run.errors.contains(message), "{message}: {}", run.errors);
        assert_eq!(folder.read("specs/shop/decisions.yaml"), before);
    }
    assert_eq!(decide(&folder, &id, "accept", &[]).0, 0);
    let (done, text) = decide(&folder, &id, "reject", &[]);
    assert_eq!(done, 2);
    assert!(
        text.contains("has been decided already: accept by Anna"),
        "{text}"
    );
}

#[test]
fn a_broken_file_of_decisions_is_no_review() {
    if without_git() {
        return;
    }
    let (folder, _) = broken();
    folder.write(
        "specs/shop/decisions.yaml",
        "- fingerprint: abcdefabcdef\n  because: x\n",
    );
    let (found, text) = code(&folder, &[]);
    assert_eq!(found, 2);
    assert!(
        text.contains("specs/shop/decisions.yaml:2:3: unknown key `because`"),
        "{text}"
    );
}

#[test]
fn two_vendors_have_different_ids_for_the_same_change() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[
        ("specs/a/openapi.yaml", SHOP),
        ("specs/b/openapi.yaml", SHOP),
    ]);
    for vendor in ["a", "b"] {
        let new = changed("listCarts", "readCarts");
        folder.write(&format!("specs/{vendor}/openapi.yaml"), &new);
    }
    let ids = open(&folder);
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn two_files_are_decided_about_beside_the_new_one() {
    let new = changed("listCarts", "readCarts");
    let folder = Folder::new(&[("old.yaml", SHOP), ("new.yaml", &new)]);
    let files = ["--from", "old.yaml", "--to", "new.yaml"];
    let run = folder.review(&[&files[..], &["--format", "json"]].concat());
    let review: Value = serde_json::from_str(&run.text).unwrap();
    let id = review["findings"][0]["id"].as_str().unwrap();
    let run = folder.review(
        &[
            &["decide", id, "accept", "--who", "a", "--why", "b"],
            &files[..],
        ]
        .concat(),
    );
    assert_eq!(
        (run.code, folder.read("decisions.yaml").contains(id)),
        (0, true),
        "{}",
        run.errors
    );
    assert_eq!(folder.review(&files).code, 0);
}
