//! Interleave's own page, as a test reads it: its modes' cards, its notices, and whether it is up or running.

use crate::{Browser, E2eError, Result};
use serde_json::Value;
use std::time::Duration;

/// How long a run of a test may take: the longest has about a second of work in each mode.
const RUN: Duration = Duration::from_mins(1);

/// The card of a mode in a JavaScript object.
const CARD: &str = "
    const card = document.querySelector(`article[data-mode='${arguments[0]}']`);
    if (card === null) return null;
    const all = (css, read) => Array.from(card.querySelectorAll(css), read);
    const figure = name => {
        const ms = card.querySelector(`[data-figure='${name}']`)?.dataset.ms;
        return ms === undefined ? null : Number(ms);
    };
    return {
        status: card.dataset.status,
        texts: all('li[data-task] .text', text => text.textContent),
        tasks: all('li[data-task]', line => Number(line.dataset.task)),
        times: all('li[data-task]', line => Number(line.dataset.at)),
        elapsed: figure('elapsed'),
        startup: figure('startup'),
        predicted: figure('predicted'),
        overhead: figure('overhead'),
        reason: card.querySelector('[data-reason]')?.textContent ?? '',
        notes: all('[data-note]', note => note.textContent),
    };";

/// What the card of a mode shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// `idle`, `waiting`, `running`, or what became of the run.
    pub status: String,
    /// The lines of output.
    pub texts: Vec<String>,
    /// The task of each line.
    pub tasks: Vec<u64>,
    /// The time of each line, in milliseconds.
    pub times: Vec<f64>,
    /// The elapsed time in milliseconds, if there is one.
    pub elapsed: Option<f64>,
    /// The start-up in milliseconds, if there is one.
    pub startup: Option<f64>,
    /// The predicted time in milliseconds, if there is one.
    pub predicted: Option<f64>,
    /// The overhead in milliseconds, if there is one.
    pub overhead: Option<f64>,
    /// Why it is not finished, else empty.
    pub reason: String,
    /// What is to be known of this run.
    pub notes: Vec<String>,
}

impl Card {
    /// All texts, with a space between.
    #[must_use]
    pub fn said(&self) -> String {
        self.texts.join(" ")
    }

    fn read(card: &Value) -> Option<Self> {
        let list = |name: &str| card.get(name)?.as_array().map(Vec::as_slice);
        let texts =
            |name: &str| list(name)?.iter().map(|text| text.as_str().map(str::to_owned)).collect::<Option<Vec<_>>>();
        Some(Self {
            status: card.get("status")?.as_str()?.to_owned(),
            texts: texts("texts")?,
            tasks: list("tasks")?.iter().map(Value::as_u64).collect::<Option<_>>()?,
            times: list("times")?.iter().map(Value::as_f64).collect::<Option<_>>()?,
            elapsed: card.get("elapsed")?.as_f64(),
            startup: card.get("startup")?.as_f64(),
            predicted: card.get("predicted")?.as_f64(),
            overhead: card.get("overhead")?.as_f64(),
            reason: card.get("reason")?.as_str()?.to_owned(),
            notes: texts("notes")?,
        })
    }
}

impl Browser {
    /// Opens Interleave at an address and waits until it is up.
    ///
    /// # Errors
    /// If it does not come up.
    pub fn open_page(&self, address: &str) -> Result {
        self.open(address)?;
        self.wait_until_up()
    }

    /// Waits until the page that is open is up.
    ///
    /// # Errors
    /// If it does not come up.
    pub fn wait_until_up(&self) -> Result {
        self.wait_until("['idle', 'running', 'finished'].includes(document.documentElement.dataset.state)")
    }

    /// Keeps the page that is open from measuring the machine: what is predicted stays, until another page is opened.
    ///
    /// # Errors
    /// If the browser grants no locks.
    pub fn hold_off_measuring(&self) -> Result {
        // As another tab that runs would.
        let body = "await new Promise(granted => navigator.locks.request('interleave-machine', { mode: 'shared' },
                        () => { granted(); return new Promise(() => {}) }))";
        self.async_script(body, Vec::new()).map(drop)
    }

    /// Runs all modes, and waits until the run is over.
    ///
    /// # Errors
    /// If it does not end.
    pub fn run_all(&self) -> Result {
        self.run_by("[data-action=run-all]")
    }

    /// Runs one mode by its own button, and waits until the run is over.
    ///
    /// # Errors
    /// If it does not end.
    pub fn run_mode(&self, mode: &str) -> Result {
        self.run_by(&run_button(mode))
    }

    /// Starts one mode by its own button, and waits until its card says that it runs.
    ///
    /// # Errors
    /// If it does not start.
    pub fn start_mode(&self, mode: &str) -> Result {
        self.click_in_sight(&run_button(mode))?;
        self.wait_for(&format!("article[data-mode='{mode}'][data-status=running]"))
    }

    fn run_by(&self, button: &str) -> Result {
        // What is left of the run before must not be taken for the end of this one.
        self.script("delete document.documentElement.dataset.state", Vec::new())?;
        self.click_in_sight(button)?;
        self.wait_over()
    }

    /// Clicks where the run bar, which stays in sight, does not lie over it.
    fn click_in_sight(&self, button: &str) -> Result {
        let middle = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' })";
        self.script(middle, vec![button.into()])?;
        self.click(button)
    }

    /// Waits until a run is over.
    ///
    /// # Errors
    /// If it does not end.
    pub fn wait_over(&self) -> Result {
        self.wait_until_within(RUN, "document.documentElement.dataset.state === 'finished'")
    }

    /// What the card of a mode shows.
    ///
    /// # Errors
    /// If there is no such card.
    pub fn card(&self, mode: &str) -> Result<Card> {
        let value = self.script(CARD, vec![mode.into()])?;
        Card::read(&value).ok_or_else(|| E2eError::Value {
            script: format!("the card of {mode}"),
            value,
            expected: "a card with all of its parts",
        })
    }

    /// The query in the address bar.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn query(&self) -> Result<String> {
        self.script_text("return location.search", Vec::new())
    }

    /// What the notice on a parameter says; empty if there is none.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn notice(&self, parameter: &str) -> Result<String> {
        let body = "return document.querySelector(`.notices [data-parameter='${arguments[0]}']`)?.innerText ?? ''";
        self.script_text(body, vec![parameter.into()])
    }

    /// What stands in a field.
    ///
    /// # Errors
    /// If there is no such field.
    pub fn value(&self, css: &str) -> Result<String> {
        self.script_text("return document.querySelector(arguments[0]).value", vec![css.into()])
    }

    /// Runs the body of a function in the page and gives the text that it returns.
    ///
    /// # Errors
    /// If it throws, or returns something else.
    pub fn script_text(&self, body: &str, arguments: Vec<Value>) -> Result<String> {
        match self.script(body, arguments)? {
            Value::String(text) => Ok(text),
            value => Err(E2eError::Value { script: body.to_owned(), value, expected: "a text" }),
        }
    }
}

fn run_button(mode: &str) -> String {
    format!("article[data-mode='{mode}'] [data-action=run-mode]")
}
