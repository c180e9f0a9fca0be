use async_trait::async_trait;

use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor,
};

/// A vendor's carts: one method per cart verb.
///
/// The trait is object safe, so an application can hold `Box<dyn CartApi>` and let configuration choose the vendor. No method has a default body: a
/// wrapper that forgets one does not compile instead of losing it.
///
/// # Errors
///
/// Every method answers [`Error`](crate::Error). A verb that [`capabilities`](Self::capabilities) does not list as supported is
/// [`Unsupported`](crate::ErrorKind::Unsupported) or [`NotBuilt`](crate::ErrorKind::NotBuilt) before any request is sent.
#[async_trait]
pub trait CartApi: Send + Sync {
    /// Which vendor this is.
    fn vendor(&self) -> Vendor;

    /// What this vendor can do.
    fn capabilities(&self) -> Capability;

    /// Creates a cart. Repeating the call creates another one.
    async fn create(&self, cart: NewCart) -> Result<Cart>;

    /// Reads a cart.
    async fn get(&self, id: &CartId) -> Result<Cart>;

    /// Adds lines to a cart. Repeating the call adds them again.
    async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart>;

    /// Changes a line.
    async fn update_line(&self, id: &CartId, line: &LineId, change: LineChange) -> Result<Cart>;

    /// Removes a line; `None` when the vendor dropped the cart with its last line.
    async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>>;

    /// Deletes a cart.
    async fn delete(&self, id: &CartId) -> Result<()>;

    /// Hands the cart over: an address where its shopper pays. Each call may make a new one.
    async fn checkout(&self, id: &CartId) -> Result<Checkout>;

    /// Says whose cart it is.
    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart>;

    /// Turns the cart into an order. Repeating the call may order again.
    async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order>;
}
