//! Where settings and credentials come from: the environment, and a file that overrides it.
//!
//! No message shows a value, nor a name that may be a value in the wrong place.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use cartwright::{Settings, Vendor};

use crate::failure::Failure;

const PREFIX: &str = "CARTWRIGHT_";

/// The settings of all vendors.
pub(crate) fn settings(file: Option<&Path>) -> Result<Settings, Failure> {
    let Some(file) = file else {
        return Ok(Settings::from_env());
    };
    let bytes =
        fs::read(file).map_err(|error| Failure::io(format!("{}: {error}", file.display())))?;
    let given = parse(&bytes).map_err(|fault| {
        Failure::configuration(format!("{}:{}: {}", file.display(), fault.line, fault.why))
    })?;
    let mut pairs = BTreeMap::new();
    for (name, value) in env::vars_os() {
        let Some(name) = name
            .into_string()
            .ok()
            .filter(|name| name.starts_with(PREFIX))
        else {
            continue;
        };
        if given.contains_key(&name) {
            continue;
        }
        let value = value.into_string().map_err(|_| {
            Failure::configuration(format!(
                "{name}: the value in the environment is not valid UTF-8"
            ))
        })?;
        pairs.insert(name, value);
    }
    pairs.extend(given);
    Ok(Settings::from_pairs(pairs))
}

/// What is wrong with a file, and in which line, counted from 1.
#[derive(Debug, PartialEq)]
struct Fault {
    line: usize,
    why: String,
}

/// Reads lines of `NAME=value`. A value stands as it is, without the blanks around it.
fn parse(bytes: &[u8]) -> Result<BTreeMap<String, String>, Fault> {
    let mut pairs = BTreeMap::new();
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    for (index, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        let fault = |why: String| Fault {
            line: index + 1,
            why,
        };
        let text = std::str::from_utf8(line)
            .map_err(|_| fault("the line is not valid UTF-8".to_owned()))?
            .trim();
        if text.is_empty() || text.starts_with('#') {
            continue;
        }
        let (name, value) = read(text).map_err(fault)?;
        if pairs.insert(name.to_owned(), value.to_owned()).is_some() {
            return Err(fault(format!(
                "{name} is set a second time: leave one line out"
            )));
        }
    }
    Ok(pairs)
}

fn read(line: &str) -> Result<(&str, &str), String> {
    let (name, value) = line
        .split_once('=')
        .ok_or("there is no `=`: write NAME=value")?;
    let (name, value) = (name.trim_end(), value.trim_start());
    if name.starts_with("export ") {
        return Err("`export` belongs to shells: write NAME=value".to_owned());
    }
    if !is_known(name) {
        let named = match name.starts_with(PREFIX) {
            true => format!("{name} is not a setting"),
            false => "the name before `=` is not a setting".to_owned(),
        };
        return Err(format!("{named}: `cart vendors` lists the names"));
    }
    if value.starts_with(['"', '\'']) {
        return Err(format!(
            "{name}: the value stands as it is: leave the quotes out"
        ));
    }
    Ok((name, value))
}

/// Whether a name is a setting of a vendor that is compiled in.
fn is_known(name: &str) -> bool {
    let known = Vendor::ALL.iter().flat_map(|vendor| vendor.settings());
    known.into_iter().any(|setting| setting.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOKEN: &str = "CARTWRIGHT_BIGCOMMERCE_ACCESS_TOKEN";
    const HASH: &str = "CARTWRIGHT_BIGCOMMERCE_STORE_HASH";

    #[test]
    fn names_and_values_are_read_as_they_stand() {
        for (file, pairs) in [
            (String::new(), vec![]),
            ("# nothing\n\n  # here\n".to_owned(), vec![]),
            (format!("{TOKEN}=a=b#c d"), vec![(TOKEN, "a=b#c d")]),
            (
                format!("\u{feff}{HASH}=h\r\n  {TOKEN} = t \r\n"),
                vec![(TOKEN, "t"), (HASH, "h")],
            ),
            (format!("{TOKEN}="), vec![(TOKEN, "")]),
        ] {
            let read = parse(file.as_bytes()).unwrap();
            let read: Vec<(&str, &str)> = read
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            assert_eq!(read, pairs, "{file}");
        }
    }

    #[test]
    fn a_fault_names_its_line_and_shows_no_value() {
        for (file, line, why) in [
            (
                "s3cret".to_owned(),
                1,
                "there is no `=`: write NAME=value".to_owned(),
            ),
            (
                "\ns3cret==".to_owned(),
                2,
                "the name before `=` is not a setting: `cart vendors` lists the names".to_owned(),
            ),
            (
                "#\n#\nCARTWRIGHT_BIGCOMMERCE_TOKEN=s3cret".to_owned(),
                3,
                "CARTWRIGHT_BIGCOMMERCE_TOKEN is not a setting: `cart vendors` lists the names"
                    .to_owned(),
            ),
            (
                format!("export {TOKEN}=s3cret"),
                1,
                "`export` belongs to shells: write NAME=value".to_owned(),
            ),
            (
                format!("{TOKEN}='s3cret'"),
                1,
                format!("{TOKEN}: the value stands as it is: leave the quotes out"),
            ),
            (
                format!("{TOKEN}=s3cret\n{TOKEN}=s3cret"),
                2,
                format!("{TOKEN} is set a second time: leave one line out"),
            ),
        ] {
            assert_eq!(parse(file.as_bytes()), Err(Fault { line, why }), "{file}");
        }
    }

    #[test]
    fn bytes_that_are_not_text_are_a_fault_of_their_line() {
        let fault = Fault {
            line: 2,
            why: "the line is not valid UTF-8".to_owned(),
        };
        assert_eq!(parse(b"#\n\xff=1"), Err(fault));
    }
}
