//! What loading a spec promises: every node knows its place, and no bytes make it panic.

use serde_json::json;
use xtask::load::{Document, Lost, ResolveError, Value};

const SPEC: &str = r#"openapi: 3.0.3
info: {title: "Cärts", version: '1'}
paths:
  /v3/carts:
    post:
      responses:
        200:
          description: |
            The cart,
            as created.
        "404": {description: none}
components:
  schemas:
    Cart:
      type: object
      required: [id]
      properties:
        id: &id
          type: string
        parent: *id
        note:
"#;

fn parse(text: &str) -> Document {
    Document::parse("spec.yaml", text).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(bytes: &[u8]) -> String {
    match Document::parse_bytes("spec.yaml", bytes) {
        Ok(document) => panic!("loaded: {:?}", document.root),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_node_stands_where_it_is_written() {
    let document = parse(SPEC);
    for (pointer, place) in [
        ("", "1:1"),
        ("/info", "2:1"),
        ("/info/version", "2:24"),
        ("/paths/~1v3~1carts/post", "5:5"),
        ("/paths/~1v3~1carts/post/responses/200", "7:9"),
        ("/paths/~1v3~1carts/post/responses/404", "11:9"),
        ("/components/schemas/Cart/required/0", "16:18"),
        ("/components/schemas/Cart/properties/parent/type", "19:11"),
        ("/components/schemas/Cart/properties/note", "21:9"),
        ("/components/schemas/Order/properties/id", "13:3"),
        ("/components/schemas/Cart/required/7", "16:7"),
    ] {
        assert_eq!(document.position(pointer).to_string(), place, "{pointer}");
    }
}

#[test]
fn quoted_and_plain_status_keys_are_the_same_text() {
    let document = parse(SPEC);
    let responses = document
        .pointer("/paths/~1v3~1carts/post/responses")
        .unwrap();
    let keys: Vec<_> = responses
        .iter_map()
        .map(|(key, _)| key.text.as_str())
        .collect();
    assert_eq!(keys, ["200", "404"]);
}

#[test]
fn only_plain_scalars_are_typed() {
    let document = parse("[1, '1', 1.5, true, 'true', null, ~, no, 3.0.3, !!str 7, !!int 7, \"\"]");
    assert_eq!(
        document.root.to_json(),
        json!([
            1, "1", 1.5, true, "true", null, null, "no", "3.0.3", "7", 7, ""
        ])
    );
}

#[test]
fn an_alias_is_a_copy_of_what_it_names() {
    let document = parse(SPEC);
    let properties = document
        .pointer("/components/schemas/Cart/properties")
        .unwrap();
    assert_eq!(properties.get("id"), properties.get("parent"));
    assert!(matches!(properties.get("note").unwrap().value, Value::Null));
}

#[test]
fn json_is_read_as_it_is() {
    for text in [
        r#"{"a": [1, -0.5e3, true, null, "x\n\"\u00e4\/"], "b": {"c": {}}, "": []}"#,
        "{\n\t\"tab\": 1,\r\n\t\"list\": [\n\t\t1\n\t]\n}",
        r#"{"url":"https://a/b","colon: space":"x # y","emoji":"😀"}"#,
    ] {
        let expected: serde_json::Value = serde_json::from_str(text).unwrap();
        assert_eq!(parse(text).root.to_json(), expected, "{text}");
    }
}

#[test]
fn legal_json_that_yaml_lacks_is_refused_as_such() {
    insta::assert_snapshot!(refusal(br#"{"emoji": "\ud83d\ude00"}"#));
}

#[test]
fn a_byte_order_mark_does_not_shift_places() {
    let document = parse("\u{feff}openapi: 3.0.3\n");
    assert_eq!(document.position("/openapi").to_string(), "1:1");
}

#[test]
fn what_cannot_be_loaded_says_where_and_how_to_mend_it() {
    let deep = "[".repeat(200);
    let billion_laughs = format!(
        "a0: &a0 [x, x]\n{}",
        (1..40)
            .map(|n| format!("a{n}: &a{n} [*a{}, *a{}]\n", n - 1, n - 1))
            .collect::<String>()
    );
    let table: &[(&str, &[u8])] = &[
        ("empty", b""),
        ("only a comment", b"# nothing\n"),
        ("duplicate key", b"a: 1\nb: 2\na: 3\n"),
        ("duplicate key by meaning", b"200: 1\n'200': 2\n"),
        ("two documents", b"a: 1\n---\nb: 2\n"),
        ("invalid UTF-8", b"a: 1\nb: \xff\n"),
        ("truncated UTF-8", b"a: \xc3"),
        ("NUL", b"a: 1\nb: x\0y\n"),
        ("unknown alias", b"a: *b\n"),
        ("alias to itself", b"a: &a [*a]\n"),
        ("alias as key", b"a: &a x\n*a : 1\n"),
        ("mapping as key", b"? {a: 1}\n: 2\n"),
        ("missing key", b": 1\n"),
        ("merge key", b"a: &a {b: 1}\nc:\n  <<: *a\n"),
        ("bad indent", b"a:\n   b: 1\n  c: 2\n"),
        ("tab indent", b"a:\n\tb: 1\n"),
        ("open flow", b"a: [1, 2\n"),
        ("open quote", b"a: 'x\n"),
        ("bad escape", b"a: \"\\q\"\n"),
        ("undeclared handle of a tag", b"a: !e!x 1\n"),
        (
            "reference as a comment",
            b"a: {$ref: #/components/schemas/A}\nb: 1\n",
        ),
        ("too deep", deep.as_bytes()),
        ("billion laughs", billion_laughs.as_bytes()),
    ];
    let list: Vec<_> = table
        .iter()
        .map(|(name, bytes)| format!("{name}\n  {}", refusal(bytes)))
        .collect();
    insta::assert_snapshot!(list.join("\n"));
}

#[test]
fn what_json_cannot_hold_is_read_as_the_next_best_and_remembered() {
    let tag = |tag: &str| Lost::Tag(tag.to_owned());
    let value = |why: &str| Lost::Value(why.to_owned());
    let digits = |digits: &str| Lost::Digits(digits.to_owned());
    for (text, read, lost) in [
        ("a: !vec [1]", json!({"a": [1]}), vec![("1:4", tag("!vec"))]),
        (
            "a: !!binary 12",
            json!({"a": "12"}),
            vec![("1:4", tag("!!binary"))],
        ),
        ("a: !vec 12", json!({"a": 12}), vec![("1:4", tag("!vec"))]),
        (
            "a: !!set {b, c}",
            json!({"a": {"b": null, "c": null}}),
            vec![("1:4", tag("!!set"))],
        ),
        (
            "a: !!map [1]",
            json!({"a": [1]}),
            vec![(
                "1:4",
                value("the tag `!!map` doesn't fit what it stands on"),
            )],
        ),
        (
            "a: !!int x",
            json!({"a": "x"}),
            vec![(
                "1:4",
                value("the tag `!!int` doesn't fit what it stands on"),
            )],
        ),
        (
            "!!int a: 1\n!vec b: 2",
            json!({"a": 1, "b": 2}),
            vec![
                (
                    "1:1",
                    value("the tag `!!int` doesn't fit what it stands on"),
                ),
                ("2:1", tag("!vec")),
            ],
        ),
        (
            "a: .inf",
            json!({"a": ".inf"}),
            vec![("1:4", value("JSON has no infinity"))],
        ),
        (
            "a: 99999999999999999999",
            json!({"a": 1e20}),
            vec![("1:4", digits("99999999999999999999"))],
        ),
        (
            "a: ! 12\nb: !!str 1\nc: !!float 1",
            json!({"a": "12", "b": "1", "c": 1}),
            vec![],
        ),
        (
            "%TAG !e! tag:example.com,2000:\n---\na: !e!x 1",
            json!({"a": 1}),
            vec![("3:4", tag("tag:example.com,2000:!x"))],
        ),
    ] {
        let document = parse(text);
        assert_eq!(document.root.to_json(), read, "{text}");
        let found = document.losses.iter();
        let found: Vec<_> = found
            .map(|loss| (loss.position.to_string(), loss.lost.clone()))
            .collect();
        let lost: Vec<_> = lost
            .into_iter()
            .map(|(place, lost)| (place.to_owned(), lost))
            .collect();
        assert_eq!(found, lost, "{text}");
    }
}

#[test]
fn a_loss_leads_to_each_node_that_it_is_about() {
    let document = parse("a: &a 1e999\nb: [*a, 2]\n!t c: {d: 1}\n");
    let found: Vec<_> = document.lost_pointers().into_values().collect();
    assert_eq!(found, [vec!["/a", "/b/0"], vec!["/c"]]);
}

#[test]
fn a_reference_behind_an_unquoted_sign_is_found_in_its_line() {
    let text =
        "a:\n  $ref: #/components/schemas/A\nb: {\"$ref\" :\t#/x/y, c: 1}\nd: '#/e'\nnotes: #/f\n";
    let document = parse(&text.replace("b: {", "b: 1 # {"));
    let found: Vec<_> = (0..7)
        .map(|line| document.commented_reference(line))
        .collect();
    let expected = [
        None,
        None,
        Some("#/components/schemas/A"),
        Some("#/x/y"),
        None,
        None,
        None,
    ];
    assert_eq!(found, expected);
}

#[test]
fn a_spec_cut_at_any_byte_loads_or_is_refused() {
    for cut in 0..SPEC.len() {
        let _ = Document::parse_bytes("spec.yaml", &SPEC.as_bytes()[..cut]);
    }
}

#[test]
fn a_spec_with_any_byte_replaced_loads_or_is_refused() {
    for index in 0..SPEC.len() {
        for byte in *b"\0\t\n !\"#%&'*,-:>?@[]`{|}~\xff9a" {
            let mut bytes = SPEC.as_bytes().to_vec();
            bytes[index] = byte;
            let _ = Document::parse_bytes("spec.yaml", &bytes);
        }
    }
}

#[test]
fn short_texts_of_yaml_signs_load_or_are_refused() {
    let signs = b"\n -:?[]{},#&*!|>'\"%@a\t";
    for first in signs {
        for second in signs {
            for third in signs {
                for fourth in signs {
                    let text = [*first, *second, *third, *fourth];
                    let _ = Document::parse_bytes("spec.yaml", &text);
                }
            }
        }
    }
}

#[test]
fn a_reference_is_followed_to_its_end() {
    let document = parse(
        "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n    B: {type: string}\n    C: {$ref: '#/components/schemas/C'}\n",
    );
    let schema = |name: &str| {
        document
            .pointer(&format!("/components/schemas/{name}"))
            .unwrap()
    };
    assert_eq!(document.resolve(schema("A")), Ok(schema("B")));
    assert_eq!(document.resolve(schema("B")), Ok(schema("B")));
    let cycle = ResolveError::Cycle("#/components/schemas/C".to_owned());
    assert_eq!(document.resolve(schema("C")), Err(cycle));
}

#[test]
fn a_reference_must_be_local_and_lead_somewhere() {
    for (reference, expected) in [
        ("'other.yaml#/components/schemas/A'", "isn't of the form"),
        ("'#/paths/~1a'", "isn't of the form"),
        ("'#/components/schemas/A/properties/b'", "isn't of the form"),
        ("'#/components/schemas/A'", "leads nowhere"),
        ("7", "isn't of the form"),
        ("null", "is empty"),
        ("''", "is empty"),
        ("", "is empty"),
    ] {
        let document = parse(&format!("$ref: {reference}"));
        let error = document.resolve(&document.root).unwrap_err().to_string();
        assert!(error.contains(expected), "{reference}: {error}");
    }
}
