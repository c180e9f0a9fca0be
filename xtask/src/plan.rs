//! What lowering decided and polish must carry out.
//!
//! Lowering rewrites a spec into what progenitor can take. Whatever it takes out of the spec on that way is written down here,
//! and polish puts it back into the generated Rust. Nothing else passes between the two.

use std::collections::{BTreeMap, BTreeSet};

use heck::{ToPascalCase, ToShoutySnakeCase, ToSnakeCase};

/// Everything polish needs to know about one spec.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`, with its sources.
    pub description: String,
    /// The server's URL template with its variables.
    pub server: Server,
    /// One entry per operation, in the order of the effective spec.
    pub operations: Vec<Operation>,
    /// Unions of the spec; progenitor never sees them.
    pub unions: Vec<Union>,
    /// Rust names of the types that a caller sends: only these keep a builder.
    pub sent: BTreeSet<String>,
    /// Fields that progenitor gives another name on the wire, as (Rust type, Rust field), with the right one.
    pub renamed_fields: BTreeMap<(String, String), String>,
    /// Variants of string enums, likewise.
    pub renamed_variants: BTreeMap<(String, String), String>,
    /// The objects with properties, by Rust name.
    pub objects: BTreeSet<String>,
    /// Those of them whose every property may be left out.
    pub all_optional: usize,
    /// Fields, and components of no properties, that hold integers.
    pub integer_fields: usize,
    /// Operations whose answer holds integers without a component around them.
    pub integer_answers: usize,
    /// Optional properties that may be null: `Option<Nullable<T>>` in progenitor's output.
    pub three_state: usize,
    /// String enums, by Rust name.
    pub open_enums: BTreeSet<String>,
    /// Deprecated properties as (Rust type, Rust field).
    pub deprecated_fields: BTreeSet<(String, String)>,
    /// How a caller proves who it is.
    pub schemes: Vec<Scheme>,
    /// Cart verbs that no operation of the vendor carries out.
    pub absent: Vec<Absent>,
}

/// The URL of the service.
#[derive(Clone, Debug, Default)]
pub struct Server {
    /// The template, with `{variable}` in it.
    pub url: String,
    /// The variables in the order of the template: name and description.
    pub variables: Vec<(String, String)>,
}

/// One operation of the spec.
#[derive(Clone, Debug)]
pub struct Operation {
    /// `operationId` as written.
    pub id: String,
    /// The name that Rust's names are made of; seldom another than `id`.
    pub name: String,
    /// `GET`, `POST`, …
    pub method: String,
    /// The path template.
    pub path: String,
    /// Documentation, ready to print.
    pub doc: String,
    /// Whether the vendor has deprecated it.
    pub deprecated: bool,
    /// `x-cart-operation`.
    pub cart: Vec<String>,
    /// `x-retry` is `safe`.
    pub retry_safe: bool,
    /// Alternatives of scheme names that are needed together; empty when the call carries no credential.
    pub security: Vec<Vec<String>>,
    /// Query arrays that are sent as one comma-joined value.
    pub joined: BTreeSet<String>,
    /// The parameters.
    pub parameters: Vec<Parameter>,
    /// Documented error answers.
    pub errors: Vec<ErrorCase>,
    /// A body that may be left out.
    pub optional_body: bool,
    /// The media type of the body, where it is JSON under another than `application/json`.
    pub media_type: Option<String>,
    /// The media type to ask for, where it isn't the one that progenitor asks for.
    pub accept: Option<String>,
    /// Success statuses that bring no value beside others that do, exact ones first.
    pub without_value: Vec<StatusAnswer>,
    /// How a body under HTTP 2xx says that the call failed.
    pub failure: Option<Failure>,
    /// How a list is read page by page.
    pub paging: Option<Paging>,
}

impl Plan {
    /// The objects that a caller only receives, and never builds.
    pub fn received(&self) -> impl Iterator<Item = &str> {
        let names = self.objects.iter().map(String::as_str);
        names.filter(|name| !self.sent.contains(*name))
    }
}

impl Operation {
    /// The generated method: `create_cart`.
    pub fn method_name(&self) -> String {
        self.name.to_snake_case()
    }

    /// The generated builder: `CreateCart`.
    pub fn builder_name(&self) -> String {
        self.name.to_pascal_case()
    }

    /// The generated error enum: `CreateCartError`.
    pub fn error_name(&self) -> String {
        format!("{}Error", self.builder_name())
    }

    /// The constant in the operation table: `CREATE_CART`.
    pub fn constant_name(&self) -> String {
        self.name.to_shouty_snake_case()
    }

    /// Whether the generated method answers with an error enum of its own.
    pub fn has_error_enum(&self) -> bool {
        !self.errors.is_empty() || self.failure.is_some()
    }
}

/// One parameter of an operation.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// Its name in the effective spec, which Rust's is made of.
    pub name: String,
    /// Its name on the wire.
    pub written: String,
    /// `path`, `query` or `header`.
    pub location: String,
    /// Documentation, ready to print.
    pub doc: String,
}

impl Parameter {
    /// Whether generated code says the name on the wire, and progenitor would say another.
    pub fn is_renamed(&self) -> bool {
        self.location != "path" && self.name != self.written
    }
}

/// Whether the answer under a success status brings a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusAnswer {
    /// The status, or [`OTHERS`](Self::OTHERS).
    pub status: u16,
    /// Whether it has a body.
    pub has_value: bool,
}

impl StatusAnswer {
    /// Stands for all success statuses that no exact one describes.
    pub const OTHERS: u16 = 0;
}

/// One documented error answer.
#[derive(Clone, Debug)]
pub struct ErrorCase {
    /// `404`, `4XX` or `default`.
    pub status: String,
    /// The body's type as Rust name; `None` when it is documented without one.
    pub body: Option<String>,
    /// The response's description.
    pub description: String,
}

impl ErrorCase {
    /// The variant of the error enum: `Status404`, `Status4xx`, `Default`.
    pub fn variant(&self) -> String {
        match self.status.as_str() {
            "default" => "Default".to_owned(),
            status => format!("Status{}", status.to_ascii_lowercase()),
        }
    }
}

/// A failure reported under HTTP 2xx.
#[derive(Clone, Debug)]
pub struct Failure {
    /// What tells it; any of the rules will do.
    pub rules: Vec<FailureRule>,
    /// The failure's type as Rust name.
    pub body: String,
}

/// One way in which a body tells a failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailureRule {
    /// The key that is looked at; dots lead into objects.
    pub key: String,
    /// The value, as text, that means failure; `None`: the key's presence does.
    pub equals: Option<String>,
}

/// A list that is answered page by page. Paths are names of properties, from the outside in.
#[derive(Clone, Debug)]
pub struct Paging {
    /// Where the list stands in the answer.
    pub items: Vec<String>,
    /// Whether pages are named by a cursor; by their number otherwise.
    pub by_cursor: bool,
    /// Where the call says which page it asks for.
    pub asked: Asked,
    /// Where the answer tells the next cursor, or how many pages there are.
    pub told: Option<Vec<String>>,
}

/// Where a call says which page it asks for.
#[derive(Clone, Debug)]
pub enum Asked {
    /// The query parameter of this name in the effective spec.
    Query(String),
    /// A property of the body.
    Body(Vec<String>),
}

/// A union of the spec: generated by us, never by typify.
#[derive(Clone, Debug)]
pub struct Union {
    /// Rust name.
    pub name: String,
    /// Documentation, ready to print.
    pub doc: String,
    /// The branches in the order in which they are tried.
    pub branches: Vec<Branch>,
}

/// One branch of a union.
#[derive(Clone, Debug)]
pub struct Branch {
    /// Rust name of the variant.
    pub variant: String,
    /// Rust type of the variant, relative to the `types` module.
    pub rust_type: String,
    /// Whether that type holds the union itself, so that the variant needs a box.
    pub boxed: bool,
    /// How a value of this branch is recognised.
    pub test: Test,
}

/// How a union's branch is told from the others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// By its JSON type; a scalar with several wire forms has several.
    Kinds(Vec<Kind>),
    /// An object that has this key.
    HasKey(String),
    /// An object in which this key has this text.
    KeyEquals(String, String),
}

/// The JSON types that branches are told apart by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A string.
    Text,
    /// A number without a fraction.
    Integer,
    /// Any number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// One security scheme.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// Its name under `components/securitySchemes`.
    pub name: String,
    /// How it is carried.
    pub kind: SchemeKind,
    /// Its description.
    pub description: String,
}

/// How a credential is carried.
#[derive(Clone, Debug)]
pub enum SchemeKind {
    /// In a header of this name.
    ApiKeyHeader(String),
    /// In a query parameter of this name.
    ApiKeyQuery(String),
    /// HTTP Basic.
    Basic,
    /// `Authorization: Bearer`.
    Bearer,
    /// A bearer token by the OAuth password grant, from this URL or path.
    OAuth2Password(String),
}

/// A cart verb that the vendor's API does not have.
#[derive(Clone, Debug)]
pub struct Absent {
    /// The verb.
    pub verb: String,
    /// `none`, `unknown` or `not-described`.
    pub state: String,
    /// Why.
    pub why: String,
}
