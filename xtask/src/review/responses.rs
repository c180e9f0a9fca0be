//! What a call may be answered: statuses, headers and bodies.

use super::Direction;
use super::bodies::{self, Forms};
use super::check;
use super::finder::{Change, Finder};
use super::parameters::anything;
use super::schemas::{Place, Schemas};
use super::source::{At, Source};
use super::surface::Operation;
use crate::load::{LoadError, pointer_token};

/// An answer that an operation describes.
struct Answer<'d> {
    /// Where the operation lists it: a reference, or the answer itself.
    entry: String,
    /// `200`, `4XX`, `default`.
    status: String,
    at: At<'d>,
    forms: Forms<'d>,
}

/// An answer, and the statuses for which it is looked at.
type Taken<'a, 'd> = (&'a str, &'a Answer<'d>);

/// Any status that is not described on its own.
const OTHERS: &str = "default";

fn read<'d>(source: &Source<'d>, operation: &Operation<'d>) -> Result<Vec<Answer<'d>>, LoadError> {
    let mut all = Vec::new();
    for (key, at) in check::maps_under(source, &operation.at, "responses")? {
        if key.starts_with("x-") {
            continue;
        }
        let mut forms = bodies::forms(source, &at)?;
        if operation.method == "HEAD" {
            // It is never answered by a body.
            forms.clear();
        }
        // `2xx` is often written for `2XX`.
        let status = match key.as_str() {
            OTHERS => key.clone(),
            _ => key.to_uppercase(),
        };
        all.push(Answer {
            entry: format!("{}/responses/{}", operation.at.pointer, pointer_token(&key)),
            status,
            at,
            forms,
        });
    }
    Ok(all)
}

/// Splits the answers of both documents into successes and failures.
///
/// A redirection is a success where nothing else is, and so is `default`.
fn split<'a, 'o, 'n>(old: &'a [Answer<'o>], new: &'a [Answer<'n>]) -> Split<'a, 'o, 'n> {
    let (plain_old, plain_new) = (begins(old, "2"), begins(new, "2"));
    let redirects = !(plain_old && plain_new);
    let open = |all: bool, redirected: bool| !(all || redirects && redirected);
    let open_old = open(plain_old, begins(old, "3"));
    let open_new = open(plain_new, begins(new, "3"));
    Split {
        successes: (
            successes(old, redirects, open_old),
            successes(new, redirects, open_new),
        ),
        failures: (
            failures(old, redirects, open_old && open_new),
            failures(new, redirects, open_old && open_new),
        ),
    }
}

struct Split<'a, 'o, 'n> {
    successes: (Vec<Taken<'a, 'o>>, Vec<Taken<'a, 'n>>),
    failures: (Vec<Taken<'a, 'o>>, Vec<Taken<'a, 'n>>),
}

fn begins(all: &[Answer<'_>], digit: &str) -> bool {
    all.iter().any(|answer| answer.status.starts_with(digit))
}

fn is_success(status: &str, redirects: bool) -> bool {
    status.starts_with('2') || redirects && status.starts_with('3')
}

fn successes<'a, 'd>(all: &'a [Answer<'d>], redirects: bool, open: bool) -> Vec<Taken<'a, 'd>> {
    let taken = all
        .iter()
        .filter_map(|answer| match answer.status.as_str() {
            OTHERS => open.then_some(("2XX", answer)),
            status => is_success(status, redirects).then_some((status, answer)),
        });
    taken.collect()
}

fn failures<'a, 'd>(all: &'a [Answer<'d>], redirects: bool, open: bool) -> Vec<Taken<'a, 'd>> {
    let taken = all
        .iter()
        .filter_map(|answer| match answer.status.as_str() {
            OTHERS => (!open).then_some((OTHERS, answer)),
            status => (!is_success(status, redirects)).then_some((status, answer)),
        });
    taken.collect()
}

/// Whether a status is one of those that another, wider one stands for.
fn is_within(status: &str, wider: &str) -> bool {
    let is_range = wider.ends_with("XX") && wider.get(..1) == status.get(..1);
    status != wider && (wider == OTHERS || is_range)
}

fn has(all: &[Taken<'_, '_>], status: &str) -> bool {
    all.iter().any(|(other, _)| *other == status)
}

/// What a comparison of answers carries along.
struct Call<'c, 's, 'o, 'n> {
    finder: &'c mut Finder,
    schemas: &'c mut Schemas<'o, 'n>,
    sources: (&'s Source<'o>, &'s Source<'n>),
    operation: &'s str,
    /// Where the lists of answers stand.
    around: (String, String),
}

/// Compares the answers of a pair of operations.
pub(super) fn compare<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    old: &Operation<'o>,
    new: &Operation<'n>,
) -> Result<(), LoadError> {
    let (before, after) = (read(sources.0, old)?, read(sources.1, new)?);
    let split = split(&before, &after);
    if let (Some(before), Some(after)) =
        (told_failure(sources.0, old)?, told_failure(sources.1, new)?)
    {
        schemas.root(
            &before,
            &after,
            Direction::Response,
            Place::Body,
            &new.name,
            &format!("{} failure", new.name),
        )?;
    }
    let mut call = Call {
        finder,
        schemas,
        sources,
        operation: &new.name,
        around: (
            format!("{}/responses", old.at.pointer),
            format!("{}/responses", new.at.pointer),
        ),
    };
    call.successes(&split.successes.0, &split.successes.1)?;
    call.failures(&split.failures.0, &split.failures.1)
}

/// The schema by which `x-failure` reads a failure under a success's status.
fn told_failure<'d>(
    source: &Source<'d>,
    operation: &Operation<'d>,
) -> Result<Option<At<'d>>, LoadError> {
    let failure = operation.at.node.get("x-failure");
    let pointer = failure.and_then(|failure| failure.text("schema")?.strip_prefix('#'));
    let Some((pointer, node)) = pointer.and_then(|it| Some((it, source.document.pointer(it)?)))
    else {
        return Ok(None);
    };
    let mut at = source.follow(node, pointer.to_owned())?;
    at.named.get_or_insert_with(|| pointer.to_owned());
    Ok(Some(at))
}

impl<'o, 'n> Call<'_, '_, 'o, 'n> {
    fn successes(&mut self, old: &[Taken<'_, 'o>], new: &[Taken<'_, 'n>]) -> Result<(), LoadError> {
        self.described(old, new, true)?;
        // A range that takes the place of a status, or the other way round, answers what was described before.
        let mut lost = old.iter().filter(|(status, _)| {
            let is_left = |other: &Taken<'_, '_>| {
                is_within(status, other.0) || is_within(other.0, status) && !has(old, other.0)
            };
            !has(new, status) && !new.iter().any(is_left)
        });
        let mut come = new.iter().filter(|(status, _)| {
            let was_there = |other: &Taken<'_, '_>| {
                is_within(status, other.0) || is_within(other.0, status) && !has(new, other.0)
            };
            !has(old, status) && !old.iter().any(was_there)
        });
        for (status, before) in lost.by_ref() {
            match come.next() {
                Some((other, after)) => {
                    let message = format!("success: {status} → {other}");
                    self.removed("success-status-removed", before, Some(after), message);
                }
                None => {
                    let message = format!("success {status} removed");
                    self.removed("success-status-removed", before, None, message);
                }
            }
        }
        for (_, after) in come {
            self.added("success-status-added", after, "success");
        }
        Ok(())
    }

    fn failures(&mut self, old: &[Taken<'_, 'o>], new: &[Taken<'_, 'n>]) -> Result<(), LoadError> {
        self.described(old, new, false)?;
        for (status, before) in old {
            // What takes its place is told as new.
            let is_replaced =
                |other: &Taken<'_, '_>| is_within(status, other.0) && !has(old, other.0);
            if has(new, status) || new.iter().any(is_replaced) {
                continue;
            }
            let message = format!("failure {status} removed");
            self.removed("error-status-removed", before, None, message);
        }
        for (status, after) in new {
            // What it takes the place of is told as gone.
            let replaces = |other: &Taken<'_, '_>| is_within(status, other.0) && !has(new, other.0);
            if !has(old, status) && !old.iter().any(replaces) {
                self.added("error-status-added", after, "failure");
            }
        }
        Ok(())
    }

    /// Compares what both documents describe: under the same status, or under a wider one that stands for it. A status that a
    /// failure's range stands for on both sides is left to what is said of the status.
    fn described(
        &mut self,
        old: &[Taken<'_, 'o>],
        new: &[Taken<'_, 'n>],
        is_success: bool,
    ) -> Result<(), LoadError> {
        for (status, before) in old {
            let exact = new.iter().find(|(other, _)| other == status);
            let wider = || {
                let mut all = new.iter();
                all.find(|(other, _)| is_within(status, other) && (is_success || !has(old, other)))
            };
            if let Some((_, after)) = exact.or_else(wider) {
                self.answer(before, after, is_success)?;
            }
        }
        for (status, after) in new.iter().filter(|(status, _)| !has(old, status)) {
            let wider = old
                .iter()
                .find(|(other, _)| is_within(status, other) && (is_success || !has(new, other)));
            if let Some((_, before)) = wider {
                self.answer(before, after, is_success)?;
            }
        }
        Ok(())
    }

    fn removed(
        &mut self,
        aspect: &'static str,
        before: &Answer<'o>,
        instead: Option<&Answer<'n>>,
        message: String,
    ) {
        let left = instead.map_or(&self.around.1, |after| &after.entry);
        let change = Change {
            stands: (true, instead.is_some()),
            ..Change::of(aspect, Direction::Response, &before.entry, left)
        };
        let subject = format!("{} {}", self.operation, before.status);
        self.finder.found(&change, self.operation, subject, message);
    }

    fn added(&mut self, aspect: &'static str, after: &Answer<'n>, word: &str) {
        let around = &self.around.0;
        let change = Change::of(aspect, Direction::Response, around, &after.entry).come();
        let subject = format!("{} {}", self.operation, after.status);
        let message = format!("{word} {} added", after.status);
        self.finder.found(&change, self.operation, subject, message);
    }

    /// An answer that both describe.
    fn answer(
        &mut self,
        old: &Answer<'o>,
        new: &Answer<'n>,
        is_success: bool,
    ) -> Result<(), LoadError> {
        self.finder
            .words(&old.at, &new.at, &["description", "links"]);
        let (operation, status) = (self.operation, new.status.as_str());
        let subject = format!("{operation} {status} body");
        let change = |aspect| {
            Change::of(
                aspect,
                Direction::Response,
                &old.at.pointer,
                &new.at.pointer,
            )
        };
        headers(
            self.finder,
            self.schemas,
            self.sources,
            (&old.at, &new.at),
            (operation, status),
        )?;
        match (old.forms.is_empty(), new.forms.is_empty()) {
            (true, true) => return Ok(()),
            (false, false) => {}
            (_, is_gone) => {
                let (aspect, message) = match (is_success, is_gone) {
                    (true, true) => ("response-body-removed", "body removed"),
                    (true, false) => ("response-body-added", "body added"),
                    (false, true) => ("error-body-typed", "body no longer described"),
                    (false, false) => ("error-body-typed", "body described"),
                };
                self.finder
                    .found(&change(aspect), operation, subject, message);
                return Ok(());
            }
        }
        // A client that was told of any media type reads each of them.
        let is_kept = |media: &str| {
            new.forms
                .iter()
                .any(|(other, _)| bodies::takes(media, other))
        };
        let lost: Vec<&str> = old.forms.iter().map(|(media, _)| media.as_str()).collect();
        let lost: Vec<&str> = lost.into_iter().filter(|media| !is_kept(media)).collect();
        if !lost.is_empty() {
            let come = bodies::lacking(&new.forms, &old.forms);
            let message = format!(
                "media type: {} → {}",
                bodies::names(&lost),
                bodies::names(&come)
            );
            let change = change("response-media-type-changed");
            self.finder.found(&change, operation, &subject, message);
        }
        for (before, after) in bodies::pairs(&old.forms, &new.forms) {
            self.finder.words(before, after, &["example", "examples"]);
            let typed = |at: &At<'_>| at.node.has("schema");
            if !is_success && typed(before) != typed(after) {
                let message = if typed(after) {
                    "body described"
                } else {
                    "body no longer described"
                };
                self.finder
                    .found(&change("error-body-typed"), operation, &subject, message);
                continue;
            }
            self.schemas.root(
                &bodies::schema(self.sources.0, before)?,
                &bodies::schema(self.sources.1, after)?,
                Direction::Response,
                Place::Body,
                operation,
                &subject,
            )?;
        }
        Ok(())
    }
}

/// The headers of an answer, by name in lower case.
fn headers<'o, 'n>(
    finder: &mut Finder,
    schemas: &mut Schemas<'o, 'n>,
    sources: (&Source<'o>, &Source<'n>),
    (old, new): (&At<'o>, &At<'n>),
    (operation, status): (&str, &str),
) -> Result<(), LoadError> {
    let gone = check::maps_under(sources.0, old, "headers")?;
    let come = check::maps_under(sources.1, new, "headers")?;
    let is_header = |name: &str| !name.eq_ignore_ascii_case("content-type");
    let subject = |name: &str| format!("{operation} {status} header {name}");
    for (name, before) in gone.iter().filter(|(name, _)| is_header(name)) {
        let after = come
            .iter()
            .find(|(other, _)| other.eq_ignore_ascii_case(name));
        let Some((_, after)) = after else {
            let aspect = match before.node.is_true("required") {
                true => "header-required-removed",
                false => "header-removed",
            };
            let change = Change::of(aspect, Direction::Response, &before.pointer, &new.pointer)
                .gone()
                .part(name);
            finder.found(&change, operation, subject(name), "header removed");
            continue;
        };
        let requires = |at: &At<'_>| at.node.is_true("required");
        if requires(before) && !requires(after) {
            let change = Change::of(
                "header-became-optional",
                Direction::Response,
                &before.pointer,
                &after.pointer,
            );
            finder.found(&change, operation, subject(name), "required → optional");
        }
        finder.words(before, after, &["description", "example", "examples"]);
        let of_old = sources.0.child(before, "schema")?;
        let of_new = sources.1.child(after, "schema")?;
        if of_old.is_none() && of_new.is_none() {
            continue;
        }
        schemas.root(
            &of_old.unwrap_or_else(|| anything(&before.pointer)),
            &of_new.unwrap_or_else(|| anything(&after.pointer)),
            Direction::Response,
            Place::Header,
            operation,
            &subject(name),
        )?;
    }
    for (name, after) in come.iter().filter(|(name, _)| is_header(name)) {
        if gone
            .iter()
            .any(|(other, _)| other.eq_ignore_ascii_case(name))
        {
            continue;
        }
        let change = Change::of(
            "header-added",
            Direction::Response,
            &old.pointer,
            &after.pointer,
        )
        .come()
        .part(name);
        finder.found(&change, operation, subject(name), "header added");
    }
    Ok(())
}
