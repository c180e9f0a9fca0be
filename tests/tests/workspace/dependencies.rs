//! What a user's build pulls in.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;

use crate::text::read;

/// `cargo metadata` of the workspace, of every platform if their crates are there, else of this machine's.
///
/// Building fetches the crates of one platform alone, and a test fetches nothing. `cargo fetch` brings the others.
fn metadata() -> &'static Value {
    static METADATA: OnceLock<Value> = OnceLock::new();
    METADATA.get_or_init(|| {
        let all = cargo(&["metadata", "--format-version", "1", "--offline"]);
        let text = all.unwrap_or_else(|_| {
            let version = cargo(&["-vV"]).unwrap();
            let host = version.lines().find_map(|line| line.strip_prefix("host: "));
            let host = host.expect("cargo says its host");
            println!("only the crates of {host} are looked at; `cargo fetch` brings those of other platforms");
            let metadata = ["metadata", "--format-version", "1", "--offline"];
            cargo(&[&metadata[..], &["--filter-platform", host]].concat()).unwrap()
        });
        serde_json::from_str(&text).unwrap()
    })
}

/// What cargo prints, or what it complains about.
fn cargo(arguments: &[&str]) -> Result<String, String> {
    let mut command = Command::new(env!("CARGO"));
    command.args(arguments).current_dir(crate::text::root());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    match output.status.success() {
        true => Ok(text(output.stdout)),
        false => Err(text(output.stderr)),
    }
}

/// Crates by name, with what they depend on by name, on every platform: Cargo.lock knows them without their sources.
/// It does not tell normal dependencies from those of build scripts.
fn locked() -> BTreeMap<String, BTreeSet<String>> {
    let mut locked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let text = read("Cargo.lock");
    for package in text.split("[[package]]\n").skip(1) {
        let quoted = |line: &str| line.split('"').nth(1).unwrap_or_default().to_owned();
        let name = package.lines().find(|line| line.starts_with("name = "));
        let dependencies = package.lines().filter(|line| line.starts_with(" \""));
        // `syn 2.0.1` where there are two of them.
        let names = dependencies.map(|line| quoted(line).split(' ').next().unwrap().to_owned());
        locked
            .entry(quoted(name.unwrap()))
            .or_default()
            .extend(names);
    }
    assert!(locked.len() > 100, "Cargo.lock has another form");
    locked
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
    const BANNED: [&str; 6] = [
        "regress",
        "regex",
        "progenitor",
        "progenitor-client",
        "typify",
        "openssl",
    ];
    let (packages, locked) = (packages(), locked());
    let mut open: Vec<(String, String)> = Vec::new();
    for member in ["cartwright", "cartwright-runtime", "cartwright-cli"] {
        let id = id_of(member);
        open.extend(
            normal_dependencies(packages[id]).map(|name| (name.to_owned(), member.to_owned())),
        );
    }
    let mut seen = BTreeSet::new();
    while let Some((name, user)) = open.pop() {
        assert!(!BANNED.contains(&name.as_str()), "{user} pulls in {name}");
        if !seen.insert(name.clone()) {
            continue;
        }
        // What a member's tests use stands beside the rest in Cargo.lock, and apart in its manifest.
        match members().iter().find(|id| packages[**id]["name"] == name) {
            Some(id) => open.extend(
                normal_dependencies(packages[id]).map(|next| (next.to_owned(), name.clone())),
            ),
            None => open.extend(
                locked[&name]
                    .iter()
                    .map(|next| (next.clone(), name.clone())),
            ),
        }
    }
    assert!(seen.contains("reqwest"), "nothing was followed: {seen:?}");
}

/// The names of a package's normal dependencies, as its manifest has them, on every platform.
fn normal_dependencies(package: &'static Value) -> impl Iterator<Item = &'static str> {
    let dependencies = package["dependencies"].as_array().unwrap().iter();
    dependencies
        .filter(|dependency| dependency["kind"].is_null())
        .map(|dependency| dependency["name"].as_str().unwrap())
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
