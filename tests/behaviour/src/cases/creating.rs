//! Creating and reading.

use cartwright::{Cart, CartId, LineItem, NewCart};

use super::cases;
use crate::subject::done;

cases! {
    /// A created cart is its vendor's, and holds a line for each that was asked for.
    [Create]
    async fn a_created_cart_holds_its_lines(subject: &Subject) {
        let cart = subject.cart().await;
        assert_eq!(cart.id.vendor(), subject.vendor());
        assert_eq!(cart.line_items.len(), 2, "{:?}", cart.line_items);
    }

    /// Creating twice makes two carts.
    [Create]
    async fn creating_twice_makes_two_carts(subject: &Subject) {
        let (first, second) = (subject.cart().await, subject.cart().await);
        assert_ne!(first.id, second.id);
    }

    /// Carts that are created at once are apart, and each holds its own lines.
    [Create]
    async fn carts_created_at_once_are_apart(subject: &Subject) {
        let one = || subject.cart_of([subject.goods().line()]);
        let two = || subject.cart();
        let (a, b, c, d) = tokio::join!(one(), two(), one(), two());
        let mut ids: Vec<String> = [&a, &b, &c, &d].map(|cart| cart.id.to_string()).into();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 4, "{ids:?}");
        assert_eq!([a, b, c, d].map(|cart| cart.line_items.len()), [1, 2, 1, 2]);
    }

    /// A call that is given up half way leaves the shop usable.
    [Create]
    async fn a_call_that_is_given_up_leaves_the_shop_usable(subject: &Subject) {
        let asked = NewCart::new().line(subject.goods().line());
        let given_up = subject.shop().create(asked);
        tokio::select! {
            biased;
            _ = given_up => {}
            () = std::future::ready(()) => {}
        }
        assert_eq!(subject.cart().await.line_items.len(), 2);
    }

    /// A cart's id can be kept as a text or as JSON.
    [Create]
    async fn an_id_can_be_kept_as_a_text(subject: &Subject) {
        let id = subject.cart().await.id;
        assert_eq!(id.to_string().parse::<CartId>().ok().as_ref(), Some(&id));
        let json = serde_json::to_string(&id).expect("an id has a JSON form");
        assert_eq!(serde_json::from_str::<CartId>(&json).ok(), Some(id));
    }

    /// A cart is read as it was created: the same lines, amounts and currency.
    [Create, Get]
    async fn a_cart_is_read_as_it_was_created(subject: &Subject) {
        let created = subject.cart().await;
        let read = subject.get(&created.id).await;
        assert_eq!(read.id, created.id);
        assert_eq!(facts(&read), facts(&created));
        assert_eq!(read.currency, created.currency);
        assert_eq!(read.totals, created.totals);
    }

    /// Reading a cart changes nothing.
    [Create, Get]
    async fn reading_changes_nothing(subject: &Subject) {
        let id = subject.cart().await.id;
        let (first, second) = (subject.get(&id).await, subject.get(&id).await);
        assert_eq!(facts(&first), facts(&second));
        assert_eq!((first.version, first.updated_at), (second.version, second.updated_at));
    }

    /// A cart takes a line of each of two kinds of goods, and says of which product each is.
    [Create]
    async fn a_line_says_its_product(subject: &Subject) {
        let cart = subject.cart().await;
        for line in &cart.line_items {
            assert!(line.product_id.is_some() || line.sku.is_some(), "{line:?}");
        }
    }

    /// The same cart can be asked for by an id that was read from a text.
    [Create, Get]
    async fn a_kept_id_leads_to_the_cart(subject: &Subject) {
        let id = subject.cart().await.id;
        let kept: CartId = id.to_string().parse().expect("it was printed by an id");
        assert_eq!(done("get", subject.shop().get(&kept).await).id, id);
    }
}

/// What of a line is the same however often it is read.
fn facts(cart: &Cart) -> Vec<(Option<String>, Option<u64>, Option<String>)> {
    let fact = |line: &LineItem| (line.product_id.clone(), line.quantity, line.sku.clone());
    cart.line_items.iter().map(fact).collect()
}
