//! Liquid Web: the market cart of the API version `bleed`, under `/bleed`.
//!
//! Eight methods are built. `Market/Cart/Item/add` and `Market/Cart/Helpers/Configurator/add` make a cart or add to
//! one, and `Market/Cart/Admin/Quote/create` makes a quote of it; four methods read the catalogue; and
//! `Account/Auth/token` gives a token. Their neighbours answer 501 and are named; what is no method answers
//! `API::InvalidMethod`. Methods are taken in any letter case.
//!
//! The vendor answers most failures with HTTP 200 and a body that has an `error_class`.
//!
//! Vendor pages:
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Cart/Item.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Cart/Admin/Quote.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Cart/Helpers/Configurator.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Bundle.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Bundle/Package.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Package.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Market/Package/Product.html>,
//! <https://cart.liquidweb.com/storm/api/docs/bleed/Account/Auth.html>,
//! <https://cart.liquidweb.com/storm/api/docs/tutorials/exceptions.html>
//!
//! # Unverified
//! What neither the documentation nor a published recording settles, and what stands here for it:
//!
//! Requests and refusals
//! - The name of the parameter that holds the cart's id. The list at hand ends with `item`, so it
//!   sorts after it: `uuid` is likely, and other methods say `cart_uuid`. Both are taken; `uuid` wins.
//!   A cart that is not there is a `RecordNotFound`, after everything else was checked.
//! - `units`, for how often the item is bought, is a guess of the same kind: the answer has a field of
//!   that name. It is 1 by default. Units and `num_units` are at most 1,000,000.
//! - Parameters and fields that are not known are ignored, and `null` is like nothing. Whole numbers
//!   are taken as numbers and as digits in a text.
//! - Bad credentials are 401 before anything else, with `WWW-Authenticate` and an
//!   `LW::Exception::Authorization`. Beside the tokens of `Account/Auth/token` there is one that the sandbox comes
//!   with, which never ends. Any token is taken as Bearer, and instead of the password in Basic.
//! - A GET is answered as a call without parameters, since a client of the vendor sends some so.
//!   Another HTTP method is 405. The media type of a request is not checked, and the path's
//!   extension does not choose another encoding than JSON.
//! - A body that is not JSON, not an object, or has `params` that are none is a `Deserialize` under
//!   HTTP 200; one client's stand-in answers 400. `data` is the body, `encoding` is `JSON`.
//! - Missing parameters of the method are an `Input::Multiple` even if only one is missing, as the one
//!   recording has it. Any other single fault comes by itself, and several as an `Input::Multiple`.
//! - `field` is the bare name. `position` is the place in the array where the faulty object stands, else
//!   `null`. The path is in `full_message`. The words and the keys not recorded are of this stand-in.
//! - A value of the wrong form is an `Input::Validation`, whose `type` names are made up. A value that is not
//!   one of a list is an `Input::NotInRealm` with the list in `valid`.
//! - The `field` of a `RecordNotFound` names the kind of record. `input` is always a text.
//! - An item is told by the prefix of its `code`: `BNDL-`, `PKG-`, else a product.
//! - A neighbour that is not built answers HTTP 501 with an `LW::Exception::Incapable`: nothing is known of the
//!   parameters of `Market/Cart/Discount/add`, and the others act on another cart or another kind of token. The
//!   methods on the page of `Market/Cart` itself are not known here, so they answer `API::InvalidMethod`.
//!
//! The cart
//! - `alsowith` decides on `admin`, `discounts`, `items`, `metadata` and `totals`, by analogy with other
//!   methods. A name counts at any depth; `internal` is taken and shows nothing; another is refused.
//! - Booleans are the numbers 0 and 1, and amounts are JSON numbers, unless
//!   [`LiquidwebAnswers`] says otherwise.
//! - `accnt` is the account of the credentials. `status` is `open`. `share` is an id of its own.
//! - `version` starts at 1 and rises by one with each addition. `updated` is left out until the first.
//! - A cart expires 30 days after it was made. The method answers `is_expired`, so an expired cart is
//!   still answered and added to; it is not `orderable`.
//! - `orderable` wants every item valid. A product is valid if it is active, has a choice for each option that
//!   it requires, and each choice that belongs to another choice has that one beside it. A package or
//!   bundle is valid if its required parts are there and all parts are valid.
//! - DateTimes are in the time of the vendor's place, EST or EDT, as documented, and say no zone.
//! - `admin` and `metadata` hold a few made-up values.
//!
//! Items
//! - Adding the same code again makes a second item. The `uuid` of a product in a request is ignored;
//!   `item_uuid` is the item's own, not its product's.
//! - `type` is `product`, `package` or `bundle`. `options` holds the choices made, in the order sent.
//! - `parent_ptok_id` and `parent_ptov_id` of a request are ignored: those answered are the catalogue's. A
//!   choice sent twice is there twice.
//! - `num_units` multiplies a choice's `price` to its `price_total`, and is left out if it was not sent.
//! - Prices are by month, whatever the cycle is.
//! - `package_to_product_id` and `bundle_to_package_id` on an item of its own make it an add-on to a
//!   package or bundle and fill the fields that begin with `package_` or `bundle_`; they give no discount.
//! - A bundle is charged for the products of its packages, and gets its own discounts, not theirs.
//!
//! Totals
//! - `price` is before and `cost` after percent discounts; months count from 1, the month of the order.
//! - `charges` has one entry for each cycle of the cart, and one billing each time it comes round within the
//!   longest cycle of the cart. `timeline` has the months in which something is billed.
//! - A percent discount takes its part of what is discountable in each of its months. `month_end` 0 is
//!   without end. `discounts` of a billing's `cart` adds up those of one type and amount.
//! - A credit is not in `charges`: it is one entry of `credits`, and is taken off `due_today`, off the
//!   first month of `timeline` and into `amount_off_today`, down to a total of 0.
//! - Amounts of `totals` are rounded to cents by product, half away from zero.
//!
//! Quotes
//! - Without `cart_uuid` a quote is refused with an `Input::Required`, since nothing else is known to say which cart.
//! - The cart itself becomes the quote: `is_quote` is 1 and `status` is `quote` from then on. It can still be added
//!   to, and quoted again, which replaces what `admin` shows of the quote.
//! - `basket_admin_username` has 1 to 24 characters, and `opportunity_id` 15 or 18 letters and digits.
//!
//! Configured servers
//! - The answer is the cart's uuid alone; what follows it in the documentation is not known.
//! - `package_code` is required if there is no `product_code`, and wins over it; `package_version_id` is never required.
//!   Without it the package's version that is sold is taken.
//! - `config_id` names a product of the seed's `configurations`, and the package must have it among its own. One call
//!   adds one item with `quantity` units: the package with that server, or the server by itself.
//! - `template`, `cpanel_license`, `mssql`, `plesk_edition` and `win_av` are names of values of the server's options, an
//!   addon's `type` and `option` the names of an option and its value. A name that is not there is an
//!   `Input::NotInRealm`.
//! - The other settings, such as `domain` and `backups`, become properties of the server and cost nothing.
//! - `cart_item_uuid` must be a uuid and does nothing.
//!
//! The catalogue
//! - Without `version_id` the latest version is answered, published or not, as documented for `Market/Package/details`;
//!   the other three methods do the same. Carts take the last one published, which is the `current` one.
//! - What is cut off in the documentation is left out: what follows `published` in a bundle's version, `cycle_amount_off`
//!   in `defaultPriceByCycle`, that in a package's version, and `key` in an option of a listed product.
//! - `published` is left out of a version that is not published. `prior_id` is there for cycles only, and is an id.
//! - `last_updated` is when the latest version was published, or else made.
//! - `discount_amount` of a cycle is a percentage that does not reach carts; `cycle_amount_off` is that part of the base
//!   prices of what is no add-on, rounded to cents.
//! - `alsowith` of a package takes a word or a list of words. `defaultPriceByCycle` asks for that field; another
//!   word shows nothing.
//! - Lists come by `display_order`, or by the code of what they list if `order_by` is given, downwards by default.
//!   A page behind the last is empty. An empty list has one page. `reduce_data` is checked and leaves nothing out.
//!
//! Tokens
//! - `timeout` is in seconds, and above 3600 an `Input::OutOfBounds`. `login_context` is checked and does nothing.
//! - Every call with a token counts as use. Asked for with a good token, the same token is answered, with the new
//!   timeout if there is one. It never lasts beyond 12 hours from when it was made.
//! - Asked for with the token that the sandbox comes with, a new one is made, as for the password. Asked for with
//!   Bearer, even with a good token, it is 401.

mod alsowith;
mod answers;
mod billing;
mod cart;
mod catalogue;
mod configurator;
mod cycle;
mod details;
mod discount;
mod eastern;
mod exception;
mod fields;
mod gate;
mod inputs;
mod item;
mod kept;
mod market;
mod offers;
mod operations;
mod paging;
mod quote;
mod request;
mod seed;
mod shelf;
mod tokens;
mod totals;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::any;

use crate::server::VendorAccess;

pub use answers::LiquidwebAnswers;
pub(crate) use inputs::INPUTS;
pub(crate) use market::Market;
pub(crate) use offers::offers;
pub(crate) use operations::operations;
pub(crate) use seed::Seed;

/// The path of the API version that has the market.
const ROOT: &str = "/bleed";
/// The one user of this stand-in.
const USER: &str = "sandbox";
/// What the user's requests are let in with. They open nothing but a sandbox.
const PASSWORD: &str = "sandbox-password";
const TOKEN: &str = "sandbox-token";
/// The region to name where the catalogue has no product.
const REGION: i64 = 1;

/// The routes of this vendor: whatever stands below `/bleed` names a method.
pub(crate) fn router(market: Market) -> Router {
    ["", "/", "/{*method}"]
        .into_iter()
        .fold(Router::new(), |router, below| {
            router.route(&format!("{ROOT}{below}"), any(gate::call))
        })
        // The call log has already refused what is too long.
        .layer(DefaultBodyLimit::disable())
        .with_state(market)
}

/// How to reach this vendor's stand-in on the given origin, and a region that its catalogue sells in.
pub(crate) fn access(origin: &str, market: &Market) -> VendorAccess {
    let region = market.data().region().unwrap_or(REGION).to_string();
    let cycle = cycle::Cycle::Monthly.word();
    VendorAccess {
        vendor: "liquidweb",
        base_url: origin.to_owned(),
        credentials: vec![
            ("user", USER.to_owned()),
            ("password", PASSWORD.to_owned()),
            ("token", TOKEN.to_owned()),
        ],
        environment: vec![
            ("CARTWRIGHT_LIQUIDWEB_USER", USER.to_owned()),
            ("CARTWRIGHT_LIQUIDWEB_PASSWORD", PASSWORD.to_owned()),
            ("CARTWRIGHT_LIQUIDWEB_REGION_ID", region),
            ("CARTWRIGHT_LIQUIDWEB_CYCLE", cycle.to_owned()),
            ("CARTWRIGHT_LIQUIDWEB_BASE_URL", origin.to_owned()),
        ],
    }
}
