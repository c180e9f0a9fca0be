//! A market with a plain HTTP client in front of it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cartwright_contract::{Watched, WatchedBuilder};
use cartwright_sandbox::Clock;
use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use serde_json::{Value, json};

pub const ADD: &str = "Market/Cart/Item/add";
pub const CONFIGURE: &str = "Market/Cart/Helpers/Configurator/add";
pub const QUOTE: &str = "Market/Cart/Admin/Quote/create";
pub const BUNDLE: &str = "Market/Bundle/details";
pub const PACKAGE: &str = "Market/Package/details";
pub const PACKAGES: &str = "Market/Bundle/Package/list";
pub const PRODUCTS: &str = "Market/Package/Product/list";
pub const TOKEN: &str = "Account/Auth/token";

/// Every part of a cart that a request can ask for.
pub const EVERYTHING: [&str; 5] = ["admin", "discounts", "items", "metadata", "totals"];

/// 2024-05-06T07:16:55Z, which is 03:16:55 where the vendor is.
pub fn opening() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_714_979_815)
}

pub struct Market {
    pub sandbox: Watched,
    pub clock: Clock,
    pub base: String,
    pub http: reqwest::Client,
    pub user: String,
    pub password: String,
    pub token: String,
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Market {
    pub async fn open() -> Self {
        Self::from(Watched::builder()).await
    }

    pub async fn from(builder: WatchedBuilder) -> Self {
        let clock = Clock::settable(opening());
        let sandbox = builder.clock(clock.clone()).start().await.unwrap();
        let vendors = sandbox.vendors();
        let mut vendors = vendors.iter();
        let access = vendors.find(|access| access.vendor == "liquidweb").unwrap();
        let own = |name: &str| access.credential(name).unwrap().to_owned();
        Self {
            base: access.base_url.clone(),
            clock,
            http: crate::http::client(),
            user: own("user"),
            password: own("password"),
            token: own("token"),
            sandbox,
        }
    }

    pub fn url(&self, method: &str) -> String {
        format!("{}/bleed/{method}", self.base)
    }

    pub fn request(&self, method: &str) -> RequestBuilder {
        self.http
            .post(self.url(method))
            .basic_auth(&self.user, Some(&self.password))
    }

    pub async fn call(&self, method: &str, params: &Value) -> Reply {
        send(self.request(method).json(&json!({"params": params}))).await
    }

    /// What adding with these parameters is refused with, under HTTP 200.
    pub async fn refusal(&self, params: &Value) -> Value {
        self.refusal_of(ADD, params).await
    }

    /// What the method refuses these parameters with, under HTTP 200.
    pub async fn refusal_of(&self, method: &str, params: &Value) -> Value {
        let reply = self.call(method, params).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let body = reply.json();
        assert!(body["error_class"].is_string(), "{params}: {body}");
        body
    }

    /// The cart after adding with these parameters.
    pub async fn add(&self, params: &Value) -> Value {
        self.answer(ADD, params).await
    }

    /// What the method answers to these parameters, which is no refusal.
    pub async fn answer(&self, method: &str, params: &Value) -> Value {
        let reply = self.call(method, params).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        let body = reply.json();
        assert_eq!(body.get("error_class"), None, "{body}");
        body
    }

    /// A new cart of one item, with everything that can be asked for.
    pub async fn cart(&self, cycle: &str, item: &Value) -> Value {
        self.add(&json!({"alsowith": EVERYTHING, "cycle": cycle, "item": item}))
            .await
    }

    /// The same cart with one more item, with everything that can be asked for.
    pub async fn more(&self, cart: &Value, cycle: &str, item: &Value) -> Value {
        let params =
            json!({"alsowith": EVERYTHING, "cycle": cycle, "item": item, "uuid": cart["uuid"]});
        self.add(&params).await
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {:?}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    pub fn media_type(&self) -> &str {
        self.header(CONTENT_TYPE.as_str())
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

/// A product without options: 9.95 a month.
pub fn backup() -> Value {
    json!({"code": "BACKUP.OFFSITE", "options": [], "region_id": 1})
}

/// A product that discounts do not reach: 0.07 a month.
pub fn mail() -> Value {
    json!({"code": "LIC.MAIL", "options": [], "region_id": 1})
}

/// A product with its required option: 25 a month.
pub fn server() -> Value {
    server_with(&[])
}

/// The same with further options.
pub fn server_with(further: &[Value]) -> Value {
    let mut options = vec![json!({"ptok_id": 11, "ptov_id": 111})];
    options.extend_from_slice(further);
    json!({"code": "CLOUD.VPS", "options": options, "region_id": 2})
}

/// A package with 10 percent off for three months.
pub fn starter(products: &[Value]) -> Value {
    json!({"code": "PKG-STARTER", "products": products})
}

pub fn backup_package() -> Value {
    json!({"code": "PKG-BACKUP", "products": [backup()]})
}

/// A bundle with 15 percent off, a credit of 5 on itself and one of 10 on the cart.
pub fn agency() -> Value {
    json!({"code": "BNDL-AGENCY", "packages": [starter(&[server(), mail()]), backup_package()]})
}

/// The parameters of a quote of that cart.
pub fn quote(cart: &Value) -> Value {
    json!({
        "alsowith": ["admin"],
        "basket_admin_username": "anna",
        "cart_uuid": cart["uuid"],
        "opportunity_id": "0061a00000Abcde",
    })
}

/// The parameters of a server in a package, with what is required.
pub fn configured() -> Value {
    json!({
        "config_id": 901,
        "package_code": "PKG-STARTER",
        "region_id": 1,
        "template": "ALMALINUX_9",
    })
}
