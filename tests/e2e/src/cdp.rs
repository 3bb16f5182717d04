//! What only Chromium's own protocol can do: a page of any width, in light or dark, pictured at full height.

use crate::{Browser, E2eError, Kind, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The colours that the reader's system asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Scheme {
    /// Its name, as CSS has it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// One command of the protocol, passed on by the driver.
#[derive(Debug)]
struct Command {
    name: &'static str,
    parameters: Value,
}

impl WebDriverCompatibleCommand for Command {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> std::result::Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/goog/cdp/execute", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (axum::http::Method, Option<String>) {
        let body = json!({ "cmd": self.name, "params": self.parameters });
        (axum::http::Method::POST, Some(body.to_string()))
    }
}

impl Browser {
    /// Gives a command of Chromium's own protocol, such as `Emulation.setEmulatedMedia`.
    ///
    /// # Errors
    /// If this is not Chromium, or it can't do that.
    pub fn cdp(&self, name: &'static str, parameters: Value) -> Result<Value> {
        if self.kind() != Kind::Chromium {
            return Err(E2eError::Unsupported(name));
        }
        self.act(name, |client| async move { client.issue_cmd(Command { name, parameters }).await })
    }

    /// Shows pages as on a screen of that width, to a reader who has asked for those colours.
    ///
    /// # Errors
    /// If this is not Chromium.
    pub fn emulate(&self, width: u32, height: u32, scheme: Scheme) -> Result {
        let size = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.cdp("Emulation.setDeviceMetricsOverride", size)?;
        // A phone's scrollbar takes no room beside the page.
        self.cdp("Emulation.setScrollbarsHidden", json!({ "hidden": true }))?;
        let colours = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme.name() }] });
        self.cdp("Emulation.setEmulatedMedia", colours)?;
        Ok(())
    }

    /// Collects what can be collected; the bytes that the page's scripts use then, with all that these hold.
    ///
    /// # Errors
    /// If this is not Chromium.
    pub fn heap(&self) -> Result<f64> {
        // What the first round lets go may hold more.
        for _ in 0..3 {
            self.cdp("HeapProfiler.collectGarbage", json!({}))?;
        }
        let usage = self.cdp("Runtime.getHeapUsage", json!({}))?;
        let parts = ["usedSize", "embedderHeapUsedSize", "backingStorageSize"];
        Ok(parts.iter().filter_map(|part| usage.get(*part).and_then(Value::as_f64)).sum())
    }

    /// Takes a picture of the whole page, however long it is.
    ///
    /// # Errors
    /// If this is not Chromium, or the picture can't be written.
    pub fn full_picture(&self, path: &Path) -> Result {
        let answer = self.cdp("Page.captureScreenshot", json!({ "format": "png", "captureBeyondViewport": true }))?;
        let picture = answer.get("data").and_then(Value::as_str).and_then(|data| BASE64_STANDARD.decode(data).ok());
        let picture = picture.ok_or_else(|| E2eError::Value {
            script: "Page.captureScreenshot".to_owned(),
            value: answer,
            expected: "a picture",
        })?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, picture)?)
    }
}
