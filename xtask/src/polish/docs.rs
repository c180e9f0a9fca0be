//! Documentation: `///` lines that rustdoc takes without a warning and that no doctest run mistakes for Rust.

use syn::visit_mut::VisitMut;
use syn::{Attribute, Expr, ExprLit, File, ImplItem, Item, Lit, Meta};

use super::{doc_attributes, module, type_name};
use crate::lint::rust_names::snake;
use crate::plan::{Operation, Plan};
use crate::visible::{is_hidden, prose};

/// Documents each operation's method, builder and setters from the spec; answers how many methods it found.
pub fn operations(file: &mut File, plan: &Plan) -> usize {
    let mut count = 0;
    for item in &mut file.items {
        let Item::Impl(client) = item else { continue };
        if client.trait_.is_some() || type_name(&client.self_ty).is_none_or(|name| name != "Client")
        {
            continue;
        }
        for method in &mut client.items {
            let ImplItem::Fn(method) = method else {
                continue;
            };
            let operation = plan
                .operations
                .iter()
                .find(|operation| method.sig.ident == operation.method_name());
            if let Some(operation) = operation {
                replace(&mut method.attrs, &operation_doc(operation));
                count += 1;
            }
        }
    }
    for item in module(file, &["builder"]).into_iter().flatten() {
        let Item::Impl(builder) = item else { continue };
        let Some(name) = type_name(&builder.self_ty).map(ToString::to_string) else {
            continue;
        };
        let Some(operation) = plan
            .operations
            .iter()
            .find(|operation| operation.builder_name() == name)
        else {
            continue;
        };
        for method in &mut builder.items {
            if let ImplItem::Fn(method) = method
                && let Some(doc) = setter_doc(operation, &method.sig.ident.to_string())
            {
                replace(&mut method.attrs, &doc);
            }
        }
    }
    count
}

fn replace(attributes: &mut Vec<Attribute>, doc: &str) {
    attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    attributes.splice(0..0, doc_attributes(doc));
}

fn operation_doc(operation: &Operation) -> String {
    let mut doc = if operation.doc.is_empty() {
        format!("`{}`.", operation.id)
    } else {
        operation.doc.clone()
    };
    doc.push_str(&format!("\n\n`{} {}`", operation.method, operation.path));
    let repeat = if operation.retry_safe {
        "Repeating the call does not repeat its effect."
    } else {
        "Repeating the call can repeat its effect."
    };
    doc.push_str(&format!("\n\n{repeat}"));
    if operation.paging.is_some() {
        doc.push_str(
            "\n\nA list of pages: instead of `send`, `pages` and `items` read it to its end.",
        );
    }
    if operation.has_error_enum() {
        doc.push_str(&format!(
            "\n\n# Errors\n\nThe documented error answers are in [`types::{}`].",
            operation.error_name()
        ));
    }
    doc
}

fn setter_doc(operation: &Operation, method: &str) -> Option<String> {
    match method {
        "new" => Some(format!("Starts a call of `{}`.", operation.id)),
        "body" if operation.optional_body => {
            Some("The request body; left out unless set.".to_owned())
        }
        "body" => Some("The request body.".to_owned()),
        "body_map" => Some("Changes the request body that has been built so far.".to_owned()),
        "send" => Some(format!(
            "Sends the call: `{} {}`.",
            operation.method, operation.path
        )),
        setter => {
            let parameter = operation.parameters.iter().find(|parameter| {
                snake(&parameter.name) == setter.trim_start_matches("r#").trim_end_matches('_')
            })?;
            let named = format!("The parameter `{}`.", parameter.written);
            Some(match parameter.doc.as_str() {
                "" => named,
                doc if parameter.is_renamed() => format!("{named}\n\n{doc}"),
                doc => doc.to_owned(),
            })
        }
    }
}

/// Writes every doc attribute of the file as `///` lines.
pub fn as_lines(file: &mut File) {
    Lines.visit_file_mut(file);
}

struct Lines;

impl VisitMut for Lines {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        let mut split = Vec::with_capacity(attributes.len());
        for attribute in attributes.drain(..) {
            match doc_text(&attribute) {
                // Already a line of ours.
                Some(text) if text.is_empty() || text.starts_with(' ') && is_one_line(&text) => {
                    split.push(attribute);
                }
                Some(text) => split.extend(doc_attributes(&text)),
                None => split.push(attribute),
            }
        }
        *attributes = split;
    }
}

/// Whether the compiler takes a text as one line of documentation.
fn is_one_line(text: &str) -> bool {
    text.chars()
        .all(|character| character == '\t' || !is_hidden(character))
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit {
                lit: Lit::Str(text),
                ..
            }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The lines of a text as rustdoc wants them: a leading space, code fences marked as text, and no stray markup.
pub fn lines(text: &str) -> Vec<String> {
    let mut open: Option<&str> = None;
    let text = prose(text);
    let mut out: Vec<String> = text
        .trim()
        .lines()
        .map(|line| {
            let line = line.trim_end();
            match (open, fence(line)) {
                (None, Some(opening)) => {
                    open = Some(opening);
                    let indent = line.len() - line.trim_start().len();
                    // Whatever language it names, rustdoc would run it if it took it for Rust.
                    format!(" {}{opening}text", &line[..indent])
                }
                (Some(opening), Some(closing))
                    if closing.starts_with(opening) && line.trim() == closing =>
                {
                    open = None;
                    format!(" {line}")
                }
                _ if line.is_empty() => String::new(),
                (Some(_), _) => format!(" {line}"),
                (None, None) => format!(" {}", plain(line.trim_start_matches('\t'))),
            }
        })
        .collect();
    // A fence that is never closed would take what follows in.
    out.extend(open.map(|opening| format!(" {opening}")));
    out
}

/// The marks that open or close a code block: three or more of one kind.
fn fence(line: &str) -> Option<&str> {
    let line = line.trim_start();
    ['`', '~'].into_iter().find_map(|mark| {
        let rest = line.trim_start_matches(mark);
        let marks = &line[..line.len() - rest.len()];
        (marks.len() >= 3 && !rest.contains('`')).then_some(marks)
    })
}

/// Outside code spans: brackets and angle brackets are text, addresses are links.
fn plain(line: &str) -> String {
    // Four blanks would start a code block, and rustdoc would run it.
    let line = if line.starts_with("    ") {
        line.trim_start()
    } else {
        line
    };
    let mut out = String::with_capacity(line.len());
    for (index, part) in line.split('`').enumerate() {
        if index > 0 {
            out.push('`');
        }
        let is_code = index % 2 == 1;
        if is_code
            || part.contains("](http")
            || part.contains("[`")
            || part.ends_with('[')
            || part.starts_with(']')
        {
            out.push_str(part);
            continue;
        }
        for (at, word) in part.split(' ').enumerate() {
            if at > 0 {
                out.push(' ');
            }
            let address = word.trim_end_matches(['.', ',', ')', ';']);
            if address.starts_with("https://") || address.starts_with("http://") {
                out.push_str(&format!("<{address}>{}", &word[address.len()..]));
            } else {
                out.push_str(
                    &word
                        .replace('<', "\\<")
                        .replace('[', "\\[")
                        .replace(']', "\\]"),
                );
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::lines;

    #[test]
    fn text_becomes_lines_that_rustdoc_takes() {
        for (text, expected) in [
            ("One.\n\nTwo.", vec![" One.", "", " Two."]),
            ("```\n{}\n```", vec![" ```text", " {}", " ```"]),
            (
                "array[object] of <token>",
                vec![" array\\[object\\] of \\<token>"],
            ),
            ("`array[object]` stays", vec![" `array[object]` stays"]),
            (
                "see https://example.com/a.",
                vec![" see <https://example.com/a>."],
            ),
            ("    let x = 1;", vec![" let x = 1;"]),
            ("```rust\nfn f(\n```", vec![" ```text", " fn f(", " ```"]),
            ("~~~\n```\n~~~", vec![" ~~~text", " ```", " ~~~"]),
            ("```\nopen", vec![" ```text", " open", " ```"]),
            (
                "One\rTwo\u{2028}Three\u{b}\u{1b}[1m\u{202e}",
                vec![" One", " Two", " Three", "  \\[1m"],
            ),
            ("[a](b) [c]", vec![" \\[a\\](b) \\[c\\]"]),
        ] {
            assert_eq!(lines(text), expected, "{text}");
        }
    }
}
