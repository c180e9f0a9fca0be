//! What keeps a review from an answer, as a workflow shows it.

use crate::repository::{Folder, SHOP, without_git};

#[test]
fn a_document_that_can_t_be_read_is_an_annotation_at_its_place() {
    if without_git() {
        return;
    }
    for (name, text, place, words) in [
        (
            "a tab",
            "openapi: 3.0.3\npaths:\n\t/a: {}\n",
            "3,col=2",
            "tabs",
        ),
        ("nothing", "", "1,col=1", "holds nothing"),
        (
            "another version",
            &SHOP.replace("3.0.3", "3.1.0"),
            "1,col=10",
            "3.1.0",
        ),
        (
            "a reference that leads nowhere",
            &SHOP.replace("schemas/Kind'", "schemas/Kin'"),
            "42,col=22",
            "leads nowhere",
        ),
    ] {
        let folder = Folder::repository(&[("specs/shop/openapi.yaml", SHOP)]);
        folder.write("specs/shop/openapi.yaml", text);
        let run = folder.review(&["--format", "github"]);
        let start = format!("::error file=specs/shop/openapi.yaml,line={place},title=unreadable::");
        assert!(run.text.starts_with(&start), "{name}: {}", run.text);
        assert!(run.text.contains(words), "{name}: {}", run.text);
        assert_eq!((run.text.lines().count(), run.code), (1, 2), "{name}");
        assert!(
            run.errors.starts_with("error: specs/shop/openapi.yaml:"),
            "{name}: {}",
            run.errors
        );
        // The other formats have no place for it.
        let run = folder.review(&["--format", "markdown"]);
        assert_eq!((run.text.as_str(), run.code), ("", 2), "{name}");
    }
}

#[test]
fn the_old_version_is_called_by_its_path_alone() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("specs/shop/openapi.yaml", "a: 'x\n")]);
    folder.write("specs/shop/openapi.yaml", SHOP);
    let run = folder.review(&["--base", "HEAD", "--format", "github"]);
    let start = "::error file=specs/shop/openapi.yaml,line=1,col=4,title=unreadable::";
    assert!(run.text.starts_with(start), "{}", run.text);
    assert!(
        run.errors.contains("HEAD:specs/shop/openapi.yaml:1:4:"),
        "{}",
        run.errors
    );
}

#[test]
fn what_has_no_place_is_an_annotation_as_well() {
    if without_git() {
        return;
    }
    let folder = Folder::repository(&[("specs/shop/openapi.yaml", SHOP)]);
    let run = folder.review(&["shpo", "--format", "github"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.text,
        "::error::unknown vendor `shpo`: specs/ has shop; did you mean `shop`?\n"
    );
}
