//! What a user does with a page, and what a test asks of it. Elements are named by CSS selectors.

use crate::{Browser, E2eError, Result};
use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The size of the page, unless a test asks for another.
const SIZE: (u32, u32) = (1280, 800);

impl Browser {
    /// Opens an address and waits until it has loaded.
    ///
    /// # Errors
    /// If it can't be loaded.
    pub fn open(&self, address: &str) -> Result {
        self.act(&format!("open {address}"), |client| async move { client.goto(address).await })
    }

    /// The page's address.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn address(&self) -> Result<String> {
        self.act("read the address", |client| async move { Ok(client.current_url().await?.to_string()) })
    }

    /// The page's title.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn title(&self) -> Result<String> {
        self.act("read the title", |client| async move { client.title().await })
    }

    /// The text of the first such element, as it is seen.
    ///
    /// # Errors
    /// If there is none.
    pub fn text(&self, css: &str) -> Result<String> {
        self.act(&format!("read {css}"), |client| async move { find(&client, css).await?.text().await })
    }

    /// The texts of all such elements, as they are seen.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn texts(&self, css: &str) -> Result<Vec<String>> {
        self.act(&format!("read all {css}"), |client| async move {
            let mut texts = Vec::new();
            for element in client.find_all(Locator::Css(css)).await? {
                texts.push(element.text().await?);
            }
            Ok(texts)
        })
    }

    /// An attribute of the first such element, if it has it.
    ///
    /// # Errors
    /// If there is no such element.
    pub fn attribute(&self, css: &str, name: &str) -> Result<Option<String>> {
        self.act(&format!("read {name} of {css}"), |client| async move { find(&client, css).await?.attr(name).await })
    }

    /// How many such elements there are, seen or not.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn count(&self, css: &str) -> Result<usize> {
        self.act(&format!("count {css}"), |client| async move { Ok(client.find_all(Locator::Css(css)).await?.len()) })
    }

    /// Clicks the first such element.
    ///
    /// # Errors
    /// If there is none, or something lies over it.
    pub fn click(&self, css: &str) -> Result {
        self.act(&format!("click {css}"), |client| async move { find(&client, css).await?.click().await })
    }

    /// Puts a text into a field in place of what stands there, by the keyboard.
    ///
    /// # Errors
    /// If there is no such field.
    pub fn fill(&self, css: &str, text: &str) -> Result {
        // Pressed again it is let go, in both browsers; by the null key only in one.
        let keys = format!("{}a{}{}{text}", Key::Control, Key::Control, Key::Delete);
        self.act(&format!("fill {css}"), |client| async move { find(&client, css).await?.send_keys(&keys).await })
    }

    /// Types into the element that has the focus: text, or keys as `Key::Escape.to_string()`.
    ///
    /// # Errors
    /// If nothing takes keys.
    pub fn type_keys(&self, keys: &str) -> Result {
        self.act("type", |client| async move { client.active_element().await?.send_keys(keys).await })
    }

    /// Runs the body of a function in the page and gives what it returns.
    ///
    /// # Errors
    /// If it throws.
    pub fn script(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        self.act(body, |client| async move { client.execute(body, arguments).await })
    }

    /// Runs the body of an async function in the page and gives what it resolves to.
    ///
    /// # Errors
    /// If it throws, or takes minutes.
    pub fn async_script(&self, body: &str, arguments: Vec<Value>) -> Result<Value> {
        // The driver's own way to say that a script has failed is to run out of time.
        let wrapped = format!(
            "const done = arguments[arguments.length - 1];
             (async (...arguments) => {{ {body} }})(...Array.from(arguments).slice(0, -1))
               .then(value => done([value ?? null]), error => done(String(error)))"
        );
        let answer = self.act(body, |client| async move { client.execute_async(&wrapped, arguments).await })?;
        match answer {
            Value::Array(mut value) => Ok(value.pop().unwrap_or_default()),
            thrown => Err(E2eError::Value { script: body.to_owned(), value: thrown, expected: "what it promised" }),
        }
    }

    /// Goes into the first such iframe: all that follows is meant for the page in it.
    ///
    /// # Errors
    /// If there is none.
    pub fn enter_frame(&self, css: &str) -> Result {
        self.act(&format!("enter {css}"), |client| async move { find(&client, css).await?.enter_frame().await })
    }

    /// Goes back to the page that the iframe is in.
    ///
    /// # Errors
    /// If the browser is gone.
    pub fn leave_frame(&self) -> Result {
        self.act("leave the frame", |client| async move { client.enter_parent_frame().await })
    }

    /// Makes the window so large that the page is of this size. Chromium goes down to 360 across and less,
    /// Firefox to 500.
    ///
    /// # Errors
    /// If the window can't be made so.
    pub fn resize(&self, width: u32, height: u32) -> Result {
        let wanted = json!([width, height]);
        let inner = "return [window.innerWidth, window.innerHeight]";
        // What the window has around the page is known only once it has a size near the wanted one.
        for _ in 0..3 {
            let seen = self.script(inner, Vec::new())?;
            if seen == wanted {
                return Ok(());
            }
            let missing = |index: usize, wanted: u32| {
                i64::from(wanted) - seen.get(index).and_then(Value::as_i64).unwrap_or_default()
            };
            let missing = (missing(0, width), missing(1, height));
            self.act("resize the window", |client| async move {
                let (outer_width, outer_height) = client.get_window_size().await?;
                let grown =
                    |outer: u64, more: i64| u32::try_from(outer.saturating_add_signed(more)).unwrap_or(u32::MAX);
                client.set_window_size(grown(outer_width, missing.0), grown(outer_height, missing.1)).await
            })?;
        }
        let value = self.script(inner, Vec::new())?;
        if value == wanted {
            return Ok(());
        }
        Err(E2eError::Value { script: inner.to_owned(), value, expected: "the size that was asked for" })
    }

    /// Takes a picture of what is seen of the page.
    ///
    /// # Errors
    /// If it can't be taken, or written.
    pub fn picture(&self, path: &Path) -> Result {
        let picture = self.act("take a picture", |client| async move { client.screenshot().await })?;
        if let Some(folder) = path.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(path, picture)?)
    }

    /// What axe-core finds to be a barrier in the page, one a line, empty if nothing.
    ///
    /// # Errors
    /// If its script can't be run.
    pub fn barriers(&self) -> Result<Vec<String>> {
        let axe = fs::read_to_string(&self.told().axe)?;
        self.script(&axe, Vec::new())?;
        let body = "const { violations } = await axe.run({ resultTypes: ['violations'] });
                    return violations.flatMap(({ id, help, nodes }) =>
                      nodes.map(node => `${id}: ${help}: ${node.html}`))";
        let found = self.async_script(body, Vec::new())?;
        let found = found.as_array().map(Vec::as_slice).unwrap_or_default();
        Ok(found.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// Makes a used browser like new: one window, of the usual size, with nothing in it.
    pub(crate) fn reset(&self) -> Result {
        self.act("close all windows but one", |client| async move {
            let mut windows = client.windows().await?;
            let keep = windows.pop();
            for window in windows {
                client.switch_to_window(window).await?;
                client.close_window().await?;
            }
            match keep {
                Some(window) => client.switch_to_window(window).await,
                None => Ok(()),
            }
        })?;
        self.open("about:blank")?;
        self.resize(SIZE.0, SIZE.1)
    }
}

async fn find(client: &Client, css: &str) -> std::result::Result<Element, fantoccini::error::CmdError> {
    client.find(Locator::Css(css)).await
}
