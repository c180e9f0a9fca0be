//! `cart create --sandbox`: the first thing that a newcomer runs.

use serde_json::Value;

use crate::run::{Run, cart, run};

const DEMONSTRATION: [&str; 4] = ["create", "--sandbox", "--vendor", "bigcommerce"];

#[test]
fn the_demonstration_cart_shows_lines_totals_currency_and_checkout() {
    insta::assert_snapshot!(run(&DEMONSTRATION).shown());
}

#[test]
fn a_cart_as_json_is_the_whole_cart() {
    let done = run(&[DEMONSTRATION.as_slice(), &["-o", "json"]].concat());
    insta::assert_snapshot!(without_times(&done.stdout));
}

#[test]
fn the_vendors_own_answer_is_added_where_it_is_asked_for() {
    let json = [DEMONSTRATION.as_slice(), &["-o", "json"]].concat();
    assert_eq!(run(&json).json().get("vendor_response"), None);
    let asked = run(&[json.as_slice(), &["--vendor-response"]].concat()).json();
    let own = &asked["vendor_response"]["data"]["line_items"]["physical_items"];
    assert_eq!(own[1]["variant_id"], 142);
    let table = run(&[DEMONSTRATION.as_slice(), &["--vendor-response"]].concat());
    assert_eq!((table.code, table.stdout.as_str()), (Some(2), ""));
}

/// The vendor sends numbers for some lines and texts for others.
#[test]
fn amounts_and_kinds_have_one_form_at_every_vendor() {
    let carts = run(&["create", "--sandbox", "--vendor=all", "-ojson"]).json();
    let mut seen = 0;
    for cart in carts["carts"].as_object().unwrap().values() {
        let lines = cart["line_items"].as_array().unwrap();
        for line in lines {
            assert!(line["kind"].is_string(), "{line}");
            assert!(
                line["unit_price"].is_string() || line["unit_price"].is_null(),
                "{line}"
            );
        }
        let totals = lines
            .iter()
            .chain([cart])
            .filter_map(|of| of["totals"].as_array());
        for total in totals.flatten() {
            assert!(
                total["amount"].is_string() && total["kind"].is_string(),
                "{total}"
            );
            seen += 1;
        }
    }
    assert!(seen > 20, "{seen}");
}

/// The text with a fixed word for each point in time.
fn without_times(json: &str) -> String {
    let lines = json.lines().map(|line| match line.split_once("_at\": \"") {
        Some((key, _)) => format!("{key}_at\": \"[time]\","),
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_kind_of_line_is_shown_and_wide_names_stay_aligned() {
    let done = run(&[
        "create",
        "--sandbox",
        "--vendor=bigcommerce",
        "--line=product:118,variant=140,qty=2,price=1.005,option=126=128",
        "--line=product:128,date=147=2026-01-31",
        "--line=product:152",
        "--line=custom:名入れ\\, 金,price=4.50,qty=3,sku=E-1",
        "--line=gift:Voucher,amount=25,theme=Boy,from=Ann<ann@example.com>,to=Bo<bo@example.com>",
        "--currency=EUR",
        "--locale=ja-JP",
        "--customer=10",
    ]);
    insta::assert_snapshot!(done.shown());
}

#[test]
fn a_name_cannot_drive_the_terminal() {
    let done = run(&[
        "create",
        "--sandbox",
        "--vendor=bigcommerce",
        "--line",
        "custom:a\u{1b}[2J\nb,price=1",
    ]);
    assert_eq!(done.code, Some(0), "{}", done.stderr);
    assert!(done.stdout.contains("| a [2J b |"), "{}", done.stdout);
}

/// A terminal obeys U+009B as it obeys ESC [, and U+202E turns the rest of the line around.
#[test]
fn json_cannot_drive_the_terminal_either() {
    let name = "a\u{9b}2Jb\u{202e}c\u{2028}d";
    let line = format!("custom:{name},price=1");
    let done = run(&[
        "create",
        "--sandbox",
        "--vendor=bigcommerce",
        "--line",
        &line,
        "-ojson",
    ]);
    assert!(
        !done.stdout.contains(['\u{9b}', '\u{202e}', '\u{2028}']),
        "{}",
        done.stdout
    );
    assert_eq!(done.json()["line_items"][0]["name"], name);
}

#[test]
fn the_note_about_the_demonstration_stays_out_of_the_result() {
    let done = run(&[DEMONSTRATION.as_slice(), &["-o", "json"]].concat());
    assert!(done.json().is_object());
    assert!(
        done.stderr
            .starts_with("note: this is the sandbox's demonstration cart"),
        "{}",
        done.stderr
    );
    let own = run(&[DEMONSTRATION.as_slice(), &["--line", "product:126"]].concat());
    assert_eq!(own.stderr, "");
}

#[test]
fn neither_a_proxy_nor_missing_authorities_stand_between_the_program_and_its_sandbox() {
    let mut command = cart(&["create", "--sandbox", "--vendor=bigcommerce", "-o", "json"]);
    for name in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "ALL_PROXY"] {
        command.env(name, "http://127.0.0.1:9");
    }
    command
        .env("SSL_CERT_FILE", "/nonexistent")
        .env("SSL_CERT_DIR", "/nonexistent");
    assert_eq!(Run::of(&mut command).json()["currency"], "USD");
}

#[test]
fn settings_of_the_environment_do_not_reach_the_sandbox() {
    let mut command = cart(&["create", "--sandbox", "--vendor=bigcommerce", "-o", "json"]);
    command
        .env("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "of another shop")
        .env("CARTWRIGHT_BIGCOMMERCE_BASE_URL", "http://127.0.0.1:9");
    let done = Run::of(&mut command).json();
    assert_ne!(done["id"], Value::Null);
}
