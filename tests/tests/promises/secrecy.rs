//! Credentials: on the request, and nowhere else.

use std::error::Error as StdError;
use std::fmt::Debug;
use std::sync::Arc;

use cartwright_runtime::{Credentials, Error, Session, TransportError};
use cartwright_tests::promises::secrets::{Client, operations, types::GetCartError};

use crate::vendor::{BASE, Vendor};

/// Every form in which a secret of [`keys`] and [`token`] could come to light: as given, as base64 and in a URL.
const SECRETS: [&str; 5] = [
    "h-secret",
    "q-secret",
    "p-secret",
    "YWRhOnAtc2VjcmV0",
    "t-secret",
];

fn keys() -> Credentials {
    Credentials::new()
        .api_key("Header", "h-secret")
        .api_key("Query", "q-secret")
        .basic("Login", "ada", "p-secret")
}

fn token() -> Credentials {
    Credentials::new().bearer("Token", "t-secret")
}

fn assert_shows_no_secret(what: &str, shown: &str) {
    for secret in SECRETS {
        assert!(!shown.contains(secret), "{what} shows {secret}: {shown}");
    }
}

async fn call(
    vendor: &Arc<Vendor>,
    credentials: Credentials,
    id: &str,
) -> Result<(), Error<GetCartError>> {
    let client = Client::new(BASE, credentials, vendor.clone()).unwrap();
    client.get_cart().id(id).send().await.map(drop)
}

#[tokio::test]
async fn credentials_travel_by_their_schemes() {
    let vendor = Vendor::answering(200, "{}");
    call(&vendor, keys(), "7").await.unwrap();
    let asked = vendor.asked();
    assert_eq!(asked.headers["x-key"], "h-secret");
    assert_eq!(asked.url.query(), Some("key=q-secret"));
    assert_eq!(asked.headers["authorization"], "Basic YWRhOnAtc2VjcmV0");

    let vendor = Vendor::answering(200, "{}");
    call(&vendor, token(), "7").await.unwrap();
    assert_eq!(vendor.asked().headers["authorization"], "Bearer t-secret");
}

#[tokio::test]
async fn debug_of_a_client_shows_no_credential() {
    for credentials in [keys(), token()] {
        let vendor = Vendor::answering(200, "{}");
        let client = Client::new(BASE, credentials.clone(), vendor).unwrap();
        let response = client.get_cart().id("7").send().await.unwrap();
        let shown: [&dyn Debug; 5] = [
            &credentials,
            &client,
            client.session(),
            &client.get_cart(),
            &response,
        ];
        for value in shown {
            assert_shows_no_secret("Debug", &format!("{value:?} {value:#?}"));
        }
    }
}

/// The failure that reqwest itself would bring, URL and all.
fn quoting(url: &url::Url) -> Box<dyn StdError + Send + Sync> {
    let failure = reqwest::Proxy::all("::").unwrap_err().with_url(url.clone());
    assert!(
        failure
            .to_string()
            .contains(url.query().unwrap_or_default()),
        "the trap is set"
    );
    Box::new(failure)
}

#[tokio::test]
async fn no_error_shows_a_credential() {
    let mut errors = Vec::new();
    for credentials in [keys(), token()] {
        let vendor = Vendor::answering(200, "{}");
        errors.push(call(&vendor, credentials.clone(), "..").await.unwrap_err());
        for (status, body) in [(200, "[]"), (404, ""), (500, "oops")] {
            let vendor = Vendor::answering(status, body);
            errors.push(call(&vendor, credentials.clone(), "7").await.unwrap_err());
        }
        let failures: [fn(&url::Url) -> TransportError; 5] = [
            |url| TransportError::Connect(quoting(url)),
            |url| TransportError::Timeout(quoting(url)),
            |url| TransportError::Send(quoting(url)),
            |url| TransportError::Body {
                status: http::StatusCode::OK,
                source: quoting(url),
            },
            |url| TransportError::Custom(quoting(url)),
        ];
        for failure in failures {
            let vendor = Vendor::failing(failure);
            errors.push(call(&vendor, credentials.clone(), "7").await.unwrap_err());
        }
        let vendor = Vendor::answering(200, "{}");
        let session = Session::new(BASE, credentials, vendor, operations::SECURITY_SCHEMES);
        let client = Client::with_session(session.unwrap().with_max_body(1));
        errors.push(client.get_cart().id("7").send().await.unwrap_err());
    }
    // A credential that is missing beside one that is not, and one that no header can carry.
    let only_one = Credentials::new().api_key("Query", "q-secret");
    let unusable = Credentials::new().bearer("Token", "t-secret\n");
    for credentials in [only_one, unusable] {
        let vendor = Vendor::answering(200, "{}");
        errors.push(call(&vendor, credentials, "7").await.unwrap_err());
        assert!(vendor.was_never_asked());
    }

    let mut kinds: Vec<&str> = Vec::new();
    for error in &errors {
        assert_shows_no_secret("an error", &format!("{error} {error:?} {error:#?}"));
        let mut cause = error.source();
        while let Some(inner) = cause {
            assert_shows_no_secret("a cause", &format!("{inner} {inner:?}"));
            cause = inner.source();
        }
        kinds.push(match error {
            Error::InvalidRequest(_) => "request",
            Error::Config { .. } => "config",
            Error::Transport { .. } => "transport",
            Error::ErrorResponse(_) => "documented",
            Error::Decode(_) => "decode",
            Error::TooLarge(_) => "too large",
            Error::Undocumented(_) => "undocumented",
            _ => "a kind that this test does not know yet",
        });
    }
    kinds.sort();
    kinds.dedup();
    let all = [
        "config",
        "decode",
        "documented",
        "request",
        "too large",
        "transport",
        "undocumented",
    ];
    assert_eq!(kinds, all, "every kind of error is here");
}

#[tokio::test]
async fn a_token_of_the_password_grant_is_fetched_once_and_the_token_request_carries_no_other_credential()
 {
    use cartwright_runtime::PasswordGrant;
    use cartwright_tests::promises::password_grant::Client;
    let vendor = Vendor::new(|url| {
        let body = match url.path() {
            "/token" => r#"{"access_token": "t-secret", "expires_in": 300}"#,
            _ => "{}",
        };
        Ok(http::Response::new(body).into())
    });
    let grant = PasswordGrant::new("ada", "p-secret").client("id", "h-secret");
    let credentials = Credentials::new().oauth2_password("Login", grant);
    let client = Client::new(BASE, credentials, vendor.clone()).unwrap();
    client.get_cart().send().await.unwrap();
    client.get_cart().send().await.unwrap();
    client.create_token().send().await.unwrap();

    let carried = vendor.all_asked().into_iter().map(|asked| {
        let authorization = asked
            .headers
            .get("authorization")
            .map(|value| value.to_str().unwrap().to_owned());
        (asked.url.path().to_owned(), authorization)
    });
    let (basic, bearer) = (
        Some("Basic aWQ6aC1zZWNyZXQ=".to_owned()),
        Some("Bearer t-secret".to_owned()),
    );
    let expected = [
        ("/token", basic),
        ("/cart", bearer.clone()),
        ("/cart", bearer),
        ("/token", None),
    ];
    assert_eq!(
        carried.collect::<Vec<_>>(),
        expected.map(|(path, carried)| (path.to_owned(), carried))
    );
    assert_shows_no_secret("a client", &format!("{client:?}"));
}

#[tokio::test]
async fn a_secret_in_a_body_or_a_query_is_sent_and_shown_by_no_debug() {
    use cartwright_tests::promises::secret_in_body::{Client, types};
    let vendor = Vendor::answering(200, r#"{"token": "t-secret"}"#);
    let client = vendor.client(Client::new);
    let login = types::Login::builder().password("p-secret");
    let call = client.create_token().key("q-secret").body(login.clone());
    assert_shows_no_secret("a builder", &format!("{login:?} {call:?}"));
    let token = call.send().await.unwrap().into_inner();
    assert_shows_no_secret("an answer", &format!("{token:?}"));
    assert_eq!(token.token.unwrap().expose(), "t-secret");
    let asked = vendor.asked();
    assert_eq!(asked.body.as_deref(), Some(r#"{"password":"p-secret"}"#));
    assert_eq!(asked.url.query(), Some("key=q-secret"));
}
