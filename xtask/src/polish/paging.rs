//! Lists: `pages` and `items` on the builders of calls that answer page by page.
//!
//! The walk itself is the runtime's. Here each builder learns where its page stands in the call and in the answer, by following the plan's
//! paths through the generated types.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn::visit_mut::{self, VisitMut};
use syn::{Fields, File, GenericArgument, Ident, ImplItem, Item, PathArguments, Type, parse_quote};

use super::{doc_attributes, ident, module, type_name};
use crate::lint::rust_names::snake;
use crate::plan::{Asked, Operation, Paging, Plan};

/// Adds the methods and what the runtime asks of a paged call; answers for how many operations it could.
pub fn declare(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for operation in &plan.operations {
        let Some(paging) = &operation.paging else {
            continue;
        };
        let Some(list) = List::of(file, operation, paging) else {
            continue;
        };
        let has_body = builder_field(file, operation, "body").is_some();
        let Some(items) = module(file, &["builder"]) else {
            continue;
        };
        let name = operation.builder_name();
        let own = items.iter().position(|item| is_builder(item, &name));
        let Some(at) = own else { continue };
        if let Some(Item::Impl(builder)) = items.get_mut(at) {
            builder.items.extend(methods(operation, paging, has_body));
        }
        items.insert(at + 1, list.implementation(operation, paging));
        count += 1;
    }
    count
}

fn is_builder(item: &Item, name: &str) -> bool {
    matches!(item, Item::Impl(item) if item.trait_.is_none() && type_name(&item.self_ty).is_some_and(|own| own == name))
}

fn methods(operation: &Operation, paging: &Paging, has_body: bool) -> [ImplItem; 2] {
    let call = call(operation, has_body);
    let position = match (&paging.asked, paging.by_cursor) {
        (Asked::Query(name), false) => format!("the parameter `{name}`"),
        (Asked::Query(name), true) => format!("the cursor in `{name}`"),
        (Asked::Body(path), false) => format!("`{}` of the body", path.join(".")),
        (Asked::Body(path), true) => format!("the cursor in `{}` of the body", path.join(".")),
    };
    let first = format!(
        "Begins at the page that the call asks for by {position}, the first one without it. Nothing is sent before the first `next`."
    );
    let pages = doc_attributes(&format!(
        "Reads the list page by page; each page is the whole answer.\n\n{first}\n\n```\nlet mut pages = {call}.pages();\n\
         while let Some(page) = pages.next().await {{\n    let page = page?;\n}}\n```\n\n# Errors\n\nSee [`::cartwright_runtime::Pages`]: a page that fails can be tried again."
    ));
    let items = doc_attributes(&format!(
        "Reads the list element by element, and fetches pages as they are needed.\n\n{first}\n\n```\nlet mut items = {call}.items();\n\
         while let Some(item) = items.next().await {{\n    let item = item?;\n}}\n```\n\n# Errors\n\nSee [`::cartwright_runtime::Items`]: a page that fails can be tried again."
    ));
    [
        parse_quote! {
            #(#pages)*
            pub fn pages(self) -> ::cartwright_runtime::Pages<'a, Self> {
                ::cartwright_runtime::Pages::new(self)
            }
        },
        parse_quote! {
            #(#items)*
            pub fn items(self) -> ::cartwright_runtime::Items<'a, Self> {
                ::cartwright_runtime::Items::new(self)
            }
        },
    ]
}

/// The call as an example writes it, with what no call goes without.
fn call(operation: &Operation, has_body: bool) -> String {
    let mut call = format!("client.{}()", operation.method_name());
    let templates = operation.path.split('{').skip(1);
    for (written, _) in templates.filter_map(|rest| rest.split_once('}')) {
        let mut parameters = operation.parameters.iter();
        let named = parameters.find(|one| one.location == "path" && one.written == written);
        let setter = snake(named.map_or(written, |one| &one.name));
        call.push_str(&format!(".{setter}({setter})"));
    }
    if has_body {
        call.push_str(".body(body)");
    }
    call
}

/// A list's types, and the expressions that lead to its parts.
struct List {
    page: Type,
    item: Type,
    failure: Type,
    /// From `page`, a mutable reference, to the mutable list.
    list: TokenStream,
    /// From `page`, a reference, to what it tells.
    told: TokenStream,
    /// From `self`, a reference, to the page that is asked for.
    position: TokenStream,
    /// The method that makes the call for another page.
    at: TokenStream,
}

impl List {
    fn of(file: &mut File, operation: &Operation, paging: &Paging) -> Option<Self> {
        let (page, failure) = answer(file, operation)?;
        // Beside a success without a value, a page may be missing.
        let (value, from_mut, from_ref) = match argument(&page, "Option") {
            Some(value) => (value, quote!(page.as_mut()?), quote!(page.as_ref()?)),
            None => (&page, quote!(page), quote!(page)),
        };
        let answer = type_name(value)?.to_string();
        let (list, item) = way(file, &answer, &paging.items, &from_mut, true)?;
        let mut item = argument(&item, "Vec")?.clone();
        let names = module(file, &["types"])?.iter().filter_map(name_of);
        Local(names.collect()).visit_type_mut(&mut item);
        let told = match &paging.told {
            Some(path) => {
                let (told, _) = way(file, &answer, path, &from_ref, false)?;
                quote!(::cartwright_runtime::client::Tells::tells(#told))
            }
            None => quote!(None),
        };
        let (position, at) = match &paging.asked {
            Asked::Query(name) => in_query(file, operation, name)?,
            Asked::Body(path) => in_body(file, operation, path)?,
        };
        Some(Self {
            page,
            item,
            failure,
            list,
            told,
            position,
            at,
        })
    }

    fn implementation(self, operation: &Operation, paging: &Paging) -> Item {
        let builder = ident(&operation.builder_name());
        let constant = ident(&operation.constant_name());
        let named_by: Type = match paging.by_cursor {
            true => parse_quote!(::std::string::String),
            false => parse_quote!(i64),
        };
        // A page that tells nothing needs no name.
        let page_name = match paging.told {
            Some(_) => ident("page"),
            None => ident("_"),
        };
        let Self {
            page,
            item,
            failure,
            list,
            told,
            position,
            at,
        } = self;
        parse_quote! {
            impl<'a> ::cartwright_runtime::client::PagedCall for #builder<'a> {
                type Page = #page;
                type Item = #item;
                type Failure = #failure;
                type Position = #named_by;

                const OPERATION: &'static ::cartwright_runtime::Operation = &super::operations::#constant;

                fn fetch<'f>(self) -> ::cartwright_runtime::client::Fetched<'f, Self::Page, Self::Failure>
                where
                    Self: 'f,
                {
                    ::std::boxed::Box::pin(self.send())
                }

                fn position(&self) -> ::std::option::Option<Self::Position> {
                    #position
                }

                #at

                fn told(#page_name: &Self::Page) -> ::std::option::Option<Self::Position> {
                    #told
                }

                fn list(page: &mut Self::Page) -> ::std::option::Option<&mut ::std::vec::Vec<Self::Item>> {
                    ::std::option::Option::Some(#list)
                }
            }
        }
    }
}

/// Reading and setting a query parameter.
fn in_query(
    file: &mut File,
    operation: &Operation,
    parameter: &str,
) -> Option<(TokenStream, TokenStream)> {
    let field = builder_field(file, operation, &snake(parameter))?;
    let name = field.ident.as_ref()?;
    let is_optional =
        argument(&field.ty, "Result").is_some_and(|ty| argument(ty, "Option").is_some());
    let held = match is_optional {
        true => quote!(self.#name.as_ref().ok()?.as_ref()?),
        false => quote!(self.#name.as_ref().ok()?),
    };
    Some((
        quote!(::cartwright_runtime::client::Tells::tells(#held)),
        quote! {
            fn at(self, position: Self::Position) -> Self {
                self.#name(position)
            }
        },
    ))
}

/// Reading and setting a property of the body.
fn in_body(
    file: &mut File,
    operation: &Operation,
    path: &[String],
) -> Option<(TokenStream, TokenStream)> {
    let field = builder_field(file, operation, "body")?;
    let body = type_name(argument(&field.ty, "Result")?)?.clone();
    let owner = body.to_string();
    let (held, _) = way(file, &owner, path, &quote!(body), false)?;
    let (last, parents) = path.split_last()?;
    let mut place = quote!(body);
    let mut owner = owner;
    for name in parents {
        let (field, ty) = property(file, &owner, name)?;
        place = quote!(#place.#field);
        owner = type_name(&ty)?.to_string();
    }
    let (field, ty) = property(file, &owner, last)?;
    let value = quote! {
        ::std::convert::TryFrom::try_from(position)
            .map_err(|_| "the next page has no place in the body".to_string())?
    };
    let value = match wrapper(&ty) {
        Wrapper::Option => quote!(::std::option::Option::Some(#value)),
        Wrapper::Maybe => quote!(::cartwright_runtime::Maybe::Value(#value)),
        Wrapper::None => value,
    };
    Some((
        quote! {
            let body = types::#body::try_from(self.body.clone().ok()?).ok()?;
            ::cartwright_runtime::client::Tells::tells(#held)
        },
        quote! {
            fn at(mut self, position: Self::Position) -> Self {
                self.body = self.body.and_then(|body| {
                    let mut body = types::#body::try_from(body).map_err(|e| e.to_string())?;
                    #place.#field = #value;
                    Ok(body.into())
                });
                self
            }
        },
    ))
}

/// The expression that leads from a value of the type `owner` to the property at the end of a path, as a reference, and that property's
/// type without what makes it optional. `?` leaves where one on the way is missing.
fn way(
    file: &mut File,
    owner: &str,
    path: &[String],
    from: &TokenStream,
    is_mutable: bool,
) -> Option<(TokenStream, Type)> {
    let (last, parents) = path.split_last()?;
    let mut owner = owner.to_owned();
    let mut place = from.clone();
    for name in parents {
        let (field, ty) = property(file, &owner, name)?;
        let (step, ty) = step(&ty, is_mutable);
        place = quote!(#place.#field #step);
        owner = type_name(&ty)?.to_string();
    }
    let (field, ty) = property(file, &owner, last)?;
    let (step, inner) = step(&ty, is_mutable);
    let place = match (wrapper(&ty), is_mutable) {
        (Wrapper::None, true) => quote!(&mut #place.#field),
        (Wrapper::None, false) => quote!(&#place.#field),
        _ => quote!(#place.#field #step),
    };
    Some((place, inner))
}

/// What makes a field optional.
#[derive(Clone, Copy, PartialEq)]
enum Wrapper {
    None,
    Option,
    Maybe,
}

fn wrapper(ty: &Type) -> Wrapper {
    if argument(ty, "Option").is_some() {
        Wrapper::Option
    } else if argument(ty, "Maybe").is_some() {
        Wrapper::Maybe
    } else {
        Wrapper::None
    }
}

/// From a field to a reference to its value, and the value's type.
fn step(ty: &Type, is_mutable: bool) -> (TokenStream, Type) {
    let method = match (wrapper(ty), is_mutable) {
        (Wrapper::None, _) => return (TokenStream::new(), unboxed(ty).clone()),
        (Wrapper::Option, true) => ident("as_mut"),
        (Wrapper::Option, false) => ident("as_ref"),
        (Wrapper::Maybe, true) => ident("value_mut"),
        (Wrapper::Maybe, false) => ident("value"),
    };
    let inner = argument(ty, "Option").or_else(|| argument(ty, "Maybe"));
    (quote!(.#method()?), unboxed(inner.unwrap_or(ty)).clone())
}

fn unboxed(ty: &Type) -> &Type {
    argument(ty, "Box").unwrap_or(ty)
}

/// The first type argument of `name<T>`.
fn argument<'t>(ty: &'t Type, name: &str) -> Option<&'t Type> {
    let Type::Path(path) = ty else { return None };
    let last = path
        .path
        .segments
        .last()
        .filter(|last| last.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    })
}

/// The field of a generated type that holds a property.
fn property(file: &mut File, owner: &str, name: &str) -> Option<(Ident, Type)> {
    let structure = module(file, &["types"])?
        .iter()
        .find_map(|item| match item {
            Item::Struct(structure) if structure.ident == owner => Some(structure),
            _ => None,
        })?;
    let Fields::Named(fields) = &structure.fields else {
        return None;
    };
    let field = fields.named.iter().find(|field| {
        let own = field.ident.as_ref().map(ToString::to_string);
        super::fields::rename(field).or(own).as_deref() == Some(name)
    })?;
    Some((field.ident.clone()?, field.ty.clone()))
}

fn builder_field(file: &mut File, operation: &Operation, name: &str) -> Option<syn::Field> {
    let builder = operation.builder_name();
    let structure = module(file, &["builder"])?
        .iter()
        .find_map(|item| match item {
            Item::Struct(structure) if structure.ident == builder => Some(structure),
            _ => None,
        })?;
    let mut fields = structure.fields.iter();
    let field = fields.find(|field| {
        let own = field.ident.as_ref().map(ToString::to_string);
        own.is_some_and(|own| own.trim_start_matches("r#").trim_end_matches('_') == name)
    })?;
    Some(field.clone())
}

/// What `send` answers: the page's type, and the type of the documented errors.
fn answer(file: &mut File, operation: &Operation) -> Option<(Type, Type)> {
    let name = operation.builder_name();
    let builder = module(file, &["builder"])?
        .iter()
        .find(|item| is_builder(item, &name))?;
    let Item::Impl(builder) = builder else {
        return None;
    };
    let output = builder.items.iter().find_map(|item| match item {
        ImplItem::Fn(method) if method.sig.ident == "send" => Some(&method.sig.output),
        _ => None,
    })?;
    let syn::ReturnType::Type(_, result) = output else {
        return None;
    };
    let Type::Path(path) = &**result else {
        return None;
    };
    let PathArguments::AngleBracketed(arguments) = &path.path.segments.last()?.arguments else {
        return None;
    };
    let mut arguments = arguments.args.iter().filter_map(|argument| match argument {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    let page = argument(arguments.next()?, "ResponseValue")?.clone();
    let failure = argument(arguments.next()?, "Error")?.clone();
    Some((page, failure))
}

fn name_of(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

/// Finds the types of the module `types` from the module `builder`.
struct Local(BTreeSet<String>);

impl VisitMut for Local {
    fn visit_path_mut(&mut self, path: &mut syn::Path) {
        visit_mut::visit_path_mut(self, path);
        if let Some(only) = path.get_ident()
            && self.0.contains(&only.to_string())
        {
            *path = parse_quote!(types::#only);
        }
    }
}
