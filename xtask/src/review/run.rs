//! `cargo xtask review`: what is asked for, how it is answered, and when that fails.

use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::date::Date;
use super::decisions::{self, Entry};
use super::inputs::{self, Pair};
use super::report::{self, Format};
use super::{
    Decision, DecisionVerdict, Facade, Finding, Made, Review, Rust, SpecReview, Trouble, Wire,
    digest, evidence, git, one, rules,
};

/// Findings: exit code 1.
const FAILS: u8 = 1;
/// No review: exit code 2.
const NONE: u8 = 2;

/// What `cargo xtask review` is given.
#[derive(Args, Clone, Debug)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Vendors whose specs are compared; all that differ when none is named
    #[arg(conflicts_with_all = ["from", "to"])]
    vendors: Vec<String>,
    #[command(flatten)]
    sides: Sides,
    /// With --from and --to: generate both clients as well, and compare their APIs
    #[arg(long, requires = "from")]
    generate: bool,
    /// Recorded exchanges to hold against both versions
    #[arg(long, value_name = "DIR")]
    recordings: Option<PathBuf>,
    /// How the review is written
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Write the review into a file
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What has to break for exit code 1; a finding that somebody has accepted doesn't
    #[arg(long, value_enum, value_name = "WHAT", default_value_t = FailOn::Any)]
    fail_on: FailOn,
    /// The day on which decisions have expired or not, instead of today's in UTC
    #[arg(long, value_name = "YYYY-MM-DD")]
    today: Option<Date>,
    /// Say what a rule is about, why it matters and how to spare callers
    #[arg(long, value_name = "RULE")]
    explain: Option<String>,
}

/// What is compared.
#[derive(Args, Clone, Debug)]
struct Sides {
    /// Compare the work tree with this revision; by default with the commit at which it left `origin/main` or `main`, or with `HEAD`
    /// where there is neither
    #[arg(long, value_name = "REVISION", conflicts_with_all = ["from", "to"])]
    base: Option<String>,
    /// Compare two files instead: the old one
    #[arg(long, value_name = "OLD", requires = "to")]
    from: Option<PathBuf>,
    /// And the new one
    #[arg(long, value_name = "NEW", requires = "from")]
    to: Option<PathBuf>,
}

#[derive(Subcommand, Clone, Debug)]
enum Action {
    /// Write down what has been decided about a finding, in `decisions.yaml` beside its spec
    ///
    /// Exit code 0: written. 2: no such finding, or the file can't be continued.
    Decide {
        /// The twelve digits that stand behind the finding in a report
        fingerprint: String,
        /// What has been decided
        #[arg(value_parser = verdict)]
        verdict: DecisionVerdict,
        /// Who decided
        #[arg(long)]
        who: String,
        /// Why
        #[arg(long)]
        why: String,
        /// The last day on which it holds; for ever by default
        #[arg(long, value_name = "YYYY-MM-DD")]
        until: Option<Date>,
        #[command(flatten)]
        sides: Sides,
        /// The day that counts as today
        #[arg(long, value_name = "YYYY-MM-DD")]
        today: Option<Date>,
    },
}

/// Which breaks fail a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// What stops a client of the old spec from working
    Wire,
    /// What callers of the generated client have to change for
    Rust,
    /// A cart verb gained or lost, or a mapping that no longer compiles
    Facade,
    /// Any of these
    Any,
    /// Nothing
    Never,
}

/// What a run comes to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// For standard output.
    pub text: String,
    /// For standard error.
    pub remarks: String,
    /// 0, 1 for a review that fails, or 2 for none.
    pub code: u8,
}

fn verdict(word: &str) -> Result<DecisionVerdict, String> {
    let mut all = DecisionVerdict::ALL.into_iter();
    all.find(|verdict| verdict.word() == word)
        .ok_or_else(|| "use accept, reject or ask-vendor".to_owned())
}

/// Carries the command out.
///
/// # Errors
///
/// What keeps it from an answer: a document that can't be read or compared, with its place; a revision, rule, vendor or finding
/// that doesn't exist.
pub fn run(root: &Path, arguments: &Arguments) -> Result<Outcome, String> {
    if let Some(rule) = &arguments.explain {
        let text = report::explain(rule).ok_or_else(|| {
            format!("unknown rule `{rule}`: the id stands in brackets in each finding, and docs/review-rules.md lists all")
        })?;
        return Ok(Outcome {
            text,
            ..Outcome::default()
        });
    }
    if let Some(Action::Decide {
        fingerprint,
        verdict,
        who,
        why,
        until,
        sides,
        today,
    }) = &arguments.action
    {
        for (option, text) in [("--who", who), ("--why", why)] {
            if text.trim().is_empty() {
                return Err(format!("{option} is empty: write a few words"));
            }
        }
        let decision = Decision {
            verdict: *verdict,
            who: who.clone(),
            why: why.clone(),
            until: until.map(|date| date.to_string()),
            expired: false,
        };
        let today = today.unwrap_or_else(Date::today);
        if until.is_some_and(|until| until < today) {
            return Err("the decision would have expired: --until is in the past".to_owned());
        }
        return decide(root, sides, fingerprint, decision, today);
    }
    let troubles = match review(root, arguments) {
        Ok(outcome) => return Ok(outcome),
        Err(troubles) => troubles,
    };
    let all: Vec<String> = troubles.iter().map(Trouble::to_string).collect();
    let all = all.join("\nerror: ");
    if arguments.format != Format::Github {
        return Err(all);
    }
    // A workflow's remarks are all that it shows beside the code.
    Ok(Outcome {
        text: troubles.iter().map(report::trouble).collect(),
        remarks: format!("error: {all}\n"),
        code: NONE,
    })
}

fn review(root: &Path, arguments: &Arguments) -> Result<Outcome, Vec<Trouble>> {
    let sides = &arguments.sides;
    let (pairs, base) = pairs(root, sides, &arguments.vendors).map_err(Trouble::one)?;
    let options = one::Options {
        root,
        generate: arguments.generate || arguments.sides.from.is_none(),
        recordings: match &arguments.recordings {
            Some(folder) => evidence::read(folder).map_err(Trouble::one)?,
            None => Vec::new(),
        },
        today: arguments.today.unwrap_or_else(Date::today),
    };
    let review = Review {
        specs: reviewed(&pairs, &options)?,
        made: Made {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            rules: rules_hash(),
            options: given(arguments, base.as_deref()),
        },
    };
    let mut outcome = Outcome {
        text: report::render(&review, arguments.format),
        code: if fails(&review, arguments.fail_on) {
            FAILS
        } else {
            0
        },
        ..Outcome::default()
    };
    if let (Some(base), true) = (base, review.specs.is_empty()) {
        outcome.remarks = format!("the specs are as they were at {base}\n");
    }
    if let Some(file) = &arguments.output {
        std::fs::write(file, &outcome.text)
            .map_err(|error| format!("{}: can't be written: {error}", file.display()))
            .map_err(Trouble::one)?;
        outcome.text.clear();
        outcome
            .remarks
            .push_str(&format!("written to {}\n", file.display()));
    }
    Ok(outcome)
}

/// What is compared, and with which revision if with one.
fn pairs(
    root: &Path,
    sides: &Sides,
    vendors: &[String],
) -> Result<(Vec<Pair>, Option<String>), String> {
    if let (Some(old), Some(new)) = (&sides.from, &sides.to) {
        return Ok((vec![inputs::files(root, old, new)?], None));
    }
    let revision = match &sides.base {
        Some(name) => git::Revision::named(root, name)?,
        None => git::Revision::of_departure(root)?,
    };
    let pairs = inputs::since(root, &revision, vendors)?;
    Ok((pairs, Some(revision.label)))
}

/// Reviews every pair, each in a thread of its own. All that is wrong is told, not only the first.
fn reviewed(pairs: &[Pair], options: &one::Options<'_>) -> Result<Vec<SpecReview>, Vec<Trouble>> {
    let results: Vec<Result<SpecReview, Trouble>> = std::thread::scope(|scope| {
        let running: Vec<_> = pairs
            .iter()
            .map(|pair| one::spawn(scope, move || one::review(pair, options)))
            .collect();
        let joined = running.into_iter().map(|thread| match thread?.join() {
            Ok(result) => result,
            Err(_) => {
                let why = "the review panicked; please report it with both documents";
                Err(Trouble::from(why.to_owned()))
            }
        });
        joined.collect()
    });
    let mut specs = Vec::new();
    let mut errors = Vec::new();
    for (result, pair) in results.into_iter().zip(pairs) {
        match result {
            Ok(spec) => specs.push(spec),
            Err(trouble) => errors.push(trouble.in_files_of(pair)),
        }
    }
    if errors.is_empty() {
        Ok(specs)
    } else {
        Err(errors)
    }
}

/// The options that a review's content depends on.
fn given(arguments: &Arguments, base: Option<&str>) -> String {
    let mut words = Vec::new();
    let mut option = |name: &str, value: Option<String>| {
        words.extend(value.map(|value| format!("{name} {value}")));
    };
    let path = |path: &Option<PathBuf>| {
        let path = path.as_ref()?;
        Some(path.to_string_lossy().replace('\\', "/"))
    };
    option("--base", base.map(str::to_owned));
    option("--from", path(&arguments.sides.from));
    option("--to", path(&arguments.sides.to));
    option("--recordings", path(&arguments.recordings));
    option("--today", arguments.today.map(|date| date.to_string()));
    if arguments.generate {
        words.push("--generate".to_owned());
    }
    words.extend(arguments.vendors.iter().cloned());
    words.join(" ")
}

fn rules_hash() -> String {
    let rules: Vec<String> = rules::rules().map(|rule| format!("{rule:?}")).collect();
    let parts: Vec<&[u8]> = rules.iter().map(|rule| rule.as_bytes()).collect();
    digest::short(&parts)
}

/// Whether the review fails: something breaks that nobody has accepted, or that somebody has rejected.
pub fn fails(review: &Review, fail_on: FailOn) -> bool {
    if fail_on == FailOn::Never {
        return false;
    }
    let is = |kind| fail_on == kind || fail_on == FailOn::Any;
    let breaks = |finding: &Finding| {
        let verdict = finding.verdict;
        let lost = finding.mappings.iter().any(|mapping| !mapping.compiles);
        (is(FailOn::Wire) && verdict.wire == Wire::Break)
            || (is(FailOn::Rust) && verdict.rust == Rust::Break)
            || (is(FailOn::Facade) && (verdict.facade == Facade::Capability || lost))
    };
    let is_rejected = |finding: &Finding| {
        let decision = finding.decision.as_ref();
        decision.is_some_and(|it| it.settles() && it.verdict == DecisionVerdict::Reject)
    };
    review.specs.iter().any(|spec| {
        let mut findings = spec.findings.iter();
        let mut unexplained = spec.unexplained.iter().flatten();
        findings.any(|it| is_rejected(it) || (!it.is_accepted() && breaks(it)))
            || (is(FailOn::Rust) && unexplained.any(|item| item.rust == Rust::Break))
    })
}

fn decide(
    root: &Path,
    sides: &Sides,
    fingerprint: &str,
    decision: Decision,
    today: Date,
) -> Result<Outcome, String> {
    let fingerprint = fingerprint.strip_prefix('#').unwrap_or(fingerprint);
    if !decisions::is_fingerprint(fingerprint) {
        return Err(format!(
            "`{fingerprint}` is no fingerprint: copy the twelve digits that stand behind the finding in a report"
        ));
    }
    let (pairs, base) = pairs(root, sides, &[])?;
    let options = one::Options {
        root,
        generate: false,
        recordings: Vec::new(),
        today,
    };
    let reviews = reviewed(&pairs, &options).map_err(|troubles| {
        let all: Vec<String> = troubles.iter().map(Trouble::to_string).collect();
        all.join("\nerror: ")
    })?;
    let found = reviews.iter().zip(&pairs).find_map(|(review, pair)| {
        let mut findings = review.findings.iter();
        let finding = findings.find(|finding| finding.fingerprint == fingerprint)?;
        Some((finding, pair))
    });
    let (finding, pair) = found.ok_or_else(|| {
        let compared = base.map(|base| format!(" against {base}")).unwrap_or_default();
        format!("no finding{compared} has the id `{fingerprint}`: name the same --base, or --from and --to, as the review")
    })?;
    let name = pair.decisions();
    let path = pair.folder.join(decisions::FILE);
    let before = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(format!("{name}: can't be read: {error}")),
    };
    let word = decision.verdict.word();
    let entry = Entry {
        fingerprint: fingerprint.to_owned(),
        subject: Some(format!("{}: {}", finding.subject, finding.message)),
        decision,
    };
    let after =
        decisions::append(&name, &before, &entry, today).map_err(|error| error.to_string())?;
    let written = std::fs::create_dir_all(&pair.folder).and_then(|()| std::fs::write(&path, after));
    written.map_err(|error| format!("{name}: can't be written: {error}"))?;
    Ok(Outcome {
        text: format!(
            "{name}: {word} {fingerprint} ({}: {})\n",
            finding.subject, finding.message
        ),
        ..Outcome::default()
    })
}
