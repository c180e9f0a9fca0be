//! The public API of every generated client, as a text that a reviewer reads.

use crate::scratch::workspace;

use xtask::api::{self, ApiItem};
use xtask::vendors;

/// The parts of a client, each in a snapshot of its own: by the start of the items' paths.
const PARTS: &[(&str, &str)] = &[
    ("type_builders", "types::builder::"),
    ("types", "types::"),
    ("calls", "builder::"),
    ("operations", "operations::"),
    ("client", ""),
];

#[test]
fn the_public_api_of_each_client_is_this() {
    let root = workspace();
    for vendor in vendors::all(&root).unwrap() {
        let source = root
            .join("crates/clients")
            .join(&vendor)
            .join("src/generated_client.rs");
        let items = api::list(&std::fs::read_to_string(source).unwrap()).unwrap();
        assert!(items.iter().any(|item| item.path == "Client::new"));
        for (index, (name, start)) in PARTS.iter().enumerate() {
            let is_part = |item: &&ApiItem| {
                let taken = PARTS[..index]
                    .iter()
                    .any(|(_, earlier)| item.path.starts_with(earlier));
                item.path.starts_with(start) && !taken
            };
            let lines: Vec<String> = items.iter().filter(is_part).map(ApiItem::line).collect();
            insta::with_settings!({ snapshot_path => "snapshots/api", prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("{vendor}_{name}"), lines.join("\n"));
            });
        }
    }
}
