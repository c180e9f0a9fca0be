//! Drift: the clients are what the specs describe, and a field that changes in a spec is seen in the client.

use crate::scratch::{SPEC, Scratch, workspace};
use xtask::{vendors, write};

#[test]
fn the_committed_clients_are_what_the_specs_describe() {
    for vendor in vendors::all(&workspace()).unwrap() {
        let generated =
            xtask::generate::vendor(&workspace(), &vendor).expect("lint takes the spec");
        let differences = write::compare(&workspace(), &generated).unwrap();
        let diff: String = differences.iter().map(write::diff).collect();
        assert!(
            diff.is_empty(),
            "run `cargo xtask update` and commit what it writes:\n{diff}"
        );
    }
}

#[test]
fn an_added_field_is_shown_as_what_it_adds_to_the_client() {
    let scratch = Scratch::new();
    let field = "        tax_exempt:\n          type: boolean\n          description: Whether no tax is due.\n";
    scratch.edit(
        SPEC,
        "        tax_included:\n",
        &format!("{field}        tax_included:\n"),
    );
    insta::assert_snapshot!(scratch.diff());
}

#[test]
fn a_renamed_field_is_shown_as_what_it_takes_and_gives() {
    let scratch = Scratch::new();
    scratch.edit(SPEC, "        cart_amount:\n", "        cart_sum:\n");
    insta::assert_snapshot!(scratch.diff());
}

#[test]
fn a_removed_field_is_shown_as_what_it_takes_from_the_client() {
    let scratch = Scratch::new();
    let head = "        manual_discount_amount:\n";
    let spec = scratch.read(SPEC);
    let body = &spec[spec.find(head).expect("the field is there") + head.len()..];
    let body: String = body
        .split_inclusive('\n')
        .take_while(|line| line.starts_with("          "))
        .collect();
    scratch.edit(SPEC, &format!("{head}{body}"), "");
    insta::assert_snapshot!(scratch.diff());
}
