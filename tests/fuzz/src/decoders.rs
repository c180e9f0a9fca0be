//! Every documented payload, mutated, through the generated type of its component.

use std::collections::BTreeMap;

use cartwright_contract::spec::{self, Example};
use fastrand::Rng;
use serde_json::Value;

use crate::loss::UndeclaredNulls;
use crate::mutate::{Step, Words, apply, steps};
use crate::run::{Case, Finding, Outcome, fewest, smallest, without_panic};
use crate::table::{Decoder, Way, decoder};

/// The vendors whose payloads are mutated.
pub const VENDORS: &[&str] = &["bigcommerce", "cpanel", "liquidweb", "webroot"];

struct Payload {
    vendor: &'static str,
    example: Example,
    decoder: Decoder,
}

/// Every documented payload, and what reads it.
pub struct Decoders {
    payloads: Vec<Payload>,
    words: BTreeMap<&'static str, Words>,
    nulls: BTreeMap<&'static str, UndeclaredNulls>,
}

impl Decoders {
    /// From the specs.
    ///
    /// # Panics
    /// A component that a payload is documented as has no decoder here.
    pub fn read() -> Self {
        let mut all = Self {
            payloads: Vec::new(),
            words: BTreeMap::new(),
            nulls: BTreeMap::new(),
        };
        for &vendor in VENDORS {
            let spec = spec::of(vendor);
            let examples = spec.examples();
            all.words.insert(
                vendor,
                Words::of(examples.iter().map(|example| &example.payload)),
            );
            all.nulls
                .insert(vendor, UndeclaredNulls::of(spec.document()));
            for example in examples {
                let decoder = decoder(vendor, &example.component).unwrap_or_else(|| {
                    panic!("{vendor}: no decoder is listed for {}", example.component)
                });
                all.payloads.push(Payload {
                    vendor,
                    example,
                    decoder,
                });
            }
        }
        all
    }

    /// The case of a seed.
    pub fn case(&self, seed: u64) -> Case {
        let mut rng = Rng::with_seed(seed);
        let payload = &self.payloads[rng.usize(..self.payloads.len())];
        let way = *rng
            .choice(&[Way::Success, Way::ErrorStatus, Way::Failure])
            .unwrap_or(&Way::Success);
        let steps = steps(&mut rng);
        let words = &self.words[payload.vendor];
        let mutated = |steps: &[Step]| apply(&payload.example.payload, steps, words);
        let check = |body: &[u8]| self.check(payload, way, body);
        let outcome = match check(&mutated(&steps).0) {
            Ok(true) => Outcome::Accepted,
            Ok(false) => Outcome::Refused,
            Err(_) => {
                let fewest = fewest(&steps, |steps| check(&mutated(steps).0).is_err());
                let (body, mutations) = mutated(&fewest);
                let body = smallest(body, |body| check(body).is_err());
                Outcome::Found(Box::new(Finding {
                    seed,
                    subject: format!(
                        "{}/{} as {} ({way:?})",
                        payload.vendor, payload.example.file, payload.example.component
                    ),
                    mutations,
                    message: check(&body).err().unwrap_or_default(),
                    payload: body,
                }))
            }
        };
        Case {
            group: payload.vendor,
            outcome,
        }
    }

    /// Whether the body was read; an error is a defect.
    fn check(&self, payload: &Payload, way: Way, body: &[u8]) -> Result<bool, String> {
        let Some(written) = without_panic(|| (payload.decoder)(body, way))?? else {
            return Ok(false);
        };
        // Half a character costs itself, here as there.
        let sent: Value = cartwright_runtime::decode_json(body)
            .map_err(|error| format!("read what is no JSON: {error}"))?;
        match self.nulls[payload.vendor].difference(&sent, &written) {
            Some(difference) => Err(format!("{}: {difference}", payload.example.component)),
            None => Ok(true),
        }
    }
}
