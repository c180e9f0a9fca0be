//! Ids and tokens that repeat with the seed.

use serde::{Deserialize, Serialize};

/// A stream of ids. Two streams of one seed give the same ids in the same order.
///
/// The generator is SplitMix64, spelled out here because a random number crate does not promise the
/// same stream in its next version, and the ids stand in tests and recordings.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub(crate) struct Ids {
    state: u64,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A lower-case UUID with the version and variant bits of a random one.
    pub(crate) fn uuid(&mut self) -> String {
        let high = (self.next() & 0xffff_ffff_ffff_0fff) | 0x4000;
        let low = (self.next() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }

    /// A number to count on from, with room below eight digits for a million more.
    pub(crate) fn seven_digits(&mut self) -> u64 {
        1_000_000 + self.next() % 8_000_000
    }

    /// 64 hexadecimal digits.
    pub(crate) fn token(&mut self) -> String {
        (0..4).map(|_| format!("{:016x}", self.next())).collect()
    }
}

/// Where the stream stands, as 16 hexadecimal digits: as a JSON number it would lose its last digits in
/// programs that count in doubles.
impl From<Ids> for String {
    fn from(ids: Ids) -> Self {
        format!("{:016x}", ids.state)
    }
}

impl TryFrom<String> for Ids {
    type Error = String;

    fn try_from(digits: String) -> Result<Self, String> {
        let refused = || {
            format!(
                "`{digits}` is no place in the stream of ids: give 16 hexadecimal digits, as a dump has them"
            )
        };
        if digits.len() != 16 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(refused());
        }
        let state = u64::from_str_radix(&digits, 16).map_err(|_| refused())?;
        Ok(Self { state })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_goes_on_where_its_text_says() {
        let mut ids = Ids::new(u64::MAX);
        ids.uuid();
        let text = serde_json::to_string(&ids).unwrap();
        let mut again: Ids = serde_json::from_str(&text).unwrap();
        assert_eq!(again.uuid(), ids.uuid());
        for odd in ["\"\"", "\"12\"", "\"+123456789abcdef\"", "7"] {
            assert!(serde_json::from_str::<Ids>(odd).is_err(), "{odd}");
        }
    }

    #[test]
    fn one_seed_gives_one_stream() {
        let (mut left, mut right) = (Ids::new(7), Ids::new(7));
        assert_eq!((left.uuid(), left.token()), (right.uuid(), right.token()));
    }

    #[test]
    fn another_seed_gives_another_stream() {
        assert_ne!(Ids::new(1).uuid(), Ids::new(2).uuid());
    }

    #[test]
    fn an_id_is_shaped_like_a_random_uuid() {
        let mut ids = Ids::new(1);
        for _ in 0..100 {
            let id = ids.uuid();
            let groups: Vec<usize> = id.split('-').map(str::len).collect();
            assert_eq!(groups, [8, 4, 4, 4, 12], "{id}");
            assert_eq!(id.as_bytes()[14], b'4', "{id}");
            assert!(
                matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'),
                "{id}"
            );
        }
    }

    #[test]
    fn a_number_to_count_on_from_has_seven_digits() {
        let mut ids = Ids::new(1);
        for _ in 0..100 {
            assert_eq!(ids.seven_digits().to_string().len(), 7);
        }
    }

    #[test]
    fn a_token_has_64_digits() {
        assert_eq!(Ids::new(1).token().len(), 64);
    }
}
