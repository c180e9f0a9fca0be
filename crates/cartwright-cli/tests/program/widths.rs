//! No line is wider than the terminal, but for ids and addresses that somebody copies.

use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::run::{Run, Served, cart};

/// Columns that labels and indents may take before a word that stays whole.
const BEFORE: usize = 24;

fn assert_fits(run: &Run, width: usize, of: &str) {
    for line in run.stdout.lines().chain(run.stderr.lines()) {
        let longest = line.split_whitespace().map(UnicodeWidthStr::width).max();
        let has_whole = longest.is_some_and(|longest| longest + BEFORE > width);
        // clap does not wrap these, and the longest needs 67 columns.
        let is_usage = width < 80 && line.starts_with("Usage: ");
        assert!(
            line.width() <= width || has_whole || is_usage,
            "{of}: {} columns of {width}:\n{line}",
            line.width()
        );
    }
}

#[test]
fn every_command_and_every_help_fits() {
    let mut commands: Vec<Vec<&str>> = vec![
        vec![],
        vec!["--help"],
        vec!["-h"],
        vec!["help"],
        vec!["buy"],
        vec!["vendors"],
        vec!["vendors", "--vendor", "cpanel"],
        vec!["sandbox", "--list"],
        vec!["create", "--sandbox", "--vendor", "all"],
        vec![
            "create",
            "--sandbox",
            "--vendor",
            "all",
            "--currency",
            "EUR",
        ],
        vec!["create", "--sandbox", "--vendor", "shopfront"],
        vec!["create", "--vendor", "liquidweb", "--line", "service:A"],
        vec!["create", "--line", "product:118,size=L"],
        vec!["create", "--line", "118"],
        vec!["create"],
        vec!["update", "bigcommerce:x", "line"],
        vec!["get", "6e193ce6"],
        vec!["get", "bigcommerce:cart", "--sandbox"],
        vec![
            "get",
            "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e",
            "--sandbox",
        ],
        vec![
            "get",
            "liquidweb:1b39896a-51a8-449b-93cb-9f0c747ea2ea",
            "--sandbox",
        ],
        vec!["sandbox", "--seed-data", "/nowhere/seed.yaml"],
        vec!["har", "/nowhere"],
        vec!["--replay", "/nowhere", "get", "bigcommerce:x"],
    ];
    let names = [
        "create",
        "get",
        "add",
        "update",
        "remove",
        "delete",
        "checkout",
        "customer",
        "order",
        "vendors",
        "sandbox",
        "har",
        "completions",
    ];
    for name in names {
        commands.push(vec![name, "--help"]);
        commands.push(vec![name, "-h"]);
        commands.push(vec!["help", name]);
    }
    for width in [40, 80, 200] {
        for words in &commands {
            let run = Run::of(cart(words).env("COLUMNS", width.to_string()));
            assert_fits(&run, width, &words.join(" "));
        }
    }
    // Nobody says how wide a pipe is.
    for words in &commands {
        assert_fits(&Run::of(&mut cart(words)), 80, &words.join(" "));
    }
}

#[test]
fn every_step_of_a_life_fits() {
    for width in [40, 80, 200] {
        let shop = Served::start();
        let run = |words: &[&str]| {
            let mut command = cart(words);
            command
                .envs(shop.environment.iter().cloned())
                .env("COLUMNS", width.to_string());
            let run = Run::of(&mut command);
            assert_fits(&run, width, &words.join(" "));
            run
        };
        let id = |vendor: &str, line: &str| {
            let created = shop
                .run(&["create", "--vendor", vendor, "--line", line, "-ojson"])
                .json();
            let line = created["line_items"][0]["id"].as_str().unwrap().to_owned();
            (created["id"].as_str().unwrap().to_owned(), line)
        };
        let (cart, line) = id("bigcommerce", "product:118,variant=140,option=126=128");
        let gift = "gift:A voucher for a friend,amount=25,theme=Boy,from=Ann<ann@example.com>,to=Bo<bo@example.com>";
        run(&[
            "add",
            &cart,
            "--line",
            gift,
            "--line",
            "custom:名入れ名入れ名入れ名入れ名入れ名入れ名入れ名入れ,price=1234.5",
        ]);
        run(&["get", &cart]);
        run(&["update", &cart, &line, "--qty", "3"]);
        run(&["customer", &cart, "11"]);
        run(&["checkout", &cart]);
        for how in [
            json!({"reset": true}),
            json!({"status": 503, "body": "<html><head><title>Sorry</title></head><body>We are down for maintenance</body></html>"}),
        ] {
            shop.tell("faults", &json!([how_struck(how)]));
            let lost = run(&["add", &cart, "--line", "product:126"]);
            assert_eq!(lost.code, Some(3), "{}", lost.stderr);
        }
        run(&["add", &cart, "--line", "product:118"]);
        run(&["remove", &cart, &line]);
        run(&["delete", &cart]);
        run(&["get", &cart]);

        let (cart, _) = id("webroot", "license:SAEP,seats=25,years=1");
        run(&["order", &cart]);
        let school = "contact:key=school-17,first=Ben,last=Muster,company=Musterschule,kind=business,\
                      email=ben@example.com,line1=1 Example Street,city=München,postal=80331,country=DE";
        run(&["customer", &cart, school]);
        run(&["order", &cart, "--purchase-order", "PO-4711"]);
        run(&["order", &cart, "--purchase-order", "PO-4711"]);

        let (cart, _) = id("liquidweb", "service:CLOUD.VPS,option=11=111");
        run(&[
            "add",
            &cart,
            "--line",
            "service:LIC.MAIL",
            "--line",
            "service:NONE",
        ]);
        run(&["add", &cart, "--line", "service:LIC.MAIL,region=2"]);
        let (cart, _) = id(
            "cpanel",
            "item:123456,price=9.99,description=Looks after the certificates of a domain and of all below it",
        );
        run(&["checkout", &cart]);
        run(&["get", &cart]);
    }
}

fn how_struck(mut how: serde_json::Value) -> serde_json::Value {
    how["vendor"] = "bigcommerce".into();
    how["operation"] = "addCartLineItems".into();
    how["times"] = 1.into();
    how
}
