//! Whatever a vendor may answer, to every verb of the interface: a result, or an error with a kind.

use std::collections::BTreeMap;
use std::sync::Arc;

use cartwright::vendors::{bigcommerce, cpanel, liquidweb, webroot};
use cartwright::{
    CartApi, CartId, CompanyKind, Contact, Customer, LineChange, LineId, NewCart, NewLine,
    NewOrder, PostalAddress, Result,
};
use cartwright_contract::spec::{self, Example};
use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};
use fastrand::Rng;
use tokio::runtime::{Builder, Runtime};

use crate::decoders::VENDORS;
use crate::mutate::{Step, Words, apply, steps};
use crate::run::{Case, Finding, Outcome, fewest, smallest, without_panic};

const STATUSES: &[u16] = &[
    200, 200, 200, 200, 201, 204, 400, 401, 404, 409, 422, 429, 500, 503, 302, 418,
];
const VERBS: &[&str] = &[
    "create",
    "get",
    "add_lines",
    "update_line",
    "remove_line",
    "delete",
    "checkout",
    "set_customer",
    "place_order",
];

/// By operation: the documented answers; `None` where one has no body.
type Successes = BTreeMap<String, Vec<(u16, Option<Example>)>>;

/// Status and body of an answer.
type Answer = (u16, Vec<u8>);

/// Answers each request with what its operation documents, but one operation, or any, with the given; requests for tokens as ever.
struct Canned {
    documented: BTreeMap<String, Answer>,
    /// No name stands for every operation.
    operation: Option<String>,
    given: Option<Answer>,
}

impl Canned {
    fn answer(&self, operation: &str) -> Answer {
        let is_meant = self.operation.as_deref().is_none_or(|one| one == operation);
        let given = self.given.as_ref().filter(|_| is_meant);
        let answer = given.or_else(|| self.documented.get(operation));
        answer.cloned().unwrap_or((404, Vec::new()))
    }
}

impl Transport for Canned {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let is_token = request.url().path() == "/auth/token";
        Box::pin(async move {
            if is_token {
                let tokens = r#"{"access_token":"a","refresh_token":"r","token_type":"bearer","expires_in":300}"#;
                return Ok(http::Response::new(tokens).into());
            }
            let (status, body) = self.answer(operation.id);
            let mut response = http::Response::new(body);
            *response.status_mut() = http::StatusCode::from_u16(status).expect("a status");
            Ok(response.into())
        })
    }
}

/// The vendor's interface over a transport, an id of the vendor's form, and something to buy there.
fn shop(
    vendor: &str,
    transport: Arc<dyn Transport>,
) -> Result<(Box<dyn CartApi>, &'static str, NewLine)> {
    Ok(match vendor {
        "bigcommerce" => (
            Box::new(bigcommerce::BigCommerce::new(
                bigcommerce::BigCommerceConfig::new("store", "t").transport(transport),
            )?),
            "bigcommerce:4f1c9f4e-5b7a-4f0e-9c61-0d5a3f5f8a01",
            NewLine::product("118", 2).into(),
        ),
        "cpanel" => (
            Box::new(cpanel::Cpanel::new(
                cpanel::CpanelConfig::new(
                    "server.example",
                    "ann",
                    "t",
                    "a",
                    "https://shop.example/",
                )
                .transport(transport),
            )?),
            "cpanel:8765310.aHR0cHM6Ly9zdG9yZS5leGFtcGxlLmNvbS9jaGVja291dC84NzY1MzEw",
            NewLine::provider_item("290").into(),
        ),
        "liquidweb" => (
            Box::new(liquidweb::LiquidWeb::new(
                liquidweb::LiquidWebConfig::new("ann", "p").transport(transport),
            )?),
            "liquidweb:7d1f0c3a-58b2-4e6d-9a41-000000000001",
            NewLine::service("SS.VPS").region(1).into(),
        ),
        _ => (
            Box::new(webroot::Webroot::new(
                webroot::WebrootConfig::new("c", "s", "ann@example.com", "p", "MSP")
                    .transport(transport),
            )?),
            "webroot:MSP0046543056",
            NewLine::license("SAEP", 10, "1").into(),
        ),
    })
}

/// The outcome of a verb, of which only the error is looked at.
async fn call(verb: &str, vendor: &str, transport: Canned) -> Result<()> {
    let (shop, id, line) = shop(vendor, Arc::new(transport))?;
    let id: CartId = id.parse().expect("an id of the vendor's form");
    let known = LineId::from("00000000-0000-4000-8000-000000000001:126");
    match verb {
        "create" => shop.create(NewCart::new().line(line)).await.map(drop),
        "get" => shop.get(&id).await.map(drop),
        "add_lines" => shop.add_lines(&id, vec![line]).await.map(drop),
        "update_line" => shop
            .update_line(&id, &known, LineChange::new().quantity(3))
            .await
            .map(drop),
        "remove_line" => shop.remove_line(&id, &known).await.map(drop),
        "delete" => shop.delete(&id).await,
        "checkout" => shop.checkout(&id).await.map(drop),
        "set_customer" => shop.set_customer(&id, customer(vendor)).await.map(drop),
        _ if vendor == "webroot" => {
            let order = NewOrder::new().purchase_order("PO-4711");
            shop.place_order(&id, order).await.map(drop)
        }
        _ => shop.place_order(&id, NewOrder::new()).await.map(drop),
    }
}

/// A customer as the vendor takes one.
fn customer(vendor: &str) -> Customer {
    if vendor == "bigcommerce" {
        return Customer::Id("17".to_owned());
    }
    Contact::new()
        .key("17")
        .name("Ben", "Muster")
        .company("Musterschule", CompanyKind::Business)
        .email("ben@example.com")
        .address(
            PostalAddress::new("DE")
                .line1("1 Example Street")
                .city("München")
                .postal_code("80331"),
        )
        .into()
}

/// Every documented payload as an answer to every verb.
pub struct Carts {
    payloads: Vec<(&'static str, Example)>,
    /// Those under a success status.
    successes: BTreeMap<&'static str, Successes>,
    words: BTreeMap<&'static str, Words>,
}

impl Carts {
    /// From the specs.
    pub fn read() -> Self {
        let mut all = Self {
            payloads: Vec::new(),
            successes: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        for &vendor in VENDORS {
            all.successes.insert(vendor, successes(spec::of(vendor)));
            let examples = spec::of(vendor).examples();
            all.words.insert(
                vendor,
                Words::of(examples.iter().map(|example| &example.payload)),
            );
            all.payloads
                .extend(examples.into_iter().map(|example| (vendor, example)));
        }
        all
    }

    /// The verbs that a vendor has, each with the error of the last try if no documented answer makes it succeed.
    ///
    /// # Errors
    /// No runtime could be built.
    pub fn untouched(
        &self,
        vendor: &'static str,
    ) -> std::result::Result<Vec<(&'static str, Option<String>)>, String> {
        let absent = &spec::of(vendor).document()["x-cart-absent"];
        let mut verbs = Vec::new();
        for &verb in VERBS {
            if absent.get(verb.replace('_', "-")).is_some() {
                continue;
            }
            let mut failure = Some("no operation".to_owned());
            for nth in 0..16 {
                let canned = Canned {
                    documented: self.documented(vendor, nth),
                    operation: None,
                    given: None,
                };
                let called = paused()?.block_on(call(verb, vendor, canned));
                failure = called.err().map(|error| error.to_string());
                if failure.is_none() {
                    break;
                }
            }
            verbs.push((verb, failure));
        }
        Ok(verbs)
    }

    /// One documented answer of each operation.
    fn documented(&self, vendor: &str, nth: usize) -> BTreeMap<String, Answer> {
        let operations = self.successes[vendor].iter();
        operations
            .map(|(operation, answers)| {
                let (status, example) = &answers[nth % answers.len()];
                let body = example
                    .as_ref()
                    .map_or_else(Vec::new, |example| example.payload.to_string().into_bytes());
                (operation.clone(), (*status, body))
            })
            .collect()
    }

    /// The case of a seed: often the success of one operation, mutated, among untouched ones; else anything as the answer to all.
    pub fn case(&self, seed: u64) -> Case {
        let mut rng = Rng::with_seed(seed);
        let (vendor, any) = &self.payloads[rng.usize(..self.payloads.len())];
        let (any_status, verb) = (
            STATUSES[rng.usize(..STATUSES.len())],
            VERBS[rng.usize(..VERBS.len())],
        );
        let documented = self.documented(vendor, rng.usize(..16));
        let operations = &self.successes[vendor];
        let own = operations
            .iter()
            .nth(rng.usize(..operations.len()))
            .and_then(|(operation, answers)| {
                let (status, example) = &answers[rng.usize(..answers.len())];
                Some((operation.clone(), *status, example.as_ref()?))
            })
            .filter(|_| rng.u8(..) < 170);
        let (operation, status, example) = match own {
            Some((operation, status, example)) => (Some(operation), status, example),
            None => (None, any_status, any),
        };
        let steps = steps(&mut rng);
        let mutated = |steps: &[Step]| apply(&example.payload, steps, &self.words[vendor]);
        let check = |body: &[u8]| {
            without_panic(|| {
                let runtime = paused()?;
                let answer = Canned {
                    documented: documented.clone(),
                    operation: operation.clone(),
                    given: Some((status, body.to_vec())),
                };
                Ok(match runtime.block_on(call(verb, vendor, answer)) {
                    Ok(()) => true,
                    Err(error) => {
                        let told = (error.kind(), error.to_string(), format!("{error:?}"));
                        if told.1.is_empty() {
                            return Err("an error without a word".to_owned());
                        }
                        false
                    }
                })
            })
            .and_then(|result| result)
        };
        let outcome = match check(&mutated(&steps).0) {
            Ok(true) => Outcome::Accepted,
            Ok(false) => Outcome::Refused,
            Err(_) => {
                let (body, mutations) =
                    mutated(&fewest(&steps, |steps| check(&mutated(steps).0).is_err()));
                let payload = smallest(body, |body| check(body).is_err());
                Outcome::Found(Box::new(Finding {
                    seed,
                    subject: format!(
                        "{vendor}/{} as the answer {status} of {} to {verb}",
                        example.file,
                        operation.as_deref().unwrap_or("every operation")
                    ),
                    mutations,
                    message: check(&payload).err().unwrap_or_default(),
                    payload,
                }))
            }
        };
        Case {
            group: vendor,
            outcome,
        }
    }
}

/// The documented answers under a success status.
fn successes(spec: &spec::Spec) -> Successes {
    let mut all = BTreeMap::new();
    let examples = spec.examples();
    for (_, operation) in spec.operations() {
        let mut answers = Vec::new();
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let Some(status) = status
                .parse()
                .ok()
                .filter(|status| (200..300).contains(status))
            else {
                continue;
            };
            let media = spec.resolve(response)["content"].as_object();
            let of_media = media.into_iter().flat_map(|all| all.values());
            let documented = of_media.flat_map(|media| media["examples"].as_object());
            let mut count = 0;
            for example in documented.flat_map(|all| all.values()) {
                let file = spec.resolve(example)["externalValue"]
                    .as_str()
                    .unwrap_or_default();
                let file = file.trim_start_matches("examples/");
                let known = examples.iter().find(|example| example.file == file);
                if let Some(Example {
                    file,
                    component,
                    payload,
                }) = known
                {
                    let (file, component) = (file.clone(), component.clone());
                    let payload = of_the_cart(payload.clone());
                    answers.push((
                        status,
                        Some(Example {
                            file,
                            component,
                            payload,
                        }),
                    ));
                    count += 1;
                }
            }
            if count == 0 {
                answers.push((status, None));
            }
        }
        if let (Some(id), false) = (operation["operationId"].as_str(), answers.is_empty()) {
            all.insert(id.to_owned(), answers);
        }
    }
    all
}

/// The answer, of the cart that is asked for: one of another cart is refused.
fn of_the_cart(mut payload: serde_json::Value) -> serde_json::Value {
    for (place, id) in [
        ("/data/id", "4f1c9f4e-5b7a-4f0e-9c61-0d5a3f5f8a01"),
        ("/uuid", "7d1f0c3a-58b2-4e6d-9a41-000000000001"),
        ("/VendorOrderCode", "MSP0046543056"),
    ] {
        if let Some(own) = payload.pointer_mut(place) {
            *own = id.into();
        }
    }
    payload
}

/// A clock that jumps ahead whenever all wait: no pause between attempts takes time.
fn paused() -> std::result::Result<Runtime, String> {
    Builder::new_current_thread()
        .enable_time()
        .start_paused(true)
        .build()
        .map_err(|error| error.to_string())
}
