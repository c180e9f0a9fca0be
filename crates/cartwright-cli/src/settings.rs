//! The settings of each vendor, by the names of their environment variables.

use cartwright::Vendor;
use serde::Serialize;

/// A setting of a vendor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Setting {
    pub(crate) name: &'static str,
    pub(crate) required: bool,
    pub(crate) meaning: &'static str,
}

const fn setting(name: &'static str, required: bool, meaning: &'static str) -> Setting {
    Setting {
        name,
        required,
        meaning,
    }
}

const BIGCOMMERCE: &[Setting] = &[
    setting(
        "CARTWRIGHT_BIGCOMMERCE_STORE_HASH",
        true,
        "the store's permanent id, as in its API path",
    ),
    setting(
        "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN",
        true,
        "of an API account with the scope store_cart",
    ),
    setting(
        "CARTWRIGHT_BIGCOMMERCE_CHANNEL_ID",
        false,
        "where carts are created, instead of the store's default channel",
    ),
    setting(
        "CARTWRIGHT_BIGCOMMERCE_BASE_URL",
        false,
        "another address than the vendor's own, for a sandbox",
    ),
];

/// The settings that a vendor takes.
pub(crate) fn of(vendor: Vendor) -> &'static [Setting] {
    match vendor.as_str() {
        "bigcommerce" => BIGCOMMERCE,
        _ => &[],
    }
}

/// Whether a name is a setting of a vendor that is compiled in.
pub(crate) fn is_known(name: &str) -> bool {
    Vendor::ALL
        .iter()
        .flat_map(|vendor| of(*vendor))
        .any(|setting| setting.name == name)
}

#[cfg(test)]
mod tests {
    use cartwright::{ErrorKind, Settings, connect};

    use super::*;

    /// A value that every setting takes.
    fn value(name: &str) -> &'static str {
        match name.ends_with("_BASE_URL") {
            true => "http://127.0.0.1:9",
            false => "1",
        }
    }

    #[test]
    fn the_required_settings_are_enough_and_all_are_taken() {
        for vendor in Vendor::ALL {
            for only_required in [true, false] {
                let given = of(*vendor)
                    .iter()
                    .filter(|setting| setting.required || !only_required);
                let settings =
                    Settings::from_pairs(given.map(|setting| (setting.name, value(setting.name))));
                assert!(connect(*vendor, &settings, None).is_ok(), "{vendor}");
            }
        }
    }

    #[test]
    fn a_missing_required_setting_is_named_by_the_vendor() {
        for vendor in Vendor::ALL {
            assert!(
                of(*vendor).iter().any(|setting| setting.required),
                "{vendor}"
            );
            for missing in of(*vendor).iter().filter(|setting| setting.required) {
                let given = of(*vendor).iter().filter(|setting| *setting != missing);
                let settings =
                    Settings::from_pairs(given.map(|setting| (setting.name, value(setting.name))));
                let error = connect(*vendor, &settings, None).err().expect(missing.name);
                assert_eq!(
                    (error.kind(), error.field()),
                    (ErrorKind::InvalidConfig, Some(missing.name))
                );
            }
        }
    }
}
