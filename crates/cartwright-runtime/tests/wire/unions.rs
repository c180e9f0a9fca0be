//! Unions within unions: the error of a response has the whole path.

use cartwright_runtime::client::{Error, ResponseValue};
use cartwright_runtime::{Decimal, union};
use serde::{Deserialize, Deserializer, Serialize};

use crate::server::{GET_CART, Server, answer, get};

#[derive(Debug, Serialize, Deserialize)]
struct Cart {
    items: Vec<Item>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Item {
    details: LineDetails,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum LineDetails {
    CartPackage(CartPackage),
    CartProduct(Product),
    Integer(i64),
    Number(Decimal),
    Text(String),
    Other(serde_json::Value),
}

#[derive(Debug, Serialize, Deserialize)]
struct CartPackage {
    products: Vec<Part>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Part {
    Product(Product),
    Other(serde_json::Value),
}

#[derive(Debug, Serialize, Deserialize)]
struct Product {
    code: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    quantity: Option<i64>,
    #[serde(flatten)]
    extra: serde_json::Map<String, serde_json::Value>,
}

impl<'de> Deserialize<'de> for LineDetails {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = union::read(deserializer)?;
        if union::has_key(&value, "products") {
            return union::variant("CartPackage", value).map(Self::CartPackage);
        }
        if union::key_equals(&value, "kind", "product") {
            return union::variant("CartProduct", value).map(Self::CartProduct);
        }
        match &value {
            v if union::is_integer(v) => union::variant("Integer", value).map(Self::Integer),
            v if union::is_number(v) => union::variant("Number", value).map(Self::Number),
            v if union::is_text(v) => union::variant("Text", value).map(Self::Text),
            _ => Ok(Self::Other(value)),
        }
    }
}

impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = union::read(deserializer)?;
        if union::has_key(&value, "code") {
            return union::variant("Product", value).map(Self::Product);
        }
        Ok(Self::Other(value))
    }
}

async fn read(details: &str) -> Result<ResponseValue<Cart>, Error> {
    let body = format!(r#"{{"items": [{{"details": {details}}}]}}"#);
    let server = Server::answering(answer("200 OK", &body)).await;
    let response = server
        .session()
        .execute(get(&server.url), &GET_CART)
        .await?;
    ResponseValue::from_response(response).await
}

#[tokio::test]
async fn each_shape_finds_its_variant_and_a_new_one_is_kept() {
    for (details, start) in [
        (
            r#"{"products": [{"code": "a", "quantity": 2}, {"new": 1}]}"#,
            "CartPackage(",
        ),
        (r#"{"kind": "product", "code": "a"}"#, "CartProduct("),
        ("7", "Integer(7)"),
        ("7.5", "Number(Decimal(7.5))"),
        (r#""x""#, "Text(\"x\")"),
        (r#"{"kind": "new"}"#, "Other(Object"),
        ("null", "Other(Null)"),
    ] {
        let cart = read(details).await.unwrap().into_inner();
        let found = &cart.items[0].details;
        assert!(format!("{found:?}").starts_with(start), "{found:?}");
        let (written, sent) = (serde_json::to_value(found), serde_json::from_str(details));
        let sent: serde_json::Value = sent.unwrap();
        assert_eq!(written.unwrap(), sent);
    }
}

#[tokio::test]
async fn the_path_of_an_error_leads_through_two_unions() {
    let table = [
        (
            r#"{"products": [{"code": 5}]}"#,
            "items[0].details.products[0].code",
            "in CartPackage: in Product: invalid type",
        ),
        (
            r#"{"products": [{"code": "a"}, {"code": "b", "quantity": "x"}]}"#,
            "items[0].details.products[1].quantity",
            "in CartPackage: in Product: invalid type",
        ),
        (
            r#"{"products": 1}"#,
            "items[0].details.products",
            "in CartPackage: invalid type",
        ),
        (
            r#"{"kind": "product"}"#,
            "items[0].details",
            "in CartProduct: missing field `code`",
        ),
    ];
    for (details, path, message) in table {
        let error = read(details).await.unwrap_err();
        let Error::Decode(failure) = error else {
            panic!("{error:?}")
        };
        assert_eq!(failure.path, path);
        assert!(failure.message.starts_with(message), "{}", failure.message);
    }
}
