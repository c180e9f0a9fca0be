//! From a validator's way through a translated schema back to the document's nodes.

use serde_json::Value;

/// The pointers of the document's nodes on the way from the schema at `schema`: the first is that schema, the last what refuses.
pub(super) fn nodes(document: &Value, schema: &str, way: &str) -> Vec<String> {
    let mut at = schema.to_owned();
    let mut nodes = vec![at.clone()];
    let mut tokens = way.split('/').skip(1).peekable();
    while let Some(token) = tokens.next() {
        let next = format!("{at}/{token}");
        let target = document.pointer(&next);
        if token == "$ref" {
            let target = target.and_then(Value::as_str);
            let Some(target) = target.and_then(|target| target.strip_prefix('#')) else {
                break;
            };
            at = target.to_owned();
        } else if target.is_some() {
            at = next;
        } else if let Some(owner) = ["/required", "/additionalProperties"]
            .iter()
            .find_map(|keyword| at.strip_suffix(keyword))
        {
            // Behind these stands the name of a property.
            at = format!("{owner}/properties/{token}");
        } else if matches!(token, "anyOf" | "allOf") {
            // A wrapper of the translation: `nullable`, or the test of a variant. What it wraps is the schema itself.
            tokens.next();
            continue;
        } else {
            break;
        }
        nodes.push(at.clone());
    }
    nodes
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::lint::json_schema::{Checker, json_schema};

    #[test]
    fn each_refusal_leads_back_to_the_keyword_that_says_it() {
        let document = json!({"components": {"schemas": {
            "Cart": {"type": "object", "required": ["id"], "additionalProperties": false, "properties": {
                "id": {"type": "string"},
                "lines": {"type": "array", "items": {"$ref": "#/components/schemas/Line"}},
                "note": {"nullable": true, "allOf": [{"$ref": "#/components/schemas/Note"}]},
            }},
            "Line": {"type": "object", "properties": {"kind": {"type": "string", "enum": ["a", "b"]}}},
            "Note": {"type": "object", "properties": {"text": {"type": "string", "maxLength": 2}}},
        }}});
        let cart = "/components/schemas/Cart";
        for (payload, last) in [
            (json!({}), "/components/schemas/Cart/properties/id"),
            (
                json!({"id": 1}),
                "/components/schemas/Cart/properties/id/type",
            ),
            (
                json!({"id": "1", "x": 1}),
                "/components/schemas/Cart/properties/x",
            ),
            (
                json!({"id": "1", "lines": [{"kind": "c"}]}),
                "/components/schemas/Line/properties/kind/enum",
            ),
            (
                json!({"id": "1", "note": {"text": "long"}}),
                "/components/schemas/Note/properties/text/maxLength",
            ),
        ] {
            let checker = Checker::new(&json_schema(&document, cart)).unwrap();
            let found = checker.traced(&payload);
            let [(_, way)] = found.as_slice() else {
                panic!("{payload}: {found:?}");
            };
            let nodes = nodes(&document, cart, way);
            assert_eq!(nodes.last().map(String::as_str), Some(last), "{way}");
        }
    }
}
