//! cPanel: the module Market of UAPI, as an account of one cPanel server reaches it.
//!
//! All 19 documented functions are built: the orders and the way back from their checkout, the
//! login at a provider, what the providers sell, the pages of cPanel's interface to buy it on, and
//! the pending queue of the certificates on their way. [`operations`] says by what rules.
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
//! <https://api.docs.cpanel.net/openapi/cpanel/operation/get_providers_list/>,
//! <https://api.docs.cpanel.net/specifications/cpanel.openapi/market-integration.md>,
//! <https://api.docs.cpanel.net/specifications/cpanel.openapi/ssl-certificates/request_ssl_certificates>,
//! <https://api.docs.cpanel.net/guides/guide-to-cpanel-market-provider-modules/>
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
//! - The words of `errors`. Only the first reason is given. Of the first three parameters that a
//!   function wants, a missing one is told before a wrong one is.
//! - Addresses to come back to are http or https ones. That of `request_ssl_certificates` "does not
//!   contain a query string", which is read as a rule for the caller.
//! - Ids of order items are digits; what isn't is an id that nothing has. Where an integer is
//!   documented, it is refused. Leading zeros are no matter.
//!
//! Answers
//! - The second provider and the products are made up. The names and order of the lists are the seed's.
//! - `create_shopping_cart` takes any number or text as a `product_id`: it doesn't look at the
//!   products. Other keys of an item are free. `request_ssl_certificates` looks at the products, and
//!   doesn't hold the price against theirs.
//! - An entry of `order_items` or `order_items_ref` is the item as sent, or the product's id and the
//!   domain, with `order_item_id`, which takes the place of one that was sent.
//! - Orders and order items are each counted on from a number of the seed. `order_id` must be digits.
//! - An order of another provider is unknown to this one. An unknown order fails with the
//!   `error_type` that a neighbouring function documents, `EntryDoesNotExist`, in `data`. So does an
//!   unknown item where that is documented, and with null as `data` elsewhere.
//! - A success of `set_url_after_checkout` has a null `error_type`. The vendor's example shows a
//!   text beside `status` 1; what brings that about is not said, and it does not happen here.
//! - `certificates` of a new order is an object, as documented, for one certificate, and a list for
//!   several. So are both forms met.
//! - Ids of order items are numbers in the answers about an order and in failures, and texts in the
//!   queue. The seed's `order_item_ids` makes all of them one or the other.
//!
//! Login
//! - The login page is made up: `client_id`, `redirect_uri` and `response_type` stand in its
//!   address. The shopper comes back with the `login_token` of the seed, whatever the page did.
//! - A login can be finished once. The access token that it gives is good for its provider and
//!   does not expire. Another one is good for every provider from the start, without a login.
//!
//! Pages of cPanel's interface
//! - There is one session, whatever opens the account, and its token stands in the addresses. They
//!   lead to the seed's `server`, not to this stand-in.
//! - What is kept is the domain of `get_build_cart_url`, or none, and what `get_license_info` read;
//!   the ways back of `get_product_info` name the former. There are no licenses to read.
//! - The names of products. The vendor's example for all but certificates is `cpanel-ssl`, which is
//!   no certificate here. `create_shopping_cart_non_ssl` buys at the product's provider.
//!
//! Certificates
//! - Requests, certificates and encrypted addresses have the form of such texts and hold nothing.
//! - A certificate enters the pending queue unconfirmed, and is polled at once. From then on the
//!   server polls at the interval of the seed, at times that count from the request. Items of
//!   other orders are confirmed in the same way, and don't stand in the queue's lists.
//! - The provider validates and issues a time after the confirmation that the product's seed says,
//!   whatever triggers the payment. What isn't paid for is cancelled after a time of the seed.
//! - The code of the last poll is `CertificateNotFound` before the payment, and `RequiresApproval`
//!   until the certificate is there. One that is installed keeps the last one.
//!   `get_ssl_certificate_if_available` has an empty code for a certificate that is there.
//! - A certificate leaves the queue when it is installed or cancelled; what leaves by itself is
//!   never listed again. `expired` is 1 then, and `deleted`, which is documented the other way round,
//!   0. The vendor's example has 0 in both.
//! - One unknown item refuses the call, and no other one is confirmed.
//! - `domain_details` is about the first domain. `brandValStatus` and `freeDVUPStatus` are never
//!   applicable. Details of a cancelled certificate are as before its payment.
//! - Bare texts in `subject_names` are refused: they could not say which of them is a kind.
//!
//! Envelope
//! - `metadata` is empty, except for the products, as in their example.
//! - With [`CpanelAnswers::MissingKeys`] the nulls of `data`, or of its entries, go, too; deeper ones stay.
//! - An undocumented function of Market fails with HTTP 200. A function of another module is 501,
//!   documented or not.
//! - At `/json-api/cpanel`, another API version than 3, or a missing module or function, is
//!   HTTP 200 with an error in the shape that is recorded for a refusal.

mod account;
mod cart;
mod certificate;
mod channel;
mod envelope;
mod gate;
mod inputs;
mod item;
mod login;
mod market;
mod offers;
mod operations;
mod parameters;
mod product;
mod queue;
mod requested;
mod seed;

use axum::Router;
use axum::routing::{MethodRouter, get};

use crate::server::VendorAccess;

pub use account::CpanelOrder;
pub use envelope::CpanelAnswers;

pub(crate) use account::Account;
pub(crate) use inputs::INPUTS;
pub(crate) use offers::offers;
pub(crate) use operations::operations;
pub(crate) use seed::Seed;

/// The one account of this stand-in.
const USER: &str = "sandbox";
/// Its password, API token, and session. They open nothing but a sandbox.
const PASSWORD: &str = "sandbox-password";
const API_TOKEN: &str = "SANDBOXAPITOKEN0123456789ABCDEFG";
const SESSION: &str = "sandbox:session";
const SECURITY_TOKEN: &str = "2718281828";
/// Good for every provider without a login, in the form that the vendor documents.
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

/// How to reach this vendor's stand-in on the given origin, and the first provider of its seed.
pub(crate) fn access(origin: &str, account: &Account) -> VendorAccess {
    // A seed without a provider is refused.
    let (provider, login_token) = (account.data().providers.first())
        .map(|first| (first.name.clone(), first.login_token.clone()))
        .unwrap_or_default();
    let authority = origin.trim_start_matches("http://");
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    VendorAccess {
        vendor: "cpanel",
        base_url: origin.to_owned(),
        credentials: vec![
            ("user", USER.to_owned()),
            ("password", PASSWORD.to_owned()),
            ("api_token", API_TOKEN.to_owned()),
            ("session", SESSION.to_owned()),
            ("security_token", SECURITY_TOKEN.to_owned()),
            ("provider", provider.clone()),
            ("access_token", ACCESS_TOKEN.to_owned()),
            ("login_token", login_token),
        ],
        environment: vec![
            ("CARTWRIGHT_CPANEL_HOST", host.to_owned()),
            ("CARTWRIGHT_CPANEL_PORT", port.to_owned()),
            ("CARTWRIGHT_CPANEL_USER", USER.to_owned()),
            ("CARTWRIGHT_CPANEL_API_TOKEN", API_TOKEN.to_owned()),
            ("CARTWRIGHT_CPANEL_PROVIDER", provider),
            ("CARTWRIGHT_CPANEL_ACCESS_TOKEN", ACCESS_TOKEN.to_owned()),
            (
                "CARTWRIGHT_CPANEL_RETURN_URL",
                "https://shop.example/thanks".to_owned(),
            ),
            ("CARTWRIGHT_CPANEL_BASE_URL", origin.to_owned()),
        ],
    }
}
