//! `cart sandbox`: a stand-in that other processes speak to.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::run::{Killed, Served, cart};

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
    let mut served = Killed(cart(&["sandbox"]).stdout(Stdio::piped()).spawn().unwrap());
    let lines = BufReader::new(served.0.stdout.take().unwrap()).lines();
    // The base URL is the last of a vendor's settings.
    let mut text = String::new();
    for line in lines {
        text.push_str(&line.unwrap());
        text.push('\n');
        if text.matches("BASE_URL=").count() == 4 {
            break;
        }
    }
    let lines = [
        ("bigcommerce", "product:126"),
        ("cpanel", "item:1"),
        ("liquidweb", "service:BACKUP.OFFSITE"),
        ("webroot", "license:SAEP,seats=1,years=1"),
    ];
    let creations =
        lines.map(|(vendor, line)| format!("\"$0\" create --vendor {vendor} --line {line}\n"));
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
