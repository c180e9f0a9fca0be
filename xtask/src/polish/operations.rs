//! The `send` methods: what goes out, and what is not sent.

use quote::{ToTokens, quote};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprLit, File, ImplItem, ImplItemFn, Item, Lit, Member, Stmt, parse_quote};

use super::{ident, module, type_name};
use crate::plan::{Operation, Plan};

/// Removes the `api-version` header that progenitor sends with every call.
pub fn drop_api_version(file: &mut File) -> usize {
    let mut count = 0;
    for (_, method) in sends(file) {
        let before = method.block.stmts.len();
        method.block.stmts.retain(|statement| {
            !(matches!(statement, Stmt::Expr(..)) && mentions(statement, "\"api-version\""))
        });
        count += before - method.block.stmts.len();
    }
    count
}

/// Replaces the operation's name by its entry in the operation table.
pub fn name_operations(file: &mut File, plan: &Plan) -> usize {
    struct Name<'a>(&'a Operation, usize);
    impl VisitMut for Name<'_> {
        fn visit_field_value_mut(&mut self, value: &mut syn::FieldValue) {
            if matches!(&value.member, Member::Named(name) if name == "operation_id") {
                let constant = ident(&self.0.constant_name());
                *value = parse_quote!(operation: &super::operations::#constant);
                self.1 += 1;
            }
        }
    }
    for_each_operation(file, plan, |operation, method| {
        let mut pass = Name(operation, 0);
        pass.visit_impl_item_fn_mut(method);
        pass.1
    })
}

/// Sends arrays with `explode: false` as one comma-joined value.
pub fn join_query_arrays(file: &mut File, plan: &Plan) -> usize {
    struct Join<'a>(&'a Operation, usize);
    impl VisitMut for Join<'_> {
        fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
            visit_mut::visit_expr_call_mut(self, call);
            let (
                Expr::Path(function),
                Some(Expr::Lit(ExprLit {
                    lit: Lit::Str(name),
                    ..
                })),
            ) = (&mut *call.func, call.args.first())
            else {
                return;
            };
            let is_query = function
                .path
                .segments
                .iter()
                .any(|segment| segment.ident == "QueryParam");
            if is_query
                && self.0.joined.contains(&name.value())
                && let Some(last) = function.path.segments.last_mut()
            {
                last.ident = ident("joined");
                self.1 += 1;
            }
        }
    }
    for_each_operation(file, plan, |operation, method| {
        let mut pass = Join(operation, 0);
        pass.visit_impl_item_fn_mut(method);
        pass.1
    })
}

/// Asks for the media type that the vendor documents.
pub fn accept(file: &mut File, plan: &Plan) -> usize {
    struct Accept<'a> {
        media: &'a str,
        found: usize,
    }
    impl VisitMut for Accept<'_> {
        fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
            visit_mut::visit_expr_method_call_mut(self, call);
            let media = self.media;
            let asks = call.method == "header"
                && call
                    .args
                    .first()
                    .is_some_and(|name| mentions(name, "ACCEPT"));
            if asks {
                call.args[1] = parse_quote!(::reqwest::header::HeaderValue::from_static(#media));
                self.found += 1;
            }
        }
    }
    /// Adds the header where progenitor sends none: to the call that begins the request.
    struct Begin<'a>(&'a str, usize);
    impl VisitMut for Begin<'_> {
        fn visit_expr_mut(&mut self, expression: &mut Expr) {
            visit_mut::visit_expr_mut(self, expression);
            let begins = matches!(expression, Expr::MethodCall(call) if mentions(&call.receiver, "client . client") && call.args == parse_quote!(url));
            if begins {
                let media = self.0;
                *expression = parse_quote!(#expression.header(
                    ::reqwest::header::ACCEPT,
                    ::reqwest::header::HeaderValue::from_static(#media),
                ));
                self.1 += 1;
            }
        }
    }
    for_each_operation(file, plan, |operation, method| {
        let Some(media) = &operation.accept else {
            return 0;
        };
        let mut pass = Accept { media, found: 0 };
        pass.visit_impl_item_fn_mut(method);
        if pass.found > 0 {
            return pass.found;
        }
        let mut pass = Begin(media, 0);
        pass.visit_impl_item_fn_mut(method);
        pass.1
    })
}

/// States the media type of a JSON body that isn't plain `application/json`.
pub fn state_media_types(file: &mut File, plan: &Plan) -> usize {
    struct State<'a>(&'a str, usize);
    impl VisitMut for State<'_> {
        fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
            visit_mut::visit_expr_method_call_mut(self, call);
            if call.method == "json" || call.method == "optional_json" {
                let (media, receiver) = (self.0, &call.receiver);
                // What is stated already is not stated by the body.
                *call.receiver = parse_quote!(#receiver.header(
                    ::reqwest::header::CONTENT_TYPE,
                    ::reqwest::header::HeaderValue::from_static(#media),
                ));
                self.1 += 1;
            }
        }
    }
    for_each_operation(file, plan, |operation, method| {
        let Some(media) = &operation.media_type else {
            return 0;
        };
        let mut pass = State(media, 0);
        pass.visit_impl_item_fn_mut(method);
        pass.1
    })
}

/// Sends parameters under their names on the wire, where the effective spec has others.
pub fn name_parameters(file: &mut File, plan: &Plan) -> usize {
    struct Name<'a>(&'a Operation, usize);
    impl Name<'_> {
        fn written(&self, location: &str, argument: Option<&mut Expr>) -> usize {
            let Some(Expr::Lit(ExprLit {
                lit: Lit::Str(name),
                ..
            })) = argument
            else {
                return 0;
            };
            let mut parameters = self.0.parameters.iter();
            let parameter = parameters.find(|one| {
                one.is_renamed() && one.location == location && one.name == name.value()
            });
            let Some(parameter) = parameter else {
                return 0;
            };
            *name = syn::LitStr::new(&parameter.written, name.span());
            1
        }
    }
    impl VisitMut for Name<'_> {
        fn visit_expr_call_mut(&mut self, call: &mut syn::ExprCall) {
            visit_mut::visit_expr_call_mut(self, call);
            if mentions(&call.func, "QueryParam") {
                self.1 += self.written("query", call.args.first_mut());
            }
        }

        fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
            visit_mut::visit_expr_method_call_mut(self, call);
            if call.method == "append" && mentions(&call.receiver, "header_map") {
                self.1 += self.written("header", call.args.first_mut());
            }
        }
    }
    for_each_operation(file, plan, |operation, method| {
        let mut pass = Name(operation, 0);
        pass.visit_impl_item_fn_mut(method);
        pass.1
    })
}

/// Makes an optional body optional: left out unless the caller sets it.
///
/// progenitor always sends a body, a default one if need be.
pub fn leave_out_bodies(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    let Some(items) = module(file, &["builder"]) else {
        return 0;
    };
    for operation in plan
        .operations
        .iter()
        .filter(|operation| operation.optional_body)
    {
        let name = operation.builder_name();
        let mut places = 0;
        for item in items.iter_mut() {
            match item {
                Item::Struct(builder) if builder.ident == name => {
                    let body = builder
                        .fields
                        .iter_mut()
                        .find(|field| field.ident.as_ref().is_some_and(|name| name == "body"));
                    if let Some(field) = body {
                        places += usize::from(optional_field(field));
                    }
                }
                Item::Impl(builder)
                    if type_name(&builder.self_ty).is_some_and(|own| *own == name) =>
                {
                    for method in &mut builder.items {
                        if let ImplItem::Fn(method) = method {
                            places += optional_method(method);
                        }
                    }
                }
                _ => {}
            }
        }
        // The field, its start, its setter, and reading and sending it.
        count += usize::from(places == 5);
    }
    count
}

fn optional_field(field: &mut syn::Field) -> bool {
    let syn::Type::Path(path) = &mut field.ty else {
        return false;
    };
    let Some(last) = path.path.segments.last_mut() else {
        return false;
    };
    let syn::PathArguments::AngleBracketed(arguments) = &mut last.arguments else {
        return false;
    };
    let Some(syn::GenericArgument::Type(ty)) = arguments.args.first_mut() else {
        return false;
    };
    *ty = parse_quote!(::std::option::Option<#ty>);
    true
}

fn optional_method(method: &mut ImplItemFn) -> usize {
    match method.sig.ident.to_string().as_str() {
        "new" => {
            struct Start(usize);
            impl VisitMut for Start {
                fn visit_field_value_mut(&mut self, value: &mut syn::FieldValue) {
                    if matches!(&value.member, Member::Named(name) if name == "body") {
                        value.expr = parse_quote!(Ok(None));
                        self.0 += 1;
                    }
                }
            }
            let mut pass = Start(0);
            pass.visit_block_mut(&mut method.block);
            pass.0
        }
        "body" => {
            struct Set(usize);
            impl VisitMut for Set {
                fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
                    visit_mut::visit_expr_method_call_mut(self, call);
                    if call.method == "map" && mentions(&call.args, "From :: from") {
                        call.args = parse_quote!(|body| Some(From::from(body)));
                        self.0 += 1;
                    } else if call.method == "map_err" && self.0 == 0 {
                        let receiver = &call.receiver;
                        *call.receiver = parse_quote!(#receiver.map(Some));
                        self.0 += 1;
                    }
                }
            }
            let mut pass = Set(0);
            pass.visit_block_mut(&mut method.block);
            pass.0
        }
        "body_map" => {
            method.block = parse_quote!({
                self.body = self.body.map(|body| Some(f(body.unwrap_or_default())));
                self
            });
            0
        }
        "send" => {
            let mut places = 0;
            for statement in &mut method.block.stmts {
                if matches!(&statement, Stmt::Local(local) if local.pat == parse_quote!(body)) {
                    if mentions(statement, "try_from") {
                        *statement = read_built_body(statement);
                    }
                    places += 1;
                }
            }
            struct Send(usize);
            impl VisitMut for Send {
                fn visit_expr_method_call_mut(&mut self, call: &mut syn::ExprMethodCall) {
                    visit_mut::visit_expr_method_call_mut(self, call);
                    let sends = call.method == "json" || call.method == "form_urlencoded";
                    if sends
                        && call
                            .args
                            .first()
                            .is_some_and(|body| *body == parse_quote!(&body))
                    {
                        call.method = quote::format_ident!("optional_{}", call.method);
                        self.0 += 1;
                    }
                }
            }
            let mut pass = Send(0);
            pass.visit_block_mut(&mut method.block);
            places + pass.0
        }
        _ => 0,
    }
}

/// `body.and_then(|v| T::try_from(v)…)` over an optional builder.
fn read_built_body(statement: &Stmt) -> Stmt {
    struct Target(Option<syn::Path>);
    impl<'ast> syn::visit::Visit<'ast> for Target {
        fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
            if path
                .path
                .segments
                .last()
                .is_some_and(|segment| segment.ident == "try_from")
            {
                self.0 = Some(path.path.clone());
            }
        }
    }
    let mut target = Target(None);
    syn::visit::Visit::visit_stmt(&mut target, statement);
    let Some(try_from) = target.0 else {
        return statement.clone();
    };
    parse_quote! {
        let body = body
            .and_then(|body| body.map(#try_from).transpose().map_err(|e| e.to_string()))
            .map_err(Error::InvalidRequest)?;
    }
}

/// Marks the methods of operations that the vendor has deprecated.
pub fn deprecate(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for item in &mut file.items {
        let Item::Impl(client) = item else { continue };
        if client.trait_.is_some() || type_name(&client.self_ty).is_none_or(|name| name != "Client")
        {
            continue;
        }
        for method in &mut client.items {
            if let ImplItem::Fn(method) = method
                && plan.operations.iter().any(|operation| {
                    operation.deprecated && method.sig.ident == operation.method_name()
                })
            {
                method.attrs.push(parse_quote!(#[deprecated]));
                count += 1;
            }
        }
    }
    count
}

/// Calls `change` with each operation and its `send` method; sums what it answers.
pub fn for_each_operation(
    file: &mut File,
    plan: &Plan,
    mut change: impl FnMut(&Operation, &mut ImplItemFn) -> usize,
) -> usize {
    let mut count = 0;
    for (builder, method) in sends(file) {
        if let Some(operation) = plan
            .operations
            .iter()
            .find(|operation| operation.builder_name() == builder)
        {
            count += change(operation, method);
        }
    }
    count
}

/// The `send` methods with the names of their builders.
fn sends(file: &mut File) -> Vec<(String, &mut ImplItemFn)> {
    let Some(items) = module(file, &["builder"]) else {
        return Vec::new();
    };
    let builders = items.iter_mut().filter_map(|item| match item {
        Item::Impl(builder) => Some((type_name(&builder.self_ty)?.to_string(), &mut builder.items)),
        _ => None,
    });
    builders
        .flat_map(|(name, methods)| {
            methods.iter_mut().filter_map(move |method| match method {
                ImplItem::Fn(method) if method.sig.ident == "send" => Some((name.clone(), method)),
                _ => None,
            })
        })
        .collect()
}

/// Whether the tokens of a node contain `text`.
pub fn mentions(node: &impl ToTokens, text: &str) -> bool {
    quote!(#node).to_string().contains(text)
}
