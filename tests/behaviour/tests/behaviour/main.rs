//! Runs the behaviour suite: each vendor's carts at a sandbox, plain and wrapped, and at a real account where the environment has its credentials.
//!
//! Every case that a vendor has the verbs for is a test of its own. What is not run is said at the start, with the reason.

mod account;
mod overview;
mod wrapped;

use std::sync::Arc;

use cartwright::{CartApi, Settings, Vendor, connect};
use cartwright_behaviour::{Case, Goods, Subject, cases};
use cartwright_contract::Watched;
use libtest_mimic::{Arguments, Trial};

use wrapped::Forwarding;

type Wrap = fn(Box<dyn CartApi>) -> Box<dyn CartApi>;

/// How a vendor's carts are reached. A wrapper has to behave as what it wraps does.
const WAYS: [(&str, Wrap); 3] = [
    ("sandbox", |shop| shop),
    ("shared", |shop| Box::new(Arc::<dyn CartApi>::from(shop))),
    ("wrapped", |shop| Box::new(Forwarding(shop))),
];

fn main() {
    let arguments = Arguments::from_args();
    let mut trials = overview::trials();
    for vendor in Vendor::ALL.iter().copied() {
        for (way, wrap) in WAYS {
            trials.extend(fitting(vendor).map(|case| {
                trial(way, vendor, case, async move |case| {
                    let sandbox = Arc::new(Watched::start().await.expect("a port is free"));
                    case.run(&at_sandbox(vendor, &sandbox, wrap)).await;
                })
            }));
        }
    }
    let (at_accounts, left_out) = account::trials();
    trials.extend(at_accounts);
    if !arguments.list {
        eprintln!("{}\n{}", overview::counts(), left_out.join("\n"));
    }
    libtest_mimic::run(&arguments, trials).exit();
}

/// The cases that a vendor has the verbs for.
fn fitting(vendor: Vendor) -> impl Iterator<Item = Case> {
    let capability = vendor.capability();
    cases().filter(move |case| case.fits(&capability).is_ok())
}

fn trial(
    way: &str,
    vendor: Vendor,
    case: Case,
    run: impl AsyncFnOnce(Case) + Send + 'static,
) -> Trial {
    Trial::test(format!("{way}::{vendor}::{}", case.name), move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        runtime.block_on(run(case));
        Ok(())
    })
}

fn at_sandbox(vendor: Vendor, sandbox: &Arc<Watched>, wrap: Wrap) -> Subject {
    let access = sandbox
        .vendors()
        .into_iter()
        .find(|access| access.vendor == vendor.as_str())
        .expect("the sandbox has every vendor");
    let settings = Settings::from_pairs(access.environment);
    let shop = connect(vendor, &settings, None).expect("the sandbox says every setting");
    let calls = sandbox.clone();
    let open = ["user", "store_hash", "username", "client_id", "provider"];
    let secrets = access
        .credentials
        .into_iter()
        .filter(|(name, _)| !open.contains(name))
        .map(|(_, secret)| secret);
    Subject::new(wrap(shop), Goods::of_the_sandbox(vendor))
        .secrets(secrets)
        .sent(move || calls.calls().len())
}
