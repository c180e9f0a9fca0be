//! Open enums: a value that the spec doesn't list becomes `Unknown` instead of failing the whole response.

use quote::quote;
use syn::{File, Item, ItemEnum, parse_quote};

use super::{ident, module, type_name};
use crate::plan::Plan;

/// Replaces every open enum, with all that typify implements for it.
pub fn open(file: &mut File, plan: &Plan) -> usize {
    let Some(types) = module(file, &["types"]) else {
        return 0;
    };
    let is_open = |name: Option<&syn::Ident>| {
        name.is_some_and(|name| plan.open_enums.contains(&name.to_string()))
    };
    let mut count = 0;
    let mut items = Vec::with_capacity(types.len());
    for item in types.drain(..) {
        match item {
            Item::Enum(closed) if is_open(Some(&closed.ident)) => {
                items.extend(opened(&closed, plan));
                count += 1;
            }
            Item::Impl(replaced) if is_open(type_name(&replaced.self_ty)) => {}
            other => items.push(other),
        }
    }
    *types = items;
    count
}

fn opened(closed: &ItemEnum, plan: &Plan) -> Vec<Item> {
    let name = &closed.ident;
    let doc: Vec<_> = closed
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("doc"))
        .collect();
    let (mut variants, mut idents, mut values) = (Vec::new(), Vec::new(), Vec::new());
    for variant in &closed.variants {
        let own = (name.to_string(), variant.ident.to_string());
        let written = plan.renamed_variants.get(&own).cloned();
        let value = written.unwrap_or_else(|| wire_value(variant));
        let variant = variant_name(&variant.ident);
        let text = format!(" `{value}`");
        variants.push(quote!(#[doc = #text] #variant));
        idents.push(variant);
        values.push(value);
    }
    // Beside a variant `Err`, `Self::Err` could be either.
    let error: syn::Type = match idents.iter().any(|variant| variant == "Err") {
        true => parse_quote!(::std::convert::Infallible),
        false => parse_quote!(Self::Err),
    };
    let file: File = parse_quote! {
        #(#doc)*
        ///
        /// Open: a value that the vendor adds later is kept as `Unknown`.
        #[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
            /// A value that the spec does not list, as sent.
            Unknown(::std::string::String),
        }

        impl #name {
            /// The value as it stands on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl ::std::convert::From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#idents,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        impl ::std::convert::From<::std::string::String> for #name {
            fn from(value: ::std::string::String) -> Self {
                Self::from(value.as_str())
            }
        }

        impl ::std::fmt::Display for #name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl ::std::str::FromStr for #name {
            type Err = ::std::convert::Infallible;
            fn from_str(value: &str) -> ::std::result::Result<Self, #error> {
                Ok(Self::from(value))
            }
        }

        impl ::serde::Serialize for #name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for #name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> ::std::result::Result<Self, D::Error> {
                <::std::string::String as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
    file.items
}

/// The variant's name; typify's words for `+1` and `-1` are the only ones that begin small.
fn variant_name(name: &syn::Ident) -> syn::Ident {
    match name.to_string().as_str() {
        "plus1" => ident("Plus1"),
        "minus1" => ident("Minus1"),
        _ => name.clone(),
    }
}

/// The value of `#[serde(rename = "…")]`, or the variant's own name.
fn wire_value(variant: &syn::Variant) -> String {
    let mut value = variant.ident.to_string();
    for attribute in variant
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // An attribute without `rename` leaves the name as it is.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                value = meta.value()?.parse::<syn::LitStr>()?.value();
            }
            Ok(())
        });
    }
    value
}
