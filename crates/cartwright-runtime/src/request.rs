//! Requests before they leave. No HTTP client is needed to build one.

use std::fmt;

use http::Method;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use url::Url;

use crate::query::{QueryParam, form_fields};

/// A request that cannot be built, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestError(String);

impl RequestError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }

    pub(crate) fn into_reason(self) -> String {
        self.0
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for RequestError {}

/// Where requests begin: one method for each HTTP method.
#[derive(Clone, Copy, Debug, Default)]
pub struct Requests(());

impl Requests {
    /// The only value there is.
    pub const fn new() -> Self {
        Self(())
    }

    /// A `GET` request.
    pub fn get(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::GET, &url)
    }

    /// A `POST` request.
    pub fn post(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::POST, &url)
    }

    /// A `PUT` request.
    pub fn put(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::PUT, &url)
    }

    /// A `DELETE` request.
    pub fn delete(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::DELETE, &url)
    }

    /// A `PATCH` request.
    pub fn patch(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::PATCH, &url)
    }

    /// A `HEAD` request.
    pub fn head(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::HEAD, &url)
    }

    /// An `OPTIONS` request.
    pub fn options(&self, url: String) -> RequestBuilder {
        RequestBuilder::new(Method::OPTIONS, &url)
    }
}

/// A request under construction. The first mistake is kept and reported by [`build`](Self::build).
#[derive(Debug)]
pub struct RequestBuilder {
    request: Result<reqwest::Request, RequestError>,
}

impl RequestBuilder {
    pub(crate) fn new(method: Method, url: &str) -> Self {
        Self {
            request: parse_url(url).map(|url| reqwest::Request::new(method, url)),
        }
    }

    fn then(
        mut self,
        step: impl FnOnce(&mut reqwest::Request) -> Result<(), RequestError>,
    ) -> Self {
        if let Ok(request) = &mut self.request
            && let Err(error) = step(request)
        {
            self.request = Err(error);
        }
        self
    }

    /// Sets a header, in place of one of the same name.
    pub fn header(self, name: HeaderName, value: HeaderValue) -> Self {
        self.then(|request| {
            request.headers_mut().insert(name, value);
            Ok(())
        })
    }

    /// Sets these headers, in place of those of the same names.
    pub fn headers(self, headers: HeaderMap) -> Self {
        self.then(|request| {
            request.headers_mut().extend(headers);
            Ok(())
        })
    }

    /// Appends a query parameter.
    pub fn query<T: Serialize + ?Sized>(self, param: &QueryParam<'_, T>) -> Self {
        self.then(|request| {
            // `query_pairs_mut` alone would leave a bare `?` behind.
            for text in param.texts()? {
                request
                    .url_mut()
                    .query_pairs_mut()
                    .append_pair(param.name(), &text);
            }
            Ok(())
        })
    }

    /// Sets a JSON body.
    pub fn json<T: Serialize + ?Sized>(self, body: &T) -> Self {
        self.then(|request| {
            let body = serde_json::to_vec(body).map_err(|error| {
                RequestError::new(format!("the body cannot be written as JSON: {error}"))
            })?;
            set_body(request, "application/json", body);
            Ok(())
        })
    }

    /// Sets a JSON body, or none.
    ///
    /// Without a body the media type is stated all the same: there are services that refuse a `POST` without one.
    pub fn optional_json<T: Serialize>(self, body: &Option<T>) -> Self {
        match body {
            Some(body) => self.json(body),
            None => self.then(|request| {
                state_media_type(request, "application/json");
                Ok(())
            }),
        }
    }

    /// Sets a body of raw bytes; its media type is the caller's to state.
    pub fn body(self, body: impl Into<reqwest::Body>) -> Self {
        self.then(|request| {
            *request.body_mut() = Some(body.into());
            Ok(())
        })
    }

    /// The finished request.
    ///
    /// # Errors
    /// The URL is not one, a path parameter is empty or a dot segment, or a value has no place in a
    /// request.
    pub fn build(self) -> Result<reqwest::Request, RequestError> {
        self.request
    }
}

/// The media type of a form.
const FORM: &str = "application/x-www-form-urlencoded";

fn state_media_type(request: &mut reqwest::Request, media_type: &'static str) {
    request
        .headers_mut()
        .entry(CONTENT_TYPE)
        .or_insert(HeaderValue::from_static(media_type));
}

fn set_body(request: &mut reqwest::Request, media_type: &'static str, body: Vec<u8>) {
    state_media_type(request, media_type);
    *request.body_mut() = Some(body.into());
}

/// Bodies whose writing can fail on the spot.
pub trait RequestBuilderExt: Sized {
    /// Sets a form body (`application/x-www-form-urlencoded`). Fields that are `null` are left out.
    ///
    /// # Errors
    /// The body is not an object of scalars and arrays of scalars.
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, RequestError>;

    /// Sets a form body, or none; the media type is stated all the same.
    ///
    /// # Errors
    /// As [`form_urlencoded`](Self::form_urlencoded).
    fn optional_form_urlencoded<T: Serialize>(self, body: &Option<T>)
    -> Result<Self, RequestError>;
}

impl RequestBuilderExt for RequestBuilder {
    fn form_urlencoded<T: Serialize + ?Sized>(self, body: &T) -> Result<Self, RequestError> {
        let fields = form_fields(body)?;
        let text = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .finish();
        Ok(self.then(|request| {
            set_body(request, FORM, text.into_bytes());
            Ok(())
        }))
    }

    fn optional_form_urlencoded<T: Serialize>(
        self,
        body: &Option<T>,
    ) -> Result<Self, RequestError> {
        match body {
            Some(body) => self.form_urlencoded(body),
            None => Ok(self.then(|request| {
                state_media_type(request, FORM);
                Ok(())
            })),
        }
    }
}

/// Every byte but the unreserved ones of RFC 3986 is encoded in a path segment.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Stands in a URL for a path parameter that no encoding can make safe. It never comes out of
/// percent-encoding, so it cannot be mistaken for a value.
const REFUSED: char = '\0';

/// A path parameter as it stands in a URL: everything but unreserved characters percent-encoded.
///
/// An empty value, `.` and `..` would make the URL name another resource, and URL parsers resolve
/// `%2e%2e` just as they resolve `..`. So such a value becomes a mark that [`RequestBuilder::build`]
/// refuses.
///
/// ```
/// use cartwright_runtime::client::{Requests, encode_path};
///
/// assert_eq!(encode_path("a/b c"), "a%2Fb%20c");
/// let url = format!("https://api.example.com/carts/{}/items", encode_path(".."));
/// assert!(Requests::new().get(url).build().is_err());
/// ```
pub fn encode_path(value: &str) -> String {
    match value {
        "" | "." | ".." => REFUSED.to_string(),
        value => utf8_percent_encode(value, SEGMENT).to_string(),
    }
}

/// Parses a URL that says what it means: one that parsing would lead elsewhere is refused.
pub(crate) fn parse_url(text: &str) -> Result<Url, RequestError> {
    if text.contains(REFUSED) {
        return Err(RequestError::new(
            "a path parameter is empty, `.` or `..`, and would name another resource",
        ));
    }
    if text.contains(|c: char| c.is_ascii_control()) {
        return Err(RequestError::new("the URL holds a control character"));
    }
    let after_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let path = after_scheme.split(['?', '#']).next().unwrap_or_default();
    if path.split(['/', '\\']).any(is_dot_segment) {
        return Err(RequestError::new("the URL's path holds a dot segment"));
    }
    // The text is not quoted: a URL may hold what only its owner should see.
    Url::parse(text).map_err(|error| RequestError::new(format!("the URL is not one: {error}")))
}

fn is_dot_segment(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}

#[cfg(test)]
mod tests {
    use http::header::ACCEPT;
    use serde_json::json;

    use super::*;

    const BASE: &str = "https://api.example.com";

    fn get(path: &str) -> RequestBuilder {
        Requests::new().get(format!("{BASE}{path}"))
    }

    fn body_text(request: &reqwest::Request) -> &str {
        std::str::from_utf8(request.body().unwrap().as_bytes().unwrap()).unwrap()
    }

    #[test]
    fn a_path_parameter_never_reaches_another_resource() {
        for id in ["", ".", ".."] {
            let url = format!("/carts/{}/items", encode_path(id));
            let error = get(&url).build().unwrap_err();
            assert!(error.to_string().contains("path parameter"), "{id:?}");
        }
        // These look dangerous and are not: they stay one segment.
        for (id, path) in [
            ("a/../b", "/carts/a%2F..%2Fb/items"),
            ("%2e%2e", "/carts/%252e%252e/items"),
            ("..\\..", "/carts/..%5C../items"),
            ("\t..", "/carts/%09../items"),
            ("...", "/carts/.../items"),
            ("a?b#c", "/carts/a%3Fb%23c/items"),
            ("é~-_.", "/carts/%C3%A9~-_./items"),
        ] {
            let request = get(&format!("/carts/{}/items", encode_path(id)))
                .build()
                .unwrap();
            assert_eq!(request.url().path(), path);
        }
    }

    #[test]
    fn a_url_that_parsing_would_change_is_refused() {
        for path in [
            "/a/..",
            "/a/%2E%2e/b",
            "/./a",
            "/a\\..\\b",
            "/a/.\t./b",
            "/a/%2e",
        ] {
            assert!(get(path).build().is_err(), "{path}");
        }
        assert!(Requests::new().get("no url".into()).build().is_err());
        // Dots in the query are data.
        assert!(get("/a?next=../b").build().is_ok());
    }

    #[test]
    fn a_query_is_appended_and_an_empty_one_leaves_no_question_mark() {
        let request = get("/carts")
            .query(&QueryParam::new("none", &None::<&str>))
            .build()
            .unwrap();
        assert_eq!(request.url().as_str(), "https://api.example.com/carts");
        let request = get("/carts?a=1")
            .query(&QueryParam::joined("include", &["x", "y z"]))
            .build()
            .unwrap();
        assert_eq!(request.url().query(), Some("a=1&include=x%2Cy+z"));
    }

    #[test]
    fn a_body_brings_its_media_type_unless_one_is_stated() {
        let request = get("/").json(&json!({"a": 1})).build().unwrap();
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        assert_eq!(body_text(&request), r#"{"a":1}"#);

        let request = get("/")
            .header(
                CONTENT_TYPE,
                HeaderValue::from_static("application/vnd.x+json"),
            )
            .json(&json!(1))
            .build()
            .unwrap();
        assert_eq!(request.headers()[CONTENT_TYPE], "application/vnd.x+json");

        let request = get("/")
            .form_urlencoded(&json!({"a": "x y"}))
            .unwrap()
            .build()
            .unwrap();
        assert_eq!(
            request.headers()[CONTENT_TYPE],
            "application/x-www-form-urlencoded"
        );
        assert_eq!(body_text(&request), "a=x+y");
    }

    #[test]
    fn an_optional_body_may_be_left_out() {
        let none = None::<serde_json::Value>;
        let request = get("/").optional_json(&none).build().unwrap();
        assert!(request.body().is_none());
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        let request = get("/").optional_form_urlencoded(&none).unwrap();
        assert!(request.build().unwrap().body().is_none());

        let some = Some(json!({"a": 1}));
        let request = get("/").optional_json(&some).build().unwrap();
        assert_eq!(body_text(&request), r#"{"a":1}"#);
        let request = get("/").optional_form_urlencoded(&some).unwrap();
        assert_eq!(body_text(&request.build().unwrap()), "a=1");
    }

    #[test]
    fn headers_replace_those_of_the_same_name_and_keep_the_others() {
        let mut headers = HeaderMap::new();
        headers.insert("x-region", HeaderValue::from_static("eu"));
        let request = get("/")
            .header(ACCEPT, HeaderValue::from_static("application/json"))
            .header(
                HeaderName::from_static("x-region"),
                HeaderValue::from_static("us"),
            )
            .headers(headers)
            .build()
            .unwrap();
        assert_eq!(request.headers()["accept"], "application/json");
        assert_eq!(request.headers()["x-region"], "eu");
    }

    #[test]
    fn the_first_mistake_is_the_one_that_is_reported() {
        let error = get("/")
            .query(&QueryParam::new("q", &json!({})))
            .query(&QueryParam::new("r", &json!({})))
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("`q`"));
    }
}
