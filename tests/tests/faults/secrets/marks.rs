//! Credentials that can't be mistaken for anything else, and a door at which the sandbox's own take their places.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use bytes::Bytes;
use cartwright::{Layer, Transport, Vendor};
use cartwright_runtime::{BoxFuture, Operation, TransportError};
use cartwright_sandbox::VendorAccess;
use http::HeaderValue;
use http::header::CONTENT_TYPE;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use url::form_urlencoded;

/// A way to log in: the settings that are secret, with the names of the sandbox's credentials, and settings that are taken away.
type Login = (
    Vendor,
    &'static [(&'static str, &'static str)],
    &'static [&'static str],
);

pub const LOGINS: &[Login] = &[
    (
        Vendor::BigCommerce,
        &[("CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN", "access_token")],
        &[],
    ),
    (
        Vendor::Cpanel,
        &[
            ("CARTWRIGHT_CPANEL_API_TOKEN", "api_token"),
            ("CARTWRIGHT_CPANEL_ACCESS_TOKEN", "access_token"),
        ],
        &[],
    ),
    (
        Vendor::Cpanel,
        &[
            ("CARTWRIGHT_CPANEL_PASSWORD", "password"),
            ("CARTWRIGHT_CPANEL_ACCESS_TOKEN", "access_token"),
        ],
        &["CARTWRIGHT_CPANEL_API_TOKEN"],
    ),
    (
        Vendor::LiquidWeb,
        &[("CARTWRIGHT_LIQUIDWEB_PASSWORD", "password")],
        &[],
    ),
    (
        Vendor::LiquidWeb,
        &[("CARTWRIGHT_LIQUIDWEB_TOKEN", "token")],
        &["CARTWRIGHT_LIQUIDWEB_USER", "CARTWRIGHT_LIQUIDWEB_PASSWORD"],
    ),
    (
        Vendor::Webroot,
        &[
            ("CARTWRIGHT_WEBROOT_CLIENT_SECRET", "client_secret"),
            ("CARTWRIGHT_WEBROOT_PASSWORD", "password"),
        ],
        &[],
    ),
];

/// A credential that is given to the client, and the sandbox's own that it stands for.
#[derive(Clone)]
pub struct Mark {
    pub setting: &'static str,
    pub given: String,
    real: String,
}

/// The marks of a login. Their signs look different in a URL, in a form, in JSON and in Rust.
pub fn marks(login: usize, secret: &[(&'static str, &str)], access: &VendorAccess) -> Vec<Mark> {
    let marks = secret.iter().enumerate().map(|(number, (setting, name))| {
        let real = access.credential(name);
        Mark {
            setting,
            given: format!("mark-{login}{number}+100%=\"/\\&?"),
            real: real.expect("the sandbox says its credentials").to_owned(),
        }
    });
    marks.collect()
}

/// Puts the sandbox's credentials where the marks stand, as the last thing before the wire.
#[derive(Clone)]
pub struct Door(pub Vec<Mark>);

struct Behind(Door, Arc<dyn Transport>);

impl Layer for Door {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Behind(self.clone(), inner))
    }
}

impl Transport for Behind {
    fn send<'a>(
        &'a self,
        mut request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        self.0.open(&mut request);
        self.1.send(request, operation)
    }
}

impl Door {
    fn real(&self, text: &str) -> String {
        let marks = self.0.iter();
        marks.fold(text.to_owned(), |text, mark| {
            text.replace(&mark.given, &mark.real)
        })
    }

    fn pairs(&self, pairs: &[u8]) -> String {
        let real = form_urlencoded::parse(pairs).map(|(name, value)| (name, self.real(&value)));
        let mut written = form_urlencoded::Serializer::new(String::new());
        written.extend_pairs(real).finish()
    }

    fn open(&self, request: &mut reqwest::Request) {
        for value in request.headers_mut().values_mut() {
            let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
            let real = match text
                .strip_prefix("Basic ")
                .map(|word| STANDARD.decode(word))
            {
                Some(Ok(login)) => {
                    let login = self.real(&String::from_utf8_lossy(&login));
                    // The parts of OAuth's client are percent-encoded before they are put together.
                    let login = self.0.iter().fold(login, |login, mark| {
                        let encoded: String =
                            form_urlencoded::byte_serialize(mark.given.as_bytes()).collect();
                        login.replace(&encoded, &mark.real)
                    });
                    format!("Basic {}", STANDARD.encode(login))
                }
                _ => self.real(&text),
            };
            *value = HeaderValue::from_str(&real).expect("the sandbox's credentials fit");
        }
        if let Some(query) = request.url().query() {
            let query = self.pairs(query.as_bytes());
            request.url_mut().set_query(Some(&query));
        }
        let media = request.headers().get(CONTENT_TYPE);
        let is_form = media.is_some_and(|media| media.as_bytes().ends_with(b"urlencoded"));
        let body = request.body().and_then(reqwest::Body::as_bytes);
        if let Some(body) = body.filter(|_| is_form) {
            let body = Bytes::from(self.pairs(body));
            *request.body_mut() = Some(body.into());
        }
    }
}

/// Every form in which a credential may stand in a text, without backslashes: those of JSON and of `Debug` may stand twice and thrice.
pub fn forms(secret: &str) -> Vec<String> {
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let mut forms = vec![
        secret.replace('\\', ""),
        percent.to_lowercase(),
        percent,
        form_urlencoded::byte_serialize(secret.as_bytes()).collect(),
    ];
    for engine in [STANDARD_NO_PAD, URL_SAFE_NO_PAD] {
        // Base64 takes three bytes at a time: what stands before the secret moves it to one of three places.
        for before in 0..3 {
            let bytes = [&[0].repeat(before), secret.as_bytes()].concat();
            let whole = bytes.len() * 8 / 6;
            let begin = (before * 8).div_ceil(6);
            forms.push(engine.encode(&bytes)[begin..whole].to_owned());
        }
    }
    forms
}
