//! Each status that an operation is said to answer is answered.

use cartwright_sandbox::{Built, Sandbox};
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};

use crate::shop::{Reply, Shop, line_path, metafield, send, table, with};

/// A store with a cart of two lines and two metafields, the address of one operation, and a body that it takes.
struct Stage {
    shop: Shop,
    cart: Value,
    method: Method,
    path: String,
    body: Value,
}

impl Stage {
    async fn of(built: &Built) -> Self {
        let shop = Shop::open().await;
        let calendars = json!([{"product_id": 126, "quantity": 2}]);
        let cart = shop
            .cart(&json!({"line_items": calendars, "custom_items": [table()]}))
            .await;
        shop.metafield(&cart, "a").await;
        shop.metafield(&cart, "b").await;
        let item = cart["line_items"]["physical_items"][0]["id"].as_str();
        let path = built
            .path
            .replace("/v3", "")
            .replace("{cartId}", cart["id"].as_str().unwrap())
            .replace("{itemId}", item.unwrap())
            .replace("{metafieldId}", "1")
            .replace("{channelId}", "1");
        let body = match built.operation {
            "createCart" | "addCartLineItems" => json!({"line_items": calendars}),
            "updateCart" => json!({"customer_id": 4}),
            "updateCartLineItem" => json!({"line_item": {"product_id": 126, "quantity": 3}}),
            "deleteCartLineItem" | "createCartRedirectUrl" => json!({}),
            "updateGlobalCartSettings" | "updateChannelCartSettings" => {
                json!({"allow_purchasing": true})
            }
            "createCartMetafield" => metafield("c"),
            "updateCartMetafield" => metafield("a"),
            "createCartsMetafields" => {
                json!([with(&metafield("c"), json!({"resource_id": cart["id"]}))])
            }
            "updateCartsMetafields" => json!([with(&metafield("c"), json!({"id": "1"}))]),
            "deleteCartsMetafields" => json!([1]),
            _ => Value::Null,
        };
        Self {
            method: built.method.parse().unwrap(),
            shop,
            cart,
            path,
            body,
        }
    }

    fn request(&self) -> RequestBuilder {
        self.shop.request(self.method.clone(), &self.path)
    }

    async fn with_body(&self, body: &Value) -> Reply {
        match self.body.is_null() {
            true => send(self.request()).await,
            false => send(self.request().json(body)).await,
        }
    }

    async fn by_app(&self, token: &str) -> Reply {
        let method = self.method.clone();
        send(self.shop.request_as(token, method, &self.path)).await
    }

    async fn typed(&self, media_type: &str, body: String) -> Reply {
        let request = self.request().header("Content-Type", media_type);
        send(request.body(body)).await
    }

    /// What should bring the status about.
    async fn provoke(mut self, status: u16) -> Reply {
        let json = "application/json";
        match status {
            204 if !self.body.is_null() => {
                let table = line_path(&self.cart, "custom_items", 0);
                self.shop.delete(&table).await;
                self.with_body(&self.body).await
            }
            200 | 201 | 204 => self.with_body(&self.body).await,
            400 => self.typed(json, "{".to_owned()).await,
            401 => self.by_app("nobodys-token").await,
            403 => self.by_app("settings-token").await,
            404 => {
                let id = self.cart["id"].as_str().unwrap().to_owned();
                self.path = self
                    .path
                    .replace(&id, "x")
                    .replace("channels/1", "channels/x");
                self.with_body(&self.body).await
            }
            409 => {
                let body = match self.path.contains("metafields") {
                    true => metafield("b"),
                    false => with(&self.body, json!({"version": 99})),
                };
                self.with_body(&body).await
            }
            413 => self.typed(json, " ".repeat(2 * 1024 * 1024 + 1)).await,
            415 => self.typed("text/plain", "{}".to_owned()).await,
            422 if self.body.is_null() => {
                self.path += "?include=x&limit=0";
                self.with_body(&Value::Null).await
            }
            422 => self.with_body(&json!("text")).await,
            _ => panic!("no way to {status}"),
        }
    }
}

#[tokio::test]
async fn every_operation_answers_each_status_it_is_said_to() {
    let operations = Sandbox::operations();
    let (_, bigcommerce) = operations
        .iter()
        .find(|(vendor, _)| *vendor == "bigcommerce")
        .unwrap();
    assert_eq!(bigcommerce.len(), 21);
    for built in *bigcommerce {
        for status in built.statuses {
            let reply = Stage::of(built).await.provoke(*status).await;
            assert_eq!(reply.status, *status, "{}: {}", built.operation, reply.text);
        }
    }
}
