//! OpenAPI 3.0.3 as a table: which keyword may stand in which object, and what its value has to be. `walk`
//! reads a document by it.

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
pub(super) enum Shape {
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

pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) shape: Shape,
    pub(super) required: bool,
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
    /// The keywords that this object may hold.
    pub(super) fn fields(self) -> &'static [Field] {
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
                        field("trace", Unsupported("remove it: a client sends no TRACE")),
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
    pub(super) fn referable(self) -> bool {
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
