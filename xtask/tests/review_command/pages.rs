//! `docs/reviews/`: for each vendor a change that it might make, and the review of it, made by the program in a clone.

use std::path::Path;

use crate::page;
use crate::repository::{Folder, workspace};

/// What a review reads beside the specs: the workspace's version, the cart interface, and the tests that cover it.
const PARTS: [&str; 4] = [
    "Cargo.toml",
    "crates/cartwright/src",
    "tests/behaviour",
    "tests/tests/vendors",
];

const FOLDER: &str = "docs/reviews";

/// The vendors whose change is shown.
fn shown() -> Vec<String> {
    let files = std::fs::read_dir(page::file(FOLDER)).expect("a folder");
    let names = files.map(|entry| entry.expect("an entry").file_name());
    let names = names.map(|name| name.into_string().expect("UTF-8"));
    let mut vendors: Vec<String> = names
        .filter_map(|name| Some(name.strip_suffix(".patch")?.to_owned()))
        .collect();
    vendors.sort();
    assert!(!vendors.is_empty(), "{FOLDER} shows no change");
    vendors
}

/// The changes are made to copies, which stay as they are while the specs go on.
#[test]
fn the_review_of_a_change_of_each_vendor_is_the_page_that_shows_it() {
    if crate::repository::without_git() {
        return;
    }
    let folder = Folder::new(&[]);
    for part in PARTS {
        copy(&workspace().join(part), &folder.path().join(part));
    }
    for vendor in shown() {
        let spec = page::file(&format!("{FOLDER}/{vendor}"));
        copy(&spec, &folder.path().join(format!("specs/{vendor}")));
    }
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    folder.commit();
    for vendor in shown() {
        let change = page::file(&format!("{FOLDER}/{vendor}.patch"));
        let change = change.to_str().expect("UTF-8");
        folder.git(&["apply", change]);
    }
    let pages = std::thread::scope(|scope| {
        let running: Vec<_> = shown()
            .into_iter()
            .map(|vendor| {
                let folder = &folder;
                scope.spawn(move || {
                    let asked = ["--base", "HEAD", "--format", "markdown", &vendor];
                    let run = folder.review(&asked);
                    assert_eq!(run.code, 1, "{vendor}: {}", run.errors);
                    (vendor, run.text)
                })
            })
            .collect();
        let pages = running
            .into_iter()
            .map(|thread| thread.join().expect("no panic"));
        pages.collect::<Vec<_>>()
    });
    for (vendor, review) in pages {
        let head = format!(
            "[A change]({vendor}.patch) that the vendor might make, and what the review of it says. The change is made to [a short copy]({vendor}/openapi.yaml) of the spec, so that this page stays as it is while the spec goes on. The spec itself takes it as long as the patch fits:\n\n```console\ngit apply docs/reviews/{vendor}.patch\ncargo xtask review --base HEAD --format markdown {vendor}\n```\n\n"
        );
        page::check(
            &format!("docs/reviews/{vendor}.md"),
            &format!("{head}{review}"),
        );
    }
}

fn copy(from: &Path, to: &Path) {
    if from.is_dir() {
        std::fs::create_dir_all(to).expect("a folder");
        for entry in std::fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            copy(&entry.path(), &to.join(entry.file_name()));
        }
    } else {
        std::fs::create_dir_all(to.parent().expect("a parent")).expect("a folder");
        std::fs::copy(from, to).expect("a file");
    }
}
