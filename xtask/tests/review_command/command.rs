//! What is compared, what fails, and what is said when it can't be compared.

use crate::repository::{Folder, SHOP, changed, vendors, without_git, workspace};

/// A change, and the exit codes for `--fail-on` wire, rust, facade, any and never.
#[test]
fn the_exit_code_follows_what_breaks_and_what_is_asked_for() {
    let list = SHOP.split_once("    get:\n").unwrap().1;
    let list = list.split_once("components:").unwrap().0;
    let without_list = SHOP.replace(&format!("    get:\n{list}"), "");
    let table = [
        ("nothing", SHOP.to_owned(), [0, 0, 0, 0, 0]),
        ("an operation goes", without_list, [1, 1, 0, 1, 0]),
        (
            "a path changes",
            changed("  /carts:", "  /baskets:"),
            [1, 0, 0, 1, 0],
        ),
        (
            "an operation's id changes",
            changed("listCarts", "readCarts"),
            [0, 1, 0, 1, 0],
        ),
        (
            "a cart verb goes",
            changed("      x-cart-operation: [create]\n", ""),
            [0, 0, 1, 1, 0],
        ),
        (
            "an optional property comes",
            changed(
                "        id: {type: string}",
                "        id: {type: string}\n        note: {type: string}",
            ),
            [0, 0, 0, 0, 0],
        ),
    ];
    for (change, new, codes) in table {
        let folder = Folder::new(&[("old.yaml", SHOP), ("new.yaml", &new)]);
        for (fail_on, code) in ["wire", "rust", "facade", "any", "never"]
            .into_iter()
            .zip(codes)
        {
            let files = [
                "--from",
                "old.yaml",
                "--to",
                "new.yaml",
                "--fail-on",
                fail_on,
            ];
            let run = folder.review(&files);
            assert_eq!(
                run.code, code,
                "{change}, {fail_on}: {}{}",
                run.text, run.errors
            );
        }
        let run = folder.review(&["--from", "old.yaml", "--to", "new.yaml"]);
        assert_eq!(run.code, codes[3], "{change}");
    }
}

#[test]
fn what_can_t_be_compared_is_named_with_its_place_and_exit_code_2() {
    if without_git() {
        return;
    }
    let newer = SHOP.replace("3.0.3", "3.1.0");
    let folder = Folder::repository(&[
        ("specs/shop/openapi.yaml", SHOP),
        ("old.yaml", SHOP),
        ("newer.yaml", &newer),
        ("cut.yaml", "openapi: 3.0.3\npaths: {\n"),
        ("latin.yaml", "openapi: 3.0.3\n"),
    ]);
    std::fs::write(folder.path().join("latin.yaml"), b"openapi: 3.0.3\n\xff").unwrap();
    std::fs::create_dir(folder.path().join("recordings")).unwrap();
    folder.write("recordings/a.json", "{");
    let from = |to| ["--from", "old.yaml", "--to", to];
    let with = |more: &[&'static str]| [&from("old.yaml"), more].concat();
    let table: Vec<(Vec<&str>, &str)> = vec![
        (from("newer.yaml").to_vec(), "newer.yaml:1:"),
        (from("cut.yaml").to_vec(), "cut.yaml:"),
        (
            from("latin.yaml").to_vec(),
            "latin.yaml:2:1: the bytes here aren't UTF-8",
        ),
        (from("none.yaml").to_vec(), "none.yaml: can't be read"),
        (from("recordings").to_vec(), "recordings: can't be read"),
        (vec!["--from", "old.yaml"], "--to <NEW>"),
        (with(&["--base", "HEAD"]), "cannot be used with"),
        (
            with(&["--recordings", "recordings"]),
            "recordings/a.json: isn't JSON",
        ),
        (
            with(&["--recordings", "nowhere"]),
            "nowhere: can't be listed",
        ),
        (
            with(&["--output", "nowhere/review.txt"]),
            "nowhere/review.txt: can't be written",
        ),
        (with(&["--today", "2026-02-29"]), "`2026-02-29` is no day"),
        (with(&["--fail-on", "all"]), "invalid value 'all'"),
        (vec!["--base", "release"], "unknown revision `release`"),
        (vec!["--base=--all"], "unknown revision `--all`"),
        (vec!["--base", ""], "unknown revision ``"),
        (
            vec!["--base", "HEAD", "market"],
            "unknown vendor `market`: specs/ has shop",
        ),
        (
            vec!["--explain", "no-such-rule"],
            "unknown rule `no-such-rule`",
        ),
    ];
    for (arguments, message) in table {
        let run = folder.review(&arguments);
        assert_eq!(run.code, 2, "{arguments:?}: {}", run.text);
        assert!(
            run.errors.contains(message),
            "{arguments:?}: {}",
            run.errors
        );
        assert_eq!(run.text, "", "{arguments:?}");
    }
}

#[test]
fn without_a_repository_or_git_the_way_out_is_named() {
    let folder = Folder::new(&[("specs/shop/openapi.yaml", SHOP)]);
    if !without_git() {
        let run = folder.review(&[]);
        assert_eq!(run.code, 2);
        let known = "git knows no repository here";
        assert!(run.errors.contains(known), "{}", run.errors);
        assert!(run.errors.contains("--from OLD --to NEW"), "{}", run.errors);
    }
    let output = folder
        .command(&[])
        .env("PATH", "/nonexistent")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("git is missing"), "{errors}");
}

#[test]
fn every_broken_spec_of_a_review_is_named_at_once() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[
        ("specs/a/openapi.yaml", SHOP),
        ("specs/b/openapi.yaml", "openapi: 3.0.3\npaths: [\n"),
    ]);
    folder.write("specs/a/openapi.yaml", "openapi: {\n");
    folder.write("specs/b/openapi.yaml", SHOP);
    let run = folder.review(&["--base", "HEAD"]);
    assert_eq!(run.code, 2);
    assert!(
        run.errors.contains("error: specs/a/openapi.yaml:"),
        "{}",
        run.errors
    );
    assert!(
        run.errors.contains("error: HEAD:specs/b/openapi.yaml:"),
        "{}",
        run.errors
    );
}

#[test]
fn a_spec_against_itself_is_nothing() {
    if without_git() {
        return;
    }
    let mut files = Vec::new();
    for vendor in vendors() {
        let name = format!("specs/{vendor}/openapi.yaml");
        let text = std::fs::read_to_string(workspace().join(&name)).unwrap();
        files.push((name, text));
    }
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let folder = Folder::repository(&files);
    let run = folder.review(&[]);
    assert_eq!(
        (run.code, run.errors.contains("are as they were at")),
        (0, true)
    );
    assert!(
        run.text.starts_with("0 findings in 0 specs"),
        "{}",
        run.text
    );
    for (name, _) in files {
        let run = folder.review(&["--from", name, "--to", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.errors);
        assert!(
            run.text.contains("\nnothing changes for a client\n"),
            "{}",
            run.text
        );
    }
}

#[test]
fn without_a_base_a_branch_is_compared_with_where_it_left_main() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("specs/shop/openapi.yaml", SHOP)]);
    folder.git(&["switch", "--quiet", "--create", "change"]);
    folder.write(
        "specs/shop/openapi.yaml",
        &changed("listCarts", "readCarts"),
    );
    folder.commit();
    folder.git(&["switch", "--quiet", "main"]);
    folder.write("specs/shop/openapi.yaml", &changed("/carts:", "/baskets:"));
    folder.commit();
    folder.git(&["switch", "--quiet", "change"]);
    let start = folder.git(&["rev-parse", "main~1"]);
    let run = folder.review(&["--format", "json"]);
    let review: serde_json::Value = serde_json::from_str(&run.text).unwrap();
    assert_eq!(
        review["findings"].as_array().unwrap().len(),
        1,
        "{}",
        run.text
    );
    assert_eq!(review["findings"][0]["rule"], "operation-renamed");
    assert_eq!(
        review["specs"][0]["from"]["label"],
        format!("{}:specs/shop/openapi.yaml", &start[..12])
    );
    // What is named is taken as it is.
    let run = folder.review(&["--base", "main", "--format", "json"]);
    assert!(run.text.contains("operation-path-changed"), "{}", run.text);
}

#[test]
fn a_spec_that_comes_or_goes_is_one_finding() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("specs/old/openapi.yaml", SHOP), ("README", "")]);
    folder.git(&["mv", "specs/old", "specs/new"]);
    let run = folder.review(&["--base", "HEAD", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.errors);
    let review: serde_json::Value = serde_json::from_str(&run.text).unwrap();
    let told: Vec<String> = review["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            let word = |key: &str| it[key].as_str().unwrap().to_owned();
            let operations = it["operations"].to_string();
            [
                word("spec"),
                word("rule"),
                word("wire"),
                word("rust"),
                word("facade"),
                operations,
            ]
            .join(" ")
        })
        .collect();
    assert_eq!(
        told,
        [
            r#"new operation-added safe additive none ["createCart","listCarts"]"#,
            r#"old operation-removed break break capability ["createCart","listCarts"]"#,
        ]
    );
    assert_eq!(folder.review(&["--base", "HEAD", "new"]).code, 0);
}

#[test]
fn a_workspace_may_stand_deep_in_a_repository() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("deep/er/specs/shop/openapi.yaml", SHOP)]);
    folder.write(
        "deep/er/specs/shop/openapi.yaml",
        &changed("listCarts", "readCarts"),
    );
    let inner = folder.path().join("deep/er");
    let output = folder
        .command(&["--base", "HEAD", "--root", inner.to_str().unwrap()])
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("operation-renamed"), "{text}");
}

#[test]
fn the_same_documents_make_the_same_bytes_in_every_format() {
    let new = changed("id: {type: string}", "id: {type: integer}");
    let folder = Folder::new(&[("old.yaml", SHOP), ("new.yaml", &new)]);
    for format in ["text", "markdown", "html", "json", "github", "sarif"] {
        let arguments = ["--from", "old.yaml", "--to", "new.yaml", "--format", format];
        let (one, other) = (folder.review(&arguments), folder.review(&arguments));
        assert_eq!((one.code, &one.text), (1, &other.text), "{format}");
        let into = [&arguments[..], &["--output", "review"]].concat();
        let run = folder.review(&into);
        assert_eq!((run.code, run.text.as_str()), (1, ""), "{format}");
        assert_eq!(folder.read("review"), one.text, "{format}");
    }
}

#[test]
fn a_rule_is_explained() {
    let run = Folder::new(&[]).review(&["--explain", "operation-removed"]);
    assert_eq!(run.code, 0);
    assert!(
        run.text
            .starts_with("operation-removed (wire break, Rust break)\n"),
        "{}",
        run.text
    );
}

#[test]
fn a_review_says_by_which_means_it_judged_the_rust_api() {
    // A client needs a word on every verb.
    let verbs = "get add-lines update-line remove-line delete checkout set-customer place-order";
    let absent = verbs
        .split(' ')
        .map(|verb| format!("  {verb}: {{state: none, why: no such call}}\n"));
    let old = format!("{SHOP}x-cart-absent:\n{}", absent.collect::<String>());
    let id = "        id: {type: string}";
    let new = old.replace(id, &format!("{id}\n        note: {{type: string}}"));
    let folder = Folder::new(&[("old.yaml", &old), ("new.yaml", &new)]);
    for (more, items, words) in [
        (None, false, "the verdicts about Rust are by rule"),
        (
            Some("--generate"),
            true,
            "are those of the clients generated from both versions",
        ),
    ] {
        let files = ["--from", "old.yaml", "--to", "new.yaml", "--format", "json"];
        let run = folder.review(&[&files[..], more.as_slice()].concat());
        let review: serde_json::Value = serde_json::from_str(&run.text).unwrap();
        let found = !review["findings"][0]["items"]
            .as_array()
            .unwrap()
            .is_empty();
        assert_eq!(found, items, "{}", run.text);
        assert!(run.text.contains(words), "{}", run.text);
    }
}
