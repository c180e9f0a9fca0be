//! Reads the cases: small changes to `clean.yaml`, written like a diff.
//!
//! A case begins with `== ` and the rule that it breaks. `-` lines stand once in the clean spec, and the
//! `+` lines after them take their place. A `|` line is a file in `examples`, and a bare `|` none; without
//! such a line the folder holds the clean spec's own.

pub struct Case {
    pub title: String,
    /// The case as written.
    pub text: String,
    changes: Vec<(String, String)>,
    files: Option<Vec<(String, String)>>,
}

pub const GROUPS: &[(&str, &str)] = &[
    ("documents", include_str!("cases/documents.txt")),
    (
        "references_and_paths",
        include_str!("cases/references_and_paths.txt"),
    ),
    ("operations", include_str!("cases/operations.txt")),
    ("paging", include_str!("cases/paging.txt")),
    ("parameters", include_str!("cases/parameters.txt")),
    ("bodies", include_str!("cases/bodies.txt")),
    ("schemas", include_str!("cases/schemas.txt")),
    ("structures", include_str!("cases/structures.txt")),
    ("unions", include_str!("cases/unions.txt")),
    ("extensions", include_str!("cases/extensions.txt")),
    ("examples", include_str!("cases/examples.txt")),
];

/// Changes that keep the spec clean.
pub const ALLOWED: &str = include_str!("cases/allowed.txt");

pub const CLEAN: &str = include_str!("clean.yaml");

/// The payload that the clean spec's one example names.
pub const CREATED: (&str, &str) = (
    "created.json",
    r#"{
  "id": "7f", "total": "19.90", "status": "open", "parent": null,
  "lines": [{"product_id": 1, "name": null}, {"kind": "gift", "value": 5}, "note"]
}"#,
);

/// Every case of every group.
pub fn all() -> Vec<Case> {
    GROUPS.iter().flat_map(|(_, text)| read(text)).collect()
}

pub fn read(text: &str) -> Vec<Case> {
    let cases = text.split("== ").skip(1).map(|case| case.trim_end());
    cases.map(read_case).collect()
}

fn read_case(text: &str) -> Case {
    let (title, body) = text.split_once('\n').unwrap_or((text, ""));
    let mut case = Case {
        title: title.to_owned(),
        text: format!("== {text}"),
        changes: Vec::new(),
        files: None,
    };
    let mut replaced = true;
    for line in body.lines() {
        let (sign, rest) = line.split_at(1);
        let rest = rest.strip_prefix(' ').unwrap_or(rest);
        match sign {
            "-" => {
                if std::mem::replace(&mut replaced, false) {
                    case.changes.push((rest.to_owned(), String::new()));
                } else if let Some((old, _)) = case.changes.last_mut() {
                    *old += &format!("\n{rest}");
                }
            }
            "+" => {
                let (_, new) = case.changes.last_mut().expect("`-` stands before `+`");
                let between = if replaced { "\n" } else { "" };
                *new += &format!("{between}{rest}");
                replaced = true;
            }
            "|" => {
                let files = case.files.get_or_insert_default();
                let file = rest.split_once(": ");
                files.extend(file.map(|(name, content)| (name.to_owned(), content.to_owned())));
            }
            _ => panic!("{title}: {line}"),
        }
    }
    case
}

impl Case {
    /// The clean spec with the changes made.
    pub fn spec(&self) -> String {
        let clean = CLEAN.to_owned();
        self.changes.iter().fold(clean, |text, (old, new)| {
            assert_eq!(text.matches(old).count(), 1, "{}: {old}", self.title);
            text.replace(old, new)
        })
    }

    pub fn files(&self) -> Vec<(&str, &str)> {
        match &self.files {
            None => vec![CREATED],
            Some(files) => files
                .iter()
                .map(|(name, content)| (name.as_str(), content.as_str()))
                .collect(),
        }
    }
}
