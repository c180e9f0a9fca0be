//! The operation table: what the spec says about each operation beside its shape.

use quote::quote;
use syn::{File, parse_quote};

use super::{doc_attributes, ident, module};
use crate::plan::{Operation, Plan, Scheme, SchemeKind};

/// Declares the module `operations`, beside the client; answers whether there is one.
pub fn declare(file: &mut File, plan: &Plan) -> usize {
    if module(file, &["builder"]).is_none() {
        return 0;
    }
    let constants = plan.operations.iter().map(constant);
    let names: Vec<syn::Ident> = plan
        .operations
        .iter()
        .map(|operation| ident(&operation.constant_name()))
        .collect();
    let schemes = plan.schemes.iter().map(scheme);
    let absent = plan.absent.iter().map(|absent| {
        let (verb, why, state) = (
            &absent.verb,
            &absent.why,
            ident(&heck::ToPascalCase::to_pascal_case(absent.state.as_str())),
        );
        quote!(Absent { verb: #verb, state: AbsentState::#state, why: #why })
    });
    let imports: syn::ItemUse = match plan.absent.is_empty() {
        true => parse_quote!(
            use ::cartwright_runtime::client::{Absent, Operation, Retry, SchemeKind, SecurityScheme};
        ),
        false => parse_quote!(
            use ::cartwright_runtime::client::{
                Absent, AbsentState, Operation, Retry, SchemeKind, SecurityScheme,
            };
        ),
    };
    file.items.push(parse_quote! {
        /// What the spec says about each operation, its credentials and the cart verbs that the vendor lacks.
        pub mod operations {
            #[allow(unused_imports)]
            #imports

            #(#constants)*

            /// Every operation of this client.
            pub const ALL: &[&Operation] = &[#(&#names),*];

            /// How a caller proves who it is.
            pub const SECURITY_SCHEMES: &[SecurityScheme] = &[#(#schemes),*];

            /// The cart verbs that no operation carries out, and why.
            pub const CART_ABSENT: &[Absent] = &[#(#absent),*];
        }
    });
    1
}

fn constant(operation: &Operation) -> proc_macro2::TokenStream {
    let name = ident(&operation.constant_name());
    let Operation {
        id,
        method,
        path,
        cart,
        deprecated,
        ..
    } = operation;
    let doc = doc_attributes(&format!("`{method} {path}`"));
    let retry = ident(if operation.retry_safe {
        "Safe"
    } else {
        "Unsafe"
    });
    let security = operation.security.iter().map(|all| quote!(&[#(#all),*]));
    quote! {
        #(#doc)*
        pub const #name: Operation = Operation {
            id: #id,
            method: #method,
            path: #path,
            cart: &[#(#cart),*],
            retry: Retry::#retry,
            security: &[#(#security),*],
            deprecated: #deprecated,
        };
    }
}

fn scheme(scheme: &Scheme) -> proc_macro2::TokenStream {
    let name = &scheme.name;
    let kind = match &scheme.kind {
        SchemeKind::ApiKeyHeader(header) => quote!(SchemeKind::ApiKeyHeader(#header)),
        SchemeKind::ApiKeyQuery(parameter) => quote!(SchemeKind::ApiKeyQuery(#parameter)),
        SchemeKind::Basic => quote!(SchemeKind::Basic),
        SchemeKind::Bearer => quote!(SchemeKind::Bearer),
        SchemeKind::OAuth2Password(url) => quote!(SchemeKind::OAuth2Password { token_url: #url }),
    };
    quote!(SecurityScheme { name: #name, kind: #kind })
}
