//! The query parameter `include`: one comma list of what the answer shows in addition.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;

use super::errors::Problem;

/// What the answer shows in addition.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Include {
    pub(super) redirect_urls: bool,
    pub(super) physical_options: bool,
    pub(super) digital_options: bool,
    pub(super) banners: bool,
}

impl Include {
    fn read(query: &str) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let list = pairs
            .into_iter()
            .rev()
            .find(|(key, _)| key == "include")
            .map(|(_, list)| list)
            .unwrap_or_default();
        let mut include = Self::default();
        for name in list.split(',').filter(|name| !name.is_empty()) {
            match name {
                "redirect_urls" => include.redirect_urls = true,
                "line_items.physical_items.options" => include.physical_options = true,
                "line_items.digital_items.options" => include.digital_options = true,
                "promotions.banners" => include.banners = true,
                _ => {
                    return Err(Problem::unfit(
                        "include",
                        format!("{name} cannot be included"),
                    ));
                }
            }
        }
        Ok(include)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Include {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Self::read(parts.uri.query().unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_may_be_percent_encoded() {
        let both = Include {
            redirect_urls: true,
            banners: true,
            ..Include::default()
        };
        for query in [
            "include=redirect_urls,promotions.banners",
            "include=redirect_urls%2Cpromotions.banners",
        ] {
            assert_eq!(Include::read(query).ok(), Some(both), "{query}");
        }
    }

    #[test]
    fn the_last_of_repeated_keys_counts() {
        let last = Include {
            banners: true,
            ..Include::default()
        };
        assert_eq!(
            Include::read("include=redirect_urls&include=promotions.banners").ok(),
            Some(last)
        );
    }

    #[test]
    fn no_query_and_an_empty_list_include_nothing() {
        for query in ["", "include=", "include", "other=redirect_urls"] {
            assert_eq!(
                Include::read(query).ok(),
                Some(Include::default()),
                "{query:?}"
            );
        }
    }

    #[test]
    fn an_unknown_name_is_refused() {
        assert!(Include::read("include=redirect_urls,options").is_err());
    }
}
