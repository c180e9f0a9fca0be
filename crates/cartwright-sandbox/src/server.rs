//! The listener: starts, serves every vendor on one port, stops.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use axum::http::{StatusCode, Uri, header};
use axum::middleware::{from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::admin;
use crate::call_log::{self, Call, CallLog};
use crate::clock::{Clock, time_of_millis};
use crate::coverage::{Built, Inputs};
use crate::cpanel::{CpanelAnswers, CpanelOrder};
use crate::exchange::{Exchange, Observers};
use crate::fault::book::FaultBook;
use crate::fault::strike::{self, Site};
use crate::fault::{FaultError, FaultRecord, Faults};
use crate::liquidweb::LiquidwebAnswers;
use crate::packed;
use crate::quota::{OtherQuotas, Quota};
use crate::seed_data::SeedData;
use crate::state::{State, StateError};
use crate::vendors::Vendors;
use crate::wire::{Lines, Wire};

/// A running sandbox: one port of the loopback interface, all vendors, its own state.
///
/// It stops when it is dropped; [`shutdown`](Self::shutdown) also waits until it has stopped.
#[derive(Debug)]
pub struct Sandbox {
    addr: SocketAddr,
    inside: Inside,
    /// Dropping the sender tells the server to stop.
    stop: oneshot::Sender<()>,
    /// `None` once the server has been seen to end.
    serving: Option<JoinHandle<io::Result<()>>>,
}

/// What the handle on a sandbox and its admin calls share.
#[derive(Clone, Debug)]
pub(crate) struct Inside {
    seed: u64,
    pub(crate) clock: Clock,
    pub(crate) calls: CallLog,
    pub(crate) observers: Observers,
    pub(crate) vendors: Vendors,
    pub(crate) faults: FaultBook,
    quotas: OtherQuotas,
}

impl Inside {
    pub(crate) fn reset(&self) {
        self.calls.clear();
        self.observers.clear();
        self.faults.clear();
        self.quotas.reset();
        self.vendors.reset();
    }

    pub(crate) fn state(&self) -> State {
        State::new(self.clock.standing_millis(), self.seed, self.vendors.dump())
    }

    pub(crate) fn restore(&self, state: &State) -> Result<(), StateError> {
        let time = match state.time.map(|millis| (millis, time_of_millis(millis))) {
            Some((millis, None)) => {
                let what = format!("this machine knows no time {millis} milliseconds after 1970");
                return Err(StateError::at("time", what));
            }
            Some((_, time)) => time,
            None => None,
        };
        self.vendors.restore(&state.vendors)?;
        self.clock.put(time);
        Ok(())
    }
}

/// How to reach one vendor's stand-in, and with what credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct VendorAccess {
    /// The vendor's name in lower case, as in `bigcommerce`.
    pub vendor: &'static str,
    /// The address that stands for the vendor's server address, with its variables filled in and
    /// without a slash at the end.
    pub base_url: String,
    /// What the stand-in wants from a caller: a name, such as `access_token`, and its value.
    pub credentials: Vec<(&'static str, String)>,
    /// The environment variables that point the `cart` program at this stand-in, with their values. What a program
    /// takes where a call names none is in the seed data: the first provider, a region that is sold in, the first locale.
    pub environment: Vec<(&'static str, String)>,
}

impl VendorAccess {
    /// The credential with this name, or `None` if the vendor knows none.
    pub fn credential(&self, name: &str) -> Option<&str> {
        self.credentials
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Settings of a sandbox that is about to start. See [`Sandbox::builder`].
#[derive(Clone, Debug, Default)]
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    port: u16,
    seed: u64,
    clock: Clock,
    observers: Observers,
    seed_data: Option<SeedData>,
    quota: Option<Quota>,
}

impl Builder {
    /// The port of the loopback interface. 0, the default, takes any free one.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// The seed of all ids and tokens. The default is 0.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// The time to go by. The default follows the machine.
    pub fn clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// What the stand-ins start from. The default is [`SeedData::builtin`].
    pub fn seed_data(mut self, data: SeedData) -> Self {
        self.seed_data = Some(data);
        self
    }

    /// Refuses each request beyond so many in a window of time, by the sandbox's clock.
    ///
    /// BigCommerce's stand-in tells this quota in the vendor's four headers, and refuses with 429, these headers and
    /// `X-Retry-After`. Without this setting no stand-in tells of a quota, and none refuses. The other vendors document no count; each of their stand-ins counts its documented operations in a window of its own and
    /// refuses as [`Fault::quota`](crate::Fault::quota) does.
    ///
    /// ```
    /// use cartwright_sandbox::{Quota, Sandbox};
    /// use std::time::Duration;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let quota = Quota { requests: 0, window: Duration::from_secs(2) };
    /// let sandbox = Sandbox::builder().quota(quota).start().await?;
    /// let http = reqwest::Client::builder().no_proxy().build()?;
    /// let carts = format!("{}/stores/sandboxstore/v3/carts", sandbox.base_url());
    /// let refused = http.post(carts).send().await?;
    /// assert_eq!((refused.status().as_u16(), &refused.headers()["x-retry-after"]), (429, &"2".parse()?));
    /// # Ok(())
    /// # }
    /// ```
    pub fn quota(mut self, quota: Quota) -> Self {
        self.quota = Some(quota);
        self
    }

    /// Shows each request and its whole answer to `observer`, before the answer leaves. Admin calls aren't shown.
    ///
    /// The observer changes nothing. If it panics, the answer goes out nevertheless, the sandbox goes on, and
    /// [`Sandbox::shutdown`] says so. Each call of this method adds an observer.
    ///
    /// ```
    /// use cartwright_sandbox::Sandbox;
    /// use std::sync::mpsc;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let (sender, seen) = mpsc::channel();
    /// let sandbox = Sandbox::builder()
    ///     .observe(move |exchange| drop(sender.send((exchange.path.clone(), exchange.status))))
    ///     .start()
    ///     .await?;
    /// let http = reqwest::Client::builder().no_proxy().build()?;
    /// http.get(format!("{}/nowhere", sandbox.base_url())).send().await?;
    /// assert_eq!(seen.recv()?, ("/nowhere".to_owned(), 404));
    /// # Ok(())
    /// # }
    /// ```
    pub fn observe(mut self, observer: impl Fn(&Exchange) + Send + Sync + 'static) -> Self {
        self.observers.add(observer);
        self
    }

    /// Keeps the newest 10,000 exchanges, and at most 64 MiB of bodies, for the admin call `GET /_sandbox/exchanges`;
    /// the values of credentials are hidden. The default keeps none.
    pub fn keep_exchanges(mut self) -> Self {
        self.observers.keep();
        self
    }

    /// Starts to listen on 127.0.0.1 and to serve on the Tokio runtime that this is called on.
    ///
    /// # Errors
    /// If the port is taken, or the machine refuses the listener.
    pub async fn start(self) -> io::Result<Sandbox> {
        let seed_data = match self.seed_data {
            Some(data) => data,
            None => SeedData::builtin().map_err(io::Error::other)?,
        };
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, self.port)).await?;
        let addr = listener.local_addr()?;
        let inside = Inside {
            vendors: Vendors::new(self.seed, &self.clock, seed_data, self.quota),
            seed: self.seed,
            faults: FaultBook::default(),
            quotas: OtherQuotas::new(self.quota, self.clock.clone()),
            clock: self.clock,
            calls: CallLog::default(),
            observers: self.observers.afresh(),
        };
        let watched = (inside.calls.clone(), inside.observers.clone());
        let site = Site {
            book: inside.faults.clone(),
            vendors: inside.vendors.clone(),
            quotas: inside.quotas.clone(),
        };
        let vendors = inside
            .vendors
            .router()
            .fallback(no_vendor)
            .layer(from_fn_with_state(site, strike::act))
            .layer(from_fn_with_state(watched, call_log::record))
            .layer(from_fn(packed::pack))
            .layer(from_fn(strike::send));
        let router = admin::router(inside.clone()).fallback_service(vendors);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(async move {
            let until = async move {
                // An error says that the sender is gone, which is the signal as well.
                let _ = stopped.await;
            };
            let service = router.into_make_service_with_connect_info::<Wire>();
            axum::serve(Lines(listener), service)
                .with_graceful_shutdown(until)
                .await
        });
        Ok(Sandbox {
            addr,
            inside,
            stop,
            serving: Some(serving),
        })
    }
}

impl Sandbox {
    /// Starts a sandbox on a free port, with seed 0 and the machine's time.
    ///
    /// # Errors
    /// If the machine refuses the listener.
    pub async fn start() -> io::Result<Self> {
        Self::builder().start().await
    }

    /// Settings for a sandbox that needs another port, seed or clock.
    ///
    /// ```
    /// use cartwright_sandbox::{Clock, Sandbox};
    /// use std::time::UNIX_EPOCH;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> std::io::Result<()> {
    /// let clock = Clock::settable(UNIX_EPOCH);
    /// let sandbox = Sandbox::builder().seed(7).clock(clock.clone()).start().await?;
    /// assert!(sandbox.addr().ip().is_loopback());
    /// # Ok(())
    /// # }
    /// ```
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Where the sandbox listens.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// The origin that all vendors share, as in `http://127.0.0.1:41234`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.addr)
    }

    /// How to reach each vendor's stand-in.
    pub fn vendors(&self) -> Vec<VendorAccess> {
        self.inside.vendors.access(&self.base_url())
    }

    /// Every request received so far, in the order answered.
    pub fn calls(&self) -> Vec<Call> {
        self.inside.calls.calls()
    }

    /// What each vendor's stand-in carries out, by the vendor's name.
    ///
    /// ```
    /// use cartwright_sandbox::Sandbox;
    ///
    /// let [(vendor, operations), ..] = Sandbox::operations();
    /// assert_eq!(vendor, "bigcommerce");
    /// assert!(operations.iter().any(|built| built.path == "/v3/carts"));
    /// ```
    pub fn operations() -> [(&'static str, &'static [Built]); 4] {
        Vendors::operations()
    }

    /// What each stand-in looks for in a request, by the vendor's name.
    pub fn inputs() -> [(&'static str, &'static Inputs); 4] {
        Vendors::inputs()
    }

    /// All that the sandbox holds now, for [`restore`](Self::restore).
    ///
    /// Each vendor's part is taken by itself, so a state is of one moment only while no request is under way.
    pub fn state(&self) -> State {
        self.inside.state()
    }

    /// Puts the sandbox into a state, whole or not at all. The clock stands where the state's stood, or follows the
    /// machine as the state's did. The log of calls stays, and so does what [`reset`](Self::reset) goes back to.
    ///
    /// # Errors
    /// If a part of the state is wrong, or names what the sandbox's catalogue lacks; the sandbox is as it was then.
    pub fn restore(&self, state: &State) -> Result<(), StateError> {
        self.inside.restore(state)
    }

    /// Goes back to the seed: forgets all carts, orders, calls and faults, and starts the ids again. The clock stays,
    /// and so does the way to answer.
    pub fn reset(&self) {
        self.inside.reset();
    }

    /// Adds a [`Fault`](crate::Fault), or a list of [`Faults`]: all of them, or none.
    ///
    /// A request is struck by the first fault that fits it and is not used up, in the order in which they were added.
    ///
    /// # Errors
    /// If there is no such vendor or operation, or the fault doesn't say one thing that goes wrong; the words say where
    /// and what mends it.
    pub fn fault(&self, faults: impl Into<Faults>) -> Result<(), FaultError> {
        self.inside.faults.add(&faults.into())
    }

    /// Forgets all faults, and what they struck.
    pub fn clear_faults(&self) {
        self.inside.faults.clear();
    }

    /// The faults in the order in which they were added, and what each struck. One that never fired has no hits.
    pub fn fault_log(&self) -> Vec<FaultRecord> {
        self.inside.faults.log()
    }

    /// Sets how the cPanel stand-in answers what holds nothing, from the next answer on.
    ///
    /// ```
    /// use cartwright_sandbox::{CpanelAnswers, Sandbox};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.cpanel_answers(CpanelAnswers::MissingKeys);
    ///
    /// let cpanel = sandbox.access("cpanel")?;
    /// let token = cpanel.credential("api_token").ok_or("no token")?;
    /// let http = reqwest::Client::builder().no_proxy().build()?;
    /// let answer = http
    ///     .get(format!("{}/execute/Market/get_providers_list", cpanel.base_url))
    ///     .header("Authorization", format!("cpanel sandbox:{token}"))
    ///     .send()
    ///     .await?;
    /// let body: serde_json::Value = answer.json().await?;
    /// assert_eq!(body["status"], 1);
    /// assert_eq!(body.get("errors"), None);
    /// # Ok(())
    /// # }
    /// ```
    pub fn cpanel_answers(&self, answers: CpanelAnswers) {
        self.inside.vendors.cpanel.answer_with(answers);
    }

    /// The orders that the cPanel stand-in made, by their ids.
    pub fn cpanel_orders(&self) -> Vec<CpanelOrder> {
        self.inside.vendors.cpanel.orders()
    }

    /// Sets the forms in which the Liquid Web stand-in writes its carts, from the next answer on.
    ///
    /// ```
    /// use cartwright_sandbox::{LiquidwebAnswers, Sandbox};
    /// use serde_json::{Value, json};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// sandbox.liquidweb_answers(LiquidwebAnswers {
    ///     numbers_as_text: true,
    ///     booleans_as_text: true,
    ///     nulls: true,
    ///     ..LiquidwebAnswers::default()
    /// });
    ///
    /// let liquidweb = sandbox.access("liquidweb")?;
    /// let item = json!({"code": "BACKUP.OFFSITE", "region_id": 1, "options": []});
    /// let http = reqwest::Client::builder().no_proxy().build()?;
    /// let answer = http
    ///     .post(format!("{}/bleed/Market/Cart/Item/add", liquidweb.base_url))
    ///     .bearer_auth(liquidweb.credential("token").unwrap_or_default())
    ///     .json(&json!({"params": {"cycle": "monthly", "item": item}}))
    ///     .send()
    ///     .await?;
    /// let cart: Value = answer.json().await?;
    /// assert_eq!(cart["version"], "1");
    /// assert_eq!(cart["orderable"], "1");
    /// assert_eq!(cart.get("updated"), Some(&Value::Null));
    /// # Ok(())
    /// # }
    /// ```
    pub fn liquidweb_answers(&self, answers: LiquidwebAnswers) {
        self.inside.vendors.liquidweb.answer_with(answers);
    }

    /// Ends all tokens that the Webroot stand-in gave out, access and refresh tokens alike, as a
    /// change of the user's password does at the vendor.
    ///
    /// ```
    /// use cartwright_sandbox::Sandbox;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let sandbox = Sandbox::start().await?;
    /// let webroot = sandbox.access("webroot")?;
    /// let own = |name: &str| webroot.credential(name).unwrap_or_default().to_owned();
    ///
    /// let http = reqwest::Client::builder().no_proxy().user_agent("Example/1.0").build()?;
    /// let form = [
    ///     ("grant_type", "password".to_owned()),
    ///     ("username", own("username")),
    ///     ("password", own("password")),
    ///     ("scope", "ECom.Shop".to_owned()),
    /// ];
    /// let answer = http
    ///     .post(format!("{}/auth/token", webroot.base_url))
    ///     .basic_auth(own("client_id"), Some(own("client_secret")))
    ///     .header("Content-Type", "application/x-www-form-urlencoded")
    ///     .body(serde_urlencoded::to_string(form)?)
    ///     .send()
    ///     .await?;
    /// let tokens: serde_json::Value = answer.json().await?;
    /// let access_token = tokens["access_token"].as_str().ok_or("no token")?;
    ///
    /// sandbox.webroot_expire_tokens();
    /// let cart = format!("{}/service/api/ecom/shop/carts/MSP0000000000", webroot.base_url);
    /// let answer = http.get(cart).bearer_auth(access_token).send().await?;
    /// assert_eq!(answer.status(), 401);
    /// # Ok(())
    /// # }
    /// ```
    pub fn webroot_expire_tokens(&self) {
        self.inside.vendors.webroot.expire_tokens();
    }

    /// Serves until the server ends by itself; dropping the returned future leaves it running.
    ///
    /// # Errors
    /// If the server ended with an error.
    pub async fn join(&mut self) -> io::Result<()> {
        let Some(serving) = self.serving.as_mut() else {
            return Ok(());
        };
        let ended = serving.await;
        self.serving = None;
        ended?
    }

    /// Stops listening, and waits until the answers under way are sent.
    ///
    /// # Errors
    /// If the server ended with an error, or an observer has panicked.
    pub async fn shutdown(self) -> io::Result<()> {
        drop(self.stop);
        if let Some(serving) = self.serving {
            serving.await??;
        }
        match self.inside.observers.panicked() {
            Some(words) => Err(io::Error::other(format!(
                "an observer of the sandbox panicked: {words}"
            ))),
            None => Ok(()),
        }
    }
}

async fn no_vendor(uri: Uri) -> Response {
    let body = json!({
        "status": 404,
        "title": "Not Found",
        "detail": format!("no vendor of this sandbox answers at {}", uri.path()),
    });
    (
        StatusCode::NOT_FOUND,
        [(header::CONTENT_TYPE, "application/json")],
        body.to_string(),
    )
        .into_response()
}
