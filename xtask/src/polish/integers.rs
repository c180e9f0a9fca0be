//! Integers: read however a vendor writes them, `2.0` and `2e0` included.

use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{File, Item, Type, parse_quote};

use super::fields::argument;
use super::module;
use super::operations::{for_each_operation, mentions};
use crate::plan::Plan;

/// Lets every field that holds integers be read by the runtime; answers how many there are.
pub fn read_as_such(file: &mut File) -> usize {
    let mut count = 0;
    for item in module(file, &["types"]).into_iter().flatten() {
        let Item::Struct(structure) = item else {
            continue;
        };
        for field in structure
            .fields
            .iter_mut()
            .filter(|field| holds_some(&field.ty))
        {
            let has_default = field.attrs.iter().any(|attribute| {
                attribute.path().is_ident("serde")
                    && (mentions(attribute, "default") || mentions(attribute, "flatten"))
            });
            // A field that is read by a function of its own has no other way to be missing.
            if is_option(&field.ty) && !has_default {
                field.attrs.push(parse_quote!(#[serde(default)]));
            }
            field.attrs.push(parse_quote!(
                #[serde(deserialize_with = "::cartwright_runtime::integer::deserialize")]
            ));
            count += 1;
        }
    }
    count
}

/// Lets answers that hold integers themselves be read by the runtime; answers how many operations have one.
pub fn answer_as_such(file: &mut File, plan: &Plan) -> usize {
    struct Arms<'a> {
        value: &'a Type,
        found: usize,
    }
    impl VisitMut for Arms<'_> {
        fn visit_arm_mut(&mut self, arm: &mut syn::Arm) {
            let mut call = Call(self.value, false);
            call.visit_expr_mut(&mut arm.body);
            if call.1 {
                let read = &arm.body;
                *arm.body = parse_quote!(#read.map(|response| response.map(|read| read.0)));
                self.found = 1;
            }
        }
    }
    /// Names what is read; whether there was a call to name it in.
    struct Call<'a>(&'a Type, bool);
    impl VisitMut for Call<'_> {
        fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
            let syn::Expr::Path(function) = &mut *call.func else {
                return;
            };
            let mut segments = function.path.segments.iter();
            if let (Some(owner), Some(name), None) =
                (segments.next(), segments.next(), segments.next())
                && owner.ident == "ResponseValue"
            {
                let (value, name) = (self.0, &name.ident);
                *call.func = parse_quote!(ResponseValue::<::cartwright_runtime::integer::Read<#value>>::#name);
                self.1 = true;
            }
        }
    }
    for_each_operation(file, plan, |_, method| {
        let value = match &method.sig.output {
            syn::ReturnType::Type(_, output) => argument(output, "Result")
                .and_then(|response| argument(response, "ResponseValue"))
                .filter(|value| holds_some(value))
                .cloned(),
            syn::ReturnType::Default => None,
        };
        let Some(value) = value else { return 0 };
        let mut arms = Arms {
            value: &value,
            found: 0,
        };
        arms.visit_block_mut(&mut method.block);
        arms.found
    })
}

/// Whether the type holds an integer itself, not in a type of the client's.
pub fn holds_some(ty: &Type) -> bool {
    const INTEGERS: &[&str] = &[
        "i8",
        "i16",
        "i32",
        "i64",
        "u8",
        "u16",
        "u32",
        "u64",
        "NonZeroU8",
        "NonZeroU16",
        "NonZeroU32",
        "NonZeroU64",
    ];
    struct Search(bool);
    impl Visit<'_> for Search {
        fn visit_path_segment(&mut self, segment: &syn::PathSegment) {
            self.0 |= INTEGERS.iter().any(|integer| segment.ident == integer);
            visit::visit_path_segment(self, segment);
        }
    }
    let mut search = Search(false);
    search.visit_type(ty);
    search.0
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}
