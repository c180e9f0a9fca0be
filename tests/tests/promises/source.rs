//! What only the generated source shows.

use cartwright_tests::promises::deprecated::operations;
use syn::visit::Visit;

#[test]
fn no_float_and_no_bare_integer_stands_where_the_spec_names_a_scalar() {
    struct Names(Vec<String>);
    impl Visit<'_> for Names {
        fn visit_ident(&mut self, ident: &syn::Ident) {
            self.0.push(ident.to_string());
        }
    }
    let file = syn::parse_file(include_str!("../../src/promises/no_floats.rs")).unwrap();
    let mut names = Names(Vec::new());
    names.visit_file(&file);
    let count = |wanted: &str| names.0.iter().filter(|name| *name == wanted).count();
    for primitive in ["f64", "f32", "i64", "i32", "u64", "u32"] {
        assert_eq!(count(primitive), 0, "{primitive}");
    }
    assert!(count("Decimal") > 0 && count("FlexibleInteger") > 0);
}

#[test]
fn a_deprecated_field_and_a_deprecated_operation_are_marked_and_no_other() {
    struct Marked(Vec<String>);
    impl Marked {
        fn take(&mut self, attributes: &[syn::Attribute], name: &syn::Ident) {
            if attributes
                .iter()
                .any(|attribute| attribute.path().is_ident("deprecated"))
            {
                self.0.push(name.to_string());
            }
        }
    }
    impl Visit<'_> for Marked {
        fn visit_field(&mut self, field: &syn::Field) {
            if let Some(name) = &field.ident {
                self.take(&field.attrs, name);
            }
        }
        fn visit_impl_item_fn(&mut self, method: &syn::ImplItemFn) {
            self.take(&method.attrs, &method.sig.ident);
        }
    }
    let file = syn::parse_file(include_str!("../../src/promises/deprecated.rs")).unwrap();
    let mut marked = Marked(Vec::new());
    marked.visit_file(&file);
    assert_eq!(marked.0, ["old_id", "get_cart"]);
    let [get_cart] = operations::ALL else {
        panic!("one operation");
    };
    assert!(get_cart.deprecated);
}
