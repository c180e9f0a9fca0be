//! Paths: names that progenitor imports come from our runtime, and unions are found where they are.

use syn::visit_mut::{self, VisitMut};
use syn::{File, Path, UseTree, parse_quote};

use crate::emit::UNION_CRATE;

/// Rewrites every path that leads to `progenitor_client`, `reqwest` or a union; answers how many imports do.
pub fn rewrite(file: &mut File) -> usize {
    let mut pass = Rewrite {
        modules: Vec::new(),
        imports: 0,
    };
    pass.visit_file_mut(file);
    pass.imports
}

struct Rewrite {
    modules: Vec<String>,
    imports: usize,
}

impl VisitMut for Rewrite {
    fn visit_item_mod_mut(&mut self, module: &mut syn::ItemMod) {
        self.modules.push(module.ident.to_string());
        visit_mut::visit_item_mod_mut(self, module);
        self.modules.pop();
    }

    fn visit_item_use_mut(&mut self, item: &mut syn::ItemUse) {
        if let UseTree::Path(path) = &item.tree
            && path.ident == "progenitor_client"
        {
            let rest = &path.tree;
            item.tree = parse_use(quote::quote!(cartwright_runtime::client::#rest));
            item.leading_colon = Some(Default::default());
            self.imports += 1;
        }
    }

    fn visit_path_mut(&mut self, path: &mut Path) {
        visit_mut::visit_path_mut(self, path);
        let Some(first) = path.segments.first() else {
            return;
        };
        if path.segments.len() < 2 {
            return;
        }
        let rest = path.segments.iter().skip(1);
        if first.ident == "progenitor_client" || first.ident == "reqwest" {
            *path = parse_quote!(::cartwright_runtime::client #(::#rest)*);
        } else if first.ident == UNION_CRATE {
            let local: syn::punctuated::Punctuated<_, syn::Token![::]> = rest.cloned().collect();
            *path = match self.modules.iter().map(String::as_str).collect::<Vec<_>>()[..] {
                ["types"] => parse_quote!(#local),
                ["types", ..] => parse_quote!(super::#local),
                _ => parse_quote!(types::#local),
            };
        }
    }
}

fn parse_use(tokens: proc_macro2::TokenStream) -> UseTree {
    let item: syn::ItemUse = parse_quote!(use #tokens;);
    item.tree
}
