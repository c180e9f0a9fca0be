//! From the options that a caller selected to a variant of the product and the choices made.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::catalogue::{Choice, Modifier, ModifierKind, Product, Variant};
use super::errors::Problem;

/// One element of `option_selections`.
#[derive(Clone, Debug)]
pub(super) struct Selection {
    pub(super) path: String,
    pub(super) option_id: i64,
    pub(super) option_value: Value,
    /// Overrides the option's name.
    pub(super) name: Option<String>,
    /// Overrides the chosen value's label.
    pub(super) value: Option<String>,
}

/// One element of `options` in an answer.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChosenOption {
    name: String,
    name_id: i64,
    value: String,
    value_id: Value,
}

impl ChosenOption {
    pub(super) fn show(&self) -> Value {
        json!({"name": self.name, "nameId": self.name_id, "value": self.value, "valueId": self.value_id})
    }

    fn overridden_by(mut self, selection: &Selection) -> Self {
        self.name = selection.name.clone().unwrap_or(self.name);
        self.value = selection.value.clone().unwrap_or(self.value);
        self
    }
}

/// The variant meant, and all choices: first those that make the variant, then the modifiers.
pub(super) fn choose<'seed>(
    product: &'seed Product,
    variant_id: Option<i64>,
    selections: &[Selection],
) -> Result<(&'seed Variant, Vec<ChosenOption>), Problem> {
    let known = |id: i64| {
        product.options.iter().any(|option| option.id == id)
            || product.modifiers.iter().any(|modifier| modifier.id == id)
    };
    if let Some(stray) = selections
        .iter()
        .find(|selection| !known(selection.option_id))
    {
        let why = format!("product {} has no option {}", product.id, stray.option_id);
        return Err(Problem::unfit(format!("{}.option_id", stray.path), why));
    }
    let variant = variant(product, variant_id, selections)?;
    let mut chosen = Vec::new();
    for (option, value_id) in product.options.iter().zip(&variant.values) {
        let label = option
            .choices
            .iter()
            .find(|choice| choice.id == *value_id)
            .map_or("", |choice| choice.label.as_str());
        let plain = ChosenOption {
            name: option.name.clone(),
            name_id: option.id,
            value: label.to_owned(),
            value_id: json!(value_id),
        };
        chosen.push(match selection_of(option.id, selections) {
            Some(selection) => plain.overridden_by(selection),
            None => plain,
        });
    }
    for modifier in &product.modifiers {
        match selection_of(modifier.id, selections) {
            Some(selection) => chosen.push(modified(modifier, selection)?.overridden_by(selection)),
            None if modifier.required => {
                return Err(Problem::unfit(
                    modifier.name.as_str(),
                    format!("option {} is required", modifier.id),
                ));
            }
            None => {}
        }
    }
    Ok((variant, chosen))
}

/// A repeated selection replaces the one before it.
fn selection_of(option_id: i64, selections: &[Selection]) -> Option<&Selection> {
    selections
        .iter()
        .rev()
        .find(|selection| selection.option_id == option_id)
}

fn variant<'seed>(
    product: &'seed Product,
    variant_id: Option<i64>,
    selections: &[Selection],
) -> Result<&'seed Variant, Problem> {
    let mut wanted = Vec::new();
    for option in &product.options {
        wanted.push(match selection_of(option.id, selections) {
            Some(selection) => Some(choice(&option.choices, selection)?.id),
            None => None,
        });
    }
    if let Some(id) = variant_id {
        let variant = product.variants.iter().find(|variant| variant.id == id);
        let variant = variant.ok_or_else(|| {
            Problem::unfit(
                "variant",
                format!("product {} has no variant {id}", product.id),
            )
        })?;
        let agrees = variant
            .values
            .iter()
            .zip(&wanted)
            .all(|(value, wanted)| wanted.is_none_or(|wanted| wanted == *value));
        return if agrees {
            Ok(variant)
        } else {
            Err(Problem::unfit(
                "variant",
                "the options selected are not those of the variant",
            ))
        };
    }
    let complete: Option<Vec<i64>> = wanted.into_iter().collect();
    let Some(values) = complete else {
        return Err(Problem::unfit(
            "variant",
            "This product has options, variant ID is required",
        ));
    };
    let variant = product
        .variants
        .iter()
        .find(|variant| variant.values == values);
    variant.ok_or_else(|| Problem::unfit("variant", "no variant has the options selected"))
}

fn modified(modifier: &Modifier, selection: &Selection) -> Result<ChosenOption, Problem> {
    let (value, value_id) = match modifier.kind {
        ModifierKind::Checkbox | ModifierKind::Picklist => {
            let choice = choice(&modifier.choices, selection)?;
            (choice.label.clone(), json!(choice.id))
        }
        ModifierKind::Date => date(&selection.option_value).ok_or_else(|| {
            let why = "must be a Unix time, or a date with day, month and year";
            Problem::unfit(format!("{}.option_value", selection.path), why)
        })?,
    };
    Ok(ChosenOption {
        name: modifier.name.clone(),
        name_id: modifier.id,
        value,
        value_id,
    })
}

fn choice<'seed>(
    choices: &'seed [Choice],
    selection: &Selection,
) -> Result<&'seed Choice, Problem> {
    let found = match &selection.option_value {
        Value::Number(number) => choices
            .iter()
            .find(|choice| number.as_i64() == Some(choice.id)),
        Value::String(text) => choices
            .iter()
            .find(|choice| choice.label == *text || choice.id.to_string() == *text),
        _ => None,
    };
    found.ok_or_else(|| {
        let why = format!("option {} has no such value", selection.option_id);
        Problem::unfit(format!("{}.option_value", selection.path), why)
    })
}

/// The date as text, and the value's id.
fn date(value: &Value) -> Option<(String, Value)> {
    let part = |key: &str| match value.get(key)? {
        Value::String(text) => text.parse().ok(),
        Value::Number(number) => number
            .as_u64()
            .and_then(|number| u32::try_from(number).ok()),
        _ => None,
    };
    match value {
        Value::Number(seconds) => {
            let date = chrono::DateTime::from_timestamp(seconds.as_i64()?, 0)?.date_naive();
            Some((date.to_string(), value.clone()))
        }
        Value::Object(_) => {
            let year = i32::try_from(part("year")?).ok()?;
            let date = NaiveDate::from_ymd_opt(year, part("month")?, part("day")?)?;
            Some((date.to_string(), json!(date.to_string())))
        }
        // One level: the text of a text is no date.
        Value::String(text) => match serde_json::from_str(text).ok()? {
            Value::String(_) => None,
            inner => date(&inner),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_four_wire_forms() {
        for (sent, text, id) in [
            (json!(1_743_570_000), "2025-04-02", json!(1_743_570_000)),
            (
                json!({"day": "01", "month": "02", "year": "2020"}),
                "2020-02-01",
                json!("2020-02-01"),
            ),
            (
                json!({"day": 1, "month": 2, "year": 2020}),
                "2020-02-01",
                json!("2020-02-01"),
            ),
            (
                json!(r#"{"day":"01","month":"02","year":"2020"}"#),
                "2020-02-01",
                json!("2020-02-01"),
            ),
        ] {
            assert_eq!(date(&sent), Some((text.to_owned(), id)), "{sent}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for sent in [
            json!("tomorrow"),
            json!("\"{}\""),
            json!({"day": 30, "month": 2, "year": 2020}),
            json!({"day": 1, "month": 2}),
            json!(i64::MAX),
            json!(1.5),
            json!(true),
            json!([1]),
        ] {
            assert_eq!(date(&sent), None, "{sent}");
        }
    }
}
