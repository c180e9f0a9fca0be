//! Tokens: what they open, and when they end.

use std::time::Duration;

use serde_json::{Value, json};

use crate::market::{BUNDLE, Market, Reply, TOKEN, send};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;

/// Seconds since 1970 when the market opens.
const OPENING: i64 = 1_714_979_815;

impl Market {
    /// Asks for a token, in place of the password with that secret.
    async fn ask(&self, secret: &str, params: &Value) -> Reply {
        let request = self
            .http
            .post(self.url(TOKEN))
            .basic_auth(&self.user, Some(secret));
        send(request.json(&json!({"params": params}))).await
    }

    async fn new_token(&self, params: &Value) -> String {
        let reply = self.ask(&self.password, params).await;
        assert_eq!(reply.status, 200);
        reply.json()["token"].as_str().unwrap().to_owned()
    }

    /// The status of a call with the token in a Bearer header.
    async fn status(&self, token: &str) -> u16 {
        let request = self.http.post(self.url(BUNDLE)).bearer_auth(token);
        send(request.json(&json!({"params": {"code": "BNDL-SAFE"}})))
            .await
            .status
    }

    fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }
}

#[tokio::test]
async fn a_token_opens_the_api_as_bearer_and_in_place_of_the_password() {
    let market = Market::open().await;
    let reply = market.ask(&market.password, &json!({})).await;
    let answer = reply.json();
    assert_eq!(
        (reply.status, &answer["expires"]),
        (200, &json!(OPENING + 900))
    );
    let token = answer["token"].as_str().unwrap();
    assert_eq!(market.status(token).await, 200);
    let request = market
        .http
        .post(market.url(BUNDLE))
        .basic_auth(&market.user, Some(token));
    assert_eq!(send(request).await.status, 200);
    let request = market
        .http
        .post(market.url(BUNDLE))
        .basic_auth("guess", Some(token));
    assert_eq!(send(request).await.status, 401);
}

#[tokio::test]
async fn a_get_asks_for_a_token_as_well() {
    let market = Market::open().await;
    let request = market.http.get(market.url(TOKEN));
    let reply = send(request.basic_auth(&market.user, Some(&market.password))).await;
    assert!(reply.json()["token"].is_string());
}

#[tokio::test]
async fn the_password_gives_another_token_each_time() {
    let market = Market::open().await;
    let (first, second) = (
        market.new_token(&json!({})).await,
        market.new_token(&json!({})).await,
    );
    assert_ne!(first, second);
    assert_eq!(
        [market.status(&first).await, market.status(&second).await],
        [200, 200]
    );
}

#[tokio::test]
async fn bearer_asks_for_no_token() {
    let market = Market::open().await;
    let token = market.new_token(&json!({})).await;
    for secret in [&token, &market.token] {
        let reply = send(market.http.post(market.url(TOKEN)).bearer_auth(secret)).await;
        assert_eq!(reply.status, 401);
        assert_eq!(reply.json()["error_class"], "LW::Exception::Authorization");
    }
}

#[tokio::test]
async fn a_token_ends_after_its_timeout_without_use() {
    let market = Market::open().await;
    for (params, seconds) in [
        (json!({}), 15 * MINUTE),
        (json!({"timeout": 60}), MINUTE),
        (json!({"timeout": "3600"}), HOUR),
    ] {
        let token = market.new_token(&params).await;
        market.wait(seconds - 1);
        assert_eq!(market.status(&token).await, 200, "{params}");
        market.wait(seconds - 1);
        assert_eq!(
            market.status(&token).await,
            200,
            "{params}: used a moment ago"
        );
        market.wait(seconds);
        assert_eq!(market.status(&token).await, 401, "{params}");
        assert_eq!(market.ask(&token, &json!({})).await.status, 401, "{params}");
    }
}

#[tokio::test]
async fn asked_for_again_a_token_is_kept_alive_up_to_twelve_hours() {
    let market = Market::open().await;
    let token = market.new_token(&json!({"timeout": 3600})).await;
    for round in 1..=12_i64 {
        market.wait(HOUR - 1);
        let answer = market.ask(&token, &json!({})).await.json();
        assert_eq!(answer["token"], token.as_str());
        let (now, last) = (OPENING + round * 3599, OPENING + 12 * 3600);
        assert_eq!(answer["expires"], (now + 3600).min(last), "{round}");
    }
    market.wait(11);
    assert_eq!(market.status(&token).await, 200);
    market.wait(1);
    assert_eq!(market.status(&token).await, 401);
    assert_ne!(market.new_token(&json!({})).await, token);
}

#[tokio::test]
async fn a_token_that_is_kept_alive_takes_a_new_timeout() {
    let market = Market::open().await;
    let token = market.new_token(&json!({})).await;
    let answer = market.ask(&token, &json!({"timeout": 30})).await.json();
    assert_eq!(
        (&answer["token"], &answer["expires"]),
        (&json!(token), &json!(OPENING + 30))
    );
    market.wait(30);
    assert_eq!(market.status(&token).await, 401);
}

#[tokio::test]
async fn the_token_that_the_sandbox_comes_with_never_ends() {
    let market = Market::open().await;
    let reply = market.ask(&market.token, &json!({})).await;
    assert_ne!(reply.json()["token"], market.token.as_str());
    market.wait(1000 * HOUR);
    assert_eq!(market.status(&market.token).await, 200);
}

#[tokio::test]
async fn a_wrong_parameter_gives_no_token() {
    let market = Market::open().await;
    for (params, class, field) in [
        (json!({"timeout": 0}), "Validation", "timeout"),
        (json!({"timeout": 3601}), "OutOfBounds", "timeout"),
        (
            json!({"login_context": "web"}),
            "Validation",
            "login_context",
        ),
    ] {
        let refusal = market.refusal_of(TOKEN, &params).await;
        assert_eq!(
            refusal["error_class"],
            format!("LW::Exception::Input::{class}")
        );
        assert_eq!(refusal["field"], field);
    }
    let refusal = market.refusal_of(TOKEN, &json!({"timeout": 3601})).await;
    assert_eq!(
        (&refusal["min"], &refusal["max"]),
        (&json!(1), &json!(3600))
    );
}

#[tokio::test]
async fn a_reset_ends_all_tokens() {
    let market = Market::open().await;
    let token = market.new_token(&json!({})).await;
    market.sandbox.reset();
    assert_eq!(market.status(&token).await, 401);
}
