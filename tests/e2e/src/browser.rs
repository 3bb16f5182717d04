//! A browser, started fresh, with a profile of its own, and gone with the value that stands for it.
//!
//! What can be done in it is in `actions`, `wait` and `cdp`.

use crate::driver::Driver;
use crate::{E2eError, Result, Told, runtime};
use fantoccini::error::CmdError;
use fantoccini::wd::TimeoutConfiguration;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::future::Future;
use std::time::Duration;
use xtask::browser::Browser as Kind;

/// How long a page may take to load, or a script to give its answer.
const LIMIT: Duration = Duration::from_mins(2);
/// What Chromium is started with: no window, no sandbox (it has none for root), and no calls to the world.
const CHROMIUM: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
];

/// Whether pages may run scripts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scripts {
    /// As usual.
    #[default]
    Run,
    /// Switched off, as a reader may have them.
    Off,
}

/// Whether pages may store anything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Storage {
    /// As usual.
    #[default]
    Kept,
    /// Cookies, and with them all storage and service workers, are switched off, as a reader may have them.
    Blocked,
}

/// How a browser is started.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Whether pages may run scripts.
    pub scripts: Scripts,
    /// Whether pages may store anything.
    pub storage: Storage,
}

/// A running browser, with one window.
#[derive(Debug)]
pub struct Browser {
    /// The WebDriver session, for what is not wrapped here.
    client: Client,
    told: Told,
    /// Ends with this value, and the browser with it.
    _driver: Driver,
}

impl Browser {
    /// Starts a browser of one's own. Where nothing special is asked for, [`Browser::lend`] is quicker.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start(options: Options) -> Result<Self> {
        let told = Told::read()?;
        let driver = Driver::start(told.browser, &told.driver)?;
        let mut builder = ClientBuilder::new(HttpConnector::new());
        builder.capabilities(capabilities(told.browser, options));
        let client = runtime::wait(builder.connect(&driver.address()))??;
        let browser = Self { client, told, _driver: driver };
        browser.act("set the time limits", |client| async move {
            client.update_timeouts(TimeoutConfiguration::new(Some(LIMIT), Some(LIMIT), None)).await
        })?;
        Ok(browser)
    }

    /// Which browser this is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.told.browser
    }

    /// What xtask has told.
    #[must_use]
    pub fn told(&self) -> &Told {
        &self.told
    }

    /// Does something by the WebDriver client; `action` names it in the error.
    ///
    /// # Errors
    /// If the driver says that it can't be done.
    pub fn act<T, F>(&self, action: &str, what: impl FnOnce(Client) -> F) -> Result<T>
    where
        F: Future<Output = std::result::Result<T, CmdError>>,
    {
        runtime::wait(what(self.client.clone()))?
            .map_err(|source| E2eError::Action { action: action.to_owned(), source })
    }
}

fn capabilities(kind: Kind, Options { scripts, storage }: Options) -> Map<String, Value> {
    // Chromium's settings: 1 allows, 2 blocks. Firefox's for cookies: 5 is the usual, 2 none at all.
    let (name, value) = match kind {
        Kind::Chromium => (
            "goog:chromeOptions",
            json!({
                "args": CHROMIUM,
                "prefs": {
                    "profile.default_content_setting_values.javascript": if scripts == Scripts::Run { 1 } else { 2 },
                    "profile.default_content_setting_values.cookies": if storage == Storage::Kept { 1 } else { 2 },
                },
            }),
        ),
        Kind::Firefox => (
            "moz:firefoxOptions",
            json!({
                "args": ["-headless"],
                "prefs": {
                    "javascript.enabled": scripts == Scripts::Run,
                    "network.cookie.cookieBehavior": if storage == Storage::Kept { 5 } else { 2 },
                    "intl.accept_languages": "en-US",
                },
            }),
        ),
    };
    Map::from_iter([(name.to_owned(), value)])
}
