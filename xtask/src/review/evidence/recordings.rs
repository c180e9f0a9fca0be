//! Recordings: one file for each exchange, as the runtime's feature `record` writes them.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{Misfit, Refused, Sides};
use crate::lint::Context;
use crate::load::pointer_token;

/// The version of the form that is read.
const VERSION: u64 = 1;

/// Folders within folders that are looked through.
const DEPTH: usize = 8;

/// A recorded exchange.
#[derive(Clone, Debug)]
pub struct Recording {
    /// What reports call the file.
    pub file: String,
    /// Its content.
    pub exchange: Value,
}

/// Reads every recording in a folder and the folders in it, sorted by path; what is no recording is passed over.
///
/// # Errors
///
/// A folder or file that can't be read, and a file named `.json` that holds no JSON.
pub fn read(folder: &Path) -> Result<Vec<Recording>, String> {
    let mut files = Vec::new();
    list(folder, DEPTH, &mut files)?;
    files.sort();
    let mut recordings = Vec::new();
    for path in files {
        let file = path.display().to_string();
        let text = std::fs::read_to_string(&path)
            .map_err(|error| format!("{file}: can't be read: {error}"))?;
        let exchange: Value =
            serde_json::from_str(&text).map_err(|error| format!("{file}: isn't JSON: {error}"))?;
        if exchange.get("version").and_then(Value::as_u64) == Some(VERSION) {
            recordings.push(Recording { file, exchange });
        }
    }
    Ok(recordings)
}

fn list(folder: &Path, depth: usize, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error| format!("{}: can't be listed: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            if depth > 0 {
                list(&path, depth - 1, files)?;
            }
        } else if path.extension().is_some_and(|it| it == "json") {
            files.push(path);
        }
    }
    Ok(())
}

/// Holds a recording's request and response against both documents; one of another service says nothing.
pub(super) fn hold(sides: &Sides<'_, '_>, recording: &Recording, found: &mut Vec<Refused>) {
    let exchange = &recording.exchange;
    let text = |pointer| exchange.pointer(pointer).and_then(Value::as_str);
    let (Some(method), Some(path)) = (text("/request/method"), text("/request/template")) else {
        return;
    };
    let of = |context: &Context<'_>| {
        let mut operations = context.operations.iter();
        operations.position(|it| it.method.eq_ignore_ascii_case(method) && it.path == path)
    };
    let (old, new) = (sides.old.0, sides.new.0);
    let Some(before) = of(old).and_then(|index| old.operations.get(index)) else {
        return;
    };
    let missing = |what: &str, pointer: &str, way: String| Refused {
        misfit: Misfit {
            file: recording.file.clone(),
            pointer: pointer.to_owned(),
            message: format!("{what} is not described any more"),
        },
        way: vec![way],
    };
    let Some(after) = of(new).and_then(|index| new.operations.get(index)) else {
        let way = before.pointer.clone();
        return found.push(missing(&format!("{method} {path}"), "/request", way));
    };
    if let Some(sent) = exchange.pointer("/request/body/json") {
        let media = (json(old.request(before)), json(new.request(after)));
        if let (Some(before), Some(after)) = media {
            let place = "/request/body/json";
            found.extend(sides.hold(sent, &before, &after, &recording.file, place));
        }
    }
    let Some(status) = exchange.pointer("/response/status").and_then(Value::as_u64) else {
        return;
    };
    let answers = |operation: &crate::lint::Operation<'_>| -> Option<String> {
        let known: Vec<&str> = operation.responses().map(|(status, _, _)| status).collect();
        let range = format!("{}XX", status / 100);
        [status.to_string(), range, "default".to_owned()]
            .into_iter()
            .find_map(|form| known.iter().find(|it| it.eq_ignore_ascii_case(&form)))
            .map(|&found| found.to_owned())
    };
    let Some(was) = answers(before) else {
        return;
    };
    let Some(is) = answers(after) else {
        let way = format!("{}/responses/{}", before.pointer, pointer_token(&was));
        return found.push(missing(
            &format!("status {status}"),
            "/response/status",
            way,
        ));
    };
    let Some(answer) = exchange.pointer("/response/body/json") else {
        return;
    };
    let media = |context: &Context<'_>, operation: &crate::lint::Operation<'_>, status: &str| {
        let (_, pointer, node) = operation.responses().find(|(it, _, _)| *it == status)?;
        json(context.content(&pointer, node))
    };
    if let (Some(was), Some(is)) = (media(old, before, &was), media(new, after, &is)) {
        let place = "/response/body/json";
        found.extend(sides.hold(answer, &was, &is, &recording.file, place));
    }
}

/// The pointer of the first media type that is JSON.
fn json(content: Vec<(&str, String, &crate::load::Node)>) -> Option<String> {
    let mut content = content.into_iter();
    let is_json = |name: &str| name.to_ascii_lowercase().contains("json");
    content.find_map(|(name, pointer, _)| is_json(name).then_some(pointer))
}
