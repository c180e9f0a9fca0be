//! `cargo xtask`: see `cargo xtask --help`.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use xtask::generate::{self, Failure, Generated};
use xtask::{lint, review, update, vendors, write};

/// Generates, checks and lints Cartwright's clients.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    /// The workspace to work in
    #[arg(long, global = true, value_name = "DIR", default_value_os_t = workspace())]
    root: PathBuf,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write the client crates that the specs describe
    ///
    /// Exit code 0: done. 1: a spec is refused, or `--check` found differences. 2: a vendor is unknown, a file can't be written, or
    /// rustfmt doesn't work.
    Generate {
        /// Vendors to generate; all when none is named
        vendors: Vec<String>,
        /// Write nothing; print what would change and exit 1 if anything would
        #[arg(long)]
        check: bool,
        /// Instead of the vendors: the small clients that the tests of the promises compile
        #[arg(long, conflicts_with = "vendors")]
        promises: bool,
    },
    /// Generate, renew every snapshot, page and table that follows from the specs, and list what is left for a person
    ///
    /// The clients are generated; then the tests that write what follows are run. Nothing is accepted unread: what changed is listed at
    /// the end. `git diff`, or `cargo xtask review`, shows more.
    ///
    /// Exit code 0: nothing is left to do. 1: a spec is refused, or something is left that only a person can do. 2: a vendor is unknown,
    /// a file can't be read or written, or cargo can't be run.
    Update {
        /// Vendors to generate; all when none is named
        vendors: Vec<String>,
    },
    /// Check the specs for what would be silently wrong or can't be generated
    ///
    /// More than 30 findings are summed up by rule, with the first three places of each; `--all` prints every one, and so do the
    /// formats json and github.
    ///
    /// Exit code 0: nothing above a warning. 1: errors, a spec that can't be read among them. 2: a vendor or rule is unknown.
    Lint {
        /// Vendors to lint; all when none is named
        vendors: Vec<String>,
        /// How findings are printed
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Print every finding, however many there are
        #[arg(long)]
        all: bool,
        /// List every node marked `x-unverified` instead
        #[arg(long, conflicts_with = "explain")]
        unverified: bool,
        /// Say what a rule is for and how to mend what it finds
        #[arg(long, value_name = "RULE")]
        explain: Option<String>,
    },
    /// Say what a change of a spec breaks: on the wire, in the generated Rust API, and in the cart interface
    ///
    /// Without --from and --to the work tree's specs are compared with those of a revision. docs/review.md says how a review is read
    /// and decided about.
    ///
    /// Exit code 0: nothing breaks that has not been accepted. 1: something does (see --fail-on). 2: usage, or a document, revision
    /// or file that can't be read.
    Review(Box<review::run::Arguments>),
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Text,
    Json,
    Github,
}

/// Prints a line; a reader that has gone away, as `head` does, is no reason to panic.
macro_rules! say {
    ($($text:tt)*) => {
        drop(writeln!(std::io::stdout(), $($text)*))
    };
}

/// Prints as [`say!`] does, without ending the line.
macro_rules! say_as_is {
    ($($text:tt)*) => {
        drop(write!(std::io::stdout(), $($text)*))
    };
}

/// Findings: exit code 1.
const FINDINGS: u8 = 1;
/// Usage or input and output: exit code 2.
const TROUBLE: u8 = 2;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let root = arguments.root;
    let outcome = match arguments.command {
        Command::Generate {
            check,
            promises: true,
            ..
        } => promises(&root, check),
        Command::Generate { vendors, check, .. } => generate(&root, &vendors, check),
        Command::Update { vendors } => update(&root, &vendors),
        Command::Lint {
            explain: Some(rule),
            ..
        } => explain(&rule),
        Command::Lint {
            vendors,
            unverified: true,
            ..
        } => unverified(&root, &vendors),
        Command::Lint {
            vendors,
            format,
            all,
            ..
        } => lint(&root, &vendors, format, all),
        Command::Review(arguments) => review(&root, &arguments),
    };
    match outcome {
        Ok(code) => code.into(),
        Err(message) => {
            eprintln!("error: {message}");
            TROUBLE.into()
        }
    }
}

/// The workspace that this program was built in.
fn workspace() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

fn generate(root: &Path, named: &[String], check: bool) -> Result<u8, String> {
    let vendors = vendors::select(root, named)?;
    // Nothing is shared between vendors, and half of the time rustfmt is waited for.
    let results: Vec<_> = std::thread::scope(|scope| {
        let mut running = Vec::new();
        for vendor in &vendors {
            running.push(scope.spawn(move || generate::vendor(root, vendor)));
        }
        running.into_iter().map(|thread| thread.join()).collect()
    });
    let mut crates = Vec::new();
    let mut failures = Vec::new();
    for (vendor, result) in vendors.iter().zip(results) {
        match result.map_err(|_| format!("{vendor}: the generator panicked; please report it"))? {
            Ok(generated) => crates.push(generated),
            Err(failure) => failures.push((vendor.as_str(), failure)),
        }
    }
    if !failures.is_empty() {
        return refused(failures);
    }
    let mut differs = false;
    for generated in &crates {
        differs |= settle(root, generated, check)?;
    }
    for orphan in write::orphans(root, &vendors::all(root)?)? {
        say!(
            "{}: no spec stands behind this folder; remove it, or add its spec",
            orphan.display()
        );
        differs = true;
    }
    Ok(verdict(check, differs, "cargo xtask generate"))
}

fn update(root: &Path, named: &[String]) -> Result<u8, String> {
    let before = update::Files::read(root)?;
    let code = generate(root, named, false)?;
    if code != 0 {
        return Ok(code);
    }
    let outcome = update::run(root, &before, |step| say!("{step} …"))?;
    say!("\nChanged:");
    outcome.changed.iter().for_each(|file| say!("  {file}"));
    if outcome.changed.is_empty() {
        say!("  nothing");
    }
    if outcome.left.is_empty() {
        say!("\nNothing is left to do but to read the changes.");
        return Ok(0);
    }
    say!("\nLeft for a person:");
    for (index, what) in outcome.left.iter().enumerate() {
        say!("{}. {}", index + 1, what.replace('\n', "\n   "));
    }
    Ok(FINDINGS)
}

fn promises(root: &Path, check: bool) -> Result<u8, String> {
    match generate::promises(root) {
        Ok(generated) => {
            let differs = settle(root, &generated, check)?;
            Ok(verdict(check, differs, "cargo xtask generate --promises"))
        }
        Err(failure) => refused(vec![("promises", failure)]),
    }
}

fn verdict(check: bool, differs: bool, mend: &str) -> u8 {
    if check && differs {
        say!(
            "\nThe generated files are not what the specs describe. Mend: run `{mend}` and commit what it writes."
        );
        return FINDINGS;
    }
    0
}

/// Writes one crate, or prints what differs; answers whether anything is left that differs.
fn settle(root: &Path, generated: &Generated, check: bool) -> Result<bool, String> {
    let differences = write::compare(root, generated)?;
    let seconds = generated.took.as_secs_f64();
    let name = &generated.name;
    let files = generated.files.len();
    if differences.is_empty() {
        say!("{name}: {files} files up to date ({seconds:.2} s)");
        return Ok(false);
    }
    if check {
        say!(
            "{name}: {} of {files} files differ ({seconds:.2} s)",
            differences.len()
        );
        differences
            .iter()
            .for_each(|difference| say_as_is!("{}", write::diff(difference)));
        return Ok(true);
    }
    write::apply(root, &differences)?;
    say!(
        "{name}: {} of {files} files written ({seconds:.2} s)",
        differences.len()
    );
    let foreign: Vec<_> = differences
        .iter()
        .filter(|difference| matches!(difference, write::Difference::Foreign(_)))
        .collect();
    foreign
        .iter()
        .for_each(|difference| say_as_is!("{}", write::diff(difference)));
    Ok(!foreign.is_empty())
}

/// Says why nothing was written. What is wrong with a spec is told of each; a machine without rustfmt is told once.
fn refused(failures: Vec<(&str, Failure)>) -> Result<u8, String> {
    let mut findings = Vec::new();
    let mut trouble = None;
    for (vendor, failure) in failures {
        match failure {
            Failure::Lint(found) => findings.extend(found),
            Failure::Rustfmt(why) | Failure::Io(why) => trouble = Some(why),
            Failure::Stage(message) => eprintln!(
                "{vendor}: {message}\n  mend: lint should have refused this spec with a place and a mend; please report it with the spec"
            ),
        }
    }
    if !findings.is_empty() {
        eprint!("{}", lint::render_summary(&findings, ALL));
    }
    eprintln!("nothing was written");
    trouble.map_or(Ok(FINDINGS), Err)
}

/// How a reader of a summary gets all findings.
const ALL: &str = "`cargo xtask lint --all` prints each";

fn lint(root: &Path, named: &[String], format: Format, all: bool) -> Result<u8, String> {
    let mut findings = Vec::new();
    for vendor in vendors::select(root, named)? {
        let folder = Path::new("specs").join(&vendor);
        let spec = folder.join("openapi.yaml");
        if let Some(problem) = vendors::name_problem(root, &vendor) {
            findings.push(lint::vendor_name(&generate::portable(&spec), problem));
        }
        match generate::read(root, &spec) {
            Ok(document) => findings.extend(lint::lint(&document, &root.join(&folder))),
            Err(finding) => findings.push(*finding),
        }
    }
    say_as_is!(
        "{}",
        match format {
            Format::Text if all => lint::render_text(&findings),
            Format::Text => lint::render_summary(&findings, ALL),
            Format::Json => lint::render_json(&findings),
            Format::Github => lint::render_github(&findings),
        }
    );
    let refused = findings
        .iter()
        .any(|finding| finding.severity == lint::Severity::Error);
    Ok(if refused { FINDINGS } else { 0 })
}

fn review(root: &Path, arguments: &review::run::Arguments) -> Result<u8, String> {
    let outcome = review::run::run(root, arguments)?;
    say_as_is!("{}", outcome.text);
    eprint!("{}", outcome.remarks);
    Ok(outcome.code)
}

fn unverified(root: &Path, named: &[String]) -> Result<u8, String> {
    for vendor in vendors::select(root, named)? {
        let spec = Path::new("specs").join(&vendor).join("openapi.yaml");
        match generate::read(root, &spec) {
            Ok(document) => lint::unverified(&document)
                .iter()
                .for_each(|node| say!("{node}")),
            Err(finding) => {
                eprint!("{}", lint::render_text(&[*finding]));
                return Ok(FINDINGS);
            }
        }
    }
    Ok(0)
}

fn explain(rule: &str) -> Result<u8, String> {
    let text = lint::explain(rule).ok_or_else(|| {
        let meant = lint::rule_like(rule);
        let meant = meant.map(|near| format!("; did you mean `{near}`?"));
        format!(
            "unknown rule `{rule}`: the id stands in brackets in each finding{}",
            meant.unwrap_or_default()
        )
    })?;
    say!("{text}");
    Ok(0)
}
