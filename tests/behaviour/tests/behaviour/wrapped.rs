//! A wrapper as an application writes one.

use async_trait::async_trait;
use cartwright::{
    Capability, Cart, CartApi, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine,
    NewOrder, Order, Result, Vendor,
};

/// Passes every call on.
pub struct Forwarding(pub Box<dyn CartApi>);

#[async_trait]
impl CartApi for Forwarding {
    fn vendor(&self) -> Vendor {
        self.0.vendor()
    }

    fn capabilities(&self) -> Capability {
        self.0.capabilities()
    }

    async fn create(&self, cart: NewCart) -> Result<Cart> {
        self.0.create(cart).await
    }

    async fn get(&self, id: &CartId) -> Result<Cart> {
        self.0.get(id).await
    }

    async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart> {
        self.0.add_lines(id, lines).await
    }

    async fn update_line(&self, id: &CartId, line: &LineId, change: LineChange) -> Result<Cart> {
        self.0.update_line(id, line, change).await
    }

    async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>> {
        self.0.remove_line(id, line).await
    }

    async fn delete(&self, id: &CartId) -> Result<()> {
        self.0.delete(id).await
    }

    async fn checkout(&self, id: &CartId) -> Result<Checkout> {
        self.0.checkout(id).await
    }

    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart> {
        self.0.set_customer(id, customer).await
    }

    async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order> {
        self.0.place_order(id, order).await
    }
}
