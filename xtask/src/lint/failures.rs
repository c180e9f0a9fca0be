//! Failures under a success status: which of the payloads there are one, by the operation's `x-failure`.

use std::collections::BTreeMap;

use serde_json::Value;

use super::context::Context;
use crate::load::Node;

/// The failure rules that apply to each media type of a success response, by the media type's pointer.
pub(super) struct Failures<'d>(BTreeMap<String, Vec<&'d Node>>);

impl<'d> Failures<'d> {
    pub(super) fn of(context: &Context<'d>) -> Self {
        let mut by_media: BTreeMap<String, Vec<&'d Node>> = BTreeMap::new();
        for operation in &context.operations {
            let Some(failure) = operation.node.get("x-failure") else {
                continue;
            };
            for (status, pointer, response) in operation.responses() {
                if !status.starts_with('2') {
                    continue;
                }
                for (_, media, _) in context.content(&pointer, response) {
                    by_media.entry(media).or_default().push(failure);
                }
            }
        }
        Self(by_media)
    }

    /// The pointer of the failure's schema, when `payload` is a failure under the media type at `media`.
    pub(super) fn schema(
        &self,
        context: &Context<'d>,
        media: &str,
        payload: &Value,
    ) -> Option<&'d str> {
        let rules = self.0.get(media)?.iter();
        let schema = rules
            .filter(|failure| holds(failure, payload))
            .find_map(|failure| failure.text("schema")?.strip_prefix('#'));
        // A name that leads nowhere is another rule's business.
        schema.filter(|schema| context.document.pointer(schema).is_some())
    }
}

/// Whether a rule of `x-failure` says that `payload` is a failure, as the generated client decides it.
fn holds(rule: &Node, payload: &Value) -> bool {
    if let Some(any) = rule.get("any") {
        return any.iter_seq().any(|rule| holds(rule, payload));
    }
    if let Some(key) = rule.text("present") {
        return field(payload, key).is_some_and(|value| !value.is_null());
    }
    let equals = rule.get("equals").into_iter().flat_map(Node::iter_map);
    equals.into_iter().any(|(key, constant)| {
        let text = field(payload, &key.text).and_then(scalar_text);
        text.is_some() && text == scalar_text(&constant.to_json())
    })
}

/// The value that a dotted key leads to.
fn field<'p>(payload: &'p Value, key: &str) -> Option<&'p Value> {
    key.split('.')
        .try_fold(payload, |value, name| value.as_object()?.get(name))
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}
