//! What the stand-ins sell.

use crate::bigcommerce;
use crate::cpanel;
use crate::liquidweb;
use crate::seed_data::SeedData;
use crate::webroot;

/// Something that a stand-in sells, with the least that it has to be ordered with.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Offer {
    /// The vendor's name in lower case.
    pub vendor: &'static str,
    /// The line as `cart create --line` takes it, with whatever has to be chosen.
    pub line: String,
    /// What it is called, with the options that make the variant.
    pub name: String,
    /// The price of one as decimal text, without what options add; `None` where it is only told in a cart.
    pub price: Option<String>,
    /// ISO 4217 code of the price; `None` where the vendor names none.
    pub currency: Option<String>,
    /// What the price is for, if it is not for a piece: `month`.
    pub per: Option<&'static str>,
}

impl SeedData {
    /// What the stand-ins sell, vendor by vendor, in the order of the seeds.
    ///
    /// ```
    /// use cartwright_sandbox::SeedData;
    ///
    /// let offers = SeedData::builtin().unwrap().offers();
    /// let shirt = offers.iter().find(|offer| offer.line == "product:118,variant=140").unwrap();
    /// assert_eq!(shirt.name, "T-Shirt (Small, Blue)");
    /// assert_eq!((shirt.price.as_deref(), shirt.currency.as_deref()), (Some("19.99"), Some("USD")));
    /// ```
    pub fn offers(&self) -> Vec<Offer> {
        [
            bigcommerce::offers(&self.bigcommerce),
            cpanel::offers(&self.cpanel),
            liquidweb::offers(&self.liquidweb),
            webroot::offers(&self.webroot),
        ]
        .concat()
    }
}

/// A value within a line: a backslash stands before what would end it.
pub(crate) fn escaped(value: &str, ends: &[char]) -> String {
    let mut text = String::new();
    for character in value.chars() {
        if character == '\\' || ends.contains(&character) {
            text.push('\\');
        }
        text.push(character);
    }
    text
}
