//! Reading the parameters of `Market/Cart/Admin/Quote/create`.

use serde_json::{Map, Value};

use super::alsowith::{self, AlsoWith};
use super::cart::Quote;
use super::exception::{Exception, Faults};
use super::fields::{Fields, SALESFORCE_ID, USERNAME, UUID};

/// What was asked for.
#[derive(Debug)]
pub(super) struct Quoting {
    pub(super) cart: String,
    pub(super) alsowith: AlsoWith,
    pub(super) quote: Quote,
}

pub(super) fn quoting(params: &Map<String, Value>) -> Result<Quoting, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    params.expect(
        ["basket_admin_username", "cart_uuid", "opportunity_id"],
        &mut faults,
    );
    faults.refuse_together()?;
    let alsowith = AlsoWith::read(&params, &alsowith::QUOTE_PARTS, &mut faults);
    let username = params.optional("basket_admin_username", &USERNAME, &mut faults);
    let cart = params.optional("cart_uuid", &UUID, &mut faults);
    let opportunity = params.optional("opportunity_id", &SALESFORCE_ID, &mut faults);
    faults.refuse()?;
    let missing = |key| move || Exception::required(key, None, key);
    Ok(Quoting {
        cart: cart.ok_or_else(missing("cart_uuid"))?,
        alsowith,
        quote: Quote {
            basket_admin_username: username.ok_or_else(missing("basket_admin_username"))?,
            opportunity_id: opportunity.ok_or_else(missing("opportunity_id"))?,
        },
    })
}
