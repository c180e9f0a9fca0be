//! The functions of the module Market, by their names.

use super::account::Books;
use super::envelope::{Failure, Outcome};
use super::parameters::Parameters;
use super::seed::Seed;
use super::{cart, login, product, queue};

/// One call of a function.
pub(super) struct Call<'a> {
    pub(super) data: &'a Seed,
    pub(super) books: &'a mut Books,
    pub(super) asked: &'a Parameters,
    /// Seconds since 1970.
    pub(super) now: i64,
}

/// Calls a function by its name.
pub(super) fn call(module: &str, function: &str, mut call: Call<'_>) -> Outcome {
    if module != "Market" {
        return Err(Failure::not_built(module, function));
    }
    // The server looks after its queue whether or not somebody calls.
    queue::catch_up(&mut call);
    let call = &mut call;
    match function {
        "get_providers_list" => Ok(product::providers(call)),
        "get_all_products" => Ok(product::list(call)),
        "get_product_info" => product::info(call),
        "get_build_cart_url" => product::build_cart_url(call),
        "get_completion_url" => product::completion_url(call),
        "get_license_info" => Ok(product::license_info(call)),
        "get_login_url" => login::url(call),
        "validate_login_token" => login::validate(call),
        "create_shopping_cart" => cart::create(call),
        "create_shopping_cart_non_ssl" => cart::create_non_ssl(call),
        "set_url_after_checkout" => cart::set_url_after_checkout(call),
        "request_ssl_certificates" => queue::request(call),
        "get_pending_ssl_certificates" => queue::pending(call),
        "set_status_of_pending_queue_items" => queue::set_status(call),
        "cancel_pending_ssl_certificate" => queue::cancel(call),
        "process_ssl_pending_queue" => Ok(queue::process(call)),
        "get_ssl_certificate_if_available" => queue::if_available(call),
        "get_certificate_status_details" => queue::status_details(call),
        "get_provider_specific_dcv_constraints" => product::dcv_constraints(call),
        _ => Err(Failure::new(format!(
            "The module Market has no function \"{function}\"."
        ))),
    }
}
