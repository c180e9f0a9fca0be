//! `cargo run -p cartwright-fuzz`: a million mutated payloads through the decoders, and slices through the rest.

use std::process::ExitCode;
use std::time::Instant;

use cartwright_fuzz::carts::Carts;
use cartwright_fuzz::decoders::Decoders;
use cartwright_fuzz::recordings::Recordings;
use cartwright_fuzz::run::{Case, run};
use cartwright_fuzz::specs::Specs;
use clap::Parser;

/// Mutates documented payloads and specs by seed, and tells what reads them wrong.
#[derive(Parser)]
struct Arguments {
    /// How many payloads go through the decoders; a hundredth through the spec loader and the review, a tenth through the interface,
    /// a fiftieth through the replay.
    #[arg(long, default_value_t = 1_000_000)]
    cases: u64,
    /// The first seed.
    #[arg(long, default_value_t = 0)]
    seed: u64,
    /// Only decoders, specs, carts or recordings.
    #[arg(long)]
    only: Option<String>,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let mut sound = true;
    let mut fuzz = |name: &str, share: u64, case: &(dyn Fn(u64) -> Case + Sync)| {
        if arguments.only.as_deref().is_some_and(|only| only != name) {
            return;
        }
        let started = Instant::now();
        let seeds = arguments.seed..arguments.seed + arguments.cases.div_ceil(share);
        let report = run(name, seeds, case);
        println!(
            "== {name}, {:.1} s\n{report}",
            started.elapsed().as_secs_f32()
        );
        sound &= report.found == 0;
    };
    let (decoders, specs, carts) = (Decoders::read(), Specs::read(), Carts::read());
    fuzz("decoders", 1, &|seed| decoders.case(seed));
    fuzz("specs", 100, &|seed| specs.case(seed));
    fuzz("carts", 10, &|seed| carts.case(seed));
    let recordings = Recordings::default();
    fuzz("recordings", 50, &|seed| recordings.case(seed));
    ExitCode::from(u8::from(!sound))
}
