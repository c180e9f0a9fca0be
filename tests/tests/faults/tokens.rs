//! Many callers whose access token the vendor no longer takes.

use std::sync::Arc;

use cartwright::vendors::webroot::{Webroot, WebrootConfig};
use cartwright::{CartApi, HttpTransport, Layer, Layers, NewCart, NewLine, Settings, Transport};
use cartwright_contract::Watched;
use cartwright_runtime::{BoxFuture, Operation, TransportError};
use cartwright_sandbox::{Clock, Sandbox};
use reqwest::StatusCode;
use std::time::{Duration, SystemTime};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

const CALLERS: usize = 100;

/// Holds the refusals back until every caller has one, so that all of them come with the same dead token.
#[derive(Clone)]
struct Together(Arc<Barrier>);

struct Held(Together, Arc<dyn Transport>);

impl Layer for Together {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Held(self.clone(), inner))
    }
}

impl Transport for Held {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            let response = self.1.send(request, operation).await?;
            if operation.id == "getCart" && response.status() == StatusCode::UNAUTHORIZED {
                self.0.0.wait().await;
            }
            Ok(response)
        })
    }
}

/// The grants that were asked for, with the status of each answer.
fn token_requests(sandbox: &Sandbox) -> Vec<(&'static str, u16)> {
    let calls = sandbox.calls().into_iter();
    calls
        .filter(|call| call.path == "/auth/token")
        .map(|call| {
            let mut grants = ["password", "refresh_token"].into_iter();
            let grant = grants.find(|grant| call.body.contains(&format!("grant_type={grant}")));
            (grant.expect("a known grant"), call.status)
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_callers_with_one_dead_token_cause_one_refresh() {
    let _untimed = crate::TIMED.read().await;
    for (ended_by, tokens) in [
        ("its age", &[("password", 200), ("refresh_token", 200)][..]),
        (
            "a change of the password, which ends the refresh token as well",
            &[("password", 200), ("refresh_token", 400), ("password", 200)],
        ),
    ] {
        let clock = Clock::settable(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
        let sandbox = Watched::builder().clock(clock.clone()).start().await;
        let sandbox = sandbox.unwrap();
        let mut vendors = sandbox.vendors().into_iter();
        let access = vendors.find(|access| access.vendor == "webroot").unwrap();
        let config = WebrootConfig::from_settings(&Settings::from_pairs(access.environment));
        let together = Together(Arc::new(Barrier::new(CALLERS)));
        let config = config
            .unwrap()
            .transport(Arc::new(HttpTransport::builder().build().unwrap()))
            .layers(Layers::default().inner(together));
        let shop = Webroot::new(config).unwrap();
        let cart = NewCart::new().line(NewLine::license("SAEP", 10, "1"));
        let cart = shop.create(cart).await.unwrap().id;

        if tokens.len() == 2 {
            clock.advance(Duration::from_secs(301));
        } else {
            sandbox.webroot_expire_tokens();
        }
        let mut callers = JoinSet::new();
        for _ in 0..CALLERS {
            let (shop, cart) = (shop.clone(), cart.clone());
            callers.spawn(async move { shop.get(&cart).await.map(|read| read.id == cart) });
        }
        for read in callers.join_all().await {
            assert!(read.unwrap(), "{ended_by}");
        }

        assert_eq!(token_requests(&sandbox), tokens, "{ended_by}");
        let reads = |status| {
            let calls = sandbox.calls().into_iter();
            let reads = calls.filter(|call| call.method == "GET" && call.status == status);
            reads.count()
        };
        println!(
            "{CALLERS} callers, token ended by {ended_by}: {} refusals, {} carts, {} requests for tokens after the first",
            reads(401),
            reads(200),
            tokens.len() - 1
        );
        assert_eq!((reads(401), reads(200)), (CALLERS, CALLERS), "{ended_by}");
    }
}
