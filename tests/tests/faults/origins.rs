//! Where credentials go: over `https`, or to this machine, and never to another origin.

use std::sync::Arc;
use std::time::Duration;

use cartwright::{
    CartApi, ErrorKind, HttpTransport, Layers, NewCart, Settings, Transport, Vendor, connect,
};
use cartwright_sandbox::{Fault, Sandbox, VendorAccess};
use tokio::net::TcpListener;

use crate::matrix::column::{columns, open};

/// The settings that the sandbox says, with another address.
fn at(access: &VendorAccess, base_url: &str) -> Settings {
    let pairs = access.environment.iter().map(|(name, value)| {
        let value = match name.ends_with("_BASE_URL") {
            true => base_url,
            false => value,
        };
        (*name, value.to_owned())
    });
    Settings::from_pairs(pairs)
}

fn access(sandbox: &Sandbox, vendor: Vendor) -> VendorAccess {
    let mut vendors = sandbox.vendors().into_iter();
    let access = vendors.find(|access| access.vendor == vendor.as_str());
    access.expect("the vendor is there")
}

#[tokio::test]
async fn plain_http_is_for_this_machine_alone_at_every_vendor() {
    let _untimed = crate::TIMED.read().await;
    let sandbox = Sandbox::start().await.unwrap();
    for &vendor in Vendor::ALL {
        let access = access(&sandbox, vendor);
        for (base_url, is_taken) in [
            ("https://192.0.2.1", true),
            ("http://127.0.0.1:9", true),
            ("http://[::1]:9", true),
            ("http://localhost:9", true),
            ("http://192.0.2.1", false),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("http://0.0.0.0:9", false),
            ("ftp://127.0.0.1", false),
        ] {
            match connect(vendor, &at(&access, base_url), None) {
                Ok(_) => assert!(is_taken, "{vendor} at {base_url}"),
                Err(error) => {
                    assert!(!is_taken, "{vendor} at {base_url}: {error}");
                    assert_eq!(error.kind(), ErrorKind::InvalidConfig, "{error}");
                    assert!(error.to_string().contains("https"), "{error}");
                }
            }
        }
    }
}

#[tokio::test]
async fn no_verb_follows_a_redirect_to_another_origin() {
    let _untimed = crate::TIMED.read().await;
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = format!("http://{}/", elsewhere.local_addr().unwrap());
    let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    let mut calls = 0;
    for &vendor in Vendor::ALL {
        for column in columns(vendor) {
            let sandbox = Sandbox::start().await.unwrap();
            let settings = Settings::from_pairs(access(&sandbox, vendor).environment);
            let shop = open(vendor, &settings, wire.clone(), Layers::default());
            let cart = column.prepare(&*shop).await.unwrap();
            for status in [301, 302, 303, 307, 308] {
                let fault = Fault::at(vendor.as_str(), column.operation.id);
                let fault = fault.status(status).header("location", &location);
                sandbox.fault(fault.times(10)).unwrap();
                let error = column.act(&*shop, &cart).await.unwrap_err();
                let place = format!("{vendor}, {}, {status}: {error:?}", column.head());
                assert_eq!(error.kind(), ErrorKind::UnexpectedResponse, "{place}");
                assert_eq!(error.status(), Some(status), "{place}");
                assert_eq!(error.operation(), Some(column.operation.id), "{place}");
                let faults = sandbox.fault_log();
                assert_eq!(faults[0].hits.len(), 1, "{place}");
                sandbox.clear_faults();
                calls += 1;
            }
        }
    }
    println!("{calls} redirects");
    let connection = tokio::time::timeout(Duration::from_millis(50), elsewhere.accept());
    assert!(connection.await.is_err(), "somebody came");
}

#[tokio::test]
async fn a_request_for_a_token_follows_no_redirect_either() {
    let _untimed = crate::TIMED.read().await;
    let elsewhere = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let location = format!("http://{}/", elsewhere.local_addr().unwrap());
    let wire: Arc<dyn Transport> = Arc::new(HttpTransport::builder().build().unwrap());
    for status in [302, 307, 308] {
        let sandbox = Sandbox::start().await.unwrap();
        let settings = Settings::from_pairs(access(&sandbox, Vendor::Webroot).environment);
        let fault = Fault::at("webroot", "*").status(status);
        let fault = fault.header("location", &location).times(10);
        sandbox.fault(fault).unwrap();
        let shop = open(Vendor::Webroot, &settings, wire.clone(), Layers::default());
        let line = crate::secrets::verbs::line(Vendor::Webroot);
        let error = shop.create(NewCart::new().line(line)).await.unwrap_err();
        assert_eq!(error.status(), Some(status), "{error:?}");
        let paths: Vec<String> = sandbox.calls().into_iter().map(|call| call.path).collect();
        assert_eq!(paths, ["/auth/token"]);
    }
    let connection = tokio::time::timeout(Duration::from_millis(50), elsewhere.accept());
    assert!(connection.await.is_err(), "somebody came");
}
