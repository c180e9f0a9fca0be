//! The login at a provider: where to, and what it gives.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::envelope::{Failure, Outcome};
use super::market::Call;
use super::parameters::Parameters;
use super::seed::{Provider, Seed};

/// A login that was asked for.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Login {
    pub(super) provider: String,
    /// Where the shopper comes back to.
    pub(super) url_after_login: String,
}

/// `get_login_url`
pub(super) fn url(call: &mut Call<'_>) -> Outcome {
    let provider = provider(call.data, call.asked)?;
    let url_after_login = web_address(call.asked, "url_after_login")?;
    let query = serde_urlencoded::to_string([
        ("client_id", "cpanel"),
        ("redirect_uri", url_after_login),
        ("response_type", "token"),
    ])
    .unwrap_or_default();
    call.books.logins.insert(Login {
        provider: provider.name.clone(),
        url_after_login: url_after_login.to_owned(),
    });
    Ok(json!(format!("https://{}/login?{query}", provider.domain)).into())
}

/// `validate_login_token`
pub(super) fn validate(call: &mut Call<'_>) -> Outcome {
    let login_token = call.asked.required("login_token")?;
    let provider = provider(call.data, call.asked)?;
    let url_after_login = web_address(call.asked, "url_after_login")?;
    if login_token != provider.login_token {
        return Err(Failure::new(format!(
            "{} refused the \"login_token\".",
            provider.name
        )));
    }
    let login = Login {
        provider: provider.name.clone(),
        url_after_login: url_after_login.to_owned(),
    };
    if !call.books.logins.remove(&login) {
        return Err(Failure::new(format!(
            "No login at {} that comes back to {url_after_login} is under way.",
            provider.name
        )));
    }
    let access_token = call.books.let_in(&provider.name);
    Ok(json!({"access_token": access_token}).into())
}

/// The provider that a call names.
pub(super) fn provider<'a>(data: &'a Seed, asked: &Parameters) -> Result<&'a Provider, Failure> {
    let name = asked.required("provider")?;
    data.provider(name)
        .ok_or_else(|| Failure::new(format!("There is no provider \"{name}\".")))
}

/// A failure unless the token is good for the provider.
pub(super) fn refuse_stranger(
    call: &Call<'_>,
    access_token: &str,
    provider: &Provider,
) -> Result<(), Failure> {
    if call.books.admits(access_token, &provider.name) {
        return Ok(());
    }
    Err(Failure::new("The provider refused the \"access_token\"."))
}

/// The http or https address in a parameter.
pub(super) fn web_address<'a>(asked: &'a Parameters, name: &str) -> Result<&'a str, Failure> {
    let text = asked.required(name)?;
    let is_one = ["http://", "https://"].iter().any(|scheme| {
        text.strip_prefix(scheme)
            .is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
    });
    if is_one {
        return Ok(text);
    }
    Err(Failure::new(format!(
        "The \"{name}\" {text} is not an http or https address."
    )))
}
