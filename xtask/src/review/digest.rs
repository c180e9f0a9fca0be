//! Short names for contents: the first twelve hexadecimal digits of a SHA-256.

use sha2::{Digest as _, Sha256};

/// The digest of the parts; where one ends and the next begins counts.
///
/// ```
/// use xtask::review::digest::short;
///
/// assert_eq!(short(&[b""]).len(), 12);
/// assert_ne!(short(&[b"ab", b"c"]), short(&[b"a", b"bc"]));
/// ```
pub fn short(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hex(&hash.finalize())
}

/// The digest of a text as `sha256sum` has it.
pub fn text(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().take(6);
    digits.map(|byte| format!("{byte:02x}")).collect()
}
