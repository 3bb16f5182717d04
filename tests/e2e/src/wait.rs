//! Waiting for something to come about, generously: on a busy machine everything takes its time.

use crate::{Browser, E2eError, Result};
use serde_json::Value;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long is waited unless told otherwise.
const LIMIT: Duration = Duration::from_secs(30);
/// How often is looked.
const POLL: Duration = Duration::from_millis(25);
/// How much of the page an error tells.
const TOLD: usize = 2000;

impl Browser {
    /// Waits until such an element can be seen.
    ///
    /// # Errors
    /// If it can't after half a minute.
    pub fn wait_for(&self, css: &str) -> Result {
        self.wait_within(LIMIT, &format!("{css} to be seen"), || {
            let seen = "const element = document.querySelector(arguments[0]);
                        return element !== null && element.checkVisibility({ visibilityProperty: true })";
            Ok(self.script(seen, vec![css.into()])? == Value::Bool(true))
        })
    }

    /// Waits until an expression of JavaScript is truthy in the page.
    ///
    /// # Errors
    /// If it is not after half a minute.
    pub fn wait_until(&self, expression: &str) -> Result {
        self.wait_until_within(LIMIT, expression)
    }

    /// Waits until the page has drawn once more.
    ///
    /// # Errors
    /// If it does not draw.
    pub fn wait_for_frame(&self) -> Result {
        let body = "await new Promise(frame => requestAnimationFrame(() => setTimeout(frame)))";
        self.async_script(body, Vec::new()).map(drop)
    }

    /// Waits until the address bar has this query: what is typed is written there after a pause.
    ///
    /// # Errors
    /// If it has not after half a minute.
    pub fn wait_until_query(&self, query: &str) -> Result {
        self.wait_until(&format!("location.search === {}", Value::from(query)))
    }

    /// Waits until an expression of JavaScript is truthy in the page, at most for `limit`.
    ///
    /// # Errors
    /// If it is not by then.
    pub fn wait_until_within(&self, limit: Duration, expression: &str) -> Result {
        let body = format!("return Boolean({expression})");
        self.wait_within(limit, expression, || Ok(self.script(&body, Vec::new())? == Value::Bool(true)))
    }

    /// Waits until `come` says that it has come, at most for `limit`. A failure to look counts as not yet:
    /// a page that is about to be replaced can't be asked.
    ///
    /// # Errors
    /// If it has not by then.
    pub fn wait_within(&self, limit: Duration, what: &str, mut come: impl FnMut() -> Result<bool>) -> Result {
        let start = Instant::now();
        loop {
            let last = come();
            if matches!(last, Ok(true)) {
                return Ok(());
            }
            if start.elapsed() > limit {
                last?;
                return Err(self.waited(what, limit));
            }
            sleep(POLL);
        }
    }

    fn waited(&self, what: &str, waited: Duration) -> E2eError {
        let text = self.text("body").unwrap_or_default();
        let text = text.chars().take(TOLD).collect();
        E2eError::Waited { what: what.to_owned(), waited, url: self.address().unwrap_or_default(), text }
    }
}
