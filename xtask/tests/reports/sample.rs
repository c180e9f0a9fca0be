//! A review with every part filled, and texts that a careless report would break on.

use xtask::load::Position;
use xtask::review::rules::by_id;
use xtask::review::{
    Decision, DecisionVerdict, Effect, Facade, Finding, ItemChange, Made, Mapping, Misfit, Note,
    Review, Rust, Side, SliceLine, SpecReview, Verdict, Version,
};

/// What would end a script, a table, a code block, an annotation or a comment.
const NASTY: &str =
    "</script><img src=x onerror=alert(1)> | `tick` @everyone ::error:: \"quoted\" & 100 % é 漢字";

fn side(file: &str, line: usize, pointer: &str, lines: &[(&str, bool)]) -> Side {
    let slice = lines.iter().enumerate().map(|(index, (text, changed))| {
        let gap = *text == "…";
        SliceLine {
            number: (!gap).then_some(line + index),
            text: (*text).to_owned(),
            changed: *changed,
        }
    });
    Side {
        file: file.to_owned(),
        position: Position { line, column: 9 },
        pointer: pointer.to_owned(),
        slice: slice.collect(),
    }
}

/// A finding judged by rules; each with the operations that it reaches.
pub fn finding(
    fingerprint: &str,
    rules: &[(&str, &[&str])],
    subject: &str,
    message: &str,
) -> Finding {
    let effects: Vec<Effect> = rules
        .iter()
        .map(|(id, operations)| Effect {
            rule: by_id(id).expect("the sample names rules that exist"),
            operations: operations.iter().map(ToString::to_string).collect(),
        })
        .collect();
    let rule = effects.first().expect("a finding has an effect").rule;
    Finding {
        fingerprint: fingerprint.to_owned(),
        rule,
        verdict: Verdict {
            wire: rule.wire,
            rust: rule.rust,
            facade: Facade::None,
        },
        subject: subject.to_owned(),
        message: message.to_owned(),
        old: None,
        new: None,
        effects,
        items: Vec::new(),
        mappings: Vec::new(),
        misfits: Vec::new(),
        decision: None,
    }
}

fn decision(verdict: DecisionVerdict, until: Option<&str>, expired: bool) -> Decision {
    Decision {
        verdict,
        who: "Ada".to_owned(),
        why: "the vendor announced it".to_owned(),
        until: until.map(ToOwned::to_owned),
        expired,
    }
}

fn version(label: &str, hash: &str, version: &str) -> Version {
    Version {
        label: label.to_owned(),
        hash: hash.to_owned(),
        version: Some(version.to_owned()),
    }
}

fn shop() -> SpecReview {
    const FILE: &str = "specs/shop/openapi.yaml";
    let mut currency = finding(
        "0f3a91c07b2e",
        &[
            (
                "response-property-removed-required",
                &["createCart", "getCart", "updateCart"],
            ),
            ("request-property-removed", &["createCart"]),
        ],
        "Cart.currency",
        "required property removed",
    );
    currency.old = Some(side(
        FILE,
        212,
        "/components/schemas/Cart/properties/currency",
        &[
            ("components:", false),
            ("  schemas:", false),
            ("    Cart:", false),
            ("      properties:", false),
            ("        currency:", true),
            ("          $ref: '#/components/schemas/Currency'", true),
        ],
    ));
    currency.new = Some(side(
        FILE,
        208,
        "/components/schemas/Cart/properties",
        &[
            ("components:", false),
            ("  schemas:", false),
            ("    Cart:", false),
            ("      properties:", true),
        ],
    ));
    currency.items = vec![ItemChange {
        path: "types::Cart::currency".to_owned(),
        old: Some("field types::Cart::currency: Option<Currency>".to_owned()),
        new: None,
        rust: Rust::Break,
    }];
    currency.mappings = vec![Mapping {
        file: "crates/cartwright/src/vendors/shop/cart.rs".to_owned(),
        line: 48,
        within: "cart".to_owned(),
        item: "types::Cart::currency".to_owned(),
        writes: false,
        compiles: false,
        verbs: vec!["create".to_owned(), "get".to_owned()],
        tests: vec!["tests/tests/vendors/shop/life.rs".to_owned()],
    }];
    currency.misfits = vec![Misfit {
        file: "specs/shop/examples/cart.json".to_owned(),
        pointer: "/data/currency".to_owned(),
        message: "an unknown property in a closed object".to_owned(),
    }];
    currency.verdict.facade = Facade::Touched;

    let mut nasty = finding(
        "5bd2e8a61f09",
        &[("parameter-serialization-changed", &["getCart"])],
        "GET /carts query include",
        NASTY,
    );
    nasty.old = Some(side(
        FILE,
        31,
        "/paths/~1carts/get/parameters/0",
        &[("explode: true", true), ("…", false), (NASTY, true)],
    ));
    nasty.new = nasty.old.clone();
    nasty.decision = Some(decision(
        DecisionVerdict::AskVendor,
        Some("2026-12-31"),
        false,
    ));

    let mut verbs = finding(
        "7c11d0a4e6b8",
        &[("cart-operation-changed", &["createCart"])],
        "createCart x-cart-operation",
        "create → create, add-lines",
    );
    verbs.verdict.facade = Facade::Capability;

    let mut server = finding(
        "9e40b7f2c35d",
        &[("server-changed", &["createCart", "getCart", "updateCart"])],
        "servers",
        "https://a.example → https://b.example",
    );
    server.decision = Some(decision(DecisionVerdict::Accept, Some("2026-01-31"), true));
    let added = finding(
        "c2a8f6e1d473",
        &[("operation-added", &["listCarts"])],
        "listCarts",
        "operation added",
    );
    SpecReview {
        name: "shop".to_owned(),
        from: version("main:specs/shop/openapi.yaml", "a1b2c3d4e5f6", "2026-10"),
        to: version(FILE, "0a9b8c7d6e5f", "2026-11"),
        findings: vec![currency, nasty, verbs, server, added],
        notes: vec![Note {
            message: "`info.version` is not raised although something breaks".to_owned(),
            side: Some(side(
                FILE,
                4,
                "/info/version",
                &[("version: 2026-10", true)],
            )),
        }],
        documentation: 7,
        unexplained: Some(vec![ItemChange {
            path: "types::CartBuilder::note".to_owned(),
            old: None,
            new: Some("function types::CartBuilder::note(self, value: String) -> Self".to_owned()),
            rust: Rust::Additive,
        }]),
        bump: Some("minor"),
        next: Some("0.2.0".to_owned()),
        stale: vec![(
            "ffffffffffff".to_owned(),
            decision(DecisionVerdict::Reject, None, false),
        )],
    }
}

fn market() -> SpecReview {
    let mut quantity = finding(
        "3d5f7a9b1c2e",
        &[("request-bounds-widened", &["addItem"])],
        "NewItem.quantity",
        "maximum: 10 → 100",
    );
    quantity.new = Some(side(
        "specs/market/openapi.yaml",
        77,
        "/components/schemas/NewItem/properties/quantity",
        &[("maximum: 100", true)],
    ));
    SpecReview {
        name: "market".to_owned(),
        from: version("main:specs/market/openapi.yaml", "111111111111", "1"),
        to: version("specs/market/openapi.yaml", "222222222222", "1"),
        findings: vec![quantity],
        notes: Vec::new(),
        documentation: 0,
        unexplained: None,
        bump: None,
        next: None,
        stale: Vec::new(),
    }
}

fn made() -> Made {
    Made {
        program: "0.1.0".to_owned(),
        rules: "abcdef012345".to_owned(),
        options: "--base main".to_owned(),
    }
}

/// Two specs, every part filled.
pub fn sample() -> Review {
    Review {
        specs: vec![market(), shop()],
        made: made(),
    }
}

/// So many findings that a report has to leave something out.
pub fn large(findings: usize) -> Review {
    let mut spec = shop();
    let kinds = [
        "response-type-changed",
        "request-property-added",
        "operation-added",
    ];
    spec.findings = (0..findings)
        .map(|index| {
            let kind = kinds[index % kinds.len()];
            let operation = format!("operation{}", index % 90);
            let mut one = finding(
                &format!("{index:012x}"),
                &[(kind, &[operation.as_str()])],
                &format!("Schema{index}.field"),
                "type: integer → number",
            );
            one.new = shop().findings.remove(0).old;
            one
        })
        .collect();
    Review {
        specs: vec![spec],
        made: made(),
    }
}
