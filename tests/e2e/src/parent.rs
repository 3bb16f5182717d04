//! A page of another site that embeds Interleave in an iframe, and talks with it.

use crate::{Browser, E2eError, Host, Plan, Result, Site};
use serde_json::{Value, json};
use std::time::Duration;

/// Where the page is on its site.
const PATH: &str = "/parent.html";
/// How long an answer may take, with a run before it.
const ANSWER: Duration = Duration::from_mins(1);
/// What is told of a frame that does not answer.
const SHOWN: &str = "const { dataset, innerText } = document.documentElement;
    const { controller } = navigator.serviceWorker ?? {};
    return [location.href, document.readyState, dataset.state, history.state, controller?.state, innerText,
        document.getElementById('boot-said')?.textContent]";

/// The frame that the embedding page has.
#[derive(Debug, Clone, Copy, Default)]
pub struct Frame<'a> {
    /// What stands after the frame's address.
    pub query: &'a str,
    /// The frame's `sandbox`, if it has one.
    pub sandbox: Option<&'a str>,
    /// How wide it is, in CSS pixels, if not as wide as a usual page.
    pub width: Option<u32>,
}

/// The embedding page, open in a browser.
#[derive(Debug)]
pub struct Parent<'a> {
    browser: &'a Browser,
}

impl Plan {
    /// Serves the embedding page too.
    #[must_use]
    pub fn parent(self) -> Self {
        self.page(PATH, include_str!("js/parent.html"))
    }
}

impl<'a> Parent<'a> {
    /// Opens the embedding page, as another site than its frame.
    ///
    /// # Errors
    /// If it can't be opened.
    pub fn open(browser: &'a Browser, site: &Site, frame: Frame<'_>) -> Result<Self> {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("frame", &site.url_by(Host::Name, frame.query));
        if let Some(sandbox) = frame.sandbox {
            query.append_pair("sandbox", sandbox);
        }
        if let Some(width) = frame.width {
            query.append_pair("width", &width.to_string());
        }
        browser.open(&format!("{}{PATH}?{}", site.origin(Host::Number), query.finish()))?;
        Ok(Self { browser })
    }

    /// Sends the frame anything.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn send(&self, message: Value) -> Result {
        self.browser.script("frame.contentWindow.postMessage(arguments[0], '*')", vec![message])?;
        Ok(())
    }

    /// Sends the frame a message of Interleave's, of a type, with an id and what else it has.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn tell(&self, kind: &str, id: impl Into<Value>, more: &Value) -> Result {
        let mut message = json!({ "interleave": 1, "type": kind, "id": id.into() });
        if let (Some(message), Some(more)) = (message.as_object_mut(), more.as_object()) {
            message.extend(more.clone());
        }
        self.send(message)
    }

    /// All messages of a type that the frame has sent.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn heard(&self, kind: &str) -> Result<Vec<Value>> {
        let body = "return heard.filter(({ type }) => type === arguments[0])";
        let heard = self.browser.script(body, vec![kind.into()])?;
        Ok(heard.as_array().cloned().unwrap_or_default())
    }

    /// Waits for a message of a type, whatever it answers.
    ///
    /// # Errors
    /// If none comes.
    pub fn hear(&self, kind: &str) -> Result<Value> {
        self.wait_for(kind, |_| true)
    }

    /// Waits for a message of a type that answers the message with this id.
    ///
    /// # Errors
    /// If none comes.
    pub fn answer(&self, kind: &str, id: impl Into<Value>) -> Result<Value> {
        let id = id.into();
        self.wait_for(kind, |message| message.get("id") == Some(&id))
    }

    fn wait_for(&self, kind: &str, fits: impl Fn(&Value) -> bool) -> Result<Value> {
        let mut found = None;
        let waited = self.browser.wait_within(ANSWER, &format!("a message “{kind}” of the frame"), || {
            found = self.heard(kind)?.into_iter().find(|message| fits(message));
            Ok(found.is_some())
        });
        match (waited, found) {
            (_, Some(message)) => Ok(message),
            (Err(error), _) => {
                let heard = self.browser.script("return heard", Vec::new())?;
                let shown = self.inside(|frame| frame.script(SHOWN, Vec::new()))?;
                let script = format!("{error}\nIts frame shows {shown}");
                Err(E2eError::Value { script, value: heard, expected: "what was waited for" })
            }
            (Ok(()), None) => Ok(Value::Null),
        }
    }

    /// Does something in the frame.
    ///
    /// # Errors
    /// If it can't be entered, or what is done fails.
    pub fn inside<T>(&self, what: impl FnOnce(&Browser) -> Result<T>) -> Result<T> {
        self.browser.enter_frame("#frame")?;
        let done = what(self.browser);
        self.browser.leave_frame()?;
        done
    }
}
