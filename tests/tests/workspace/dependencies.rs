//! What a user's build pulls in.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::text::read;

/// `cargo metadata` of the workspace.
fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let output = Command::new(env!("CARGO"))
            .args(["metadata", "--format-version", "1", "--offline"])
            .current_dir(crate::text::root())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice(&output.stdout).unwrap()
    })
}

fn packages() -> BTreeMap<&'static str, &'static Value> {
    let packages = metadata()["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| (package["id"].as_str().unwrap(), package))
        .collect()
}

fn members() -> BTreeSet<&'static str> {
    metadata()["workspace_members"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect()
}

/// Ids of the normal dependencies of a package, itself included, on every platform.
fn normal_tree(root: &'static str) -> BTreeSet<&'static str> {
    let nodes: BTreeMap<&str, &Value> = metadata()["resolve"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["id"].as_str().unwrap(), node))
        .collect();
    let mut tree = BTreeSet::new();
    let mut open = vec![root];
    while let Some(id) = open.pop() {
        if !tree.insert(id) {
            continue;
        }
        for dependency in nodes[id]["deps"].as_array().unwrap() {
            if dependency["dep_kinds"]
                .as_array()
                .unwrap()
                .iter()
                .any(|kind| kind["kind"].is_null())
            {
                open.push(dependency["pkg"].as_str().unwrap());
            }
        }
    }
    tree
}

fn id_of(name: &str) -> &'static str {
    let members = members();
    packages()
        .into_iter()
        .find(|(id, package)| members.contains(id) && package["name"] == name)
        .map(|(id, _)| id)
        .unwrap()
}

/// `1.88` as numbers.
fn version(text: &str) -> Vec<u32> {
    let mut parts: Vec<u32> = text.split('.').map(|part| part.parse().unwrap()).collect();
    parts.resize(3, 0);
    parts
}

/// The highest `rust-version` that a normal dependency of one of these packages asks for, and whose it is.
fn highest(of: impl Iterator<Item = &'static str>) -> Option<(Vec<u32>, &'static str)> {
    let (packages, members) = (packages(), members());
    let foreign = of.flat_map(normal_tree).filter(|id| !members.contains(id));
    let asked = foreign.filter_map(|id| {
        let version = version(packages[id]["rust_version"].as_str()?);
        Some((version, packages[id]["name"].as_str()?))
    });
    asked.max()
}

#[test]
fn the_msrv_is_the_highest_that_a_normal_dependency_asks_for() {
    let (packages, members) = (packages(), members());
    let sandbox = id_of("cartwright-sandbox");
    let stands = |id: &&'static str| normal_tree(id).contains(sandbox);
    let library = highest(members.iter().copied().filter(|id| !stands(id))).unwrap();
    let with_sandbox = highest(std::iter::once(sandbox)).unwrap();
    for id in &members {
        // A package of tests alone may have the sandbox for its tests; a library's tests don't count.
        let tests = packages[id]["publish"]
            .as_array()
            .is_some_and(Vec::is_empty);
        let dependencies = packages[id]["dependencies"].as_array().unwrap();
        let has_sandbox = stands(id)
            || tests
                && dependencies.iter().any(|one| {
                    one["name"] == "cartwright-sandbox" || one["name"] == "cartwright-contract"
                });
        let highest = match has_sandbox {
            true => library.clone().max(with_sandbox.clone()),
            false => library.clone(),
        };
        let ours = packages[id]["rust_version"]
            .as_str()
            .expect("each member states its MSRV");
        assert_eq!(
            version(ours),
            highest.0,
            "{} against {}",
            packages[id]["name"],
            highest.1
        );
    }
}

#[test]
fn no_generator_and_no_regular_expressions_at_run_time() {
    let packages = packages();
    for member in ["cartwright", "cartwright-runtime", "cartwright-cli"] {
        for id in normal_tree(id_of(member)) {
            let name = packages[id]["name"].as_str().unwrap();
            assert!(
                ![
                    "regress",
                    "regex",
                    "progenitor",
                    "progenitor-client",
                    "typify",
                    "openssl"
                ]
                .contains(&name),
                "{member} pulls in {name}"
            );
        }
    }
}

#[test]
fn each_direct_dependency_has_its_reason_in_the_architecture() {
    let (packages, architecture) = (packages(), read("ARCHITECTURE.md"));
    let clients = members().into_iter().filter(|id| {
        packages[id]["manifest_path"]
            .as_str()
            .unwrap()
            .contains("/clients/")
    });
    for id in clients.chain([id_of("cartwright"), id_of("cartwright-runtime")]) {
        for dependency in packages[id]["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"].is_null())
        {
            let name = dependency["name"].as_str().unwrap();
            assert!(
                architecture.contains(&format!("\n| `{name}` | ")),
                "{} uses {name}: say why in ARCHITECTURE.md",
                packages[id]["name"]
            );
        }
    }
}

#[test]
fn the_sandbox_and_xtask_depend_on_nothing_of_ours() {
    let members = members();
    for name in ["cartwright-sandbox", "xtask"] {
        let ours: Vec<_> = normal_tree(id_of(name))
            .into_iter()
            .filter(|id| members.contains(id) && *id != id_of(name))
            .collect();
        assert!(ours.is_empty(), "{name} depends on {ours:?}");
    }
}
