//! An order: what a cart becomes, and the licences that come with it.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::cart::Cart;
use super::customers::Wording;
use super::dates::{Moment, Style};
use super::errors::Problem;
use super::fields::{Faults, Fields, named, text};
use super::item::Item;
use super::licence::{Licence, OrderStatus};
use super::request::Licences;
use super::seed::Seed;
use super::shop::Numbers;
use crate::ids::Ids;

/// The only method of payment that is documented.
const PAYMENT_METHODS: [&str; 1] = ["PurchaseOrder"];

/// What is kept of an order beside its cart.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Placed {
    placed: Moment,
    /// `OrderHeaderToken`.
    token: String,
    /// The caller's number for it.
    purchase_order: String,
}

/// The body that places an order.
#[derive(Debug)]
pub(super) struct NewOrder {
    pub(super) code: String,
    purchase_order: String,
}

impl NewOrder {
    pub(super) fn read(body: &Value) -> Result<Self, Problem> {
        let fields = Fields::root(body)?;
        let mut faults = Faults::default();
        let code = fields.required("VendorOrderCode", &mut faults, text);
        let methods = named(&PAYMENT_METHODS, |method| method);
        let method = fields.required("PaymentMethod", &mut faults, methods);
        let number = fields.required("PurchaseOrder", &mut faults, text);
        let read = code.zip(number).filter(|_| method.is_some());
        faults.unless_any(read.map(|(code, number)| Self {
            code: code.to_owned(),
            purchase_order: number.to_owned(),
        }))
    }
}

/// Where licences come from and go to.
pub(super) struct Licensing<'a> {
    pub(super) licences: &'a mut Licences,
    pub(super) numbers: &'a mut Numbers,
    pub(super) ids: &'a mut Ids,
}

/// Turns a cart into an order, and answers it.
pub(super) fn place(
    cart: &mut Cart,
    asked: NewOrder,
    seed: &Seed,
    mut licensing: Licensing,
    now: Moment,
) -> Result<Value, Problem> {
    if cart.order.is_some() {
        return Err(Problem::conflict(format!(
            "the cart {:?} is ordered already",
            cart.code
        )));
    }
    if cart.customers.shipping.is_none() {
        let why = format!("the cart {:?} has no shipping customer yet", cart.code);
        return Err(Problem::conflict(why));
    }
    let locale = seed.locale(&cart.locale);
    let currency = locale.map(|locale| &locale.currency);
    let placed = Placed {
        placed: now,
        token: licensing.ids.uuid(),
        purchase_order: asked.purchase_order,
    };
    let mut items = Vec::new();
    for bundle in &cart.bundles {
        let keycode = licensing.license(cart, bundle);
        for item in bundle {
            let shown = item.show_ordered(seed, &keycode);
            items.push(shown.ok_or_else(|| Problem::no_cart(&cart.code))?);
        }
    }
    let answer = json!({
        "VendorOrderDate": Style::Zulu.write(now.midnight()),
        "Locale": cart.locale,
        "TypeOfOrder": cart.order_type.name,
        "VendorOrderCode": cart.code,
        "OrderHeaderToken": placed.token,
        "CurrencyCode": currency,
        "PaymentHeader": {},
        "Items": items,
        "Customers": cart.customers.show(&seed.partner.billing, Wording::Plain),
    });
    cart.order = Some(placed);
    Ok(answer)
}

impl Licensing<'_> {
    /// Enters a bundle into the licence that its first keycode names, or into a new one, and answers the keycode.
    fn license(&mut self, cart: &Cart, bundle: &[Item]) -> String {
        let named = bundle.iter().find_map(|item| item.asked.keycode.clone());
        let keycode = named.unwrap_or_else(|| keycode(self.ids));
        let numbers = &mut *self.numbers;
        let licence = self
            .licences
            .entry(keycode.clone())
            .or_insert_with(|| Licence {
                keycode: keycode.clone(),
                license_id: numbers.licence(),
                profiles: Vec::new(),
                orders: Vec::new(),
                customer: None,
            });
        for item in bundle {
            licence.take_on(item.profile());
        }
        licence.customer.clone_from(&cart.customers.shipping);
        licence.orders.push(OrderStatus {
            order: cart.code.clone(),
            exception_status: None,
            partner_license_status: None,
        });
        keycode
    }
}

/// 20 hexadecimal digits in upper case.
fn keycode(ids: &mut Ids) -> String {
    let digits = ids.token().to_uppercase();
    digits.chars().take(20).collect()
}
