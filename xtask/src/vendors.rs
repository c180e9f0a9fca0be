//! The vendors: every folder of `specs/` that holds an `openapi.yaml`.

use std::path::Path;

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
        return Err(format!(
            "unknown vendor `{unknown}`: specs/ has {}",
            if all.is_empty() {
                "none".to_owned()
            } else {
                all.join(", ")
            }
        ));
    }
    Ok(if named.is_empty() {
        all
    } else {
        all.into_iter()
            .filter(|name| named.contains(name))
            .collect()
    })
}
