//! Every verb of every vendor, whatever comes of it.

use cartwright::{
    Cart, CartApi, CompanyKind, Contact, Customer, LineChange, NewCart, NewLine, NewOrder,
    PostalAddress, Vendor,
};

use super::told::Told;

pub fn line(vendor: Vendor) -> NewLine {
    match vendor {
        Vendor::BigCommerce => NewLine::product("126", 2).into(),
        Vendor::Cpanel => NewLine::provider_item("290").into(),
        Vendor::LiquidWeb => NewLine::service("LIC.MAIL").region(1).into(),
        Vendor::Webroot => NewLine::license("SAEP", 10, "1").into(),
        other => panic!("nobody has said what {other} sells"),
    }
}

pub fn new_cart(vendor: Vendor) -> NewCart {
    NewCart::new().line(line(vendor))
}

pub fn customer(vendor: Vendor) -> Customer {
    if vendor == Vendor::BigCommerce {
        return Customer::Id("11".to_owned());
    }
    let address = PostalAddress::new("DE")
        .line1("1 Example Street")
        .city("München")
        .postal_code("80331");
    let contact = Contact::new()
        .key("E000000002")
        .name("Ben", "Muster")
        .company("Musterschule", CompanyKind::Business)
        .email("ben@example.com")
        .address(address);
    contact.into()
}

/// What each verb answers for a cart, told; also those that the vendor lacks.
pub async fn tell_every_verb(shop: &dyn CartApi, cart: &Cart, told: &mut Told, when: &str) {
    let (vendor, id) = (shop.vendor(), &cart.id);
    let line_id = cart.line_items.first().and_then(|line| line.id.clone());
    let line_id = line_id.unwrap_or_else(|| "1:126".to_owned().into());
    let change = LineChange::new().quantity(3);
    let order = NewOrder::new().purchase_order("PO-1");
    let place = |verb: &str| format!("{vendor}, {when}, {verb}");
    told.result(&place("create"), shop.create(new_cart(vendor)).await);
    told.result(&place("get"), shop.get(id).await);
    let lines = vec![line(vendor)];
    told.result(&place("add-lines"), shop.add_lines(id, lines).await);
    let updated = shop.update_line(id, &line_id, change).await;
    told.result(&place("update-line"), updated);
    let set = shop.set_customer(id, customer(vendor)).await;
    told.result(&place("set-customer"), set);
    told.result(&place("checkout"), shop.checkout(id).await);
    told.result(&place("place-order"), shop.place_order(id, order).await);
    let removed = shop.remove_line(id, &line_id).await;
    told.result(&place("remove-line"), removed);
    told.result(&place("delete"), shop.delete(id).await);
}
