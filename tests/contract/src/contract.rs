//! What is wrong with an answer, by the vendor's spec.

use cartwright_sandbox::Exchange;
use serde_json::Value;

use crate::operation;
use crate::spec::{self, Spec};

/// Statuses that no vendor documents, and that the sandbox answers nevertheless: vendor, status, reason. Their
/// bodies are not checked, since there is nothing to check them against.
const UNDOCUMENTED: &[(&str, u16, &str)] = &[
    (
        "bigcommerce",
        413,
        "a body of more than 2 MiB is refused before the vendor's stand-in sees it",
    ),
    ("cpanel", 413, "as above"),
    ("liquidweb", 413, "as above"),
    ("webroot", 413, "as above"),
];

/// Media types that the specs can't state, since they know JSON only: vendor, status, media type, reason. A body
/// that is JSON nevertheless is held against its schema.
const NOT_SAID: &[(&str, u16, &str, &str)] = &[
    (
        "cpanel",
        401,
        "text/html",
        "`/execute` turns a caller away with a page",
    ),
    (
        "cpanel",
        403,
        "text/plain",
        "`/json-api` turns a caller away with JSON that it calls text",
    ),
];

/// The spec of one vendor, as what its answers have to be.
#[derive(Clone, Copy)]
pub struct Contract {
    vendor: &'static str,
    spec: &'static Spec,
}

/// What an exchange is to the specs of all vendors.
#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No spec has such an operation: an unknown path, or a method that it does not take.
    NoOperation,
    /// A fault was asked for, so the answer is not the vendor's own and no spec says how it has to be.
    Faulty,
    /// The operation's answer is as documented.
    Kept {
        /// The vendor's name.
        vendor: &'static str,
        /// The operation's id in the spec.
        operation: &'static str,
    },
    /// The operation's answer is not as documented, and what is wrong with it.
    Broken(String),
}

/// Holds an exchange against the spec of the vendor that has its operation.
pub fn verdict(exchange: &Exchange) -> Verdict {
    if exchange.fault.is_some() {
        return Verdict::Faulty;
    }
    let Some((vendor, operation)) = operation::of_any(exchange) else {
        return Verdict::NoOperation;
    };
    match Contract::of(vendor).problem(exchange) {
        Some(problem) => Verdict::Broken(problem),
        None => Verdict::Kept {
            vendor,
            operation: operation["operationId"].as_str().unwrap_or_default(),
        },
    }
}

impl Contract {
    /// The contract of a vendor, by its name in lower case. The spec is read once.
    ///
    /// # Panics
    /// If there is no such spec.
    pub fn of(vendor: &'static str) -> Self {
        Self {
            vendor,
            spec: spec::of(vendor),
        }
    }

    /// What is wrong with an answer, if anything. Nothing is known of what no operation of the vendor asked for, and of
    /// what a fault touched.
    pub fn problem(&self, exchange: &Exchange) -> Option<String> {
        if exchange.fault.is_some() {
            return None;
        }
        let operation = operation::asked(self.spec, self.vendor, exchange)?;
        let problem = self.problem_of(operation, exchange)?;
        Some(format!(
            "{} {}: {} {} answered {}, and {problem}\n{}",
            self.vendor,
            operation["operationId"].as_str().unwrap_or("?"),
            exchange.method,
            exchange.path,
            exchange.status,
            String::from_utf8_lossy(&exchange.response_body)
        ))
    }

    fn problem_of(&self, operation: &Value, exchange: &Exchange) -> Option<String> {
        let status = exchange.status;
        if UNDOCUMENTED
            .iter()
            .any(|(vendor, known, _)| (*vendor, *known) == (self.vendor, status))
        {
            return None;
        }
        let responses = operation["responses"].as_object().expect("responses");
        let Some(response) = responses
            .get(&status.to_string())
            .or_else(|| responses.get(&format!("{}XX", status / 100)))
            .or_else(|| responses.get("default"))
            .map(|response| self.spec.resolve(response))
        else {
            return Some("the spec has no such status".to_owned());
        };
        self.header_problem(response, exchange)
            .or_else(|| self.body_problem(operation, response, exchange))
    }

    fn header_problem(&self, response: &Value, exchange: &Exchange) -> Option<String> {
        let headers = response["headers"].as_object().into_iter().flatten();
        headers.into_iter().find_map(|(name, header)| {
            let header = self.spec.resolve(header);
            let Some(sent) = exchange.response_header(&name.to_ascii_lowercase()) else {
                let is_required = header["required"] == true;
                return is_required.then(|| format!("the header {name} is missing"));
            };
            let value = typed(self.spec.resolve(&header["schema"]), sent);
            let differences = self.spec.differences_from(&header["schema"], &value);
            (!differences.is_empty())
                .then(|| format!("the header {name} does not fit: {differences:?}"))
        })
    }

    fn body_problem(
        &self,
        operation: &Value,
        response: &Value,
        exchange: &Exchange,
    ) -> Option<String> {
        let body = &exchange.response_body;
        let Some(content) = response["content"].as_object() else {
            return (!body.is_empty()).then(|| "the spec has no body for it".to_owned());
        };
        let media = exchange.response_header("content-type").unwrap_or("none");
        let media = media.split(';').next().unwrap_or_default().trim();
        let not_said = NOT_SAID.iter().any(|(vendor, status, known, _)| {
            (*vendor, *status, *known) == (self.vendor, exchange.status, media)
        });
        let entry = match content.get(media) {
            None if not_said => content.get("application/json"),
            entry => entry,
        };
        let Some(entry) = entry else {
            return Some(format!("the spec has no media type {media} for it"));
        };
        let payload = match serde_json::from_slice(body) {
            Ok(payload) => payload,
            Err(_) if not_said => return None,
            Err(error) => return Some(format!("the body is not JSON: {error}")),
        };
        let failure = operation.get("x-failure").filter(|_| exchange.status < 300);
        let schema = match failure.filter(|rule| spec::is_failure(rule, &payload)) {
            // It is named by its place alone.
            Some(rule) => serde_json::json!({"$ref": rule["schema"]}),
            None => entry["schema"].clone(),
        };
        let differences = self.spec.differences_from(&schema, &payload);
        (!differences.is_empty()).then(|| {
            format!(
                "the body does not fit {}: {differences:?}",
                spec::form(&schema)
            )
        })
    }
}

/// A header's text as the JSON type that its schema names; text that is none of it stays text, which then differs.
fn typed(schema: &Value, sent: &str) -> Value {
    match schema["type"].as_str() {
        Some("integer" | "number" | "boolean") => {
            serde_json::from_str(sent).unwrap_or_else(|_| sent.into())
        }
        _ => sent.into(),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use serde_json::json;

    use super::*;

    /// An exchange in its JSON form.
    pub(crate) fn exchange(
        method: &str,
        path: &str,
        status: u16,
        media: &str,
        body: &str,
    ) -> Value {
        let headers = match media {
            "" => json!([]),
            media => json!([["content-type", media]]),
        };
        json!({
            "method": method, "path": path, "query": null, "request_body": "",
            "status": status, "response_headers": headers, "response_body": body,
        })
    }

    fn problem(vendor: &'static str, exchange: Value) -> Option<String> {
        let exchange = serde_json::from_value(exchange).unwrap();
        let problem = Contract::of(vendor).problem(&exchange)?;
        let (_, problem) = problem.split_once(", and ").unwrap();
        let short = problem.split([':', '\n']).next().unwrap();
        Some(short.to_owned())
    }

    #[test]
    fn an_answer_that_the_spec_does_not_describe_is_named() {
        const JSON: &str = "application/json";
        let cart = r#"{"data": {"id": "x"}, "meta": {}}"#;
        for (method, status, media, body, expected) in [
            ("GET", 299, "", "", Some("the spec has no such status")),
            ("DELETE", 204, "", "x", Some("the spec has no body for it")),
            (
                "GET",
                200,
                "text/html",
                cart,
                Some("the spec has no media type text/html for it"),
            ),
            (
                "GET",
                200,
                "",
                cart,
                Some("the spec has no media type none for it"),
            ),
            ("GET", 200, JSON, "{", Some("the body is not JSON")),
            (
                "GET",
                200,
                JSON,
                r#"{"data": {"new": 1}}"#,
                Some("the body does not fit CartResponse"),
            ),
            ("GET", 200, JSON, cart, None),
            ("GET", 200, "application/json; charset=utf-8", cart, None),
            ("GET", 413, "", "any", None),
            // No operation of the vendor takes it.
            ("PATCH", 299, "", "any", None),
        ] {
            let found = problem(
                "bigcommerce",
                exchange(method, "/stores/x/v3/carts/7", status, media, body),
            );
            assert_eq!(
                found.as_deref(),
                expected,
                "{method} {status} {media} {body}"
            );
        }
    }

    #[test]
    fn a_documented_header_fits_its_schema() {
        for (value, expected) in [
            ("149", None),
            (
                "many",
                Some("the header X-Rate-Limit-Requests-Left does not fit"),
            ),
        ] {
            let body = r#"{"data": {"id": "x"}, "meta": {}}"#;
            let mut sent = exchange("GET", "/stores/x/v3/carts/7", 200, "application/json", body);
            let headers = sent["response_headers"].as_array_mut().unwrap();
            headers.push(json!(["x-rate-limit-requests-left", value]));
            assert_eq!(problem("bigcommerce", sent).as_deref(), expected);
        }
    }

    #[test]
    fn an_answer_that_no_spec_can_describe_is_taken_where_it_is_listed() {
        let path = "/execute/Market/create_shopping_cart";
        for (status, media, body, expected) in [
            (401, "text/html", "<html></html>", None),
            (
                403,
                "text/html",
                "<html></html>",
                Some("the spec has no media type text/html for it"),
            ),
            (
                403,
                "text/plain",
                "[]",
                Some("the body does not fit ErrorResponse"),
            ),
        ] {
            let found = problem("cpanel", exchange("GET", path, status, media, body));
            assert_eq!(found.as_deref(), expected, "{status} {media} {body}");
        }
    }

    #[test]
    fn a_failure_under_a_success_status_is_held_against_the_failure() {
        let path = "/execute/Market/create_shopping_cart";
        for (body, expected) in [
            (r#"{"status": 0, "data": {"any": 1}}"#, None),
            (
                r#"{"status": 1, "data": {"any": 1}}"#,
                Some("the body does not fit ShoppingCartResponse"),
            ),
        ] {
            let found = problem(
                "cpanel",
                exchange("GET", path, 200, "application/json", body),
            );
            assert_eq!(found.as_deref(), expected);
        }
    }
}
