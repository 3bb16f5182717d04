//! Listens to the embedding page and speaks to it, and to nobody else. What is to be done about a message is not
//! decided here.

use gloo_events::EventListener;
use js_sys::{JSON, Reflect};
use serde_json::Value;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, Window};

use super::message::{Id, Received, ToParent};

/// The page that embeds this one.
#[derive(Clone, Debug, PartialEq)]
pub struct Parent {
    own: Window,
    parent: Window,
}

/// Hears the parent until it is dropped.
pub struct Listener {
    _listener: EventListener,
}

impl Parent {
    /// The page that embeds this one, if one does.
    #[must_use]
    pub fn of_this_frame() -> Option<Self> {
        let own = web_sys::window()?;
        let parent = own.parent().ok().flatten().filter(|parent| *parent != own)?;
        Some(Self { own, parent })
    }

    /// Calls `heard` with each message of the parent's that is for Interleave.
    #[must_use]
    pub fn listen(&self, heard: impl Fn(Received) + 'static) -> Listener {
        let parent = self.parent.clone();
        let listener = EventListener::new(&self.own, "message", move |event| {
            let Some(event) = event.dyn_ref::<MessageEvent>() else { return };
            let sender = event.source().map(JsValue::from);
            let is_parents = sender.is_some_and(|sender| sender == *AsRef::<JsValue>::as_ref(&parent));
            if let Some(received) = is_parents.then(|| read(event)).flatten() {
                heard(received);
            }
        });
        Listener { _listener: listener }
    }

    /// Tells the parent. It may be of any origin: nothing that is told is secret.
    pub fn tell(&self, told: &ToParent, id: Option<&Id>) {
        self.post(told.to_json(id).ok().and_then(|json| JSON::parse(&json).ok()));
    }

    /// Tells the parent what is large, with a `turn` for the browser between one part of the work and the next: each
    /// takes long enough for a frame.
    pub async fn tell_in_turns(&self, told: &ToParent, id: Option<&Id>, turn: impl AsyncFn()) {
        let json = told.to_json(id);
        turn().await;
        let message = json.ok().and_then(|json| JSON::parse(&json).ok());
        turn().await;
        self.post(message);
    }

    fn post(&self, message: Option<JsValue>) {
        if let Some(message) = message {
            // It fails only where there is no parent any more.
            let _ = self.parent.post_message(&message, "*");
        }
    }
}

/// What a message for the frame can have. Whatever else it has is not looked at, so it may be anything.
const FIELDS: [&str; 4] = ["interleave", "type", "link", "modes"];

/// Reads a message.
fn read(event: &MessageEvent) -> Option<Received> {
    let data = event.data();
    if !data.is_object() {
        return None;
    }
    let value = |name: &str| Reflect::get(&data, &name.into()).ok().filter(|value| !value.is_undefined());
    let field = |name: &str| Some((name.to_owned(), to_json(&value(name)?)));
    let fields = FIELDS.into_iter().filter_map(field).collect();
    let id = value("id").map(|id| Id(written(&id).unwrap_or_else(|| "null".to_owned())));
    Received::read(&Value::Object(fields), id)
}

/// A value as JSON; null where it can't be that. Half a character at the end of a text becomes U+FFFD, as in an address.
fn to_json(value: &JsValue) -> Value {
    let json = || serde_json::from_str(&written(value)?).ok();
    value.as_string().map(Value::String).or_else(json).unwrap_or_default()
}

/// A value written as JSON; none where it can't be.
fn written(value: &JsValue) -> Option<String> {
    JSON::stringify(value).ok()?.as_string()
}
