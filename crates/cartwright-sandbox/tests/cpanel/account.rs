//! An account with a plain HTTP client in front of it.

use std::time::{Duration, UNIX_EPOCH};

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, VendorAccess};
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub type Pairs<'a> = Vec<(&'a str, &'a str)>;

/// Certificates that vouch for a domain, an organization, and an organization looked at closely.
pub const DV: &str = r#"{"product_id":143,"price":6,"subject_names":[["dNSName","a.example"],["dNSName","b.example"]],"validity_period":[1,"year"],"vhost_names":["a.example"]}"#;
pub const OV: &str = r#"{"product_id":"176","price":"30","subject_names":[{"dNSName":"a.example"}],"validity_period":["1, \"year\""]}"#;
pub const EV: &str = r#"{"product_id":209,"price":60.5,"subject_names":[{"type":"dNSName","name":"a.example","dcv_method":"dns"}],"validity_period":["2","year"]}"#;
/// What the latter two ask about their owner.
pub const OWNER: &str = r#"{"organizationName":"Example","streetAddress":"Street 1","localityName":"City","stateOrProvinceName":"ST","postalCode":55555,"countryName":"US","rep_email_address":"who@example.com"}"#;

pub struct Account {
    pub sandbox: Watched,
    pub access: VendorAccess,
    /// Stands a million seconds after 1970.
    pub clock: Clock,
    http: reqwest::Client,
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Account {
    pub async fn open() -> Self {
        Self::with_seed(0).await
    }

    pub async fn with_seed(seed: u64) -> Self {
        let clock = Clock::settable(UNIX_EPOCH + Duration::from_secs(1_000_000));
        let builder = Watched::builder().seed(seed).clock(clock.clone());
        Self {
            clock,
            ..Self::of(builder.start().await.unwrap())
        }
    }

    /// A sandbox with settings of its own. Its clock is not the account's.
    pub fn of(sandbox: Watched) -> Self {
        let access = sandbox
            .vendors()
            .into_iter()
            .find(|access| access.vendor == "cpanel")
            .unwrap();
        let http = crate::http::client();
        Self {
            sandbox,
            access,
            clock: Clock::system(),
            http,
        }
    }

    pub fn credential(&self, name: &str) -> &str {
        self.access.credential(name).unwrap()
    }

    /// A request with no credentials.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.access.base_url))
    }

    pub fn token_header(&self) -> String {
        format!(
            "cpanel {}:{}",
            self.credential("user"),
            self.credential("api_token")
        )
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, path)
            .header(AUTHORIZATION, self.token_header())
    }

    /// Calls a function of Market by GET.
    pub async fn get(&self, function: &str, pairs: &[(&str, &str)]) -> Reply {
        let path = format!("/execute/Market/{function}?{}", encoded(pairs));
        send(self.request(Method::GET, &path)).await
    }

    /// Calls a function of Market by a form POST.
    pub async fn post(&self, function: &str, pairs: &[(&str, &str)]) -> Reply {
        let request = self.request(Method::POST, &format!("/execute/Market/{function}"));
        send(
            request
                .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
                .body(encoded(pairs)),
        )
        .await
    }

    /// What both functions on an order want, besides the items or the order.
    pub fn login(&self) -> Pairs<'_> {
        vec![
            ("access_token", self.credential("access_token")),
            ("provider", "cPStore"),
            ("url_after_checkout", "http://www.example.com/thenextplace"),
        ]
    }

    pub fn wait(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
    }

    pub fn cart<'a>(&'a self, items: &[(&'a str, &'a str)]) -> Pairs<'a> {
        [self.login(), items.to_vec()].concat()
    }

    /// The id of the item of a new certificate, in digits.
    pub async fn certificate(&self, certificate: &str) -> String {
        let asked = [
            ("access_token", self.credential("access_token")),
            ("provider", "cPStore"),
            ("identity_verification", OWNER),
            ("certificate", certificate),
        ];
        let reply = self.get("request_ssl_certificates", &asked).await;
        let id = reply.data()["certificates"]["order_item_id"].clone();
        id.as_str().map_or_else(|| id.to_string(), str::to_owned)
    }

    /// Reports that the item is paid for.
    pub async fn confirm(&self, item: &str) {
        let asked = [
            ("provider", "cPStore"),
            ("order_item_id", item),
            ("status", "confirmed"),
        ];
        let function = "set_status_of_pending_queue_items";
        self.get(function, &asked).await.data();
    }

    /// Asks a function about one item of cPStore.
    pub async fn item(&self, function: &str, item: &str) -> Reply {
        let asked = [("provider", "cPStore"), ("order_item_id", item)];
        self.get(function, &asked).await
    }

    /// What is pending at cPStore.
    pub async fn pending(&self) -> Vec<Value> {
        let asked = [("provider", "cPStore")];
        let reply = self.get("get_pending_ssl_certificates", &asked).await;
        reply.data().as_array().unwrap().clone()
    }

    /// The id of a new order of one item.
    pub async fn order(&self) -> String {
        let cart = self.cart(&[("item", r#"{"product_id":123456}"#)]);
        let reply = self.get("create_shopping_cart", &cart).await;
        reply.data()["order_id"].as_str().unwrap().to_owned()
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {:?}", self.text))
    }

    /// What a call that succeeded answered.
    pub fn data(&self) -> Value {
        let body = self.json();
        assert_eq!((self.status, &body["status"]), (200, &json!(1)), "{body}");
        body["data"].clone()
    }

    /// Why a call failed, in the way that the vendor documents.
    pub fn why(&self) -> String {
        let body = self.json();
        assert_eq!((self.status, &body["status"]), (200, &json!(0)), "{body}");
        let errors = body["errors"].as_array().unwrap();
        assert_eq!(errors.len(), 1, "{body}");
        errors[0].as_str().unwrap().to_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub async fn send(request: RequestBuilder) -> Reply {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Reply {
        status,
        headers,
        text: response.text().await.unwrap(),
    }
}

pub fn encoded(pairs: &[(&str, &str)]) -> String {
    serde_urlencoded::to_string(pairs).unwrap()
}

/// The pairs without the named one.
pub fn without<'a>(pairs: &[(&'a str, &'a str)], name: &str) -> Pairs<'a> {
    let others = pairs.iter().filter(|(other, _)| *other != name);
    others.copied().collect()
}

/// The pairs with another value for the named one.
pub fn with<'a>(pairs: &[(&'a str, &'a str)], name: &'a str, value: &'a str) -> Pairs<'a> {
    [without(pairs, name), vec![(name, value)]].concat()
}
