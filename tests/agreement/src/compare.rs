//! What a spec and its stand-in say of themselves, side by side.

use std::collections::{BTreeMap, BTreeSet};

use cartwright_sandbox::{Built, Inputs};
use xtask::load::{Document, Node, pointer_token};

use crate::Difference;
use crate::places::Places;
use crate::values::Lists;

const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// What a stand-in says of itself.
#[derive(Clone, Debug, Default)]
pub struct StandIn<'a> {
    /// The vendor's name.
    pub vendor: &'a str,
    /// What stands between the host and a path.
    pub base_path: &'a str,
    /// As [`Inputs::credentials`].
    pub credentials: Vec<&'a str>,
    /// Id, method and path of each operation.
    pub operations: Vec<(&'a str, &'a str, &'a str)>,
    /// As [`Inputs::parameters`].
    pub parameters: Vec<(&'a str, Vec<&'a str>)>,
    /// As [`Inputs::values`].
    pub values: Vec<(&'a str, Vec<&'a str>)>,
}

impl<'a> StandIn<'a> {
    /// From the lists that the sandbox hands out.
    pub fn new(vendor: &'a str, built: &'a [Built], inputs: &'a Inputs) -> Self {
        let lists = |lists: &'a [(&'a str, &'a [&'a str])]| {
            lists
                .iter()
                .map(|(name, entries)| (*name, entries.to_vec()))
                .collect()
        };
        Self {
            vendor,
            base_path: inputs.base_path,
            credentials: inputs.credentials.to_vec(),
            operations: built
                .iter()
                .map(|built| (built.operation, built.method, built.path))
                .collect(),
            parameters: lists(inputs.parameters),
            values: lists(inputs.values),
        }
    }
}

/// An operation of a spec.
pub struct Operation<'d> {
    pub id: &'d str,
    /// In capitals.
    pub method: String,
    pub path: &'d str,
    pub verbs: Vec<&'d str>,
    pub retry: &'d str,
    /// File and line.
    pub place: String,
    item: &'d Node,
    node: &'d Node,
}

impl<'d> Operation<'d> {
    /// Those of its path as well, each where a reference leads to.
    fn parameters(&self, document: &'d Document) -> impl Iterator<Item = &'d Node> {
        let shared = self.item.get("parameters").into_iter();
        let all = shared.chain(self.node.get("parameters"));
        let all = all.flat_map(Node::iter_seq);
        all.filter_map(|parameter| document.resolve(parameter).ok())
    }

    /// Method and path.
    pub fn call(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// The operations of a spec that have an id, in its order.
pub fn operations(document: &Document) -> Vec<Operation<'_>> {
    let mut operations = Vec::new();
    let paths = document.pointer("/paths");
    for (path, item) in paths.into_iter().flat_map(Node::iter_map) {
        for (method, node) in item.iter_map() {
            let id = node.text("operationId");
            let Some(id) = id.filter(|_| METHODS.contains(&method.text.as_str())) else {
                continue;
            };
            let verbs = node.get("x-cart-operation").into_iter();
            operations.push(Operation {
                id,
                method: method.text.to_uppercase(),
                path: &path.text,
                verbs: verbs
                    .flat_map(Node::iter_seq)
                    .filter_map(Node::as_str)
                    .collect(),
                retry: node.text("x-retry").unwrap_or_default(),
                place: format!("{}:{}", document.file, method.position.line),
                item,
                node,
            });
        }
    }
    operations
}

/// Everything in which the spec and the stand-in differ.
pub fn compare(document: &Document, stand_in: &StandIn, places: &Places) -> Vec<Difference> {
    let mut comparison = Comparison {
        document,
        stand_in,
        places,
        found: Vec::new(),
    };
    comparison.base_path();
    comparison.credentials();
    comparison.operations();
    comparison.parameters();
    comparison.values();
    comparison.found
}

struct Comparison<'a> {
    document: &'a Document,
    stand_in: &'a StandIn<'a>,
    places: &'a Places,
    found: Vec<Difference>,
}

impl<'a> Comparison<'a> {
    fn tell(&mut self, what: String, spec: String, other: String, mend: &str) {
        self.found.push(Difference {
            vendor: self.stand_in.vendor.to_owned(),
            what,
            spec,
            other,
            mend: mend.to_owned(),
        });
    }

    fn at(&self, pointer: &str) -> String {
        let line = self.document.position(pointer).line;
        format!("{}:{line}", self.document.file)
    }

    fn base_path(&mut self) {
        let server = self.document.pointer("/servers/0");
        let url = server
            .and_then(|server| server.text("url"))
            .unwrap_or_default();
        let authority = url.split_once("://").map_or(url, |(_, rest)| rest);
        let path = authority.find('/').map_or("", |slash| &authority[slash..]);
        let (path, own) = (path.trim_end_matches('/'), self.stand_in.base_path);
        if path != own {
            self.tell(
                format!("the spec's server has the base path `{path}`, the stand-in `{own}`"),
                self.at("/servers/0/url"),
                self.places.of_text("fn router("),
                "move the routes in `router`, `access` and the base path in inputs.rs",
            );
        }
    }

    fn credentials(&mut self) {
        let mut used: BTreeMap<String, String> = BTreeMap::new();
        let operations = operations(self.document);
        let security = operations
            .iter()
            .map(|operation| operation.node.get("security"))
            .map(|own| own.or_else(|| self.document.pointer("/security")));
        for scheme in security
            .flatten()
            .flat_map(Node::iter_seq)
            .flat_map(Node::iter_map)
        {
            let name = &scheme.0.text;
            let pointer = format!("/components/securitySchemes/{}", pointer_token(name));
            let told = self
                .document
                .pointer(&pointer)
                .map_or_else(|| format!("undescribed {name}"), entrance);
            used.entry(told.to_lowercase())
                .or_insert_with(|| format!("{told}\n{pointer}"));
        }
        let taken: BTreeSet<String> = (self.stand_in.credentials.iter())
            .map(|own| own.to_lowercase())
            .collect();
        let untaken: Vec<(String, String)> = used
            .iter()
            .filter(|(key, _)| !taken.contains(*key))
            .filter_map(|(_, told)| told.split_once('\n'))
            .map(|(told, pointer)| (told.to_owned(), pointer.to_owned()))
            .collect();
        let stand_in = self.stand_in;
        let undocumented = stand_in
            .credentials
            .iter()
            .filter(|own| !used.contains_key(&own.to_lowercase()));
        let mut undocumented = undocumented.copied();
        for (told, pointer) in untaken {
            // What has moved is one difference.
            let instead = undocumented.next();
            let what = match instead {
                Some(own) => format!(
                    "the spec's credentials are `{told}`, and the stand-in looks for `{own}`"
                ),
                None => format!(
                    "the spec's credentials may be `{told}`, for which the stand-in doesn't look"
                ),
            };
            let word = instead.and_then(|own| own.split(' ').nth(1));
            let other = word.map_or_else(
                || self.places.of_input("credentials"),
                |word| self.places.of_word(word),
            );
            self.tell(
                what,
                self.at(&pointer),
                other,
                "let the stand-in take them where the spec says, and list that in inputs.rs",
            );
        }
        for own in undocumented {
            self.tell(
                format!("the stand-in looks for the credentials `{own}`, which no operation of the spec names"),
                self.at("/components/securitySchemes"),
                self.places.of_input(own),
                "remove them from the stand-in and from inputs.rs, or describe them in the spec",
            );
        }
    }

    fn operations(&mut self) {
        let documented = operations(self.document);
        // Paths that begin otherwise, by what they begin with.
        let mut moved: BTreeMap<(String, String), Vec<&str>> = BTreeMap::new();
        let mut left: Vec<&(&str, &str, &str)> = self.stand_in.operations.iter().collect();
        let mut unknown = Vec::new();
        for operation in &documented {
            let own = left.iter().position(|(id, _, _)| *id == operation.id);
            let Some(own) = own else {
                unknown.push(operation);
                continue;
            };
            let (id, method, path) = left.remove(own);
            if *method != operation.method {
                self.tell(
                    format!(
                        "`{id}` is {}, and {method} at the stand-in",
                        operation.method
                    ),
                    operation.place.clone(),
                    self.places.of_word(id),
                    "route the spec's method, and list it",
                );
            }
            if *path != operation.path {
                let ends = unlike(operation.path, path);
                moved.entry(ends).or_default().push(operation.id);
            }
        }
        for ((spec, own), ids) in moved {
            let first = documented.iter().find(|operation| operation.id == ids[0]);
            let place = first.map(|operation| operation.place.clone());
            let of = match ids.len() {
                1 => format!("the path of `{}` has", ids[0]),
                count => format!("the paths of {count} operations (`{}`, …) have", ids[0]),
            };
            self.tell(
                format!("{of} `{spec}` in the spec where the stand-in has `{own}`"),
                place.unwrap_or_default(),
                self.places.of_text("fn router("),
                "move the routes, and the paths in the stand-in's list of operations",
            );
        }
        for operation in unknown {
            let same = left.iter().position(|(_, method, path)| {
                (*method, *path) == (operation.method.as_str(), operation.path)
            });
            let (id, call) = (operation.id, operation.call());
            match same.map(|at| left.remove(at)) {
                Some((own, _, _)) => self.tell(
                    format!("{call} is `{id}` in the spec and `{own}` at the stand-in"),
                    operation.place.clone(),
                    self.places.of_word(own),
                    "list it under the spec's id",
                ),
                None => self.tell(
                    format!("the stand-in doesn't list `{id}` ({call})"),
                    operation.place.clone(),
                    self.places.of_text("fn operations()"),
                    "route it and list it with its statuses and rules; tests/agreement/src/drive has to ask for each of them",
                ),
            }
        }
        for (id, method, path) in left {
            self.tell(
                format!("the stand-in lists `{id}` ({method} {path}), which the spec doesn't have"),
                self.at("/paths"),
                self.places.of_word(id),
                "take it out of the stand-in, or describe it in the spec",
            );
        }
    }

    fn parameters(&mut self) {
        let mut unread: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
        let mut undocumented: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for operation in operations(self.document) {
            let known = |(id, _, _): &&(&str, &str, &str)| *id == operation.id;
            if !self.stand_in.operations.iter().any(|it| known(&it)) {
                continue;
            }
            let own = self.stand_in.parameters.iter();
            let own = own.filter(|(id, _)| *id == operation.id);
            let own: BTreeSet<&str> = own.flat_map(|(_, names)| names.iter().copied()).collect();
            let mut documented = BTreeSet::new();
            for parameter in operation.parameters(self.document) {
                let (place, name) = (parameter.text("in"), parameter.text("name"));
                let (Some(place), Some(name)) = (place, name) else {
                    continue;
                };
                if place == "path" {
                    continue;
                }
                let told = format!("{place} {name}");
                if !own.contains(told.as_str()) {
                    let place = format!("{}:{}", self.document.file, parameter.start.line);
                    let entry = unread.entry(told.clone()).or_insert((place, Vec::new()));
                    entry.1.push(operation.id);
                }
                documented.insert(told);
            }
            for name in own.into_iter().filter(|name| !documented.contains(*name)) {
                undocumented.entry(name).or_default().push(operation.id);
            }
        }
        for (told, (place, ids)) in unread {
            self.tell(
                format!(
                    "the spec has the parameter `{told}` of {}, which the stand-in doesn't list",
                    names(&ids)
                ),
                place,
                self.places.of_input(&format!("\"{}\"", ids[0])),
                "let the stand-in read it, and list it in inputs.rs",
            );
        }
        for (told, ids) in undocumented {
            self.tell(
                format!(
                    "the stand-in lists the parameter `{told}` of {}, which the spec doesn't have",
                    names(&ids)
                ),
                self.places.in_spec(&format!("operationId: {}", ids[0])),
                self.places.of_input(&format!("\"{told}\"")),
                "take it out of the stand-in and of inputs.rs, or describe it in the spec",
            );
        }
    }

    fn values(&mut self) {
        let mut lists = Lists::new(self.document);
        for operation in operations(self.document) {
            for parameter in operation.parameters(self.document) {
                let name = parameter.text("name").unwrap_or(operation.id);
                if let Some(schema) = parameter.get("schema") {
                    lists.walk(name, schema);
                }
            }
            let body = operation.node.get("requestBody");
            let body = body.map(|body| self.document.resolve(body).unwrap_or(body));
            let content = body.and_then(|body| body.get("content")).into_iter();
            for (_, media) in content.flat_map(Node::iter_map) {
                if let Some(schema) = media.get("schema") {
                    lists.walk(operation.id, schema);
                }
            }
        }
        let found = lists.found;
        for (name, (place, values)) in &found {
            let own = self.stand_in.values.iter().find(|(own, _)| own == name);
            let own = own.map_or(&[][..], |(_, values)| values);
            for value in values.iter().filter(|value| !own.contains(&value.as_str())) {
                let near = own.first().map_or_else(
                    || self.places.of_input("values"),
                    |near| self.places.of_word(near),
                );
                self.tell(
                    format!("the spec has the value `{value}` of {name}, which the stand-in doesn't list"),
                    place.clone(),
                    near,
                    "let the stand-in take it, and list it in inputs.rs",
                );
            }
            for value in own.iter().filter(|own| !values.iter().any(|it| it == *own)) {
                self.tell(
                    format!("the stand-in lists the value `{value}` of {name}, which the spec doesn't have"),
                    place.clone(),
                    self.places.of_word(value),
                    "take it out of the stand-in and of inputs.rs, or describe it in the spec",
                );
            }
        }
        let stand_in = self.stand_in;
        for (name, _) in &stand_in.values {
            if !found.contains_key(*name) {
                self.tell(
                    format!(
                        "the stand-in lists values of {name}, which no request of the spec has"
                    ),
                    self.at("/components/schemas"),
                    self.places.of_input(&format!("\"{name}\"")),
                    "take the list out of inputs.rs, or name it as the spec does",
                );
            }
        }
    }
}

/// Where a security scheme wants its credentials, in the words of [`Inputs::credentials`].
fn entrance(scheme: &Node) -> String {
    let text = |key| scheme.text(key).unwrap_or_default();
    match text("type") {
        "apiKey" => format!("{} {}", text("in"), text("name")),
        "http" => text("scheme").to_lowercase(),
        "oauth2" => {
            let flows = scheme.get("flows").into_iter().flat_map(Node::iter_map);
            let told = flows.map(|(name, flow)| {
                format!(
                    "{} {}",
                    name.text,
                    flow.text("tokenUrl").unwrap_or_default()
                )
            });
            told.collect::<Vec<_>>().join(" or ")
        }
        other => other.to_owned(),
    }
}

/// Two paths without the segments that both end with. A whole path is kept where nothing else would be left.
fn unlike(one: &str, other: &str) -> (String, String) {
    let (mut one, mut other) = (one, other);
    while let (Some((a, x)), Some((b, y))) = (one.rsplit_once('/'), other.rsplit_once('/')) {
        if x != y || a.is_empty() || b.is_empty() {
            break;
        }
        (one, other) = (a, b);
    }
    (one.to_owned(), other.to_owned())
}

fn names(ids: &[&str]) -> String {
    match ids {
        [one] => format!("`{one}`"),
        [one, two] => format!("`{one}` and `{two}`"),
        all => format!("{} operations (`{}`, …)", all.len(), all[0]),
    }
}
