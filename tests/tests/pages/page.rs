//! Tables, on pages that a test writes.

use cartwright::Vendor;

pub use cartwright_tests::page::{check, check_part, file};

/// A Markdown table whose columns are the vendors.
pub fn by_vendor(head: &str, rows: impl IntoIterator<Item = (String, Vec<String>)>) -> String {
    let names: Vec<&str> = Vendor::ALL.iter().map(|vendor| vendor.as_str()).collect();
    let mut table = format!(
        "| {head} | {} |\n| --- |{}\n",
        names.join(" | "),
        " --- |".repeat(names.len())
    );
    for (label, cells) in rows {
        table.push_str(&format!("| {label} | {} |\n", cells.join(" | ")));
    }
    table
}
