//! Polish: progenitor's output, pass by pass, into the client that the promises describe.
//!
//! Each pass does one thing to the syntax tree and answers how many places it touched. The plan knows how many there must be; another
//! number fails the generation, because then progenitor writes something else than it did when the pass was written.

mod builders;
mod client;
mod docs;
mod enums;
mod errors;
mod fields;
mod integers;
mod operations;
mod paging;
mod paths;
mod successes;
mod table;
#[cfg(test)]
mod tests;
mod unions;

use syn::{File, Item};

use crate::plan::{Operation, Plan};

/// A pass: what it is called, what it does, and how many places there are for it.
struct Pass {
    name: &'static str,
    run: fn(&mut File, &Plan) -> usize,
    planned: fn(&Plan) -> usize,
}

const fn pass(
    name: &'static str,
    run: fn(&mut File, &Plan) -> usize,
    planned: fn(&Plan) -> usize,
) -> Pass {
    Pass { name, run, planned }
}

/// How many of something all operations have together.
fn with(plan: &Plan, count: fn(&Operation) -> usize) -> usize {
    plan.operations.iter().map(count).sum()
}

/// The passes in their order.
const PASSES: &[Pass] = &[
    pass("client", client::rewrite, |_| 3),
    pass(
        "api-version header",
        |file, _| operations::drop_api_version(file),
        |plan| plan.operations.len(),
    ),
    pass("operation info", operations::name_operations, |plan| {
        plan.operations.len()
    }),
    pass(
        "joined query arrays",
        operations::join_query_arrays,
        |plan| with(plan, |o| o.joined.len()),
    ),
    pass("optional bodies", operations::leave_out_bodies, |plan| {
        with(plan, |o| usize::from(o.optional_body))
    }),
    pass("accept", operations::accept, |plan| {
        with(plan, |o| usize::from(o.accept.is_some()))
    }),
    pass("media types", operations::state_media_types, |plan| {
        with(plan, |o| usize::from(o.media_type.is_some()))
    }),
    pass("parameter names", operations::name_parameters, |plan| {
        with(plan, |o| {
            o.parameters.iter().filter(|p| p.is_renamed()).count()
        })
    }),
    pass("error answers", errors::answer_by_status, |plan| {
        with(plan, |o| usize::from(o.has_error_enum()))
    }),
    pass(
        "undocumented answers",
        |file, _| errors::keep_undocumented(file),
        |plan| {
            with(plan, |o| {
                usize::from(!o.errors.iter().any(|e| e.status == "default"))
            })
        },
    ),
    pass(
        "answers without a value",
        successes::without_value,
        |plan| with(plan, |o| usize::from(!o.without_value.is_empty())),
    ),
    pass("open enums", enums::open, |plan| plan.open_enums.len()),
    pass(
        "three-state fields",
        |file, _| fields::three_state(file),
        |plan| plan.three_state,
    ),
    pass(
        "integer fields",
        |file, _| integers::read_as_such(file),
        |plan| plan.integer_fields,
    ),
    pass("integer answers", integers::answer_as_such, |plan| {
        plan.integer_answers
    }),
    pass("field names", fields::name, |plan| {
        plan.renamed_fields.len()
    }),
    pass("deprecated fields", fields::deprecate, |plan| {
        plan.deprecated_fields.len()
    }),
    pass("deprecated operations", operations::deprecate, |plan| {
        with(plan, |o| usize::from(o.deprecated))
    }),
    pass(
        "defaults",
        |file, _| fields::derive_default(file),
        |plan| plan.all_optional,
    ),
    pass(
        "unlisted fields",
        |file, _| fields::document_extra(file),
        |plan| plan.objects.len(),
    ),
    pass(
        "unlisted fields of builders",
        |file, _| builders::start_extra_empty(file),
        |plan| plan.objects.len(),
    ),
    pass("received types", builders::prune, |plan| {
        plan.received().count()
    }),
    pass("growing types", fields::let_grow, |plan| {
        plan.received().count()
    }),
    pass("error enums", errors::declare, |plan| {
        with(plan, |o| usize::from(o.has_error_enum()))
    }),
    pass("unions", unions::declare, |plan| plan.unions.len()),
    pass("operation table", table::declare, |_| 1),
    pass("lists", paging::declare, |plan| {
        with(plan, |o| usize::from(o.paging.is_some()))
    }),
    pass("operation documentation", docs::operations, |plan| {
        plan.operations.len()
    }),
    pass(
        "imports",
        |file, _| paths::rewrite(file),
        // What the client uses, and what it hands on.
        |_| 2,
    ),
];

/// Turns progenitor's syntax tree into ours.
///
/// # Errors
///
/// The pass that met another number of places than planned.
pub fn polish(mut file: File, plan: &Plan) -> Result<File, String> {
    for pass in PASSES {
        pass.apply(&mut file, plan)?;
    }
    // Whatever documentation there is by now, it is written line by line.
    docs::as_lines(&mut file);
    Ok(file)
}

impl Pass {
    fn apply(&self, file: &mut File, plan: &Plan) -> Result<(), String> {
        expect(self.name, (self.run)(file, plan), (self.planned)(plan))
    }
}

fn expect(pass: &str, found: usize, planned: usize) -> Result<(), String> {
    if found == planned {
        return Ok(());
    }
    Err(format!(
        "the polish pass `{pass}` was planned for {planned} places and found {found}: progenitor's output has changed; compare `cargo tree -p xtask` \
         with the versions in Cargo.lock's history and adapt the pass"
    ))
}

/// The items of the module at `path`, from the file's root.
fn module<'a>(file: &'a mut File, path: &[&str]) -> Option<&'a mut Vec<Item>> {
    let mut items = &mut file.items;
    for name in path {
        let module = items.iter_mut().find_map(|item| match item {
            Item::Mod(module) if module.ident == name => module.content.as_mut(),
            _ => None,
        });
        items = &mut module?.1;
    }
    Some(items)
}

/// Adds `item` to the `types` module, before its `builder` module; answers whether there is one.
fn add_type(file: &mut File, item: Item) -> bool {
    let Some(types) = module(file, &["types"]) else {
        return false;
    };
    let at = types
        .iter()
        .position(|item| matches!(item, Item::Mod(_)))
        .unwrap_or(types.len());
    types.insert(at, item);
    true
}

/// The last segment of a type's path.
fn type_name(ty: &syn::Type) -> Option<&syn::Ident> {
    match ty {
        syn::Type::Path(path) => path.path.segments.last().map(|segment| &segment.ident),
        _ => None,
    }
}

fn ident(name: &str) -> syn::Ident {
    quote::format_ident!("{name}")
}

/// `///` lines of a text, as attributes.
fn doc_attributes(text: &str) -> Vec<syn::Attribute> {
    docs::lines(text)
        .iter()
        .map(|line| doc_line(line))
        .collect()
}

/// `#[doc = line]`. Thousands are made: put together by hand, since parsing each takes longer than all passes.
fn doc_line(line: &str) -> syn::Attribute {
    let text = syn::LitStr::new(line, proc_macro2::Span::call_site());
    syn::Attribute {
        pound_token: Default::default(),
        style: syn::AttrStyle::Outer,
        bracket_token: Default::default(),
        meta: syn::Meta::NameValue(syn::MetaNameValue {
            path: ident("doc").into(),
            eq_token: Default::default(),
            value: syn::Expr::Lit(syn::ExprLit {
                attrs: Vec::new(),
                lit: syn::Lit::Str(text),
            }),
        }),
    }
}
