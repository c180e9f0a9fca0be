//! Writes the pages that the browser tests open: `cargo run -p xtask --example sample_review -- FOLDER`.

use std::path::PathBuf;
use std::process::ExitCode;

use xtask::review::report::{Format, render};

#[path = "../tests/reports/sample.rs"]
mod sample;

fn main() -> ExitCode {
    let Some(folder) = std::env::args_os().nth(1).map(PathBuf::from) else {
        eprintln!("name the folder to write to");
        return ExitCode::from(2);
    };
    let pages = [
        ("sample.html", sample::sample()),
        ("large.html", sample::large(5_000)),
    ];
    let written = std::fs::create_dir_all(&folder).and_then(|()| {
        pages.iter().try_for_each(|(name, review)| {
            std::fs::write(folder.join(name), render(review, Format::Html))
        })
    });
    match written {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{}: {error}", folder.display());
            ExitCode::from(2)
        }
    }
}
