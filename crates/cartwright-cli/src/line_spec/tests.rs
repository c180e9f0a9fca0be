//! Each form of a line, and each way to get it wrong.

use cartwright::{Decimal, OptionChoice, Party};

use super::*;

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn option(option_id: &str, value_id: &str) -> OptionChoice {
    OptionChoice::Value {
        option_id: option_id.to_owned(),
        value_id: value_id.to_owned(),
    }
}

#[test]
fn each_part_has_its_place_in_the_line() {
    let people = || {
        (
            Party::new("Ann", "ann@example.com"),
            Party::new("Bo Lee", "bo@example.com"),
        )
    };
    let gift = |amount: &str| {
        let (ann, bo) = people();
        NewLine::gift_certificate("Voucher", decimal(amount), "Boy", ann, bo)
    };
    let table: Vec<(&str, NewLine)> = vec![
        ("product:118", NewLine::product("118", 1).into()),
        (
            "product:118,variant=140,qty=2",
            NewLine::product("118", 2).variant("140").into(),
        ),
        (
            "product:a:b,price=0",
            NewLine::product("a:b", 1).unit_price(decimal("0")).into(),
        ),
        (
            "product:1,name=Tea\\, green",
            NewLine::product("1", 1).name("Tea, green").into(),
        ),
        (
            "product:1,name=a=b",
            NewLine::product("1", 1).name("a=b").into(),
        ),
        (
            "product:1,option=125=130,option=133=148",
            NewLine::product("1", 1)
                .option(option("125", "130"))
                .option(option("133", "148"))
                .into(),
        ),
        (
            "product:1,text=9=To Bo\\, from Ann",
            NewLine::product("1", 1)
                .option(OptionChoice::Text {
                    option_id: "9".to_owned(),
                    text: "To Bo, from Ann".to_owned(),
                })
                .into(),
        ),
        (
            "product:1,date=147=2026-01-09",
            NewLine::product("1", 1)
                .option(OptionChoice::Date {
                    option_id: "147".to_owned(),
                    year: 2026,
                    month: 1,
                    day: 9,
                })
                .into(),
        ),
        (
            "custom:Engraving,price=4.50",
            NewLine::custom("Engraving", 1, decimal("4.50")).into(),
        ),
        (
            "custom:名入れ,price=4,qty=3,sku=E-1",
            NewLine::custom("名入れ", 3, decimal("4")).sku("E-1").into(),
        ),
        (
            "gift:Voucher,amount=25,theme=Boy,from=Ann<ann@example.com>,to=Bo Lee <bo@example.com>",
            gift("25").into(),
        ),
        (
            "gift:Voucher,to=Bo Lee<bo@example.com>,from=Ann<ann@example.com>,theme=Boy,amount=25,qty=2,message=Hi",
            gift("25").quantity(2).message("Hi").into(),
        ),
        ("item:123456", NewLine::provider_item("123456").into()),
        (
            "item:tls,price=9.50,description=Certificate\\, one domain,order-item=2",
            NewLine::provider_item("tls")
                .price(decimal("9.50"))
                .description("Certificate, one domain")
                .order_item_id(2)
                .into(),
        ),
    ];
    for (spec, line) in table {
        assert_eq!(parse(spec), Ok(line), "{spec}");
    }
}

#[test]
fn a_refusal_names_the_part_and_the_mend() {
    let table = [
        (
            "",
            "`` names no kind of line: begin with one and a colon, as in product:118; there are product, custom, gift, item, service, package, bundle, license and keycode",
        ),
        (
            "118",
            "`118` names no kind of line: begin with one and a colon, as in product:118; there are product, custom, gift, item, service, package, bundle, license and keycode",
        ),
        (
            "box:1",
            "`box` is not a kind of line: there are product, custom, gift, item, service, package, bundle, license and keycode",
        ),
        (
            "box:",
            "`box` is not a kind of line: there are product, custom, gift, item, service, package, bundle, license and keycode",
        ),
        (
            "product:",
            "`product:` is followed by nothing: give the vendor's id of the product",
        ),
        (
            "custom:,price=1",
            "`custom:` is followed by nothing: give the name that the shopper reads",
        ),
        ("product:1,qty=0", "qty: the quantity is 0: give at least 1"),
        (
            "product:1,qty=-1",
            "qty: `-1` is not a quantity: give a whole number of at least 1",
        ),
        (
            "product:1,qty=1.5",
            "qty: `1.5` is not a quantity: give a whole number of at least 1",
        ),
        (
            "product:1,qty=99999999999999999999",
            "qty: `99999999999999999999` is not a quantity: give a whole number of at least 1",
        ),
        (
            "product:1,price=-1",
            "price: -1 is negative: give 0 or more",
        ),
        (
            "product:1,price=1,50",
            "`50` is not a part: write key=value, and \\, for a comma within a value",
        ),
        (
            "product:1,price=EUR 1",
            "price: `EUR 1` is not an amount: give a decimal number such as 4.50",
        ),
        ("product:1,qty=1,qty=2", "qty: stands twice: leave one out"),
        (
            "product:1,variant=",
            "variant: the value is empty: give one, or leave the part out",
        ),
        (
            "product:1,color=red",
            "`color` is not a part of product lines: they take variant, qty, price, name, option, text, date",
        ),
        (
            "product:1, qty=2",
            "` qty` is not a part of product lines: they take variant, qty, price, name, option, text, date",
        ),
        ("product:1,option=125", "option: write option=ID=VALUEID"),
        ("product:1,option==130", "option: write option=ID=VALUEID"),
        ("product:1,text=9=", "text: write text=ID=TEXT"),
        (
            "product:1,option=9=1,text=9=x",
            "text: option 9 is filled in twice: leave one out",
        ),
        (
            "product:1,date=9=31.1.2026",
            "date: `31.1.2026` is not a date: write it as 2026-01-31",
        ),
        (
            "product:1,date=9=2026-13-01",
            "date: `2026-13-01` is not a date: write it as 2026-01-31",
        ),
        (
            "product:1,date=9=2026-1-1",
            "date: `2026-1-1` is not a date: write it as 2026-01-31",
        ),
        (
            "custom:Tea",
            "price: missing: a custom line needs price=DECIMAL",
        ),
        (
            "custom:Tea,price=1,variant=2",
            "`variant` is not a part of custom lines: they take price, qty, sku",
        ),
        (
            "gift:V,amount=1,theme=Boy,from=A<a@b>",
            "to: missing: a gift line needs to=NAME<EMAIL>",
        ),
        (
            "item:",
            "`item:` is followed by nothing: give the provider's id of the product",
        ),
        (
            "item:1,qty=2",
            "`qty` is not a part of item lines: they take price, description, order-item",
        ),
        (
            "item:1,order-item=first",
            "order-item: `first` is not a number: give a whole one, such as 3",
        ),
        ("item:1,price=-1", "price: -1 is negative: give 0 or more"),
        (
            "gift:V,amount=1,theme=Boy,from=a@b,to=B<b@c>",
            "from: `a@b` is not a person: write NAME<EMAIL>, as in Ann<ann@example.com>",
        ),
        (
            "gift:V,amount=1,theme=Boy,from=<a@b>,to=B<b@c>",
            "from: `<a@b>` is not a person: write NAME<EMAIL>, as in Ann<ann@example.com>",
        ),
    ];
    for (spec, refusal) in table {
        assert_eq!(parse(spec), Err(refusal.to_owned()), "{spec}");
    }
}

#[test]
fn a_backslash_escapes_commas_and_itself_only() {
    for (spec, expected) in [
        (r"a,b", vec!["a", "b"]),
        (r"a\,b", vec!["a,b"]),
        (r"a\\,b", vec![r"a\", "b"]),
        (r"a\\\,b", vec![r"a\,b"]),
        (r"a\b", vec![r"a\b"]),
        (r"a\", vec![r"a\"]),
        (r",", vec!["", ""]),
    ] {
        assert_eq!(parts::pieces(spec), expected, "{spec}");
    }
}

/// What the help shows has to work as it stands there.
#[test]
fn each_example_of_the_help_is_a_line() {
    let examples: Vec<&str> = GRAMMAR
        .lines()
        .filter_map(|line| line.trim().strip_prefix("--line "))
        .collect();
    assert_eq!(examples.len(), KINDS.len());
    for (example, kind) in examples.iter().zip(KINDS) {
        let spec = example.trim_matches('\'');
        assert!(spec.starts_with(kind.word), "{spec}");
        assert!(parse(spec).is_ok(), "{spec}: {:?}", parse(spec));
    }
}
