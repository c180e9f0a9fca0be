//! `items[].details`: a product, a package or a bundle, as it is answered.

use serde_json::{Value, json};

use super::answers::LiquidwebAnswers;
use super::catalogue::properties;
use super::item::{Choice, ChosenBundle, ChosenPackage, ChosenProduct, Content, Item};

const TIME_UNIT: &str = "month";

pub(super) fn item(item: &Item, answers: LiquidwebAnswers) -> Value {
    let details = match &item.content {
        Content::Product(chosen) => product(chosen, answers),
        Content::Package(chosen) => package(chosen, answers),
        Content::Bundle(chosen) => bundle(chosen, answers),
    };
    json!({
        "code": item.code(),
        "cycle": item.cycle.word(),
        "details": details,
        "type": item.kind(),
        "units": answers.integer(item.units),
        "uuid": item.uuid,
    })
}

fn bundle(chosen: &ChosenBundle, answers: LiquidwebAnswers) -> Value {
    let packages = chosen.packages.iter();
    answers
        .record()
        .with("active", answers.boolean(true))
        .with("code", chosen.bundle.code.as_str())
        .with(
            "packages",
            packages.map(|one| package(one, answers)).collect::<Value>(),
        )
        .optional("properties", properties(&chosen.bundle.properties))
        .with("title", chosen.bundle.title.as_str())
        .with("uuid", chosen.uuid)
        .with("valid", answers.boolean(chosen.is_valid()))
        .with("version_id", answers.integer(chosen.version.id))
        .finish()
}

fn package(chosen: &ChosenPackage, answers: LiquidwebAnswers) -> Value {
    let integer = |number| answers.integer(number);
    let (slot, products) = (chosen.slot, chosen.products.iter());
    answers
        .record()
        .with("active", answers.boolean(true))
        .optional(
            "bundle_add_on",
            slot.map(|slot| answers.boolean(slot.add_on)),
        )
        .optional(
            "bundle_display_order",
            slot.map(|slot| integer(slot.display_order)),
        )
        .optional(
            "bundle_to_package_id",
            slot.map(|slot| integer(slot.bundle_to_package_id)),
        )
        .with("code", chosen.package.code.as_str())
        .with(
            "products",
            products.map(|one| product(one, answers)).collect::<Value>(),
        )
        .optional("properties", properties(&chosen.package.properties))
        .with("title", chosen.package.title.as_str())
        .with("uuid", chosen.uuid)
        .with("valid", answers.boolean(chosen.is_valid()))
        .with("version_id", integer(chosen.version.id))
        .finish()
}

fn product(chosen: &ChosenProduct, answers: LiquidwebAnswers) -> Value {
    let integer = |number| answers.integer(number);
    let boolean = |flag| answers.boolean(flag);
    let (product, slot) = (chosen.product, chosen.slot);
    let extras = product.extras.as_ref();
    let visibility = slot.and_then(|slot| slot.option_visibility.as_deref());
    let options = chosen.choices.iter();
    answers
        .record()
        .with("active", boolean(product.active))
        .with("base_price", answers.amount(product.base_price.amount()))
        .optional("capabilities", extras.map(|own| json!(own.capabilities)))
        .with("categories", json!(product.categories))
        .with("code", product.code.as_str())
        .with("description", product.description.as_str())
        .with("discountable", boolean(product.discountable))
        .optional(
            "extra_data",
            extras.and_then(|own| properties(&own.extra_data)),
        )
        .optional(
            "global_discountable",
            extras.map(|own| boolean(own.global_discountable)),
        )
        .optional(
            "management_level",
            extras.map(|own| own.management_level.as_str()),
        )
        .with(
            "options",
            options
                .map(|one| option(one, visibility, answers))
                .collect::<Value>(),
        )
        .optional("package_add_on", slot.map(|slot| boolean(slot.add_on)))
        .optional(
            "package_custom_description",
            slot.and_then(|slot| slot.description.as_deref()),
        )
        .optional(
            "package_custom_title",
            slot.and_then(|slot| slot.title.as_deref()),
        )
        .optional(
            "package_display_order",
            slot.map(|slot| integer(slot.display_order)),
        )
        .optional(
            "package_show_description",
            slot.map(|slot| boolean(slot.description.is_some())),
        )
        .optional(
            "package_to_product_id",
            slot.map(|slot| integer(slot.package_to_product_id)),
        )
        .with("price_time_unit", TIME_UNIT)
        .with(
            "primary_category",
            product.categories.first().cloned().unwrap_or_default(),
        )
        .with("product_id", integer(product.id))
        .optional("properties", chosen.properties.cloned())
        .with("region_id", integer(chosen.region))
        .optional(
            "related_package_to_product_id",
            slot.and_then(|slot| slot.related).map(integer),
        )
        .optional(
            "series_description",
            extras.map(|own| own.series_description.as_str()),
        )
        .optional(
            "series_display_order",
            extras.map(|own| integer(own.series_display_order)),
        )
        .optional(
            "series_entry_cart_category",
            extras.map(|own| own.series_entry_cart_category.as_str()),
        )
        .optional(
            "series_entry_cart_plan",
            extras.map(|own| own.series_entry_cart_plan.as_str()),
        )
        .optional(
            "series_entry_cart_series",
            extras.map(|own| own.series_entry_cart_series.as_str()),
        )
        .optional(
            "series_entry_display_order",
            extras.map(|own| integer(own.series_entry_display_order)),
        )
        .optional(
            "series_entry_featured",
            extras.map(|own| boolean(own.series_entry_featured)),
        )
        .optional("subdomain", extras.map(|own| own.subdomain.as_str()))
        .optional("subtitle", extras.map(|own| own.subtitle.as_str()))
        .with("title", product.title.as_str())
        .with("uuid", chosen.uuid)
        .with("valid", boolean(chosen.is_valid()))
        .finish()
}

fn option(choice: &Choice, visibility: Option<&str>, answers: LiquidwebAnswers) -> Value {
    let integer = |number| answers.integer(number);
    let boolean = |flag| answers.boolean(flag);
    let (key, value) = (choice.key, choice.value);
    answers
        .record()
        .with("catalog_price", answers.amount(value.price.amount()))
        .with("catalog_value_price_time_unit", TIME_UNIT)
        .optional("discountable", key.discountable.map(boolean))
        .with("key", key.name.as_str())
        .with("key_description", key.description.as_str())
        .with("key_display_order", integer(key.display_order))
        .with("key_group", key.group.as_str())
        // Documented as a text, unlike its siblings.
        .with("key_group_display_order", key.display_order.to_string())
        .optional("num_units", choice.num_units.map(integer))
        .optional("package_to_product_option_visibility", visibility)
        .optional(
            "parent_ptok_id",
            value.parent.map(|parent| integer(parent.ptok_id)),
        )
        .optional(
            "parent_ptov_id",
            value.parent.map(|parent| integer(parent.ptov_id)),
        )
        .with("price", answers.amount(value.price.amount()))
        .with("price_total", answers.amount(choice.price_total()))
        .with("ptok_id", integer(key.ptok_id))
        .with("ptov_id", integer(value.ptov_id))
        .with("value", value.name.as_str())
        .optional("value_comments", value.comments.as_deref())
        .with("value_description", value.description.as_str())
        .optional("value_discountable", value.discountable.map(boolean))
        .with("value_display_order", integer(value.display_order))
        .with("value_price_time_unit", TIME_UNIT)
        .finish()
}
