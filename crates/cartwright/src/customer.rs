/// Whose cart it is.
///
/// Which of these a vendor takes is its own matter: a store with accounts wants an id, a shop that keeps its customers with the cart wants a description.
/// What it does not take is refused as [`InvalidRequest`](crate::ErrorKind::InvalidRequest) before anything is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Customer {
    /// Nobody that the vendor knows.
    Guest,
    /// A customer of the vendor's, by the vendor's id.
    Id(String),
    /// A customer whom the caller describes.
    Described(Box<CustomerDetails>),
}

impl From<CustomerDetails> for Customer {
    fn from(details: CustomerDetails) -> Self {
        Self::Described(Box::new(details))
    }
}

impl From<Contact> for Customer {
    fn from(contact: Contact) -> Self {
        CustomerDetails::new(contact).into()
    }
}

/// A customer whom the caller describes, and who sells to it.
///
/// ```
/// use cartwright::{CompanyKind, Contact, Customer, CustomerDetails, PostalAddress};
///
/// let school = Contact::new()
///     .key("school-17")
///     .name("Ben", "Muster")
///     .company("Musterschule", CompanyKind::Business)
///     .email("ben@example.com")
///     .address(PostalAddress::new("DE").line1("1 Example Street").city("München").postal_code("80331"))
///     .accepts_marketing(false);
/// let reseller = Contact::new().key("reseller-3").address(PostalAddress::new("DE"));
/// let customer: Customer = CustomerDetails::new(school).reseller(reseller).into();
/// assert!(matches!(customer, Customer::Described(_)));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct CustomerDetails {
    /// The customer, who uses what is bought.
    pub contact: Contact,
    /// Who sells it to the customer, where that is neither the vendor nor the caller.
    pub reseller: Option<Contact>,
}

impl CustomerDetails {
    /// A customer without a reseller.
    pub fn new(contact: Contact) -> Self {
        Self {
            contact,
            reseller: None,
        }
    }

    /// Says who sells to the customer.
    #[must_use]
    pub fn reseller(mut self, reseller: Contact) -> Self {
        self.reseller = Some(reseller);
        self
    }
}

/// A person or a company. Which of the fields a vendor needs is its own matter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Contact {
    /// The caller's own key of the contact.
    pub key: Option<String>,
    /// The given name.
    pub first_name: Option<String>,
    /// The family name.
    pub last_name: Option<String>,
    /// The company.
    pub company: Option<String>,
    /// What the company is.
    pub company_kind: Option<CompanyKind>,
    /// The address for mail.
    pub email: Option<String>,
    /// Where the contact lives or works.
    pub address: Option<PostalAddress>,
    /// Whether the vendor may send advertising; the vendor's default unless set.
    pub accepts_marketing: Option<bool>,
}

impl Contact {
    /// A contact of which nothing is said yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the caller's own key of the contact.
    #[must_use]
    pub fn key(mut self, key: impl Into<String>) -> Self {
        self.key = Some(key.into());
        self
    }

    /// Sets given and family name.
    #[must_use]
    pub fn name(mut self, first: impl Into<String>, last: impl Into<String>) -> Self {
        self.first_name = Some(first.into());
        self.last_name = Some(last.into());
        self
    }

    /// Sets the company and what it is.
    #[must_use]
    pub fn company(mut self, name: impl Into<String>, kind: CompanyKind) -> Self {
        self.company = Some(name.into());
        self.company_kind = Some(kind);
        self
    }

    /// Sets the address for mail.
    #[must_use]
    pub fn email(mut self, email: impl Into<String>) -> Self {
        self.email = Some(email.into());
        self
    }

    /// Sets where the contact lives or works.
    #[must_use]
    pub fn address(mut self, address: PostalAddress) -> Self {
        self.address = Some(address);
        self
    }

    /// Says whether the vendor may send advertising.
    #[must_use]
    pub fn accepts_marketing(mut self, accepts: bool) -> Self {
        self.accepts_marketing = Some(accepts);
        self
    }
}

/// What a company is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CompanyKind {
    /// It uses what it buys.
    Business,
    /// It sells on.
    Reseller,
    /// It runs what it buys for its customers.
    ManagedServiceProvider,
    /// It sells on, and runs what it buys for its customers.
    ResellerAndManagedServiceProvider,
    /// It sells to resellers.
    Distributor,
    /// Something else, by the vendor's code.
    Code(String),
}

/// Where somebody lives or works.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PostalAddress {
    /// Street and number.
    pub line1: Option<String>,
    /// What else leads to the door.
    pub line2: Option<String>,
    /// City, town or village.
    pub city: Option<String>,
    /// State, province or prefecture, by its code where it has one: the part of ISO 3166-2 after the country.
    pub region: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// The country's two letters of ISO 3166-1.
    pub country: String,
}

impl PostalAddress {
    /// An address of which only the country is known: its two letters of ISO 3166-1.
    ///
    /// ```
    /// let address = cartwright::PostalAddress::new("US").city("Broomfield").region("CO");
    /// assert_eq!(address.country, "US");
    /// ```
    pub fn new(country: impl Into<String>) -> Self {
        Self {
            line1: None,
            line2: None,
            city: None,
            region: None,
            postal_code: None,
            country: country.into(),
        }
    }

    /// Sets street and number.
    #[must_use]
    pub fn line1(mut self, line: impl Into<String>) -> Self {
        self.line1 = Some(line.into());
        self
    }

    /// Sets what else leads to the door.
    #[must_use]
    pub fn line2(mut self, line: impl Into<String>) -> Self {
        self.line2 = Some(line.into());
        self
    }

    /// Sets the city.
    #[must_use]
    pub fn city(mut self, city: impl Into<String>) -> Self {
        self.city = Some(city.into());
        self
    }

    /// Sets the state, province or prefecture.
    #[must_use]
    pub fn region(mut self, region: impl Into<String>) -> Self {
        self.region = Some(region.into());
        self
    }

    /// Sets the postal code.
    #[must_use]
    pub fn postal_code(mut self, code: impl Into<String>) -> Self {
        self.postal_code = Some(code.into());
        self
    }
}
