//! Where settings and credentials come from: the environment, and a file that overrides it.
//!
//! No message shows a value, nor a name that may be a value in the wrong place.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::Path;

use cartwright::Vendor;

use crate::failure::Failure;

const PREFIX: &str = "CARTWRIGHT_";

/// Names of settings and their values.
pub(crate) type Pairs = BTreeMap<String, String>;

/// The settings of all vendors: from the environment, and from the file, which overrides it.
pub(crate) fn pairs(file: Option<&Path>) -> Result<Pairs, Failure> {
    let given = file.map(from_file).transpose()?.unwrap_or_default();
    let mut pairs = Pairs::new();
    for (name, value) in env::vars_os() {
        let Some(name) = name.into_string().ok().filter(|name| is_known(name)) else {
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
    Ok(pairs)
}

/// What a file sets.
pub(crate) fn from_file(file: &Path) -> Result<Pairs, Failure> {
    let bytes =
        fs::read(file).map_err(|error| Failure::io(format!("{}: {error}", file.display())))?;
    parse(&bytes).map_err(|fault| {
        Failure::configuration(format!("{}:{}: {}", file.display(), fault.line, fault.why))
    })
}

/// What is wrong with a file, and in which line, counted from 1.
#[derive(Debug, PartialEq)]
struct Fault {
    line: usize,
    why: String,
}

/// Reads lines of `NAME=value`, also as a shell would: with `export`, quotes and comments.
fn parse(bytes: &[u8]) -> Result<Pairs, Fault> {
    let mut pairs = Pairs::new();
    let bytes = &*utf8(bytes);
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
        if pairs.insert(name.to_owned(), value).is_some() {
            return Err(fault(format!(
                "{name} is set a second time: leave one line out"
            )));
        }
    }
    Ok(pairs)
}

/// The file without a byte order mark. PowerShell's `>` writes UTF-16.
fn utf8(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = bytes
            .chunks_exact(2)
            .filter_map(|pair| Some(unit(pair.try_into().ok()?)))
            .collect();
        String::from_utf16_lossy(&units).into_bytes().into()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => rest.into(),
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        bytes => bytes.into(),
    }
}

fn read(line: &str) -> Result<(&str, String), String> {
    let line = match line.strip_prefix("export") {
        Some(rest) if rest.starts_with([' ', '\t']) => rest.trim_start(),
        _ => line,
    };
    let (name, value) = line
        .split_once('=')
        .ok_or("there is no `=`: write NAME=value")?;
    let name = name.trim_end();
    if !is_known(name) {
        let named = match name.starts_with(PREFIX) {
            true => format!("{name} is not a setting"),
            false => "the name before `=` is not a setting".to_owned(),
        };
        return Err(format!("{named}: `cart vendors` lists the names"));
    }
    let value = match value.trim_start().chars().next() {
        Some(quote @ ('"' | '\'')) => quoted(value.trim_start(), quote),
        _ => Ok(bare(value).to_owned()),
    };
    let value = value.map_err(|why| format!("{name}: {why}"))?;
    Ok((name, value))
}

/// A value without quotes: it ends where a comment begins.
fn bare(whole: &str) -> &str {
    let comment = whole.match_indices('#').find(|(at, _)| {
        whole
            .get(..*at)
            .is_some_and(|before| before.ends_with([' ', '\t']))
    });
    let value = comment.and_then(|(at, _)| whole.get(..at));
    value.unwrap_or(whole).trim()
}

/// A value between quotes, as a shell reads it: a backslash counts between double quotes, and nothing between single ones.
fn quoted(value: &str, quote: char) -> Result<String, &'static str> {
    let mut text = String::new();
    let mut characters = value.chars().skip(1).peekable();
    loop {
        match characters.next() {
            None => return Err("the quotes are not closed"),
            Some(end) if end == quote => break,
            Some('\\') if quote == '"' => match characters.peek() {
                Some(escaped @ ('"' | '\\' | '$' | '`')) => {
                    text.push(*escaped);
                    characters.next();
                }
                _ => text.push('\\'),
            },
            Some('$' | '`') if quote == '"' => {
                return Err(
                    "`$` and `` ` `` are not replaced here: put a backslash before, or take single quotes",
                );
            }
            Some(character) => text.push(character),
        }
    }
    let rest: String = characters.collect();
    match rest.trim_start() {
        "" => Ok(text),
        comment if comment.starts_with('#') && rest.starts_with([' ', '\t']) => Ok(text),
        _ => Err("something follows the closing quote: quote the whole value"),
    }
}

/// A value as [`parse`] and a shell read it.
#[cfg(any(feature = "sandbox", feature = "record"))]
pub(crate) fn written(value: &str) -> String {
    let is_plain =
        |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+,=".contains(&byte) || byte >= 0x80;
    if value.bytes().all(is_plain) {
        return value.to_owned();
    }
    if !value.contains('\'') {
        return format!("'{value}'");
    }
    let mut text = String::from('"');
    for character in value.chars() {
        if matches!(character, '"' | '\\' | '$' | '`') {
            text.push('\\');
        }
        text.push(character);
    }
    text.push('"');
    text
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

    fn value_of(line: &str) -> String {
        let read = parse(line.as_bytes()).unwrap_or_else(|fault| panic!("{line}: {fault:?}"));
        read[TOKEN].clone()
    }

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
    fn what_a_shell_reads_is_read_alike() {
        for (written, value) in [
            ("export T=abc", "abc"),
            ("export\tT=abc\r", "abc"),
            ("  export   T=abc", "abc"),
            ("T='a b#c\\n'", "a b#c\\n"),
            ("T=\"a b\\\\n \\\"c\\\" \\$d\"", "a b\\n \"c\" $d"),
            ("T=\"a\\b\"", "a\\b"),
            ("T=''", ""),
            ("T=abc # the shop's", "abc"),
            ("T='abc'\t# the shop's", "abc"),
            ("T= # none", ""),
            ("T=#1", "#1"),
            ("T=a\\b$c", "a\\b$c"),
            ("T=it's", "it's"),
        ] {
            assert_eq!(value_of(&written.replace('T', TOKEN)), value, "{written}");
        }
    }

    #[test]
    fn a_file_in_utf_16_is_read() {
        let text = format!("export {TOKEN}=t\u{fc}r\r\n");
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for bytes in [
            [&[0xff, 0xfe], &*little].concat(),
            [&[0xfe, 0xff], &*big].concat(),
        ] {
            assert_eq!(parse(&bytes).unwrap()[TOKEN], "t\u{fc}r");
        }
    }

    #[test]
    fn every_value_that_is_written_is_read_again() {
        for value in [
            "",
            "plain-1.2/3:4@5%6+7,8=9",
            "a b",
            "a#b",
            " # ",
            "it's",
            "\"q\"",
            "it's \"$x\" `y` \\z",
            "a\\",
            "#",
            "ünï",
            "a;b",
            "$HOME",
            "*",
        ] {
            let line = format!("export {TOKEN}={} # c", written(value));
            assert_eq!(value_of(&line), value, "{line}");
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
                "export s3cret".to_owned(),
                1,
                "there is no `=`: write NAME=value".to_owned(),
            ),
            (
                format!("{TOKEN}='s3cret"),
                1,
                format!("{TOKEN}: the quotes are not closed"),
            ),
            (
                format!("{TOKEN}='s3cret'more"),
                1,
                format!("{TOKEN}: something follows the closing quote: quote the whole value"),
            ),
            (
                format!("{TOKEN}=\"$s3cret\""),
                1,
                format!(
                    "{TOKEN}: `$` and `` ` `` are not replaced here: put a backslash before, or take single quotes"
                ),
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
