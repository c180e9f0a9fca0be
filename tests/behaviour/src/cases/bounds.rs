//! What is refused, and how.

use cartwright::{ErrorKind, NewCart, RetryState, Support, Verb};

use super::cases;

cases! {
    /// What the carts can do is what the vendor's table says.
    []
    async fn capabilities_are_the_vendors(subject: &Subject) {
        assert_eq!(subject.capability(), subject.vendor().capability());
    }

    /// Each verb that the vendor lacks is refused before anything is sent, and the refusal names both.
    []
    async fn a_lacking_verb_is_refused(subject: &Subject) {
        let cart = subject.goods().unknown_cart();
        for verb in Verb::ALL.into_iter().filter(|verb| !subject.supports(*verb)) {
            let refused = subject.nothing_is_sent(subject.refusal(verb, &cart)).await;
            let refused = refused.unwrap_or_else(|| panic!("`{verb}` was carried out"));
            let expected = match subject.capability().of(verb) {
                Support::NotBuilt => ErrorKind::NotBuilt,
                _ => ErrorKind::Unsupported,
            };
            assert_eq!(refused.kind(), expected, "{refused}");
            assert_eq!(refused.vendor(), Some(subject.vendor()));
            assert!(refused.to_string().contains(verb.as_str()), "{refused}");
        }
    }

    /// A cart of another vendor's is refused by every verb before anything is sent.
    []
    async fn another_vendors_cart_is_refused(subject: &Subject) {
        let cart = subject.goods().foreign_cart();
        let supported = Verb::ALL.into_iter().filter(|verb| subject.supports(*verb));
        for verb in supported.filter(|verb| *verb != Verb::Create) {
            let refused = subject.nothing_is_sent(subject.refusal(verb, &cart)).await;
            let refused = refused.unwrap_or_else(|| panic!("`{verb}` was carried out"));
            assert_eq!(refused.kind(), ErrorKind::InvalidRequest, "`{verb}`: {refused}");
        }
    }

    /// A cart that is not there is found by no verb, and the refusal is for good.
    []
    async fn a_missing_cart_is_not_found(subject: &Subject) {
        let cart = subject.goods().unknown_cart();
        let supported = Verb::ALL.into_iter().filter(|verb| subject.supports(*verb));
        for verb in supported.filter(|verb| *verb != Verb::Create) {
            let refused = subject.refusal(verb, &cart).await;
            let refused = refused.unwrap_or_else(|| panic!("`{verb}` was carried out"));
            assert_eq!(refused.kind(), ErrorKind::NotFound, "`{verb}`: {refused}");
            assert_eq!(refused.retry(), RetryState::Permanent, "`{verb}`: {refused}");
            assert_eq!(refused.vendor(), Some(subject.vendor()));
            assert!(refused.operation().is_some() && refused.status().is_some(), "`{verb}`: {refused:?}");
        }
    }

    /// A kind of line that the vendor lacks is refused before anything is sent, and the refusal says which line.
    [Create]
    async fn a_lacking_kind_of_line_is_refused(subject: &Subject) {
        let asked = NewCart::new().line(subject.goods().line()).line(subject.goods().foreign_line());
        let refused = subject.nothing_is_sent(subject.shop().create(asked)).await;
        let refused = refused.expect_err("the cart was created");
        assert_eq!(refused.kind(), ErrorKind::Unsupported);
        assert!(refused.field().is_some_and(|field| field.starts_with("lines[1]")), "{:?}", refused.field());
    }

    /// What is refused leaves no cart half changed.
    [Create, AddLines, Get]
    async fn a_refusal_leaves_the_cart_as_it_was(subject: &Subject) {
        let cart = subject.cart().await;
        let lines = vec![subject.goods().line(), subject.goods().foreign_line()];
        assert!(subject.shop().add_lines(&cart.id, lines).await.is_err());
        assert_eq!(subject.get(&cart.id).await.line_items.len(), cart.line_items.len());
    }
}
