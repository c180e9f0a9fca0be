//! What is looked for in a request.

use crate::coverage::Inputs;

const PROVIDER: &[&str] = &["query provider"];
const ORDER_ITEM: &[&str] = &["query order_item_id", "query provider"];

pub(crate) static INPUTS: Inputs = Inputs {
    base_path: "",
    credentials: &["header Authorization", "basic"],
    parameters: &[
        (
            "createShoppingCart",
            &[
                "query provider",
                "query access_token",
                "query url_after_checkout",
                "query item",
            ],
        ),
        (
            "setUrlAfterCheckout",
            &[
                "query provider",
                "query access_token",
                "query order_id",
                "query url_after_checkout",
            ],
        ),
        ("getLoginUrl", &["query provider", "query url_after_login"]),
        (
            "validateLoginToken",
            &[
                "query login_token",
                "query provider",
                "query url_after_login",
            ],
        ),
        (
            "createShoppingCartNonSsl",
            &[
                "query access_token",
                "query product_name",
                "query url_after_checkout",
                "query domain",
            ],
        ),
        ("getProductInfo", &["query product_name"]),
        ("getBuildCartUrl", &["query product_name", "query domain"]),
        ("getCompletionUrl", &["query product_name"]),
        ("getLicenseInfo", &["query domain"]),
        (
            "requestSslCertificates",
            &[
                "query provider",
                "query access_token",
                "query certificate",
                "query identity_verification",
                "query url_after_checkout",
            ],
        ),
        (
            "setStatusOfPendingQueueItems",
            &["query provider", "query order_item_id", "query status"],
        ),
        ("getPendingSslCertificates", PROVIDER),
        ("cancelPendingSslCertificate", ORDER_ITEM),
        ("getSslCertificateIfAvailable", ORDER_ITEM),
        ("getCertificateStatusDetails", ORDER_ITEM),
        ("getProviderSpecificDcvConstraints", PROVIDER),
    ],
    values: &[
        ("DcvMethod", &["http", "dns"]),
        ("ConfirmedStatus", &["confirmed"]),
    ],
};
