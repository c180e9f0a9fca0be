//! The operations of a document, each with what it takes from its path and from the root.

use super::check;
use super::source::{At, Source};
use crate::load::{Document, LoadError, Node, pointer_token};

/// The methods that a path item may hold.
const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// A document as a client sees it.
pub(super) struct Surface<'d> {
    pub(super) source: Source<'d>,
    pub(super) operations: Vec<Operation<'d>>,
}

/// One operation.
pub(super) struct Operation<'d> {
    /// The `operationId`, if it has one.
    pub(super) id: Option<String>,
    /// What a reader calls it: its id, or `GET /carts`.
    pub(super) name: String,
    /// In upper case.
    pub(super) method: String,
    /// The path as written.
    pub(super) path: String,
    pub(super) at: At<'d>,
    pub(super) item: At<'d>,
    pub(super) servers: Servers,
}

/// Where an operation is served.
pub(super) struct Servers {
    /// The pointer of the list, or of the root where there is none.
    pub(super) pointer: String,
    /// Each address, its variables replaced by their defaults, without a slash at its end.
    pub(super) addresses: Vec<String>,
}

impl<'d> Surface<'d> {
    /// Reads a document that [`check::check`] has let through.
    pub(super) fn read(document: &'d Document) -> Result<Self, LoadError> {
        check::check(document)?;
        let source = Source { document };
        let root = source.root();
        let of_root = servers(&source, &root)?;
        let mut operations = Vec::new();
        for (path, item) in check::maps_under(&source, &root, "paths")? {
            if path.starts_with("x-") {
                continue;
            }
            let of_item = servers(&source, &item)?;
            for method in METHODS {
                let Some(at) = check::child_map(&source, &item, method)? else {
                    continue;
                };
                let id = at.node.text("operationId").map(str::to_owned);
                let method = method.to_uppercase();
                let own = servers(&source, &at)?;
                let served = own.or_else(|| of_item.clone()).or_else(|| of_root.clone());
                operations.push(Operation {
                    name: id.clone().unwrap_or_else(|| format!("{method} {path}")),
                    id,
                    method,
                    path: path.clone(),
                    at,
                    item: item.clone(),
                    servers: served.unwrap_or_else(Servers::default),
                });
            }
        }
        Ok(Self { source, operations })
    }
}

impl Operation<'_> {
    /// The path with its parameters' names left out.
    pub(super) fn template(&self) -> String {
        template(&self.path)
    }

    /// The path below the first server's host, parameters' names left out: what a request is sent to.
    pub(super) fn effective(&self) -> String {
        let first = self.servers.addresses.first();
        let (_, prefix) = split(first.map_or("", String::as_str));
        format!("{prefix}{}", self.template())
    }

    /// Every address that the operation answers at.
    pub(super) fn urls(&self) -> Vec<String> {
        let path = self.template();
        let addresses = self.servers.addresses.iter();
        addresses
            .map(|address| format!("{address}{path}"))
            .collect()
    }

    /// The names of the path's parameters, in order.
    pub(super) fn path_names(&self) -> Vec<&str> {
        let parts = self.path.split('{').skip(1);
        parts
            .filter_map(|part| part.split_once('}').map(|(name, _)| name))
            .collect()
    }
}

impl Default for Servers {
    fn default() -> Self {
        Self {
            pointer: String::new(),
            addresses: vec![String::new()],
        }
    }
}

impl Clone for Servers {
    fn clone(&self) -> Self {
        Self {
            pointer: self.pointer.clone(),
            addresses: self.addresses.clone(),
        }
    }
}

/// `/carts/{cartId}` as `/carts/{}`.
fn template(path: &str) -> String {
    let mut parts = path.split('{');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once('}') {
            Some((_, rest)) => text.extend(["{}", rest]),
            None => text.extend(["{", part]),
        }
    }
    text
}

/// Scheme and host, and the path below them.
pub(super) fn split(address: &str) -> (&str, &str) {
    let after_scheme = address.find("://").map_or(0, |at| at + 3);
    let host_and_path = address.get(after_scheme..).unwrap_or_default();
    let path = host_and_path.find('/').map(|at| at + after_scheme);
    match path {
        Some(at) => address.split_at(at),
        None => (address, ""),
    }
}

fn servers(source: &Source<'_>, at: &At<'_>) -> Result<Option<Servers>, LoadError> {
    let Some(node) = at.node.get("servers") else {
        return Ok(None);
    };
    check::list(source, node, "servers")?;
    let mut addresses = Vec::new();
    for server in node.iter_seq() {
        check::mapping(source, server, "servers[]")?;
        addresses.push(address(server));
    }
    if addresses.is_empty() {
        addresses.push(String::new());
    }
    Ok(Some(Servers {
        pointer: format!("{}/{}", at.pointer, pointer_token("servers")),
        addresses,
    }))
}

fn address(server: &Node) -> String {
    let mut url = server.text("url").unwrap_or_default().to_owned();
    for (name, variable) in server.get("variables").into_iter().flat_map(Node::iter_map) {
        if let Some(default) = variable.text("default") {
            url = url.replace(&format!("{{{}}}", name.text), default);
        }
    }
    plain(url.trim_end_matches('/'))
}

/// An address as a client understands it: the case of its host says nothing, nor does the port that goes without saying.
fn plain(url: &str) -> String {
    let (host, path) = split(url);
    let host = host.to_ascii_lowercase();
    let host = match host.split_once("://") {
        Some(("https", _)) => host.strip_suffix(":443"),
        Some(("http", _)) => host.strip_suffix(":80"),
        _ => None,
    }
    .unwrap_or(&host);
    format!("{host}{path}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_by_its_fixed_parts() {
        for (path, expected) in [
            ("/carts", "/carts"),
            ("/carts/{cartId}/items/{itemId}", "/carts/{}/items/{}"),
            ("/carts/{cartId", "/carts/{cartId"),
            ("/carts/{a}-{b}.json", "/carts/{}-{}.json"),
        ] {
            assert_eq!(template(path), expected);
        }
    }

    #[test]
    fn the_case_of_a_host_and_the_usual_port_say_nothing() {
        for (address, expected) in [
            (
                "https://API.example.com:443/V1",
                "https://api.example.com/V1",
            ),
            ("http://api.example.com:80", "http://api.example.com"),
            ("http://api.example.com:443", "http://api.example.com:443"),
            ("/V1", "/V1"),
        ] {
            assert_eq!(plain(address), expected);
        }
    }

    #[test]
    fn an_address_is_a_host_and_a_prefix() {
        for (address, host, prefix) in [
            ("https://api.example/v1", "https://api.example", "/v1"),
            ("https://api.example", "https://api.example", ""),
            ("/v1", "", "/v1"),
            ("", "", ""),
        ] {
            assert_eq!(split(address), (host, prefix));
        }
    }
}
