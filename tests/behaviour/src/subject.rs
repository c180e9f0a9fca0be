use std::sync::{Arc, Mutex, PoisonError};

use cartwright::{
    Capability, Cart, CartApi, CartId, Error, NewCart, NewLine, Result, Support, Vendor, Verb,
};

use crate::Goods;

/// What a case is run on: a vendor's carts, and what can be bought there.
pub struct Subject {
    shop: Box<dyn CartApi>,
    goods: Goods,
    secrets: Vec<String>,
    sent: Option<Arc<dyn Fn() -> usize + Send + Sync>>,
    made: Mutex<Vec<CartId>>,
}

impl Subject {
    /// The carts of `shop`, where `goods` can be bought.
    pub fn new(shop: impl CartApi + 'static, goods: Goods) -> Self {
        Self {
            shop: Box::new(shop),
            goods,
            secrets: Vec::new(),
            sent: None,
            made: Mutex::default(),
        }
    }

    /// Texts that nothing may show: the shop's credentials.
    #[must_use]
    pub fn secrets(mut self, secrets: impl IntoIterator<Item = String>) -> Self {
        self.secrets.extend(secrets);
        self
    }

    /// How many requests have been sent so far. Without it, that nothing was sent is not checked.
    #[must_use]
    pub fn sent(mut self, sent: impl Fn() -> usize + Send + Sync + 'static) -> Self {
        self.sent = Some(Arc::new(sent));
        self
    }

    pub(crate) fn shop(&self) -> &dyn CartApi {
        &*self.shop
    }

    pub(crate) fn goods(&self) -> &Goods {
        &self.goods
    }

    pub(crate) fn vendor(&self) -> Vendor {
        self.shop.vendor()
    }

    pub(crate) fn capability(&self) -> Capability {
        self.shop.capabilities()
    }

    pub(crate) fn supports(&self, verb: Verb) -> bool {
        self.capability().of(verb) == Support::Supported
    }

    /// A cart with the two lines that every vendor's goods have.
    pub(crate) async fn cart(&self) -> Cart {
        self.cart_of([self.goods.line(), self.goods.other_line()])
            .await
    }

    pub(crate) async fn cart_of(&self, lines: impl IntoIterator<Item = NewLine>) -> Cart {
        let cart = lines.into_iter().fold(NewCart::new(), NewCart::line);
        let cart = done("create", self.shop.create(cart).await);
        self.remember(&cart);
        cart
    }

    /// A cart that [`CartApi::create`] made by another way, to be deleted at the end.
    pub(crate) fn remember(&self, cart: &Cart) {
        self.made
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(cart.id.clone());
    }

    /// A cart that is ready to be ordered.
    pub(crate) async fn cart_to_order(&self) -> Cart {
        let cart = self.cart().await;
        if self.supports(Verb::SetCustomer) {
            let customer = self.goods.customer();
            done(
                "set-customer",
                self.shop.set_customer(&cart.id, customer).await,
            )
        } else {
            cart
        }
    }

    pub(crate) async fn get(&self, id: &CartId) -> Cart {
        done("get", self.shop.get(id).await)
    }

    /// Checks that a call sends nothing, and answers what it says.
    pub(crate) async fn nothing_is_sent<T>(&self, call: impl Future<Output = T>) -> T {
        let before = self.sent.as_ref().map(|sent| sent());
        let answer = call.await;
        assert_eq!(
            self.sent.as_ref().map(|sent| sent()),
            before,
            "something was sent"
        );
        answer
    }

    /// What one verb says to a cart, whatever cart it is; `None` if the verb was carried out.
    pub(crate) async fn refusal(&self, verb: Verb, cart: &CartId) -> Option<Error> {
        let (shop, goods) = (self.shop(), self.goods());
        let line = goods.unknown_line();
        match verb {
            Verb::Create => {
                let asked = NewCart::new().line(goods.line());
                shop.create(asked).await.err()
            }
            Verb::Get => shop.get(cart).await.err(),
            Verb::AddLines => shop.add_lines(cart, vec![goods.line()]).await.err(),
            Verb::UpdateLine => shop.update_line(cart, &line, goods.change()).await.err(),
            Verb::RemoveLine => shop.remove_line(cart, &line).await.err(),
            Verb::Delete => shop.delete(cart).await.err(),
            Verb::Checkout => shop.checkout(cart).await.err(),
            Verb::SetCustomer => shop.set_customer(cart, goods.customer()).await.err(),
            Verb::PlaceOrder => shop.place_order(cart, goods.order()).await.err(),
            other => panic!("no case knows the verb `{other}`"),
        }
    }

    pub(crate) fn shows_no_secret(&self, shown: &str) {
        for secret in &self.secrets {
            assert!(!shown.contains(secret), "a credential shows: {shown}");
        }
    }

    pub(crate) async fn clean_up(&self) {
        let made: Vec<CartId> = {
            let mut made = self.made.lock().unwrap_or_else(PoisonError::into_inner);
            made.drain(..).collect()
        };
        if self.supports(Verb::Delete) {
            for cart in made {
                // A case may have deleted or ordered it, so an error says nothing.
                let _ = self.shop.delete(&cart).await;
            }
        }
    }
}

/// What a verb answered, which this case needs to succeed.
pub(crate) fn done<T>(verb: &str, answer: Result<T>) -> T {
    answer.unwrap_or_else(|error| panic!("`{verb}` failed: {error}"))
}
