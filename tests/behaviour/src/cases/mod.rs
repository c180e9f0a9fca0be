//! The cases, a file for each part of a cart's life.

mod bounds;
mod creating;
mod ending;
mod lines;
mod showing;

use crate::Case;

pub(crate) const ALL: &[&[Case]] = &[
    creating::CASES,
    lines::CASES,
    ending::CASES,
    bounds::CASES,
    showing::CASES,
];

/// Makes a case of each function: its doc comment is the statement, and what stands before it are the verbs that it needs.
macro_rules! cases {
    ($(
        #[doc = $statement:literal]
        [$($verb:ident),*]
        async fn $name:ident($subject:ident: &Subject) $body:block
    )+) => {
        pub(crate) const CASES: &[$crate::Case] = &[$(
            $crate::Case {
                name: stringify!($name),
                statement: $statement.trim_ascii(),
                needs: &[$(cartwright::Verb::$verb),*],
                run: |subject| Box::pin($name(subject)),
            }
        ),+];
        $(async fn $name($subject: &$crate::Subject) $body)+
    };
}
use cases;
