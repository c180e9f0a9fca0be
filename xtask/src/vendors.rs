//! The vendors: every folder of `specs/` that holds an `openapi.yaml`.

use std::path::{Path, PathBuf};

use crate::lint::nearest;

/// All vendors, sorted.
///
/// # Errors
///
/// When `specs/` can't be listed.
pub fn all(root: &Path) -> Result<Vec<String>, String> {
    let folder = root.join("specs");
    let entries = std::fs::read_dir(&folder)
        .map_err(|error| format!("{}: can't be listed: {error}", folder.display()))?;
    let mut vendors: Vec<String> = entries
        .flatten()
        .filter(|entry| entry.path().join("openapi.yaml").is_file())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    vendors.sort();
    Ok(vendors)
}

/// The named vendors, or all when none is named.
///
/// # Errors
///
/// A name that no folder of `specs/` has, with the names that exist.
pub fn select(root: &Path, named: &[String]) -> Result<Vec<String>, String> {
    let all = all(root)?;
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        let known: Vec<&str> = all.iter().map(String::as_str).collect();
        return Err(unknown_vendor(unknown, &known));
    }
    Ok(if named.is_empty() {
        all
    } else {
        all.into_iter()
            .filter(|name| named.contains(name))
            .collect()
    })
}

/// What to say of a vendor that isn't there.
pub(crate) fn unknown_vendor(unknown: &str, known: &[&str]) -> String {
    let all = match known {
        [] => "none".to_owned(),
        known => known.join(", "),
    };
    let meant = nearest(unknown, known.iter().copied());
    let meant = meant.map(|near| format!("; did you mean `{near}`?"));
    format!(
        "unknown vendor `{unknown}`: specs/ has {all}{}",
        meant.unwrap_or_default()
    )
}

/// Why a folder of `specs/` can't be called as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameProblem {
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub mend: String,
}

/// What a package is called in front of the vendor's name.
const PREFIX: &str = "cartwright-";
/// crates.io takes no longer name of a package.
const LONGEST: usize = 64;
/// Windows has no files of these names, whatever follows behind a dot.
const DEVICES: &[&str] = &[
    "aux", "con", "nul", "prn", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Why the client of a vendor can't be called after its folder: a name that cargo doesn't take, or that another package or folder
/// has already.
pub fn name_problem(root: &Path, vendor: &str) -> Option<NameProblem> {
    let is_word = |word: &str| {
        let is_plain = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit();
        !word.is_empty() && word.chars().all(is_plain)
    };
    let package = format!("{PREFIX}{vendor}");
    let message = if !vendor.split(['-', '_']).all(is_word) {
        format!("`{vendor}` isn't the name of a package")
    } else if package.len() > LONGEST {
        format!("`{package}` is longer than {LONGEST} letters")
    } else if DEVICES.contains(&vendor) {
        format!("Windows has no folder called `{vendor}`")
    } else if let Some(manifest) = package_like(root, &package) {
        format!("`{package}` is a package already: {manifest}")
    } else if let Some(folder) = folder_like(root, vendor) {
        format!("`{vendor}` is another folder's name to cargo, or to some file systems: {folder}")
    } else {
        return None;
    };
    Some(NameProblem {
        message,
        mend: match suggestion(vendor) {
            Some(name) => format!("rename the folder, such as to `{name}`"),
            None => {
                "rename the folder: words of a to z and 0 to 9, with `-` between them".to_owned()
            }
        },
    })
}

/// A name that a package can have, made of this one.
fn suggestion(vendor: &str) -> Option<String> {
    let lower = vendor.to_lowercase();
    let words = lower.split(|sign: char| !sign.is_ascii_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let name = words.join("-");
    let is_free = !is_alike(&name, vendor) && lower.is_ascii();
    let is_short = PREFIX.len() + name.len() <= LONGEST;
    (is_free && is_short && !name.is_empty()).then_some(name)
}

/// Whether two names are one: to cargo with `_` for `-`, to some file systems with a capital for a small letter.
fn is_alike(one: &str, other: &str) -> bool {
    let plain = |name: &str| name.to_lowercase().replace('_', "-");
    plain(one) == plain(other)
}

/// The folders in a folder; none where it can't be listed, which is no reason against a name.
fn folders(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut folders: Vec<PathBuf> = entries
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()))
        .map(|entry| entry.path())
        .collect();
    folders.sort();
    folders
}

/// The manifest of a package by hand that is called so, from the workspace's root.
fn package_like(root: &Path, name: &str) -> Option<String> {
    const DEPTH: usize = 3;
    let mut open = vec![(root.to_owned(), 0)];
    while let Some((folder, depth)) = open.pop() {
        let manifest = folder.join("Cargo.toml");
        let text = std::fs::read_to_string(&manifest).unwrap_or_default();
        if package_name(&text).is_some_and(|other| is_alike(other, name)) {
            return Some(shown(root, &manifest));
        }
        if depth == DEPTH {
            continue;
        }
        let by_hand = folders(&folder).into_iter().filter(|folder| {
            let name = folder.file_name().unwrap_or_default().to_string_lossy();
            !name.starts_with('.')
                && !["target", "specs", "node_modules"].contains(&&*name)
                && *folder != root.join(crate::write::clients())
        });
        open.extend(by_hand.map(|folder| (folder, depth + 1)));
    }
    None
}

/// Another vendor's folder, or another client's, that is called alike.
fn folder_like(root: &Path, vendor: &str) -> Option<String> {
    let specs = folders(&root.join("specs")).into_iter();
    let clients = folders(&root.join(crate::write::clients())).into_iter();
    let mut all = specs.chain(clients);
    let found = all.find(|folder| {
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        name != vendor && is_alike(&name, vendor)
    })?;
    Some(shown(root, &found))
}

fn shown(root: &Path, path: &Path) -> String {
    let path = path.strip_prefix(root).unwrap_or(path);
    path.to_string_lossy().replace('\\', "/")
}

/// The name in a manifest's `[package]`.
fn package_name(manifest: &str) -> Option<&str> {
    let lines = manifest.lines().map(str::trim);
    let package = lines.skip_while(|line| *line != "[package]").skip(1);
    let mut package = package.take_while(|line| !line.starts_with('['));
    package.find_map(|line| {
        let (key, value) = line.split_once('=')?;
        (key.trim() == "name").then(|| value.trim().trim_matches(['"', '\'']))
    })
}
