//! Error answers: one enum per operation, keyed by status, instead of progenitor's single error type.

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, File, Item, parse_quote};

use super::operations::{for_each_operation, mentions};
use super::{add_type, doc_attributes, ident};
use crate::plan::{ErrorCase, FailureRule, Operation, Plan};

/// Gives each operation with documented errors its enum as error type, and an arm per documented status.
pub fn answer_by_status(file: &mut File, plan: &Plan) -> usize {
    for_each_operation(file, plan, |operation, method| {
        if !operation.has_error_enum() {
            return 0;
        }
        struct Returns<'a>(&'a syn::Ident);
        impl VisitMut for Returns<'_> {
            fn visit_path_segment_mut(&mut self, segment: &mut syn::PathSegment) {
                if segment.ident == "Error" {
                    let name = self.0;
                    segment.arguments =
                        syn::PathArguments::AngleBracketed(parse_quote!(<types::#name>));
                } else {
                    visit_mut::visit_path_segment_mut(self, segment);
                }
            }
        }
        let name = ident(&operation.error_name());
        Returns(&name).visit_return_type_mut(&mut method.sig.output);
        let mut arms = Arms {
            operation,
            name: &name,
            found: 0,
        };
        arms.visit_block_mut(&mut method.block);
        arms.found
    })
}

struct Arms<'a> {
    operation: &'a Operation,
    name: &'a syn::Ident,
    found: usize,
}

impl VisitMut for Arms<'_> {
    fn visit_expr_match_mut(&mut self, expression: &mut syn::ExprMatch) {
        if !mentions(&expression.expr, "status () . as_u16 ()") {
            return;
        }
        let Some(last) = expression.arms.pop() else {
            return;
        };
        if let Some(success) = expression.arms.first_mut() {
            self.failure_inside_success(success);
        }
        expression
            .arms
            .extend(self.operation.errors.iter().map(|case| self.arm(case)));
        if !self
            .operation
            .errors
            .iter()
            .any(|case| case.status == "default")
        {
            expression.arms.push(last);
        }
        self.found += 1;
    }
}

impl Arms<'_> {
    fn arm(&self, case: &ErrorCase) -> Arm {
        let (name, variant) = (self.name, ident(&case.variant()));
        let pattern: syn::Pat = match status_range(&case.status) {
            None => parse_quote!(_),
            Some((low, high)) if low == high => parse_quote!(#low),
            Some((low, high)) => parse_quote!(#low..=#high),
        };
        match case.body {
            Some(_) => {
                parse_quote!(#pattern => Err(Error::from_error_body(response, types::#name::#variant).await),)
            }
            None => {
                parse_quote!(#pattern => Err(Error::from_empty_error(response, types::#name::#variant).await),)
            }
        }
    }

    /// A failure that the vendor reports under HTTP 2xx.
    fn failure_inside_success(&self, success: &mut Arm) {
        let Some(failure) = &self.operation.failure else {
            return;
        };
        let name = self.name;
        let rules: Vec<syn::Expr> = failure.rules.iter().map(rule).collect();
        let rule: syn::Expr = match &rules[..] {
            [rule] => rule.clone(),
            rules => parse_quote!(::cartwright_runtime::client::Failure::Any(&[#(#rules),*])),
        };
        *success.body = parse_quote!(ResponseValue::from_response_or_failure(response, &#rule, types::#name::Failure).await);
    }
}

fn rule(rule: &FailureRule) -> syn::Expr {
    let key = &rule.key;
    match &rule.equals {
        None => parse_quote!(::cartwright_runtime::client::Failure::Present(#key)),
        Some(value) => parse_quote!(::cartwright_runtime::client::Failure::Equals(#key, #value)),
    }
}

/// `404`, `4XX` or `default` as a range of statuses.
fn status_range(status: &str) -> Option<(u16, u16)> {
    let low = status
        .to_ascii_uppercase()
        .replace("XX", "00")
        .parse()
        .ok()?;
    Some((
        low,
        if status.to_ascii_uppercase().ends_with("XX") {
            low + 99
        } else {
            low
        },
    ))
}

/// An answer that the spec doesn't list keeps status, headers and body.
pub fn keep_undocumented(file: &mut File) -> usize {
    struct Keep(usize);
    impl VisitMut for Keep {
        fn visit_expr_mut(&mut self, expression: &mut syn::Expr) {
            visit_mut::visit_expr_mut(self, expression);
            let syn::Expr::Call(call) = expression else {
                return;
            };
            if mentions(&call.func, "UnexpectedResponse") {
                let arguments = &call.args;
                *expression = parse_quote!(Error::undocumented(#arguments).await);
                self.0 += 1;
            }
        }
    }
    let mut pass = Keep(0);
    pass.visit_file_mut(file);
    pass.0
}

/// Declares the error enums; answers how many it could.
pub fn declare(file: &mut File, plan: &Plan) -> usize {
    let operations = plan.operations.iter();
    operations
        .filter(|operation| operation.has_error_enum())
        .filter(|operation| add_type(file, error_enum(operation)))
        .count()
}

fn error_enum(operation: &Operation) -> Item {
    let name = ident(&operation.error_name());
    let doc = doc_attributes(&format!(
        "What the vendor documents as an error answer of [`{}`](super::Client::{}).",
        operation.id,
        operation.method_name()
    ));
    let failure = operation.failure.iter().map(|failure| {
        let body = ident(&failure.body);
        let variant: syn::Variant = parse_quote! {
            /// The call failed under an HTTP success status.
            Failure(#body)
        };
        variant
    });
    let variants = operation.errors.iter().map(|case| {
        let variant = ident(&case.variant());
        let text = match case.status.as_str() {
            "default" => "Any other status".to_owned(),
            status => format!("HTTP {status}"),
        };
        let text = if case.description.is_empty() {
            format!("{text}.")
        } else {
            format!("{text}: {}", case.description)
        };
        let doc = doc_attributes(&text);
        let variant: syn::Variant = match &case.body {
            Some(body) => {
                let body = ident(body);
                parse_quote!(#(#doc)* #variant(#body))
            }
            None => parse_quote!(#(#doc)* #variant),
        };
        variant
    });
    parse_quote! {
        #(#doc)*
        #[derive(Clone, Debug, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#failure,)* #(#variants),* }
    }
}
