//! The text form of a customer: an id, `guest`, or `contact:key=school-17,country=DE`.

use cartwright::{CompanyKind, Contact, Customer, PostalAddress};

use crate::line_spec::{Part, one, pieces, some_text};

/// The grammar, for `--help`.
pub(crate) const GRAMMAR: &str = "\
WHO is one of
  ID                      the vendor's id of the customer
  guest                   nobody that the vendor knows
  contact:PART[,PART]...  a customer whom you describe
where PART is one of
  key=K                   your own key of the contact
  first=NAME, last=NAME, company=NAME, email=ADDRESS
  kind=KIND               business, reseller, msp, reseller-msp, distributor,
                          or the vendor's code
  line1=TEXT, line2=TEXT, city=NAME, region=CODE, postal=CODE
  country=CC              two letters; needed with any other part of an address
  marketing=yes|no

Each vendor takes its own kinds:
  bigcommerce  ID, guest
  webroot      contact, which needs key and country; a reseller's orders need
               --reseller, too

Within a value write \\, for a comma and \\\\ for a backslash.

Examples:
  cart customer bigcommerce:6e19... 11
  cart customer webroot:MSP0046000001 \\
    'contact:key=school-17,company=Musterschule,kind=business,country=DE'";

const KEYS: [&str; 13] = [
    "key",
    "first",
    "last",
    "company",
    "kind",
    "email",
    "line1",
    "line2",
    "city",
    "region",
    "postal",
    "country",
    "marketing",
];

/// Reads whose cart it is, or says which part is wrong and how to mend it.
pub(crate) fn parse(text: &str) -> Result<Customer, String> {
    match text {
        "" => Err("the id is empty: give the vendor's id, or `guest`".to_owned()),
        "guest" => Ok(Customer::Guest),
        _ if text.starts_with("contact:") => contact(text).map(Customer::from),
        id => Ok(Customer::Id(id.to_owned())),
    }
}

/// Reads a contact, which is too large to stand among a command's other arguments.
pub(crate) fn reseller(text: &str) -> Result<Box<Contact>, String> {
    contact(text).map(Box::new)
}

/// Reads a contact, as in `contact:key=school-17,country=DE`.
fn contact(text: &str) -> Result<Contact, String> {
    let Some(rest) = text.strip_prefix("contact:") else {
        return Err(format!(
            "`{text}` is not a contact: write contact:key=value, as in contact:key=school-17,country=DE"
        ));
    };
    let parts = pieces(rest)
        .into_iter()
        .map(Part::read)
        .collect::<Result<Vec<_>, _>>()?;
    if let Some(part) = parts.iter().find(|part| !KEYS.contains(&part.key.as_str())) {
        return Err(format!(
            "`{}` is not a part of a contact: it takes {}",
            part.key,
            KEYS.join(", ")
        ));
    }
    let text = |key| one(&parts, key, some_text);
    let mut contact = Contact::new();
    contact.key = text("key")?;
    contact.first_name = text("first")?;
    contact.last_name = text("last")?;
    contact.company = text("company")?;
    contact.company_kind = one(&parts, "kind", kind)?;
    contact.email = text("email")?;
    contact.accepts_marketing = one(&parts, "marketing", yes_or_no)?;
    let places = [
        text("line1")?,
        text("line2")?,
        text("city")?,
        text("region")?,
        text("postal")?,
    ];
    contact.address = match one(&parts, "country", country)? {
        Some(country) => {
            let mut address = PostalAddress::new(country);
            let fields = [
                &mut address.line1,
                &mut address.line2,
                &mut address.city,
                &mut address.region,
                &mut address.postal_code,
            ];
            for (field, place) in fields.into_iter().zip(places) {
                *field = place;
            }
            Some(address)
        }
        None if places.iter().any(Option::is_some) => {
            return Err("country: missing: an address needs country=CC".to_owned());
        }
        None => None,
    };
    Ok(contact)
}

fn kind(text: &str) -> Result<CompanyKind, String> {
    Ok(match text {
        "" => return some_text(text).map(CompanyKind::Code),
        "business" => CompanyKind::Business,
        "reseller" => CompanyKind::Reseller,
        "msp" => CompanyKind::ManagedServiceProvider,
        "reseller-msp" => CompanyKind::ResellerAndManagedServiceProvider,
        "distributor" => CompanyKind::Distributor,
        code => CompanyKind::Code(code.to_owned()),
    })
}

fn country(text: &str) -> Result<String, String> {
    match text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        true => Ok(text.to_owned()),
        false => Err(format!(
            "`{text}` is not a country: give its two capital letters, such as DE"
        )),
    }
}

fn yes_or_no(text: &str) -> Result<bool, String> {
    match text {
        "yes" => Ok(true),
        "no" => Ok(false),
        _ => Err(format!("`{text}` is not an answer: give yes or no")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_an_id_a_guest_or_a_contact() {
        assert_eq!(parse("11"), Ok(Customer::Id("11".to_owned())));
        assert_eq!(parse("guest"), Ok(Customer::Guest));
        let described = Contact::new()
            .key("a,b")
            .company("Musterschule", CompanyKind::Business)
            .accepts_marketing(false)
            .address(
                PostalAddress::new("DE")
                    .city("München")
                    .postal_code("80331"),
            );
        let text = r"contact:key=a\,b,company=Musterschule,kind=business,marketing=no,city=München,postal=80331,country=DE";
        assert_eq!(parse(text), Ok(described.into()));
    }

    #[test]
    fn what_is_wrong_is_named_with_its_mend() {
        for (text, said) in [
            ("", "the id is empty"),
            ("contact:", "`` is not a part"),
            ("contact:key", "`key` is not a part"),
            ("contact:key=", "key: the value is empty"),
            ("contact:key=a,key=b", "key: stands twice"),
            ("contact:name=Ann", "`name` is not a part of a contact"),
            (
                "contact:country=Germany",
                "country: `Germany` is not a country",
            ),
            ("contact:city=Bonn", "country: missing"),
            ("contact:marketing=1", "marketing: `1` is not an answer"),
            ("contact:kind=", "kind: the value is empty"),
        ] {
            let refused = parse(text).unwrap_err();
            assert!(refused.starts_with(said), "{text}: {refused}");
        }
        assert!(
            contact("11")
                .unwrap_err()
                .starts_with("`11` is not a contact")
        );
    }
}
