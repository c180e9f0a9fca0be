//! What becomes of each field of each documented answer: the mapping reads it, `messages` names it, or a list leaves it to the vendor's response and says why.
//!
//! Nothing here is claimed: a field is read when the result changes as the field does. Each documented answer is asked for once as it stands, then again for each
//! of its fields with that field changed, and with it taken out.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use cartwright::{Error, Vendor};
use cartwright_runtime::{BoxFuture, Operation, Transport, TransportError};
use cartwright_tests::page;
use serde::Serialize;
use serde_json::{Value, json};

use crate::canned::Canned;
use crate::spec::{self, Spec};
use crate::{bigcommerce, cpanel, liquidweb, webroot};

/// What one vendor's answers are asked for with.
pub struct Asking {
    pub vendor: &'static str,
    /// The operations that the interface uses.
    pub operations: &'static [&'static str],
    /// Operations that the spec gives a cart verb and the interface does not use, and why.
    pub unused: &'static [(&'static str, &'static str)],
    /// Carries out the verb that uses the operation.
    pub ask: for<'a> fn(&'a str, &'a str, Arc<dyn Transport>) -> BoxFuture<'a, Became>,
    /// The vendor's id of the cart in an answer, where the call names the cart.
    pub cart: fn(&Value) -> Option<&str>,
    pub left: &'static [Left],
}

/// Fields of a component that are left to the vendor's response. A path stands for all below it that is not read; `*` for any part of a name.
pub struct Left {
    pub component: &'static str,
    pub why: &'static str,
    pub paths: &'static [&'static str],
}

/// What an answer became, without the answer itself.
pub type Became = Result<Value, Box<Error>>;

/// The result of a verb as JSON.
pub fn became<T: Serialize>(result: cartwright::Result<T>) -> Became {
    let result = result.map_err(Box::new)?;
    let mut value = serde_json::to_value(result).expect("a result is JSON");
    if let Some(fields) = value.as_object_mut() {
        fields.remove("vendor_response");
    }
    Ok(value)
}

const VENDORS: &[&Asking] = &[
    &bigcommerce::lost::ASKING,
    &cpanel::lost::ASKING,
    &liquidweb::lost::ASKING,
    &webroot::lost::ASKING,
];

/// What becomes of a field.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Fate {
    #[default]
    Unread,
    Named,
    Read,
}

/// Answers alike, and writes down what was asked.
struct Noting(Canned, Arc<Mutex<BTreeSet<&'static str>>>);

impl Transport for Noting {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        self.1.lock().unwrap().insert(operation.id);
        self.0.send(request, operation)
    }
}

/// What was found out about one vendor.
#[derive(Default)]
struct Found {
    asked: Arc<Mutex<BTreeSet<&'static str>>>,
    /// By component: how many answers, the operations, and what became of each field.
    answers: BTreeMap<String, Component>,
    failures: BTreeMap<String, Component>,
}

#[derive(Default)]
struct Component {
    files: BTreeSet<String>,
    operations: BTreeSet<&'static str>,
    fields: BTreeMap<String, Fate>,
    /// The fields that a documented answer has with a value.
    valued: BTreeSet<String>,
}

impl Component {
    /// Takes out lists and objects that one answer shows empty, or null, and another full: what is in them is known.
    fn forget_empty(&mut self) {
        let places: Vec<String> = self.fields.keys().cloned().collect();
        let is_full = |place: &str| {
            let mut others = places.iter().filter_map(|other| other.strip_prefix(place));
            others.any(|rest| rest.starts_with(['[', '.']))
        };
        self.fields
            .retain(|place, fate| *fate != Fate::Unread || !is_full(place));
    }

    fn saw(&mut self, field: String, fate: Fate) {
        let known = self.fields.entry(field).or_default();
        *known = fate.max(*known);
    }
}

impl Found {
    async fn of(asking: &Asking) -> Self {
        let mut found = Self::default();
        let spec = spec::of(asking.vendor);
        for &operation in asking.operations {
            for answer in answers(spec, operation) {
                match answer.is_failure {
                    true => found.failure(asking, operation, answer).await,
                    false => found.answer(asking, operation, answer, false).await,
                }
            }
        }
        found.fields_without_example(asking, spec).await;
        for component in found
            .answers
            .values_mut()
            .chain(found.failures.values_mut())
        {
            component.forget_empty();
        }
        found
    }

    async fn ask(&self, asking: &Asking, operation: &str, answer: &Answer, body: &Value) -> Became {
        let canned = Canned::json(answer.status, body.to_string());
        let transport = Noting(canned, self.asked.clone());
        let cart = (asking.cart)(&answer.payload);
        let cart = cart.unwrap_or_default();
        (asking.ask)(operation, cart, Arc::new(transport)).await
    }

    /// Declared fields that every documented answer leaves out, or has null or empty: the documented answers are filled up with them.
    async fn fields_without_example(&mut self, asking: &Asking, spec: &Spec) {
        for &operation in asking.operations {
            for mut answer in answers(spec, operation) {
                if !answer.is_failure {
                    answer.payload = spec.filled(&answer.component, &answer.payload);
                    self.answer(asking, operation, answer, true).await;
                }
            }
        }
    }

    /// Tries each field of an answer that is not known to be read yet.
    async fn answer(
        &mut self,
        asking: &Asking,
        operation: &'static str,
        answer: Answer,
        is_filled: bool,
    ) {
        let base = self.ask(asking, operation, &answer, &answer.payload).await;
        let known = self.answers.get(&answer.component);
        let is_known = |place: &String| {
            known.is_some_and(|known| {
                let is_read = known.fields.get(place) == Some(&Fate::Read);
                is_read || (is_filled && known.valued.contains(place))
            })
        };
        let mut fates = Vec::new();
        for (path, place) in fields(&answer.payload) {
            if is_known(&place) {
                continue;
            }
            let mut fate = Fate::Unread;
            let value = answer
                .payload
                .pointer(&pointer(&path))
                .expect("the path leads there");
            for (changed, is_removal) in changes(&answer.payload, &path) {
                let became = self.ask(asking, operation, &answer, &changed).await;
                fate = fate.max(difference(&base, &became, is_removal));
            }
            fates.push((place, fate, other(value).is_some()));
        }
        let component = self.answers.entry(answer.component).or_default();
        component.files.insert(answer.file);
        component.operations.insert(operation);
        for (place, fate, has_value) in fates {
            if has_value {
                component.valued.insert(place.clone());
            }
            component.saw(place, fate);
        }
    }

    /// An error keeps the body, so that nothing of it can be lost: what is told here is what it reads.
    async fn failure(&mut self, asking: &Asking, operation: &'static str, answer: Answer) {
        let told = |became: Became| {
            let error = became.expect_err("a failure");
            let body: Value =
                serde_json::from_slice(error.body().expect("an error keeps the body"))
                    .expect("the body is the answer");
            let told = json!([
                format!("{:?}", error.kind()),
                error.message(),
                error.code(),
                error.vendor_message(),
                error.field(),
                error.request_id()
            ]);
            (told, body)
        };
        let (base, body) = told(self.ask(asking, operation, &answer, &answer.payload).await);
        assert_eq!(
            body, answer.payload,
            "{}: an error keeps the whole answer",
            answer.file
        );
        let mut fates = Vec::new();
        for (path, place) in fields(&answer.payload) {
            let mut fate = Fate::Unread;
            for (changed, _) in changes(&answer.payload, &path) {
                // What tells a failure from a success may be what was changed.
                let is_read = match self.ask(asking, operation, &answer, &changed).await {
                    Ok(_) => true,
                    failed => told(failed).0 != base,
                };
                fate = fate.max(if is_read { Fate::Read } else { Fate::Unread });
            }
            fates.push((place, fate));
        }
        let component = self.failures.entry(answer.component).or_default();
        component.files.insert(answer.file);
        component.operations.insert(operation);
        for (place, fate) in fates {
            component.saw(place, fate);
        }
    }
}

fn difference(base: &Became, became: &Became, is_removal: bool) -> Fate {
    match (base, became) {
        (Ok(base), Ok(became)) if base == became => Fate::Unread,
        (Ok(base), Ok(became)) => {
            let others = |value: &Value| {
                let mut value = value.clone();
                value
                    .as_object_mut()
                    .map(|fields| fields.remove("messages"));
                value
            };
            match others(base) == others(became) {
                true => Fate::Named,
                false => Fate::Read,
            }
        }
        // Without it there is no result.
        (Ok(_), Err(_)) if is_removal => Fate::Read,
        (Ok(_), Err(error)) if error.to_string().contains("cart") => Fate::Read,
        _ => Fate::Unread,
    }
}

/// A documented answer of an operation.
struct Answer {
    file: String,
    component: String,
    status: u16,
    is_failure: bool,
    payload: Value,
}

fn answers(spec: &Spec, id: &str) -> Vec<Answer> {
    let operation = spec
        .operation(id)
        .unwrap_or_else(|| panic!("no operation {id}"));
    let rule = operation.get("x-failure");
    let responses = operation["responses"].as_object().expect("responses");
    let mut answers = Vec::new();
    for (status, response) in responses {
        let status = status.replace("XX", "00").parse().expect("a status");
        for (component, file, payload) in spec.documented(response) {
            let failed = rule.filter(|rule| status == 200 && spec::is_failure(rule, &payload));
            // Failures that come under 200 are documented beside the other statuses, where a schema is shared.
            let says_so = rule.is_some_and(|rule| spec::is_failure(rule, &payload));
            answers.push(Answer {
                component: match failed {
                    Some(rule) => spec::component(&rule["schema"]).to_owned(),
                    None => component,
                },
                file,
                status: if says_so { 200 } else { status },
                is_failure: says_so || status >= 300,
                payload,
            });
        }
    }
    answers
}

/// Each value of a payload that holds no other: its path, and its place in words, in which all entries of a list are one.
fn fields(payload: &Value) -> Vec<(Vec<String>, String)> {
    fn walk(
        value: &Value,
        path: &mut Vec<String>,
        place: &str,
        found: &mut Vec<(Vec<String>, String)>,
    ) {
        let mut enter = |key: String, value: &Value, place: &str| {
            path.push(key);
            walk(value, path, place, found);
            path.pop();
        };
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                for (name, value) in fields {
                    let place = match place {
                        "" => name.clone(),
                        place => format!("{place}.{name}"),
                    };
                    enter(name.clone(), value, &place);
                }
            }
            Value::Array(values) if !values.is_empty() => {
                for (index, value) in values.iter().enumerate() {
                    enter(index.to_string(), value, &format!("{place}[]"));
                }
            }
            _ => found.push((path.clone(), place.to_owned())),
        }
    }
    let mut found = Vec::new();
    walk(payload, &mut Vec::new(), "", &mut found);
    found
}

fn pointer(path: &[String]) -> String {
    path.iter().map(|key| format!("/{key}")).collect()
}

/// The payload with another value of the same form there, where there is one, and without the value; whether it was taken out.
fn changes(payload: &Value, path: &[String]) -> Vec<(Value, bool)> {
    let mut changes = Vec::new();
    let value = payload
        .pointer(&pointer(path))
        .expect("the path leads there");
    if let Some(other) = other(value) {
        let mut changed = payload.clone();
        *changed
            .pointer_mut(&pointer(path))
            .expect("the path leads there") = other;
        changes.push((changed, false));
    }
    let mut without = payload.clone();
    let (key, above) = path.split_last().expect("no answer is a single value");
    match without
        .pointer_mut(&pointer(above))
        .expect("the path leads there")
    {
        Value::Object(fields) => drop(fields.remove(key)),
        Value::Array(values) => drop(values.remove(key.parse().expect("an index"))),
        _ => unreachable!("a value holds no other"),
    }
    changes.push((without, true));
    changes
}

/// Another value of the same form.
fn other(value: &Value) -> Option<Value> {
    Some(match value {
        Value::Bool(flag) => json!(!flag),
        // Flags may be numbers, and texts of numbers.
        Value::Number(number) => match number.as_i64() {
            Some(0) => json!(1),
            Some(1) => json!(0),
            Some(number) => json!(number + 1),
            None => json!(77.5),
        },
        Value::String(text) => json!(match text.as_str() {
            "0" => "1".to_owned(),
            "1" => "0".to_owned(),
            "true" => "false".to_owned(),
            "false" => "true".to_owned(),
            text if text.parse::<f64>().is_ok() => "77".to_owned(),
            text if text.starts_with(['$', '-']) => "-$77.00".to_owned(),
            text => format!("{text}x"),
        }),
        _ => return None,
    })
}

/// Whether the path of a list leads to the field or above it.
fn covers(pattern: &str, field: &str) -> bool {
    let parts = |text: &str| -> Vec<String> {
        text.split('.')
            .map(|part| part.trim_end_matches("[]").to_owned())
            .collect()
    };
    let (pattern, field) = (parts(pattern), parts(field));
    pattern.len() <= field.len()
        && pattern
            .iter()
            .zip(&field)
            .all(|(pattern, part)| match pattern.split_once('*') {
                Some((start, end)) => {
                    part.len() >= start.len() + end.len()
                        && part.starts_with(start)
                        && part.ends_with(end)
                }
                None => pattern == part,
            })
}

impl Asking {
    /// Why a field is left out.
    fn why(&self, component: &str, field: &str) -> Option<&'static Left> {
        let left: &'static [Left] = self.left;
        left.iter().find(|left| {
            left.component == component && left.paths.iter().any(|path| covers(path, field))
        })
    }
}

#[tokio::test]
async fn each_field_of_each_documented_answer_is_read_or_named_or_left_for_a_reason() {
    for asking in VENDORS {
        let found = Found::of(asking).await;
        let vendor = asking.vendor;
        check_operations(asking, &found);
        let (mut silent, mut used) = (Vec::new(), BTreeSet::new());
        for (component, answers) in &found.answers {
            for (field, _) in answers
                .fields
                .iter()
                .filter(|(_, fate)| **fate == Fate::Unread)
            {
                match asking.why(component, field) {
                    Some(left) => {
                        let paths = left.paths.iter().filter(|path| covers(path, field));
                        used.extend(paths.map(|path| (left.component, *path)));
                    }
                    None => silent.push(format!("{component}: {field}")),
                }
            }
        }
        assert!(
            silent.is_empty(),
            "{vendor}: nothing comes of these fields, and nothing says why. Read them in the mapping, name them in `messages`, or leave them to the vendor's \
             response in `tests/tests/vendors/{vendor}/lost.rs`:\n{}",
            silent.join("\n")
        );
        let listed = asking
            .left
            .iter()
            .flat_map(|left| left.paths.iter().map(|path| (left.component, *path)));
        let stale: Vec<_> = listed.filter(|listed| !used.contains(listed)).collect();
        assert!(
            stale.is_empty(),
            "{vendor}: no unread field is here; take these off the list: {stale:?}"
        );
        page::check(
            &format!("docs/answers/{vendor}.md"),
            &page_of(asking, &found),
        );
    }
}

/// Holds the operations that were asked against those that are listed, and these against the spec's cart verbs.
fn check_operations(asking: &Asking, found: &Found) {
    let asked = found.asked.lock().unwrap().clone();
    let listed: BTreeSet<&str> = asking.operations.iter().copied().collect();
    assert_eq!(asked, listed, "{}", asking.vendor);
    let operations = spec::of(asking.vendor).operations();
    let with_a_verb =
        operations.filter(|(_, operation)| operation.get("x-cart-operation").is_some());
    let unused: BTreeSet<&str> = with_a_verb
        .filter_map(|(_, operation)| operation["operationId"].as_str())
        .filter(|id| !listed.contains(id))
        .collect();
    let said: BTreeSet<&str> = asking
        .unused
        .iter()
        .map(|(operation, _)| *operation)
        .collect();
    assert_eq!(unused, said, "{}", asking.vendor);
}

#[test]
fn every_vendor_is_asked() {
    let vendors: Vec<&str> = VENDORS.iter().map(|asking| asking.vendor).collect();
    let all: Vec<&str> = Vendor::ALL.iter().map(|vendor| vendor.as_str()).collect();
    assert_eq!(vendors, all);
}

fn page_of(asking: &Asking, found: &Found) -> String {
    let vendor = asking.vendor;
    let mut page = format!(
        "# What becomes of {vendor}'s answers\n\n\
         Every field of every documented answer, for the operations that the interface uses. A test writes this page from what runs: it changes each field and takes it out, and looks \
         whether the result changes. `UPDATE_PAGES=1 cargo test -p cartwright-tests --test vendors nothing_lost` writes it anew.\n\n\
         - *Read*: a field of the result changes with it.\n\
         - *Named*: a message of the result changes with it.\n\
         - *Left*: it stands in `vendor_response` alone, for the reason given.\n\n\
         A field that the vendor does not document is named in `messages` as `unknown-field`.\n"
    );
    let list = |fields: &[&String]| {
        let fields: Vec<String> = fields.iter().map(|field| format!("`{field}`")).collect();
        fields.join(", ")
    };
    for (component, answers) in &found.answers {
        let operations: Vec<&str> = answers.operations.iter().copied().collect();
        let _ = write!(
            page,
            "\n## {component}\n\nOf {}. Documented answers: {}; fields: {}.\n\n",
            operations.join(", "),
            answers.files.len(),
            answers.fields.len()
        );
        for (fate, word) in [(Fate::Read, "Read"), (Fate::Named, "Named")] {
            let fields = answers.fields.iter().filter(|(_, found)| **found == fate);
            let fields: Vec<&String> = fields.map(|(field, _)| field).collect();
            if !fields.is_empty() {
                let _ = writeln!(page, "- *{word}*: {}", list(&fields));
            }
        }
        for left in asking
            .left
            .iter()
            .filter(|left| left.component == component)
        {
            let unread = answers
                .fields
                .iter()
                .filter(|(_, fate)| **fate == Fate::Unread);
            let fields: Vec<&String> = unread
                .map(|(field, _)| field)
                .filter(|field| {
                    asking
                        .why(component, field)
                        .is_some_and(|found| std::ptr::eq(found, left))
                })
                .collect();
            let _ = writeln!(page, "- *Left*, {}: {}", left.why, list(&fields));
        }
    }
    if !asking.unused.is_empty() {
        page.push_str("\n## Operations that the interface does not use\n\n");
        for (operation, why) in asking.unused {
            let _ = writeln!(page, "- {operation}: {why}");
        }
    }
    page.push_str("\n## Failures\n\n`Error::body` keeps every failure whole. What else of the error changes with a field:\n\n");
    for (component, answers) in &found.failures {
        let fields = answers
            .fields
            .iter()
            .filter(|(_, fate)| **fate == Fate::Read);
        let fields: Vec<&String> = fields.map(|(field, _)| field).collect();
        let _ = writeln!(
            page,
            "- {component} ({} documented): {}",
            answers.files.len(),
            list(&fields)
        );
    }
    page
}

#[test]
fn a_path_of_the_list_covers_what_is_below_it() {
    for (pattern, field, is_covered) in [
        ("data.taxable", "data.taxable", true),
        ("data", "data.items[].id", true),
        ("items[].options", "items[].options[].key", true),
        ("items.*Fmt", "items[].PriceFmt", true),
        ("items.*", "items[].Price.x", true),
        ("data.tax", "data.taxable", false),
        ("data.items.id", "data.items", false),
        ("items.*Fmt", "items[].Price", false),
    ] {
        assert_eq!(covers(pattern, field), is_covered, "{pattern} {field}");
    }
}
