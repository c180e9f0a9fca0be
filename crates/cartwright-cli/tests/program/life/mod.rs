//! The life of a cart at each vendor, as far as its verbs go: each step a process of its own, against a
//! sandbox that is one as well.

mod bigcommerce;
mod cpanel;
mod lacking;
mod liquidweb;
mod webroot;
