//! What of the module Market is built, and by what rules.

use crate::coverage::Built;

/// Answered by every function: what was asked, and no entrance at `/execute` and at `/json-api`. Failures are
/// 200 as well.
const STATUSES: &[u16] = &[200, 401, 403];

macro_rules! built {
    ($($operation:literal $function:literal [$($rule:literal),* $(,)?],)*) => {
        &[$(Built {
            operation: $operation,
            method: "GET",
            path: concat!("/execute/Market/", $function),
            statuses: STATUSES,
            rules: &[$($rule),*],
        }),*]
    };
}

/// All 19 functions.
pub(crate) fn operations() -> &'static [Built] {
    built![
        "createShoppingCart" "create_shopping_cart" [
            "Each call makes another order.",
            "Each item gets an id of its own.",
            "The access token must be good for the provider.",
        ],
        "createShoppingCartNonSsl" "create_shopping_cart_non_ssl" [
            "Each call makes another order of one item, at the product's provider.",
            "A certificate is no product to buy here.",
        ],
        "requestSslCertificates" "request_ssl_certificates" [
            "Each certificate becomes an unconfirmed item of one order, and enters the pending queue.",
            "One certificate that can't be read refuses the whole order.",
            "A product that vouches for its owner asks for all that it has to know.",
        ],
        "setUrlAfterCheckout" "set_url_after_checkout" [
            "The order keeps the last address that was set.",
            "An order of another provider is unknown.",
        ],
        "getProvidersList" "get_providers_list" ["The providers are those of the seed."],
        "getAllProducts" "get_all_products" ["The products are those of the seed."],
        "getLoginUrl" "get_login_url" ["A call opens a login, until a token is validated for it."],
        "validateLoginToken" "validate_login_token" [
            "The login must have been opened with the same provider and address.",
            "A login is over once its token was validated.",
            "The access token is good for its provider from the next call on.",
        ],
        "getProductInfo" "get_product_info" [
            "The ways back name the domain that the last get_build_cart_url put into the session.",
        ],
        "getBuildCartUrl" "get_build_cart_url" ["The session keeps the last domain, or none."],
        "getCompletionUrl" "get_completion_url" [],
        "getLicenseInfo" "get_license_info" ["The session keeps what the licenses were read of."],
        "setStatusOfPendingQueueItems" "set_status_of_pending_queue_items" [
            "An unknown item leaves the known ones as they are.",
            "The first confirmation starts a certificate's time until it is issued.",
        ],
        "getPendingSslCertificates" "get_pending_ssl_certificates" [
            "Only what is neither installed nor cancelled is listed, by provider.",
            "The server polls by itself as the clock goes on, installs what is issued, and drops what nobody paid for.",
        ],
        "cancelPendingSslCertificate" "cancel_pending_ssl_certificate" [
            "A cancelled certificate leaves the queue and is never issued.",
            "What is not in the queue can't be cancelled.",
        ],
        "processSslPendingQueue" "process_ssl_pending_queue" [
            "Each pending certificate is polled now, and installed if it is issued.",
            "What left the queue is told once.",
        ],
        "getSslCertificateIfAvailable" "get_ssl_certificate_if_available" [
            "The certificate is there as soon as it is issued, installed or not.",
            "Nothing is changed.",
        ],
        "getCertificateStatusDetails" "get_certificate_status_details" [
            "The details follow the payment and the clock.",
        ],
        "getProviderSpecificDcvConstraints" "get_provider_specific_dcv_constraints" [
            "The constraints are the provider's, as the seed has them.",
        ],
    ]
}
