//! Files and lines of a vendor's spec and of its stand-in.

use std::path::Path;

/// The texts in which places are looked up.
#[derive(Clone, Debug)]
pub struct Places {
    spec: (String, String),
    /// The stand-in's files, by their paths. The list of its inputs comes last: what reads a word is a better place.
    sources: Vec<(String, String)>,
}

impl Places {
    /// Reads a vendor's files; what can't be read is nowhere.
    pub fn read(root: &Path, vendor: &str) -> Self {
        let read = |path: String| {
            let text = std::fs::read_to_string(root.join(&path)).unwrap_or_default();
            (path, text)
        };
        let folder = format!("crates/cartwright-sandbox/src/{vendor}");
        let listed = std::fs::read_dir(root.join(&folder));
        let mut names: Vec<String> = listed
            .into_iter()
            .flatten()
            .flatten()
            .filter_map(|entry| entry.file_name().into_string().ok())
            .filter(|name| name.ends_with(".rs"))
            .collect();
        names.sort_by_key(|name| (name == "inputs.rs", name.clone()));
        Self {
            spec: read(format!("specs/{vendor}/openapi.yaml")),
            sources: names
                .into_iter()
                .map(|name| read(format!("{folder}/{name}")))
                .collect(),
        }
    }

    /// The spec's first line with a text, else its first line.
    pub fn in_spec(&self, text: &str) -> String {
        let line = line_of(&self.spec.1, text).unwrap_or(1);
        format!("{}:{line}", self.spec.0)
    }

    /// The stand-in's first line with a word in quotes, in capitals or not.
    pub fn of_word(&self, word: &str) -> String {
        self.of_text(&format!("\"{word}\""))
    }

    /// The stand-in's first line with a text, else the folder that it stands in.
    pub fn of_text(&self, text: &str) -> String {
        let found = self
            .sources
            .iter()
            .find_map(|(path, source)| Some(format!("{path}:{}", line_of(source, text)?)));
        found.unwrap_or_else(|| {
            let first = self.sources.first().map_or("", |(path, _)| path.as_str());
            first
                .rsplit_once('/')
                .map_or(first, |(folder, _)| folder)
                .to_owned()
        })
    }

    /// The line of the list of inputs with a text, else the head of the list.
    pub fn of_input(&self, text: &str) -> String {
        let Some((path, source)) = self.sources.last() else {
            return String::new();
        };
        let line = line_of(source, text).or_else(|| line_of(source, "static INPUTS"));
        format!("{path}:{}", line.unwrap_or(1))
    }
}

fn line_of(text: &str, part: &str) -> Option<usize> {
    let part = part.to_lowercase();
    let mut lines = text.lines();
    Some(lines.position(|line| line.to_lowercase().contains(&part))? + 1)
}
