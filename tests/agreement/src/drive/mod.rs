//! Requests to every operation of every stand-in, with every status that it answers.

mod bigcommerce;
mod cpanel;
mod liquidweb;
mod webroot;

use cartwright_sandbox::Sandbox;

/// Sends them all. Answers that aren't what the stand-in should say end it with a panic; what the specs say of them is the caller's to find out.
pub async fn drive(sandbox: &Sandbox) {
    bigcommerce::drive(sandbox).await;
    cpanel::drive(sandbox).await;
    liquidweb::drive(sandbox).await;
    webroot::drive(sandbox).await;
}
