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
mod operations;
mod paging;
mod paths;
mod table;
mod unions;

use syn::{File, Item};

use crate::plan::Plan;

/// Turns progenitor's syntax tree into ours.
///
/// # Errors
///
/// The pass that met another number of places than planned.
pub fn polish(mut file: File, plan: &Plan) -> Result<File, String> {
    let operations = plan.operations.len();
    let with = |count: fn(&crate::plan::Operation) -> usize| {
        plan.operations.iter().map(count).sum::<usize>()
    };

    expect("client", client::rewrite(&mut file, plan), 3)?;
    expect(
        "api-version header",
        operations::drop_api_version(&mut file),
        operations,
    )?;
    expect(
        "operation info",
        operations::name_operations(&mut file, plan),
        operations,
    )?;
    expect(
        "joined query arrays",
        operations::join_query_arrays(&mut file, plan),
        with(|o| o.joined.len()),
    )?;
    expect(
        "optional bodies",
        operations::leave_out_bodies(&mut file, plan),
        with(|o| usize::from(o.optional_body)),
    )?;
    expect(
        "accept",
        operations::accept(&mut file, plan),
        with(|o| usize::from(o.accept.is_some())),
    )?;
    expect(
        "error answers",
        errors::answer_by_status(&mut file, plan),
        with(|o| usize::from(o.has_error_enum())),
    )?;
    expect(
        "undocumented answers",
        errors::keep_undocumented(&mut file),
        with(|o| usize::from(!o.errors.iter().any(|e| e.status == "default"))),
    )?;
    expect(
        "open enums",
        enums::open(&mut file, plan),
        plan.open_enums.len(),
    )?;
    expect(
        "three-state fields",
        fields::three_state(&mut file),
        plan.three_state,
    )?;
    expect(
        "fields named extra",
        fields::restore_extra(&mut file),
        plan.renamed_extra.len(),
    )?;
    expect(
        "deprecated fields",
        fields::deprecate(&mut file, plan),
        plan.deprecated_fields.len(),
    )?;
    expect(
        "deprecated operations",
        operations::deprecate(&mut file, plan),
        with(|o| usize::from(o.deprecated)),
    )?;
    fields::derive_default(&mut file);
    fields::document_extra(&mut file);
    builders::start_extra_empty(&mut file);
    builders::prune(&mut file, plan);
    errors::declare(&mut file, plan)?;
    unions::declare(&mut file, plan)?;
    table::declare(&mut file, plan)?;
    expect(
        "lists",
        paging::declare(&mut file, plan),
        with(|o| usize::from(o.paging.is_some())),
    )?;
    expect(
        "operation documentation",
        docs::operations(&mut file, plan),
        operations,
    )?;
    docs::as_lines(&mut file);
    paths::rewrite(&mut file);
    Ok(file)
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

/// Adds `item` to the `types` module, before its `builder` module.
fn add_type(file: &mut File, item: Item) -> Result<(), String> {
    let types = module(file, &["types"]).ok_or("progenitor wrote no `types` module")?;
    let at = types
        .iter()
        .position(|item| matches!(item, Item::Mod(_)))
        .unwrap_or(types.len());
    types.insert(at, item);
    Ok(())
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
