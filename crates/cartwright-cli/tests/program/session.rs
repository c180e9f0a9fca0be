//! The session in the README: typed here, shown there.

use std::path::Path;

use serde_json::Value;

use crate::run::{Run, Served};

const README: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../README.md");
const BEGIN: &str = "<!-- session: begin -->\n```console\n";
const END: &str = "```\n<!-- session: end -->";

/// Commands and what they print, as a terminal shows them.
struct Terminal {
    shop: Served,
    shown: String,
}

impl Terminal {
    fn run(&mut self, command: &str) -> Run {
        let words: Vec<&str> = command.split(' ').collect();
        let run = self.shop.run(&words);
        self.shown.push_str(&format!("$ cart {command}\n"));
        for text in [&run.stdout, &run.stderr] {
            for line in text.lines() {
                self.shown.push_str(line.trim_end());
                self.shown.push('\n');
            }
        }
        self.shown.push('\n');
        run
    }

    /// What the cart holds now, without showing that it was asked for.
    fn cart(&self, id: &str) -> Value {
        self.shop.run(&["get", id, "-o", "json"]).json()
    }
}

#[test]
fn the_readme_shows_a_session_that_was_typed() {
    // A cart's id follows from the seed, so the README's is always the same.
    let mut terminal = Terminal {
        shop: Served::start(),
        shown: String::new(),
    };
    let created = terminal.run("create --vendor bigcommerce --line product:126,qty=2");
    let id = created.stdout.lines().next().unwrap().to_owned();
    terminal.run(&format!("add {id} --line custom:Engraving,price=4.50"));
    let cart = terminal.cart(&id);
    let line = cart["line_items"][0]["id"].as_str().unwrap();
    terminal.run(&format!("update {id} {line} --qty 3"));
    terminal.run(&format!("customer {id} 11"));
    terminal.run(&format!("checkout {id}"));
    terminal.run(&format!("delete {id}"));
    assert_eq!(terminal.run(&format!("get {id}")).code, Some(1));

    let expected = format!("{}\n", terminal.shown.trim_end());
    let readme = std::fs::read_to_string(README).unwrap();
    let (before, rest) = readme.split_once(BEGIN).unwrap();
    let (found, after) = rest.split_once(END).unwrap();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        let written = format!("{before}{BEGIN}{expected}{END}{after}");
        return std::fs::write(Path::new(README), written).unwrap();
    }
    assert_eq!(
        found, expected,
        "the README's session is out of date. Mend: run `UPDATE_PAGES=1 cargo test -p cartwright-cli` and commit what it writes"
    );
}
