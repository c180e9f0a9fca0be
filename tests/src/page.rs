//! A page, or a marked part of one, that a test writes.

use std::path::{Path, PathBuf};

/// The file below the root of the workspace.
pub fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name)
}

/// Holds a whole page against what it should be.
pub fn check(name: &str, expected: &str) {
    let found = std::fs::read_to_string(file(name)).unwrap_or_default();
    settle(name, &found, expected.to_owned());
}

/// Holds the part of a page between `<!-- mark: begin -->` and `<!-- mark: end -->` against what it should be.
pub fn check_part(name: &str, mark: &str, expected: &str) {
    let page = std::fs::read_to_string(file(name)).expect("the page is there");
    let (begin, end) = (
        format!("<!-- {mark}: begin -->\n"),
        format!("<!-- {mark}: end -->"),
    );
    let (before, rest) = page
        .split_once(&begin)
        .unwrap_or_else(|| panic!("{name} lacks the line {begin}"));
    let (_, after) = rest
        .split_once(&end)
        .unwrap_or_else(|| panic!("{name} lacks the line {end}"));
    settle(
        name,
        &page,
        format!("{before}{begin}{expected}{end}{after}"),
    );
}

fn settle(name: &str, found: &str, expected: String) {
    if found == expected {
        return;
    }
    if std::env::var_os("UPDATE_PAGES").is_some() {
        std::fs::write(file(name), expected).expect("the page can be written");
        return;
    }
    let differing = found
        .lines()
        .zip(expected.lines())
        .position(|(a, b)| a != b);
    let line = differing.unwrap_or_else(|| found.lines().count().min(expected.lines().count()));
    panic!(
        "{name}:{}: out of date.\n  there: {}\nexpected: {}\nMend: run `UPDATE_PAGES=1 cargo test -p {}` and commit what it writes.",
        line + 1,
        found.lines().nth(line).unwrap_or("(the end)"),
        expected.lines().nth(line).unwrap_or("(the end)"),
        env!("CARGO_PKG_NAME"),
    );
}
