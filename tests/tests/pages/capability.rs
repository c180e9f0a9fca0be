//! What each vendor can do, and which fields it fills: the same tables in the README and in the library's documentation.

use cartwright::{Vendor, Verb};

use crate::page;

fn verbs() -> String {
    page::by_vendor(
        "verb",
        Verb::ALL.iter().map(|verb| {
            let cells = Vendor::ALL
                .iter()
                .map(|vendor| vendor.capability().of(*verb));
            (
                verb.to_string(),
                cells.map(|support| support.to_string()).collect(),
            )
        }),
    )
}

fn fields() -> String {
    let mut rows: Vec<(String, Vec<String>)> = Vec::new();
    for result in ["cart", "line item", "checkout", "order"] {
        let declared = Vendor::ALL.iter().flat_map(|vendor| vendor.fields().rows());
        for row in declared.filter(|row| row.result == result) {
            let label = format!("{result}: `{}`", row.field);
            if rows.iter().any(|(known, _)| *known == label) {
                continue;
            }
            let fill = |vendor: &Vendor| match vendor.fields().of(result, row.field) {
                Some(fill) => fill.to_string(),
                None => "–".to_owned(),
            };
            rows.push((label, Vendor::ALL.iter().map(fill).collect()));
        }
    }
    page::by_vendor("field", rows)
}

#[test]
fn the_readmes_tables_are_what_the_vendors_can_do_and_fill() {
    page::check_part("README.md", "capability", &verbs());
    page::check_part("README.md", "fields", &fields());
}

#[test]
fn the_librarys_documentation_shows_the_same_tables() {
    let page = format!(
        "# What each vendor can do\n\n\
         *none*: the vendor's API has no such call. *not built*: it has, and this interface does not use it yet. *unknown*: the documentation does not say.\n\n\
         {}\n\
         # Which fields each vendor fills\n\n\
         *always*: whenever the vendor answers what it documents. *sometimes*: where there is something to say, or in some kinds of line. *never*: the vendor has nothing that would \
         fill it. –: the vendor has no such result.\n\n\
         {}",
        verbs(),
        fields()
    );
    page::check("crates/cartwright/CAPABILITY.md", &page);
}
