//! The suite at real accounts: each vendor whose credentials stand in the environment.
//!
//! Beside the credentials, two things that the account can buy are needed: `CARTWRIGHT_<VENDOR>_TEST_LINE` and `…_TEST_OTHER_LINE`, in the form of
//! [`Goods::new`]. What buys something is run only with `CARTWRIGHT_<VENDOR>_TEST_ORDER=yes`.

use cartwright::{Settings, Vendor, connect};
use cartwright_behaviour::{Goods, Subject};
use libtest_mimic::Trial;

use crate::{fitting, trial};

/// The tests, and a line for each thing that is left out.
pub fn trials() -> (Vec<Trial>, Vec<String>) {
    let (mut trials, mut left_out) = (Vec::new(), Vec::new());
    for vendor in Vendor::ALL.iter().copied() {
        match Account::from_env(vendor) {
            Err(missing) => {
                let cases = fitting(vendor).count();
                left_out.push(format!(
                    "skipped: account::{vendor}, {cases} cases: {missing}"
                ));
            }
            Ok(account) => {
                for case in fitting(vendor) {
                    if case.orders() && !account.orders {
                        left_out.push(format!(
                            "skipped: account::{vendor}::{}: it buys, and {} is not `yes`",
                            case.name,
                            setting(vendor, "TEST_ORDER")
                        ));
                        continue;
                    }
                    let account = account.clone();
                    trials.push(trial("account", vendor, case, async move |case| {
                        case.run(&account.open()).await;
                    }));
                }
            }
        }
    }
    (trials, left_out)
}

#[derive(Clone)]
struct Account {
    vendor: Vendor,
    goods: Goods,
    orders: bool,
}

impl Account {
    fn from_env(vendor: Vendor) -> Result<Self, String> {
        connect(vendor, &Settings::from_env(), None).map_err(|error| error.to_string())?;
        let needed = |name: &str| {
            let name = setting(vendor, name);
            std::env::var(&name).map_err(|_| format!("{name} is not set"))
        };
        Ok(Self {
            vendor,
            goods: Goods::new(vendor, needed("TEST_LINE")?, needed("TEST_OTHER_LINE")?),
            orders: needed("TEST_ORDER").is_ok_and(|answer| answer == "yes"),
        })
    }

    fn open(&self) -> Subject {
        let settings = Settings::from_env();
        let shop = connect(self.vendor, &settings, None).expect("it was there a moment ago");
        Subject::new(shop, self.goods.clone())
    }
}

fn setting(vendor: Vendor, name: &str) -> String {
    format!("CARTWRIGHT_{}_{name}", vendor.as_str().to_ascii_uppercase())
}
