//! What progenitor makes of the promises' specs on its own.
//!
//! Each test takes one spec of `tests/promises`, as it is written, and shows the part of progenitor's output that decides its promise; the line
//! above the test says what is lost there. Where nothing is lost any more after an upgrade, a snapshot changes and a pass can go.

use std::path::Path;

use quote::quote;
use syn::visit_mut::VisitMut;
use syn::{File, ImplItem, ImplItemFn, Item, ItemImpl};

/// The field `tier` of a customer has no place to go to.
#[test]
fn an_unknown_field_is_dropped() {
    insta::assert_snapshot!(types("unknown_nested_field", &["Customer"]));
}

/// A third value fails the whole response.
#[test]
fn an_enum_is_closed() {
    insta::assert_snapshot!(types("open_enum", &["Status"]));
}

/// A bundle fails the whole response, and a gift with a `sku` beside its `kind` is read as a product.
#[test]
fn a_union_has_no_place_for_a_new_kind() {
    insta::assert_snapshot!(types("unknown_union_variant", &["Line"]));
}

/// serde tries the variants in turn and says only that none of them fits: neither which one was meant, nor where it is wrong.
#[test]
fn a_union_loses_the_place_of_a_wrong_type() {
    insta::assert_snapshot!(types("wrong_type_in_variant", &["Line", "Content"]));
}

/// Reading goes through this check as well, so one long coupon fails the whole response.
#[test]
fn a_length_is_checked_on_responses() {
    insta::assert_snapshot!(implementation("long_string", "FromStr", "Coupon"));
}

/// The offset becomes UTC, and is written so.
#[test]
fn an_offset_is_lost() {
    insta::assert_snapshot!(types("time_offset", &["Cart"]));
}

/// `null` is read as absent; an empty list or map is not written.
#[test]
fn absent_null_and_empty_are_one() {
    insta::assert_snapshot!(types("absent_null_empty", &["Cart"]));
}

/// A number is binary, be it alone, in a list or in a union.
#[test]
fn an_amount_is_binary() {
    insta::assert_snapshot!(types("exact_decimal", &["Cart", "Decimal"]));
}

/// `explode: false` is ignored: the vendor gets `include=a&include=b`.
#[test]
fn a_joined_array_is_repeated() {
    insta::assert_snapshot!(send("joined_query", "GetCart", &["QueryParam"]));
}

/// Nothing is lost here: the same statement is right for this spec.
#[test]
fn a_repeated_array_is_repeated() {
    insta::assert_snapshot!(send("repeated_query", "GetCart", &["QueryParam"]));
}

/// The vendor gets a header that it never documented.
#[test]
fn the_version_of_the_spec_is_sent() {
    insta::assert_snapshot!(send(
        "no_version_header",
        "GetCart",
        &["api-version", "api_version"]
    ));
}

/// There is no client at all.
#[test]
fn a_204_beside_a_200_is_refused() {
    insta::assert_snapshot!(refusal("empty_success"));
}

/// There is no client at all.
#[test]
fn several_error_bodies_are_refused() {
    insta::assert_snapshot!(refusal("errors_by_status"));
}

/// Neither body is read, and `Accept` doesn't ask for one.
#[test]
fn another_json_media_type_is_a_stream_of_bytes() {
    insta::assert_snapshot!(send("json_media_types", "GetCart", &["header (", "as_u16"]));
}

/// A page instead of the documented body is an error without the status; it can't be told from a broken 200.
#[test]
fn html_under_an_error_status_loses_the_status() {
    insta::assert_snapshot!(send("html_error", "GetCart", &["as_u16"]));
}

/// A cart that was read without a currency is written back with one.
#[test]
fn a_default_is_filled_in_and_written() {
    insta::assert_snapshot!(types("default_not_written", &["Cart"]));
}

/// A body is sent whether the caller sets one or not.
#[test]
fn an_optional_body_is_always_sent() {
    insta::assert_snapshot!(send("optional_body", "CreateCart", &["body"]));
}

/// A caller who builds a line has to name its unknown fields.
#[test]
fn a_builder_asks_for_the_unknown_fields() {
    insta::assert_snapshot!(implementation("sent_type", "Default", "NewLine"));
}

/// Credentials are the caller's business: default headers of its own HTTP client, or a URL that errors print.
#[test]
fn a_client_knows_no_credentials() {
    insta::assert_snapshot!(method("secrets", "Client", "new"));
}

/// The map of unknown fields takes the vendor's name: a struct with two fields `extra` doesn't compile.
#[test]
fn a_field_named_extra_collides() {
    insta::assert_snapshot!(types("field_named_extra", &["Cart"]));
}

/// Floats wherever the spec has a number; a size is a bare integer or a text, and the caller looks which.
#[test]
fn scalars_are_floats_and_bare_integers() {
    insta::assert_snapshot!(types("no_floats", &["Cart", "Price", "FlexibleInteger"]));
}

/// A cart without an id fails, whatever else it holds.
#[test]
fn a_missing_field_fails_a_response() {
    insta::assert_snapshot!(types("missing_required", &["Cart"]));
}

/// A failure inside a 200 is a cart without fields.
#[test]
fn a_failure_inside_a_200_is_a_success() {
    insta::assert_snapshot!(send("failure_in_success", "GetCart", &["as_u16"]));
}

/// A failure in an envelope is a cart without fields.
#[test]
fn a_failure_in_an_envelope_is_a_success() {
    insta::assert_snapshot!(send("failure_in_envelope", "GetCart", &["as_u16"]));
}

/// Nothing knows of the token: the caller has to fetch it, keep it and put it on.
#[test]
fn a_password_grant_is_ignored() {
    insta::assert_snapshot!(send("password_grant", "GetCart", &["header", "request"]));
}

/// Nothing is lost here: a list in a list is a type of its own.
#[test]
fn a_list_of_lists_is_a_type() {
    insta::assert_snapshot!(types("list_of_lists", &["Cart", "Group"]));
}

/// Only `null` is lost here: what leads back to itself is boxed.
#[test]
fn a_type_may_hold_itself() {
    insta::assert_snapshot!(types("recursion", &["Cart", "Origin"]));
}

/// Every `Debug` shows the password and the token.
#[test]
fn a_secret_is_a_string() {
    insta::assert_snapshot!(types("secret_in_body", &["Login", "Token"]));
}

/// Nothing is lost here: what the text holds is a type that nothing refers to.
#[test]
fn a_text_that_holds_json_is_a_string() {
    insta::assert_snapshot!(send("json_text", "CreateCart", &["item"]));
}

/// Two types have one name, and one of them holds itself: that doesn't compile.
#[test]
fn a_union_that_may_be_null_holds_itself() {
    insta::assert_snapshot!(types("union_by_json_type", &["Selection"]));
}

/// A price is a union within a union, and its number is binary.
#[test]
fn a_scalar_in_a_union_is_a_union_in_a_union() {
    insta::assert_snapshot!(types("scalar_in_union", &["Price", "Decimal"]));
}

/// Nobody is warned.
#[test]
fn a_deprecation_is_not_passed_on() {
    let mut shown = types("deprecated", &["Cart"]);
    shown.push_str(&method("deprecated", "Client", "get_cart"));
    insta::assert_snapshot!(shown);
}

/// Each form is a variant that a caller has to match on, and the code 1647 is written back as 1647.0.
#[test]
fn a_lenient_scalar_is_a_union() {
    insta::assert_snapshot!(types(
        "wire_forms",
        &["FlexibleInteger", "FlexibleBoolean", "FlexibleText"]
    ));
}

/// `..` passes through `encode_path` unchanged, and the URL parser then resolves it: `/carts/../lines` is `/lines`.
#[test]
fn a_path_parameter_of_dots_reaches_another_endpoint() {
    insta::assert_snapshot!(send(
        "dot_segment",
        "DeleteLines",
        &["let url", "delete (url)"]
    ));
}

/// An amount that is a number goes into the form as a binary one; a field that the spec doesn't list can't be sent.
#[test]
fn a_form_carries_a_binary_amount() {
    let mut shown = types("form_body", &["Login", "Decimal"]);
    shown.push_str(&send("form_body", "LogIn", &["form_urlencoded"]));
    insta::assert_snapshot!(shown);
}

fn stock(promise: &str) -> Result<File, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let spec = Path::new("tests/promises").join(format!("{promise}.yaml"));
    let document = xtask::generate::read(root, &spec).unwrap();
    let mut file = xtask::emit::emit_stock(&document.to_json())?;
    WithoutDocs.visit_file_mut(&mut file);
    Ok(file)
}

struct WithoutDocs;

impl VisitMut for WithoutDocs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}

/// The panic or the message that progenitor ends in.
fn refusal(promise: &str) -> String {
    stock(promise).expect_err("progenitor takes this spec by now")
}

/// The types of these names, with their attributes.
fn types(promise: &str, names: &[&str]) -> String {
    let file = stock(promise).unwrap();
    let module = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) if module.ident == "types" => module.content,
        _ => None,
    });
    let (_, items) = module.unwrap_or_default();
    let is_named = |item: &Item| match item {
        Item::Struct(item) => names.iter().any(|name| item.ident == name),
        Item::Enum(item) => names.iter().any(|name| item.ident == name),
        _ => false,
    };
    print(items.into_iter().filter(is_named).collect())
}

/// The implementation of a trait for a type.
fn implementation(promise: &str, of: &str, ty: &str) -> String {
    let found = impls(promise, ty).into_iter().find(|item| {
        let last = item
            .trait_
            .as_ref()
            .and_then(|(path, ..)| path.segments.last());
        last.is_some_and(|segment| segment.ident == of)
    });
    print(found.into_iter().map(Item::Impl).collect())
}

/// A method of a type.
fn method(promise: &str, ty: &str, name: &str) -> String {
    print(
        find_method(promise, ty, name)
            .map(as_function)
            .into_iter()
            .collect(),
    )
}

/// The `send` of an operation's builder, with only those statements that hold one of these texts.
fn send(promise: &str, builder: &str, texts: &[&str]) -> String {
    let mut send = find_method(promise, builder, "send").unwrap();
    send.block.stmts.retain(|statement| {
        let tokens = quote!(#statement).to_string();
        texts.iter().any(|text| tokens.contains(text))
    });
    print(vec![as_function(send)])
}

fn find_method(promise: &str, ty: &str, name: &str) -> Option<ImplItemFn> {
    impls(promise, ty)
        .into_iter()
        .filter(|item| item.trait_.is_none())
        .flat_map(|item| item.items)
        .find_map(|item| match item {
            ImplItem::Fn(method) if method.sig.ident == name => Some(method),
            _ => None,
        })
}

fn as_function(method: ImplItemFn) -> Item {
    syn::parse_quote!(#method)
}

fn impls(promise: &str, ty: &str) -> Vec<ItemImpl> {
    items(stock(promise).unwrap())
        .into_iter()
        .filter_map(|item| match item {
            Item::Impl(item) => Some(item),
            _ => None,
        })
        .filter(|item| match &*item.self_ty {
            syn::Type::Path(path) => path.path.segments.last().is_some_and(|s| s.ident == ty),
            _ => false,
        })
        .collect()
}

/// Every item of the file, those of its modules among them.
fn items(file: File) -> Vec<Item> {
    fn flat(items: Vec<Item>) -> Vec<Item> {
        items
            .into_iter()
            .flat_map(|item| match item {
                Item::Mod(module) => {
                    flat(module.content.map(|(_, items)| items).unwrap_or_default())
                }
                item => vec![item],
            })
            .collect()
    }
    flat(file.items)
}

fn print(items: Vec<Item>) -> String {
    assert!(
        !items.is_empty(),
        "progenitor's output has no such part any more"
    );
    let file = File {
        shebang: None,
        frontmatter: None,
        attrs: Vec::new(),
        items,
    };
    prettyplease::unparse(&file)
}
