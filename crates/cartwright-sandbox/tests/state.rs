//! Seed data and states: what a sandbox starts from, and a moment that it can be put back to.

mod http;

use std::time::{Duration, UNIX_EPOCH};

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Sandbox, SeedData, State};
use serde_json::{Value, json};

/// Creates a BigCommerce cart, and gives the answer's text.
async fn create(sandbox: &Sandbox) -> String {
    let access = sandbox.vendors().remove(0);
    let request = http::client()
        .post(format!("{}/v3/carts", access.base_url))
        .header("X-Auth-Token", access.credential("access_token").unwrap())
        .json(&json!({"line_items": [{"product_id": 126, "quantity": 1}]}));
    request.send().await.unwrap().text().await.unwrap()
}

fn written(sandbox: &Sandbox) -> Value {
    serde_json::to_value(sandbox.state()).unwrap()
}

#[tokio::test]
async fn a_restored_sandbox_answers_the_same_bytes_from_then_on() {
    let start = |seed, clock| Watched::builder().seed(seed).clock(clock).start();
    let first = start(7, Clock::settable(UNIX_EPOCH)).await.unwrap();
    create(&first).await;
    let text = serde_json::to_string(&first.state()).unwrap();

    let second = start(8, Clock::system()).await.unwrap();
    create(&second).await;
    second.restore(&State::from_json(&text).unwrap()).unwrap();
    assert_eq!(written(&second)["vendors"], written(&first)["vendors"]);
    assert_eq!(create(&second).await, create(&first).await);
}

#[tokio::test]
async fn a_state_has_the_time_of_a_standing_clock_only() {
    let clock = Clock::settable(UNIX_EPOCH - Duration::from_millis(5));
    let standing = Watched::builder()
        .clock(clock.clone())
        .start()
        .await
        .unwrap();
    let state = standing.state();
    assert_eq!(written(&standing)["time"], -5);
    clock.advance(Duration::from_secs(60));
    standing.restore(&state).unwrap();
    assert_eq!(clock.now(), UNIX_EPOCH - Duration::from_millis(5));

    let following = Watched::start().await.unwrap();
    assert_eq!(written(&following)["time"], Value::Null);
    standing.restore(&following.state()).unwrap();
    assert_eq!(written(&standing)["time"], Value::Null);
}

#[tokio::test]
async fn a_state_that_is_wrong_anywhere_is_refused_by_its_place_and_changes_nothing() {
    let sandbox = Watched::builder()
        .clock(Clock::settable(UNIX_EPOCH))
        .start()
        .await
        .unwrap();
    let empty = written(&sandbox);
    create(&sandbox).await;
    let before = written(&sandbox);
    type Spoil = fn(&mut Value);
    let wrongs: [(Spoil, &str); 8] = [
        (|state| state["version"] = json!(2), "version: "),
        (|state| state["version"] = Value::Null, "version: "),
        (|state| state["more"] = json!(1), "more: "),
        (|state| state["seed"] = json!(-1), "seed: "),
        (|state| state["time"] = json!("now"), "time: "),
        (
            |state| state["vendors"]["other"] = json!({}),
            "vendors.other: ",
        ),
        (
            |state| drop(state["vendors"].as_object_mut().unwrap().remove("webroot")),
            "vendors.webroot: ",
        ),
        // The last vendor that is read: the others were in order.
        (
            |state| state["vendors"]["webroot"] = json!([]),
            "vendors.webroot",
        ),
    ];
    for (spoil, place) in wrongs {
        let mut wrong = empty.clone();
        spoil(&mut wrong);
        let refused = State::from_json(&wrong.to_string())
            .and_then(|state| sandbox.restore(&state))
            .unwrap_err()
            .to_string();
        assert!(refused.starts_with(place), "{place}{refused}");
        assert_eq!(written(&sandbox), before, "{refused}");
    }
    let refused = State::from_json("{").unwrap_err().to_string();
    assert!(refused.starts_with("this is no JSON: "), "{refused}");
}

#[test]
fn seed_data_is_refused_by_line_column_and_path() {
    for (text, refused) in [
        ("a: [", "line 1, column 1, a: unknown field `a`"),
        (
            "other: {}",
            "line 1, column 1, other: unknown field `other`",
        ),
        (
            "cpanel:\n  servr: x\n",
            "line 2, column 3, cpanel.servr: unknown field `servr`",
        ),
        ("cpanel: 7", "line 1, column 9, cpanel: "),
        ("cpanel: null\ncpanel: null", "line 2, column 1"),
        (
            "cpanel: {}\n--- {}",
            "line 1, column 9, cpanel: missing field",
        ),
    ] {
        let error = SeedData::from_yaml(text).unwrap_err().to_string();
        assert!(error.starts_with(refused), "{text:?}: {error}");
    }
}

#[test]
fn seed_data_without_a_vendor_keeps_the_built_in_one() {
    for text in ["", "{}", "# nothing"] {
        assert!(SeedData::from_yaml(text).is_ok(), "{text:?}");
    }
    assert!(SeedData::builtin().is_ok());
}

#[tokio::test]
async fn a_vendor_starts_from_the_seed_data_given() {
    let builtin = include_str!("../src/bigcommerce/seed.yaml");
    let indented: String = builtin.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("bigcommerce:\n{indented}");
    // The mug of the built-in catalogue, under an id of its own.
    assert_eq!(text.matches("id: 126\n").count(), 1);
    let text = text.replace("id: 126\n", "id: 9126\n");
    let data = SeedData::from_yaml(&text).unwrap();
    let sandbox = Watched::builder().seed_data(data).start().await.unwrap();
    let refused: Value = serde_json::from_str(&create(&sandbox).await).unwrap();
    assert_eq!(refused["status"], 422, "{refused}");
}

#[tokio::test]
async fn the_environment_names_what_the_seed_data_sells() {
    const CPANEL: &str = include_str!("../src/cpanel/seed.yaml");
    const LIQUIDWEB: &str = include_str!("../src/liquidweb/seed.yaml");
    const WEBROOT: &str = include_str!("../src/webroot/seed.yaml");
    for (vendor, builtin, changes, name, value) in [
        (
            "cpanel",
            CPANEL,
            &[("cPStore", "Stall")][..],
            "CARTWRIGHT_CPANEL_PROVIDER",
            "Stall",
        ),
        (
            "liquidweb",
            LIQUIDWEB,
            &[("regions: [1, 2]", "regions: [4, 2]")],
            "CARTWRIGHT_LIQUIDWEB_REGION_ID",
            "4",
        ),
        (
            "liquidweb",
            LIQUIDWEB,
            // Nobody can order the first product.
            &[
                (
                    "code: CLOUD.VPS\n",
                    "code: CLOUD.VPS\n      active: false\n",
                ),
                ("regions: [1, 2]", "regions: [7, 8]"),
                ("regions: [1]", "regions: [9]"),
            ],
            "CARTWRIGHT_LIQUIDWEB_REGION_ID",
            "9",
        ),
        (
            "webroot",
            WEBROOT,
            &[("en_US", "fr_FR")],
            "CARTWRIGHT_WEBROOT_LOCALE",
            "fr_FR",
        ),
    ] {
        let text: String = builtin.lines().map(|line| format!("  {line}\n")).collect();
        let change = |text: String, (from, to): &(&str, &str)| text.replace(from, to);
        let text = changes.iter().fold(text, change);
        let data = SeedData::from_yaml(&format!("{vendor}:\n{text}")).unwrap();
        let sandbox = Watched::builder().seed_data(data).start().await.unwrap();
        let access = sandbox.vendors();
        let access = access.iter().find(|one| one.vendor == vendor).unwrap();
        let expected = (name, value.to_owned());
        assert!(access.environment.contains(&expected), "{access:?}");
    }
}

#[test]
fn what_no_vendor_could_start_from_is_refused_where_it_stands() {
    let builtin = include_str!("../src/bigcommerce/seed.yaml");
    let indented: String = builtin.lines().map(|line| format!("  {line}\n")).collect();
    let text = format!("bigcommerce:\n{indented}").replace("id: 126\n", "id: 118\n");
    let refused = SeedData::from_yaml(&text).unwrap_err();
    let (place, path) = refused.place().rsplit_once(", ").unwrap();
    assert!(path.starts_with("bigcommerce.products["), "{refused}");
    let line: usize = place
        .strip_prefix("line ")
        .and_then(|rest| rest.split_once(','))
        .and_then(|(line, _)| line.parse().ok())
        .unwrap();
    assert!(
        text.lines().nth(line - 1).unwrap().contains("id: 118"),
        "{refused}"
    );
}
