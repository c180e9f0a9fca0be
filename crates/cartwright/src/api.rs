use std::sync::Arc;

use async_trait::async_trait;

use crate::{
    Capability, Cart, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine, NewOrder,
    Order, Result, Vendor,
};

/// A vendor's carts: one method per cart verb.
///
/// The trait is object safe, so an application can hold `Box<dyn CartApi>` and let configuration choose the vendor. No method has a default body: a
/// wrapper that forgets one does not compile instead of losing it. A reference, a `Box` and an `Arc` of a vendor's carts are the vendor's carts as well.
///
/// ```
/// use std::sync::Arc;
///
/// use cartwright::{CartApi, Settings, Vendor, connect};
///
/// fn name(shop: impl CartApi) -> &'static str {
///     shop.vendor().as_str()
/// }
///
/// # #[cfg(feature = "liquidweb")] {
/// let settings = Settings::from_pairs([("CARTWRIGHT_LIQUIDWEB_TOKEN", "token")]);
/// let shop: Box<dyn CartApi> = connect(Vendor::LiquidWeb, &settings, None)?;
/// assert_eq!(name(&shop), "liquidweb");
/// let shared: Arc<dyn CartApi> = Arc::from(shop);
/// assert_eq!(name(shared.clone()), name(shared));
/// # }
/// # Ok::<(), cartwright::Error>(())
/// ```
///
/// # An implementation of one's own
///
/// A wrapper adds what an application wants around every vendor; all that it needs is in this crate. This one reads a cart again from the last answer:
///
/// ```
/// use std::collections::BTreeMap;
/// use std::sync::Mutex;
///
/// use cartwright::{
///     Capability, Cart, CartApi, CartId, Checkout, Customer, LineChange, LineId, NewCart, NewLine,
///     NewOrder, Order, Result, Vendor,
/// };
///
/// struct Remembering<T> {
///     shop: T,
///     carts: Mutex<BTreeMap<CartId, Cart>>,
/// }
///
/// impl<T> Remembering<T> {
///     fn keep(&self, cart: Cart) -> Cart {
///         if let Ok(mut carts) = self.carts.lock() {
///             carts.insert(cart.id.clone(), cart.clone());
///         }
///         cart
///     }
/// }
///
/// #[cartwright::async_trait]
/// impl<T: CartApi> CartApi for Remembering<T> {
///     fn vendor(&self) -> Vendor {
///         self.shop.vendor()
///     }
///
///     fn capabilities(&self) -> Capability {
///         self.shop.capabilities()
///     }
///
///     async fn create(&self, cart: NewCart) -> Result<Cart> {
///         Ok(self.keep(self.shop.create(cart).await?))
///     }
///
///     async fn get(&self, id: &CartId) -> Result<Cart> {
///         let kept = self.carts.lock().ok().and_then(|carts| carts.get(id).cloned());
///         match kept {
///             Some(cart) => Ok(cart),
///             None => Ok(self.keep(self.shop.get(id).await?)),
///         }
///     }
///
///     async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart> {
///         Ok(self.keep(self.shop.add_lines(id, lines).await?))
///     }
///
///     async fn update_line(&self, id: &CartId, line: &LineId, change: LineChange) -> Result<Cart> {
///         Ok(self.keep(self.shop.update_line(id, line, change).await?))
///     }
///
///     async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>> {
///         Ok(self.shop.remove_line(id, line).await?.map(|cart| self.keep(cart)))
///     }
///
///     async fn delete(&self, id: &CartId) -> Result<()> {
///         self.shop.delete(id).await
///     }
///
///     async fn checkout(&self, id: &CartId) -> Result<Checkout> {
///         self.shop.checkout(id).await
///     }
///
///     async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart> {
///         Ok(self.keep(self.shop.set_customer(id, customer).await?))
///     }
///
///     async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order> {
///         self.shop.place_order(id, order).await
///     }
/// }
/// ```
///
/// # A layer of one's own
///
/// What an application wants around every *request* is a [`Layer`](crate::Layer), which a vendor's configuration takes in its [`Layers`](crate::Layers):
///
/// ```
/// use std::sync::Arc;
/// use std::time::Instant;
///
/// use cartwright::reqwest::{Request, Response};
/// use cartwright::{BoxFuture, Layer, Layers, Operation, Transport, TransportError};
///
/// /// Says how long each attempt took.
/// struct Timing;
///
/// struct Timed(Arc<dyn Transport>);
///
/// impl Layer for Timing {
///     fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
///         Arc::new(Timed(inner))
///     }
/// }
///
/// impl Transport for Timed {
///     fn send<'a>(
///         &'a self,
///         request: Request,
///         operation: &'static Operation,
///     ) -> BoxFuture<'a, Result<Response, TransportError>> {
///         Box::pin(async move {
///             let begun = Instant::now();
///             let answer = self.0.send(request, operation).await;
///             println!("{} took {:?}", operation.id, begun.elapsed());
///             answer
///         })
///     }
/// }
///
/// # #[cfg(feature = "bigcommerce")] {
/// use cartwright::vendors::bigcommerce::BigCommerceConfig;
///
/// let config = BigCommerceConfig::new("store hash", "access token").layers(Layers::default().inner(Timing));
/// # }
/// ```
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

    /// Says whose cart it is. Where the vendor keeps its customers with the cart, repeating the call may make another record.
    async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart>;

    /// Turns the cart into an order. Repeating the call may order again.
    async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order>;
}

/// Passes every call on to what a pointer points to.
macro_rules! pass_on {
    ($pointer:ty) => {
        #[async_trait]
        impl<T: CartApi + ?Sized> CartApi for $pointer {
            fn vendor(&self) -> Vendor {
                (**self).vendor()
            }

            fn capabilities(&self) -> Capability {
                (**self).capabilities()
            }

            async fn create(&self, cart: NewCart) -> Result<Cart> {
                (**self).create(cart).await
            }

            async fn get(&self, id: &CartId) -> Result<Cart> {
                (**self).get(id).await
            }

            async fn add_lines(&self, id: &CartId, lines: Vec<NewLine>) -> Result<Cart> {
                (**self).add_lines(id, lines).await
            }

            async fn update_line(
                &self,
                id: &CartId,
                line: &LineId,
                change: LineChange,
            ) -> Result<Cart> {
                (**self).update_line(id, line, change).await
            }

            async fn remove_line(&self, id: &CartId, line: &LineId) -> Result<Option<Cart>> {
                (**self).remove_line(id, line).await
            }

            async fn delete(&self, id: &CartId) -> Result<()> {
                (**self).delete(id).await
            }

            async fn checkout(&self, id: &CartId) -> Result<Checkout> {
                (**self).checkout(id).await
            }

            async fn set_customer(&self, id: &CartId, customer: Customer) -> Result<Cart> {
                (**self).set_customer(id, customer).await
            }

            async fn place_order(&self, id: &CartId, order: NewOrder) -> Result<Order> {
                (**self).place_order(id, order).await
            }
        }
    };
}

pass_on!(&T);
pass_on!(Box<T>);
pass_on!(Arc<T>);
