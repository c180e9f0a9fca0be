//! `cart sandbox`: a stand-in that other processes speak to.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::run::{Killed, Served, cart, run};

#[test]
fn ids_follow_the_seed() {
    let id = |seed| {
        let created = Served::with_seed(seed)
            .run(&[
                "create",
                "--vendor=bigcommerce",
                "--line",
                "product:126",
                "-o",
                "json",
            ])
            .json();
        created["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(id("7"), id("7"));
    assert_ne!(id("7"), id("8"));
}

#[test]
fn it_listens_on_the_loopback_interface_and_says_so() {
    let shop = Served::start();
    assert!(
        shop.address.starts_with("http://127.0.0.1:"),
        "{}",
        shop.address
    );
    assert!(
        shop.setting("CARTWRIGHT_BIGCOMMERCE_BASE_URL")
            .starts_with(&shop.address)
    );
}

#[cfg(unix)]
#[test]
fn it_serves_until_a_signal_and_ends_well() {
    for signal in ["INT", "TERM"] {
        let shop = Served::start();
        assert_eq!(
            shop.run(&["create", "--vendor=bigcommerce", "--line", "product:126"])
                .code,
            Some(0)
        );
        assert_eq!(shop.end_by(signal), (Some(0), String::new()), "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn its_text_is_lines_that_a_shell_takes() {
    let (_served, text) = served_text();
    let creations =
        LINES.map(|(vendor, line)| format!("\"$0\" create --vendor {vendor} --line {line}\n"));
    let script = format!("{text}\n{}", creations.concat());
    let done = Command::new("/bin/sh")
        .args(["-euc", &script, env!("CARGO_BIN_EXE_cart")])
        .env_clear()
        .output()
        .unwrap();
    assert!(
        done.status.success(),
        "{text}{}",
        String::from_utf8_lossy(&done.stderr)
    );
    assert!(
        text.lines()
            .all(|line| line.starts_with("# ") || line.starts_with("export CARTWRIGHT_")),
        "{text}"
    );
}

/// A running sandbox, and what it printed before it was silent.
fn served_text() -> (Killed, String) {
    let mut served = Killed(cart(&["sandbox"]).stdout(Stdio::piped()).spawn().unwrap());
    let mut text = String::new();
    // The base URL is the last of a vendor's settings.
    for line in BufReader::new(served.0.stdout.take().unwrap()).lines() {
        text.push_str(&line.unwrap());
        text.push('\n');
        if text.matches("BASE_URL=").count() == 4 {
            break;
        }
    }
    (served, text)
}

#[test]
fn its_text_is_a_file_that_credentials_reads() {
    let (_served, text) = served_text();
    let quoted: String = text
        .lines()
        .map(|line| {
            match line
                .strip_prefix("export ")
                .and_then(|rest| rest.split_once('='))
            {
                Some((name, value)) => format!("{name} = '{value}' # as printed\n"),
                None => format!("{line}\n"),
            }
        })
        .collect();
    for text in [
        text.clone(),
        text.replace('\n', "\r\n"),
        format!("\u{feff}{text}"),
        quoted,
    ] {
        let settings = file(&text);
        for (vendor, line) in LINES {
            let words = [
                "create",
                "--vendor",
                vendor,
                "--line",
                line,
                "--credentials",
            ];
            let done = run(&[&words[..], &[settings.path().to_str().unwrap()]].concat());
            assert_eq!(done.code, Some(0), "{text}\n{}", done.stderr);
        }
    }
}

/// Each line of the list, as it stands there, is one that the stand-in takes.
#[test]
fn what_the_list_shows_can_be_ordered() {
    let list = run(&["sandbox", "--list", "-ojson"]).json();
    let offers = list["offers"].as_array().unwrap();
    let shop = Served::start();
    for offer in offers {
        let (vendor, line) = (
            offer["vendor"].as_str().unwrap(),
            offer["line"].as_str().unwrap(),
        );
        let done = shop.run(&["create", "--vendor", vendor, "--line", line, "-ojson"]);
        assert_eq!(done.code, Some(0), "{line}: {}", done.stderr);
    }
    let vendors: std::collections::BTreeSet<&str> = offers
        .iter()
        .filter_map(|offer| offer["vendor"].as_str())
        .collect();
    assert_eq!(vendors.len(), LINES.len());
}

#[test]
fn the_list_can_be_of_one_vendor_and_of_seed_data_and_is_for_readers_too() {
    let of_one = run(&["sandbox", "--list", "--vendor", "bigcommerce"]);
    assert_eq!(of_one.code, Some(0), "{}", of_one.stderr);
    assert!(
        of_one.stdout.contains("| T-Shirt (Small, Blue)"),
        "{}",
        of_one.stdout
    );
    assert!(
        of_one.stdout.contains("product:118,variant=140"),
        "{}",
        of_one.stdout
    );
    assert!(!of_one.stdout.contains("webroot"), "{}", of_one.stdout);
    let builtin = include_str!("../../../cartwright-sandbox/src/bigcommerce/seed.yaml");
    let indented: String = builtin.lines().map(|line| format!("  {line}\n")).collect();
    let data = file(&format!("bigcommerce:\n{indented}").replace("id: 126\n", "id: 9126\n"));
    let own = run(&[
        "sandbox",
        "--list",
        "--seed-data",
        data.path().to_str().unwrap(),
    ]);
    assert!(own.stdout.contains("product:9126 "), "{}", own.stdout);
}

/// A line that each vendor's stand-in takes.
const LINES: [(&str, &str); 4] = [
    ("bigcommerce", "product:126"),
    ("cpanel", "item:1"),
    ("liquidweb", "service:BACKUP.OFFSITE"),
    ("webroot", "license:SAEP,seats=1,years=1"),
];

const CREATE: [&str; 6] = [
    "create",
    "--vendor=bigcommerce",
    "--line",
    "product:126",
    "-o",
    "json",
];

/// A file with this text, which goes with the test.
fn file(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn a_state_goes_on_where_it_was_taken_with_its_seed_unless_another_is_given() {
    let first = Served::with(&["--seed", "7", "--time", "2026-01-31T09:00:00Z"]);
    let created = first.run(&CREATE).json();
    let state = file(&first.ask("state"));
    let path = state.path().to_str().unwrap();

    let second = Served::with(&["--state", path]);
    let id = created["id"].as_str().unwrap();
    let read = |shop: &Served| shop.run(&["get", id, "-o", "json"]).json();
    assert_eq!(read(&second), read(&first));
    assert_eq!(second.run(&CREATE).json(), first.run(&CREATE).json());

    for (arguments, seed, time) in [
        (vec![], 7, "2026-01-31T09:00:00.000Z"),
        (
            vec!["--seed", "8", "--time", "2026-02-01T09:00:00Z"],
            8,
            "2026-02-01T09:00:00.000Z",
        ),
    ] {
        let shop = Served::with(&[&["--state", path], arguments.as_slice()].concat());
        let asked = |call| serde_json::from_str::<Value>(&shop.ask(call)).unwrap();
        assert_eq!(asked("state")["seed"], seed);
        assert_eq!(asked("clock")["time"], time);
    }
}

#[test]
fn seed_data_replaces_what_a_vendor_starts_from() {
    let builtin = include_str!("../../../cartwright-sandbox/src/bigcommerce/seed.yaml");
    let indented: String = builtin.lines().map(|line| format!("  {line}\n")).collect();
    let data = file(&format!("bigcommerce:\n{indented}").replace("id: 126\n", "id: 9126\n"));
    let shop = Served::with(&["--seed-data", data.path().to_str().unwrap()]);
    assert_eq!(shop.run(&CREATE).code, Some(1));
    let create = CREATE.map(|word| word.replace(":126", ":9126"));
    shop.run(&create.each_ref().map(String::as_str)).json();
}

#[test]
fn faults_of_a_file_strike_from_the_start() {
    let faults =
        file("- {vendor: bigcommerce, operation: createCart, status: 400, body: 'not today'}");
    let shop = Served::with(&["--faults", faults.path().to_str().unwrap()]);
    let (code, error) = shop.run(&CREATE).error();
    assert_eq!((code, error["kind"].as_str()), (1, Some("invalid-request")));
    shop.run(&CREATE).json();
}

#[test]
fn files_and_times_that_make_no_sense_are_refused_by_place() {
    let odd = file("other: {}");
    let odd_fault = file("- {vendor: bigcommerce, operation: createCart, times: many}");
    let fault_path = odd_fault.path().to_str().unwrap();
    let unknown = file("- {vendor: bigcommerce, operation: sellCart, reset: true}");
    let unknown_path = unknown.path().to_str().unwrap();
    let path = odd.path().to_str().unwrap();
    for (arguments, kind, said) in [
        (
            ["--seed-data", path],
            "invalid-config",
            format!("{path}: line 1, column 1, other: unknown field `other`"),
        ),
        (
            ["--state", path],
            "invalid-config",
            format!("{path}: this is no JSON: "),
        ),
        (
            ["--seed-data", "/nowhere/seed.yaml"],
            "io",
            "/nowhere/seed.yaml can't be read: ".to_owned(),
        ),
        (
            ["--state", "/nowhere/state.json"],
            "io",
            "/nowhere/state.json can't be read: ".to_owned(),
        ),
        (
            ["--faults", fault_path],
            "invalid-config",
            format!("{fault_path}: line 1, column 55, [0].times: "),
        ),
        (
            ["--faults", unknown_path],
            "invalid-config",
            format!("{unknown_path}: line 1, column 36, [0].operation: "),
        ),
        (
            ["--time", "noon"],
            "usage",
            "invalid value 'noon' for '--time <TIME>': `noon` is no RFC 3339 time".to_owned(),
        ),
    ] {
        let (code, error) =
            run(&[&["sandbox", "-o", "json"], arguments.as_slice()].concat()).error();
        assert_eq!(
            (code, error["kind"].as_str()),
            (2, Some(kind)),
            "{arguments:?}"
        );
        let message = error["message"].as_str().unwrap();
        assert!(message.starts_with(&said), "{said}: {message}");
    }
    let wrong = file(r#"{"version": 1, "time": null, "seed": 0, "vendors": {}}"#);
    let path = wrong.path().to_str().unwrap();
    let (code, error) = run(&["sandbox", "-o", "json", "--state", path]).error();
    assert_eq!(code, 2);
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .starts_with(&format!("{path}: vendors.bigcommerce: "))
    );
}
