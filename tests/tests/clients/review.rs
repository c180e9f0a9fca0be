//! Review on the real specs: a change is seen in the client's items, and at the line of the cart interface that uses them.

use xtask::load::Document;
use xtask::review::compare::compare;
use xtask::review::{Facade, Finding, Rust, SpecReview, Version, rust_api};

use crate::scratch::workspace;

/// The review of a vendor's spec in which a property has another name.
fn renamed(vendor: &str, component: &str, property: &str) -> SpecReview {
    let path = format!("specs/{vendor}/openapi.yaml");
    let text = std::fs::read_to_string(workspace().join(&path)).unwrap();
    let start = text.find(&format!("\n    {component}:\n")).unwrap();
    let (before, schema) = text.split_at(start);
    let (from, to) = (format!("        {property}:"), "        renamed_here:");
    assert!(schema.contains(&from), "{component} has no {property}");
    let changed = format!("{before}{}", schema.replacen(&from, to, 1));
    let parse = |text: &str| Document::parse(&path, text).unwrap();
    let (old, new) = (parse(&text), parse(&changed));
    let found = compare(&old, &new).unwrap();
    let version = Version {
        label: path.clone(),
        hash: String::new(),
        version: None,
    };
    let mut review = SpecReview {
        findings: found.findings,
        notes: found.notes,
        documentation: found.documentation,
        ..SpecReview::empty(vendor, version.clone(), version)
    };
    rust_api::enrich(&mut review, &old, &new, &workspace(), Some(vendor)).unwrap();
    assert_eq!(review.unexplained, Some(Vec::new()), "{:?}", review.notes);
    review
}

/// The finding of the name that is gone.
fn gone<'r>(review: &'r SpecReview, component: &str, property: &str) -> &'r Finding {
    let item = format!("types::{component}::{property}");
    let mut findings = review.findings.iter();
    let is_gone = |finding: &&Finding| {
        finding
            .items
            .iter()
            .any(|own| own.path == item && own.new.is_none())
    };
    findings.find(is_gone).unwrap()
}

#[test]
fn a_renamed_field_is_found_at_the_line_of_the_mapping_that_uses_it() {
    // What stands on the line, the part around it, and the verbs that lead there.
    for (vendor, component, property, within, code, writes, verbs) in [
        (
            "bigcommerce",
            "Cart",
            "cart_amount",
            "unify",
            "cart.cart_amount.clone()",
            false,
            "add-lines create get remove-line set-customer update-line",
        ),
        (
            "bigcommerce",
            "PhysicalItem",
            "extended_sale_price",
            "catalogue_line!",
            "item.extended_sale_price.clone()",
            false,
            "add-lines create get remove-line set-customer update-line",
        ),
        (
            "bigcommerce",
            "CartCreateRequest",
            "currency",
            "create",
            "currency: cart.currency.as_deref()",
            true,
            "create",
        ),
        (
            "cpanel",
            "ShoppingCart",
            "order_id",
            "unify",
            ".order_id",
            false,
            "create",
        ),
    ] {
        let review = renamed(vendor, component, property);
        let finding = gone(&review, component, property);
        let what = format!("{component}.{property}: {:#?}", finding.mappings);
        assert_eq!(finding.verdict.rust, Rust::Break, "{what}");
        assert_eq!(finding.verdict.facade, Facade::Touched, "{what}");
        let [mapping] = finding.mappings.as_slice() else {
            panic!("{what}");
        };
        assert_eq!(mapping.within, within, "{what}");
        assert_eq!(
            (mapping.writes, mapping.compiles),
            (writes, false),
            "{what}"
        );
        assert_eq!(mapping.verbs.join(" "), verbs, "{what}");
        let source = std::fs::read_to_string(workspace().join(&mapping.file)).unwrap();
        let line = source.lines().nth(mapping.line - 1).unwrap();
        assert!(
            line.contains(code),
            "{}:{}: {line}",
            mapping.file,
            mapping.line
        );
        let own = format!("tests/tests/vendors/{vendor}/life.rs");
        assert!(mapping.tests.contains(&own), "{what}");
        let suite = "tests/behaviour/src/cases/";
        assert!(
            mapping.tests.iter().any(|test| test.starts_with(suite)),
            "{what}"
        );
        assert_eq!(review.bump, Some("minor"));
    }
}

#[test]
fn a_field_that_no_mapping_uses_touches_none() {
    let review = renamed("bigcommerce", "GiftCertificate", "theme");
    let finding = gone(&review, "GiftCertificate", "theme");
    assert_eq!(finding.verdict.facade, Facade::None);
    assert_eq!(finding.verdict.rust, Rust::Break);
}
