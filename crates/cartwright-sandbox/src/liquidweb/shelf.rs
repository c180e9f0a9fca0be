//! The methods that read the catalogue: details of a bundle or package, and what is in them.

use rust_decimal::{Decimal, RoundingStrategy};
use serde_json::{Map, Value, json};

use super::answers::LiquidwebAnswers;
use super::catalogue::{CycleOffer, OptionKey, Package, PackageSlot, ProductSlot, Version, sold};
use super::exception::{Exception, Faults};
use super::fields::{BOOLEAN, BUNDLE_CODE, Fields, Form, ID, PACKAGE_CODE};
use super::paging::Page;
use super::seed::Seed;

const PRICES: &str = "defaultPriceByCycle";

pub(super) fn bundle(
    params: &Map<String, Value>,
    seed: &Seed,
    answers: LiquidwebAnswers,
) -> Result<Value, Exception> {
    let params = Fields::root(params);
    let asked = Asked::read(&params, &BUNDLE_CODE, &mut Faults::default())?;
    let bundle = seed.bundle(&asked.code);
    let bundle = bundle.ok_or_else(|| Exception::not_found("market_bundle", &asked.code))?;
    let version = asked.version(&bundle.versions, "market_bundle_version")?;
    let texts = |texts: &Vec<String>| json!(texts);
    let described = describe(
        version,
        &bundle.versions,
        "market_bundle_version_id",
        answers,
    )
    .optional("description", version.description.as_deref())
    .optional("features", version.features.as_ref().map(texts))
    .with("id", answers.integer(version.id))
    .with("market_bundle_code", bundle.code.as_str())
    .optional("prior_id", None::<Value>)
    .optional("published", version.published.as_deref());
    let record = answers.record();
    Ok(record
        .with("admin_comment", bundle.admin_comment.as_str())
        .with("code", bundle.code.as_str())
        .with("last_updated", last_updated(&bundle.versions))
        .with("status", bundle.status.as_str())
        .with("title", bundle.title.as_str())
        .with("version", described.finish())
        .finish())
}

pub(super) fn package(
    params: &Map<String, Value>,
    seed: &Seed,
    answers: LiquidwebAnswers,
) -> Result<Value, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    let words = words(&params, &mut faults);
    let asked = Asked::read(&params, &PACKAGE_CODE, &mut faults)?;
    let package = found_package(seed, &asked.code)?;
    let version = asked.version(&package.versions, "market_package_version")?;
    let prices = words
        .contains(&PRICES)
        .then(|| default_prices(version, seed, answers));
    let described = describe(
        version,
        &package.versions,
        "market_package_version_id",
        answers,
    )
    .requested(PRICES, prices);
    let record = answers.record();
    Ok(record
        .with("code", package.code.as_str())
        .with("last_updated", last_updated(&package.versions))
        .optional("place", package.place.as_deref())
        .with("status", package.status.as_str())
        .with("title", package.title.as_str())
        .with("version", described.finish())
        .finish())
}

pub(super) fn packages(
    params: &Map<String, Value>,
    seed: &Seed,
    answers: LiquidwebAnswers,
) -> Result<Value, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    let page = Page::read(&params, &mut faults);
    let asked = Asked::read(&params, &BUNDLE_CODE, &mut faults)?;
    let bundle = seed.bundle(&asked.code);
    let bundle = bundle.ok_or_else(|| Exception::not_found("market_bundle", &asked.code))?;
    let version = asked.version(&bundle.versions, "market_bundle_version")?;
    let mut slots: Vec<&PackageSlot> = version.parts.iter().collect();
    slots.sort_by_key(|slot| slot.display_order);
    let show = |slot: &&PackageSlot| {
        answers
            .record()
            .with("display_order", answers.integer(slot.display_order))
            .with("id", answers.integer(slot.bundle_to_package_id))
            .with("market_bundle_version_id", answers.integer(version.id))
            .with("market_package_code", slot.package.as_str())
            .optional("prior_id", None::<Value>)
            .finish()
    };
    Ok(page.show(slots, |slot| &slot.package, show, answers))
}

pub(super) fn products(
    params: &Map<String, Value>,
    seed: &Seed,
    answers: LiquidwebAnswers,
) -> Result<Value, Exception> {
    let params = Fields::root(params);
    let mut faults = Faults::default();
    let page = Page::read(&params, &mut faults);
    params.optional("reduce_data", &BOOLEAN, &mut faults);
    let asked = Asked::read(&params, &PACKAGE_CODE, &mut faults)?;
    let package = found_package(seed, &asked.code)?;
    let version = asked.version(&package.versions, "market_package_version")?;
    let mut slots: Vec<&ProductSlot> = version.parts.iter().collect();
    slots.sort_by_key(|slot| slot.display_order);
    let show = |slot: &&ProductSlot| product(slot, version.id, seed, answers);
    Ok(page.show(slots, |slot| &slot.product, show, answers))
}

/// A product of a package, as far as the documentation of the list is known.
fn product(slot: &ProductSlot, version: i64, seed: &Seed, answers: LiquidwebAnswers) -> Value {
    let integer = |number| answers.integer(number);
    let record = answers
        .record()
        .optional("custom_description", slot.description.as_deref())
        .optional("custom_title", slot.title.as_deref())
        .with("display_order", integer(slot.display_order))
        .with("id", integer(slot.package_to_product_id))
        .with("market_package_version_id", integer(version));
    let Some(product) = seed.product(&slot.product) else {
        return record.finish();
    };
    let options = product.options.iter().map(|key| option(key, answers));
    record
        .with("categories", json!(product.categories))
        .with(
            "default_region_id",
            product.regions.first().map(|id| integer(*id)),
        )
        .with("description", product.description.as_str())
        .with("marketplace_description", product.description.as_str())
        .with("options", options.collect::<Value>())
        .finish()
}

fn option(key: &OptionKey, answers: LiquidwebAnswers) -> Value {
    let place = answers.integer(key.display_order);
    answers
        .record()
        .with("description", key.description.as_str())
        .optional("display_order", Some(place.clone()))
        .with("group", key.group.as_str())
        .with("group_display_order", place)
        .with("key", key.name.as_str())
        .finish()
}

/// The code that is asked for, and its version.
struct Asked {
    code: String,
    version: Option<i64>,
}

impl Asked {
    /// Refuses if anything is wrong, with the faults found before as well.
    fn read(params: &Fields, form: &Form<String>, faults: &mut Faults) -> Result<Self, Exception> {
        if params.value("code").is_none() {
            params.expect(["code"], faults);
            faults.refuse_together()?;
        }
        let code = params.optional("code", form, faults);
        let version = params.optional("version_id", &ID, faults);
        faults.refuse()?;
        let code = code.ok_or_else(|| Exception::required("code", None, "code"))?;
        Ok(Self { code, version })
    }

    /// The version asked for, or the latest one, whether it is published or not.
    fn version<'a, Slot>(
        &self,
        versions: &'a [Version<Slot>],
        record: &str,
    ) -> Result<&'a Version<Slot>, Exception> {
        let version = match self.version {
            None => versions.last(),
            Some(id) => versions.iter().find(|version| version.id == id),
        };
        let input = self
            .version
            .map_or_else(|| self.code.clone(), |id| id.to_string());
        version.ok_or_else(|| Exception::not_found(record, &input))
    }
}

fn found_package<'a>(seed: &'a Seed, code: &str) -> Result<&'a Package, Exception> {
    let package = seed.package(code);
    package.ok_or_else(|| Exception::not_found("market_package", code))
}

/// `alsowith` of a package: a word, or a list of words as other methods take it.
fn words<'a>(params: &Fields<'a>, faults: &mut Faults) -> Vec<&'a str> {
    let is_word = |text: &&str| {
        !text.is_empty()
            && text
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    };
    let word = |value: &'a Value| value.as_str().filter(is_word);
    let Some(value) = params.value("alsowith") else {
        return Vec::new();
    };
    let read = match value {
        Value::Array(values) => values.iter().map(word).collect(),
        value => word(value).map(|word| vec![word]),
    };
    read.unwrap_or_else(|| {
        faults.add(Exception::validation("alsowith", "Word", value, "alsowith"));
        Vec::new()
    })
}

/// What versions of bundles and packages have alike.
fn describe<Slot>(
    version: &Version<Slot>,
    versions: &[Version<Slot>],
    version_key: &str,
    answers: LiquidwebAnswers,
) -> super::answers::Record {
    let is_current = sold(versions).is_some_and(|sold| sold.id == version.id);
    let cycle = |offer: &CycleOffer| {
        answers
            .record()
            .with("cycle", offer.cycle.word())
            .optional(
                "cycle_repetitions",
                offer.repetitions.map(|times| answers.integer(times)),
            )
            .with(
                "discount_amount",
                answers.amount(offer.discount_amount.amount()),
            )
            .with("id", answers.integer(offer.id))
            .with(version_key, answers.integer(version.id))
            .optional("prior_id", offer.prior_id.map(|id| answers.integer(id)))
            .finish()
    };
    answers
        .record()
        .with("allow_coupon", answers.boolean(version.allow_coupon))
        .with("created", version.created.as_str())
        .optional("current", Some(answers.boolean(is_current)))
        .with(
            "cycles",
            version.cycles.iter().map(cycle).collect::<Value>(),
        )
}

/// What each cycle takes off the products that belong to the package in any case.
fn default_prices(version: &Version<ProductSlot>, seed: &Seed, answers: LiquidwebAnswers) -> Value {
    let belonging = version.parts.iter().filter(|slot| !slot.add_on);
    let products = belonging.filter_map(|slot| seed.product(&slot.product));
    let by_month: Decimal = products.map(|product| product.base_price.amount()).sum();
    let price = |offer: &CycleOffer| {
        let whole = by_month * Decimal::from(offer.cycle.months());
        let off = whole * offer.discount_amount.amount() / Decimal::ONE_HUNDRED;
        let off = off.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        answers
            .record()
            .with("cycle", offer.cycle.word())
            .with("cycle_amount_off", answers.amount(off))
            .finish()
    };
    version.cycles.iter().map(price).collect()
}

/// When the newest version was published, or made if it is not.
fn last_updated<Slot>(versions: &[Version<Slot>]) -> &str {
    versions.last().map_or("", |version| {
        version.published.as_deref().unwrap_or(&version.created)
    })
}
