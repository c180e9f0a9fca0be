//! Who is let in, and what the others are told.

use reqwest::Method;
use reqwest::header::{AUTHORIZATION, COOKIE};
use serde_json::json;

use crate::account::{Account, send};

const PLAIN: &str = "/execute/Market/get_providers_list";
const WRAPPED: &str = "/json-api/cpanel?cpanel_jsonapi_module=Market\
                       &cpanel_jsonapi_func=get_providers_list&cpanel_jsonapi_apiversion=3";

/// Headers that open the account.
fn right(account: &Account) -> [String; 3] {
    let pair = format!(
        "{}:{}",
        account.credential("user"),
        account.credential("password")
    );
    let encoded = base64(&pair);
    [
        account.token_header(),
        format!("Basic {encoded}"),
        format!("basic {encoded}"),
    ]
}

/// Headers that don't.
fn wrong(account: &Account) -> Vec<String> {
    let (user, token, password) = (
        account.credential("user"),
        account.credential("api_token"),
        account.credential("password"),
    );
    vec![
        format!("cpanel {user}:guess"),
        format!("cpanel other:{token}"),
        format!("cpanel {token}"),
        format!("cpanel {user}:{password}"),
        format!("whm {user}:{token}"),
        format!("Bearer {token}"),
        format!("Basic {}", base64(&format!("{user}:{token}"))),
        format!("Basic {}", base64(&format!("other:{password}"))),
        format!("Basic {user}:{password}"),
        format!("Basic{}", base64(&format!("{user}:{password}"))),
        String::new(),
    ]
}

fn base64(text: &str) -> String {
    use base64::Engine;
    base64::engine::general_purpose::STANDARD.encode(text)
}

#[tokio::test]
async fn a_token_and_a_password_each_open_every_path_with_their_own_scheme() {
    let account = Account::open().await;
    let in_session = format!("/cpsess0000000001{PLAIN}");
    for path in [PLAIN, &in_session, WRAPPED] {
        for header in right(&account) {
            let request = account.bare(Method::GET, path);
            let reply = send(request.header(AUTHORIZATION, &header)).await;
            assert_eq!(reply.status, 200, "{path} {header}");
        }
    }
}

#[tokio::test]
async fn bad_credentials_at_execute_are_401_with_a_page_that_is_no_json() {
    let account = Account::open().await;
    let in_session = format!("/cpsess{}{PLAIN}", account.credential("security_token"));
    for path in [PLAIN, &in_session] {
        for header in wrong(&account) {
            let request = account.bare(Method::GET, path);
            let reply = send(request.header(AUTHORIZATION, &header)).await;
            assert_eq!(
                (reply.status, reply.header("content-type")),
                (401, "text/html"),
                "{path} {header}"
            );
            assert_eq!(reply.header("www-authenticate"), "Basic realm=\"cPanel\"");
            assert!(serde_json::from_str::<serde_json::Value>(&reply.text).is_err());
        }
        assert_eq!(send(account.bare(Method::GET, path)).await.status, 401);
    }
}

#[tokio::test]
async fn bad_credentials_at_json_api_are_403_with_the_recorded_body_as_plain_text() {
    let account = Account::open().await;
    let mut requests: Vec<_> = wrong(&account)
        .into_iter()
        .map(|header| {
            account
                .bare(Method::GET, WRAPPED)
                .header(AUTHORIZATION, header)
        })
        .collect();
    requests.push(account.bare(Method::GET, WRAPPED));
    for request in requests {
        let reply = send(request).await;
        assert_eq!(
            (reply.status, reply.header("content-type")),
            (403, "text/plain")
        );
        assert_eq!(
            reply.json(),
            json!({"cpanelresult": {
                "apiversion": "2",
                "error": "Access denied",
                "data": {"reason": "Access denied", "result": "0"},
                "type": "text",
            }})
        );
    }
}

#[tokio::test]
async fn a_session_needs_its_cookie_and_its_token_in_the_path() {
    let account = Account::open().await;
    let session = account.credential("session");
    let own = format!("/cpsess{}", account.credential("security_token"));
    let cookie = format!("cpsession={session}");
    let cases = [
        (own.as_str(), format!("timezone=UTC; {cookie}"), 200),
        (&own, "cpsession=guess".to_owned(), 401),
        (&own, "timezone=UTC".to_owned(), 401),
        ("/cpsess0000000001", cookie.clone(), 401),
        ("", cookie.clone(), 401),
    ];
    for (prefix, cookie, status) in cases {
        let request = account.bare(Method::GET, &format!("{prefix}{PLAIN}"));
        let reply = send(request.header(COOKIE, &cookie)).await;
        assert_eq!(reply.status, status, "{prefix} {cookie}");
    }
}

#[tokio::test]
async fn what_follows_cpsess_is_ten_digits() {
    let account = Account::open().await;
    for token in ["123456789", "12345678901", "123456789x", "-123456789"] {
        let path = format!("/cpsess{token}{PLAIN}");
        let reply = send(account.request(Method::GET, &path)).await;
        assert_eq!(reply.status, 401, "{token}");
    }
}

#[tokio::test]
async fn a_call_that_is_turned_away_makes_no_order() {
    let account = Account::open().await;
    let cart = account.cart(&[("item", r#"{"product_id":1}"#)]);
    let path = format!(
        "/execute/Market/create_shopping_cart?{}",
        crate::account::encoded(&cart)
    );
    assert_eq!(send(account.bare(Method::GET, &path)).await.status, 401);
    assert!(account.sandbox.cpanel_orders().is_empty());
}

#[tokio::test]
async fn the_environment_points_at_the_account() {
    let account = Account::open().await;
    let port = account.sandbox.addr().port().to_string();
    let origin = account.sandbox.base_url();
    assert_eq!(
        account.access.environment,
        [
            ("CARTWRIGHT_CPANEL_HOST", "127.0.0.1"),
            ("CARTWRIGHT_CPANEL_PORT", &port),
            ("CARTWRIGHT_CPANEL_USER", account.credential("user")),
            (
                "CARTWRIGHT_CPANEL_API_TOKEN",
                account.credential("api_token")
            ),
            ("CARTWRIGHT_CPANEL_PROVIDER", "cPStore"),
            (
                "CARTWRIGHT_CPANEL_ACCESS_TOKEN",
                account.credential("access_token")
            ),
            (
                "CARTWRIGHT_CPANEL_RETURN_URL",
                "https://shop.example/thanks"
            ),
            ("CARTWRIGHT_CPANEL_BASE_URL", &origin),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    );
}
