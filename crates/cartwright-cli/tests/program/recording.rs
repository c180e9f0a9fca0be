//! Recordings: a cart's life written down, lived again without the vendor, and shown as HAR.

use std::fs;
use std::net::TcpListener;
use std::path::Path;

use cartwright_sandbox::Exchange;
use serde_json::Value;

use crate::run::{Run, Served, cart, run};

const CART: &str = "bigcommerce:6e193ce6-f327-4dcc-b75e-72cf6738525e";
const BEN: &str = "contact:key=school-17,first=Ben,last=Muster,company=Musterschule,kind=business,\
                   email=ben@example.com,line1=1 Example Street,city=München,postal=80331,country=DE";

/// What is done at each vendor to the cart that the first command makes.
const LIVES: [(&str, &str, &[&[&str]]); 4] = [
    (
        "bigcommerce",
        "product:126,qty=2",
        &[
            &["add", "CART", "--line", "product:118,variant=140"],
            &["update", "CART", "LINE", "--qty", "3"],
            &["checkout", "CART"],
            &["customer", "CART", "10"],
            &["delete", "CART"],
            &["get", "CART"],
        ],
    ),
    ("cpanel", "item:123456", &[&["checkout", "CART"]]),
    (
        "liquidweb",
        "service:LIC.MAIL,region=1",
        &[&["add", "CART", "--line", "service:LIC.MAIL,region=1"]],
    ),
    (
        "webroot",
        "license:WSAV,seats=3,years=1",
        &[
            &["get", "CART"],
            &["customer", "CART", BEN],
            &["order", "CART", "--purchase-order", "PO-4711"],
        ],
    ),
];

type Environment = [(String, String)];

fn is_secret(name: &str) -> bool {
    let ends = ["TOKEN", "PASSWORD", "SECRET"];
    ends.iter().any(|end| name.ends_with(end))
}

/// The commands of a life, one after the other, each with this option and a folder of its own in this one,
/// and what they printed. In one folder, a command that asks what an earlier one has asked already would
/// get the earlier answer: each begins anew.
fn life(
    (vendor, line, rest): (&str, &str, &[&[&str]]),
    (option, folder): (&str, &Path),
    environment: &Environment,
) -> Vec<(Option<i32>, String, String)> {
    let run = |step: usize, arguments: &[&str]| {
        let mut command = cart(arguments);
        command.arg(option).arg(folder.join(step.to_string()));
        Run::of(command.envs(environment.iter().cloned()))
    };
    let created = run(0, &["create", "--vendor", vendor, "--line", line, "-ojson"]);
    let made = created.json();
    let id = made["id"].as_str().unwrap();
    let first = made["line_items"][0]["id"].as_str().unwrap_or_default();
    let mut runs = vec![created];
    for (step, command) in (1..).zip(rest) {
        let arguments: Vec<&str> = command
            .iter()
            .map(|word| match *word {
                "CART" => id,
                "LINE" => first,
                word => word,
            })
            .collect();
        runs.push(run(step, &arguments));
    }
    runs.into_iter()
        .map(|run| (run.code, run.stdout, run.stderr))
        .collect()
}

/// The credentials that the sandbox's answers have given out.
fn issued(shop: &Served) -> Vec<String> {
    let exchanges: Vec<Exchange> = serde_json::from_str(&shop.ask("exchanges")).unwrap();
    let answers = exchanges
        .iter()
        .filter_map(|exchange| serde_json::from_slice::<Value>(&exchange.response_body).ok());
    let token = |answer: &Value, name| Some(answer.get(name)?.as_str()?.to_owned());
    answers
        .flat_map(|answer| {
            ["access_token", "refresh_token", "OrderHeaderToken"]
                .into_iter()
                .filter_map(move |name| token(&answer, name))
        })
        .collect()
}

/// The tokens in the addresses that were printed: who has such an address has the cart.
fn tokens_of_addresses(printed: &str) -> Vec<String> {
    let after = printed.split("&token=").skip(1);
    after
        .map(|rest| {
            rest.chars()
                .take_while(char::is_ascii_alphanumeric)
                .collect()
        })
        .collect()
}

#[test]
fn a_recorded_life_is_printed_alike_but_for_credentials_without_the_vendor_and_with_others() {
    for one in LIVES {
        let vendor = one.0;
        let folder = tempfile::tempdir().unwrap();
        let shop = Served::start();
        let environment = shop.environment.clone();
        let live = life(one, ("--record", folder.path()), &environment);
        let mut secrets = issued(&shop);
        assert_eq!(shop.end_by("TERM").0, Some(0));

        let others: Vec<(String, String)> = environment
            .iter()
            .map(|(name, value)| match is_secret(name) {
                true => (name.clone(), "other-credential".to_owned()),
                false => (name.clone(), value.clone()),
            })
            .collect();
        let own = environment.iter().filter(|(name, _)| {
            name.starts_with(&format!("CARTWRIGHT_{}_", vendor.to_uppercase())) && is_secret(name)
        });
        let own: Vec<String> = own.map(|(_, value)| value.clone()).collect();
        assert!(!own.is_empty(), "{vendor}");
        secrets.extend(own);
        for (_, stdout, _) in &live {
            secrets.extend(tokens_of_addresses(stdout));
        }
        // A recording has no credential to print again.
        let live: Vec<_> = live
            .into_iter()
            .map(|(code, stdout, stderr)| {
                let hide = |text: String, secret: &String| text.replace(secret, "REDACTED");
                (code, secrets.iter().fold(stdout, hide), stderr)
            })
            .collect();
        assert_eq!(
            life(one, ("--replay", folder.path()), &others),
            live,
            "{vendor}"
        );

        for step in 0..live.len() {
            let files = fs::read_dir(folder.path().join(step.to_string())).unwrap();
            let files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
            assert!(!files.is_empty(), "{vendor}: command {step}");
            for file in files {
                let text = fs::read_to_string(&file).unwrap();
                let found = secrets.iter().find(|secret| text.contains(secret.as_str()));
                assert_eq!(found, None, "{}", file.display());
            }
        }
    }
}

#[test]
fn har_prints_what_was_recorded_in_its_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let shop = Served::start();
    let create = ["create", "--vendor=bigcommerce", "--line=product:126"];
    let created = shop.run(&[&create[..], &["-ojson", "--record", path]].concat());
    let created = created.json();
    let id = created["id"].as_str().unwrap();
    assert_eq!(shop.run(&["delete", id, "--record", path]).code, Some(0));

    let har = run(&["har", path]).json();
    assert_eq!(har["log"]["version"], "1.2");
    let entries = har["log"]["entries"].as_array().unwrap();
    let shown: Vec<(&Value, &Value)> = entries
        .iter()
        .map(|entry| (&entry["request"]["method"], &entry["response"]["status"]))
        .collect();
    assert_eq!(
        shown,
        [
            (&Value::from("POST"), &Value::from(201)),
            (&Value::from("DELETE"), &Value::from(204))
        ]
    );
}

#[test]
fn a_command_that_was_not_recorded_is_refused_with_the_first_difference() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let shop = Served::start();
    let create = |line: &str, option: &str| {
        let arguments = ["create", "--vendor=bigcommerce", "--line", line];
        shop.run(&[&arguments[..], &[option, path]].concat())
    };
    assert_eq!(create("product:126,qty=2", "--record").code, Some(0));
    let refused = create("product:126,qty=3", "--replay");
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""));
    for word in ["0001-createCart.json", "quantity"] {
        assert!(refused.stderr.contains(word), "{}", refused.stderr);
    }
}

#[test]
fn recording_and_replaying_at_once_is_refused() {
    let refused = run(&["get", CART, "--record", "a", "--replay", "b"]);
    assert_eq!(refused.code, Some(2));
    for option in ["--record", "--replay"] {
        assert!(refused.stderr.contains(option), "{}", refused.stderr);
    }
    assert!(!Path::new("a").exists());
}

#[test]
fn a_folder_that_is_no_recording_is_named_with_its_mend() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (name, text) in [
        ("empty", None),
        ("cut", Some("{\"version\": 1,")),
        ("foreign", Some("{}")),
    ] {
        fs::create_dir(at(name)).unwrap();
        if let Some(text) = text {
            fs::write(at(name).join("0001-getCart.json"), text).unwrap();
        }
    }
    for (name, place, mend) in [
        ("missing", "", "name a folder that a recorder has written"),
        ("empty", "", "name a folder that a recorder has written"),
        (
            "cut",
            "/0001-getCart.json",
            "record it again, or take it out of the folder",
        ),
        (
            "foreign",
            "/0001-getCart.json",
            "take the file out of the folder",
        ),
    ] {
        let path = at(name).to_str().unwrap().to_owned();
        for arguments in [
            &["har", &path][..],
            &["get", CART, "--sandbox", "--replay", &path],
        ] {
            let refused = run(arguments);
            assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""));
            let told = refused.stderr.trim_end();
            let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(
                told.starts_with(&format!("error: {path}{place}: ")),
                "{told}"
            );
            assert!(told.ends_with(mend), "{told}");
        }
    }
}

/// A vendor that counts who calls.
fn listener() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    (listener, url)
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    let taken = folder.path().join("taken");
    fs::create_dir_all(taken.join("settings.env.part")).unwrap();
    // Nobody, not even root, makes a folder here.
    let system = Path::new("/proc/cartwright-recording").to_owned();
    for path in [file.clone(), file.join("below"), taken, system] {
        if path.starts_with("/proc") && !cfg!(target_os = "linux") {
            continue;
        }
        let (listener, url) = listener();
        let mut command = cart(&[
            "create",
            "--vendor=bigcommerce",
            "--line=product:126",
            "-ojson",
        ]);
        command
            .arg("--record")
            .arg(&path)
            .env("CARTWRIGHT_BIGCOMMERCE_STORE_HASH", "h")
            .env("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "t")
            .env("CARTWRIGHT_BIGCOMMERCE_BASE_URL", url);
        let (code, error) = Run::of(&mut command).error();
        assert_eq!((code, error["kind"].as_str()), (2, Some("io")), "{error}");
        let message = error["message"].as_str().unwrap();
        assert!(
            message.starts_with(&format!("--record: {}", path.display())),
            "{message}"
        );
        assert!(message.contains("Nothing was sent"), "{message}");
        let called = listener.accept().map(|_| ()).unwrap_err();
        assert_eq!(
            called.kind(),
            std::io::ErrorKind::WouldBlock,
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_folder_whose_parents_are_missing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("a/b/c");
    let create = ["create", "--sandbox", "--vendor=bigcommerce", "--record"];
    assert_eq!(
        run(&[&create[..], &[deep.to_str().unwrap()]].concat()).code,
        Some(0)
    );
    assert!(deep.join("0001-createCart.json").exists());
}

#[test]
fn a_wrong_setting_is_told_before_the_folder_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new");
    let create = [
        "create",
        "--vendor=bigcommerce",
        "--line=product:126",
        "--record",
    ];
    assert_eq!(
        run(&[&create[..], &[path.to_str().unwrap()]].concat()).code,
        Some(2)
    );
    assert!(!path.exists());
}

/// The life of a recorded cart needs nothing but the recording, neither settings nor a sandbox.
#[test]
fn a_replay_needs_no_settings_and_no_credentials() {
    for one in LIVES {
        let folder = tempfile::tempdir().unwrap();
        let shop = Served::start();
        let live = life(one, ("--record", folder.path()), &shop.environment);
        let codes = |runs: &[(Option<i32>, String, String)]| -> Vec<Option<i32>> {
            runs.iter().map(|run| run.0).collect()
        };
        assert_eq!(shop.end_by("TERM").0, Some(0));
        let again = life(one, ("--replay", folder.path()), &[]);
        assert_eq!(codes(&again), codes(&live), "{}: {again:?}", one.0);
    }
}

#[test]
fn a_recording_without_settings_is_replayed_by_the_addresses_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let create = ["create", "--vendor=bigcommerce", "--line=product:126"];
    let recorded = run(&[&create[..], &["--sandbox", "--record", path]].concat());
    assert_eq!(recorded.code, Some(0), "{}", recorded.stderr);
    fs::remove_file(folder.path().join("settings.env")).unwrap();
    let replayed = run(&[&create[..], &["--replay", path]].concat());
    assert_eq!(replayed.code, Some(0), "{}", replayed.stderr);
    let id = |run: &Run| run.stdout.lines().next().unwrap().to_owned();
    assert_eq!(id(&replayed), id(&recorded));
}

/// Another shop's settings in the environment are not what the recording was made with.
#[test]
fn the_recordings_own_settings_come_before_those_of_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let create = [
        "create",
        "--vendor=liquidweb",
        "--line=service:BACKUP.OFFSITE",
    ];
    let recorded = run(&[&create[..], &["--sandbox", "--record", path]].concat());
    assert_eq!(recorded.code, Some(0), "{}", recorded.stderr);
    let mut command = cart(&[&create[..], &["--replay", path]].concat());
    command
        .env("CARTWRIGHT_LIQUIDWEB_TOKEN", "of another account")
        .env("CARTWRIGHT_LIQUIDWEB_REGION_ID", "7")
        .env("CARTWRIGHT_LIQUIDWEB_CYCLE", "yearly");
    let replayed = Run::of(&mut command);
    assert_eq!(replayed.code, Some(0), "{}", replayed.stderr);
}
