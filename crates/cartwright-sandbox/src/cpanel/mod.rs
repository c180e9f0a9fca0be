//! cPanel: the module Market of UAPI, as an account of one cPanel server reaches it.
//!
//! Three functions are built: `create_shopping_cart`, `set_url_after_checkout` and
//! `get_providers_list`. The other sixteen documented ones answer 501 and are named.
//!
//! A function is called by GET or by a form POST, and answers in one of two shapes:
//! - bare, at `/execute/Market/{function}` and at `/cpsess##########/execute/Market/{function}`;
//! - wrapped in `result`, beside `apiversion`, `func` and `module`, at `/json-api/cpanel`. The
//!   vendor's pages show this shape for all functions; over HTTP only this path has it.
//!
//! A call that fails is HTTP 200 with `status` 0 and the reasons in `errors`. [`CpanelAnswers`]
//! says whether the keys that hold nothing are null or missing.
//!
//! Vendor pages:
//! <https://api.docs.cpanel.net/cpanel/introduction>,
//! <https://api.docs.cpanel.net/cpanel/tokens>,
//! <https://api.docs.cpanel.net/openapi/cpanel/operation/create_shopping_cart/>,
//! <https://api.docs.cpanel.net/openapi/cpanel/operation/set_url_after_checkout/>,
//! <https://api.docs.cpanel.net/openapi/cpanel/operation/get_providers_list/>
//!
//! # Unverified
//! What neither the documentation nor a published recording settles, and what stands here for it:
//!
//! Access
//! - Bad or missing credentials at `/execute` are 401 with an HTML page and a `WWW-Authenticate`
//!   header. The body is not known; a page is what a client copes with least. 403 is possible.
//! - At `/json-api` the 403 and its body are recorded, on API 2 calls. That a call with
//!   `cpanel_jsonapi_apiversion=3` gets them as well is not.
//! - `Basic` is taken in any letter case, `cpanel` as documented. A token is no password, and a
//!   password no token. If there is an `Authorization` header, the session is not looked at.
//! - Under `/cpsess##########` the right header is taken with any ten digits; the cookie only with
//!   the session's own. The session is always logged in: there is no login page.
//! - The wrapped path is at the account's own port, with the account's own credentials, as it is
//!   for older API calls. `cpanel_jsonapi_user`, which a WHM call carries, is not looked at.
//! - Credentials are checked before the path's module and function. Other methods than GET, HEAD
//!   and POST are 405 with a failure.
//!
//! Parameters
//! - A form's parameters follow the query's. A body of another media type is not looked at.
//! - Of a parameter that takes one value, the first counts when it is repeated. An empty one is missing.
//! - `item` comes first, then `item-N` by N; gaps and doubles are allowed. What has another name,
//!   as in `item[]`, `item[0]`, `item_0`, is an unknown parameter, and those are ignored.
//! - The words of `errors`. Only the first reason is given, and the parameters are looked at in
//!   the order `access_token`, `provider`, `url_after_checkout`, then `item` or `order_id`.
//! - `url_after_checkout` must be an http or https address.
//!
//! Answers
//! - One access token is good for both providers, does not expire, and stands for the login
//!   (`get_login_url`, a browser, `validate_login_token`) that gives one.
//! - The second provider is made up. The names and order of the list are fixed.
//! - An item's `product_id` is a text or a number, any number: there is no catalogue. Other keys are free.
//! - An entry of `order_items` is the item as sent, with a whole number as `order_item_id`, which
//!   takes the place of one that was sent.
//! - Orders and order items are each counted on from a number of the seed.
//! - `order_id` must be digits; leading zeros are no matter.
//! - An order of another provider is unknown to this one. An unknown order fails with the
//!   `error_type` that a neighbouring function documents, `EntryDoesNotExist`, in `data`.
//! - A success of `set_url_after_checkout` has a null `error_type`. The vendor's example shows a
//!   text beside `status` 1; what brings that about is not said, and it does not happen here.
//! - `metadata` is empty.
//! - With [`CpanelAnswers::MissingKeys`] the nulls of `data` go, too.
//! - An undocumented function of Market fails with HTTP 200. A function of another module is 501,
//!   documented or not.
//! - At `/json-api/cpanel`, another API version than 3, or a missing module or function, is
//!   HTTP 200 with an error in the shape that is recorded for a refusal.

mod account;
mod channel;
mod envelope;
mod gate;
mod item;
mod market;
mod parameters;

use axum::Router;
use axum::routing::{MethodRouter, get};

use crate::server::VendorAccess;

pub use account::CpanelOrder;
pub use envelope::CpanelAnswers;

pub(crate) use account::Account;

/// The one account of this stand-in.
const USER: &str = "sandbox";
/// Its password, API token, and session. They open nothing but a sandbox.
const PASSWORD: &str = "sandbox-password";
const API_TOKEN: &str = "SANDBOXAPITOKEN0123456789ABCDEFG";
const SESSION: &str = "sandbox:session";
const SECURITY_TOKEN: &str = "2718281828";
/// What a provider hands out for a login, in the form that the vendor documents.
const ACCESS_TOKEN: &str = "5c1f1d1e-9e1c-4c7a-8f43-2b6d0a9e7715";

/// The routes of this vendor.
pub(crate) fn router(account: Account) -> Router {
    let bare: MethodRouter<Account> = get(channel::execute).post(channel::execute);
    Router::new()
        .route("/execute/{module}/{function}", bare.clone())
        .route("/cpsess{security_token}/execute/{module}/{function}", bare)
        .route(
            "/json-api/cpanel",
            get(channel::json_api).post(channel::json_api),
        )
        .method_not_allowed_fallback(channel::wrong_method)
        .with_state(account)
}

/// How to reach this vendor's stand-in on the given origin.
pub(crate) fn access(origin: &str) -> VendorAccess {
    let authority = origin.trim_start_matches("http://");
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let provider = market::PROVIDERS[0].0;
    VendorAccess {
        vendor: "cpanel",
        base_url: origin.to_owned(),
        credentials: vec![
            ("user", USER.to_owned()),
            ("password", PASSWORD.to_owned()),
            ("api_token", API_TOKEN.to_owned()),
            ("session", SESSION.to_owned()),
            ("security_token", SECURITY_TOKEN.to_owned()),
            ("provider", provider.to_owned()),
            ("access_token", ACCESS_TOKEN.to_owned()),
        ],
        environment: vec![
            ("CARTWRIGHT_CPANEL_HOST", host.to_owned()),
            ("CARTWRIGHT_CPANEL_PORT", port.to_owned()),
            ("CARTWRIGHT_CPANEL_USER", USER.to_owned()),
            ("CARTWRIGHT_CPANEL_API_TOKEN", API_TOKEN.to_owned()),
            ("CARTWRIGHT_CPANEL_PROVIDER", provider.to_owned()),
            ("CARTWRIGHT_CPANEL_ACCESS_TOKEN", ACCESS_TOKEN.to_owned()),
            (
                "CARTWRIGHT_CPANEL_RETURN_URL",
                "https://shop.example/thanks".to_owned(),
            ),
            ("CARTWRIGHT_CPANEL_BASE_URL", origin.to_owned()),
        ],
    }
}
