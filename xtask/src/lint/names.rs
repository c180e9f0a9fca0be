//! Names that become one in Rust, or are taken there.

use std::collections::BTreeSet;

use super::context::{Context, Problem, collisions};
use super::grammar::Kind;
use super::rust_names::{pascal, snake, uncommon_letter};
use super::shapes::merged_parts;
use super::{Rule, Severity};
use crate::load::{Node, pointer_token};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "component-name",
        severity: Severity::Error,
        summary: "A schema component's name is PascalCase in ASCII letters and digits.",
        why: "it is the Rust type's name, and the one that messages and reviews use",
        mend: "rename it",
        check: component_name,
    },
    Rule {
        id: "component-collision",
        severity: Severity::Error,
        summary: "No two schema components become the same Rust type.",
        why: "one would replace the other",
        mend: "rename one of the two",
        check: component_collision,
    },
    Rule {
        id: "component-reserved",
        severity: Severity::Error,
        summary: "No schema component takes a name of Rust's prelude or of the generated code.",
        why: "the generated code would mean the wrong type, or not compile",
        mend: "rename it after what it holds, such as `CartError`",
        check: component_reserved,
    },
    Rule {
        id: "property-collision",
        severity: Severity::Error,
        summary: "No two properties of an object become the same Rust field.",
        why: "the struct wouldn't compile, or one would be lost",
        mend: "keep the one that the vendor sends; if it sends both, this object can't be generated",
        check: property_collision,
    },
    Rule {
        id: "property-name",
        severity: Severity::Error,
        summary: "A property's name has a letter or digit, and doesn't become `extra` or `extra_field` unless it is `extra`.",
        why: "nothing of it would be left in the Rust field's name; `extra` holds the fields that the spec doesn't list, and `extra_field` the vendor's own `extra`",
        mend: "correct it, or leave it out: what the spec doesn't list is kept in `extra`",
        check: property_name,
    },
    Rule {
        id: "enum-collision",
        severity: Severity::Error,
        summary: "No two values of an enum become the same Rust variant, nor `Unknown`.",
        why: "`a.b` and `a_b` are both `AB`, and `Unknown` holds the values that aren't listed",
        mend: "make it plain text, with the values in the description",
        check: enum_collision,
    },
    Rule {
        id: "name-letters",
        severity: Severity::Error,
        summary: "Letters beyond ASCII in a property, parameter or enum value are plain Latin ones, such as `ö`.",
        why: "the compiler warns of Rust names with others, because some look like ASCII",
        mend: "leave the property out: what the spec doesn't list is kept in `extra`; make the enum plain text",
        check: name_letters,
    },
];

fn component_name(context: &Context<'_>, out: &mut Vec<Problem>) {
    for (name, pointer, _) in context.components() {
        let begins = name.starts_with(|first: char| first.is_ascii_uppercase());
        if !begins || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
            out.push(Problem::new(&pointer, format!("`{name}` isn't PascalCase")));
        }
    }
}

fn component_collision(context: &Context<'_>, out: &mut Vec<Problem>) {
    let names = context.components().map(|(name, _, _)| name);
    for (name, first) in collisions(names, pascal) {
        out.push(Problem::new(
            &format!("/components/schemas/{}", pointer_token(name)),
            format!("`{name}` and `{first}` both become `{}`", pascal(name)),
        ));
    }
}

fn component_reserved(context: &Context<'_>, out: &mut Vec<Problem>) {
    const RUST: &[&str] = &[
        "Self",
        "Option",
        "Some",
        "None",
        "Vec",
        "String",
        "Result",
        "Ok",
        "Err",
        "Box",
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Display",
        "Drop",
        "Eq",
        "Fn",
        "From",
        "Into",
        "Iterator",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Send",
        "Sized",
        "Sync",
        "ToString",
        "TryFrom",
        "TryInto",
        "Deserialize",
        "Serialize",
    ];
    const GENERATED: &[&str] = &[
        "Client",
        "ClientInfo",
        "ClientHooks",
        "Error",
        "ResponseValue",
        "ByteStream",
        "OperationInfo",
        "RequestBuilderExt",
        "Secret",
        "Timestamp",
    ];
    let operations = context
        .operations
        .iter()
        .filter_map(|operation| operation.id());
    let of_operations: BTreeSet<String> = operations
        .flat_map(|id| {
            let id = pascal(id);
            [format!("{id}Error"), format!("{id}Body")]
        })
        .collect();
    for (name, pointer, _) in context.components() {
        let rust = pascal(name);
        let owner = if RUST.contains(&rust.as_str()) {
            "Rust's own"
        } else if GENERATED.contains(&rust.as_str()) {
            "the generated client's"
        } else if of_operations.contains(&rust) {
            "generated for an operation"
        } else {
            continue;
        };
        out.push(Problem::new(
            &pointer,
            format!("the type `{rust}` is {owner}"),
        ));
    }
}

fn property_collision(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let merges = merged_parts(visit.node).is_some();
        if !merges && !visit.node.has("properties") {
            continue;
        }
        // A merge may repeat a name, alike.
        let names: BTreeSet<&str> = context
            .properties(visit.node)
            .iter()
            .map(|(name, _)| *name)
            .collect();
        for (name, first) in collisions(names.into_iter(), snake) {
            let pointer = format!("{}/properties/{}", visit.pointer, pointer_token(name));
            let message = format!("`{name}` and `{first}` both become `{}`", snake(name));
            out.push(Problem::new(&pointer, message));
        }
    }
}

fn property_name(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let properties = visit.node.get("properties").into_iter();
        for (key, _) in properties.flat_map(Node::iter_map) {
            if !key.text.chars().any(char::is_alphanumeric) {
                out.push(Problem::new(
                    &format!("{}/properties/{}", visit.pointer, pointer_token(&key.text)),
                    format!("`{}` leaves no name for a field", key.text),
                ));
            } else if key.text != "extra"
                && matches!(snake(&key.text).as_str(), "extra" | "extra_field")
            {
                out.push(Problem::new(
                    &format!("{}/properties/{}", visit.pointer, pointer_token(&key.text)),
                    format!(
                        "`{}` becomes `{}`, which is taken",
                        key.text,
                        snake(&key.text)
                    ),
                ));
            }
        }
    }
}

fn name_letters(context: &Context<'_>, out: &mut Vec<Problem>) {
    let mut judge = |pointer: String, name: &str| {
        if let Some(letter) = uncommon_letter(name) {
            let message = format!("`{name}` has the letter `{letter}`");
            out.push(Problem::new(&pointer, message));
        }
    };
    for visit in context.schemas() {
        for (key, _) in visit
            .node
            .get("properties")
            .into_iter()
            .flat_map(Node::iter_map)
        {
            let name = &key.text;
            let pointer = format!("{}/properties/{}", visit.pointer, pointer_token(name));
            judge(pointer, name);
        }
        let values = visit.node.get("enum").into_iter().flat_map(Node::iter_seq);
        for (index, value) in values.enumerate() {
            let pointer = format!("{}/enum/{index}", visit.pointer);
            judge(pointer, value.as_str().unwrap_or_default());
        }
    }
    for visit in context.of_kind(Kind::Parameter) {
        let name = visit.node.text("name").unwrap_or_default();
        judge(format!("{}/name", visit.pointer), name);
    }
}

fn enum_collision(context: &Context<'_>, out: &mut Vec<Problem>) {
    for visit in context.schemas() {
        let values = visit.node.get("enum").into_iter().flat_map(Node::iter_seq);
        let values: Vec<&str> = values.filter_map(Node::as_str).collect();
        let pointer = format!("{}/enum", visit.pointer);
        for value in values.iter().filter(|value| pascal(value) == "Unknown") {
            let message = format!("`{value}` becomes the variant `Unknown`, which is taken");
            out.push(Problem::new(&pointer, message));
        }
        for (value, first) in collisions(values.into_iter(), pascal) {
            // A value that stands twice has a rule of its own.
            if value != first {
                let variant = pascal(value);
                let message =
                    format!("`{value}` and `{first}` both become the variant `{variant}`");
                out.push(Problem::new(&pointer, message));
            }
        }
    }
}
