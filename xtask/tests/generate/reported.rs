//! What `cargo xtask lint` reports, in each of its formats.

use crate::{SPEC, Scratch};

/// A spec that can't be loaded, and the place.
const UNREADABLE: &[(&str, &[u8], &str, &str)] = &[
    ("a tab", b"a:\n\tb: 1\n", "2:2", "tabs"),
    ("nothing", b"", "1:1", "holds nothing"),
    ("no UTF-8", b"a: \xff\n", "1:4", "UTF-8"),
    (
        "a key twice",
        b"a: 1\na: 2\n",
        "2:1",
        "a key of this mapping already",
    ),
    (
        "a bad indent",
        b"a:\n   b: 1\n  c: 2\n",
        "3:3",
        "expected key",
    ),
    ("an open quote", b"a: 'x\n", "1:4", "quoted scalar"),
    (
        "an anchor inside itself",
        b"a: &a [*a]\n",
        "1:8",
        "inside the node",
    ),
    (
        "a merge key",
        b"a: &a {b: 1}\nc:\n  <<: *a\n",
        "3:3",
        "merge key",
    ),
    ("a control character", b"a: x\x01\n", "1:5", "U+0001"),
];

fn scratch(bytes: &[u8]) -> Scratch {
    let scratch = Scratch::empty();
    scratch.write(SPEC, "");
    std::fs::write(scratch.path(SPEC), bytes).unwrap();
    scratch
}

#[test]
fn a_spec_that_cannot_be_loaded_is_one_finding_in_each_format() {
    for (name, bytes, place, words) in UNREADABLE {
        let scratch = scratch(bytes);
        let text = scratch.run(&["lint"]);
        assert_eq!((text.code, text.stderr.as_str()), (Some(1), ""), "{name}");
        let start = format!("{SPEC}:{place}: error[unreadable]: ");
        assert!(
            text.stdout.starts_with(&start) && text.stdout.contains(words),
            "{name}: {}",
            text.stdout
        );
        assert!(
            text.stdout.ends_with("\n1 error, 0 warnings\n"),
            "{name}: {}",
            text.stdout
        );

        let json = scratch.run(&["lint", "--format", "json"]);
        let findings: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
        let [finding] = findings.as_array().unwrap().as_slice() else {
            panic!("{name}: {findings}");
        };
        assert_eq!(
            format!("{}:{}", finding["line"], finding["column"]),
            *place,
            "{name}"
        );
        assert_eq!(
            (finding["rule"].as_str(), json.code),
            (Some("unreadable"), Some(1))
        );

        let github = scratch.run(&["lint", "--format", "github"]);
        let (line, column) = place.split_once(':').unwrap();
        let start = format!("::error file={SPEC},line={line},col={column},title=unreadable::");
        assert!(
            github.stdout.starts_with(&start),
            "{name}: {}",
            github.stdout
        );

        let generate = scratch.run(&["generate"]);
        assert_eq!(generate.code, Some(1), "{name}");
        assert_eq!(
            generate.stderr,
            format!("{}nothing was written\n", text.stdout),
            "{name}"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_is_a_finding_as_well() {
    let findings =
        match xtask::generate::read(&std::env::temp_dir(), "no/such/openapi.yaml".as_ref()) {
            Ok(_) => panic!("there is no such file"),
            Err(finding) => xtask::lint::render_github(&[*finding]),
        };
    assert!(findings.starts_with("::error file=no/such/openapi.yaml,line=1,col=1,title=unreadable::the file can't be read"), "{findings}");
}

#[test]
fn other_specs_are_still_checked_and_counted() {
    let scratch = Scratch::shop();
    scratch.edit(SPEC, "      x-retry: safe\n", "");
    scratch.write("specs/other/openapi.yaml", "a: 'x\n");
    let run = scratch.run(&["lint"]);
    assert!(
        run.stdout.contains("error[unreadable]") && run.stdout.contains("error[retry-missing]"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.ends_with("\n2 errors, 0 warnings\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_reference_that_became_a_comment_is_named_where_yaml_complains_elsewhere() {
    let scratch = Scratch::shop();
    scratch.edit(
        SPEC,
        "{schema: {$ref: \"#/components/schemas/Cart\"}}",
        "{schema: {$ref: #/components/schemas/Cart}}",
    );
    let run = scratch.run(&["lint"]);
    assert!(
        run.stdout
            .contains("quote the reference on line 12: `$ref: '#/components/schemas/Cart'`"),
        "{}",
        run.stdout
    );
}

#[test]
fn what_is_no_openapi_3_0_is_one_finding() {
    for (name, spec, words) in [
        (
            "Swagger",
            "swagger: '2.0'\nhost: a\npaths: {/a: {get: {}}}\ndefinitions: {}\n",
            "this document is Swagger 2.0",
        ),
        (
            "Swagger in JSON",
            r#"{"swagger": "2.0", "paths": {"/a": {"get": {"produces": []}}}}"#,
            "this document is Swagger 2.0",
        ),
        (
            "an unquoted number",
            "swagger: 2.0\npaths: {}\n",
            "this document is Swagger 2.0",
        ),
        (
            "Swagger 1",
            "swaggerVersion: '1.2'\napis: []\n",
            "this document is Swagger 1.2",
        ),
        (
            "3.1",
            "openapi: 3.1.0\nwebhooks: {}\npaths: {/a: {get: {}}}\n",
            "this document is OpenAPI 3.1.0",
        ),
        (
            "3.1 as a number",
            "openapi: 3.1\npaths: {}\n",
            "this document is OpenAPI 3.1",
        ),
        ("3.2", "openapi: 3.2.0\n", "this document is OpenAPI 3.2.0"),
        ("2.0", "openapi: '2.0'\n", "this document is OpenAPI 2.0"),
        (
            "30.0",
            "openapi: 30.0.1\n",
            "this document is OpenAPI 30.0.1",
        ),
        (
            "another language",
            "asyncapi: 2.6.0\nchannels: {}\n",
            "this document is AsyncAPI 2.6.0",
        ),
        (
            "anything",
            "name: x\nitems: []\n",
            "doesn't say that it is OpenAPI",
        ),
        (
            "a list",
            "- openapi: 3.0.3\n- paths: {}\n",
            "the document is a list, and has to be a mapping",
        ),
        (
            "a text",
            "openapi\n",
            "the document is text, and has to be a mapping",
        ),
        (
            "null",
            "~\n",
            "the document is null, and has to be a mapping",
        ),
    ] {
        let scratch = Scratch::empty();
        scratch.write(SPEC, spec);
        scratch.write("specs/shop/examples/a.json", "{}");
        let run = scratch.run(&["lint"]);
        assert_eq!(run.stdout.lines().count(), 3, "{name}: {}", run.stdout);
        assert!(run.stdout.contains(words), "{name}: {}", run.stdout);
        assert!(
            run.stdout.ends_with("\n1 error, 0 warnings\n"),
            "{name}: {}",
            run.stdout
        );
    }
}

#[test]
fn paths_of_another_kind_are_the_cause_alone() {
    let scratch = Scratch::empty();
    let spec = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\nservers: [{url: https://a.example}]\npaths: []\nx-cart-absent: {}\ncomponents: {schemas: {A: {type: string}}}\n";
    scratch.write(SPEC, spec);
    scratch.write("specs/shop/examples/a.json", "{}");
    let run = scratch.run(&["lint"]);
    assert_eq!(
        run.stdout.lines().next(),
        Some(
            "specs/shop/openapi.yaml:4:1: error[wrong-type]: this is a list, and has to be a mapping"
        )
    );
    assert!(
        run.stdout.ends_with("\n1 error, 0 warnings\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn many_findings_are_summed_up_by_rule_and_all_are_printed_on_request() {
    let scratch = Scratch::shop();
    let wrong: String = (0..40)
        .map(|n| format!("    A{n}: {{type: strin}}\n"))
        .collect();
    scratch.edit(SPEC, "  schemas:\n", &format!("  schemas:\n{wrong}"));
    scratch.edit(SPEC, "{type: number}", "{type: numbr}");
    let all = scratch.run(&["lint", "--all"]);
    assert_eq!(all.stdout.matches("error[schema-type]").count(), 41);
    assert!(
        all.stdout.ends_with("\n41 errors, 40 warnings\n"),
        "{}",
        all.stdout
    );
    let json = scratch.run(&["lint", "--format", "json"]);
    let findings: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(findings.as_array().unwrap().len(), 81);
    let github = scratch.run(&["lint", "--format", "github"]);
    assert_eq!(github.stdout.lines().count(), 81);
    insta::assert_snapshot!(scratch.run(&["lint"]).stdout);
    let generate = scratch.run(&["generate"]);
    assert!(
        generate
            .stderr
            .contains("41 errors, 0 warnings; `cargo xtask lint --all` prints each\n"),
        "{}",
        generate.stderr
    );
}

#[test]
fn a_message_shows_no_control_character_of_the_spec() {
    let scratch = Scratch::shop();
    scratch.edit(
        SPEC,
        "{type: number}",
        "{type: \"num\\e[31m\\nber\\u202e\"}",
    );
    let run = scratch.run(&["lint"]);
    assert!(
        run.stdout
            .contains(r"`num\u{1b}[31m\nber\u{202e}` isn't a type"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_vendor_and_a_rule_that_are_misspelt_are_guessed() {
    let run = Scratch::shop().run(&["lint", "shpo"]);
    assert_eq!(
        (run.code, run.stderr.as_str()),
        (
            Some(2),
            "error: unknown vendor `shpo`: specs/ has shop; did you mean `shop`?\n"
        )
    );
    let run = Scratch::shop().run(&["lint", "--explain", "retry-mising"]);
    assert!(
        run.code == Some(2) && run.stderr.ends_with("did you mean `retry-missing`?\n"),
        "{}",
        run.stderr
    );
}
