//! The generated type of each component that a payload is documented as.

use cartwright_runtime::client::{Error, Failure, ResponseValue};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// How a body reaches its type.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Way {
    Success,
    ErrorStatus,
    /// A failure under a success status, told by a key.
    Failure,
}

/// What a type writes back; `None` if it refused the body. The error says why nothing was written.
pub(crate) type Read = Result<Option<Value>, String>;

/// Reads a body as a client does.
pub(crate) type Decoder = fn(&[u8], Way) -> Read;

const TOLD: Failure = Failure::Any(&[Failure::Present("error"), Failure::Equals("status", "0")]);

/// No part of it waits: the whole body is there.
fn read<T: DeserializeOwned + Serialize>(body: &[u8], way: Way) -> Read {
    let status = if matches!(way, Way::ErrorStatus) {
        422
    } else {
        200
    };
    let mut response = http::Response::new(body.to_vec());
    *response.status_mut() =
        http::StatusCode::from_u16(status).map_err(|error| error.to_string())?;
    let response = reqwest::Response::from(response);
    let read = crate::run::at_once(async {
        match way {
            Way::Success => ResponseValue::<T>::from_response::<T>(response).await,
            Way::Failure => {
                ResponseValue::<T>::from_response_or_failure(response, &TOLD, |failure: T| failure)
                    .await
            }
            Way::ErrorStatus => Err(Error::from_error_body(response, |value: T| value).await),
        }
    });
    let value = match read.ok_or("the body was waited for")? {
        Ok(value) => value.into_inner(),
        Err(Error::ErrorResponse(error)) => error.value,
        Err(Error::Decode(failure)) if !failure.message.is_empty() => return Ok(None),
        Err(_) => return Err("an error of another kind than of decoding".to_owned()),
    };
    let text =
        serde_json::to_vec(&value).map_err(|error| format!("could not be written: {error}"))?;
    serde_json::from_slice(&text)
        .map(Some)
        .map_err(|error| format!("what was written is not JSON: {error}"))
}

macro_rules! components {
    ($client:ident: $($name:ident)*; $($list:literal = $of:ty),*) => {
        |component| Some(match component {
            $(stringify!($name) => read::<$client::types::$name>,)*
            $($list => read::<$of>,)*
            _ => return None,
        })
    };
}

/// The decoder of a component of a vendor.
pub(crate) fn decoder(vendor: &str, component: &str) -> Option<Decoder> {
    let table: fn(&str) -> Option<Decoder> = match vendor {
        "bigcommerce" => components!(cartwright_bigcommerce:
            CartCreateRequest CartUpdateRequest LineItemsAddRequest LineItemUpdateRequest LineItemDeleteRequest RedirectUrlsRequest CartResponse RedirectUrlsResponse
            CartSettingsRequest CartSettingsResponse ChannelCartSettings ChannelCartSettingsResponse MetafieldRequest MetafieldResponse MetafieldListResponse
            MetafieldsWriteResponse MetafieldsWriteRefusal MetafieldsDeleteResponse MetafieldsDeleteRefusal ErrorResponse;
            "[MetafieldCreateEntry]" = Vec<cartwright_bigcommerce::types::MetafieldCreateEntry>,
            "[MetafieldUpdateEntry]" = Vec<cartwright_bigcommerce::types::MetafieldUpdateEntry>,
            "[integer]" = Vec<i64>),
        "cpanel" => components!(cartwright_cpanel:
            CartItem ShoppingCartResponse UrlAfterCheckoutResponse ProvidersResponse ProductsResponse LoginUrlResponse LoginTokenResponse NamedProductCartResponse
            ProductInfoResponse BuildCartUrlResponse CompletionUrlResponse LicenseInfoResponse CertificateRequest IdentityVerification CertificateOrderResponse
            QueueItemsStatusResponse PendingCertificatesResponse ProcessedCertificatesResponse CertificateAvailabilityResponse CertificateStatusResponse
            DcvConstraintsResponse MarketFailure ErrorResponse;
            "[string]" = Vec<String>),
        "liquidweb" => components!(cartwright_liquidweb:
            AddCartItemRequest Cart AddConfiguredServerRequest ConfiguredServer CreateQuoteRequest GetBundleRequest BundleDetails ListBundlePackagesRequest
            BundlePackageList GetPackageRequest PackageDetails ListPackageProductsRequest PackageProductList CreateTokenRequest AuthToken Failure;),
        "webroot" => components!(cartwright_webroot:
            TokenRequest TokenResponse CartCreateRequest Cart CartCustomersRequest CartCustomers OrderCreateRequest Order ProductLicense
            ProductOrderStatusResponse ErrorResponse;),
        _ => return None,
    };
    table(component)
}
