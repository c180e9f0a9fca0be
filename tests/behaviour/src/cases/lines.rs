//! Adding, changing and removing lines.

use cartwright::{ErrorKind, LineId};

use super::cases;
use crate::subject::done;

cases! {
    /// Added lines join those that were there.
    [Create, AddLines]
    async fn added_lines_join_those_that_were_there(subject: &Subject) {
        let cart = subject.cart_of([subject.goods().line()]).await;
        let added = subject.shop().add_lines(&cart.id, vec![subject.goods().other_line()]).await;
        let added = done("add-lines", added);
        assert_eq!(added.id, cart.id);
        assert_eq!(added.line_items.len(), 2);
        assert!(added.line_items.iter().any(|line| line.product_id == cart.line_items[0].product_id));
    }

    /// Adding no lines is refused before anything is sent.
    [Create, AddLines]
    async fn adding_no_lines_is_refused(subject: &Subject) {
        let cart = subject.cart().await;
        let refused = subject.nothing_is_sent(subject.shop().add_lines(&cart.id, Vec::new())).await;
        assert_eq!(refused.err().map(|error| error.kind()), Some(ErrorKind::InvalidRequest));
    }

    /// A line's new quantity is answered, and read afterwards.
    [Create, UpdateLine, Get]
    async fn a_new_quantity_is_read_afterwards(subject: &Subject) {
        let (cart, line) = cart_and_line(subject).await;
        let changed = subject.shop().update_line(&cart, &line, subject.goods().change()).await;
        for cart in [done("update-line", changed), subject.get(&cart).await] {
            let found = cart.line_items.iter().find(|other| other.id.as_ref() == Some(&line));
            assert_eq!(found.and_then(|line| line.quantity), subject.goods().change().quantity);
            assert_eq!(cart.line_items.len(), 2);
        }
    }

    /// A change that changes nothing is refused before anything is sent.
    [Create, UpdateLine]
    async fn a_change_of_nothing_is_refused(subject: &Subject) {
        let (cart, line) = cart_and_line(subject).await;
        let change = cartwright::LineChange::new();
        let refused = subject.nothing_is_sent(subject.shop().update_line(&cart, &line, change)).await;
        assert_eq!(refused.err().map(|error| error.kind()), Some(ErrorKind::InvalidRequest));
    }

    /// A removed line is gone, and the others stay.
    [Create, RemoveLine, Get]
    async fn a_removed_line_is_gone(subject: &Subject) {
        let (cart, line) = cart_and_line(subject).await;
        let left = done("remove-line", subject.shop().remove_line(&cart, &line).await);
        for cart in [left.expect("a line is left"), subject.get(&cart).await] {
            assert_eq!(cart.line_items.len(), 1);
            assert_ne!(cart.line_items[0].id, Some(line.clone()));
        }
    }

    /// A cart whose last line is removed is either empty or gone, as the answer says.
    [Create, RemoveLine, Get]
    async fn without_its_last_line_a_cart_is_empty_or_gone(subject: &Subject) {
        let cart = subject.cart_of([subject.goods().line()]).await;
        let line = cart.line_items[0].id.clone().expect("a line has an id");
        let left = done("remove-line", subject.shop().remove_line(&cart.id, &line).await);
        match (left, subject.shop().get(&cart.id).await) {
            (None, Err(error)) => assert_eq!(error.kind(), ErrorKind::NotFound),
            (Some(left), Ok(read)) => assert_eq!((left.line_items.len(), read.line_items.len()), (0, 0)),
            (left, read) => panic!("removing answered {left:?}, reading {read:?}"),
        }
    }

    /// A line that is not there is not found, and the cart stays as it was.
    [Create, UpdateLine, RemoveLine, Get]
    async fn a_missing_line_is_not_found(subject: &Subject) {
        let cart = subject.cart().await.id;
        let line = subject.goods().unknown_line();
        let changed = subject.shop().update_line(&cart, &line, subject.goods().change()).await;
        assert!(changed.is_err());
        let removed = subject.shop().remove_line(&cart, &line).await;
        assert_eq!(removed.err().map(|error| error.kind()), Some(ErrorKind::NotFound));
        assert_eq!(subject.get(&cart).await.line_items.len(), 2);
    }
}

async fn cart_and_line(subject: &crate::Subject) -> (cartwright::CartId, LineId) {
    let cart = subject.cart().await;
    let line = cart.line_items[0].id.clone().expect("a line has an id");
    (cart.id, line)
}
