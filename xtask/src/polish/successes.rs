//! Successes: the statuses that bring no value, beside those that do.

use syn::visit_mut::{self, VisitMut};
use syn::{Arm, File, Ident, parse_quote};

use super::ident;
use super::operations::{for_each_operation, mentions};
use crate::plan::{Operation, Plan, StatusAnswer};

/// Gives each such status an arm, before that of the others; answers how many operations have some.
pub fn without_value(file: &mut File, plan: &Plan) -> usize {
    for_each_operation(file, plan, |operation, method| {
        if operation.without_value.is_empty() {
            return 0;
        }
        let mut arms = Arms {
            operation,
            found: 0,
        };
        arms.visit_block_mut(&mut method.block);
        arms.found
    })
}

struct Arms<'a> {
    operation: &'a Operation,
    found: usize,
}

impl VisitMut for Arms<'_> {
    fn visit_expr_match_mut(&mut self, expression: &mut syn::ExprMatch) {
        if !mentions(&expression.expr, "status () . as_u16 ()") {
            return;
        }
        let Some(success) = expression.arms.first().cloned() else {
            return;
        };
        let answers = self.operation.without_value.iter();
        let arms: Vec<Arm> = answers
            .filter_map(|answer| {
                let mut arm = success.clone();
                if answer.status != StatusAnswer::OTHERS {
                    let status = answer.status;
                    arm.pat = parse_quote!(#status);
                }
                let mut call = Without(usize::from(answer.has_value));
                call.visit_arm_mut(&mut arm);
                (call.0 == 1).then_some(arm)
            })
            .collect();
        let replaces = |arm: &StatusAnswer| arm.status == StatusAnswer::OTHERS;
        if arms.len() == self.operation.without_value.len() {
            let kept = usize::from(self.operation.without_value.iter().any(replaces));
            expression.arms.splice(..kept, arms);
            self.found += 1;
        }
    }
}

/// Calls the function that reads no value; counts how often.
struct Without(usize);

impl VisitMut for Without {
    fn visit_expr_path_mut(&mut self, path: &mut syn::ExprPath) {
        visit_mut::visit_expr_path_mut(self, path);
        if self.0 > 0 {
            return;
        }
        let Some(last) = path.path.segments.last_mut() else {
            return;
        };
        let other: Option<Ident> = match last.ident.to_string().as_str() {
            "from_response" => Some(ident("without_value")),
            "from_response_or_failure" => Some(ident("without_value_or_failure")),
            _ => None,
        };
        if let Some(other) = other {
            last.ident = other;
            self.0 += 1;
        }
    }
}
