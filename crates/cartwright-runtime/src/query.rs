//! Query parameters and form fields: values as text.

use serde::Serialize;
use serde_json::Value;

use crate::request::RequestError;

/// One query parameter and its value.
///
/// `null` and `None` are left out; text, numbers, booleans and enums are written as text. An array
/// is either repeated (`a=1&a=2`) or [joined](Self::joined) (`a=1,2`); an empty one is left out.
#[derive(Debug)]
pub struct QueryParam<'a, T: ?Sized> {
    name: &'a str,
    value: &'a T,
    joined: bool,
}

impl<'a, T: Serialize + ?Sized> QueryParam<'a, T> {
    /// A parameter whose array items are repeated.
    pub fn new(name: &'a str, value: &'a T) -> Self {
        Self {
            name,
            value,
            joined: false,
        }
    }

    /// A parameter whose array items stand in one text with commas between them.
    pub fn joined(name: &'a str, value: &'a T) -> Self {
        Self {
            name,
            value,
            joined: true,
        }
    }

    /// The texts that the parameter is sent with.
    pub(crate) fn texts(&self) -> Result<Vec<String>, RequestError> {
        let texts = texts(self.name, self.value)?;
        if !self.joined || texts.is_empty() {
            return Ok(texts);
        }
        match texts.iter().find(|item| item.contains(',')) {
            // The vendor would read one such item as two.
            Some(item) => Err(RequestError::new(format!(
                "query parameter `{}` is sent with commas between its items, and the item `{item}` holds one",
                self.name
            ))),
            None => Ok(vec![texts.join(",")]),
        }
    }

    pub(crate) fn name(&self) -> &str {
        self.name
    }
}

/// The fields of a form body.
pub(crate) fn form_fields<T: Serialize + ?Sized>(
    body: &T,
) -> Result<Vec<(String, String)>, RequestError> {
    let Value::Object(fields) = to_value("the form body", body)? else {
        return Err(RequestError::new("a form body must be an object"));
    };
    let mut pairs = Vec::with_capacity(fields.len());
    for (name, value) in fields {
        for text in texts(&name, &value)? {
            pairs.push((name.clone(), text));
        }
    }
    Ok(pairs)
}

fn texts<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Vec<String>, RequestError> {
    let no_text =
        |what| RequestError::new(format!("`{name}` cannot be sent: {what} has no text form"));
    match to_value(name, value)? {
        Value::Null => Ok(Vec::new()),
        Value::Array(items) => items
            .iter()
            .map(|item| scalar_text(item).ok_or_else(|| no_text("an array item")))
            .collect(),
        value => Ok(vec![
            scalar_text(&value).ok_or_else(|| no_text("an object"))?,
        ]),
    }
}

fn to_value<T: Serialize + ?Sized>(name: &str, value: &T) -> Result<Value, RequestError> {
    serde_json::to_value(value)
        .map_err(|error| RequestError::new(format!("`{name}` cannot be written: {error}")))
}

fn scalar_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Serialize)]
    #[serde(rename_all = "snake_case")]
    enum Include {
        RedirectUrls,
        LineItems,
    }

    #[test]
    fn a_value_becomes_the_texts_that_its_kind_is_sent_with() {
        let repeated = [
            (json!(null), vec![]),
            (json!([]), vec![]),
            (json!("a b"), vec!["a b"]),
            (json!(7), vec!["7"]),
            (json!(true), vec!["true"]),
            (json!(["a", 1]), vec!["a", "1"]),
        ];
        for (value, texts) in repeated {
            assert_eq!(
                QueryParam::new("q", &value).texts().unwrap(),
                texts,
                "{value}"
            );
        }
    }

    #[test]
    fn joined_items_stand_in_one_text() {
        let include = Some(vec![Include::RedirectUrls, Include::LineItems]);
        let param = QueryParam::joined("include", &include);
        assert_eq!(param.texts().unwrap(), ["redirect_urls,line_items"]);
        assert_eq!(
            QueryParam::joined("include", &None::<Vec<Include>>)
                .texts()
                .unwrap(),
            Vec::<String>::new()
        );
        assert_eq!(
            QueryParam::joined("include", &json!([])).texts().unwrap(),
            Vec::<String>::new()
        );
    }

    #[test]
    fn what_has_no_unambiguous_text_is_an_error() {
        for value in [json!({"a": 1}), json!([null]), json!([["a"]]), json!([{}])] {
            assert!(QueryParam::new("q", &value).texts().is_err(), "{value}");
        }
        let with_comma = QueryParam::joined("q", &["a,b"]).texts().unwrap_err();
        assert!(with_comma.to_string().contains("the item `a,b` holds one"));
    }

    #[test]
    fn a_form_takes_scalars_and_leaves_null_out() {
        let body = json!({"a": "x", "b": 2, "c": null, "d": [1, 2]});
        let pairs = form_fields(&body).unwrap();
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(n, t)| (n.as_str(), t.as_str()))
            .collect();
        assert_eq!(pairs, [("a", "x"), ("b", "2"), ("d", "1"), ("d", "2")]);
        assert!(form_fields(&json!({"a": {}})).is_err());
        assert!(form_fields(&json!("a")).is_err());
    }
}
