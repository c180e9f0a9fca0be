//! GitHub's workflow commands: a line of output that becomes a remark on a line of a file.

use crate::load::Position;

/// `::error file=…,line=…,col=…,title=…::message`, with the line's end. `level` is `error`, `warning` or `notice`.
pub fn annotation(
    level: &str,
    file: &str,
    position: Position,
    title: &str,
    message: &str,
) -> String {
    format!(
        "::{level} file={},line={},col={},title={}::{}\n",
        property(file),
        position.line,
        position.column,
        property(title),
        data(message),
    )
}

/// A text that stands alone after `::`; line ends are kept.
pub fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
