use cartwright_runtime::VendorDateTime;

/// A licence: new by its category, or one that exists by its key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct LicenseLine {
    /// Which licence.
    pub license: License,
    /// For how many seats, at least 1; for a key that exists, unchanged unless set.
    pub seats: Option<u64>,
    /// For how many years, as the vendor writes it: `1`, `0.5`, `2.25`.
    pub years: String,
    /// When it ends, instead of after its years.
    pub expires_at: Option<VendorDateTime>,
    /// The caller's own code of the line.
    pub reference: Option<String>,
    /// 1 for a key of its own, 3 for a parent key; the vendor's default unless set.
    pub keycode_type: Option<i64>,
    /// Lines with the same number share one key.
    pub bundle: Option<i64>,
    /// 1 for the first line of a bundle, 2 for the others.
    pub hierarchy: Option<i64>,
    /// Terms of sale, as three digits of the contract.
    pub attribute: Option<i64>,
    /// The usage pricing model, by the vendor's number.
    pub pricing_model: Option<i64>,
    /// The data centre, by the vendor's number.
    pub vault: Option<i64>,
    /// The product's platform, by the vendor's number.
    pub platform: Option<i64>,
    /// The retention model, by the vendor's number.
    pub retention: Option<i64>,
    /// The pricing level, by the vendor's number.
    pub pricing_level: Option<i64>,
}

/// Which licence a line is for.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum License {
    /// A new one of this category, by the vendor's code.
    Category(String),
    /// One that exists, by its key: renewed, or changed to another category.
    Key {
        /// The key.
        key: String,
        /// The category to change to.
        category: Option<String>,
    },
}

impl LicenseLine {
    pub(crate) fn of_category(category: String, seats: u64, years: String) -> Self {
        Self {
            seats: Some(seats),
            ..Self::of(License::Category(category), years)
        }
    }

    pub(crate) fn of_key(key: String, years: String) -> Self {
        Self::of(
            License::Key {
                key,
                category: None,
            },
            years,
        )
    }

    fn of(license: License, years: String) -> Self {
        Self {
            license,
            seats: None,
            years,
            expires_at: None,
            reference: None,
            keycode_type: None,
            bundle: None,
            hierarchy: None,
            attribute: None,
            pricing_model: None,
            vault: None,
            platform: None,
            retention: None,
            pricing_level: None,
        }
    }

    /// Sets for how many seats.
    #[must_use]
    pub fn seats(mut self, seats: u64) -> Self {
        self.seats = Some(seats);
        self
    }

    /// Changes a licence that exists to another category; a new one is of this category instead.
    #[must_use]
    pub fn category(mut self, to: impl Into<String>) -> Self {
        match &mut self.license {
            License::Category(category) => *category = to.into(),
            License::Key { category, .. } => *category = Some(to.into()),
        }
        self
    }

    /// Sets when it ends.
    #[must_use]
    pub fn expires_at(mut self, date: impl Into<VendorDateTime>) -> Self {
        self.expires_at = Some(date.into());
        self
    }

    /// Sets the caller's own code of the line.
    #[must_use]
    pub fn reference(mut self, code: impl Into<String>) -> Self {
        self.reference = Some(code.into());
        self
    }

    /// 1 for a key of its own, 3 for a parent key; the vendor's default unless set.
    #[must_use]
    pub fn keycode_type(mut self, value: i64) -> Self {
        self.keycode_type = Some(value);
        self
    }

    /// Lines with the same number share one key.
    #[must_use]
    pub fn bundle(mut self, value: i64) -> Self {
        self.bundle = Some(value);
        self
    }

    /// 1 for the first line of a bundle, 2 for the others.
    #[must_use]
    pub fn hierarchy(mut self, value: i64) -> Self {
        self.hierarchy = Some(value);
        self
    }

    /// Terms of sale, as three digits of the contract.
    #[must_use]
    pub fn attribute(mut self, value: i64) -> Self {
        self.attribute = Some(value);
        self
    }

    /// The usage pricing model, by the vendor's number.
    #[must_use]
    pub fn pricing_model(mut self, value: i64) -> Self {
        self.pricing_model = Some(value);
        self
    }

    /// The data centre, by the vendor's number.
    #[must_use]
    pub fn vault(mut self, value: i64) -> Self {
        self.vault = Some(value);
        self
    }

    /// The product's platform, by the vendor's number.
    #[must_use]
    pub fn platform(mut self, value: i64) -> Self {
        self.platform = Some(value);
        self
    }

    /// The retention model, by the vendor's number.
    #[must_use]
    pub fn retention(mut self, value: i64) -> Self {
        self.retention = Some(value);
        self
    }

    /// The pricing level, by the vendor's number.
    #[must_use]
    pub fn pricing_level(mut self, value: i64) -> Self {
        self.pricing_level = Some(value);
        self
    }
}
