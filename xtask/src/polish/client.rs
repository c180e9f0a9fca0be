//! The client type: its session carries the transport and the credentials, and building one returns errors instead of panicking.

use syn::{File, ImplItem, Item, Type, parse_quote};

use super::{ident, type_name};
use crate::plan::Plan;

/// Rewrites the struct, its constructors and its `ClientInfo`; answers how many of the three it found.
pub fn rewrite(file: &mut File, plan: &Plan) -> usize {
    let mut found = 0;
    for item in &mut file.items {
        match item {
            Item::Struct(client) if client.ident == "Client" => {
                found += usize::from(use_requests(client));
                client.attrs = vec![parse_quote!(#[derive(Clone, Debug)])];
                client
                    .attrs
                    .splice(0..0, super::doc_attributes(&struct_doc(plan)));
            }
            Item::Impl(client)
                if client.trait_.is_none()
                    && type_name(&client.self_ty).is_some_and(|name| name == "Client") =>
            {
                let is_constructors = client.items.iter().any(
                    |item| matches!(item, ImplItem::Fn(f) if f.sig.ident == "new_with_client"),
                );
                if is_constructors {
                    client.items = constructors(plan);
                    found += 1;
                }
            }
            Item::Impl(info)
                if info.trait_.as_ref().is_some_and(|(path, _)| {
                    path.segments
                        .last()
                        .is_some_and(|s| s.ident == "ClientInfo")
                }) =>
            {
                for item in &mut info.items {
                    if let ImplItem::Fn(function) = item
                        && function.sig.ident == "client"
                    {
                        function.sig.output =
                            parse_quote!(-> &::cartwright_runtime::client::Requests);
                        found += 1;
                    }
                }
            }
            _ => {}
        }
    }
    file.items
        .push(parse_quote!(impl ClientHooks<::cartwright_runtime::client::Session> for Client {}));
    found
}

fn use_requests(client: &mut syn::ItemStruct) -> bool {
    let field = client
        .fields
        .iter_mut()
        .find(|field| field.ident.as_ref().is_some_and(|name| name == "client"));
    field.is_some_and(|field| {
        let requests: Type = parse_quote!(::cartwright_runtime::client::Requests);
        field.ty = requests;
        true
    })
}

fn struct_doc(plan: &Plan) -> String {
    let mut doc = format!(
        "Client for {}, as documented in version {}.",
        plan.title, plan.version
    );
    if !plan.description.is_empty() {
        doc.push_str("\n\n");
        doc.push_str(&plan.description);
    }
    doc.push_str("\n\nEach method answers a builder: set what the call needs, then `send` it.");
    doc
}

fn constructors(plan: &Plan) -> Vec<ImplItem> {
    let server = server_url(plan);
    let methods: syn::ItemImpl = parse_quote! {
        impl Client {
            /// Client for the service at `base_url`, see [`Client::server_url`].
            ///
            /// # Errors
            ///
            /// A base URL that is not absolute, or is plain `http` to anything but this machine.
            pub fn new(
                base_url: &str,
                credentials: ::cartwright_runtime::Credentials,
                transport: ::std::sync::Arc<dyn ::cartwright_runtime::Transport>,
            ) -> ::std::result::Result<Self, ::cartwright_runtime::ConfigError> {
                let session = ::cartwright_runtime::Session::new(base_url, credentials, transport, operations::SECURITY_SCHEMES)?;
                Ok(Self::with_session(session))
            }

            /// Client that sends through an existing session.
            pub fn with_session(session: ::cartwright_runtime::Session) -> Self {
                Self { baseurl: session.base_url().to_string(), client: ::cartwright_runtime::client::Requests::new(), inner: session }
            }

            /// What this client sends through: its transport and credentials.
            pub fn session(&self) -> &::cartwright_runtime::Session {
                &self.inner
            }

            #server
        }
    };
    methods.items
}

fn server_url(plan: &Plan) -> syn::ImplItemFn {
    let mut doc = format!("The service's own address, `{}`.", plan.server.url);
    for (name, description) in &plan.server.variables {
        doc.push_str(&format!("\n\n`{name}`: {description}"));
    }
    let attributes = super::doc_attributes(&doc);
    let mut template = plan.server.url.clone();
    for (name, _) in &plan.server.variables {
        template = template.replacen(&format!("{{{name}}}"), "{}", 1);
    }
    let arguments: Vec<syn::Ident> = plan
        .server
        .variables
        .iter()
        .map(|(name, _)| ident(&heck::ToSnakeCase::to_snake_case(name.as_str())))
        .collect();
    match arguments.is_empty() {
        true => parse_quote! {
            #(#attributes)*
            pub fn server_url() -> String { #template.to_string() }
        },
        false => parse_quote! {
            #(#attributes)*
            pub fn server_url(#(#arguments: &str),*) -> String { format!(#template, #(encode_path(#arguments)),*) }
        },
    }
}
