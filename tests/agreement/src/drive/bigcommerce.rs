use cartwright_sandbox::Sandbox;
use reqwest::Method;
use serde_json::{Value, json};

use crate::ask::{Ask, access};

/// Each operation with a body, and a cart of its path's that is not there.
const WITH_BODY: [(Method, &str); 13] = [
    (Method::POST, "/v3/carts"),
    (Method::PUT, "/v3/carts/x"),
    (Method::POST, "/v3/carts/x/items"),
    (Method::PUT, "/v3/carts/x/items/x"),
    (Method::DELETE, "/v3/carts/x/items/x"),
    (Method::POST, "/v3/carts/x/redirect_urls"),
    (Method::PUT, "/v3/carts/settings"),
    (Method::PUT, "/v3/carts/settings/channels/x"),
    (Method::POST, "/v3/carts/x/metafields"),
    (Method::PUT, "/v3/carts/x/metafields/1"),
    (Method::POST, "/v3/carts/metafields"),
    (Method::PUT, "/v3/carts/metafields"),
    (Method::DELETE, "/v3/carts/metafields"),
];

const WITHOUT_BODY: [(Method, &str); 8] = [
    (Method::GET, "/v3/carts/x"),
    (Method::DELETE, "/v3/carts/x"),
    (Method::GET, "/v3/carts/settings"),
    (Method::GET, "/v3/carts/settings/channels/x"),
    (Method::GET, "/v3/carts/x/metafields"),
    (Method::GET, "/v3/carts/x/metafields/1"),
    (Method::DELETE, "/v3/carts/x/metafields/1"),
    (Method::GET, "/v3/carts/metafields"),
];

pub async fn drive(sandbox: &Sandbox) {
    let access = access(sandbox, "bigcommerce");
    let anyone = Ask::new(&access);
    let token = access.credential("access_token").expect("a token");
    let app = anyone.header("x-auth-token", token);
    turned_away(&anyone).await;
    unreadable(&app).await;
    not_there(&app).await;
    cart(&app).await;
    settings(&app).await;
    metafields(&app).await;
}

/// Both before the path or the body is looked at.
async fn turned_away(anyone: &Ask) {
    // An app of the built-in seed that may read and change the settings, and nothing else.
    let narrow = anyone.header("x-auth-token", "settings-token");
    for (method, path) in WITHOUT_BODY.into_iter().chain(WITH_BODY) {
        let place = format!("{method} {path}");
        let status = anyone.send(method.clone(), path, None).await.status;
        assert_eq!(status, 401, "{place}");
        if !path.starts_with("/v3/carts/settings") {
            let status = narrow.send(method, path, None).await.status;
            assert_eq!(status, 403, "{place}");
        }
    }
}

/// All three before the path is looked at.
async fn unreadable(app: &Ask) {
    let text = app.header("content-type", "text/plain");
    for (method, path) in WITH_BODY {
        for (expected, ask, body) in [
            (400, app, "{".to_owned()),
            (413, app, " ".repeat(2 * 1024 * 1024 + 1)),
            (415, &text, "{}".to_owned()),
        ] {
            let status = ask.send(method.clone(), path, Some(body)).await.status;
            assert_eq!(status, expected, "{method} {path}");
        }
    }
}

async fn not_there(app: &Ask) {
    for (method, path) in WITHOUT_BODY.into_iter().chain(WITH_BODY) {
        if path.contains("/x") {
            let place = format!("{method} {path}");
            let body = (method != Method::GET).then(|| "{}".to_owned());
            assert_eq!(app.send(method, path, body).await.status, 404, "{place}");
        }
    }
}

async fn cart(app: &Ask) {
    let refused = app.post("/v3/carts", json!("text")).await;
    assert_eq!(refused.status, 422);
    let calendars = json!({"line_items": [{"product_id": 126, "quantity": 2}]});
    let created = app.post("/v3/carts", calendars.clone()).await;
    assert_eq!(created.status, 201);
    let cart = format!("/v3/carts/{}", text(&created.body["data"]["id"]));
    let items = format!("{cart}/items");
    let line = &created.body["data"]["line_items"]["physical_items"][0]["id"];
    let line = format!("{items}/{}", text(line));
    let urls = format!("{cart}/redirect_urls");
    let three = json!({"line_item": {"product_id": 126, "quantity": 3}});
    let nothing = json!({});

    let bad_include = format!("{cart}?include=x");
    assert_eq!(app.get(&bad_include).await.status, 422);
    assert_eq!(app.get(&cart).await.status, 200);
    for (method, path, done, body) in [
        (Method::PUT, &cart, 201, json!({"customer_id": 4})),
        (Method::POST, &items, 201, calendars),
        (Method::PUT, &line, 200, three),
        (Method::POST, &urls, 201, nothing.clone()),
        // The other line is left.
        (Method::DELETE, &line, 200, nothing.clone()),
    ] {
        let text = json!("text");
        let mut bodies = vec![(422, text), (done, body.clone())];
        if *path != urls {
            bodies.insert(0, (409, with(&body, "version", json!(99))));
        }
        for (expected, body) in bodies {
            let place = format!("{method} {path}: {body}");
            let answer = app.send(method.clone(), path, Some(body.to_string())).await;
            assert_eq!(answer.status, expected, "{place}");
        }
    }

    let left = app.get(&cart).await.body;
    let last = &left["data"]["line_items"]["physical_items"][0]["id"];
    let last = format!("{items}/{}", text(last));
    // The cart goes with it.
    assert_eq!(app.delete(&last).await.status, 204);
}

async fn settings(app: &Ask) {
    for path in ["/v3/carts/settings", "/v3/carts/settings/channels/1"] {
        assert_eq!(app.get(path).await.status, 200, "{path}");
        let allow = json!({"allow_purchasing": true});
        for (expected, body) in [(422, json!("text")), (200, allow)] {
            assert_eq!(app.put(path, body).await.status, expected, "{path}");
        }
    }
}

async fn metafields(app: &Ask) {
    let table = json!({"sku": "table-1", "name": "table", "quantity": 1, "list_price": 30});
    let created = app
        .post("/v3/carts", json!({"custom_items": [table]}))
        .await;
    let id = &created.body["data"]["id"];
    let cart = format!("/v3/carts/{}", text(id));
    let (own, all) = (format!("{cart}/metafields"), "/v3/carts/metafields");
    let metafield = |key: &str| json!({"permission_set": "app_only", "namespace": "Warehouse", "key": key, "value": "7"});

    for (expected, body) in [
        (422, json!("text")),
        (200, metafield("a")),
        (200, metafield("b")),
        // The key is taken.
        (409, metafield("b")),
    ] {
        assert_eq!(app.post(&own, body).await.status, expected, "POST {own}");
    }
    for list in [own.as_str(), all] {
        assert_eq!(app.get(list).await.status, 200, "{list}");
        let empty_page = format!("{list}?limit=0");
        assert_eq!(app.get(&empty_page).await.status, 422, "{empty_page}");
    }

    let listed = app.get(&own).await.body;
    let (first, second) = (&listed["data"][0]["id"], &listed["data"][1]["id"]);
    let one = format!("{own}/{}", text(first));
    assert_eq!(app.get(&one).await.status, 200);
    for (expected, body) in [
        (422, json!("text")),
        (409, metafield("b")),
        (200, metafield("c")),
    ] {
        assert_eq!(app.put(&one, body).await.status, expected, "PUT {one}");
    }

    for (method, entry) in [
        (
            Method::POST,
            with(&metafield("d"), "resource_id", id.clone()),
        ),
        (Method::PUT, with(&metafield("e"), "id", first.clone())),
        // Answered as texts, and sent here as numbers.
        (Method::DELETE, text(first).parse().expect("digits")),
    ] {
        for (expected, body) in [(422, json!("text")), (200, json!([entry]))] {
            let place = format!("{method} {all}: {body}");
            let answer = app.send(method.clone(), all, Some(body.to_string())).await;
            assert_eq!(answer.status, expected, "{place}");
        }
    }

    let second = format!("{own}/{}", text(second));
    assert_eq!(app.delete(&second).await.status, 204);
    assert_eq!(app.delete(&cart).await.status, 204);
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}

/// What a body has, and a property more.
fn with(body: &Value, key: &str, value: Value) -> Value {
    let mut body = body.clone();
    body[key] = value;
    body
}
