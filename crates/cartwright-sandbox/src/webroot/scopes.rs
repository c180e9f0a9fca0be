//! Scopes of a token: `Extension.Domain`, with wildcards.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What the one user may be given.
const GRANTED: [&str; 2] = ["ECom.Shop", "Console.GSM"];

/// The scopes as they were asked for.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub(super) struct Scopes(Vec<String>);

impl Scopes {
    /// Reads a list separated by blanks or commas. `None` if it is empty or holds one that the
    /// user may not be given.
    pub(super) fn read(asked: &str) -> Option<Self> {
        let asked: Vec<String> = asked
            .split([' ', ','])
            .filter(|scope| !scope.is_empty())
            .map(str::to_owned)
            .collect();
        let known = |scope: &String| GRANTED.iter().any(|granted| covers(scope, granted));
        (!asked.is_empty() && asked.iter().all(known)).then_some(Self(asked))
    }

    /// Whether these scopes, wildcards included, hold another one, which may be a wildcard too.
    pub(super) fn cover(&self, scope: &str) -> bool {
        self.0.iter().any(|own| covers(own, scope))
    }

    pub(super) fn cover_all(&self, others: &Self) -> bool {
        others.0.iter().all(|scope| self.cover(scope))
    }

    /// The form in which the vendor answers them: the text of a JSON array.
    pub(super) fn answered(&self) -> String {
        self.0
            .iter()
            .map(String::as_str)
            .collect::<Value>()
            .to_string()
    }
}

fn covers(own: &str, scope: &str) -> bool {
    let inside = |extension: &str| {
        scope
            .strip_prefix(extension)
            .is_some_and(|rest| rest.starts_with('.'))
    };
    own == "*" || own == scope || own.strip_suffix(".*").is_some_and(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wildcard_covers_its_extension() {
        for (own, scope, covered) in [
            ("*", "ECom.Shop", true),
            ("ECom.*", "ECom.Shop", true),
            ("ECom.*", "ECom.*", true),
            ("ECom.Shop", "ECom.Shop", true),
            ("ECom.*", "EComX.Shop", false),
            ("ECom.*", "*", false),
            ("ECom.Shop", "ECom.*", false),
            ("ecom.shop", "ECom.Shop", false),
            ("Console.GSM", "ECom.Shop", false),
        ] {
            assert_eq!(covers(own, scope), covered, "{own} {scope}");
        }
    }

    #[test]
    fn what_the_user_may_not_have_is_not_read() {
        for asked in ["", " , ", "ECom", "ECom.Orders", "ECom.Shop Other.Thing"] {
            assert_eq!(Scopes::read(asked), None, "{asked:?}");
        }
    }

    #[test]
    fn the_answer_is_the_text_of_a_json_array() {
        for (asked, answered) in [
            ("ECom.Shop", r#"["ECom.Shop"]"#),
            ("ECom.*,Console.GSM", r#"["ECom.*","Console.GSM"]"#),
            ("* ", r#"["*"]"#),
        ] {
            let scopes = Scopes::read(asked);
            assert_eq!(
                scopes.map(|scopes| scopes.answered()).as_deref(),
                Some(answered)
            );
        }
    }
}
