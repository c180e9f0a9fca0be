//! What all vendors' verbs have alike: what is refused before anything is sent, and that an error says during which verb it came.

use async_trait::async_trait;

use crate::{
    Capability, Cart, CartApi, CartId, Checkout, Customer, Error, LineChange, LineId, NewCart,
    NewLine, NewOrder, Order, Result, Support, Vendor, Verb,
};

/// How a vendor carries the verbs out: [`CartApi`] as a vendor's folder implements it. The errors of [`CartApi`] itself, which [`cart_api`] makes of it, say the verb
/// and the cart as well.
#[async_trait]
pub(super) trait Mapping: Send + Sync {
    fn vendor(&self) -> Vendor;
    fn capabilities(&self) -> Capability;
    async fn create(&self, cart: NewCart) -> Result<Cart>;
    async fn get(&self, id: &CartId) -> Result<Cart>;
    async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart>;
    async fn update_line(&self, id: &CartId, line: &LineId, change: LineChange) -> Result<Cart>;
    async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>>;
    async fn delete(&self, id: &CartId) -> Result<()>;
    async fn checkout(&self, id: &CartId) -> Result<Checkout>;
    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart>;
    async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order>;
}

/// [`CartApi`] of a type that has a [`Mapping`].
macro_rules! cart_api {
    ($api:ty) => {
        cart_api! {
            $api:
            get Get() -> $crate::Cart;
            add_lines AddLines(lines: Vec<$crate::NewLine>) -> $crate::Cart;
            update_line UpdateLine(line: &$crate::LineId, change: $crate::LineChange) -> $crate::Cart;
            remove_line RemoveLine(line: &$crate::LineId) -> Option<$crate::Cart>;
            delete Delete() -> ();
            checkout Checkout() -> $crate::Checkout;
            set_customer SetCustomer(customer: $crate::Customer) -> $crate::Cart;
            place_order PlaceOrder(order: $crate::NewOrder) -> $crate::Order;
        }
    };
    ($api:ty: $($method:ident $verb:ident($($name:ident: $type:ty),*) -> $result:ty;)*) => {
        #[async_trait::async_trait]
        impl $crate::CartApi for $api {
            fn vendor(&self) -> $crate::Vendor {
                $crate::vendors::verbs::Mapping::vendor(self)
            }

            fn capabilities(&self) -> $crate::Capability {
                $crate::vendors::verbs::Mapping::capabilities(self)
            }

            async fn create(&self, cart: $crate::NewCart) -> $crate::Result<$crate::Cart> {
                let done = $crate::vendors::verbs::Mapping::create(self, cart).await;
                done.map_err(|error| error.during(VENDOR, $crate::Verb::Create, None))
            }

            $(
                async fn $method(&self, id: &$crate::CartId, $($name: $type),*) -> $crate::Result<$result> {
                    let done = $crate::vendors::verbs::Mapping::$method(self, id, $($name),*).await;
                    done.map_err(|error| error.during(VENDOR, $crate::Verb::$verb, Some(id)))
                }
            )*
        }
    };
}

pub(super) use cart_api;

/// The vendor's own part of an id, which has to be one of its carts'.
pub(super) fn own_id(vendor: Vendor, id: &CartId) -> Result<&str> {
    match id.vendor() == vendor {
        true => Ok(id.as_str()),
        false => {
            let message = format!("`{id}` is a cart of {}", id.vendor());
            Err(Error::invalid_request(vendor, "cart id", message))
        }
    }
}

/// The refusal of a cart or a call without lines.
pub(super) fn no_lines(vendor: Vendor) -> Error {
    Error::invalid_request(vendor, "lines", "there are no lines: give at least one")
}

/// The refusal of a verb that the vendor lacks or that is not built, before anything is sent.
pub(super) fn unsupported<T>(api: &impl CartApi, verb: Verb) -> Result<T> {
    api.capabilities().require(api.vendor(), verb)?;
    // The capability says that the verb is there, and the mapping has nothing for it.
    Err(Error::not_built(api.vendor(), verb))
}

/// Refuses what a new cart says and the vendor's carts can't be told; `takes` names what they can.
pub(super) fn refuse_told(vendor: Vendor, cart: &NewCart, takes: &[&str]) -> Result<()> {
    let told = [
        ("currency", cart.currency.is_some()),
        ("locale", cart.locale.is_some()),
        ("customer", cart.customer.is_some()),
    ];
    let mut refused = told
        .into_iter()
        .filter(|(field, told)| *told && !takes.contains(field));
    match refused.next() {
        Some((field, _)) => {
            let is_set_later =
                field == "customer" && vendor.capability().set_customer == Support::Supported;
            let message = match is_set_later {
                true => {
                    "this vendor's carts take none when they are created: create the cart without, and set it by `set-customer`"
                }
                false => "this vendor's carts take none when they are created: leave it out",
            };
            Err(Error::invalid_request(vendor, field, message))
        }
        None => Ok(()),
    }
}
