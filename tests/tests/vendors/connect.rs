//! A vendor that is chosen at run time is reached with whatever a vendor that is named in code can be.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use cartwright::{
    CartApi, Connect, ErrorKind, Layer, Layers, NewCart, Settings, Transport, Vendor,
};
use cartwright_runtime::{BoxFuture, Operation, TransportError};
use cartwright_sandbox::Sandbox;

use crate::canned::Counting;
use crate::lines::one_of_each_kind;
use crate::sandbox;

/// Counts the requests that pass, and remembers the last address.
#[derive(Clone, Default)]
struct Watch(Arc<AtomicUsize>);

struct Watching(Watch, Arc<dyn Transport>);

impl Layer for Watch {
    fn layer(&self, inner: Arc<dyn Transport>) -> Arc<dyn Transport> {
        Arc::new(Watching(self.clone(), inner))
    }
}

impl Transport for Watching {
    fn send<'a>(
        &'a self,
        request: reqwest::Request,
        operation: &'static Operation,
    ) -> BoxFuture<'a, Result<reqwest::Response, TransportError>> {
        self.0.0.fetch_add(1, Ordering::Relaxed);
        self.1.send(request, operation)
    }
}

/// The sandbox's settings for each vendor that is compiled in.
fn vendors(sandbox: &Sandbox) -> Vec<(Vendor, Settings)> {
    let settings = |vendor: &Vendor| {
        let access = sandbox::access(sandbox, vendor.as_str());
        sandbox::settings(&access, &[])
    };
    Vendor::ALL
        .iter()
        .map(|vendor| (*vendor, settings(vendor)))
        .collect()
}

/// Creates a cart of the first line that the vendor takes; what comes of it is no matter here.
async fn create(shop: &dyn CartApi) {
    for line in one_of_each_kind() {
        let tried = shop.create(NewCart::new().line(line)).await;
        if tried.err().is_none_or(|error| error.attempts() > 0) {
            return;
        }
    }
}

#[tokio::test]
async fn layers_and_a_transport_reach_each_vendor() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (vendor, settings) in vendors(&sandbox) {
        let (watch, wire) = (Watch::default(), Arc::new(Counting::default()));
        let layers = Layers::none().inner(watch.clone());
        let shop = Connect::new(vendor)
            .settings(&settings)
            .layers(layers)
            .transport(wire.clone())
            .open()
            .unwrap();
        create(&*shop).await;
        let seen = watch.0.load(Ordering::Relaxed);
        assert!(seen > 0, "{vendor}: the layer saw nothing");
        assert_eq!(seen, wire.count(), "{vendor}");

        let watch = Watch::default();
        let over_http = Connect::new(vendor)
            .settings(&settings)
            .layers(Layers::default().without_rate_limit().inner(watch.clone()))
            .open()
            .unwrap();
        create(&*over_http).await;
        assert!(watch.0.load(Ordering::Relaxed) > 0, "{vendor}: over HTTP");
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn an_address_that_is_said_comes_before_that_of_the_settings() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    for (vendor, settings) in vendors(&sandbox) {
        let shop = Connect::new(vendor).settings(&settings);
        assert!(shop.clone().open().is_ok(), "{vendor}");
        // Plain `http` is refused but for this machine, so this is refused if it is used.
        let error = shop.base_url("http://shop.example").open();
        let error = error.err().expect("a refusal");
        assert!(
            error.message().contains("plain `http`"),
            "{vendor}: {error}"
        );
    }
    sandbox.shutdown().await.unwrap();
}

#[tokio::test]
async fn a_file_of_certificates_is_read_or_named() {
    let sandbox = Sandbox::builder().start().await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let (missing, broken) = (
        folder.path().join("none.pem"),
        folder.path().join("broken.pem"),
    );
    std::fs::write(&broken, "no certificate").unwrap();
    for &vendor in Vendor::ALL {
        let setting = vendor
            .settings()
            .iter()
            .find(|setting| setting.name.ends_with("_CA_FILE"));
        let name = setting.expect("each vendor has the setting").name;
        let access = sandbox::access(&sandbox, vendor.as_str());
        let open = |file: &std::path::Path| {
            let settings = sandbox::settings(&access, &[(name, file.to_str().unwrap())]);
            Connect::new(vendor)
                .settings(&settings)
                .open()
                .err()
                .expect("a refusal")
        };
        let error = open(&missing);
        assert_eq!(
            (error.kind(), error.field()),
            (ErrorKind::InvalidConfig, Some(name))
        );
        assert!(error.message().contains("none.pem"), "{error}");
        let error = open(&broken);
        assert_eq!(error.kind(), ErrorKind::InvalidConfig, "{error}");
        assert!(error.message().contains("certificate"), "{error}");
        let settings = sandbox::settings(&access, &[]);
        let given = Connect::new(vendor)
            .settings(&settings)
            .root_certificate("no certificate");
        assert_eq!(
            given.open().err().expect("a refusal").kind(),
            ErrorKind::InvalidConfig
        );
    }
    sandbox.shutdown().await.unwrap();
}

#[test]
fn no_debug_of_the_way_to_a_vendor_shows_a_secret() {
    let name = "CARTWRIGHT_X_TOKEN";
    for &vendor in Vendor::ALL {
        let settings = Settings::from_pairs([(name, "a-secret")]);
        let shown = format!(
            "{:?}",
            Connect::new(vendor)
                .settings(&settings)
                .base_url("https://ann:a-secret@x")
        );
        assert!(
            shown.contains(name) && !shown.contains("a-secret"),
            "{shown}"
        );
    }
}
