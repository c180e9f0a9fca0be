//! No credential shows: not in `Debug` or `Display`, not in logs, traces, recordings, panics or committed texts, whatever goes wrong.

mod marks;
mod told;
pub mod verbs;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use cartwright::record::{REDACTED, Recorder, har};
use cartwright::vendors::bigcommerce::{BigCommerce, BigCommerceConfig};
use cartwright::vendors::cpanel::{Cpanel, CpanelConfig};
use cartwright::vendors::liquidweb::{LiquidWeb, LiquidWebConfig};
use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{CartApi, HttpTransport, Layer, Layers, RetryPolicy, Settings, Transport, Vendor};
use cartwright_runtime::{BoxFuture, Operation, TransportError};
use cartwright_sandbox::{Drift, Fault, Quota, Sandbox, VendorAccess};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use url::form_urlencoded;

use marks::{Door, LOGINS, Mark, marks};
use told::{Told, leaks, panic_over};
use verbs::{new_cart, tell_every_verb};

/// What goes wrong, in a word and as a fault.
type Trouble = (&'static str, fn(Fault) -> Fault);

const TROUBLES: &[Trouble] = &[
    ("refused with 400", |fault| fault.status(400).body("{}")),
    ("refused with 401", |fault| fault.status(401)),
    ("refused with 403", |fault| fault.status(403).body("no")),
    ("refused with 409", |fault| fault.status(409)),
    ("refused with 429", |fault| fault.status(429)),
    ("failed with 500 after acting", |fault| {
        fault.status(500).after_acting().body("{}")
    }),
    ("failed with 503 before acting", |fault| fault.status(503)),
    ("sent elsewhere", |fault| {
        let elsewhere = "http://localhost:9/";
        fault.status(302).header("location", elsewhere)
    }),
    ("late", |fault| fault.times(2).delay(Duration::from_secs(4))),
    ("slow", |fault| {
        fault.times(2).slow_body(Duration::from_secs(4))
    }),
    ("cut", |fault| fault.cut_body(40)),
    ("reset", Fault::reset),
    ("garbage", Fault::garbage),
    ("a page", Fault::html),
    ("a page under 200", |fault| fault.status(200).html()),
    ("of another media type", |fault| {
        fault.content_type("text/plain")
    }),
    ("drifted in a token's name", |fault| {
        fault.drift(Drift::rename("/access_token", "token"))
    }),
    ("drifted in a token's life", |fault| {
        fault.drift(Drift::rename("/expires_in", "expires"))
    }),
    ("drifted in a token's type", |fault| {
        fault.drift(Drift::retype("/access_token"))
    }),
    ("drifted in BigCommerce's cart", |fault| {
        fault.drift(Drift::retype("/data/id"))
    }),
    ("drifted in Liquid Web's cart", |fault| {
        fault.drift(Drift::remove("/ident"))
    }),
    ("drifted in cPanel's envelope", |fault| {
        fault.drift(Drift::retype("/status"))
    }),
    ("drifted in Webroot's cart", |fault| {
        fault.drift(Drift::remove("/VendorOrderCode"))
    }),
    ("with dead credentials", Fault::token_death),
    ("beyond the quota", Fault::quota),
];

fn layers() -> Layers {
    let retry = RetryPolicy::default()
        .max_attempts(2)
        .base(Duration::from_millis(1))
        .cap(Duration::from_millis(1));
    Layers::default()
        .deadline(Duration::from_secs(2))
        .retry(retry)
}

/// Which user's name travels in a pair with which secret.
const PAIRS: &[(&str, &str)] = &[
    ("CARTWRIGHT_CPANEL_USER", "CARTWRIGHT_CPANEL_PASSWORD"),
    ("CARTWRIGHT_LIQUIDWEB_USER", "CARTWRIGHT_LIQUIDWEB_PASSWORD"),
    (
        "CARTWRIGHT_WEBROOT_CLIENT_ID",
        "CARTWRIGHT_WEBROOT_CLIENT_SECRET",
    ),
];

/// A vendor that repeats what it was sent: in its words, in its code, in other fields and in a header.
fn echo(access: &VendorAccess, marks: &[Mark], tokens: &[String], status: u16) -> Fault {
    let mut said = Vec::new();
    for secret in marks.iter().map(|mark| &mark.given).chain(tokens) {
        said.push(secret.clone());
        said.push(utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string());
        said.push(form_urlencoded::byte_serialize(secret.as_bytes()).collect());
    }
    for (user, secret) in PAIRS {
        let mut settings = access.environment.iter();
        let user = settings.find(|(name, _)| name == user);
        let mark = marks.iter().find(|mark| mark.setting == *secret);
        if let (Some((_, user)), Some(mark)) = (user, mark) {
            said.push(STANDARD.encode(format!("{user}:{}", mark.given)));
        }
    }
    let said = said.join(" and ");
    let body = match status {
        // Its addresses may be answered in any JSON at all.
        200 if access.vendor == "cpanel" => said,
        // What is no vendor's form of a success is quoted where it does not fit.
        200 => json!(said).to_string(),
        _ => json!({
            "type": said, "title": said, "detail": said, "errors": {"said": said}, "error": said,
            "error_class": said, "full_message": said, "error_description": said,
            "code": said, "message": said, "Message": said, "data": {"error_type": said},
        })
        .to_string(),
    };
    let in_header = marks.iter().map(|mark| &mark.given).chain(tokens);
    let in_header: Vec<String> = in_header
        .map(|secret| utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string())
        .collect();
    Fault::at(access.vendor, "*")
        .times(1_000)
        .status(status)
        .header("x-request-id", in_header.join(" "))
        .body(body)
}

/// A vendor's carts; its configuration and its client are told.
fn open(
    vendor: Vendor,
    settings: &Settings,
    transport: &Arc<dyn Transport>,
    told: &mut Told,
) -> Box<dyn CartApi> {
    told.debug("the settings", settings);
    macro_rules! open {
        ($api:ty, $config:ty) => {{
            let config = <$config>::from_settings(settings).unwrap();
            let config = config.transport(transport.clone()).layers(layers());
            told.debug("the configuration", &config);
            let shop = <$api>::new(config).unwrap();
            told.debug("the shop", &shop);
            told.debug("its client", shop.client());
            Box::new(shop)
        }};
    }
    match vendor {
        Vendor::BigCommerce => open!(BigCommerce, BigCommerceConfig),
        Vendor::Cpanel => open!(Cpanel, CpanelConfig),
        Vendor::LiquidWeb => open!(LiquidWeb, LiquidWebConfig),
        Vendor::Webroot => open!(Webroot, WebrootConfig),
        other => panic!("nobody has said how {other} is opened"),
    }
}

/// The settings that the sandbox says, with the marks in place of its credentials.
fn settings(access: &VendorAccess, marks: &[Mark], without: &[&str], base_url: &str) -> Settings {
    let own = access.environment.iter().filter(|(name, _)| {
        let is_marked = marks.iter().any(|mark| mark.setting == *name);
        !is_marked && !without.contains(name) && !name.ends_with("BASE_URL")
    });
    let own = own.map(|(name, value)| ((*name).to_owned(), value.clone()));
    let marked = marks.iter();
    let marked = marked.map(|mark| (mark.setting.to_owned(), mark.given.clone()));
    let vendor = access.vendor.to_ascii_uppercase();
    let base_url = (format!("CARTWRIGHT_{vendor}_BASE_URL"), base_url.to_owned());
    Settings::from_pairs(own.chain(marked).chain([base_url]))
}

/// What one login went through, and where its credentials showed.
struct Walk {
    leaks: Vec<String>,
    texts: usize,
    lines: usize,
    files: usize,
    secrets: usize,
}

/// Everything that a vendor can do and everything that can go wrong, with one login.
async fn walk(login: usize) -> Walk {
    let (vendor, secret, without) = LOGINS[login];
    let mut told = Told::listen();
    let issued: Arc<Mutex<Vec<String>>> = Arc::default();
    // The access token and the refresh token of whoever asked last.
    let last: Arc<Mutex<Vec<String>>> = Arc::default();
    let (keep, keep_last) = (issued.clone(), last.clone());
    // More than is asked: a client that keeps to BigCommerce's quota would wait and not be struck.
    let quota = Quota {
        requests: 1_000_000,
        window: Duration::from_secs(30),
    };
    let sandbox = Sandbox::builder().quota(quota).observe(move |exchange| {
        let Ok(answer) = serde_json::from_slice::<Value>(&exchange.response_body) else {
            return;
        };
        let tokens = ["access_token", "refresh_token", "token", "OrderHeaderToken"];
        let tokens = tokens.iter().filter_map(|name| answer.get(name)?.as_str());
        keep.lock().unwrap().extend(tokens.map(str::to_owned));
        if exchange.path == "/auth/token" {
            let tokens = ["access_token", "refresh_token"].into_iter();
            let tokens = tokens.filter_map(|name| answer.get(name)?.as_str());
            *keep_last.lock().unwrap() = tokens.map(str::to_owned).collect();
        }
    });
    let sandbox = sandbox.start().await.unwrap();
    let mut vendors = sandbox.vendors().into_iter();
    let access = vendors.find(|access| access.vendor == vendor.as_str());
    let access = access.unwrap();
    let marks = marks(login, secret, &access);
    let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let recorder = Recorder::new(folder.path());
    let recorded = recorder.layer(Door(marks.clone()).layer(wire.clone()));
    let good = settings(&access, &marks, without, &access.base_url);

    let shop = open(vendor, &good, &recorded, &mut told);
    let cart = shop.create(new_cart(vendor)).await.unwrap();
    tell_every_verb(&*shop, &cart, &mut told, "in peace").await;

    for status in [200, 400, 401, 500] {
        let trouble = format!("repeating credentials under {status}");
        let warm = open(vendor, &good, &recorded, &mut told);
        let cart = warm.create(new_cart(vendor)).await.unwrap();
        let tokens = last.lock().unwrap().clone();
        sandbox
            .fault(echo(&access, &marks, &tokens, status))
            .unwrap();
        tell_every_verb(&*warm, &cart, &mut told, &trouble).await;
        sandbox.clear_faults();
        // One that has no token yet knows none.
        sandbox.fault(echo(&access, &marks, &[], status)).unwrap();
        let cold = open(vendor, &good, &recorded, &mut told);
        let place = format!("{vendor}, {trouble}, the first call");
        let answer = cold.create(new_cart(vendor)).await;
        let error = answer.as_ref().expect_err("nothing was created");
        let body = error.body().map(String::from_utf8_lossy);
        assert!(
            status == 200 || body.is_some_and(|body| body.contains(REDACTED)),
            "{place}: {error:?}"
        );
        told.result(&place, answer);
        let faults = sandbox.fault_log();
        assert!(!faults[0].hits.is_empty(), "{place}: {faults:?}");
        sandbox.clear_faults();
    }

    for (trouble, fault) in TROUBLES {
        // A refused quota keeps a client waiting, so each trouble has clients of its own: one that has its token, and one that has not.
        let warm = open(vendor, &good, &recorded, &mut told);
        let cart = warm.create(new_cart(vendor)).await.unwrap();
        sandbox
            .fault(fault(Fault::at(vendor.as_str(), "*").times(1_000)))
            .unwrap();
        tell_every_verb(&*warm, &cart, &mut told, trouble).await;
        let cold = open(vendor, &good, &recorded, &mut told);
        let place = format!("{vendor}, {trouble}, the first call");
        told.result(&place, cold.create(new_cart(vendor)).await);
        let faults = sandbox.fault_log();
        assert!(faults[0].hits.len() > 1, "{vendor}, {trouble}: {faults:?}");
        told.debug("the sandbox's faults", &faults);
        sandbox.clear_faults();
    }

    // Without the door the vendor doesn't know the marks.
    let unknown = open(vendor, &good, &recorder.layer(wire.clone()), &mut told);
    tell_every_verb(&*unknown, &cart, &mut told, "unknown").await;
    let nowhere = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let gone = settings(&access, &marks, without, &nowhere);
    let gone = open(vendor, &gone, &recorder.layer(wire), &mut told);
    tell_every_verb(&*gone, &cart, &mut told, "without a vendor").await;

    assert_eq!(recorder.problems(), [""; 0]);
    told.debug("the recorder", &recorder);
    told.debug("the layers", &layers());
    told.debug("the calls at the sandbox", &sandbox.calls());
    let files = told.folder(folder.path());
    told.text(
        "the archive",
        har::export(folder.path()).unwrap().to_string(),
    );
    let mut secrets: Vec<String> = marks.into_iter().map(|mark| mark.given).collect();
    secrets.append(&mut issued.lock().unwrap());
    secrets.sort();
    secrets.dedup();
    Walk {
        leaks: told.leaks(&secrets),
        texts: told.len(),
        lines: told.log().len(),
        files,
        secrets: secrets.len(),
    }
}

/// Runs on this thread alone, so that all of its log is heard.
fn alone<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        let _untimed = crate::TIMED.read().await;
        future.await
    })
}

#[test]
fn no_credential_shows_whatever_goes_wrong() {
    let walks: Vec<Walk> = std::thread::scope(|scope| {
        let walks: Vec<_> = (0..LOGINS.len())
            .map(|login| scope.spawn(move || alone(walk(login))))
            .collect();
        walks.into_iter().map(|walk| walk.join().unwrap()).collect()
    });
    for ((vendor, secret, _), walk) in LOGINS.iter().zip(&walks) {
        let settings: Vec<&str> = secret.iter().map(|(setting, _)| *setting).collect();
        println!(
            "{vendor} by {}: {} texts, of them {} lines of logs, {} recordings; {} credentials; {} leaks",
            settings.join(" and "),
            walk.texts,
            walk.lines,
            walk.files,
            walk.secrets,
            walk.leaks.len()
        );
        assert!(walk.lines > 0 && walk.files > 0, "nothing was heard");
    }
    let leaks: Vec<&String> = walks.iter().flat_map(|walk| &walk.leaks).collect();
    assert!(
        leaks.is_empty(),
        "{} leaks, such as {:#?}",
        leaks.len(),
        &leaks[..leaks.len().min(12)]
    );
}

#[test]
fn a_planted_credential_is_found_wherever_and_however_it_stands() {
    let secret = "mark+100%=\"/\\&?";
    let secrets = [secret.to_owned()];
    let found = |tell: &dyn Fn(&mut Told)| {
        let mut told = Told::listen();
        tell(&mut told);
        told.leaks(&secrets).len()
    };
    for (place, tell) in [
        (
            "an event",
            &(|_: &mut Told| tracing::trace!(secret, "told")) as &dyn Fn(&mut Told),
        ),
        ("a span", &|_| {
            drop(tracing::trace_span!("call", url = %secret))
        }),
        ("a late field", &|_| {
            let span = tracing::trace_span!("call", url = tracing::field::Empty);
            span.record("url", secret);
        }),
        ("a line of a log", &|_| log::trace!("sent {secret}")),
        ("what Debug shows", &|told| {
            told.debug("a value", &Some(secret))
        }),
        ("a body within what Debug shows", &|told| {
            let body = serde_json::json!({ "password": secret }).to_string();
            told.debug("an error", &Err::<(), _>(Some(body)));
        }),
        ("a panic", &|told| {
            told.text("a panic", panic_over(Err::<u8, _>(secret)));
        }),
        ("a file", &|told| {
            let folder = tempfile::tempdir().unwrap();
            let body = serde_json::json!({ "password": secret }).to_string();
            std::fs::write(folder.path().join("0001.json"), body).unwrap();
            told.folder(folder.path());
        }),
        ("a path", &|told| {
            let url = url::Url::parse_with_params("http://h/", [("key", secret)]);
            told.text("a URL", url.unwrap());
        }),
    ] {
        assert_eq!(found(&tell), 1, "{place}");
    }
    let basic = |user: &str| STANDARD.encode(format!("{user}:{secret}"));
    for user in ["", "a", "an", "ann"] {
        assert_eq!(
            found(&|told| told.text("a header", basic(user))),
            1,
            "{user}"
        );
    }
    assert_eq!(found(&|told| told.text("nothing", "mark+100")), 0);
    assert_eq!(found(&|_| tracing::trace!("nothing")), 0);
}

/// Logs all that it sends.
struct Blab;

struct Blabbing(Arc<dyn Transport>);

impl Layer for Blab {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Blabbing(inner))
    }
}

impl Transport for Blabbing {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        for value in request.headers().values() {
            tracing::trace!(header = %String::from_utf8_lossy(value.as_bytes()));
        }
        let body = request.body().and_then(reqwest::Body::as_bytes);
        let body = String::from_utf8_lossy(body.unwrap_or_default());
        tracing::trace!(%body, url = %request.url());
        self.0.send(request, operation)
    }
}

#[test]
fn each_credential_is_found_where_a_layer_logs_what_it_sends() {
    for (login, (vendor, secret, without)) in LOGINS.iter().enumerate() {
        alone(async {
            let mut told = Told::listen();
            let sandbox = Sandbox::start().await.unwrap();
            let mut vendors = sandbox.vendors().into_iter();
            let access = vendors.find(|access| access.vendor == vendor.as_str());
            let access = access.unwrap();
            let marks = marks(login, secret, &access);
            let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
            let wire = Blab.layer(Door(marks.clone()).layer(wire));
            let settings = settings(&access, &marks, without, &access.base_url);
            let shop = open(*vendor, &settings, &wire, &mut told);
            shop.create(new_cart(*vendor)).await.unwrap();
            for mark in marks {
                let found = told.leaks(&[mark.given]);
                assert!(!found.is_empty(), "{}", mark.setting);
            }
        });
    }
}

/// The snapshots and pages that are kept with the sources. The notes beside a spec are written by hand and quote the vendor's own examples.
fn committed() -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("..")];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() {
                // Cargo marks a target folder, whatever it is called; another build may be at work in it.
                let is_built = path.join("CACHEDIR.TAG").exists();
                let is_left_out = ["target", "specs", "node_modules"].contains(&&*name);
                if !is_built && !is_left_out && !name.starts_with(".git") {
                    open.push(path);
                }
            } else if name.ends_with(".snap") || name.ends_with(".md") {
                let text = std::fs::read_to_string(&path).unwrap();
                texts.push((path.display().to_string(), text));
            }
        }
    }
    texts
}

#[test]
fn no_committed_snapshot_or_page_holds_a_credential_that_the_tests_use() {
    let mut secrets: Vec<String> = alone(async {
        let sandbox = Sandbox::start().await.unwrap();
        let of_sandbox = sandbox.vendors().into_iter().flat_map(|access| {
            let credentials = access.credentials.into_iter();
            let secret = |name: &str| {
                let ends = ["token", "password", "secret", "session"];
                ends.iter().any(|end| name.ends_with(end))
            };
            let secret = credentials.filter(move |(name, _)| secret(name));
            secret.map(|(_, value)| value)
        });
        of_sandbox.collect()
    });
    // The end of each credential of the tests that need no sandbox.
    secrets.push("-that-nobody-may-see".to_owned());
    let texts = committed();
    println!("{} texts, {} credentials", texts.len(), secrets.len());
    assert!(texts.len() > 100, "the snapshots are elsewhere");
    let found = leaks(&texts, &secrets);
    assert!(found.is_empty(), "{found:#?}");
}
