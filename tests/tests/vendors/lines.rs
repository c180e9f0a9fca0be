//! One line of each kind, to see which of them a vendor takes.

use cartwright::{NewLine, Party};

pub fn one_of_each_kind() -> Vec<NewLine> {
    let amount = || "1".parse().unwrap();
    let party = || Party::new("Ann", "ann@example.com");
    let service = || NewLine::service("CODE").region(1);
    let package = || NewLine::package("PKG-CODE").service(service());
    vec![
        NewLine::product("1", 1).into(),
        NewLine::custom("Engraving", 1, amount()).into(),
        NewLine::gift_certificate("Thanks", amount(), "General", party(), party()).into(),
        NewLine::provider_item("1").into(),
        service().into(),
        package().into(),
        NewLine::bundle("BNDL-CODE").package(package()).into(),
        NewLine::license("SAEP", 1, "1").into(),
        NewLine::license_key("KEY", "1").into(),
    ]
}
