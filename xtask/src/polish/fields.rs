//! Fields: absent, null and value told apart; their names on the wire; what is deprecated; what may grow.

use std::collections::BTreeSet;

use syn::visit_mut::{self, VisitMut};
use syn::{Fields, File, GenericArgument, Item, PathArguments, Type, parse_quote};

use super::operations::mentions;
use super::{module, type_name};
use crate::plan::Plan;

/// Turns `Option<Nullable<T>>` into `Maybe<T>` everywhere; answers how many struct fields it found.
pub fn three_state(file: &mut File) -> usize {
    Maybes.visit_file_mut(file);
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        let Item::Struct(structure) = item else {
            continue;
        };
        for field in structure
            .fields
            .iter_mut()
            .filter(|field| argument(&field.ty, "Maybe").is_some())
        {
            let rename = rename(field);
            field
                .attrs
                .retain(|attribute| !attribute.path().is_ident("serde"));
            let mut options: Vec<syn::Meta> = rename
                .map(|name| parse_quote!(rename = #name))
                .into_iter()
                .collect();
            options.push(parse_quote!(default));
            options.push(parse_quote!(
                skip_serializing_if = "::cartwright_runtime::Maybe::is_absent"
            ));
            field.attrs.push(parse_quote!(#[serde(#(#options),*)]));
            count += 1;
        }
    }
    count
}

struct Maybes;

impl VisitMut for Maybes {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        visit_mut::visit_type_mut(self, ty);
        let inner = argument(ty, "Option")
            .and_then(|option| argument(option, "Nullable"))
            .cloned();
        if let Some(inner) = inner {
            *ty = parse_quote!(::cartwright_runtime::Maybe<#inner>);
        }
    }
}

/// `T` of `name<T>`.
pub(super) fn argument<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let segment = last_segment(ty).filter(|segment| segment.ident == name)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    match arguments.args.first()? {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    }
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

/// The name that a field has on the wire, where it isn't the Rust name.
pub(super) fn rename(field: &syn::Field) -> Option<String> {
    let mut name = None;
    for attribute in field
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // What isn't `rename = "…"` is rewritten by the caller.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = Some(meta.value()?.parse::<syn::LitStr>()?.value());
            } else if let Ok(value) = meta.value() {
                value.parse::<syn::LitStr>()?;
            }
            Ok(())
        });
    }
    name
}

/// Gives the fields whose Rust name isn't made of the wire's name alone that name; answers how many it found.
pub fn name(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        let Item::Struct(structure) = item else {
            continue;
        };
        let owner = structure.ident.to_string();
        for field in &mut structure.fields {
            let Some(own) = field.ident.as_ref().map(ToString::to_string) else {
                continue;
            };
            if let Some(written) = plan.renamed_fields.get(&(owner.clone(), own)) {
                // Latin letters beyond ASCII are cased alike, and named already.
                if rename(field).as_deref() != Some(written) {
                    field.attrs.push(parse_quote!(#[serde(rename = #written)]));
                }
                count += 1;
            }
        }
    }
    count
}

/// Lets the structs that a caller only receives grow: a field that a vendor adds breaks no code.
pub fn let_grow(file: &mut File, plan: &Plan) -> usize {
    let received: BTreeSet<&str> = plan.received().collect();
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        if let Item::Struct(structure) = item
            && received.contains(structure.ident.to_string().as_str())
        {
            structure.attrs.push(parse_quote!(#[non_exhaustive]));
            count += 1;
        }
    }
    count
}

/// Derives `Default` where every field may be left out, so that a caller can name only what it sets; answers how often.
pub fn derive_default(file: &mut File) -> usize {
    let mut count = 0;
    let Some(types) = module(file, &["types"]) else {
        return 0;
    };
    let implemented: Vec<String> = types
        .iter()
        .filter_map(|item| match item {
            Item::Impl(item) => {
                let (path, _) = item.trait_.as_ref()?;
                let is_default = path.segments.last()?.ident == "Default";
                is_default.then(|| type_name(&item.self_ty).map(ToString::to_string))?
            }
            _ => None,
        })
        .collect();
    for item in types {
        let Item::Struct(structure) = item else {
            continue;
        };
        let may_be_left_out = |field: &syn::Field| {
            let is_optional = |name| argument(&field.ty, name).is_some();
            is_extra(field) || is_optional("Option") || is_optional("Maybe")
        };
        let is_named = matches!(structure.fields, Fields::Named(_));
        if is_named
            && structure.fields.iter().all(may_be_left_out)
            && !implemented.contains(&structure.ident.to_string())
        {
            structure.attrs.push(parse_quote!(#[derive(Default)]));
            count += 1;
        }
    }
    count
}

/// Says what the kept-unknown map is; answers how many there are.
pub fn document_extra(file: &mut File) -> usize {
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        let Item::Struct(structure) = item else {
            continue;
        };
        for field in &mut structure.fields {
            if is_extra(field) {
                field.attrs.insert(
                    0,
                    parse_quote!(#[doc = " Fields that the spec does not list, as sent; written back."]),
                );
                count += 1;
            }
        }
    }
    count
}

/// Whether the field is the kept-unknown map.
fn is_extra(field: &syn::Field) -> bool {
    let is_flattened = field
        .attrs
        .iter()
        .any(|attribute| attribute.path().is_ident("serde") && mentions(attribute, "flatten"));
    is_flattened && field.ident.as_ref().is_some_and(|name| name == "extra")
}

/// Marks the fields of deprecated properties.
pub fn deprecate(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        let Item::Struct(structure) = item else {
            continue;
        };
        let owner = structure.ident.to_string();
        let Fields::Named(fields) = &mut structure.fields else {
            continue;
        };
        for field in &mut fields.named {
            let Some(name) = &field.ident else { continue };
            let wanted = plan
                .deprecated_fields
                .iter()
                .any(|(ty, field)| *ty == owner && name == field);
            if wanted {
                field.attrs.push(parse_quote!(#[deprecated]));
                count += 1;
            }
        }
    }
    count
}
