//! Integers: read however a vendor writes them, `2.0` and `2e0` included.

use syn::visit::{self, Visit};
use syn::{File, Item, Type, parse_quote};

use super::module;
use super::operations::mentions;

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
