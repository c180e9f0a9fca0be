//! Access tokens: fetched before the first call, kept, and replaced when the vendor no longer takes them.

use std::time::{Duration, SystemTime};

use cartwright::{CartApi, ErrorKind, RetryState};
use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Sandbox};

use super::life::{licence, shop_at};

/// What the sandbox answered to requests for tokens: the grant and the status of each.
fn token_requests(sandbox: &Sandbox) -> Vec<(&'static str, u16)> {
    let calls = sandbox.calls().into_iter();
    calls
        .filter(|call| call.path == "/auth/token")
        .map(|call| {
            let grants = ["password", "refresh_token"];
            let grant = grants
                .into_iter()
                .find(|grant| call.body.contains(&format!("grant_type={grant}")));
            (grant.expect("a known grant"), call.status)
        })
        .collect()
}

#[tokio::test]
async fn one_token_serves_all_calls_until_its_life_is_over() {
    let clock = Clock::settable(SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000));
    let sandbox = Watched::builder()
        .clock(clock.clone())
        .start()
        .await
        .unwrap();
    let shop = shop_at(&sandbox, &[]);
    let cart = shop.create(licence()).await.unwrap();
    clock.advance(Duration::from_secs(299));
    assert!(shop.get(&cart.id).await.is_ok());
    assert_eq!(token_requests(&sandbox), [("password", 200)]);

    clock.advance(Duration::from_secs(2));
    assert_eq!(shop.get(&cart.id).await.unwrap().id, cart.id);
    assert_eq!(
        token_requests(&sandbox),
        [("password", 200), ("refresh_token", 200)],
        "one request more"
    );
    assert!(shop.get(&cart.id).await.is_ok());
    assert_eq!(token_requests(&sandbox).len(), 2, "the new token is kept");
}

#[tokio::test]
async fn when_all_tokens_are_ended_one_login_gives_new_ones() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let cart = shop.create(licence()).await.unwrap();
    sandbox.webroot_expire_tokens();
    // Creating is not repeatable, but a call that was not let in has made nothing.
    assert_ne!(shop.create(licence()).await.unwrap().id, cart.id);
    assert_eq!(
        token_requests(&sandbox),
        [("password", 200), ("refresh_token", 400), ("password", 200)],
        "the refresh token has ended as well, which only asking shows; then one login"
    );
    assert!(shop.get(&cart.id).await.is_ok());
    assert_eq!(token_requests(&sandbox).len(), 3, "the new token is kept");
}

#[tokio::test]
async fn clones_of_a_shop_share_its_token() {
    let sandbox = Watched::start().await.unwrap();
    let shop = shop_at(&sandbox, &[]);
    let (one, other) = (shop.clone(), shop.clone());
    let (one, other) = tokio::join!(one.create(licence()), other.create(licence()));
    assert_ne!(one.unwrap().id, other.unwrap().id);
    assert_eq!(token_requests(&sandbox), [("password", 200)]);
}

#[tokio::test]
async fn every_request_says_which_program_sends_it() {
    let sandbox = Watched::start().await.unwrap();
    // The sandbox answers 400 to a request without a `Name/Version`.
    let shop = shop_at(&sandbox, &[]);
    shop.create(licence()).await.unwrap();
    let calls = sandbox.calls();
    assert_eq!(calls.len(), 2, "a token and a cart");
    for call in calls {
        assert!(call.header_names.iter().any(|name| name == "user-agent"));
        assert_eq!(call.status, 200);
    }
}

#[tokio::test]
async fn credentials_that_give_no_token_are_unauthenticated_and_not_shown() {
    let sandbox = Watched::start().await.unwrap();
    for (setting, status, code, words) in [
        (
            "CARTWRIGHT_WEBROOT_CLIENT_SECRET",
            401,
            "invalid_client",
            "the client id or secret is missing or wrong",
        ),
        (
            "CARTWRIGHT_WEBROOT_PASSWORD",
            400,
            "invalid_grant",
            "the user name or the password is wrong",
        ),
    ] {
        let shop = shop_at(&sandbox, &[(setting, "wrong-secret")]);
        let error = shop.create(licence()).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retry(), error.status()),
            (
                ErrorKind::Unauthenticated,
                RetryState::Permanent,
                Some(status)
            ),
            "{error:?}"
        );
        assert_eq!(
            (error.code(), error.vendor_message()),
            (Some(code), Some(words))
        );
        assert!(!format!("{error} {error:?} {shop:?}").contains("wrong-secret"));
    }
    let calls = sandbox.calls();
    assert!(
        calls.iter().all(|call| call.path == "/auth/token"),
        "no cart call was sent without a token"
    );
}
