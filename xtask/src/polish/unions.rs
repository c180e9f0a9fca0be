//! Unions: one variant is chosen by its key or JSON type and decoded alone, so that an error inside it names its place.

use quote::quote;
use syn::{File, Item, parse_quote};

use super::{add_type, doc_attributes, ident};
use crate::plan::{Kind, Plan, Test, Union};

/// Declares every union of the plan; answers how many it could.
pub fn declare(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for union in &plan.unions {
        let added = declaration(union).map(|items| {
            let items = items.into_iter();
            items.fold(true, |all, item| all & add_type(file, item))
        });
        count += usize::from(added == Some(true));
    }
    count
}

/// `None` where a variant's type is not one.
fn declaration(union: &Union) -> Option<Vec<Item>> {
    let name = ident(&union.name);
    let doc = doc_attributes(if union.doc.is_empty() {
        &union.name
    } else {
        &union.doc
    });
    let mut variants = Vec::new();
    let mut decodes = Vec::new();
    let mut conversions = Vec::new();
    for branch in &union.branches {
        let variant = ident(&branch.variant);
        let ty: syn::Type = syn::parse_str(&branch.rust_type).ok()?;
        let doc = format!(" {}.", recognised_by(&branch.test));
        let (held, value) = match branch.boxed {
            true => (
                quote!(::std::boxed::Box<#ty>),
                quote!(::std::boxed::Box::new(value)),
            ),
            false => (quote!(#ty), quote!(value)),
        };
        variants.push(quote!(#[doc = #doc] #variant(#held)));
        let (test, label) = (test(&branch.test), &branch.variant);
        let read = ident(match super::integers::holds_some(&ty) {
            true => "integers",
            false => "variant",
        });
        decodes.push(quote! {
            if #test {
                return ::cartwright_runtime::union::#read(#label, value).map(Self::#variant);
            }
        });
        // Two branches of one type would make two conversions of it.
        if union
            .branches
            .iter()
            .filter(|other| other.rust_type == branch.rust_type)
            .count()
            == 1
        {
            conversions.push(quote! {
                impl ::std::convert::From<#ty> for #name {
                    fn from(value: #ty) -> Self {
                        Self::#variant(#value)
                    }
                }
            });
        }
        if branch.rust_type == "::std::string::String" {
            conversions.push(quote! {
                impl ::std::convert::From<&str> for #name {
                    fn from(value: &str) -> Self {
                        Self::#variant(value.to_owned())
                    }
                }
            });
        }
    }
    let file: File = parse_quote! {
        #(#doc)*
        ///
        /// Open: a value of any other shape is kept as `Other`.
        #[derive(::serde::Serialize, Clone, Debug, PartialEq)]
        #[serde(untagged)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A shape that the spec does not list, as sent.
            Other(::serde_json::Value),
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                let value = ::cartwright_runtime::union::read(deserializer)?;
                #(#decodes)*
                Ok(Self::Other(value))
            }
        }

        #(#conversions)*
    };
    Some(file.items)
}

fn test(test: &Test) -> proc_macro2::TokenStream {
    match test {
        Test::HasKey(key) => quote!(::cartwright_runtime::union::has_key(&value, #key)),
        Test::KeyEquals(key, constant) => {
            quote!(::cartwright_runtime::union::key_equals(&value, #key, #constant))
        }
        Test::Kinds(kinds) => {
            let functions = kinds.iter().map(|kind| {
                ident(match kind {
                    Kind::Text => "is_text",
                    Kind::Integer => "is_integer",
                    Kind::Number => "is_number",
                    Kind::Boolean => "is_boolean",
                    Kind::Array => "is_array",
                    Kind::Object => "is_object",
                })
            });
            quote!(#(::cartwright_runtime::union::#functions(&value))||*)
        }
    }
}

fn recognised_by(test: &Test) -> String {
    match test {
        Test::HasKey(key) => format!("An object with the key `{key}`"),
        Test::KeyEquals(key, constant) => format!("An object whose `{key}` is `{constant}`"),
        Test::Kinds(kinds) => {
            let words: Vec<&str> = kinds
                .iter()
                .map(|kind| match kind {
                    Kind::Text => "string",
                    Kind::Integer => "number without a fraction",
                    Kind::Number => "number",
                    Kind::Boolean => "boolean",
                    Kind::Array => "array",
                    Kind::Object => "object",
                })
                .collect();
            format!("A JSON {}", words.join(" or "))
        }
    }
}
