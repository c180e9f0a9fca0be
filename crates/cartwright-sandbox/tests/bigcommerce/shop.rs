//! A store with a plain HTTP client in front of it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cartwright_contract::{Watched, WatchedBuilder};
use cartwright_sandbox::{Clock, Quota, SeedData};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

/// 2024-05-06T07:16:55Z.
pub fn opening() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_714_979_815)
}

pub struct Shop {
    pub sandbox: Watched,
    pub clock: Clock,
    pub base: String,
    pub token: String,
    http: reqwest::Client,
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Shop {
    pub async fn open() -> Self {
        Self::start(Watched::builder()).await
    }

    /// A store that takes as many requests as the vendor documents.
    pub async fn with_quota() -> Self {
        let quota = Quota {
            requests: 150,
            window: Duration::from_secs(30),
        };
        Self::start(Watched::builder().quota(quota)).await
    }

    /// The store of a seed, which is the YAML below the vendor's name.
    pub async fn of_seed(seed: &str) -> Self {
        let data = SeedData::from_yaml(&format!("bigcommerce: {seed}")).unwrap();
        Self::start(Watched::builder().seed_data(data)).await
    }

    async fn start(builder: WatchedBuilder) -> Self {
        let clock = Clock::settable(opening());
        let sandbox = builder.clock(clock.clone()).start().await.unwrap();
        let access = sandbox
            .vendors()
            .into_iter()
            .find(|access| access.vendor == "bigcommerce")
            .unwrap();
        let token = access.credential("access_token").unwrap().to_owned();
        let http = crate::http::client();
        Self {
            base: access.base_url,
            clock,
            http,
            sandbox,
            token,
        }
    }

    /// A request with nothing but a method and a full address.
    pub fn bare(&self, method: Method, url: &str) -> RequestBuilder {
        self.http.request(method, url)
    }

    pub fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, &format!("{}/v3{path}", self.base))
            .header("X-Auth-Token", &self.token)
    }

    /// A request of an app with another token.
    pub fn request_as(&self, token: &str, method: Method, path: &str) -> RequestBuilder {
        self.bare(method, &format!("{}/v3{path}", self.base))
            .header("X-Auth-Token", token)
    }

    pub async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path)).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        send(self.request(Method::POST, path).json(body)).await
    }

    pub async fn put(&self, path: &str, body: &Value) -> Reply {
        send(self.request(Method::PUT, path).json(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        send(self.request(Method::DELETE, path)).await
    }

    pub async fn delete_with(&self, path: &str, body: &Value) -> Reply {
        send(self.request(Method::DELETE, path).json(body)).await
    }

    /// A new metafield of the cart, as answered.
    pub async fn metafield(&self, cart: &Value, key: &str) -> Value {
        let reply = self
            .post(&format!("{}/metafields", path(cart)), &metafield(key))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.data()
    }

    /// A new cart of two calendars, as answered.
    pub async fn calendars(&self) -> Value {
        self.cart(&json!({"line_items": [{"product_id": 126, "quantity": 2}]}))
            .await
    }

    /// A new cart, as answered.
    pub async fn cart(&self, body: &Value) -> Value {
        let reply = self.post("/carts", body).await;
        assert_eq!(reply.status, 201, "{}", reply.text);
        reply.data()
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {:?}", self.text))
    }

    pub fn data(&self) -> Value {
        self.json()["data"].clone()
    }

    pub fn media_type(&self) -> &str {
        self.headers
            .get(CONTENT_TYPE)
            .map_or("", |value| value.to_str().unwrap())
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

pub fn path(cart: &Value) -> String {
    format!("/carts/{}", cart["id"].as_str().unwrap())
}

/// The path of the line in the named array, by its place.
pub fn line_path(cart: &Value, kind: &str, index: usize) -> String {
    format!(
        "{}/items/{}",
        path(cart),
        cart["line_items"][kind][index]["id"].as_str().unwrap()
    )
}

pub fn certificate() -> Value {
    json!({
        "name": "Tobi",
        "theme": "Birthday",
        "amount": 10,
        "quantity": 1,
        "sender": {"name": "Brandi", "email": "brandi@example.com"},
        "recipient": {"name": "Tobi", "email": "tobi@example.com"},
    })
}

pub fn table() -> Value {
    json!({"sku": "table-1", "name": "table", "quantity": 1, "list_price": 30})
}

pub fn metafield(key: &str) -> Value {
    json!({"permission_set": "app_only", "namespace": "Warehouse", "key": key, "value": "7"})
}

/// What a body has, with other values in it.
pub fn with(body: &Value, values: Value) -> Value {
    let mut body = body.as_object().unwrap().clone();
    body.extend(values.as_object().unwrap().clone());
    body.into()
}

/// The keys of a list's metafields.
pub fn keys(list: &Value) -> Vec<&str> {
    let metafields = list["data"].as_array().unwrap();
    metafields
        .iter()
        .map(|metafield| metafield["key"].as_str().unwrap())
        .collect()
}
