//! The public API of a generated client, listed from its source.
//!
//! Snapshots and review both read this list: one entry per item that a caller can name, with its type. It is read with `syn`, so it
//! needs no compiler and sees the types of fields and arguments.

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Fields, File, FnArg, GenericParam, ImplItem, Item, Type, TypeParamBound, Visibility,
    WherePredicate,
};

/// One item that a caller can name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiItem {
    /// What kind of item it is.
    pub kind: ApiKind,
    /// Its path from the crate's root: `types::Cart::id`.
    pub path: String,
    /// Its type or signature, with shortened paths; the traits of a type.
    pub signature: String,
}

/// The kinds of items in a generated client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ApiKind {
    /// A struct; the signature lists its traits.
    Struct,
    /// An enum; the signature lists its traits.
    Enum,
    /// A field of a struct.
    Field,
    /// A variant of an enum.
    Variant,
    /// A method or function.
    Function,
    /// A constant.
    Constant,
}

impl ApiItem {
    /// One line: `field types::Cart::id: Option<String>`.
    pub fn line(&self) -> String {
        let ApiItem {
            kind,
            path,
            signature,
        } = self;
        let kind = format!("{kind:?}").to_lowercase();
        match self.kind {
            ApiKind::Function => format!("{kind} {path}{signature}"),
            _ if signature.is_empty() => format!("{kind} {path}"),
            ApiKind::Variant => format!("{kind} {path}({signature})"),
            _ => format!("{kind} {path}: {signature}"),
        }
    }
}

/// Lists the public API of a client's source, in source order.
///
/// # Errors
///
/// What `syn` says when the source isn't Rust.
pub fn list(source: &str) -> Result<Vec<ApiItem>, String> {
    let file: File = syn::parse_file(source).map_err(|error| format!("not Rust: {error}"))?;
    let mut api = Vec::new();
    module(&file.items, "", &mut api);
    Ok(api)
}

fn module(items: &[Item], prefix: &str, api: &mut Vec<ApiItem>) {
    for item in items {
        match item {
            Item::Struct(item) if is_public(&item.vis) => {
                let path = format!("{prefix}{}", item.ident);
                push(
                    api,
                    ApiKind::Struct,
                    path.clone(),
                    traits(&item.attrs, &item.ident, items),
                );
                for (index, field) in item
                    .fields
                    .iter()
                    .enumerate()
                    .filter(|(_, field)| is_public(&field.vis))
                {
                    let name = field
                        .ident
                        .as_ref()
                        .map_or_else(|| index.to_string(), ToString::to_string);
                    push(
                        api,
                        ApiKind::Field,
                        format!("{path}::{name}"),
                        short(&field.ty),
                    );
                }
            }
            Item::Enum(item) if is_public(&item.vis) => {
                let path = format!("{prefix}{}", item.ident);
                push(
                    api,
                    ApiKind::Enum,
                    path.clone(),
                    traits(&item.attrs, &item.ident, items),
                );
                for variant in &item.variants {
                    let types = match &variant.fields {
                        Fields::Unit => String::new(),
                        fields => fields
                            .iter()
                            .map(|field| short(&field.ty))
                            .collect::<Vec<_>>()
                            .join(", "),
                    };
                    push(
                        api,
                        ApiKind::Variant,
                        format!("{path}::{}", variant.ident),
                        types,
                    );
                }
            }
            Item::Impl(item) if item.trait_.is_none() => {
                let owner = short(&item.self_ty);
                let owner = owner.split('<').next().unwrap_or(&owner).trim();
                for method in &item.items {
                    if let ImplItem::Fn(method) = method
                        && is_public(&method.vis)
                    {
                        push(
                            api,
                            ApiKind::Function,
                            format!("{prefix}{owner}::{}", method.sig.ident),
                            signature(&method.sig),
                        );
                    }
                }
            }
            Item::Const(item) if is_public(&item.vis) => {
                push(
                    api,
                    ApiKind::Constant,
                    format!("{prefix}{}", item.ident),
                    short(&item.ty),
                );
            }
            Item::Mod(item) if is_public(&item.vis) => {
                if let Some((_, items)) = &item.content {
                    module(items, &format!("{prefix}{}::", item.ident), api);
                }
            }
            _ => {}
        }
    }
}

fn push(api: &mut Vec<ApiItem>, kind: ApiKind, path: String, signature: String) {
    api.push(ApiItem {
        kind,
        path,
        signature,
    });
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Derived and implemented traits of a type, sorted.
fn traits(attributes: &[syn::Attribute], name: &syn::Ident, siblings: &[Item]) -> String {
    let mut traits: Vec<String> = Vec::new();
    for attribute in attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("derive"))
    {
        // A derive that can't be read lists nothing.
        let _ = attribute.parse_nested_meta(|meta| {
            traits.extend(
                meta.path
                    .segments
                    .last()
                    .map(|segment| segment.ident.to_string()),
            );
            Ok(())
        });
    }
    for item in siblings {
        if let Item::Impl(item) = item
            && let (Some((path, _)), Type::Path(owner)) = (&item.trait_, &*item.self_ty)
            && owner.path.is_ident(name)
        {
            traits.push(short(path));
        }
    }
    if attributes
        .iter()
        .any(|attribute| attribute.path().is_ident("non_exhaustive"))
    {
        traits.push("non_exhaustive".to_owned());
    }
    traits.sort();
    traits.join(" + ")
}

fn signature(signature: &syn::Signature) -> String {
    let arguments: Vec<String> = signature
        .inputs
        .iter()
        .map(|argument| match argument {
            FnArg::Receiver(receiver) => short(receiver),
            FnArg::Typed(argument) => match bound(signature, &argument.ty) {
                // A setter takes anything that converts; what it converts to is what a caller needs to know.
                Some(bound) => format!("{}: {bound}", short(&argument.pat)),
                None => format!("{}: {}", short(&argument.pat), short(&argument.ty)),
            },
        })
        .collect();
    let asynchronous = if signature.asyncness.is_some() {
        " async"
    } else {
        ""
    };
    let output = match &signature.output {
        syn::ReturnType::Default => String::new(),
        syn::ReturnType::Type(_, ty) => format!(" -> {}", short(ty)),
    };
    format!("({}){asynchronous}{output}", arguments.join(", "))
}

/// `impl TryInto<T>` for an argument whose type is a parameter with that bound.
fn bound(signature: &syn::Signature, ty: &Type) -> Option<String> {
    let Type::Path(path) = ty else { return None };
    let name = path.path.get_ident()?;
    signature
        .generics
        .params
        .iter()
        .find(|param| matches!(param, GenericParam::Type(param) if param.ident == *name))?;
    let predicates = &signature.generics.where_clause.as_ref()?.predicates;
    let bounds = predicates.iter().find_map(|predicate| match predicate {
        WherePredicate::Type(predicate) if matches!(&predicate.bounded_ty, Type::Path(own) if own.path.is_ident(name)) => Some(&predicate.bounds),
        _ => None,
    })?;
    let bounds: Vec<String> = bounds
        .iter()
        .filter_map(|bound| match bound {
            TypeParamBound::Trait(bound) => Some(short(&bound.path)),
            _ => None,
        })
        .collect();
    Some(format!("impl {}", bounds.join(" + ")))
}

/// A node's tokens with std's and the runtime's paths cut to their last segment.
fn short(node: &(impl ToTokens + Clone)) -> String {
    let tokens = node.to_token_stream();
    let mut text = match syn::parse2::<Type>(tokens.clone()) {
        Ok(mut ty) => {
            Shorten.visit_type_mut(&mut ty);
            ty.to_token_stream().to_string()
        }
        Err(_) => tokens.to_string(),
    };
    for (long, tight) in [
        (" :: ", "::"),
        (" < ", "<"),
        (" >", ">"),
        (" ,", ","),
        ("& ", "&"),
        ("< ", "<"),
        ("> ", ">"),
        (" (", "("),
        (" )", ")"),
        ("( ", "("),
        ("' ", "'"),
        ("[ ", "["),
        (" ]", "]"),
    ] {
        text = text.replace(long, tight);
    }
    text = text.replace(',', ", ").replace(",  ", ", ");
    // A trailing comma is the formatter's, not the API's.
    text = text.replace(", >", ">").replace(", )", ")");
    text = text
        .replace("->", " -> ")
        .replace("  ->", " ->")
        .replace("->  ", "-> ");
    text.replace(">=", "> =").trim().to_owned()
}

struct Shorten;

impl VisitMut for Shorten {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        let is_known = path.segments.first().is_some_and(|first| {
            path.segments.len() > 1
                && ["std", "serde", "serde_json", "cartwright_runtime"]
                    .contains(&first.ident.to_string().as_str())
        });
        if is_known && let Some(last) = path.segments.last().cloned() {
            path.leading_colon = None;
            path.segments = std::iter::once(last).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_nameable_item_is_one_line_with_its_type() {
        let source = "
            pub mod types {
                #[derive(Clone, Debug)] #[non_exhaustive]
                pub struct Cart { pub id: ::std::option::Option<::std::string::String>, hidden: i64 }
                impl ::std::fmt::Display for Cart {}
                pub enum Kind { A, B(Cart) }
            }
            impl Client {
                pub fn map<F>(self, f: F) -> Self where F: FnOnce(types::Cart,) -> types::Cart {}
                pub async fn get<V>(self, id: V,) -> Result<types::Cart, String,> where V: std::convert::TryInto<::std::string::String> {}
                fn private(&self) {}
            }
            pub const ALL: &[&str] = &[];";
        let lines: Vec<String> = list(source).unwrap().iter().map(ApiItem::line).collect();
        assert_eq!(
            lines,
            [
                "struct types::Cart: Clone + Debug + Display + non_exhaustive",
                "field types::Cart::id: Option<String>",
                "enum types::Kind",
                "variant types::Kind::A",
                "variant types::Kind::B(Cart)",
                "function Client::map(self, f: impl FnOnce(types::Cart) -> types::Cart) -> Self",
                "function Client::get(self, id: impl TryInto<String>) async -> Result<types::Cart, String>",
                "constant ALL: &[&str]",
            ]
        );
    }

    #[test]
    fn source_that_is_not_rust_is_an_error() {
        let error = list("pub struct {").unwrap_err();
        assert!(error.starts_with("not Rust: "), "{error}");
    }
}
