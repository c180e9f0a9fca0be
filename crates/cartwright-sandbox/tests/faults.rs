//! Vendors and networks that misbehave on demand.

mod http;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use cartwright_contract::Watched;
use cartwright_sandbox::{Clock, Drift, Fault, Faults, Sandbox};
use reqwest::header::HeaderMap;
use serde_json::{Value, json};
use std::time::UNIX_EPOCH;

/// One operation of each vendor that changes its state, and a field of its answer.
const SUBJECTS: [(&str, &str, &str); 4] = [
    ("bigcommerce", "createCart", "/data/id"),
    ("cpanel", "createShoppingCart", "/data/order_id"),
    ("liquidweb", "addCartItem", "/uuid"),
    ("webroot", "createToken", "/access_token"),
];

async fn start() -> Watched {
    let clock = Clock::settable(UNIX_EPOCH);
    Watched::builder().clock(clock).start().await.unwrap()
}

fn credential(sandbox: &Sandbox, vendor: &str, name: &str) -> String {
    let vendors = sandbox.vendors();
    let access = vendors.iter().find(|access| access.vendor == vendor);
    access.unwrap().credential(name).unwrap().to_owned()
}

fn request(sandbox: &Sandbox, vendor: &str) -> reqwest::RequestBuilder {
    let (http, origin) = (http::client(), sandbox.base_url());
    let own = |name: &str| credential(sandbox, vendor, name);
    match vendor {
        "bigcommerce" => http
            .post(format!("{origin}/stores/sandboxstore/v3/carts"))
            .header("x-auth-token", own("access_token"))
            .json(&json!({"line_items": [{"product_id": 126, "quantity": 1}]})),
        "cpanel" => {
            let pairs = [
                ("provider", own("provider")),
                ("access_token", own("access_token")),
                (
                    "url_after_checkout",
                    "https://shop.example/thanks".to_owned(),
                ),
                ("item", r#"{"product_id":1}"#.to_owned()),
            ];
            let query = serde_urlencoded::to_string(pairs).unwrap();
            http.get(format!(
                "{origin}/execute/Market/create_shopping_cart?{query}"
            ))
            .header(
                "authorization",
                format!("cpanel sandbox:{}", own("api_token")),
            )
        }
        "liquidweb" => {
            let item = json!({"code": "BACKUP.OFFSITE", "region_id": 1, "options": []});
            http.post(format!("{origin}/bleed/market/cart/ITEM/add"))
                .bearer_auth(own("token"))
                .json(&json!({"params": {"cycle": "monthly", "item": item}}))
        }
        _ => {
            let form = [
                ("grant_type", "password".to_owned()),
                ("username", own("username")),
                ("password", own("password")),
                ("scope", "ECom.Shop".to_owned()),
            ];
            http.post(format!("{origin}/auth/token"))
                .header("user-agent", "Example/1.0")
                .header("content-type", "application/x-www-form-urlencoded")
                .basic_auth(own("client_id"), Some(own("client_secret")))
                .body(serde_urlencoded::to_string(form).unwrap())
        }
    }
}

#[derive(Debug)]
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Answer {
    fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

async fn ask(sandbox: &Watched, vendor: &str) -> reqwest::Result<Answer> {
    let answer = request(sandbox, vendor).send().await?;
    let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
    let body = answer.bytes().await?.to_vec();
    Ok(Answer {
        status,
        headers,
        body,
    })
}

#[tokio::test]
async fn a_status_strikes_before_the_vendor_acts_or_after_it_and_then_no_more() {
    for (vendor, operation, _) in SUBJECTS {
        for after in [false, true] {
            let sandbox = start().await;
            let fault = Fault::at(vendor, operation).times(2).status(503);
            let fault = fault.header("retry-after", "1").body("{}");
            let fault = if after { fault.after_acting() } else { fault };
            sandbox.fault(fault).unwrap();
            let before = sandbox.state();
            for _ in 0..2 {
                let answer = ask(&sandbox, vendor).await.unwrap();
                assert_eq!(
                    (answer.status, answer.body),
                    (503, b"{}".to_vec()),
                    "{vendor}"
                );
                assert_eq!(answer.headers["retry-after"], "1");
            }
            assert_eq!(sandbox.state() != before, after, "{vendor}");
            assert!(
                ask(&sandbox, vendor).await.unwrap().status < 300,
                "{vendor}"
            );
            let log = sandbox.fault_log();
            assert_eq!((log[0].left, log[0].hits.len()), (0, 2));
        }
    }
}

#[tokio::test]
async fn a_reset_breaks_the_connection_before_any_byte_and_the_call_is_logged() {
    for (vendor, operation, _) in SUBJECTS {
        for before_acting in [false, true] {
            let sandbox = start().await;
            let fault = Fault::at(vendor, operation).reset();
            let fault = if before_acting {
                fault.before_acting()
            } else {
                fault
            };
            sandbox.fault(fault).unwrap();
            let before = sandbox.state();
            assert!(ask(&sandbox, vendor).await.is_err(), "{vendor}");
            assert_eq!(sandbox.state() == before, before_acting, "{vendor}");
            assert_eq!(sandbox.calls()[0].status, 0);
        }
    }
}

/// What a bare socket reads of the answer to a BigCommerce cart's creation.
fn read_raw(sandbox: &Sandbox) -> (std::io::Result<()>, Vec<u8>) {
    let mut socket = TcpStream::connect(sandbox.addr()).unwrap();
    let body = r#"{"line_items":[{"product_id":126,"quantity":1}]}"#;
    let token = credential(sandbox, "bigcommerce", "access_token");
    let head = format!(
        "POST /stores/sandboxstore/v3/carts HTTP/1.1\r\nhost: localhost\r\nx-auth-token: {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    socket
        .write_all(format!("{head}{body}").as_bytes())
        .unwrap();
    let mut read = Vec::new();
    let ended = socket.read_to_end(&mut read).map(drop);
    (ended, read)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reset_is_one_of_tcp_and_a_cut_body_is_short_by_the_bytes_promised() {
    let sandbox = start().await;
    let create = || Fault::at("bigcommerce", "createCart");
    sandbox
        .fault([
            create().reset(),
            create().cut_body(0),
            create().cut_body(70),
        ])
        .unwrap();
    let (ended, read) = read_raw(&sandbox);
    assert_eq!(
        ended.unwrap_err().kind(),
        std::io::ErrorKind::ConnectionReset
    );
    assert!(read.is_empty());
    for bytes in [0, 70] {
        let (ended, read) = read_raw(&sandbox);
        ended.unwrap();
        let text = String::from_utf8(read).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(body.len(), bytes);
        let promised = head
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        assert!(promised.unwrap().parse::<usize>().unwrap() > 70, "{head}");
    }
}

#[tokio::test]
async fn a_cut_body_is_an_error_after_the_vendor_has_acted() {
    for (vendor, operation, _) in SUBJECTS {
        let sandbox = start().await;
        sandbox
            .fault(Fault::at(vendor, operation).cut_body(10))
            .unwrap();
        let before = sandbox.state();
        assert!(ask(&sandbox, vendor).await.is_err(), "{vendor}");
        assert_ne!(sandbox.state(), before, "{vendor}");
        assert!(
            ask(&sandbox, vendor).await.unwrap().status < 300,
            "{vendor}"
        );
    }
}

#[tokio::test]
async fn a_delay_and_a_slow_body_take_their_time_and_change_no_byte() {
    let pause = Duration::from_millis(60);
    for (vendor, operation, _) in SUBJECTS {
        let plain = ask(&start().await, vendor).await.unwrap();
        for (fault, times) in [
            (Fault::at(vendor, operation).delay(pause), 1),
            (Fault::at(vendor, operation).delay(pause).before_acting(), 1),
            (
                Fault::at(vendor, operation).slow_body(pause),
                plain.body.len().div_ceil(64),
            ),
        ] {
            let sandbox = start().await;
            sandbox.fault(fault).unwrap();
            let begun = Instant::now();
            let answer = ask(&sandbox, vendor).await.unwrap();
            let least = pause * u32::try_from(times).unwrap();
            assert!(
                begun.elapsed() >= least,
                "{vendor} {:?} {least:?}",
                begun.elapsed()
            );
            assert_eq!(
                (answer.status, answer.body),
                (plain.status, plain.body.clone())
            );
        }
    }
}

#[tokio::test]
async fn a_connection_serves_on_after_a_slow_body() {
    let sandbox = start().await;
    sandbox
        .fault(Fault::at("bigcommerce", "*").slow_body(Duration::from_millis(1)))
        .unwrap();
    let mut socket = TcpStream::connect(sandbox.addr()).unwrap();
    let texts = tokio::task::spawn_blocking(move || {
        let request = b"GET /stores/sandboxstore/v3/carts/7 HTTP/1.1\r\nhost: localhost\r\n\r\n";
        [(); 2].map(|()| {
            socket.write_all(request).unwrap();
            let mut read = Vec::new();
            while !read.ends_with(b"}") {
                let mut byte = [0];
                socket.read_exact(&mut byte).unwrap();
                read.push(byte[0]);
            }
            String::from_utf8(read).unwrap()
        })
    });
    let texts = texts.await.unwrap();
    assert!(
        texts.iter().all(|text| text.starts_with("HTTP/1.1 401 ")),
        "{texts:?}"
    );
}

#[tokio::test]
async fn a_caller_that_hangs_up_finds_that_the_vendor_acted() {
    for (vendor, operation, _) in SUBJECTS {
        let sandbox = start().await;
        sandbox
            .fault(Fault::at(vendor, operation).delay(Duration::from_secs(30)))
            .unwrap();
        let before = sandbox.state();
        let impatient = request(&sandbox, vendor).timeout(Duration::from_millis(300));
        assert!(impatient.send().await.unwrap_err().is_timeout(), "{vendor}");
        assert_ne!(sandbox.state(), before, "{vendor}");
        assert_eq!(sandbox.calls().len(), 1, "{vendor}");
    }
}

#[tokio::test]
async fn garbage_pages_and_media_types_take_the_place_of_the_vendors() {
    for (vendor, operation, _) in SUBJECTS {
        let plain = ask(&start().await, vendor).await.unwrap();
        let media_type = plain.headers["content-type"].to_str().unwrap();
        let at = || Fault::at(vendor, operation);
        for (fault, status, media, is_json) in [
            (at().garbage(), plain.status, media_type, false),
            (at().html(), 502, "text/html; charset=utf-8", false),
            (
                at().html().status(200),
                200,
                "text/html; charset=utf-8",
                false,
            ),
            (
                at().content_type("text/plain"),
                plain.status,
                "text/plain",
                true,
            ),
        ] {
            let sandbox = start().await;
            sandbox.fault(fault.clone()).unwrap();
            let answer = ask(&sandbox, vendor).await.unwrap();
            assert_eq!(answer.status, status, "{fault:?}");
            assert_eq!(answer.headers["content-type"], media, "{fault:?}");
            let read = serde_json::from_slice::<Value>(&answer.body);
            assert_eq!(read.is_ok(), is_json, "{fault:?}");
        }
    }
}

#[tokio::test]
async fn a_drift_changes_one_field_and_one_that_finds_nothing_is_noted() {
    for (vendor, operation, field) in SUBJECTS {
        let sandbox = start().await;
        let at = |drift| Fault::at(vendor, operation).drift(drift);
        sandbox
            .fault([
                at(Drift::null(field)),
                at(Drift::remove("/nowhere/0")),
                at(Drift::remove(field)),
            ])
            .unwrap();
        let bodies = [
            ask(&sandbox, vendor).await.unwrap().json(),
            ask(&sandbox, vendor).await.unwrap().json(),
            ask(&sandbox, vendor).await.unwrap().json(),
        ];
        assert_eq!(
            bodies[0].pointer(field),
            Some(&Value::Null),
            "{vendor} {}",
            bodies[0]
        );
        assert!(
            bodies[1].pointer(field).is_some_and(Value::is_string),
            "{vendor}"
        );
        assert_eq!(bodies[2].pointer(field), None, "{vendor}");
        let notes = sandbox
            .fault_log()
            .into_iter()
            .map(|record| record.hits[0].note.clone());
        let notes: Vec<_> = notes.collect();
        assert_eq!(
            notes,
            [
                None,
                Some("the answer has nothing at /nowhere/0".to_owned()),
                None
            ]
        );
    }
}

#[tokio::test]
async fn a_dead_token_is_refused_in_the_vendors_words_and_changes_nothing_else() {
    for (vendor, operation, status) in [
        ("bigcommerce", "createCart", 401),
        ("cpanel", "createShoppingCart", 401),
        ("liquidweb", "addCartItem", 401),
    ] {
        let sandbox = start().await;
        sandbox
            .fault(Fault::at(vendor, operation).token_death())
            .unwrap();
        assert_eq!(
            ask(&sandbox, vendor).await.unwrap().status,
            status,
            "{vendor}"
        );
        assert!(
            ask(&sandbox, vendor).await.unwrap().status < 300,
            "{vendor}"
        );
    }
}

#[tokio::test]
async fn webroots_tokens_end_for_good() {
    let sandbox = start().await;
    let token = ask(&sandbox, "webroot").await.unwrap().json();
    sandbox
        .fault(Fault::at("webroot", "getCart").token_death())
        .unwrap();
    let cart = format!("{}/service/api/ecom/shop/carts/MSP0", sandbox.base_url());
    for _ in 0..2 {
        let get = http::client()
            .get(&cart)
            .header("user-agent", "Example/1.0");
        let get = get.bearer_auth(token["access_token"].as_str().unwrap());
        assert_eq!(get.send().await.unwrap().status(), 401);
    }
}

#[tokio::test]
async fn one_request_too_many_is_refused_as_the_vendor_documents() {
    for (vendor, operation, status, key) in [
        ("bigcommerce", "createCart", 429, Some("/title")),
        ("cpanel", "createShoppingCart", 429, None),
        ("liquidweb", "addCartItem", 200, Some("/error_class")),
        ("webroot", "createToken", 429, Some("/error_description")),
    ] {
        let sandbox = start().await;
        sandbox.fault(Fault::at(vendor, operation).quota()).unwrap();
        let answer = ask(&sandbox, vendor).await.unwrap();
        assert_eq!(answer.status, status, "{vendor}");
        match key {
            Some(key) => assert!(answer.json().pointer(key).is_some(), "{vendor}"),
            None => assert!(answer.body.is_empty(), "{vendor}"),
        }
        let has_headers = answer.headers.contains_key("x-rate-limit-requests-left");
        assert_eq!(has_headers, vendor == "bigcommerce");
    }
}

#[tokio::test]
async fn the_first_fault_that_fits_and_is_not_used_up_strikes() {
    let sandbox = start().await;
    sandbox
        .fault([
            Fault::at("bigcommerce", "getCart").status(500),
            Fault::at("bigcommerce", "createCart").status(501),
            Fault::at("bigcommerce", "*").times(2).status(502),
        ])
        .unwrap();
    let mut statuses = Vec::new();
    for _ in 0..4 {
        statuses.push(ask(&sandbox, "bigcommerce").await.unwrap().status);
    }
    assert_eq!(statuses, [501, 502, 502, 201]);
    let log = sandbox.fault_log();
    let hits: Vec<_> = log
        .iter()
        .map(|record| (record.left, record.hits.len()))
        .collect();
    assert_eq!(hits, [(1, 0), (0, 1), (0, 2)]);
    sandbox.clear_faults();
    assert_eq!(sandbox.fault_log(), []);
}

#[tokio::test]
async fn an_exchange_says_which_fault_touched_it() {
    let (sender, seen) = std::sync::mpsc::channel();
    let sandbox = Watched::builder()
        .observe(move |exchange| drop(sender.send((exchange.status, exchange.fault.clone()))))
        .start()
        .await
        .unwrap();
    sandbox
        .fault(Fault::at("webroot", "createToken").garbage())
        .unwrap();
    ask(&sandbox, "webroot").await.unwrap();
    ask(&sandbox, "webroot").await.unwrap();
    let told = Some("garbage after webroot acts".to_owned());
    assert_eq!(seen.recv().unwrap(), (200, told));
    assert_eq!(seen.recv().unwrap(), (200, None));
}

#[tokio::test]
async fn the_admin_calls_take_tell_and_forget_faults() {
    let sandbox = start().await;
    let url = format!("{}/_sandbox/faults", sandbox.base_url());
    let faults = json!([
        {"vendor": "cpanel", "operation": "*", "times": 2, "when": "after_acting", "delay_ms": 1, "status": 503,
         "headers": {"retry-after": "1"}, "body": "{}"},
        {"vendor": "webroot", "operation": "createToken", "times": 1, "drift": {"rename": {"at": "/scope", "to": "s"}}},
    ]);
    let posted = http::client()
        .post(&url)
        .json(&faults)
        .send()
        .await
        .unwrap();
    assert_eq!(posted.status(), 204);
    assert_eq!(ask(&sandbox, "cpanel").await.unwrap().status, 503);
    let told: Value = http::client()
        .get(&url)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert_eq!(
        (&told[0]["fault"], &told[1]["fault"]),
        (&faults[0], &faults[1])
    );
    assert_eq!(told[0]["hits"][0]["operation"], "createShoppingCart");
    assert_eq!(told[1]["hits"], json!([]));
    let read = Faults::from_yaml(&faults.to_string()).unwrap();
    assert_eq!(serde_json::to_value(read).unwrap(), faults);
    http::client().delete(&url).send().await.unwrap();
    assert!(sandbox.fault_log().is_empty());
}

#[tokio::test]
async fn a_fault_that_no_sandbox_can_do_is_refused_with_its_place_and_mend_and_none_is_added() {
    let sandbox = start().await;
    let url = format!("{}/_sandbox/faults", sandbox.base_url());
    for (key, value, place, mend) in [
        (
            "vendor",
            json!("acme"),
            "[1].vendor",
            "give one of bigcommerce",
        ),
        (
            "operation",
            json!("getCarts"),
            "[1].operation",
            "give `*` or one of createCart",
        ),
        ("times", json!(0), "[1].times", "at least 1"),
        ("times", json!(-1), "[1].times", "documentation of `Fault`"),
        ("statuss", json!(1), "[1]", "documentation of `Fault`"),
        ("status", json!(99), "[1].status", "from 200 to 599"),
        (
            "when",
            json!("before_acting"),
            "[1].when",
            "leave `when` out",
        ),
        ("html", json!(true), "[1].garbage", "a fault of its own"),
        (
            "headers",
            json!({"a": "b"}),
            "[1].headers",
            "give `status` as well",
        ),
        ("garbage", json!(false), "[1].", "give one of status"),
    ] {
        let mut faults = json!([
            {"vendor": "cpanel", "operation": "*", "reset": true},
            {"vendor": "bigcommerce", "operation": "createCart", "garbage": true},
        ]);
        faults[1][key] = value;
        let answer = http::client()
            .post(&url)
            .json(&faults)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), 422, "{faults}");
        let body: Value = answer.json().await.unwrap();
        let error = body["error"].as_str().unwrap();
        assert!(error.starts_with(place) && error.contains(mend), "{error}");
        assert!(sandbox.fault_log().is_empty());
    }
}
