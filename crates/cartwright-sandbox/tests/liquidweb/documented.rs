//! The documented answer as data: 324 fields, 104 of them optional, in 32 tables.

use std::collections::BTreeMap;

use cartwright_sandbox::LiquidwebAnswers;
use serde_json::Value;

/// Each table once: its name, then its fields. `?` marks what is documented as optional, `[]` an
/// array. A form is one of [`is_of`], the name of a table, or a choice of tables with `|` between.
const TABLES: &str = "
cart
  accnt? integer
  admin? map
  created datetime
  discounts?[] discount
  expiration datetime
  is_expired? boolean
  is_quote? boolean
  items?[] item
  metadata? map
  orderable boolean
  share uuid
  status text
  totals? totals
  updated? datetime
  uuid uuid
  version integer
discount
  amount number
  deferrable boolean
  discount_uuid uuid
  eligibility eligibility
  exclusive boolean
  item_uuid? uuid
  modifiable boolean
  modified boolean
  month_end integer
  month_start integer
  owner text
  priority integer
  repetition integer
  strategy strategy
  type discount-type
eligibility
  categories[] any
  products[] any
item
  code text
  cycle cycle
  details product|package|bundle
  type text
  units integer
  uuid uuid
product
  active boolean
  base_price number
  capabilities?[] any
  categories[] any
  code text
  description text
  discountable boolean
  extra_data? map
  global_discountable? boolean
  management_level? text
  options[] option
  package_add_on? boolean
  package_custom_description? text
  package_custom_title? text
  package_display_order? integer
  package_show_description? boolean
  package_to_product_id? integer
  price_time_unit text
  primary_category text
  product_id integer
  properties? map
  region_id integer
  related_package_to_product_id? integer
  series_description? text
  series_display_order? integer
  series_entry_cart_category? text
  series_entry_cart_plan? text
  series_entry_cart_series? text
  series_entry_display_order? integer
  series_entry_featured? boolean
  subdomain? text
  subtitle? text
  title text
  uuid uuid
  valid boolean
option
  catalog_price number
  catalog_value_price_time_unit text
  discountable? boolean
  key text
  key_description text
  key_display_order integer
  key_group text
  key_group_display_order text
  num_units? integer
  package_to_product_option_visibility? text
  parent_ptok_id? integer
  parent_ptov_id? integer
  price number
  price_total number
  ptok_id integer
  ptov_id integer
  value text
  value_comments? text
  value_description text
  value_discountable? boolean
  value_display_order integer
  value_price_time_unit text
package
  active boolean
  bundle_add_on? boolean
  bundle_display_order? integer
  bundle_to_package_id? integer
  code text
  products[] product
  properties? map
  title text
  uuid uuid
  valid boolean
  version_id integer
bundle
  active boolean
  code text
  packages[] package
  properties? map
  title text
  uuid uuid
  valid boolean
  version_id integer
totals
  charges[] charge
  credits[] credit
  summary summary
  timeline[] month
charge
  billing[] billing
  cycle cycle
billing
  cart billing-cart
  items[] billing-item
  month_end integer
  month_start integer
  months integer
  occurrence integer
billing-cart
  cost split
  discounts[] grouped-discount
  items integer
  price split
split
  discountable number
  non_discountable number
  total number
grouped-discount
  amount number
  amount_off number
  discount_uuid[] uuid
  ineligible_product_uuids[] uuid
  type discount-type
billing-item
  cost item-split
  discounts[] item-discount
  item_uuid uuid
  price item-split
item-split
  discountable number
  non_discountable number
  products[] product-split
  total number
product-split
  base_price_discountable number
  base_price_non_discountable number
  discountable number
  non_discountable number
  product_code text
  product_uuid uuid
  total number
item-discount
  amount number
  amount_off number
  discount_uuid uuid
  ineligible_product_uuids[] uuid
  type discount-type
credit
  amount_off number
  item_uuid? uuid
  month_end integer
  month_start integer
  months integer
summary
  cart summary-cart
  items[] summary-item
summary-cart
  amount_off_today number
  cost number
  due_today number
  price number
summary-item
  cost number
  cycle cycle
  discounts[] summary-discount
  item_uuid uuid
  price number
summary-discount
  amount number
  amount_off_today number
  discount_uuid uuid
  owner text
  repetitions integer
  type discount-type
month
  cost number
  cycles[] cycle
  month integer
  price number
";

#[derive(Clone, Copy, Debug)]
struct Field {
    name: &'static str,
    optional: bool,
    array: bool,
    form: &'static str,
}

/// What the documentation says about the answer, and what an answer holds of it.
pub struct Documented {
    tables: BTreeMap<&'static str, Vec<Field>>,
    answers: LiquidwebAnswers,
    /// How often each field of the tree was answered with a value, by its path.
    pub seen: BTreeMap<String, usize>,
    /// Whether each field of the tree is optional, by its path.
    pub optional: BTreeMap<String, bool>,
    /// What is not as documented.
    pub faults: Vec<String>,
}

impl Documented {
    pub fn new(answers: LiquidwebAnswers) -> Self {
        let mut tables: BTreeMap<&str, Vec<Field>> = BTreeMap::new();
        let mut table = "";
        for line in TABLES.lines().filter(|line| !line.is_empty()) {
            match line.strip_prefix("  ") {
                Some(field) => tables.entry(table).or_default().push(self::field(field)),
                None => table = line,
            }
        }
        let mut documented = Self {
            tables,
            answers,
            seen: BTreeMap::new(),
            optional: BTreeMap::new(),
            faults: Vec::new(),
        };
        documented.expand("cart", "");
        documented
    }

    /// Holds an answer against the documentation.
    pub fn hold(&mut self, cart: &Value) {
        self.table(cart, "cart", "");
    }

    fn expand(&mut self, table: &str, path: &str) {
        for field in self.tables[table].clone() {
            let path = format!("{path}.{}", field.name);
            self.seen.insert(path.clone(), 0);
            self.optional.insert(path.clone(), field.optional);
            let choices: Vec<&str> = field.form.split('|').collect();
            for table in &choices {
                if self.tables.contains_key(table) {
                    self.expand(table, &step(&path, table, choices.len()));
                }
            }
        }
    }

    fn table(&mut self, value: &Value, table: &str, path: &str) {
        let Some(object) = value.as_object() else {
            self.faults.push(format!("{path} is no object: {value}"));
            return;
        };
        let fields = self.tables[table].clone();
        for name in object.keys() {
            if fields.iter().all(|field| field.name != name) {
                self.faults.push(format!("{path}.{name} is not documented"));
            }
        }
        for field in fields {
            let path = format!("{path}.{}", field.name);
            match object.get(field.name) {
                None if field.optional => {}
                Some(Value::Null) if field.optional && self.answers.nulls => {}
                None => self.faults.push(format!("{path} is missing")),
                Some(value) => self.field(value, field, &path),
            }
        }
    }

    fn field(&mut self, value: &Value, field: Field, path: &str) {
        *self.seen.entry(path.to_owned()).or_default() += 1;
        let elements = match (field.array, value.as_array()) {
            (false, _) => std::slice::from_ref(value),
            (true, Some(elements)) => elements.as_slice(),
            (true, None) => {
                self.faults.push(format!("{path} is no array: {value}"));
                return;
            }
        };
        let choices = field.form.split('|').count();
        for element in elements {
            let table = alternative(element, field.form);
            if self.tables.contains_key(table) {
                self.table(element, table, &step(path, table, choices));
            } else if !is_of(field.form, element, self.answers) {
                self.faults
                    .push(format!("{path} is no {}: {element}", field.form));
            }
        }
    }
}

/// The path into a table. Only a choice of tables is a step of its own.
fn step(path: &str, table: &str, choices: usize) -> String {
    match choices {
        1 => path.to_owned(),
        _ => format!("{path}({table})"),
    }
}

fn field(line: &'static str) -> Field {
    let (name, form) = line.split_once(' ').unwrap();
    Field {
        name: name.trim_end_matches("[]").trim_end_matches('?'),
        optional: name.contains('?'),
        array: name.ends_with("[]"),
        form,
    }
}

/// The keys tell the three kinds of details apart.
fn alternative(value: &Value, form: &'static str) -> &'static str {
    if !form.contains('|') {
        form
    } else if value.get("packages").is_some() {
        "bundle"
    } else if value.get("products").is_some() {
        "package"
    } else {
        "product"
    }
}

fn is_of(form: &str, value: &Value, answers: LiquidwebAnswers) -> bool {
    let is_word = |words: &[&str]| value.as_str().is_some_and(|word| words.contains(&word));
    let text_or = |as_text: bool, of_text: &dyn Fn(&str) -> bool, of_json: bool| {
        if as_text {
            value.as_str().is_some_and(of_text)
        } else {
            of_json
        }
    };
    match form {
        "any" => true,
        "map" => value.is_object(),
        "text" => value.is_string(),
        "boolean" if answers.false_as_empty_text => match answers.booleans_as_text {
            true => matches!(value.as_str(), Some("" | "1")),
            false => value == "" || value == 1,
        },
        "boolean" => text_or(
            answers.booleans_as_text,
            &|text| matches!(text, "0" | "1"),
            value == 0 || value == 1,
        ),
        "integer" => text_or(
            answers.numbers_as_text,
            &|text| text.parse::<i64>().is_ok(),
            value.is_i64(),
        ),
        "number" => text_or(
            answers.numbers_as_text,
            &|text| {
                let digits = text
                    .split_once('.')
                    .map_or(0, |(_, fraction)| fraction.len());
                text.parse::<f64>().is_ok() && (2..=5).contains(&digits)
            },
            value.is_number(),
        ),
        "datetime" => value.as_str().is_some_and(|text| {
            let shape = text.replace(|letter: char| letter.is_ascii_digit(), "0");
            shape == "0000-00-00 00:00:00"
        }),
        "uuid" => value.as_str().is_some_and(|text| {
            let groups: Vec<usize> = text.split('-').map(str::len).collect();
            groups == [8, 4, 4, 4, 12]
        }),
        "cycle" => is_word(&["monthly", "quarterly", "biannually", "yearly", "biennially"]),
        "strategy" => is_word(&["credit", "percent", "percent_mrc"]),
        "discount-type" => is_word(&[
            "account", "admin", "bundle", "coupon", "offset", "package", "reseller",
        ]),
        other => panic!("the tables name no form {other}"),
    }
}

#[test]
fn the_documentation_has_324_fields_and_104_of_them_are_optional() {
    let documented = Documented::new(LiquidwebAnswers::default());
    let optional = documented.optional.values().filter(|optional| **optional);
    assert_eq!((documented.optional.len(), optional.count()), (324, 104));
}
