//! The password grant: one token for all calls, refreshed in time, replaced once when the vendor no longer takes it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use cartwright_runtime::client::SendError;
use cartwright_runtime::{
    BoxFuture, Credentials, Layers, Operation, PasswordGrant, Retry, SchemeKind, SecurityScheme,
    Session, Transport, TransportError,
};
use serde_json::json;

static SCHEMES: &[SecurityScheme] = &[
    SecurityScheme {
        name: "Login",
        kind: SchemeKind::OAuth2Password {
            token_url: "/auth/token",
        },
    },
    SecurityScheme {
        name: "Key",
        kind: SchemeKind::ApiKeyHeader("X-Key"),
    },
];

static READ: Operation = Operation {
    id: "getCart",
    method: "GET",
    path: "/cart",
    cart: &["get"],
    retry: Retry::Safe,
    security: &[&["Login"]],
    deprecated: false,
};

/// A vendor that makes tokens `access-1`, `access-2`, … and takes only the newest.
#[derive(Default)]
struct Vendor {
    asked: Mutex<Vec<String>>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    made: usize,
    /// Whether the newest token has been revoked.
    dead: bool,
    refuses_refresh: bool,
    refuses_all: bool,
    answers_nonsense: bool,
    /// How many token requests fail before one is heard.
    fails: usize,
}

impl Vendor {
    fn change(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap());
    }

    /// What was asked so far: `grant` for token requests, else the token that was carried.
    fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }

    fn answer(&self, request: &reqwest::Request) -> (u16, String) {
        let header = |name: &str| {
            let value = request.headers().get(name);
            value.map(|value| value.to_str().unwrap().to_owned())
        };
        let mut state = self.state.lock().unwrap();
        let mut asked = self.asked.lock().unwrap();
        if request.url().path() != "/auth/token" {
            let token = header("authorization").unwrap_or_default();
            asked.push(token.clone());
            let is_good = token == format!("Bearer access-{}", state.made) && !state.dead;
            return if is_good {
                (200, "{}".into())
            } else {
                (401, "{}".into())
            };
        }
        assert_eq!(
            header("x-key"),
            None,
            "a token request carries another scheme's credential"
        );
        let body = request
            .body()
            .and_then(|body| body.as_bytes())
            .unwrap_or_default();
        let form = String::from_utf8_lossy(body).into_owned();
        let client = header("authorization").unwrap_or_default();
        asked.push(format!("{form} [{client}]"));
        if state.refuses_all || (state.refuses_refresh && form.contains("grant_type=refresh_token"))
        {
            return (400, json!({"error": "invalid_grant"}).to_string());
        }
        if state.fails > 0 {
            state.fails -= 1;
            return (503, String::new());
        }
        if state.answers_nonsense {
            return (200, "{\"token\": \"secret-token\"}".into());
        }
        state.made += 1;
        state.dead = false;
        let made = state.made;
        let answer = json!({"access_token": format!("access-{made}"), "refresh_token": format!("refresh-{made}"), "token_type": "bearer", "expires_in": 300});
        (200, answer.to_string())
    }
}

struct Wire(Arc<Vendor>);

impl Transport for Wire {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        Box::pin(async move {
            // Other callers get their turn, as they would on a network.
            tokio::task::yield_now().await;
            let (status, body) = self.0.answer(&request);
            Ok(http::Response::builder()
                .status(status)
                .body(body)
                .unwrap()
                .into())
        })
    }
}

fn shop() -> (Arc<Vendor>, Session) {
    let vendor = Arc::new(Vendor::default());
    let session = session_over(Arc::new(Wire(vendor.clone())));
    (vendor, session)
}

fn session_over(transport: Arc<dyn Transport>) -> Session {
    let grant = PasswordGrant::new("ann", "hunter2")
        .client("id", "client-secret")
        .scope("Shop");
    let credentials = Credentials::new()
        .oauth2_password("Login", grant)
        .api_key("Key", "key-secret");
    Session::new("https://shop.example", credentials, transport, SCHEMES).unwrap()
}

async fn call(session: &Session) -> Result<u16, SendError> {
    let request = reqwest::Request::new(
        http::Method::GET,
        "https://shop.example/cart".parse().unwrap(),
    );
    Ok(session.execute(request, &READ).await?.status().as_u16())
}

const PASSWORD: &str =
    "grant_type=password&password=hunter2&scope=Shop&username=ann [Basic aWQ6Y2xpZW50LXNlY3JldA==]";

fn refresh(serial: usize) -> String {
    format!(
        "grant_type=refresh_token&refresh_token=refresh-{serial}&scope=Shop [Basic aWQ6Y2xpZW50LXNlY3JldA==]"
    )
}

#[tokio::test]
async fn one_token_serves_every_call_and_every_clone() {
    let (vendor, session) = shop();
    for session in [&session, &session.clone(), &session] {
        assert_eq!(call(session).await.unwrap(), 200);
    }
    assert_eq!(
        vendor.asked(),
        [
            PASSWORD,
            "Bearer access-1",
            "Bearer access-1",
            "Bearer access-1"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_token_is_refreshed_when_four_fifths_of_its_life_are_over() {
    let (vendor, session) = shop();
    call(&session).await.unwrap();
    tokio::time::advance(Duration::from_secs(239)).await;
    call(&session).await.unwrap();
    tokio::time::advance(Duration::from_secs(2)).await;
    call(&session).await.unwrap();
    assert_eq!(
        vendor.asked()[2..],
        [
            "Bearer access-1".to_owned(),
            refresh(1),
            "Bearer access-2".to_owned()
        ]
    );
}

#[tokio::test]
async fn a_call_that_a_dead_token_refuses_is_repeated_once_with_a_new_one() {
    let (vendor, session) = shop();
    call(&session).await.unwrap();
    vendor.change(|state| state.dead = true);
    assert_eq!(call(&session).await.unwrap(), 200);
    assert_eq!(
        vendor.asked()[2..],
        [
            "Bearer access-1".to_owned(),
            refresh(1),
            "Bearer access-2".to_owned()
        ]
    );
}

#[tokio::test]
async fn a_call_that_stays_refused_is_not_repeated_for_ever() {
    let (vendor, session) = shop();
    vendor.change(|state| state.made = 7);
    call(&session).await.unwrap();
    // From now on the vendor takes no token.
    vendor.change(|state| state.dead = true);
    vendor.change(|state| state.refuses_all = true);
    let refused = call(&session).await.unwrap_err();
    assert!(matches!(refused, SendError::Token(refused) if refused.status == 400));
}

#[tokio::test]
async fn a_hundred_callers_with_a_dead_token_cause_one_refresh() {
    let (vendor, session) = shop();
    call(&session).await.unwrap();
    vendor.change(|state| state.dead = true);
    let calls = (0..100).map(|_| {
        let session = session.clone();
        tokio::spawn(async move { call(&session).await.unwrap() })
    });
    for call in calls.collect::<Vec<_>>() {
        assert_eq!(call.await.unwrap(), 200);
    }
    let grants: Vec<_> = vendor
        .asked()
        .into_iter()
        .filter(|asked| asked.starts_with("grant_type"))
        .collect();
    assert_eq!(grants, [PASSWORD.to_owned(), refresh(1)]);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_callers_share_one_failure_and_wait_for_one_deadline() {
    struct Silent;
    impl Transport for Silent {
        fn send<'a>(
            &'a self,
            _: reqwest::Request,
            _: &'static Operation,
        ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
            Box::pin(std::future::pending())
        }
    }
    let session = session_over(Layers::default().over(Arc::new(Silent)));
    let began = tokio::time::Instant::now();
    let calls = (0..100).map(|_| {
        let session = session.clone();
        tokio::spawn(async move { call(&session).await.unwrap_err() })
    });
    for call in calls.collect::<Vec<_>>() {
        let error = call.await.unwrap();
        assert!(
            matches!(&error, SendError::Transport { source, .. } if source.is_timeout()),
            "{error}"
        );
    }
    assert_eq!(began.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn a_token_request_is_repeated_like_any_safe_call() {
    let vendor = Arc::new(Vendor::default());
    vendor.change(|state| state.fails = 2);
    let session = session_over(Layers::default().over(Arc::new(Wire(vendor.clone()))));
    assert_eq!(call(&session).await.unwrap(), 200);
    assert_eq!(
        vendor.asked(),
        [PASSWORD, PASSWORD, PASSWORD, "Bearer access-1"]
    );
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_while_a_token_is_made_leaves_the_refresh_token_to_the_next() {
    let (vendor, session) = shop();
    call(&session).await.unwrap();
    tokio::time::advance(Duration::from_secs(241)).await;
    {
        let gives_up = call(&session);
        tokio::pin!(gives_up);
        // It has asked for a token when it is first pending, and is dropped there.
        assert!(
            tokio::time::timeout(Duration::ZERO, &mut gives_up)
                .await
                .is_err()
        );
    }
    assert_eq!(call(&session).await.unwrap(), 200);
    assert_eq!(
        vendor.asked()[2..],
        [refresh(1), "Bearer access-2".to_owned()]
    );
}

#[tokio::test]
async fn a_dead_refresh_token_begins_again_with_the_password() {
    let (vendor, session) = shop();
    call(&session).await.unwrap();
    vendor.change(|state| {
        state.dead = true;
        state.refuses_refresh = true;
    });
    assert_eq!(call(&session).await.unwrap(), 200);
    assert_eq!(
        vendor.asked()[3..],
        [
            refresh(1),
            PASSWORD.to_owned(),
            "Bearer access-2".to_owned()
        ]
    );
}

#[tokio::test]
async fn no_error_of_a_token_request_shows_a_secret() {
    for change in [
        |state: &mut State| state.refuses_all = true,
        |state: &mut State| state.answers_nonsense = true,
    ] {
        let (vendor, session) = shop();
        vendor.change(change);
        let error: cartwright_runtime::Error = call(&session).await.unwrap_err().into();
        let shown = format!("{error} {error:?} {session:?}");
        for secret in [
            "hunter2",
            "client-secret",
            "key-secret",
            "secret-token",
            "aWQ6",
        ] {
            assert!(!shown.contains(secret), "{shown}");
        }
    }
}

#[tokio::test]
async fn a_token_request_that_would_leave_the_origin_is_refused() {
    static ELSEWHERE: &[SecurityScheme] = &[SecurityScheme {
        name: "Login",
        kind: SchemeKind::OAuth2Password {
            token_url: "https://elsewhere.example/token",
        },
    }];
    let vendor = Arc::new(Vendor::default());
    let credentials =
        Credentials::new().oauth2_password("Login", PasswordGrant::new("ann", "hunter2"));
    let session = Session::new(
        "https://shop.example",
        credentials,
        Arc::new(Wire(vendor.clone())),
        ELSEWHERE,
    )
    .unwrap();
    assert!(matches!(
        call(&session).await,
        Err(SendError::Config { .. })
    ));
    assert!(vendor.asked().is_empty());
}

/// A vendor that answers every token request alike, and takes whatever token it is shown.
struct Answering(&'static str, Mutex<Vec<String>>);

impl Transport for Answering {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        _: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        let path = request.url().path().to_owned();
        let body = if path == "/auth/token" { self.0 } else { "{}" };
        self.1.lock().unwrap().push(path);
        Box::pin(async move { Ok(http::Response::new(body).into()) })
    }
}

/// What two calls come to, and how many tokens they ask for.
async fn two_calls(answer: &'static str) -> (Result<u16, String>, usize) {
    let vendor = Arc::new(Answering(answer, Mutex::default()));
    let session = session_over(vendor.clone());
    let first = call(&session).await.map_err(|error| error.to_string());
    if first.is_ok() {
        call(&session).await.unwrap();
    }
    let asked = vendor.1.lock().unwrap().clone();
    (
        first,
        asked.iter().filter(|path| *path == "/auth/token").count(),
    )
}

#[tokio::test(start_paused = true)]
async fn a_token_is_used_without_what_cannot_be_read_beside_it() {
    for answer in [
        r#"{"access_token": "AT", "expires_in": 3600.0}"#,
        r#"{"access_token": "AT", "expires_in": 299.5}"#,
        r#"{"access_token": "AT", "expires_in": "3600.0"}"#,
        r#"{"access_token": "AT", "expires_in": " 3600 "}"#,
        r#"{"access_token": "AT", "expires_in": ""}"#,
        r#"{"access_token": "AT", "expires_in": "soon"}"#,
        r#"{"access_token": "AT", "expires_in": "NaN"}"#,
        r#"{"access_token": "AT", "expires_in": 1e20}"#,
        r#"{"access_token": "AT", "expires_in": 1e400}"#,
        r#"{"access_token": "AT", "expires_in": 18446744073709551615}"#,
        r#"{"access_token": "AT", "expires_in": 9223372036854775807}"#,
        r#"{"access_token": "AT", "expires_in": true}"#,
        r#"{"access_token": "AT", "expires_in": [1]}"#,
        r#"{"access_token": "AT", "expires_in": null}"#,
        r#"{"access_token": "AT", "expires_in": 0}"#,
        r#"{"access_token": "AT", "expires_in": "0"}"#,
        r#"{"access_token": "AT", "expires_in": -1}"#,
        r#"{"access_token": "AT", "expires_in": 300, "refresh_token": 5}"#,
        r#"{"access_token": "AT", "expires_in": 300, "refresh_token": ""}"#,
        r#"{"access_token": "AT", "expires_in": 300, "expires_in": {}}"#,
        r#"{"access_token": "AT", "token_type": 7, "scope": []}"#,
    ] {
        assert_eq!(two_calls(answer).await, (Ok(200), 1), "{answer}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_a_usable_token_says_what_is_wrong_and_shows_none_of_it() {
    for (answer, why) in [
        (
            r#"{"access_token": ""}"#,
            "the `access_token` of the answer to the token request is empty",
        ),
        (
            r#"{"access_token": " "}"#,
            "the `access_token` of the answer to the token request is empty",
        ),
        (
            r#"{"access_token": 5}"#,
            "the `access_token` of the answer to the token request is no text",
        ),
        (
            r#"{"access_token": null}"#,
            "the answer to the token request holds no `access_token`",
        ),
        (
            r#"{"token": "secret"}"#,
            "the answer to the token request holds no `access_token`",
        ),
        (
            r#"{"error": "invalid_grant"}"#,
            "the answer to the token request holds no `access_token`, but the error `invalid_grant`",
        ),
        (
            r#""secret""#,
            "the answer to the token request cannot be read: it is no JSON object",
        ),
        (
            "<html><title>Sign in</title>secret</html>",
            "the answer to the token request cannot be read: a page titled \"Sign in\" came instead of JSON (no content type)",
        ),
        (
            "access_token=secret&expires_in=5",
            "the answer to the token request cannot be read: text came instead of JSON (no content type)",
        ),
        (
            "",
            "the answer to the token request cannot be read: the body is empty",
        ),
    ] {
        let (outcome, asked) = two_calls(answer).await;
        let shown = outcome.unwrap_err();
        assert_eq!(
            (shown.as_str(), asked),
            (format!("token request: HTTP 200: {why}").as_str(), 1)
        );
        assert!(!shown.contains("secret"), "{shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn the_life_of_a_token_is_counted_from_before_it_was_asked_for() {
    /// Takes 100 seconds to make a token that lives for 200.
    struct Slow(Mutex<Vec<String>>);
    impl Transport for Slow {
        fn send<'a>(
            &'a self,
            request: reqwest::Request,
            _: &'static Operation,
        ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
            Box::pin(async move {
                self.0.lock().unwrap().push(request.url().path().to_owned());
                if request.url().path() == "/auth/token" {
                    tokio::time::sleep(Duration::from_secs(100)).await;
                }
                let body = r#"{"access_token": "AT", "expires_in": 200}"#;
                Ok(http::Response::new(body).into())
            })
        }
    }
    let vendor = Arc::new(Slow(Mutex::default()));
    let session = session_over(vendor.clone());
    call(&session).await.unwrap();
    // 159 seconds after it was asked for it is fresh, after 161 it is not.
    tokio::time::advance(Duration::from_secs(59)).await;
    call(&session).await.unwrap();
    assert_eq!(*vendor.0.lock().unwrap(), ["/auth/token", "/cart", "/cart"]);
    tokio::time::advance(Duration::from_secs(2)).await;
    call(&session).await.unwrap();
    assert_eq!(vendor.0.lock().unwrap()[3..], ["/auth/token", "/cart"]);
}
