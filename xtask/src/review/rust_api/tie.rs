//! Ties each changed item to the finding that caused it.
//!
//! A finding lays claim to the items that its nodes are known by: a property to its field, a parameter to its setter, an operation to
//! its method, builder and error enum. Claims have strengths, since a change also shows where it was not made: a renamed type in every
//! field of that type. The strongest claim gets the item; equal ones share it.

use std::collections::BTreeSet;

use heck::ToPascalCase;

use super::names::{Member, Operation, Spec, field, unescaped};
use crate::load::Document;
use crate::review::{Finding, ItemChange, Rust};

/// The names that the two specs' nodes have in the generated clients.
#[derive(Clone, Debug)]
pub struct Names {
    old: Spec,
    new: Spec,
}

impl Names {
    /// Reads both documents.
    pub fn new(old: &Document, new: &Document) -> Self {
        Self {
            old: Spec::new(old),
            new: Spec::new(new),
        }
    }
}

/// Gives each finding the items that it changed, and what they do to callers as its verdict; answers the items that no finding explains.
pub fn tie(findings: &mut [Finding], changes: Vec<ItemChange>, names: &Names) -> Vec<ItemChange> {
    let claims: Vec<Claims> = findings
        .iter()
        .map(|finding| Claims::of(finding, names))
        .collect();
    let mut unexplained = Vec::new();
    for change in changes {
        let strengths: Vec<u8> = claims
            .iter()
            .map(|claims| claims.strength(&change))
            .collect();
        match strengths.iter().max() {
            Some(best) if *best > 0 => {
                let tied = findings.iter_mut().zip(&strengths);
                for (finding, _) in tied.filter(|(_, own)| *own == best) {
                    finding.items.push(change.clone());
                }
            }
            _ => unexplained.push(change),
        }
    }
    for finding in findings {
        let worst = finding.items.iter().map(|item| item.rust).max();
        finding.verdict.rust = worst.unwrap_or(Rust::None);
    }
    unexplained
}

/// The very item that the changed node is.
const ITSELF: u8 = 50;
/// A part of the type or operation that the changed node is.
const WITHIN: u8 = 40;
/// An item whose line names the type now and did not before, or the other way round.
const GIVEN_AWAY: u8 = 30;
/// The type around a changed property: what it derives.
const AROUND: u8 = 25;
/// An item whose line names the type before and after.
const NAMED: u8 = 20;
/// Something about the operation, or about a type whose description changed in a way that should not show.
const ABOUT: u8 = 15;
/// What the changed node leads to: a type that is sent no longer has no builder.
const REACHED: u8 = 5;

#[derive(Default)]
struct Claims {
    /// Items by path.
    items: Vec<(String, u8)>,
    /// Items by path, with all that is below.
    under: Vec<(String, u8)>,
    /// Types that an item's line may name.
    named: BTreeSet<String>,
}

impl Claims {
    fn of(finding: &Finding, names: &Names) -> Self {
        let mut claims = Self::default();
        let said = finding.operations();
        for (spec, side) in [(&names.old, &finding.old), (&names.new, &finding.new)] {
            let mut operations: Vec<Operation> = said
                .iter()
                .filter_map(|said| spec.operation(said))
                .collect();
            if let Some(side) = side {
                let pointer = side.pointer.as_str();
                let around = spec.operation_around(pointer);
                // What stands inside one operation is about that one, whoever else was reached.
                operations = around.map_or(operations, |own| vec![own]);
                claims.schema(finding, spec, pointer);
                claims.reached(spec, pointer);
                for operation in &operations {
                    claims.operation(finding, spec, operation, pointer);
                }
            }
        }
        match finding.rule.aspect {
            "server-changed" => claims.item("Client::server_url", ITSELF),
            aspect if aspect.starts_with("security-scheme") => claims.item("Client::new", WITHIN),
            _ => {}
        }
        claims
    }

    fn item(&mut self, path: impl Into<String>, strength: u8) {
        self.items.push((path.into(), strength));
    }

    fn under(&mut self, path: impl Into<String>, strength: u8) {
        self.under.push((path.into(), strength));
    }

    /// A schema among the components.
    fn schema(&mut self, finding: &Finding, spec: &Spec, pointer: &str) {
        let aspect = finding.rule.aspect;
        for Member { owner, name } in spec.members(pointer) {
            // Some changes of a property are found at its object: then the subject names it.
            let told = finding
                .subject
                .rsplit_once('.')
                .map(|(_, name)| field(name));
            let name = name.or_else(|| told.filter(|_| aspect.starts_with("property-")));
            match name {
                Some(name) => {
                    self.item(format!("types::{owner}::{name}"), ITSELF);
                    self.item(format!("types::builder::{owner}::{name}"), ITSELF);
                    self.item(format!("types::{owner}"), AROUND);
                    self.item(format!("types::builder::{owner}"), AROUND);
                    // With its last property an object becomes a map.
                    for part in ["extra", "0", "builder"] {
                        self.item(format!("types::{owner}::{part}"), AROUND);
                        self.item(format!("types::builder::{owner}::{part}"), AROUND);
                    }
                    // An object or enum that stands in the property itself.
                    let inner = format!("{owner}{}", name.to_pascal_case());
                    self.under(format!("types::{inner}"), WITHIN);
                    self.under(format!("types::builder::{inner}"), WITHIN);
                }
                None => {
                    let strength = if changes_type(aspect) { WITHIN } else { ABOUT };
                    for value in quoted(&finding.message).filter(|_| aspect.contains("enum")) {
                        self.item(
                            format!("types::{owner}::{}", value.to_pascal_case()),
                            ITSELF,
                        );
                    }
                    self.under(format!("types::{owner}"), strength);
                    self.under(format!("types::builder::{owner}"), strength);
                    if changes_type(aspect) {
                        self.named.insert(owner);
                    }
                }
            }
        }
    }

    fn reached(&mut self, spec: &Spec, pointer: &str) {
        for name in spec.reached(pointer) {
            self.under(format!("types::{name}"), REACHED);
            self.under(format!("types::builder::{name}"), REACHED);
        }
    }

    /// An operation, or a node that belongs to one.
    fn operation(&mut self, finding: &Finding, spec: &Spec, operation: &Operation, pointer: &str) {
        let Operation {
            builder,
            method,
            constant,
            pointer: own,
        } = operation;
        let is_itself = finding.rule.aspect.starts_with("operation-");
        let strength = if is_itself { WITHIN } else { ABOUT };
        self.item(format!("Client::{method}"), strength);
        self.item(format!("operations::{constant}"), strength);
        self.under(format!("builder::{builder}"), strength);
        self.under(format!("types::{builder}Error"), strength);
        if is_itself {
            self.reached(spec, own);
        }
        let setter = |name: &str| format!("builder::{builder}::{name}");
        if let Some(name) = spec.parameter_around(pointer) {
            self.item(setter(&name), ITSELF);
            self.under(format!("types::{builder}{}", name.to_pascal_case()), WITHIN);
        }
        let is_component = pointer.starts_with("/components/");
        let inside = match pointer.strip_prefix(own.as_str()) {
            Some(inside) => inside.to_owned(),
            None if is_component => pointer.trim_start_matches("/components").to_owned(),
            None => return,
        };
        let mut tokens = inside.split('/').skip(1).map(unescaped);
        match (tokens.next().as_deref(), tokens.next()) {
            (Some("requestBody" | "requestBodies"), _) => {
                self.item(setter("body"), ITSELF);
                self.item(setter("body_map"), ITSELF);
                self.under(format!("types::{builder}Body"), WITHIN);
            }
            (Some("responses"), status) => {
                for name in ["send", "pages", "items"] {
                    self.item(setter(name), WITHIN);
                }
                self.under(format!("types::{builder}Response"), WITHIN);
                self.under(format!("types::{builder}Error"), GIVEN_AWAY);
                if let Some(status) = status.filter(|_| !is_component) {
                    let variant = match status.as_str() {
                        "default" => "Default".to_owned(),
                        status => format!("Status{}", status.to_ascii_lowercase()),
                    };
                    self.item(format!("types::{builder}Error::{variant}"), ITSELF);
                }
            }
            (Some("x-paging"), _) => {
                self.item(setter("pages"), ITSELF);
                self.item(setter("items"), ITSELF);
            }
            (Some("x-failure"), _) => {
                self.item(format!("types::{builder}Error::Failure"), ITSELF);
                self.item(setter("send"), WITHIN);
            }
            _ => {}
        }
    }

    /// How strongly the finding lays claim to an item; 0 when it doesn't.
    fn strength(&self, change: &ItemChange) -> u8 {
        let path = change.path.as_str();
        let item = |(claimed, strength): &(String, u8)| (claimed == path).then_some(*strength);
        let under = |(claimed, strength): &(String, u8)| {
            let rest = path.strip_prefix(claimed.as_str())?;
            (rest.is_empty() || rest.starts_with("::")).then_some(*strength)
        };
        let named = |name: &String| {
            let signature = |line: &String| line.replacen(path, "", 1);
            let count = |line: &Option<String>| {
                let signature = line.as_ref().map(signature);
                signature.map_or(0, |text| words(&text, name))
            };
            match (count(&change.old), count(&change.new)) {
                (0, 0) => None,
                (old, new) if old == new => Some(NAMED),
                _ => Some(GIVEN_AWAY),
            }
        };
        let items = self.items.iter().filter_map(item);
        let under = self.under.iter().filter_map(under);
        let named = self.named.iter().filter_map(named);
        items.chain(under).chain(named).max().unwrap_or(0)
    }
}

/// Whether a change at a named schema makes another type of it.
fn changes_type(aspect: &str) -> bool {
    const KINDS: &[&str] = &[
        "schema-",
        "type-",
        "nullable-",
        "enum-",
        "branch-",
        "unused-",
        "variant-keys",
        "parameter-type",
        "parameter-enum",
    ];
    KINDS.iter().any(|kind| aspect.starts_with(kind))
}

/// How often a line names a type.
fn words(line: &str, name: &str) -> usize {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.split(|character| !is_part(character))
        .filter(|word| *word == name)
        .count()
}

/// The texts in a message's backticks.
fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split('`').skip(1).step_by(2)
}
