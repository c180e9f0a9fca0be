//! How to reach a vendor's stand-in.

use cartwright::Settings;
use cartwright_sandbox::{Sandbox, VendorAccess};

pub fn access(sandbox: &Sandbox, vendor: &str) -> VendorAccess {
    sandbox
        .vendors()
        .into_iter()
        .find(|access| access.vendor == vendor)
        .expect("the sandbox has the vendor")
}

pub fn credential(access: &VendorAccess, name: &str) -> String {
    access
        .credential(name)
        .expect("the sandbox says its credentials")
        .to_owned()
}

/// The settings that the sandbox prints, with some replaced; an empty value takes a setting away.
pub fn settings(access: &VendorAccess, replaced: &[(&str, &str)]) -> Settings {
    let mut pairs = access.environment.clone();
    pairs.retain(|(name, _)| !replaced.iter().any(|(other, _)| other == name));
    let given = pairs
        .iter()
        .map(|(name, value)| (*name, value.as_str()))
        .chain(
            replaced
                .iter()
                .copied()
                .filter(|(_, value)| !value.is_empty()),
        );
    Settings::from_pairs(given)
}
