//! The cart settings of the store, and what channels set instead.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::Problem;
use super::fields::{Faults, Fields, boolean};
use super::gate::{Body, Segments};
use super::operations::Answer;
use super::shop::Shop;

#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Settings {
    allow_purchasing: bool,
    /// The channels that have a value of their own, by their ids.
    #[serde(default)]
    channels: BTreeMap<i64, bool>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            allow_purchasing: true,
            channels: BTreeMap::new(),
        }
    }
}

pub(super) async fn get_global_cart_settings(State(shop): State<Shop>) -> Answer {
    show(Some(shop.open().settings.allow_purchasing))
}

pub(super) async fn update_global_cart_settings(
    State(shop): State<Shop>,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let fields = Fields::root(&body)?;
    let mut faults = Faults::default();
    let allow = fields.required("allow_purchasing", &mut faults, boolean);
    let allow = faults.unless_any(allow)?;
    shop.open().settings.allow_purchasing = allow;
    Ok(show(Some(allow)))
}

pub(super) async fn get_channel_cart_settings(
    State(shop): State<Shop>,
    path: Segments,
) -> Result<Answer, Problem> {
    let channel = path.channel()?;
    Ok(show(shop.open().settings.channels.get(&channel).copied()))
}

/// A null takes the channel's value away, and a missing one leaves it.
pub(super) async fn update_channel_cart_settings(
    State(shop): State<Shop>,
    path: Segments,
    Body(body): Body,
) -> Result<Answer, Problem> {
    let channel = path.channel()?;
    let fields = Fields::root(&body)?;
    let mut faults = Faults::default();
    let asked = fields.optional("allow_purchasing", &mut faults, |value| match value {
        Value::Null => Ok(None),
        _ => boolean(value).map(Some),
    });
    faults.unless_any(Some(()))?;
    let mut books = shop.open();
    let channels = &mut books.settings.channels;
    match asked {
        Some(Some(allow)) => {
            channels.insert(channel, allow);
        }
        Some(None) => {
            channels.remove(&channel);
        }
        None => {}
    }
    Ok(show(channels.get(&channel).copied()))
}

fn show(allow_purchasing: Option<bool>) -> Answer {
    Answer::Data(
        StatusCode::OK,
        json!({"allow_purchasing": allow_purchasing}),
    )
}
