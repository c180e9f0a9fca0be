//! Which vendor runs which case: the page that says so, and the tests that keep it true.

use std::fmt::Write;

use cartwright::Vendor;
use cartwright_behaviour::cases;
use libtest_mimic::Trial;

use crate::fitting;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/CASES.md");

pub fn trials() -> Vec<Trial> {
    vec![
        Trial::test("suite::the_page_of_cases_is_up_to_date", || {
            let page = page();
            if std::env::var_os("UPDATE_PAGES").is_some() {
                std::fs::write(PAGE, &page)?;
            }
            if std::fs::read_to_string(PAGE)? != page {
                return Err(format!("{PAGE} is out of date. Mend: run `UPDATE_PAGES=1 cargo test -p cartwright-behaviour` and commit what it writes.").into());
            }
            Ok(())
        }),
        Trial::test(
            "suite::each_case_has_a_name_and_a_statement_of_its_own",
            || {
                for of in [
                    |case: cartwright_behaviour::Case| case.name,
                    |case: cartwright_behaviour::Case| case.statement,
                ] {
                    let mut all: Vec<&str> = cases().map(of).collect();
                    all.sort_unstable();
                    let count = all.len();
                    all.dedup();
                    assert_eq!(all.len(), count);
                    assert!(all.iter().all(|text| !text.is_empty()));
                }
                Ok(())
            },
        ),
    ]
}

/// A line for each vendor: how many cases it runs of how many.
pub fn counts() -> String {
    let all = cases().count();
    let one = |vendor: Vendor| format!("{vendor}: {} of {all} cases", fitting(vendor).count());
    each(one).join("\n")
}

fn each(of: impl Fn(Vendor) -> String) -> Vec<String> {
    Vendor::ALL.iter().copied().map(of).collect()
}

fn page() -> String {
    let mut page = String::from(
        "# The behaviour suite\n\n\
         Written by `UPDATE_PAGES=1 cargo test -p cartwright-behaviour`; a test keeps it up to date.\n\n\
         Each case is run on every vendor whose capability has the verbs that the case needs: at the sandbox as it is, behind an `Arc`, and behind a wrapper \
         that passes calls on. Where a vendor does not run a case, its column names the verb that is missing, and why.\n\n",
    );
    let names = each(|vendor| vendor.as_str().to_owned());
    let _ = writeln!(page, "| case | {} |", names.join(" | "));
    let _ = writeln!(page, "| --- |{}", " --- |".repeat(names.len()));
    for case in cases() {
        let cell = |vendor: Vendor| match case.fits(&vendor.capability()) {
            Ok(()) => "runs".to_owned(),
            Err(missing) => format!("`{}`: {}", missing.verb, missing.support),
        };
        let cells = each(cell).join(" | ");
        let _ = writeln!(page, "| {} | {cells} |", case.statement);
    }
    let sums = each(|vendor| format!("{} of {}", fitting(vendor).count(), cases().count()));
    let _ = writeln!(page, "| **cases run** | {} |", sums.join(" | "));
    page.push_str(
        "\n## At a real account\n\n\
         The same cases are run at each vendor whose credentials stand in the environment (the variables that `cart vendors` lists), together with two things that the \
         account can buy. Without them the suite says at its start what it skips, and why.\n\n\
         | variable | meaning |\n| --- | --- |\n\
         | `CARTWRIGHT_<VENDOR>_TEST_LINE`, `…_TEST_OTHER_LINE` | BigCommerce: `PRODUCT` or `PRODUCT/VARIANT` · cPanel: the provider's product id · Liquid Web: `CODE@REGION` · Webroot: a licence's code |\n\
         | `CARTWRIGHT_<VENDOR>_TEST_ORDER` | `yes` also runs the cases that place an order, which buys |\n\n\
         Each case deletes the carts that it made where the vendor can delete; at the other vendors they stay until they expire.\n",
    );
    page
}
