//! A partner of the vendor: a sandbox with a plain HTTP client in front of it.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, VendorAccess};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

pub const FORM: &str = "application/x-www-form-urlencoded";

/// 2022-11-30T01:34:40Z.
pub fn opening() -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(1_669_772_080)
}

pub struct Partner {
    pub sandbox: Watched,
    pub clock: Clock,
    pub access: VendorAccess,
    http: reqwest::Client,
}

pub struct Reply {
    pub status: u16,
    pub headers: HeaderMap,
    pub text: String,
}

impl Partner {
    pub async fn open() -> Self {
        let clock = Clock::settable(opening());
        let sandbox = Watched::builder()
            .clock(clock.clone())
            .start()
            .await
            .unwrap();
        Self {
            clock,
            ..Self::at(sandbox)
        }
    }

    /// In front of a sandbox whose clock is somebody else's.
    pub fn at(sandbox: Watched) -> Self {
        let access = sandbox
            .vendors()
            .into_iter()
            .find(|access| access.vendor == "webroot")
            .unwrap();
        Self {
            sandbox,
            clock: Clock::system(),
            access,
            http: crate::http::client(),
        }
    }

    pub fn credential(&self, name: &str) -> String {
        self.access.credential(name).unwrap().to_owned()
    }

    /// A request without a User-Agent.
    pub fn anonymous(&self, method: Method, path: &str) -> RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.access.base_url))
    }

    /// A request without a token.
    pub fn bare(&self, method: Method, path: &str) -> RequestBuilder {
        self.anonymous(method, path)
            .header("User-Agent", "CartwrightTests/1.0")
    }

    /// A request to the token endpoint, without a proof of the client.
    pub fn token_request(&self, form: &[(&str, &str)]) -> RequestBuilder {
        self.bare(Method::POST, "/auth/token")
            .header(CONTENT_TYPE, FORM)
            .body(serde_urlencoded::to_string(form).unwrap())
    }

    /// Sends a form to the token endpoint, the client proven by Basic.
    pub async fn token(&self, form: &[(&str, &str)]) -> Reply {
        let (id, secret) = (
            self.credential("client_id"),
            self.credential("client_secret"),
        );
        send(self.token_request(form).basic_auth(id, Some(secret))).await
    }

    /// The tokens of a password grant.
    pub async fn sign_in(&self, scope: &str) -> Value {
        let (user, password) = (self.credential("username"), self.credential("password"));
        let form = password_form(&user, &password, scope);
        let reply = self.token(&form).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    pub async fn refresh(&self, tokens: &Value) -> Reply {
        let refresh_token = tokens["refresh_token"].as_str().unwrap();
        self.token(&[
            ("grant_type", "refresh_token"),
            ("refresh_token", refresh_token),
            ("scope", "ECom.Shop"),
        ])
        .await
    }

    /// A request to the shop, with a fresh token.
    pub async fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let tokens = self.sign_in("ECom.Shop").await;
        self.with_token(method, path, &tokens)
    }

    pub fn with_token(&self, method: Method, path: &str, tokens: &Value) -> RequestBuilder {
        self.bare(method, &format!("/service/api/ecom/shop{path}"))
            .bearer_auth(tokens["access_token"].as_str().unwrap())
    }

    pub async fn get(&self, path: &str) -> Reply {
        send(self.request(Method::GET, path).await).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Reply {
        send(self.request(Method::POST, path).await.json(body)).await
    }

    /// A new cart, as creating it answers.
    pub async fn cart(&self, body: &Value) -> Value {
        let reply = self.post("/carts", body).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// A new MSP cart of these items by attributes.
    pub async fn cart_of(&self, items: &[Value]) -> Value {
        self.cart(&order("MSP", items)).await
    }

    /// The first item of a new MSP cart of one item by attributes.
    pub async fn item(&self, item: &Value) -> Value {
        let cart = self.cart_of(std::slice::from_ref(item)).await;
        cart["Items"][0][0].clone()
    }

    /// Attaches customers to a cart.
    pub async fn attach(&self, cart: &Value, customers: &Value) -> Reply {
        self.post(&format!("{}/customers", path(cart)), customers)
            .await
    }

    /// Orders a cart.
    pub async fn buy(&self, cart: &Value) -> Reply {
        self.post("/orders", &purchase(cart)).await
    }

    /// Attaches a shipping customer and a reseller, and orders the cart.
    pub async fn sell(&self, cart: &Value) -> Value {
        let customers = json!({"Shipping": customer("E1"), "Reseller": customer("E2")});
        let attached = self.attach(cart, &customers).await;
        assert_eq!(attached.status, 200, "{}", attached.text);
        let ordered = self.buy(cart).await;
        assert_eq!(ordered.status, 200, "{}", ordered.text);
        ordered.json()
    }

    /// What reading a licence answers.
    pub async fn licence(&self, keycode: &Value) -> Value {
        let reply = self
            .get(&format!("/products/{}", keycode.as_str().unwrap()))
            .await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }

    /// What reading a cart answers.
    pub async fn read(&self, cart: &Value) -> Value {
        let reply = self.get(&path(cart)).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.json()
    }
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|error| panic!("{error}: {:?}", self.text))
    }

    pub fn description(&self) -> String {
        self.json()["error_description"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Status and OAuth code.
    pub fn refusal(&self) -> (u16, Value) {
        (self.status, self.json()["error"].clone())
    }

    pub fn media_type(&self) -> &str {
        self.headers
            .get(CONTENT_TYPE)
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

pub fn password_form<'a>(
    user: &'a str,
    password: &'a str,
    scope: &'a str,
) -> [(&'a str, &'a str); 4] {
    [
        ("grant_type", "password"),
        ("username", user),
        ("password", password),
        ("scope", scope),
    ]
}

pub fn path(cart: &Value) -> String {
    format!("/carts/{}", cart["VendorOrderCode"].as_str().unwrap())
}

/// A customer with all that a business product asks for.
pub fn customer(key: &str) -> Value {
    json!({
        "FirstName": "Ben",
        "LastName": "Muster",
        "Address1": "Hauptweg 1",
        "Address2": null,
        "City": "Broomfield",
        "PostalCode": "80021",
        "State": "CO",
        "Country": "US",
        "CustomerEmail": "ben@example.com",
        "CompanyName": "Musterschule",
        "CompanyTypeId": 14,
        "ExternalCustomerKey": key,
        "OptIn": false,
    })
}

/// The body that orders a cart.
pub fn purchase(cart: &Value) -> Value {
    json!({
        "VendorOrderCode": cart["VendorOrderCode"],
        "PaymentMethod": "PurchaseOrder",
        "PurchaseOrder": "P4713A20",
    })
}

/// A body with items by attributes only.
pub fn order(type_of_order: &str, items: &[Value]) -> Value {
    json!({
        "TypeOfOrder": type_of_order,
        "Locale": "en_US",
        "ItemsByLicenseKey": null,
        "ItemsByAttributes": items,
    })
}

/// 150 seats of a parent licence for one year, in bundle 1.
pub fn parent(category: &str, hierarchy: i64) -> Value {
    json!({
        "LicenseSeats": 150,
        "LicenseCategoryName": category,
        "Years": "1",
        "LicenseKeycodeTypeId": 3,
        "ItemHierarchyId": hierarchy,
        "ExpirationDate": null,
        "VendorOrderItemCode": null,
        "CartItemBundleId": 1,
        "LicenseAttributeValue": 110,
        "UsagePricingModelId": null,
        "VaultId": null,
        "ProductPlatformId": null,
        "RetentionModelId": null,
        "ProductPricingLevelId": null,
    })
}

/// The least that an item by attributes must say.
pub fn plain(category: &str) -> Value {
    json!({"LicenseSeats": 5, "LicenseCategoryName": category, "Years": "1"})
}

/// `whole` with one field set, or removed where the value is `None`.
pub fn with(mut whole: Value, field: &str, value: Option<Value>) -> Value {
    let fields = whole.as_object_mut().unwrap();
    match value {
        Some(value) => fields.insert(field.to_owned(), value),
        None => fields.remove(field),
    };
    whole
}
