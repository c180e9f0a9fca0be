//! Ours to theirs.

use cartwright_liquidweb::types;

use super::VENDOR;
use crate::{BundleLine, CartId, Error, NewLine, PackageLine, Result, ServiceLine, ServiceOption};

/// What the configuration gives where a line says nothing.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) cycle: String,
    pub(super) region_id: Option<i64>,
}

/// One request for each line.
pub(super) fn add(
    cart: Option<&CartId>,
    lines: &[NewLine],
    defaults: &Defaults,
) -> Result<Vec<types::AddCartItemRequest>> {
    let one = |(index, line): (usize, &NewLine)| {
        line.check(VENDOR, index)?;
        let field = format!("lines[{index}]");
        let item = match line {
            NewLine::Service(line) => {
                types::ItemRequest::ProductRequest(service(line, &field, defaults)?)
            }
            NewLine::Package(line) => {
                types::ItemRequest::PackageRequest(package(line, &field, defaults)?)
            }
            NewLine::Bundle(line) => {
                types::ItemRequest::BundleRequest(bundle(line, &field, defaults)?)
            }
            other => return Err(other.unsupported(VENDOR, index)),
        };
        let parts = [
            types::CartPart::Items,
            types::CartPart::Totals,
            types::CartPart::Discounts,
        ];
        let params = types::AddCartItemParams {
            alsowith: Some(parts.map(types::AlsoWith::CartPart).to_vec()),
            cycle: defaults.cycle.as_str().into(),
            item,
            uuid: cart.map(|id| id.as_str().to_owned()),
            extra: Default::default(),
        };
        Ok(types::AddCartItemRequest {
            params,
            extra: Default::default(),
        })
    };
    lines.iter().enumerate().map(one).collect()
}

fn service(line: &ServiceLine, field: &str, defaults: &Defaults) -> Result<types::ProductRequest> {
    let region_id = line.region_id.or(defaults.region_id).ok_or_else(|| {
        let message = "the service has no region: set it on the line or in the configuration";
        Error::invalid_request(VENDOR, &format!("{field}.region_id"), message)
    })?;
    Ok(types::ProductRequest {
        code: code(&line.code, field)?,
        options: line
            .options
            .iter()
            .enumerate()
            .map(|(at, choice)| option(choice, &format!("{field}.options[{at}]")))
            .collect::<Result<_>>()?,
        region_id,
        package_to_product_id: None,
        properties: None,
        uuid: None,
        extra: Default::default(),
    })
}

fn option(option: &ServiceOption, field: &str) -> Result<types::ProductOptionRequest> {
    let units = match option.units {
        None => None,
        Some(units) => {
            crate::new_line::check_quantity(VENDOR, &format!("{field}.units"), units)?;
            i64::try_from(units).ok()
        }
    };
    Ok(types::ProductOptionRequest {
        ptok_id: option.key_id,
        ptov_id: option.value_id,
        num_units: units,
        parent_ptok_id: None,
        parent_ptov_id: None,
        extra: Default::default(),
    })
}

fn package(line: &PackageLine, field: &str, defaults: &Defaults) -> Result<types::PackageRequest> {
    let services = line.services.iter().enumerate();
    let products = services
        .map(|(at, line)| service(line, &format!("{field}.services[{at}]"), defaults))
        .collect::<Result<Vec<_>>>()?;
    if products.is_empty() {
        return Err(Error::invalid_request(
            VENDOR,
            &format!("{field}.services"),
            "the package has no services: add at least one",
        ));
    }
    Ok(types::PackageRequest {
        code: code(&line.code, field)?,
        products,
        bundle_to_package_id: None,
        extra: Default::default(),
    })
}

fn bundle(line: &BundleLine, field: &str, defaults: &Defaults) -> Result<types::BundleRequest> {
    let parts = line.packages.iter().enumerate();
    let packages = parts
        .map(|(at, line)| package(line, &format!("{field}.packages[{at}]"), defaults))
        .collect::<Result<Vec<_>>>()?;
    if packages.is_empty() {
        return Err(Error::invalid_request(
            VENDOR,
            &format!("{field}.packages"),
            "the bundle has no packages: add at least one",
        ));
    }
    Ok(types::BundleRequest {
        code: code(&line.code, field)?,
        packages,
        extra: Default::default(),
    })
}

fn code(code: &str, field: &str) -> Result<String> {
    match code.trim().is_empty() {
        false => Ok(code.to_owned()),
        true => Err(Error::invalid_request(
            VENDOR,
            &format!("{field}.code"),
            "the code is empty: give the vendor's code",
        )),
    }
}
