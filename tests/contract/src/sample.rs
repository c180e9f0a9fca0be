//! A payload with a value for each field that its schema declares.

use serde_json::{Map, Value, json};

use crate::spec::{Spec, component};

impl Spec {
    /// The payload with each declared field that it leaves out, or has null or empty.
    pub fn filled(&self, component: &str, payload: &Value) -> Value {
        let schema = &self.document()["components"]["schemas"][component];
        self.fill(schema, payload)
    }

    fn fill(&self, schema: &Value, value: &Value) -> Value {
        let schema = self.resolve(schema);
        match value {
            Value::Null => self.sample(schema),
            Value::Array(values) => match self.items(schema) {
                None => value.clone(),
                Some(items) if values.is_empty() => json!([self.sample(items)]),
                Some(items) => values.iter().map(|value| self.fill(items, value)).collect(),
            },
            Value::Object(fields) => {
                let mut filled = fields.clone();
                for (name, property) in self.properties(schema, fields) {
                    let value = fields.get(name).unwrap_or(&Value::Null);
                    filled.insert(name.clone(), self.fill(property, value));
                }
                Value::Object(filled)
            }
            _ => value.clone(),
        }
    }

    /// The parts of a schema that a value has to match, or one of which it has to.
    fn parts<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
        schema[key].as_array().into_iter().flatten()
    }

    fn items<'a>(&'a self, schema: &'a Value) -> Option<&'a Value> {
        let schema = self.resolve(schema);
        let parts = Self::parts(schema, "allOf").chain(Self::parts(schema, "oneOf"));
        let mut parts = parts.filter_map(|part| self.items(part));
        schema.get("items").or_else(|| parts.next())
    }

    /// The properties of an object with these fields; of a union, those of the alternative that its keys tell.
    fn properties<'a>(
        &'a self,
        schema: &'a Value,
        fields: &Map<String, Value>,
    ) -> Vec<(&'a String, &'a Value)> {
        let schema = self.resolve(schema);
        let mut properties: Vec<_> = schema["properties"]
            .as_object()
            .into_iter()
            .flatten()
            .collect();
        for part in Self::parts(schema, "allOf") {
            properties.extend(self.properties(part, fields));
        }
        let keys = &schema["x-variant-keys"];
        let told = Self::parts(schema, "oneOf").find(|part| {
            let key = part
                .get("$ref")
                .and_then(|reference| keys[component(reference)].as_str());
            match key {
                Some(key) => fields.contains_key(key),
                None => self.resolve(part)["type"] == "object",
            }
        });
        if let Some(part) = told {
            properties.extend(self.properties(part, fields));
        }
        properties
    }

    /// A value that matches a schema, with each of its fields.
    fn sample(&self, schema: &Value) -> Value {
        let schema = self.resolve(schema);
        if let Some(value) = schema["enum"].as_array().and_then(|values| values.first()) {
            return value.clone();
        }
        if let Some(part) = Self::parts(schema, "allOf")
            .chain(Self::parts(schema, "oneOf"))
            .next()
        {
            return self.sample(part);
        }
        match schema["type"].as_str() {
            Some("string") => json!("sample"),
            Some("integer") => json!(5),
            Some("number") => json!(5.5),
            Some("boolean") => json!(true),
            Some("array") => json!([self.sample(&schema["items"])]),
            _ => {
                let properties = schema["properties"].as_object().into_iter().flatten();
                let fields: Map<String, Value> = properties
                    .map(|(name, property)| (name.clone(), self.sample(property)))
                    .collect();
                match fields.is_empty() {
                    true => json!({"any": "sample"}),
                    false => Value::Object(fields),
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec;

    #[test]
    fn a_filled_answer_has_each_declared_field_and_keeps_to_its_schema() {
        for (vendor, component, answer) in [
            ("cpanel", "ShoppingCartResponse", json!({"status": 1})),
            (
                "cpanel",
                "ShoppingCartResponse",
                json!({"result": {"status": 1, "data": null}}),
            ),
            (
                "bigcommerce",
                "RedirectUrlsResponse",
                json!({"data": {"cart_url": null}}),
            ),
            ("webroot", "CartCustomers", json!({})),
        ] {
            let spec = spec::of(vendor);
            let filled = spec.filled(component, &answer);
            assert_eq!(spec.differences(component, &filled), [], "{filled}");
        }
        let filled = spec::of("cpanel").filled("ShoppingCartResponse", &json!({"status": 1}));
        assert_eq!(filled["data"]["order_items"][0]["order_item_id"], "sample");
    }
}
