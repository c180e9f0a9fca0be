//! `cargo xtask review` as a reader runs it: the program, in repositories made for the purpose.

mod command;
mod decide;
mod evidence;
#[path = "../../../tests/src/page.rs"]
#[expect(dead_code, reason = "marked parts of pages are not written here")]
mod page;
mod pages;
mod repository;
mod troubles;
