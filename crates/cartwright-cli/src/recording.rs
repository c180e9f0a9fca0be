//! What a recording holds beside the exchanges: the settings that it was made with, without credentials.
//!
//! They stand in requests (a store in the path, the type of an order in the body), so a replay needs them, and nobody wants to give
//! them a second time.

use std::fs;
use std::path::Path;

use cartwright::record::{REDACTED, Recorder};
use cartwright::{Setting, Vendor};
use serde_json::{Value, json};

use crate::credentials::{self, Pairs, written};
use crate::failure::Failure;

/// The file in the recording's folder, in the form that `--credentials` reads.
const FILE: &str = "settings.env";

/// What stands for a setting that nobody knows and that no recorded request can hold.
const PLACEHOLDER: &str = REDACTED;

/// Makes the folder and writes the settings down, before anything is sent: a folder that can't be written is found out in time.
pub(crate) fn begin(folder: &Path, recorder: &Recorder, settings: &Pairs) -> Result<(), Failure> {
    let file = folder.join(FILE);
    let mut all = match file.is_file() {
        true => credentials::from_file(&file)?,
        false => Pairs::new(),
    };
    let shown = recorder.redacted(&json!(settings));
    for (name, value) in shown.as_object().into_iter().flatten() {
        let value = value.as_str().unwrap_or(REDACTED);
        all.insert(name.clone(), value.to_owned());
    }
    let mut text = String::from("# What this was recorded with; --replay takes it from here.\n");
    for (name, value) in &all {
        text.push_str(&format!("{name}={}\n", written(value)));
    }
    // A new file proves more than one that is written again: exchanges are new files.
    let part = folder.join(format!("{FILE}.part"));
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(&part, text))
        .and_then(|()| fs::rename(&part, &file))
        .map_err(|error| {
            Failure::io(format!(
                "--record: {} can't be written: {error}. Nothing was sent: name a folder that you may write in",
                folder.display()
            ))
        })
}

/// The settings for a replay: those of the recording; where it has none for the vendor, the given ones, and the address from its
/// requests.
pub(crate) fn settings(folder: &Path, given: Pairs, vendors: &[Vendor]) -> Result<Pairs, Failure> {
    let file = folder.join(FILE);
    let recorded = match file.is_file() {
        true => credentials::from_file(&file)?,
        false => Pairs::new(),
    };
    let mut pairs = given;
    // Nobody is trusted where nobody is asked, and the file may be gone.
    let is_of_the_wire = |name: &str| name.ends_with("_CA_FILE");
    for vendor in vendors {
        let own = |name: &str| vendor.settings().iter().any(|setting| setting.name == name);
        let recorded = recorded.iter().filter(|(name, _)| own(name));
        let recorded: Pairs = recorded
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if !recorded.is_empty() {
            pairs.retain(|name, _| !own(name));
            pairs.extend(recorded);
        } else if let (Some(setting), Some(url)) = (base_url_of(*vendor), recorded_base_url(folder))
        {
            pairs.insert(setting.name.to_owned(), url);
        }
    }
    pairs.retain(|name, _| !is_of_the_wire(name));
    Ok(pairs)
}

/// A placeholder for the setting that an error misses; `false` if it misses none that could be filled in.
pub(crate) fn fill_in(error: &cartwright::Error, vendor: Vendor, pairs: &mut Pairs) -> bool {
    let is_missing = |setting: &&Setting| {
        let given = pairs
            .get(setting.name)
            .is_some_and(|value| !value.trim().is_empty());
        Some(setting.name) == error.field() && !given
    };
    let Some(missing) = vendor.settings().iter().find(is_missing) else {
        return false;
    };
    pairs.insert(missing.name.to_owned(), PLACEHOLDER.to_owned());
    true
}

fn base_url_of(vendor: Vendor) -> Option<&'static Setting> {
    let mut settings = vendor.settings().iter();
    settings.find(|setting| setting.name.ends_with("_BASE_URL"))
}

/// The address below which the first recorded request went: its URL without the operation's own path.
fn recorded_base_url(folder: &Path) -> Option<String> {
    let mut files: Vec<_> = fs::read_dir(folder)
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    files.iter().find_map(|file| {
        let exchange: Value = serde_json::from_slice(&fs::read(file).ok()?).ok()?;
        let text = |key: &str| exchange["request"][key].as_str();
        let (origin, path, template) = (text("origin")?, text("path")?, text("template")?);
        let own = template.split('/').skip(1).count();
        let segments: Vec<&str> = path.split('/').collect();
        let before = segments.get(..segments.len().checked_sub(own)?)?;
        (own > 0).then(|| format!("{origin}{}", before.join("/")))
    })
}
