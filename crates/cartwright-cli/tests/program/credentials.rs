//! Where credentials come from, and that they never come out again.

use std::fs;
use std::path::PathBuf;

use crate::run::{Run, Served, cart, run};

const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";
const SECRET: &str = "s3cret-of-a-real-shop";

/// A file in the folder that cargo keeps for tests.
fn file(name: &str, text: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_file_overrides_the_environment_name_by_name() {
    let shop = Served::start();
    let token = shop.setting("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN");
    let path = file(
        "overrides",
        &format!("# the shop\n\nCARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN={token}\n"),
    );
    let mut command = cart(&[
        "create",
        "--vendor=bigcommerce",
        "--line",
        "product:126",
        "-o",
        "json",
    ]);
    command
        .envs(shop.environment.iter().cloned())
        .env("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "wrong");
    let (code, error) = Run::of(&mut command).error();
    assert_eq!((code, error["kind"].as_str()), (1, Some("unauthenticated")));
    command.arg("--credentials").arg(path);
    assert_eq!(Run::of(&mut command).json()["currency"], "USD");
}

#[test]
fn a_fault_in_the_file_names_the_file_and_the_line() {
    for (name, text, place) in [
        ("no-equals", format!("#\n{SECRET}\n"), ":2: there is no `=`"),
        (
            "stray-name",
            format!("{SECRET}=1\n"),
            ":1: the name before `=` is not a setting",
        ),
        (
            "quoted",
            format!("\n\nexport CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN=\"{SECRET}\n"),
            ":3: CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN: ",
        ),
    ] {
        let path = file(name, &text);
        let path = path.to_str().unwrap();
        let refused = run(&["get", CART, "--credentials", path]);
        assert_eq!(refused.code, Some(2), "{name}");
        assert!(
            refused.told().starts_with(&format!("error: {path}{place}")),
            "{}",
            refused.stderr
        );
        assert!(!refused.shown().contains(SECRET), "{}", refused.stderr);
    }
}

#[test]
fn a_folder_is_no_credentials_file() {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let refused = run(&["get", CART, "--credentials", folder]);
    assert_eq!(refused.code, Some(2));
    assert!(
        refused.stderr.starts_with(&format!("error: {folder}: ")),
        "{}",
        refused.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_setting_that_is_not_text_is_named() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let path = file("other-setting", "CARTWRIGHT_BIGCOMMERCE_STORE_HASH=h\n");
    for more in [vec![], vec!["--credentials", path.to_str().unwrap()]] {
        let mut command = cart(&[["get", CART].as_slice(), &more].concat());
        command.env("CARTWRIGHT_BIGCOMMERCE_STORE_HASH", "h").env(
            "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
            OsStr::from_bytes(b"\xff"),
        );
        let refused = Run::of(&mut command);
        assert_eq!(refused.code, Some(2));
        assert!(
            refused
                .stderr
                .contains("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN"),
            "{}",
            refused.stderr
        );
        assert!(refused.stderr.contains("UTF-8"), "{}", refused.stderr);
    }
}

#[test]
fn no_output_shows_a_credential() {
    let shop = Served::start();
    let own = shop
        .setting("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN")
        .to_owned();
    let here = shop.setting("CARTWRIGHT_BIGCOMMERCE_BASE_URL").to_owned();
    let with_secret = format!("http://user:{SECRET}@127.0.0.1:9/");
    let nowhere = "http://127.0.0.1:9".to_owned();
    let no_url = format!("{SECRET}://");
    for (url, token, code) in [
        // Taken, refused by the vendor, not reached, refused here.
        (&here, own.as_str(), None),
        (&here, SECRET, Some(1)),
        (&nowhere, SECRET, Some(1)),
        (&with_secret, SECRET, Some(2)),
        (&no_url, SECRET, Some(2)),
        (&here, "s3cret-of-a-real-shop\u{7f}", Some(2)),
    ] {
        for arguments in [
            &["create", "--vendor=bigcommerce", "--line=product:126"][..],
            &[
                "create",
                "--vendor=bigcommerce",
                "--line=product:126",
                "-ojson",
            ],
            &["get", CART],
            &["get", CART, "-ojson"],
            &["--help"],
            &["create", "--token=x"],
            &["vendors"],
        ] {
            let mut command = cart(arguments);
            command
                .env(
                    "CARTWRIGHT_BIGCOMMERCE_STORE_HASH",
                    shop.setting("CARTWRIGHT_BIGCOMMERCE_STORE_HASH"),
                )
                .env("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", token)
                .env("CARTWRIGHT_BIGCOMMERCE_BASE_URL", url);
            let done = Run::of(&mut command);
            let shown = done.shown();
            assert!(
                !shown.contains(SECRET) && !shown.contains(&own),
                "{arguments:?}: {shown}"
            );
            if let (Some(code), "get") = (code, arguments[0]) {
                assert_eq!(done.code, Some(code), "{url}: {shown}");
            }
        }
    }
}

/// What of each vendor's settings is secret, and a command that would send it.
const SECRETS: [(&str, &[&str], &str); 3] = [
    ("cpanel", &["API_TOKEN", "ACCESS_TOKEN"], "item:1"),
    ("liquidweb", &["PASSWORD"], "service:BACKUP.OFFSITE"),
    (
        "webroot",
        &["CLIENT_SECRET", "PASSWORD"],
        "license:SAEP,seats=1,years=1",
    ),
];

#[test]
fn no_vendor_shows_a_credential() {
    let shop = Served::start();
    for (vendor, names, line) in SECRETS {
        for name in names {
            let name = format!("CARTWRIGHT_{}_{name}", vendor.to_uppercase());
            let base_url = format!("CARTWRIGHT_{}_BASE_URL", vendor.to_uppercase());
            for url in [shop.setting(&base_url), "http://127.0.0.1:9"] {
                for form in ["table", "json"] {
                    let mut command =
                        cart(&["create", "--vendor", vendor, "--line", line, "-o", form]);
                    command
                        .envs(shop.environment.iter().cloned())
                        .env(&base_url, url)
                        .env(&name, SECRET);
                    let refused = Run::of(&mut command);
                    assert_eq!(refused.code, Some(1), "{name}: {}", refused.stderr);
                    assert!(!refused.shown().contains(SECRET), "{}", refused.shown());
                }
            }
        }
    }
}

#[test]
fn a_file_holds_the_settings_of_all_vendors() {
    let shop = Served::start();
    let lines = shop.environment.iter();
    let text: String = lines
        .map(|(name, value)| format!("{name}={value}\n"))
        .collect();
    let path = file("all-vendors", &text);
    for (vendor, _, line) in SECRETS {
        let mut command = cart(&["create", "--vendor", vendor, "--line", line, "-ojson"]);
        command.arg("--credentials").arg(&path);
        let id = Run::of(&mut command).json()["id"].to_string();
        assert!(id.contains(&format!("{vendor}:")), "{id}");
    }
}
