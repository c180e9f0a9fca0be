//! The coverage page of the sandbox: what each vendor documents, what the stand-in answers, and by which rules. A status stands on the page only if it was
//! answered here, to a request that `agreement::drive` sends.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use cartwright_contract::{Exchange, Watched, operation_of};
use cartwright_sandbox::{Built, Sandbox};
use serde_json::Value;

use crate::operations::{calls, spec};
use crate::page;

pub const PAGE: &str = "crates/cartwright-sandbox/COVERAGE.md";

/// The statuses that were answered, by vendor and operation.
type Answered = BTreeSet<(&'static str, String, u16)>;

async fn answered() -> Answered {
    let seen: Arc<Mutex<Answered>> = Arc::default();
    let noted = seen.clone();
    let sandbox = Watched::builder()
        .observe(move |exchange: &Exchange| {
            if let Some((vendor, operation)) = operation_of(exchange) {
                let id = operation["operationId"].as_str().expect("an id").to_owned();
                let mut noted = noted.lock().unwrap_or_else(PoisonError::into_inner);
                noted.insert((vendor, id, exchange.status));
            }
        })
        .start()
        .await
        .expect("a port is free");
    agreement::drive::drive(&sandbox).await;
    sandbox.shutdown().await.expect("it ends");
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.clone()
}

#[tokio::test]
async fn the_coverage_page_is_what_the_sandbox_answers() {
    let answered = answered().await;
    let mut page = String::from(
        "# What the sandbox answers\n\n\
         Written from the specs, the sandbox's own lists and a run of it: `UPDATE_PAGES=1 cargo test -p cartwright-tests --test pages`. A test keeps it up to date.\n\n\
         *documented* are the statuses of the vendor's spec, *answered and tested* those that the stand-in was seen to answer to a request sent for this page; each answer is held \
         against the spec: status, headers, body, and no property that the spec does not declare. Statuses that only a fault brings about are not among them.\n",
    );
    for (vendor, built) in Sandbox::operations() {
        part(&mut page, vendor, built, &answered);
    }
    page::check(PAGE, &page);
}

fn part(page: &mut String, vendor: &'static str, built: &[Built], answered: &Answered) {
    let spec = spec(vendor);
    let _ = write!(
        page,
        "\n## {vendor}\n\n| operation | call | cart verbs | documented | answered and tested |\n| --- | --- | --- | --- | --- |\n"
    );
    let mut rules = String::new();
    for (method, path, operation) in calls(&spec) {
        let id = operation["operationId"].as_str().expect("an id");
        let Some(built) = built.iter().find(|built| built.operation == id) else {
            panic!("{vendor}: the sandbox does not list {id}");
        };
        let told: BTreeSet<u16> = built.statuses.iter().copied().collect();
        let seen: BTreeSet<u16> = answered
            .iter()
            .filter(|(of, operation, _)| *of == vendor && operation == id)
            .map(|(_, _, status)| *status)
            .collect();
        assert_eq!(seen, told, "{vendor}: {id} (seen, told by the sandbox)");
        let verbs = operation["x-cart-operation"]
            .as_array()
            .into_iter()
            .flatten();
        let verbs: Vec<&str> = verbs.filter_map(Value::as_str).collect();
        let responses = operation["responses"].as_object().expect("responses");
        let documented: Vec<&str> = responses.keys().map(String::as_str).collect();
        let seen: Vec<String> = seen.iter().map(u16::to_string).collect();
        let _ = writeln!(
            page,
            "| `{id}` | {method} {path} | {} | {} | {} |",
            verbs.join(", "),
            documented.join(" "),
            seen.join(" "),
        );
        for rule in built.rules {
            let _ = writeln!(rules, "- `{id}`: {rule}");
        }
    }
    let _ = write!(page, "\nRules of its state:\n\n{rules}");
}
