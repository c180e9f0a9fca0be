use crate::NewLine;

/// A service of a host: a server, a licence that goes with it, with the options that make it up.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceLine {
    /// The host's code of the service.
    pub code: String,
    /// Where it runs, by the host's number; the configuration's unless set.
    pub region_id: Option<i64>,
    /// The choices that make it up.
    pub options: Vec<ServiceOption>,
}

/// A choice for an option of a service, by the host's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ServiceOption {
    /// The number of the option's key.
    pub key_id: i64,
    /// The number of the chosen value.
    pub value_id: i64,
    /// How many units of it, where it is sold by units.
    pub units: Option<u64>,
}

impl ServiceOption {
    /// A choice.
    pub fn new(key_id: i64, value_id: i64) -> Self {
        Self {
            key_id,
            value_id,
            units: None,
        }
    }

    /// Sets how many units.
    #[must_use]
    pub fn units(mut self, units: u64) -> Self {
        self.units = Some(units);
        self
    }
}

impl ServiceLine {
    /// Sets where it runs.
    #[must_use]
    pub fn region(mut self, id: i64) -> Self {
        self.region_id = Some(id);
        self
    }

    /// Adds a choice for an option.
    #[must_use]
    pub fn option(mut self, option: ServiceOption) -> Self {
        self.options.push(option);
        self
    }
}

/// Services that a host sells together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageLine {
    /// The host's code of the package.
    pub code: String,
    /// What is in it, at least one.
    pub services: Vec<ServiceLine>,
}

impl PackageLine {
    /// Adds a service.
    #[must_use]
    pub fn service(mut self, service: ServiceLine) -> Self {
        self.services.push(service);
        self
    }
}

/// Packages that a host sells together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct BundleLine {
    /// The host's code of the bundle.
    pub code: String,
    /// What is in it, at least one.
    pub packages: Vec<PackageLine>,
}

impl BundleLine {
    /// Adds a package.
    #[must_use]
    pub fn package(mut self, package: PackageLine) -> Self {
        self.packages.push(package);
        self
    }
}

impl NewLine {
    /// A service of a host, by the host's code.
    pub fn service(code: impl Into<String>) -> ServiceLine {
        ServiceLine {
            code: code.into(),
            region_id: None,
            options: Vec::new(),
        }
    }

    /// Services that a host sells together, by the host's code.
    pub fn package(code: impl Into<String>) -> PackageLine {
        PackageLine {
            code: code.into(),
            services: Vec::new(),
        }
    }

    /// Packages that a host sells together, by the host's code.
    pub fn bundle(code: impl Into<String>) -> BundleLine {
        BundleLine {
            code: code.into(),
            packages: Vec::new(),
        }
    }
}
