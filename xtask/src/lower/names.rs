//! Names: components, operations and parameters get names that Rust takes, each different, before anything else is lowered.
//!
//! The rule is that of [`rust_names`](crate::lint::rust_names). What is called otherwise on the wire is written down.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::{docs, text};
use crate::lint::rust_names::{Naming, pascal, snake};
use crate::plan::Parameter;
use crate::scalar;

/// A document under new names, and what its names were.
pub struct Renamed {
    /// The document.
    pub spec: Value,
    /// Each operation's id as written, by its new one.
    pub ids: BTreeMap<String, String>,
}

/// Names the operations and the components of a document, and the references to these.
pub fn operations_and_components(document: &Value) -> Renamed {
    let mut spec = document.clone();
    let ids = operations(&mut spec);
    components(&mut spec, &ids);
    Renamed { spec, ids }
}

/// The client's own methods and constants beside those of the operations.
const METHODS: &[&str] = &[
    "new",
    "new_with_client",
    "client",
    "inner",
    "baseurl",
    "api_version",
    "pre",
    "post",
    "exec",
    "clone",
    "send",
    "session",
    "with_session",
    "server_url",
    "all",
    "security_schemes",
    "cart_absent",
];

/// An operation's builder stands beside these types.
const BUILDERS: &[&str] = &[
    "Error",
    "ClientInfo",
    "ClientHooks",
    "ByteStream",
    "OperationInfo",
    "RequestBuilderExt",
    "ResponseValue",
    "From",
    "Option",
    "Result",
    "String",
    "Vec",
    "ToString",
    "TryFrom",
    "TryInto",
];

fn operations(spec: &mut Value) -> BTreeMap<String, String> {
    let mut written = Vec::new();
    super::operations::each(spec, |_, _, operation| {
        written.push(text(&operation["operationId"]));
    });
    let is_taken = |name: &str| {
        METHODS.contains(&name)
            || BUILDERS.contains(&pascal(name).as_str())
            || crate::lint::rust_names::is_keyword(name)
    };
    let naming = Naming {
        case: snake,
        word: "operation",
        is_taken: &is_taken,
    };
    let ids: Vec<&str> = written.iter().map(String::as_str).collect();
    let mut names = naming.of_map(&ids).into_iter();
    let mut renamed = BTreeMap::new();
    for item in spec["paths"]
        .as_object_mut()
        .into_iter()
        .flat_map(Map::values_mut)
    {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            if !super::operations::METHODS.contains(&method.as_str()) {
                continue;
            }
            let (id, Some(name)) = (text(&operation["operationId"]), names.next()) else {
                continue;
            };
            // An id that is fine as it is keeps its spelling, which progenitor cases itself.
            let is_word = id.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            let is_plain = is_word && snake(&id) == name;
            let new = if is_plain { id.clone() } else { name };
            operation["operationId"] = json!(new);
            renamed.insert(new, id);
        }
    }
    renamed
}

/// Types that generated code names without their path, and its own.
const TYPES: &[&str] = &[
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
    "Client",
    "ClientInfo",
    "ClientHooks",
    "Error",
    "ResponseValue",
    "ByteStream",
    "OperationInfo",
    "RequestBuilderExt",
];

fn components(spec: &mut Value, ids: &BTreeMap<String, String>) {
    let Some(schemas) = spec["components"]["schemas"].as_object_mut() else {
        return;
    };
    let of_operations: BTreeSet<String> = ids
        .keys()
        .map(|id| pascal(id))
        .flat_map(|id| [format!("{id}Error"), format!("{id}Body")])
        .collect();
    let is_taken = |name: &str| {
        TYPES.contains(&name) || of_operations.contains(name) || scalar::by_name(name).is_some()
    };
    let naming = Naming {
        case: pascal,
        word: "Type",
        is_taken: &is_taken,
    };
    // A scalar's component stands for the runtime's type; those two are named by `format` instead.
    let is_scalar = |name: &str| {
        scalar::by_name(name).is_some() && ![scalar::SECRET, scalar::TIMESTAMP].contains(&name)
    };
    let written: Vec<&str> = schemas.keys().map(String::as_str).collect();
    let written: Vec<&str> = written
        .into_iter()
        .filter(|name| !is_scalar(name))
        .collect();
    let renamed: BTreeMap<String, String> = written
        .iter()
        .map(|name| (*name).to_owned())
        .zip(naming.of_map(&written))
        .filter(|(written, new)| written != new)
        .collect();
    if renamed.is_empty() {
        return;
    }
    let entries = std::mem::take(schemas);
    schemas.extend(entries.into_iter().map(|(name, schema)| {
        let name = renamed.get(&name).cloned().unwrap_or(name);
        (name, schema)
    }));
    rename_references(spec, &renamed);
}

fn rename_references(node: &mut Value, renamed: &BTreeMap<String, String>) {
    match node {
        Value::String(reference) => {
            let new = reference
                .strip_prefix("#/components/schemas/")
                .and_then(|name| renamed.get(&unescaped(name)));
            if let Some(new) = new {
                *reference = format!("#/components/schemas/{new}");
            }
        }
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| rename_references(item, renamed)),
        Value::Object(map) => {
            if let Some(keys) = map.get_mut("x-variant-keys").and_then(Value::as_object_mut) {
                let entries = std::mem::take(keys);
                keys.extend(entries.into_iter().map(|(name, key)| {
                    let name = renamed.get(&name).cloned().unwrap_or(name);
                    (name, key)
                }));
            }
            // Values that a vendor sends may look like a reference.
            map.iter_mut()
                .filter(|(key, _)| {
                    !matches!(
                        key.as_str(),
                        "example" | "examples" | "default" | "enum" | "x-variant-keys"
                    )
                })
                .for_each(|(_, child)| rename_references(child, renamed));
        }
        _ => {}
    }
}

/// A token of a reference as a key.
fn unescaped(token: &str) -> String {
    percent_encoding::percent_decode_str(token)
        .decode_utf8_lossy()
        .replace("~1", "/")
        .replace("~0", "~")
}

/// What a builder's methods, and the variables in its `send`, are called.
const PARAMETERS: &[&str] = &[
    "client",
    "request",
    "response",
    "result",
    "info",
    "url",
    "body",
    "body_map",
    "header_map",
    "encode_path",
    "new",
    "send",
    "self",
    "super",
    "crate",
];

/// The methods of a list's builder besides.
const OF_LISTS: &[&str] = &["pages", "items"];

/// The parameters of a path, as written and under their new names; the same for each of its operations.
pub struct Template(Vec<(String, String)>);

impl Template {
    /// Reads `/carts/{id}`.
    pub fn of(path: &str) -> Self {
        let written: Vec<&str> = path
            .split('{')
            .skip(1)
            .filter_map(|rest| rest.split_once('}'))
            .map(|(name, _)| name)
            .collect();
        let new = of_parameters(&written, true);
        let written = written.into_iter().map(str::to_owned);
        Self(written.zip(new).collect())
    }

    /// The path with its parameters under their new names.
    pub fn renamed(&self, path: &str) -> String {
        self.0.iter().fold(path.to_owned(), |path, (written, new)| {
            path.replacen(&format!("{{{written}}}"), &format!("{{{new}}}"), 1)
        })
    }
}

/// Names the parameters of an operation in place.
pub fn parameters(operation: &mut Value, template: &Template) -> Vec<Parameter> {
    let is_list = operation.get("x-paging").is_some();
    let Some(parameters) = operation["parameters"].as_array_mut() else {
        return Vec::new();
    };
    let in_path = template.0.iter().map(|(_, new)| new.clone());
    let written: Vec<String> = parameters.iter().map(|one| text(&one["name"])).collect();
    let others = parameters
        .iter()
        .zip(&written)
        .filter(|(one, _)| one["in"] != "path");
    // Those of the path come first, so that they are called alike in each of its operations.
    let all: Vec<String> = in_path
        .chain(others.map(|(_, name)| name.clone()))
        .collect();
    let all: Vec<&str> = all.iter().map(String::as_str).collect();
    let mut others = of_parameters(&all, is_list)
        .into_iter()
        .skip(template.0.len());
    let mut planned = Vec::new();
    for (parameter, written) in parameters.iter_mut().zip(written) {
        let location = text(&parameter["in"]);
        let new = match location.as_str() {
            "path" => {
                let mut names = template.0.iter();
                names
                    .find(|(name, _)| *name == written)
                    .map(|(_, new)| new.clone())
            }
            _ => others.next(),
        };
        let name = new.unwrap_or_else(|| written.clone());
        parameter["name"] = json!(name);
        let own = docs::describe(parameter, None);
        planned.push(Parameter {
            doc: match own.is_empty() {
                true => docs::describe(&parameter["schema"], None),
                false => own,
            },
            name,
            written,
            location,
        });
    }
    planned
}

/// Names that progenitor cases itself stay as they are written.
fn of_parameters(written: &[&str], is_list: bool) -> Vec<String> {
    let is_taken = |name: &str| PARAMETERS.contains(&name) || (is_list && OF_LISTS.contains(&name));
    let naming = Naming {
        case: snake,
        word: "parameter",
        is_taken: &is_taken,
    };
    let named = naming.of_list(written).into_iter().zip(written);
    named
        .map(
            |(new, written)| match snake(written) == new && written.is_ascii() {
                true => (*written).to_owned(),
                false => new,
            },
        )
        .collect()
}
