//! The token endpoint: grants, proofs, lifetimes.

use std::time::Duration;

use reqwest::Method;
use reqwest::header::{CACHE_CONTROL, CONTENT_TYPE};
use serde_json::{Value, json};

use crate::partner::{FORM, Partner, password_form, send};

const FIVE_MINUTES: Duration = Duration::from_secs(300);
const TWO_WEEKS: Duration = Duration::from_secs(14 * 24 * 60 * 60);
const A_MILLISECOND: Duration = Duration::from_millis(1);

/// The status of a read of a missing cart: 404 behind the gate, 401 before it.
async fn entered(partner: &Partner, tokens: &Value) -> u16 {
    let request = partner.with_token(Method::GET, "/carts/none", tokens);
    send(request).await.status
}

#[tokio::test]
async fn a_password_grant_answers_two_tokens_and_the_odd_scope_text() {
    let partner = Partner::open().await;
    let mut tokens = partner.sign_in("ECom.Shop").await;
    let fields = tokens.as_object_mut().unwrap();
    let (access, refresh) = (
        fields.remove("access_token").unwrap(),
        fields.remove("refresh_token").unwrap(),
    );
    assert!(access.is_string() && refresh.is_string() && access != refresh);
    assert_eq!(
        tokens,
        json!({"token_type": "bearer", "expires_in": 300, "scope": r#"["ECom.Shop"]"#})
    );
}

#[tokio::test]
async fn a_token_answer_is_json_that_must_not_be_stored() {
    let partner = Partner::open().await;
    let (user, password) = (
        partner.credential("username"),
        partner.credential("password"),
    );
    let reply = partner
        .token(&password_form(&user, &password, "ECom.Shop"))
        .await;
    assert_eq!(reply.media_type(), "application/json");
    assert_eq!(reply.headers[CACHE_CONTROL], "no-store");
}

#[tokio::test]
async fn the_client_proves_itself_by_basic_or_in_the_form() {
    let partner = Partner::open().await;
    let own = |name: &str| partner.credential(name);
    let (id, secret) = (own("client_id"), own("client_secret"));
    let (user, password) = (own("username"), own("password"));
    let grant = password_form(&user, &password, "ECom.Shop");
    let in_form = [
        grant.as_slice(),
        &[("client_id", &id), ("client_secret", &secret)],
    ]
    .concat();
    for request in [
        partner.token_request(&grant).basic_auth(&id, Some(&secret)),
        partner.token_request(&in_form),
    ] {
        assert_eq!(send(request).await.status, 200);
    }
    let twice = partner
        .token_request(&in_form)
        .basic_auth(&id, Some(&secret));
    assert_eq!(send(twice).await.refusal(), (400, json!("invalid_request")));
}

#[tokio::test]
async fn a_client_without_its_proof_is_401() {
    let partner = Partner::open().await;
    let own = |name: &str| partner.credential(name);
    let (id, secret) = (own("client_id"), own("client_secret"));
    let (user, password) = (own("username"), own("password"));
    let grant = password_form(&user, &password, "ECom.Shop");
    let with = |more: &[(&str, &str)]| partner.token_request(&[&grant, more].concat());
    for request in [
        with(&[]),
        with(&[("client_id", &id)]),
        with(&[("client_id", &id), ("client_secret", "wrong")]),
        with(&[("client_id", "wrong"), ("client_secret", &secret)]),
        with(&[]).basic_auth(&id, Some("wrong")),
        with(&[]).basic_auth(&id, None::<&str>),
        with(&[]).bearer_auth(&secret),
        with(&[]).header("Authorization", "Basic ???"),
    ] {
        assert_eq!(
            send(request).await.refusal(),
            (401, json!("invalid_client"))
        );
    }
}

#[tokio::test]
async fn a_wrong_user_or_password_is_400_invalid_grant() {
    let partner = Partner::open().await;
    let (user, password) = (
        partner.credential("username"),
        partner.credential("password"),
    );
    for (user, password) in [(user.as_str(), "wrong"), ("wrong", password.as_str())] {
        let reply = partner
            .token(&password_form(user, password, "ECom.Shop"))
            .await;
        assert_eq!(reply.refusal(), (400, json!("invalid_grant")), "{user}");
    }
}

#[tokio::test]
async fn a_form_that_is_not_as_it_should_be_is_400() {
    let partner = Partner::open().await;
    let (user, password) = (
        partner.credential("username"),
        partner.credential("password"),
    );
    let whole = password_form(&user, &password, "ECom.Shop");
    let without = |name: &str| -> Vec<(&str, &str)> {
        let kept = whole.iter().filter(|(known, _)| *known != name);
        kept.copied().collect()
    };
    for (form, error, word) in [
        (without("grant_type"), "invalid_request", "grant_type"),
        (without("username"), "invalid_request", "username"),
        (without("password"), "invalid_request", "password"),
        (without("scope"), "invalid_request", "scope"),
        (
            [&whole[..], &[("scope", "ECom.Shop")]].concat(),
            "invalid_request",
            "scope",
        ),
        (
            vec![("grant_type", "client_credentials")],
            "unsupported_grant_type",
            "client_credentials",
        ),
        (
            vec![("grant_type", "refresh_token")],
            "invalid_request",
            "refresh_token",
        ),
        (
            password_form(&user, &password, "ECom.Orders").to_vec(),
            "invalid_scope",
            "scope",
        ),
    ] {
        let reply = partner.token(&form).await;
        assert_eq!(reply.refusal(), (400, json!(error)), "{form:?}");
        assert!(reply.description().contains(word), "{}", reply.text);
    }
}

#[tokio::test]
async fn a_grant_in_json_is_400() {
    let partner = Partner::open().await;
    let body = json!({"grant_type": "password"});
    let request = partner.bare(Method::POST, "/auth/token").json(&body);
    assert_eq!(
        send(request).await.refusal(),
        (400, json!("invalid_request"))
    );
}

#[tokio::test]
async fn a_refused_grant_stands_in_the_envelope_of_all_refusals() {
    let partner = Partner::open().await;
    let body = partner.token(&[("grant_type", "implicit")]).await.json();
    let keys: Vec<&String> = body.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "AdditionalInformation",
            "error",
            "error_description",
            "requestId",
            "statusCode"
        ]
    );
}

#[tokio::test]
async fn an_access_token_lives_five_minutes() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    partner.clock.advance(FIVE_MINUTES - A_MILLISECOND);
    assert_eq!(entered(&partner, &tokens).await, 404);
    partner.clock.advance(A_MILLISECOND);
    assert_eq!(entered(&partner, &tokens).await, 401);
}

#[tokio::test]
async fn a_refresh_token_lives_two_weeks() {
    for (age, status) in [(TWO_WEEKS - A_MILLISECOND, 200), (TWO_WEEKS, 400)] {
        let partner = Partner::open().await;
        let tokens = partner.sign_in("ECom.Shop").await;
        partner.clock.advance(age);
        assert_eq!(partner.refresh(&tokens).await.status, status, "{age:?}");
    }
}

#[tokio::test]
async fn a_refresh_answers_tokens_that_let_in() {
    let partner = Partner::open().await;
    let first = partner.sign_in("ECom.Shop").await;
    partner.clock.advance(FIVE_MINUTES);
    let reply = partner.refresh(&first).await;
    let second = reply.json();
    assert_eq!(
        (reply.status, &second["expires_in"], &second["scope"]),
        (200, &json!(300), &json!(r#"["ECom.Shop"]"#))
    );
    for token in ["access_token", "refresh_token"] {
        assert_ne!(first[token], second[token], "{token}");
    }
    assert_eq!(entered(&partner, &second).await, 404);
}

#[tokio::test]
async fn a_new_refresh_token_kills_the_old_one() {
    let partner = Partner::open().await;
    let first = partner.sign_in("ECom.Shop").await;
    let second = partner.refresh(&first).await.json();
    let reply = partner.refresh(&first).await;
    assert_eq!(reply.refusal(), (400, json!("invalid_grant")));
    partner.sign_in("ECom.Shop").await;
    let reply = partner.refresh(&second).await;
    assert_eq!(reply.refusal(), (400, json!("invalid_grant")));
}

#[tokio::test]
async fn a_refresh_leaves_the_old_access_token_alive() {
    let partner = Partner::open().await;
    let first = partner.sign_in("ECom.Shop").await;
    partner.refresh(&first).await;
    assert_eq!(entered(&partner, &first).await, 404);
}

#[tokio::test]
async fn an_access_token_is_no_refresh_token_nor_the_other_way_round() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    let swapped = json!({
        "access_token": tokens["refresh_token"],
        "refresh_token": tokens["access_token"],
    });
    assert_eq!(entered(&partner, &swapped).await, 401);
    let reply = partner.refresh(&swapped).await;
    assert_eq!(reply.refusal(), (400, json!("invalid_grant")));
}

#[tokio::test]
async fn a_refresh_may_ask_for_less_and_not_for_more() {
    for (had, asked, answered) in [
        ("ECom.*", None, Some(r#"["ECom.*"]"#)),
        ("*", Some("ECom.Shop"), Some(r#"["ECom.Shop"]"#)),
        (
            "ECom.Shop Console.GSM",
            Some("Console.GSM"),
            Some(r#"["Console.GSM"]"#),
        ),
        ("ECom.Shop", Some("ECom.*"), None),
        ("Console.GSM", Some("ECom.Shop"), None),
    ] {
        let partner = Partner::open().await;
        let tokens = partner.sign_in(had).await;
        let mut form = vec![
            ("grant_type", "refresh_token"),
            ("refresh_token", tokens["refresh_token"].as_str().unwrap()),
        ];
        form.extend(asked.map(|scope| ("scope", scope)));
        let reply = partner.token(&form).await;
        match answered {
            Some(scope) => assert_eq!(reply.json()["scope"], scope, "{had} {asked:?}"),
            None => assert_eq!(
                reply.refusal(),
                (400, json!("invalid_scope")),
                "{had} {asked:?}"
            ),
        }
    }
}

#[tokio::test]
async fn expiring_the_tokens_ends_access_and_refresh() {
    let partner = Partner::open().await;
    let tokens = partner.sign_in("ECom.Shop").await;
    let cart = partner.cart_of(&[crate::partner::plain("SAEP")]).await;
    partner.sandbox.webroot_expire_tokens();
    assert_eq!(entered(&partner, &tokens).await, 401);
    let reply = partner.refresh(&tokens).await;
    assert_eq!(reply.refusal(), (400, json!("invalid_grant")));
    // A new sign-in finds the carts as they were.
    assert_eq!(
        partner.read(&cart).await["VendorOrderCode"],
        cart["VendorOrderCode"]
    );
}

#[tokio::test]
async fn a_password_reaches_the_token_endpoint_only_when_it_is_form_encoded() {
    let partner = Partner::open().await;
    let own = |name: &str| partner.credential(name);
    let body = format!(
        "grant_type=password&scope=ECom.Shop&username={}&password={}",
        own("username"),
        own("password")
    );
    let request = partner
        .bare(Method::POST, "/auth/token")
        .header(CONTENT_TYPE, FORM)
        .basic_auth(own("client_id"), Some(own("client_secret")))
        .body(body);
    assert_eq!(send(request).await.refusal(), (400, json!("invalid_grant")));
}
