//! OpenAPI 3.0.3 as a table: which keyword may stand in which object, and what its value has to be.

use super::context::Problem;
use crate::load::{Node, Value, pointer_token};

/// The objects of OpenAPI 3.0.3 that a spec may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Document,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Responses,
    Response,
    Header,
    Example,
    Components,
    SecurityScheme,
    OAuthFlows,
    OAuthFlow,
    Tag,
    Schema,
}

/// What a keyword's value has to be.
#[derive(Debug, Clone, Copy)]
enum Shape {
    Text,
    Bool,
    Number,
    /// A whole number, zero or more.
    Count,
    Any,
    AnyList,
    TextList,
    TextMap,
    One(Kind),
    List(Kind),
    Map(Kind),
    /// `true`, `false` or a schema.
    BoolOrSchema,
    /// A list of requirements: each maps a scheme's name to a list of scopes.
    Security,
    /// Legal OpenAPI that generation doesn't take, and what to write instead.
    Unsupported(&'static str),
}

struct Field {
    name: &'static str,
    shape: Shape,
    required: bool,
}

const fn field(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: false,
    }
}

const fn required(name: &'static str, shape: Shape) -> Field {
    Field {
        name,
        shape,
        required: true,
    }
}

use Shape::{
    Any, AnyList, Bool, BoolOrSchema, Count, List, Map, Number, One, Security, Text, TextList,
    TextMap, Unsupported,
};

const ONE_SERVER: &str = "keep one server at the root; put the rest of the path into `paths`";

impl Kind {
    fn fields(self) -> &'static [Field] {
        match self {
            Self::Document => {
                &const {
                    [
                        required("openapi", Text),
                        required("info", One(Kind::Info)),
                        required("servers", List(Kind::Server)),
                        required("paths", One(Kind::Paths)),
                        field("components", One(Kind::Components)),
                        field("security", Security),
                        field("tags", List(Kind::Tag)),
                        field("externalDocs", One(Kind::ExternalDocs)),
                        field(
                            "webhooks",
                            Unsupported("remove it: 3.0 has no webhooks, and a client sends none"),
                        ),
                    ]
                }
            }
            Self::Info => {
                &const {
                    [
                        required("title", Text),
                        required("version", Text),
                        field("description", Text),
                        field("termsOfService", Text),
                        field("contact", One(Kind::Contact)),
                        field("license", One(Kind::License)),
                    ]
                }
            }
            Self::Contact => {
                &const {
                    [
                        field("name", Text),
                        field("url", Text),
                        field("email", Text),
                    ]
                }
            }
            Self::License => &const { [required("name", Text), field("url", Text)] },
            Self::Server => {
                &const {
                    [
                        required("url", Text),
                        field("description", Text),
                        field("variables", Map(Kind::ServerVariable)),
                    ]
                }
            }
            Self::ServerVariable => {
                &const {
                    [
                        required("default", Text),
                        field("description", Text),
                        field("enum", TextList),
                    ]
                }
            }
            Self::Paths | Self::Responses => &[],
            Self::PathItem => {
                &const {
                    [
                        field("summary", Text),
                        field("description", Text),
                        field("parameters", List(Kind::Parameter)),
                        field("get", One(Kind::Operation)),
                        field("put", One(Kind::Operation)),
                        field("post", One(Kind::Operation)),
                        field("delete", One(Kind::Operation)),
                        field("options", One(Kind::Operation)),
                        field("head", One(Kind::Operation)),
                        field("patch", One(Kind::Operation)),
                        field("trace", One(Kind::Operation)),
                        field("servers", Unsupported(ONE_SERVER)),
                        field("$ref", Unsupported("write the path item here")),
                    ]
                }
            }
            Self::Operation => {
                &const {
                    [
                        // Its absence has a rule of its own.
                        field("operationId", Text),
                        field("tags", TextList),
                        field("summary", Text),
                        field("description", Text),
                        field("externalDocs", One(Kind::ExternalDocs)),
                        field("parameters", List(Kind::Parameter)),
                        field("requestBody", One(Kind::RequestBody)),
                        required("responses", One(Kind::Responses)),
                        field("deprecated", Bool),
                        field("security", Security),
                        field(
                            "callbacks",
                            Unsupported("remove it: a client receives no calls"),
                        ),
                        field("servers", Unsupported(ONE_SERVER)),
                    ]
                }
            }
            Self::ExternalDocs => &const { [required("url", Text), field("description", Text)] },
            Self::Parameter => {
                &const {
                    [
                        required("name", Text),
                        required("in", Text),
                        field("description", Text),
                        field("required", Bool),
                        field("deprecated", Bool),
                        field("style", Text),
                        field("explode", Bool),
                        required("schema", One(Kind::Schema)),
                        field("example", Any),
                        field("examples", Map(Kind::Example)),
                        field("content", Unsupported("write `schema` instead")),
                        field(
                            "allowReserved",
                            Unsupported("remove it: values are always escaped"),
                        ),
                        field(
                            "allowEmptyValue",
                            Unsupported("remove it: an empty text sends an empty value"),
                        ),
                    ]
                }
            }
            Self::RequestBody => {
                &const {
                    [
                        field("description", Text),
                        required("content", Map(Kind::MediaType)),
                        field("required", Bool),
                    ]
                }
            }
            Self::MediaType => {
                &const {
                    [
                        required("schema", One(Kind::Schema)),
                        field("example", Any),
                        field("examples", Map(Kind::Example)),
                        field(
                            "encoding",
                            Unsupported("remove it: a form sends flat fields"),
                        ),
                    ]
                }
            }
            Self::Response => {
                &const {
                    [
                        required("description", Text),
                        field("headers", Map(Kind::Header)),
                        field("content", Map(Kind::MediaType)),
                        field("links", Unsupported("remove it: links generate nothing")),
                    ]
                }
            }
            Self::Header => {
                &const {
                    [
                        field("description", Text),
                        field("required", Bool),
                        field("deprecated", Bool),
                        field("style", Text),
                        field("explode", Bool),
                        field("schema", One(Kind::Schema)),
                        field("example", Any),
                        field("examples", Map(Kind::Example)),
                    ]
                }
            }
            Self::Example => {
                &const {
                    [
                        field("summary", Text),
                        field("description", Text),
                        field("value", Any),
                        field("externalValue", Text),
                    ]
                }
            }
            Self::Components => {
                &const {
                    [
                        field("schemas", Map(Kind::Schema)),
                        field("responses", Map(Kind::Response)),
                        field("parameters", Map(Kind::Parameter)),
                        field("examples", Map(Kind::Example)),
                        field("requestBodies", Map(Kind::RequestBody)),
                        field("headers", Map(Kind::Header)),
                        field("securitySchemes", Map(Kind::SecurityScheme)),
                        field("links", Unsupported("remove it: links generate nothing")),
                        field(
                            "callbacks",
                            Unsupported("remove it: a client receives no calls"),
                        ),
                    ]
                }
            }
            Self::SecurityScheme => {
                &const {
                    [
                        required("type", Text),
                        field("description", Text),
                        field("name", Text),
                        field("in", Text),
                        field("scheme", Text),
                        field("bearerFormat", Text),
                        field("flows", One(Kind::OAuthFlows)),
                        field("openIdConnectUrl", Text),
                    ]
                }
            }
            Self::OAuthFlows => {
                &const {
                    [
                        field("implicit", One(Kind::OAuthFlow)),
                        field("password", One(Kind::OAuthFlow)),
                        field("clientCredentials", One(Kind::OAuthFlow)),
                        field("authorizationCode", One(Kind::OAuthFlow)),
                    ]
                }
            }
            Self::OAuthFlow => {
                &const {
                    [
                        field("authorizationUrl", Text),
                        field("tokenUrl", Text),
                        field("refreshUrl", Text),
                        required("scopes", TextMap),
                    ]
                }
            }
            Self::Tag => {
                &const {
                    [
                        required("name", Text),
                        field("description", Text),
                        field("externalDocs", One(Kind::ExternalDocs)),
                    ]
                }
            }
            Self::Schema => SCHEMA,
        }
    }

    /// Whether a `$ref` may stand in this object's place.
    fn referable(self) -> bool {
        self.section().is_some()
    }

    /// The section of `components` that holds objects of this kind.
    pub fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Parameter => "parameters",
            Self::RequestBody => "requestBodies",
            Self::Response => "responses",
            Self::Header => "headers",
            Self::Example => "examples",
            Self::SecurityScheme => "securitySchemes",
            _ => return None,
        })
    }
}

const SCHEMA: &[Field] = &[
    field("title", Text),
    field("description", Text),
    field("type", Text),
    field("format", Text),
    field("nullable", Bool),
    field("enum", AnyList),
    field("default", Any),
    field("example", Any),
    field("properties", Map(Kind::Schema)),
    field("required", TextList),
    field("additionalProperties", BoolOrSchema),
    field("items", One(Kind::Schema)),
    field("allOf", List(Kind::Schema)),
    field("oneOf", List(Kind::Schema)),
    field("minimum", Number),
    field("maximum", Number),
    field("exclusiveMinimum", Bool),
    field("exclusiveMaximum", Bool),
    field("multipleOf", Number),
    field("minLength", Count),
    field("maxLength", Count),
    field("pattern", Text),
    field("minItems", Count),
    field("maxItems", Count),
    field("uniqueItems", Bool),
    field("minProperties", Count),
    field("maxProperties", Count),
    field("readOnly", Bool),
    field("writeOnly", Bool),
    field("deprecated", Bool),
    field("externalDocs", One(Kind::ExternalDocs)),
    field(
        "anyOf",
        Unsupported(
            "write `oneOf` with branches that their JSON type or `x-variant-keys` tell apart",
        ),
    ),
    field(
        "not",
        Unsupported("say what the value is, not what it isn't"),
    ),
    field(
        "discriminator",
        Unsupported("write `x-variant-keys: {Branch: {key: value}}` beside `oneOf`"),
    ),
    field("xml", Unsupported("remove it: bodies are JSON")),
    field(
        "const",
        Unsupported("write `enum` with one value: 3.0 has no `const`"),
    ),
    field(
        "examples",
        Unsupported("write `example`: 3.0 has no `examples` in a schema"),
    ),
    field(
        "patternProperties",
        Unsupported("write `additionalProperties` with a schema"),
    ),
];

/// One object met on the walk.
#[derive(Debug, Clone)]
pub struct Visit<'d> {
    pub kind: Kind,
    pub pointer: String,
    pub node: &'d Node,
    /// The keyword of the parent under which it stands: `properties`, `items`, `schema` and so on.
    pub via: &'static str,
    /// The parent's place in the list of visits.
    pub parent: Option<usize>,
}

impl<'d> Visit<'d> {
    /// The `$ref` that stands here instead of an object.
    pub fn reference(&self) -> Option<&'d str> {
        if self.kind.referable() {
            self.node.text("$ref")
        } else {
            None
        }
    }

    /// The component's name, when this is one of `components`.
    pub fn component(&self) -> Option<String> {
        let rest = self.pointer.strip_prefix("/components/")?;
        let (_, name) = rest.split_once('/')?;
        (!name.contains('/')).then(|| name.replace("~1", "/").replace("~0", "~"))
    }
}

/// What one walk over a document finds.
#[derive(Debug, Default)]
pub struct Walk<'d> {
    pub visits: Vec<Visit<'d>>,
    pub unknown: Vec<Problem>,
    pub wrong_type: Vec<Problem>,
    pub missing: Vec<Problem>,
    pub unsupported: Vec<Problem>,
}

/// Walks the whole document.
pub fn walk(root: &Node) -> Walk<'_> {
    let mut walk = Walk::default();
    walk.object(Kind::Document, String::new(), root, "", None);
    walk
}

impl<'d> Walk<'d> {
    fn object(
        &mut self,
        kind: Kind,
        pointer: String,
        node: &'d Node,
        via: &'static str,
        parent: Option<usize>,
    ) {
        if !node.is_map() {
            return self.wrong(&pointer, node, "a mapping");
        }
        let index = self.visits.len();
        let visit = Visit {
            kind,
            pointer,
            node,
            via,
            parent,
        };
        let pointer = visit.pointer.clone();
        self.visits.push(visit);
        if kind.referable() && node.has("$ref") {
            return;
        }
        for (key, child) in node.iter_map() {
            let child_pointer = format!("{pointer}/{}", pointer_token(&key.text));
            if key.text.starts_with("x-") {
                continue;
            }
            match kind {
                Kind::Paths => {
                    self.object(Kind::PathItem, child_pointer, child, "paths", Some(index));
                }
                Kind::Responses => {
                    self.object(
                        Kind::Response,
                        child_pointer,
                        child,
                        "responses",
                        Some(index),
                    );
                }
                _ => match kind.fields().iter().find(|field| field.name == key.text) {
                    Some(field) => self.value(field, child_pointer, child, index),
                    None => self.unknown(kind, &key.text, child_pointer),
                },
            }
        }
        let unsupported =
            |field: &&Field| matches!(field.shape, Unsupported(_)) && node.has(field.name);
        if kind.fields().iter().any(|field| unsupported(&field)) {
            // What is missing may well be there in the other form.
            return;
        }
        for field in kind.fields() {
            if field.required && !node.has(field.name) {
                self.missing.push(
                    Problem::new(&pointer, format!("`{}` is missing", field.name))
                        .mend(format!("write `{}`", field.name)),
                );
            }
        }
    }

    fn value(&mut self, field: &'static Field, pointer: String, node: &'d Node, index: usize) {
        let parent = Some(index);
        match (field.shape, &node.value) {
            (Text, Value::String(_)) | (Bool, Value::Bool(_)) | (Any, _) => {}
            (Number, Value::Number(_)) | (AnyList, Value::Seq(_)) => {}
            (Count, Value::Number(number)) if number.is_u64() => {}
            (BoolOrSchema, Value::Bool(_)) => {}
            (BoolOrSchema, _) => self.object(Kind::Schema, pointer, node, field.name, parent),
            (One(kind), _) => self.object(kind, pointer, node, field.name, parent),
            (List(kind), Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.object(
                        kind,
                        format!("{pointer}/{index}"),
                        element,
                        field.name,
                        parent,
                    );
                }
            }
            (Map(kind), Value::Map(entries)) => {
                for (key, entry) in entries {
                    let pointer = format!("{pointer}/{}", pointer_token(&key.text));
                    self.object(kind, pointer, entry, field.name, parent);
                }
            }
            (TextList, Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.text(&format!("{pointer}/{index}"), element);
                }
            }
            (TextMap, Value::Map(entries)) => {
                for (key, entry) in entries {
                    self.text(&format!("{pointer}/{}", pointer_token(&key.text)), entry);
                }
            }
            (Security, Value::Seq(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    if !element.is_map() {
                        self.wrong(&format!("{pointer}/{index}"), element, "a mapping");
                    }
                }
            }
            (Unsupported(mend), _) => self.unsupported.push(
                Problem::new(&pointer, format!("`{}` isn't supported", field.name)).mend(mend),
            ),
            (Text, _) => self.wrong(&pointer, node, "text"),
            (Bool, _) => self.wrong(&pointer, node, "true or false"),
            (Number, _) => self.wrong(&pointer, node, "a number"),
            (Count, _) => self.wrong(&pointer, node, "a whole number, zero or more"),
            (List(_) | AnyList | TextList | Security, _) => self.wrong(&pointer, node, "a list"),
            (Map(_) | TextMap, _) => self.wrong(&pointer, node, "a mapping"),
        }
    }

    fn text(&mut self, pointer: &str, node: &Node) {
        if node.as_str().is_none() {
            self.wrong(pointer, node, "text");
        }
    }

    fn wrong(&mut self, pointer: &str, node: &Node, expected: &str) {
        let quote = match (&node.value, expected) {
            (Value::Bool(_) | Value::Number(_) | Value::Null, "text") => {
                ": quote it if it is meant so"
            }
            _ => "",
        };
        self.wrong_type.push(
            Problem::new(
                pointer,
                format!("this is {}, and has to be {expected}", node.kind()),
            )
            .mend(format!("write {expected}{quote}")),
        );
    }

    fn unknown(&mut self, kind: Kind, key: &str, pointer: String) {
        let known = kind.fields().iter();
        let near = nearest(key, known.map(|field| field.name));
        let problem = Problem::new(&pointer, format!("`{key}` isn't a keyword here"));
        self.unknown.push(match near {
            Some(name) => problem.mend(format!("did you mean `{name}`?")),
            None => problem,
        });
    }
}

/// The word most like `text`, if one is like enough to be meant.
pub fn nearest<'a>(text: &str, words: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    const ALIKE: f32 = 0.7;
    let likeness = |word: &str| {
        similar::TextDiff::from_chars(text.to_lowercase(), word.to_lowercase()).ratio()
    };
    words
        .map(|word| (likeness(word), word))
        .filter(|(ratio, _)| *ratio >= ALIKE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b))
        .map(|(_, word)| word)
}
