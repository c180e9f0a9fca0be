//! The contract with generated sources: this module is written as the generator writes.

use cartwright_runtime::client::{ByteStream, ClientInfo, Error, ResponseValue};
use cartwright_runtime::client::{
    ClientHooks, OperationInfo, QueryParam, RequestBuilderExt, encode_path,
};

use crate::server::{Server, answer};

mod operations {
    use cartwright_runtime::client::{
        Absent, AbsentState, Failure, Operation, Retry, SchemeKind, SecurityScheme,
    };

    pub static ADD_CART_LINE_ITEMS: Operation = Operation {
        id: "addCartLineItems",
        method: "POST",
        path: "/v3/carts/{cartId}/items",
        cart: &["add-lines"],
        retry: Retry::Unsafe,
        security: &[&["XAuthToken"]],
        deprecated: false,
    };
    pub static SCHEMES: &[SecurityScheme] = &[SecurityScheme {
        name: "XAuthToken",
        kind: SchemeKind::ApiKeyHeader("X-Auth-Token"),
    }];
    pub static ABSENT: &[Absent] = &[Absent {
        verb: "place-order",
        state: AbsentState::None,
        why: "the shopper pays on the vendor's page",
    }];
    pub static FAILURE: Failure = Failure::Equals("status", "0");
}

mod types {
    #[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
    pub struct Cart {
        pub id: String,
    }

    #[derive(Debug, serde::Deserialize)]
    pub struct Problem {
        pub title: String,
    }

    #[derive(Debug)]
    pub enum AddCartLineItemsError {
        Status404(Problem),
        Status409,
        Failure(Problem),
    }
}

#[derive(Clone, Debug)]
pub struct Client {
    pub(crate) baseurl: String,
    pub(crate) client: ::cartwright_runtime::client::Requests,
    pub(crate) inner: ::cartwright_runtime::client::Session,
}

impl Client {
    fn new(session: ::cartwright_runtime::client::Session) -> Self {
        Self {
            baseurl: session.base_url().to_owned(),
            client: ::cartwright_runtime::client::Requests::new(),
            inner: session,
        }
    }
}

impl ClientInfo<::cartwright_runtime::client::Session> for Client {
    fn api_version() -> &'static str {
        "1.0.0"
    }
    fn baseurl(&self) -> &str {
        self.baseurl.as_str()
    }
    fn client(&self) -> &::cartwright_runtime::client::Requests {
        &self.client
    }
    fn inner(&self) -> &::cartwright_runtime::client::Session {
        &self.inner
    }
}

impl ClientHooks<::cartwright_runtime::client::Session> for Client {}

struct AddCartLineItems<'a> {
    client: &'a Client,
    cart_id: Result<String, String>,
    include: Result<Option<Vec<String>>, String>,
    x_region: Option<String>,
    form: bool,
    body: types::Cart,
}

impl AddCartLineItems<'_> {
    async fn send(self) -> Result<ResponseValue<types::Cart>, Error<types::AddCartLineItemsError>> {
        let Self {
            client,
            cart_id,
            include,
            x_region,
            form,
            body,
        } = self;
        let cart_id = cart_id.map_err(Error::InvalidRequest)?;
        let include = include.map_err(Error::InvalidRequest)?;
        let url = format!(
            "{}/v3/carts/{}/items",
            client.baseurl,
            encode_path(&cart_id.to_string()),
        );
        let mut header_map = ::cartwright_runtime::client::header::HeaderMap::with_capacity(1usize);
        if let Some(value) = x_region {
            header_map.append("X-Region", value.to_string().try_into()?);
        }
        let builder = client.client.post(url).header(
            ::cartwright_runtime::client::header::ACCEPT,
            ::cartwright_runtime::client::header::HeaderValue::from_static("application/json"),
        );
        let builder = if form {
            builder.form_urlencoded(&body)?
        } else {
            builder.json(&body)
        };
        #[allow(unused_mut)]
        let mut request = builder
            .query(&::cartwright_runtime::client::QueryParam::joined(
                "include", &include,
            ))
            .query(&QueryParam::new("again", &include))
            .headers(header_map)
            .build()?;
        let info = OperationInfo {
            operation: &operations::ADD_CART_LINE_ITEMS,
        };
        client.pre(&mut request, &info).await?;
        let result = client.exec(request, &info).await;
        client.post(&result, &info).await?;
        let response = result?;
        match response.status().as_u16() {
            202u16 => {
                Ok(ResponseValue::empty(response).map(|()| types::Cart { id: String::new() }))
            }
            200..=299 => {
                ResponseValue::from_response_or_failure(
                    response,
                    &operations::FAILURE,
                    types::AddCartLineItemsError::Failure,
                )
                .await
            }
            404u16 => {
                Err(Error::from_error_body(response, types::AddCartLineItemsError::Status404).await)
            }
            409u16 => Err(Error::from_empty_error(
                response,
                types::AddCartLineItemsError::Status409,
            )
            .await),
            _ => Err(Error::undocumented(response).await),
        }
    }
}

fn call(client: &Client) -> AddCartLineItems<'_> {
    AddCartLineItems {
        client,
        cart_id: Ok("a/b".into()),
        include: Ok(Some(vec!["redirect_urls".into(), "x y".into()])),
        x_region: Some("eu".into()),
        form: false,
        body: types::Cart { id: "c1".into() },
    }
}

fn client(server: &Server) -> Client {
    let credentials = cartwright_runtime::Credentials::new().api_key("XAuthToken", "hunter2");
    let transport = cartwright_runtime::HttpTransport::builder()
        .build()
        .unwrap();
    let session = cartwright_runtime::Session::new(
        &format!("{}/stores/abc/", server.url),
        credentials,
        std::sync::Arc::new(transport),
        operations::SCHEMES,
    )
    .unwrap();
    Client::new(session)
}

#[tokio::test]
async fn a_generated_call_says_on_the_wire_what_the_specification_says() {
    let server = Server::answering(answer("201 Created", r#"{"id": "c1"}"#)).await;
    let cart = call(&client(&server)).send().await.unwrap();
    assert_eq!(cart.id, "c1");
    let request = server.request();
    assert!(
        request.starts_with(
            "POST /stores/abc/v3/carts/a%2Fb/items?include=redirect_urls%2Cx+y&again=redirect_urls&again=x+y HTTP/1.1\r\n"
        ),
        "{request}"
    );
    for line in [
        "accept: application/json",
        "content-type: application/json",
        "x-region: eu",
        "x-auth-token: hunter2",
    ] {
        assert!(
            request.contains(&format!("\r\n{line}\r\n")),
            "{line}: {request}"
        );
    }
    assert!(request.ends_with("\r\n\r\n{\"id\":\"c1\"}"), "{request}");
}

#[tokio::test]
async fn a_form_goes_out_as_a_form() {
    let server = Server::answering(answer("201 Created", r#"{"id": "c1"}"#)).await;
    let client = client(&server);
    let call = AddCartLineItems {
        form: true,
        ..call(&client)
    };
    call.send().await.unwrap();
    let request = server.request();
    assert!(request.contains("\r\ncontent-type: application/x-www-form-urlencoded\r\n"));
    assert!(request.ends_with("\r\n\r\nid=c1"), "{request}");
}

#[tokio::test]
async fn each_status_finds_its_variant() {
    use types::AddCartLineItemsError::{Failure, Status404, Status409};
    let outcome = async |status, body| {
        let server = Server::answering(answer(status, body)).await;
        call(&client(&server)).send().await
    };
    assert!(outcome("202 Accepted", "").await.unwrap().id.is_empty());
    let error = outcome("404 Not Found", r#"{"title": "a"}"#)
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::ErrorResponse(r) if matches!(&r.value, Status404(p) if p.title == "a"))
    );
    let error = outcome("409 Conflict", "").await.unwrap_err();
    assert!(matches!(error, Error::ErrorResponse(r) if matches!(r.value, Status409)));
    let error = outcome("200 OK", r#"{"status": 0, "title": "b"}"#)
        .await
        .unwrap_err();
    assert!(
        matches!(error, Error::ErrorResponse(r) if matches!(&r.value, Failure(p) if p.title == "b"))
    );
    let error = outcome("500 Oops", "").await.unwrap_err();
    assert!(matches!(error, Error::Undocumented(_)));
}

#[tokio::test]
async fn what_cannot_be_sent_is_an_invalid_request_and_nothing_leaves() {
    let server = Server::answering(answer("201 Created", r#"{"id": "c1"}"#)).await;
    let client = client(&server);
    let calls = [
        AddCartLineItems {
            cart_id: Ok("..".into()),
            ..call(&client)
        },
        AddCartLineItems {
            cart_id: Ok(String::new()),
            ..call(&client)
        },
        AddCartLineItems {
            cart_id: Err("no id".into()),
            ..call(&client)
        },
        AddCartLineItems {
            x_region: Some("a\nb".into()),
            ..call(&client)
        },
        AddCartLineItems {
            include: Ok(Some(vec!["a,b".into()])),
            ..call(&client)
        },
    ];
    for call in calls {
        let error = call.send().await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest(_)), "{error:?}");
        assert!(error.operation().is_none() && error.status().is_none());
    }
    assert!(server.requests().is_empty());
}

#[test]
fn a_call_can_move_between_threads() {
    fn is_send<T: Send>(_: &T) {}
    fn is_send_and_sync<T: Send + Sync + 'static>() {}
    is_send_and_sync::<Client>();
    is_send_and_sync::<ByteStream>();
    is_send_and_sync::<Error<types::AddCartLineItemsError>>();
    let _ = |client: &Client| is_send(&call(client).send());
    assert_eq!(operations::ABSENT.len(), 1);
}
