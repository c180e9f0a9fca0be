//! Webroot: the e-commerce shop of the Unity API, under `/service/api/ecom/shop`, and the token
//! endpoint in front of it, `/auth/token`.
//!
//! Built are the token (password grant and refresh), carts and their customers, orders, and the licences that
//! come of them. Trials, child licences and cancelling answer 501 and are named.
//!
//! Vendor pages:
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Guide>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/APIReference>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/POST-api-ecom-shop-carts>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/GET-api-ecom-shop-carts-vendorOrderCode>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/POST-api-ecom-shop-carts-vendorOrderCode-customers>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/GET-api-ecom-shop-carts-vendorOrderCode-customers>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/POST-api-ecom-shop-orders>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/GET-api-ecom-shop-products-keycode>,
//! <https://unityapi.webrootcloudav.com/Docs/en/APIDoc/Api/GET-api-ecom-shop-products-keycode-orderstatus>
//!
//! # Unverified
//! What the documentation leaves open, and what stands here for it:
//!
//! Requests and refusals
//! - The documentation demands a User-Agent of name/version pairs and reserves the right to refuse
//!   others. Here one without such a pair is 400 with `error: null`, before anything else, and on `/auth/token` as
//!   well.
//! - `error_description` is in our words, and `AdditionalInformation` is always `{}`. A refused body
//!   is 400 with `error: null`; its description lists every fault by the path of the field.
//! - A missing cart, a missing licence and an unknown path are 404; a wrong method is 405; a body that is not declared
//!   as JSON is 415, so XML is; a body beyond 2 MiB is 413. `Accept` is not checked, and answers are always JSON.
//! - The checks come in this order: User-Agent, token, scope, path, JSON, cart, fields, state of the cart. An order's
//!   fields come before its cart, whose code is one of them.
//! - What a cart's state does not allow is 409 with `error: null`.
//! - A refusal carries no `WWW-Authenticate`.
//! - Paths and field names are matched to the letter. A `null` is the same as an absent field,
//!   another type than the documented one is a fault (a text of digits for a number, too), and unknown fields are
//!   ignored.
//!
//! Tokens
//! - The form is refused as RFC 6749 says: `invalid_request` (400) for a missing or repeated
//!   parameter, `unsupported_grant_type` (400), `invalid_scope` (400), `invalid_grant` (400; a wrong password, and a
//!   dead refresh token), `invalid_client` (401). A client that proves itself twice, by Basic and in the form, is
//!   `invalid_request`.
//!   The client is looked at before the grant.
//! - Refusals of the token endpoint stand in the envelope of the other operations.
//! - Any new refresh token kills the one before it, also one from a new password grant. Access tokens
//!   given out before live on until they expire.
//! - A token lives up to the last millisecond of its lifetime, by the sandbox's clock.
//! - `scope` is answered as it was asked, as the text of a JSON array: `["ECom.Shop"]`. Several
//!   scopes may be asked for, separated by blanks or commas. `*` and `ECom.*` are wildcards.
//! - The one user may ask for `ECom.Shop` and `Console.GSM`, and for wildcards.
//! - A refresh may leave out `scope` and keep what it had, or ask for less, not for more.
//! - `token_type` is `bearer` in lower case; `expires_in` is an integer.
//!
//! Requested carts
//! - A cart of the one partner takes both types of order, and the seed's locales: `en_US` (USD), `en_GB` (GBP)
//!   and `de_DE` (EUR). Prices are the same number in each currency; texts have its sign in front.
//! - `LicenseSeats` is 1 to 1,000,000. Texts must not be empty.
//! - An `ItemHierarchyId` without a `CartItemBundleId` is refused, as is a second primary item of a
//!   bundle. A bundle of secondary items only is taken. Items by keycode and by attributes may share a bundle.
//! - `LicenseAttributeValue` has the digits as documented, and the first one agrees with the type of order.
//! - `ExpirationDate` lies in the future, and the account may set it. Without an offset it is UTC; a day alone is its
//!   midnight.
//! - `UsagePricingModelId`, `VaultId`, `ProductPlatformId` and `RetentionModelId` are refused for a
//!   category that is not documented to have them. The vaults are the sandbox's own three.
//! - `ProductPricingLevelId` 2 and 3 are refused for MSP orders; no level changes a price.
//! - A category or keycode that the sandbox does not know is refused as one without a price.
//! - A renewal without `LicenseSeats` or `LicenseCategoryName` takes them from its licence: the primary category, and
//!   the
//!   seats of the category that is meant, or of the primary one if the licence lacks it.
//!
//! Answered carts
//! - Create answers 200 (a mirror of the documentation says "OK"). Repeating it makes another cart. Carts do not
//!   expire.
//! - `VendorOrderCode` is MSP or PSV and ten digits, counted up; PSV for resellers is a guess. `CartOrderStatusId`
//!   stays 1.
//! - An inner array of `Items` is a bundle, in the order of first mention, keycodes first. An
//!   item without a bundle stands alone with `CartItemBundleId: null`; its `ItemHierarchyId` is 1.
//! - A parent licence (3) has its seats in `Quantity` and `LicenseSeats: 1`, and is priced by the seat, as
//!   in the published sample. A standard one (1) has `Quantity: 1` and its seats in `LicenseSeats`; its unit is all
//!   of them.
//! - A category has one price per seat and year, and a twelfth of it per month of `Years`, rounded to the cent,
//!   halves up. `Years` 0 costs nothing and ends the day it starts. Nothing is discounted or taxed.
//! - A licence starts today (UTC), a renewed one as well.
//! - `ProductTypeId` is 1 New (published), 2 Renewal, 3 Upgrade (more seats or another category).
//! - Only SAEP and SDNS have the published names, prices and product ids; those of all other categories, of vaults
//!   and of the
//!   numbered models are made up where the documentation has none. A product has one id for all terms.
//! - `LicenseAttributeValue` stays null where none was sent, `ProductPricingLevelId` becomes 1.
//!   `DependentCartOrderItemId` and `OrderItemUpdateTypeId` are always null.
//! - Create writes all dates with `Z` and `SalesOrderDate` at midnight, as its published sample does. Get writes
//!   `SalesOrderDate` to the second and without an offset, as its sample does; that the items' dates lack it too is a
//!   guess.
//!
//! Customers
//! - Which products are business products is not documented; here all are but WSAV, as the seed says. One of them in
//!   the
//!   cart makes the business rules hold for both customers.
//! - A state is asked for in US, CA, AU, NZ and ZA only, where the documentation says "like". It is taken as it is.
//! - `Country` is two upper-case letters, any two. `CompanyTypeId` is one of the documented numbers.
//! - The reseller of an MSP's cart is ignored, however it looks, and stays null.
//! - Attaching answers 200 and replaces whoever was attached; an ordered cart is 409.
//! - `VatId` of attached customers is null, since the request has none. `OptIn` is answered by the calls for customers,
//!   in a cart and in an order it is not.
//!
//! Orders and licences
//! - Ordering answers 200. A cart without a shipping customer is 409, and so is one that is ordered already.
//! - An ordered cart reads as before: same status id, no keycodes but those it asked for.
//! - `VendorOrderDate` is written as the dates of a created cart are, at midnight with `Z`. `PaymentHeader` is `{}`,
//!   and
//!   `Customers` are the cart's. `LicenseKeycodeTypeId` of an item is a text, as its type is documented.
//!   `LicenseAttributeDescription` is always null.
//! - `Quantity`, `Seats`, `UnitPrice` and `ItemBundleId` of an order's item are those of the cart's.
//! - A bundle gets one licence, with a keycode of 20 hexadecimal digits; an item without a bundle gets its own. A
//!   bundle with an item by
//!   keycode goes into that item's licence, and one with several goes into the first. An ordered category takes the
//!   place of the one that the licence had.
//! - A licence has no parent, no activations in child licences and no custom attribute. `Customer` is the shipping
//!   customer of its last order
//!   in the form of a cart's, null for licences that were out before. `PartnerStartDate` is the partner's.
//! - A profile has the fields that are documented for the profile of a trial. It is always active, also after its end.
//!   `LicenseSeats` is what was asked for.
//! - `ExceptionStatus` and `PartnerLicenseStatus` of an order placed here are null: it went through without a question.

mod attribute;
mod built;
mod cart;
mod catalogue;
mod customers;
mod dates;
mod errors;
mod fields;
mod gate;
mod inputs;
mod item;
mod licence;
mod not_built;
mod oauth;
mod offers;
mod operations;
mod order;
mod request;
mod scopes;
mod seed;
mod shop;
mod tokens;

use axum::Router;
use axum::middleware::from_fn_with_state;
use axum::routing::{any, get, post};

use crate::server::VendorAccess;

pub(crate) use built::operations;
pub(crate) use inputs::INPUTS;
pub(crate) use offers::offers;
pub(crate) use seed::Seed;
pub(crate) use shop::Shop;

/// Where the shop stands; a token must hold [`SHOP_SCOPE`] for what is below it.
const SHOP_PATH: &str = "/service/api/ecom/shop";
const SHOP_SCOPE: &str = "ECom.Shop";

/// The one client and its one user. They open nothing but a sandbox.
const CLIENT_ID: &str = "sandbox-client";
const CLIENT_SECRET: &str = "sandbox-client-secret";
const USERNAME: &str = "buyer@partner.example";
/// Its signs mean something else in a form that is not encoded.
const PASSWORD: &str = "sandbox+100%=password";

/// The routes of this vendor, with what every answer goes through.
pub(crate) fn router(shop: Shop) -> Router {
    let operations = Router::new()
        .route("/carts", post(operations::create_cart))
        .route("/carts/{code}", get(operations::get_cart))
        .route(
            "/carts/{code}/customers",
            get(operations::get_cart_customers).post(operations::add_cart_customers),
        )
        .route("/orders", post(operations::create_order))
        .route("/products/{keycode}", get(operations::get_product))
        .route(
            "/products/{keycode}/orderstatus",
            get(operations::get_product_order_status),
        )
        .merge(not_built::routes())
        .method_not_allowed_fallback(gate::wrong_method);
    let service = Router::new()
        .nest(SHOP_PATH, operations)
        .route("/service/{*elsewhere}", any(gate::unknown_path))
        .layer(from_fn_with_state(shop.clone(), gate::admit));
    let token = Router::new()
        .route("/auth/token", post(oauth::token))
        .method_not_allowed_fallback(gate::wrong_method);
    service
        .merge(token)
        .layer(axum::middleware::from_fn(gate::identify))
        .layer(from_fn_with_state(shop.clone(), errors::number))
        .with_state(shop)
}

/// How to reach this vendor's stand-in on the given origin, and the first locale of its seed.
pub(crate) fn access(origin: &str, shop: &Shop) -> VendorAccess {
    let own = |value: &str| value.to_owned();
    // A seed without a locale is refused.
    let locale = shop.seed().locales.first();
    let locale = locale.map(|locale| locale.name.clone()).unwrap_or_default();
    VendorAccess {
        vendor: "webroot",
        base_url: own(origin),
        credentials: vec![
            ("client_id", own(CLIENT_ID)),
            ("client_secret", own(CLIENT_SECRET)),
            ("username", own(USERNAME)),
            ("password", own(PASSWORD)),
        ],
        environment: vec![
            ("CARTWRIGHT_WEBROOT_CLIENT_ID", own(CLIENT_ID)),
            ("CARTWRIGHT_WEBROOT_CLIENT_SECRET", own(CLIENT_SECRET)),
            ("CARTWRIGHT_WEBROOT_USERNAME", own(USERNAME)),
            ("CARTWRIGHT_WEBROOT_PASSWORD", own(PASSWORD)),
            ("CARTWRIGHT_WEBROOT_ORDER_TYPE", own("MSP")),
            ("CARTWRIGHT_WEBROOT_LOCALE", locale),
            ("CARTWRIGHT_WEBROOT_BASE_URL", own(origin)),
        ],
    }
}
