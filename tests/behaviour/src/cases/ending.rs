//! Customers, checkout, orders, deleting.

use cartwright::ErrorKind;

use super::cases;
use crate::subject::done;

cases! {
    /// A cart whose customer is set keeps its lines.
    [Create, SetCustomer]
    async fn a_customer_takes_nothing_out_of_the_cart(subject: &Subject) {
        let cart = subject.cart().await;
        let set = subject.shop().set_customer(&cart.id, subject.goods().customer()).await;
        let set = done("set-customer", set);
        assert_eq!(set.id, cart.id);
        assert_eq!(set.line_items.len(), cart.line_items.len());
    }

    /// The customer that was set is read afterwards.
    [Create, SetCustomer, Get]
    async fn the_customer_is_read_afterwards(subject: &Subject) {
        let cart = subject.cart().await.id;
        let set = subject.shop().set_customer(&cart, subject.goods().customer()).await;
        let set = done("set-customer", set);
        let read = subject.get(&cart).await;
        assert!(read.customer_id.is_some(), "{read:?}");
        assert_eq!(read.customer_id, set.customer_id);
    }

    /// A checkout is a web address.
    [Create, Checkout]
    async fn a_checkout_is_a_web_address(subject: &Subject) {
        let cart = subject.cart().await;
        let checkout = done("checkout", subject.shop().checkout(&cart.id).await);
        let url: url::Url = checkout.url.parse().expect("the checkout is an address");
        assert!(matches!(url.scheme(), "http" | "https"), "{url}");
    }

    /// A cart that is handed over can be handed over again.
    [Create, Checkout]
    async fn a_cart_can_be_handed_over_twice(subject: &Subject) {
        let cart = subject.cart().await.id;
        for _ in 0..2 {
            done("checkout", subject.shop().checkout(&cart).await);
        }
    }

    /// A cart that is handed over can still be read.
    [Create, Checkout, Get]
    async fn handing_over_keeps_the_cart(subject: &Subject) {
        let cart = subject.cart().await.id;
        done("checkout", subject.shop().checkout(&cart).await);
        assert_eq!(subject.get(&cart).await.line_items.len(), 2);
    }

    /// An order has an id.
    [Create, PlaceOrder]
    async fn an_order_has_an_id(subject: &Subject) {
        let cart = subject.cart_to_order().await;
        let order = subject.shop().place_order(&cart.id, subject.goods().order()).await;
        assert!(!done("place-order", order).id.is_empty());
    }

    /// A deleted cart is gone.
    [Create, Delete, Get]
    async fn a_deleted_cart_is_gone(subject: &Subject) {
        let cart = subject.cart().await.id;
        done("delete", subject.shop().delete(&cart).await);
        let read = subject.shop().get(&cart).await;
        assert_eq!(read.err().map(|error| error.kind()), Some(ErrorKind::NotFound));
    }

    /// A cart is deleted once: the second time it is not found.
    [Create, Delete]
    async fn a_cart_is_deleted_once(subject: &Subject) {
        let cart = subject.cart().await.id;
        done("delete", subject.shop().delete(&cart).await);
        let again = subject.shop().delete(&cart).await;
        assert_eq!(again.err().map(|error| error.kind()), Some(ErrorKind::NotFound));
    }

    /// Deleting one cart leaves the others.
    [Create, Delete, Get]
    async fn deleting_leaves_the_other_carts(subject: &Subject) {
        let (gone, kept) = (subject.cart().await.id, subject.cart().await.id);
        done("delete", subject.shop().delete(&gone).await);
        assert_eq!(subject.get(&kept).await.id, kept);
    }
}
