//! What the program says about itself and about the vendors.

use serde_json::{Value, json};

use crate::run::run;

#[cfg(feature = "record")]
#[test]
fn the_help_of_the_program_lists_every_command() {
    insta::assert_snapshot!(run(&["--help"]).shown());
}

#[cfg(feature = "record")]
#[test]
fn the_help_of_create_shows_the_grammar_of_a_line() {
    insta::assert_snapshot!(run(&["create", "--help"]).shown());
}

#[test]
fn vendors_shows_what_each_can_do_and_where_its_settings_are_read() {
    insta::assert_snapshot!(run(&["vendors"]).shown());
}

#[test]
fn vendors_as_json_names_each_verb_and_setting() {
    let vendors = run(&["vendors", "-o", "json"]).json();
    let vendors = &vendors["vendors"];
    let names: Vec<&Value> = vendors
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["vendor"])
        .collect();
    assert_eq!(names, ["bigcommerce", "cpanel", "liquidweb", "webroot"]);
    let first = &vendors[0];
    assert_eq!(first["vendor"], "bigcommerce");
    assert_eq!(first["capability"]["add-lines"], "supported");
    assert_eq!(first["capability"]["place-order"], "none");
    let token = json!({
        "name": "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
        "required": true,
        "meaning": "the token of an API account with the scope store_cart",
    });
    assert!(
        first["settings"].as_array().unwrap().contains(&token),
        "{first}"
    );
}

#[test]
fn vendors_shows_the_one_that_is_named() {
    let shown = run(&["vendors", "--vendor", "cpanel"]);
    assert_eq!(shown.code, Some(0), "{}", shown.stderr);
    assert!(
        shown.stdout.starts_with("| verb         | cpanel    |\n"),
        "{}",
        shown.stdout
    );
    assert!(
        shown.stdout.contains("CARTWRIGHT_CPANEL_HOST"),
        "{}",
        shown.stdout
    );
    for other in ["bigcommerce", "BIGCOMMERCE", "LIQUIDWEB", "WEBROOT"] {
        assert!(!shown.stdout.contains(other), "{}", shown.stdout);
    }
    let json = run(&["vendors", "--vendor", "webroot", "-ojson"]).json();
    assert_eq!(json["vendors"].as_array().unwrap().len(), 1);
    assert_eq!(json["vendors"][0]["vendor"], "webroot");
    let all = run(&["vendors", "--vendor", "all", "-ojson"]).json();
    assert_eq!(all, run(&["vendors", "-ojson"]).json());
}

#[test]
fn each_shell_gets_completions_for_every_command() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let done = run(&["completions", shell]);
        assert_eq!((done.code, done.stderr.as_str()), (Some(0), ""), "{shell}");
        for command in ["create", "checkout", "vendors", "sandbox"] {
            assert!(done.stdout.contains(command), "{shell}: {command}");
        }
    }
}

#[test]
fn help_and_version_are_results_whatever_the_form() {
    for arguments in [["--help", "-ojson"], ["--version", "-ojson"]] {
        let done = run(&arguments);
        assert_eq!(
            (done.code, done.stderr.as_str()),
            (Some(0), ""),
            "{arguments:?}"
        );
        assert!(
            done.stdout.starts_with("C") || done.stdout.starts_with("cart "),
            "{arguments:?}"
        );
        assert!(
            serde_json::from_str::<Value>(&done.stdout).is_err(),
            "{arguments:?}"
        );
    }
}
