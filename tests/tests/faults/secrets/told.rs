//! All that is told while something runs: results, logs, panics, files.

use std::cell::{Cell, RefCell};
use std::error::Error as _;
use std::fmt::{Debug, Write as _};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Once;

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

use super::marks::forms;

thread_local! {
    static LINES: RefCell<Vec<String>> = RefCell::default();
    static IS_QUIET: Cell<bool> = const { Cell::new(false) };
}

/// The texts, and where each comes from.
pub struct Told {
    texts: Vec<(String, String)>,
    _listening: DefaultGuard,
}

impl Told {
    /// Listens to everything that this thread logs, at every level.
    pub fn listen() -> Self {
        // It is set once for the process; each thread has its own lines.
        let _ = log::set_logger(&Ear);
        log::set_max_level(log::LevelFilter::Trace);
        LINES.with_borrow_mut(Vec::clear);
        Self {
            texts: Vec::new(),
            _listening: tracing::subscriber::set_default(Ear),
        }
    }

    pub fn text(&mut self, place: impl Into<String>, text: impl Into<String>) {
        self.texts.push((place.into(), text.into()));
    }

    /// What `Debug` shows of a value, both ways.
    pub fn debug(&mut self, place: &str, value: &dyn Debug) {
        self.text(place, format!("{value:?} {value:#?}"));
    }

    /// What a verb answered, and what a caller's program prints of it when it goes on without looking.
    pub fn result<T: Debug>(&mut self, place: &str, result: cartwright::Result<T>) {
        self.debug(place, &result);
        if let Err(error) = &result {
            let mut shown = error.to_string();
            let mut source = error.source();
            while let Some(error) = source {
                let _ = write!(shown, ": {error} {error:?}");
                source = error.source();
            }
            self.text(format!("{place}, its error"), shown);
        }
        let words = panic_over(result);
        self.text(format!("{place}, a panic over it"), words);
    }

    /// Every file of a folder.
    pub fn folder(&mut self, folder: &Path) -> usize {
        let files: Vec<_> = std::fs::read_dir(folder).unwrap().collect();
        for file in &files {
            let path = file.as_ref().unwrap().path();
            let text = std::fs::read(&path).unwrap();
            self.text(
                path.display().to_string(),
                format!("{} {}", path.display(), String::from_utf8_lossy(&text)),
            );
        }
        files.len()
    }

    /// The lines logged so far.
    pub fn log(&self) -> Vec<String> {
        LINES.with_borrow(Vec::clone)
    }

    /// Where any of the secrets shows, and in which form.
    pub fn leaks(&self, secrets: &[String]) -> Vec<String> {
        let log = self
            .log()
            .into_iter()
            .map(|line| ("the log".to_owned(), line));
        let texts: Vec<(String, String)> = self.texts.iter().cloned().chain(log).collect();
        leaks(&texts, secrets)
    }

    pub fn len(&self) -> usize {
        self.texts.len() + self.log().len()
    }
}

/// Where any of the secrets shows in the texts, and in which form.
pub fn leaks(texts: &[(String, String)], secrets: &[String]) -> Vec<String> {
    let forms: Vec<String> = secrets.iter().flat_map(|secret| forms(secret)).collect();
    let mut found = Vec::new();
    for (place, text) in texts {
        let plain = text.replace('\\', "");
        let form = forms.iter().find(|form| plain.contains(form.as_str()));
        found.extend(form.map(|form| format!("{place}: `{form}` in {text}")));
    }
    found
}

/// What a program says that takes it for granted that the other thing had come.
pub fn panic_over<T: Debug, E: Debug>(result: Result<T, E>) -> String {
    let succeeded = result.is_ok();
    let panics = move || {
        if succeeded {
            drop(result.unwrap_err());
        } else {
            drop(result.unwrap());
        }
    };
    hush();
    IS_QUIET.set(true);
    let payload = catch_unwind(AssertUnwindSafe(panics));
    IS_QUIET.set(false);
    let payload = payload.expect_err("it panics");
    let words = payload.downcast_ref::<String>().cloned();
    words.expect("a message with a value in it")
}

/// A thousand panics that are meant, with their backtraces, would keep the processor from the tests that are timed.
fn hush() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !IS_QUIET.get() {
                usual(panic);
            }
        }));
    });
}

/// Hears what this thread logs, and writes all of its fields down.
struct Ear;

/// The line that is being written.
#[derive(Default)]
struct Line(String);

impl Line {
    fn of(metadata: &Metadata<'_>) -> Self {
        Self(format!("{} {}:", metadata.target(), metadata.name()))
    }

    fn end(self) {
        LINES.with_borrow_mut(|lines| lines.push(self.0));
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Subscriber for Ear {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut line = Line::of(span.metadata());
        span.record(&mut line);
        line.end();
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut line = Line::default();
        values.record(&mut line);
        line.end();
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::of(event.metadata());
        event.record(&mut line);
        line.end();
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

impl log::Log for Ear {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        Line(format!("{} log: {}", record.target(), record.args())).end();
    }

    fn flush(&self) {}
}
