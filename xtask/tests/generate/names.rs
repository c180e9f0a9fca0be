//! The names of vendors' folders: what can't be a package of its own is refused before anything is written.

use crate::{SHOP, Scratch};

#[test]
fn a_folder_that_cannot_be_a_package_is_refused_with_another_name() {
    for (folder, suggested) in [
        ("bol.com", Some("bol-com")),
        ("two words", Some("two-words")),
        ("shop+", Some("shop")),
        ("x@y", Some("x-y")),
        (".hidden", Some("hidden")),
        ("UPPER", None),
        ("Über", None),
        ("😀", None),
        ("a--b", Some("a-b")),
        ("-x", Some("x")),
        ("x_", Some("x")),
        ("aux", None),
    ] {
        let scratch = Scratch::empty();
        scratch.write(&format!("specs/{folder}/openapi.yaml"), SHOP);
        let run = scratch.run(&["generate"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(1), ""), "{folder}");
        let place = format!("specs/{folder}/openapi.yaml:1:1: error[vendor-name]: ");
        assert!(run.stderr.starts_with(&place), "{folder}: {}", run.stderr);
        let mend = suggested.map(|name| format!("rename the folder, such as to `{name}`\n"));
        let mend = mend.unwrap_or_else(|| "rename the folder".to_owned());
        assert!(run.stderr.contains(&mend), "{folder}: {}", run.stderr);
        assert!(!scratch.path("crates").exists(), "{folder}");
        let lint = scratch.run(&["lint", "--format", "json"]);
        assert_eq!(lint.code, Some(1), "{folder}");
        assert!(lint.stdout.contains("\"vendor-name\""), "{}", lint.stdout);
    }
}

#[test]
fn a_folder_whose_package_exists_is_refused() {
    for (manifest, package, folder) in [
        (
            "crates/cartwright-sandbox/Cargo.toml",
            "cartwright-sandbox",
            "sandbox",
        ),
        (
            "tests/contract/Cargo.toml",
            "cartwright-contract",
            "contract",
        ),
        ("xtask/Cargo.toml", "cartwright-my-tool", "my_tool"),
        ("Cargo.toml", "Cartwright-Root", "root"),
    ] {
        let scratch = Scratch::empty();
        scratch.write(
            manifest,
            &format!("[lib]\nname = \"other\"\n[package]\nname = \"{package}\"\n"),
        );
        scratch.write(&format!("specs/{folder}/openapi.yaml"), SHOP);
        let run = scratch.run(&["generate"]);
        let said = format!("`cartwright-{folder}` is a package already: {manifest}");
        assert!(
            run.code == Some(1) && run.stderr.contains(&said),
            "{}",
            run.stderr
        );
        assert!(!scratch.path("crates/clients").exists());
    }
}

#[test]
fn a_folder_that_differs_from_another_by_case_or_signs_alone_is_refused() {
    for other in [
        "specs/my_shop",
        "crates/clients/My-Shop",
        "crates/clients/my_shop",
    ] {
        let scratch = Scratch::empty();
        scratch.write("specs/my-shop/openapi.yaml", SHOP);
        std::fs::create_dir_all(scratch.path(other)).unwrap();
        let run = scratch.run(&["generate", "my-shop"]);
        assert!(
            run.code == Some(1) && run.stderr.contains(other),
            "{other}: {}",
            run.stderr
        );
        assert!(!scratch.path("crates/clients/my-shop").exists());
    }
}

#[test]
fn a_plain_name_is_taken_and_stays_so_once_its_client_is_there() {
    for folder in ["1shop", "type", "my-shop", "my_shop", "a"] {
        let scratch = Scratch::empty();
        scratch.write(&format!("specs/{folder}/openapi.yaml"), SHOP);
        for run in [
            scratch.run(&["generate"]),
            scratch.run(&["generate", "--check"]),
        ] {
            assert_eq!(run.code, Some(0), "{folder}: {}", run.stderr);
        }
        let manifest =
            std::fs::read_to_string(scratch.path(&format!("crates/clients/{folder}/Cargo.toml")))
                .unwrap();
        assert!(manifest.contains(&format!("name = \"cartwright-{folder}\"")));
    }
}
