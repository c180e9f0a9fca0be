//! Builders: kept for what a caller sends, and never asking for the kept-unknown map.

use std::collections::BTreeSet;

use syn::visit_mut::{self, VisitMut};
use syn::{File, ImplItem, Item, parse_quote};

use super::operations::mentions;
use super::{module, type_name};
use crate::plan::Plan;

/// The kept-unknown map of a builder starts empty; typify would demand it from the caller.
pub fn start_extra_empty(file: &mut File) -> usize {
    struct Empty(usize);
    impl VisitMut for Empty {
        fn visit_field_value_mut(&mut self, value: &mut syn::FieldValue) {
            if mentions(&value.expr, "no value supplied for extra\"") {
                value.expr = parse_quote!(Ok(::std::default::Default::default()));
                self.0 += 1;
            }
            visit_mut::visit_field_value_mut(self, value);
        }
    }
    let mut pass = Empty(0);
    pass.visit_file_mut(file);
    pass.0
}

/// Removes the builders of types that are only ever received; answers how many.
pub fn prune(file: &mut File, plan: &Plan) -> usize {
    let is_received =
        |name: Option<&syn::Ident>| name.is_some_and(|name| !plan.sent.contains(&name.to_string()));
    let Some(builders) = module(file, &["types", "builder"]) else {
        return 0;
    };
    let pruned: BTreeSet<String> = builders
        .iter()
        .filter_map(|item| match item {
            Item::Struct(builder) if is_received(Some(&builder.ident)) => {
                Some(builder.ident.to_string())
            }
            _ => None,
        })
        .collect();
    builders.retain(|item| match item {
        Item::Struct(builder) => !pruned.contains(&builder.ident.to_string()),
        Item::Impl(builder) => !is_received(type_name(&builder.self_ty)),
        _ => true,
    });
    let is_empty = builders.is_empty();
    let Some(types) = module(file, &["types"]) else {
        return 0;
    };
    types.retain_mut(|item| match item {
        Item::Impl(own)
            if own.trait_.is_none()
                && type_name(&own.self_ty)
                    .is_some_and(|name| pruned.contains(&name.to_string())) =>
        {
            own.items.retain(
                |item| !matches!(item, ImplItem::Fn(method) if method.sig.ident == "builder"),
            );
            !own.items.is_empty()
        }
        Item::Mod(builder) if builder.ident == "builder" => !is_empty,
        _ => true,
    });
    pruned.len()
}
