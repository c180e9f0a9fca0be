//! The cases: a spec, what each changes in it, and callers.

use xtask::review::Rust;

pub const SPEC: &str = r##"openapi: 3.0.3
info: {title: A shop, version: "1"}
servers: [{url: https://shop.example}]
security: [{Token: []}]
paths:
  /carts:
    post:
      operationId: createCart
      summary: Creates a cart.
      x-retry: unsafe
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewCart"}}}}
      responses: {"200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}}
  /carts/{id}:
    get:
      operationId: getCart
      summary: Reads a cart.
      x-retry: safe
      parameters:
        - {name: id, in: path, required: true, description: The cart., schema: {type: string}}
        - {name: limit, in: query, description: How many lines., schema: {type: integer, minimum: 1}}
        - {name: status, in: query, description: Which., schema: {$ref: "#/components/schemas/Status"}}
      responses:
        "200": {description: The cart., content: {application/json: {schema: {$ref: "#/components/schemas/Cart"}}}}
        "404": {description: None., content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
        "409": {description: Another., content: {application/json: {schema: {$ref: "#/components/schemas/Problem"}}}}
components:
  securitySchemes: {Token: {type: apiKey, in: header, name: X-Token}}
  schemas:
    Cart:
      type: object
      required: [id]
      properties:
        id: {type: string}
        total: {type: number}
        status: {$ref: "#/components/schemas/Status"}
        lines: {type: array, items: {$ref: "#/components/schemas/Line"}}
        code: {$ref: "#/components/schemas/Code"}
    Line: {type: object, properties: {sku: {type: string}, quantity: {type: integer, format: int64}}}
    Code: {oneOf: [{type: string}, {type: integer}]}
    Status: {type: string, enum: [open, ordered]}
    Problem: {type: object, properties: {title: {type: string}}}
    NewCart:
      type: object
      required: [name]
      properties:
        name: {type: string}
        note: {type: string}
"##;

/// What most callers do: build, send, read, and match with a wildcard.
pub const USUAL: &str = r#"
pub async fn create(client: &Client) -> Option<String> {
    let body = types::NewCart::builder().name("a").note(Some("b".to_owned()));
    client.create_cart().body(body).send().await.ok()?.into_inner().id
}
pub async fn get(client: &Client) -> usize {
    match client.get_cart().id("1").limit(2).status(types::Status::Open).send().await {
        Ok(cart) => cart.into_inner().lines.map_or(0, |lines| lines.len()),
        Err(Error::ErrorResponse(answer)) => match answer.value {
            types::GetCartError::Status404(problem) => problem.title.map_or(0, |title| title.len()),
            _ => 0,
        },
        Err(_) => 0,
    }
}
pub fn read(cart: &types::Cart) -> String {
    let first = cart.lines.as_ref().and_then(|lines| lines.first());
    let quantity: i64 = first.and_then(|line| line.quantity).unwrap_or_default();
    let status = match &cart.status {
        Some(types::Status::Ordered) => "ordered",
        _ => "other",
    };
    let code = match &cart.code {
        Some(types::Code::Text(text)) => text.as_str(),
        _ => "",
    };
    format!("{:?} {quantity} {status} {code}", cart.id)
}
pub fn make() -> types::Cart {
    let mut cart = types::Cart::default();
    cart.id = Some("1".to_owned());
    cart
}
"#;

/// One change.
pub struct Case {
    /// Its name: the module's.
    pub name: &'static str,
    /// What is replaced in the spec by what.
    pub edits: &'static [(&'static str, &'static str)],
    /// The verdict.
    pub rust: Rust,
    /// A caller beside the usual ones; empty when those tell.
    pub caller: &'static str,
}

const fn case(
    name: &'static str,
    edits: &'static [(&'static str, &'static str)],
    rust: Rust,
    caller: &'static str,
) -> Case {
    Case {
        name,
        edits,
        rust,
        caller,
    }
}

const FULL_LITERAL: &str = r#"
pub fn literal() -> types::NewCart {
    types::NewCart { name: String::new(), note: None, extra: Default::default() }
}"#;

pub const CASES: &[Case] = &[
    case(
        "description_changed",
        &[("Reads a cart.", "Reads one cart.")],
        Rust::None,
        "",
    ),
    case(
        "response_property_removed",
        &[("        total: {type: number}\n", "")],
        Rust::Break,
        "pub fn total(cart: types::Cart) -> bool { cart.total.is_some() }",
    ),
    case(
        "response_property_added",
        &[(
            "total: {type: number}",
            "total: {type: number}\n        tax: {type: number}",
        )],
        Rust::Additive,
        "",
    ),
    case(
        "response_type_widened",
        &[(
            "quantity: {type: integer, format: int64}",
            "quantity: {type: number}",
        )],
        Rust::Break,
        "",
    ),
    case(
        "response_format_narrowed",
        &[("format: int64", "format: int32")],
        Rust::None,
        "",
    ),
    case(
        "response_nullable_gained",
        &[(
            "id: {type: string}\n        total",
            "id: {type: string, nullable: true}\n        total",
        )],
        Rust::Break,
        "",
    ),
    case(
        "response_property_became_optional",
        &[("      required: [id]\n", "")],
        Rust::None,
        "",
    ),
    case(
        "request_property_added",
        &[(
            "note: {type: string}",
            "note: {type: string}\n        count: {type: integer}",
        )],
        Rust::Maybe,
        FULL_LITERAL,
    ),
    case(
        "request_property_added_required",
        &[
            ("[name]", "[name, count]"),
            (
                "note: {type: string}",
                "note: {type: string}\n        count: {type: integer}",
            ),
        ],
        Rust::Break,
        FULL_LITERAL,
    ),
    case(
        "request_property_became_required",
        &[("[name]", "[name, note]")],
        Rust::Break,
        "",
    ),
    case(
        "request_property_became_optional",
        &[("      required: [name]\n", "")],
        Rust::Break,
        FULL_LITERAL,
    ),
    case(
        "request_bounds_set",
        &[("note: {type: string}", "note: {type: string, maxLength: 9}")],
        Rust::None,
        FULL_LITERAL,
    ),
    case(
        "request_type_changed",
        &[("note: {type: string}", "note: {type: integer}")],
        Rust::Break,
        "",
    ),
    case(
        "enum_added",
        &[("[open, ordered]", "[open, ordered, gone]")],
        Rust::Additive,
        "",
    ),
    case(
        "enum_removed",
        &[("[open, ordered]", "[open]")],
        Rust::Break,
        "",
    ),
    case(
        "branch_added",
        &[("{type: integer}]", "{type: integer}, {type: boolean}]")],
        Rust::Additive,
        "",
    ),
    case(
        "branch_removed",
        &[("oneOf: [{type: string}, ", "oneOf: [{type: boolean}, ")],
        Rust::Break,
        "",
    ),
    case(
        "operation_renamed",
        &[("operationId: createCart", "operationId: makeCart")],
        Rust::Break,
        "",
    ),
    case(
        "operation_added",
        &[(
            "  /carts/{id}:\n",
            "  /carts/count:\n    get:\n      operationId: countCarts\n      summary: Counts.\n      x-retry: safe\n      responses: {\"204\": {description: Done.}}\n  /carts/{id}:\n",
        )],
        Rust::Additive,
        "",
    ),
    case(
        "operation_deprecated",
        &[(
            "operationId: createCart\n",
            "operationId: createCart\n      deprecated: true\n",
        )],
        Rust::None,
        "",
    ),
    case(
        "path_parameter_renamed",
        &[("{id}", "{cartId}"), ("name: id,", "name: cartId,")],
        Rust::Break,
        "",
    ),
    case(
        "path_changed",
        &[("  /carts:\n", "  /v2/carts:\n")],
        Rust::None,
        "",
    ),
    case(
        "parameter_added",
        &[(
            "        - {name: limit,",
            "        - {name: page, in: query, description: Which page., schema: {type: integer}}\n        - {name: limit,",
        )],
        Rust::Additive,
        "",
    ),
    case(
        "parameter_removed",
        &[(
            "        - {name: limit, in: query, description: How many lines., schema: {type: integer, minimum: 1}}\n",
            "",
        )],
        Rust::Break,
        "",
    ),
    case(
        "parameter_type_changed",
        &[(
            "schema: {type: integer, minimum: 1}",
            "schema: {type: string}",
        )],
        Rust::Break,
        "",
    ),
    case(
        "error_added",
        &[(
            "        \"409\":",
            "        \"422\": {description: Wrong., content: {application/json: {schema: {$ref: \"#/components/schemas/Problem\"}}}}\n        \"409\":",
        )],
        Rust::Additive,
        "",
    ),
    case(
        "error_removed",
        &[(
            "        \"404\": {description: None., content: {application/json: {schema: {$ref: \"#/components/schemas/Problem\"}}}}\n",
            "",
        )],
        Rust::Break,
        "",
    ),
    case(
        "schema_renamed",
        &[
            ("schemas/Line", "schemas/Row"),
            ("    Line: {", "    Row: {"),
        ],
        Rust::Break,
        "pub fn line(line: types::Line) -> Option<String> { line.sku }",
    ),
    case(
        "header_renamed",
        &[("name: X-Token", "name: X-Key")],
        Rust::None,
        "",
    ),
    case(
        "body_became_optional",
        &[(
            "requestBody: {required: true,",
            "requestBody: {required: false,",
        )],
        Rust::None,
        "",
    ),
];
