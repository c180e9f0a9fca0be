//! Lines of a host, of which some hold others: `package:CODE(service:A,region=1;service:B)`.

use cartwright::{BundleLine, NewLine, PackageLine, ServiceLine, ServiceOption};

use super::parts::{Part, number, one, only, pieces_escaped, quantity};

/// What a backslash escapes here: the signs of the grammar, and itself.
const ESCAPABLE: [char; 5] = [',', '\\', ';', '(', ')'];

pub(super) fn service_line(text: &str) -> Result<NewLine, String> {
    service(text).map(NewLine::from)
}

pub(super) fn package_line(text: &str) -> Result<NewLine, String> {
    package(text).map(NewLine::from)
}

pub(super) fn bundle_line(text: &str) -> Result<NewLine, String> {
    bundle(text).map(NewLine::from)
}

fn service(text: &str) -> Result<ServiceLine, String> {
    let outline = Outline::read(text)?;
    if outline.inner.is_some() {
        return Err(
            "a service holds no other lines: the parentheses belong to package and bundle"
                .to_owned(),
        );
    }
    let mut pieces = pieces_escaped(&outline.head, &ESCAPABLE).into_iter();
    let code = pieces.next().unwrap_or_default();
    let parts = pieces.map(Part::read).collect::<Result<Vec<_>, _>>()?;
    only(&parts, "service", &["region", "option"])?;
    let mut line = NewLine::service(code);
    if let Some(id) = one(&parts, "region", number)? {
        line = line.region(id);
    }
    for part in parts.iter().filter(|part| part.key == "option") {
        let choice = choice(&part.value).map_err(|why| part.refused(&why))?;
        line = line.option(choice);
    }
    Ok(line)
}

/// `KEY=VALUE` or `KEY=VALUExUNITS`.
fn choice(text: &str) -> Result<ServiceOption, String> {
    let form = "write option=KEY=VALUE or option=KEY=VALUExUNITS, as in option=13=131x100";
    let (key, value) = text.split_once('=').ok_or(form)?;
    let (value, units) = match value.split_once('x') {
        Some((value, units)) => (value, Some(quantity(units)?)),
        None => (value, None),
    };
    let option = ServiceOption::new(number(key)?, number(value)?);
    Ok(match units {
        Some(units) => option.units(units),
        None => option,
    })
}

fn package(text: &str) -> Result<PackageLine, String> {
    let (code, services) = holder(text, "package", "service", service)?;
    Ok(services
        .into_iter()
        .fold(NewLine::package(code), PackageLine::service))
}

fn bundle(text: &str) -> Result<BundleLine, String> {
    let (code, packages) = holder(text, "bundle", "package", package)?;
    Ok(packages
        .into_iter()
        .fold(NewLine::bundle(code), BundleLine::package))
}

/// The code of a line that holds others of one kind, and those.
fn holder<T>(
    text: &str,
    kind: &str,
    held: &str,
    read: fn(&str) -> Result<T, String>,
) -> Result<(String, Vec<T>), String> {
    let outline = Outline::read(text)?;
    let mut pieces = pieces_escaped(&outline.head, &ESCAPABLE).into_iter();
    let code = pieces.next().unwrap_or_default();
    if let Some(part) = pieces.next() {
        return Err(format!(
            "`{part}` is not a part of {kind} lines: what a service takes stands behind that service"
        ));
    }
    let form = format!("{kind}:{code}({held}:CODE…;{held}:CODE…)");
    let Some(inner) = outline.inner else {
        return Err(format!(
            "the {kind} {code} holds nothing: write its {held}s in parentheses, {form}"
        ));
    };
    let prefix = format!("{held}:");
    let one = |text: &String| match text.strip_prefix(&prefix) {
        Some(rest) if rest.is_empty() || rest.starts_with([',', '(']) => {
            Err(format!("`{prefix}` is followed by nothing: write {form}"))
        }
        Some(rest) => {
            let code = rest.split([',', '(']).next().unwrap_or(rest);
            read(rest).map_err(|why| format!("{prefix}{code}: {why}"))
        }
        None => Err(format!(
            "`{text}` can't stand in a {kind}, which holds {held}s: write {form}"
        )),
    };
    Ok((code, inner.iter().map(one).collect::<Result<_, _>>()?))
}

/// A line cut at its outermost parentheses. Escapes stand as they are.
struct Outline {
    head: String,
    /// The lines inside, between semicolons.
    inner: Option<Vec<String>>,
}

impl Outline {
    fn read(text: &str) -> Result<Self, String> {
        let mut head = String::new();
        let mut inner: Vec<String> = Vec::new();
        let mut depth = 0_usize;
        let mut characters = text.chars().peekable();
        while let Some(character) = characters.next() {
            if depth == 0 && !inner.is_empty() {
                let rest: String = std::iter::once(character).chain(characters).collect();
                return Err(format!(
                    "`{rest}` stands behind the closing parenthesis: leave it out, or move it before"
                ));
            }
            match (character, depth) {
                ('(', 0) => {
                    depth = 1;
                    inner.push(String::new());
                    continue;
                }
                (')', 0) => return Err(unescaped(')')),
                (';', 0) => return Err(unescaped(';')),
                (';', 1) => {
                    inner.push(String::new());
                    continue;
                }
                (')', 1) => {
                    depth = 0;
                    continue;
                }
                ('(', _) => depth += 1,
                (')', _) => depth -= 1,
                _ => {}
            }
            let piece = inner.last_mut().unwrap_or(&mut head);
            piece.push(character);
            if character == '\\' {
                let escaped = characters.next_if(|next| ESCAPABLE.contains(next));
                piece.extend(escaped);
            }
        }
        match depth {
            0 => Ok(Self {
                head,
                inner: (!inner.is_empty()).then_some(inner),
            }),
            _ => Err(format!(
                "the parenthesis behind `{head}` is not closed: end with `)`"
            )),
        }
    }
}

fn unescaped(sign: char) -> String {
    format!("`{sign}` closes or parts nothing here: write \\{sign} within a value")
}

#[cfg(test)]
mod tests {
    use cartwright::NewLine;

    use super::super::parse;
    use super::*;

    fn option(key: i64, value: i64) -> ServiceOption {
        ServiceOption::new(key, value)
    }

    #[test]
    fn each_part_has_its_place_in_the_line() {
        let vps = || NewLine::service("VPS");
        let mail = || NewLine::service("MAIL");
        let starter = || NewLine::package("STARTER").service(vps());
        let table: Vec<(&str, NewLine)> = vec![
            ("service:VPS", vps().into()),
            (
                "service:CLOUD.VPS,region=2",
                NewLine::service("CLOUD.VPS").region(2).into(),
            ),
            (
                "service:VPS,option=11=111,region=1,option=13=131x100",
                vps()
                    .region(1)
                    .option(option(11, 111))
                    .option(option(13, 131).units(100))
                    .into(),
            ),
            ("service:a:b=c", NewLine::service("a:b=c").into()),
            (r"service:\(a\,\;\\\)", NewLine::service(r"(a,;\)").into()),
            (r"service:a\b", NewLine::service(r"a\b").into()),
            ("package:STARTER(service:VPS)", starter().into()),
            (
                "package:STARTER(service:VPS,region=2,option=1=2;service:MAIL)",
                NewLine::package("STARTER")
                    .service(vps().region(2).option(option(1, 2)))
                    .service(mail())
                    .into(),
            ),
            (
                r"package:A\(1\)(service:B\;C\))",
                NewLine::package("A(1)")
                    .service(NewLine::service("B;C)"))
                    .into(),
            ),
            (
                "bundle:AGENCY(package:STARTER(service:VPS);package:P(service:MAIL;service:VPS,region=2))",
                NewLine::bundle("AGENCY")
                    .package(starter())
                    .package(
                        NewLine::package("P")
                            .service(mail())
                            .service(vps().region(2)),
                    )
                    .into(),
            ),
        ];
        for (spec, line) in table {
            assert_eq!(parse(spec), Ok(line), "{spec}");
        }
    }

    #[test]
    fn a_refusal_names_the_part_and_the_mend() {
        let option_form =
            "write option=KEY=VALUE or option=KEY=VALUExUNITS, as in option=13=131x100";
        let table = [
            (
                "service:",
                "`service:` is followed by nothing: give the vendor's code of the service".to_owned(),
            ),
            (
                "package:(service:A)",
                "`package:` is followed by nothing: give the vendor's code of the package".to_owned(),
            ),
            (
                "service:A,qty=2",
                "`qty` is not a part of service lines: they take region, option".to_owned(),
            ),
            (
                "service:A,region=east",
                "region: `east` is not a number: give a whole one, such as 3".to_owned(),
            ),
            (
                "service:A,region=1,region=2",
                "region: stands twice: leave one out".to_owned(),
            ),
            ("service:A,option=11", format!("option: {option_form}")),
            (
                "service:A,option=11=",
                "option: `` is not a number: give a whole one, such as 3".to_owned(),
            ),
            (
                "service:A,option=-1=2",
                "option: `-1` is not a number: give a whole one, such as 3".to_owned(),
            ),
            (
                "service:A,option=11=111x0",
                "option: the quantity is 0: give at least 1".to_owned(),
            ),
            (
                "service:A(service:B)",
                "a service holds no other lines: the parentheses belong to package and bundle".to_owned(),
            ),
            (
                "service:A;service:B",
                r"`;` closes or parts nothing here: write \; within a value".to_owned(),
            ),
            (
                "service:A)",
                r"`)` closes or parts nothing here: write \) within a value".to_owned(),
            ),
            (
                "package:P",
                "the package P holds nothing: write its services in parentheses, package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "package:P()",
                "`` can't stand in a package, which holds services: write package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "package:P(service:A;)",
                "`` can't stand in a package, which holds services: write package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "package:P(service:)",
                "`service:` is followed by nothing: write package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "package:P(A,region=1)",
                "`A,region=1` can't stand in a package, which holds services: write package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "package:P,region=1(service:A)",
                "`region=1` is not a part of package lines: what a service takes stands behind that service".to_owned(),
            ),
            (
                "package:P(service:A),region=1",
                "`,region=1` stands behind the closing parenthesis: leave it out, or move it before".to_owned(),
            ),
            (
                "package:P(service:A",
                "the parenthesis behind `P` is not closed: end with `)`".to_owned(),
            ),
            (
                "bundle:B(service:A)",
                "`service:A` can't stand in a bundle, which holds packages: write bundle:B(package:CODE…;package:CODE…)".to_owned(),
            ),
            (
                "bundle:B(package:P)",
                "package:P: the package P holds nothing: write its services in parentheses, package:P(service:CODE…;service:CODE…)".to_owned(),
            ),
            (
                "bundle:B(package:P(service:A,option=11))",
                format!("package:P: service:A: option: {option_form}"),
            ),
        ];
        for (spec, refusal) in table {
            assert_eq!(parse(spec), Err(refusal), "{spec}");
        }
    }
}
