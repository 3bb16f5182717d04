//! Small things asked of the browser. `JsValue` stops here: what fails is told as none, or passed over where nothing
//! can be done about it.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Document, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, Window};

/// The window. There is always one where the page runs.
pub fn window() -> Option<Window> {
    web_sys::window()
}

/// The document.
pub fn document() -> Option<Document> {
    window()?.document()
}

/// The root element, which bears the theme and the state.
pub fn root() -> Option<HtmlElement> {
    document()?.document_element()?.dyn_into().ok()
}

/// The query of the address, with its question mark.
pub fn query() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The address without query and fragment.
pub fn path() -> String {
    let location = window().map(|window| window.location());
    let part = |part: Option<Result<String, JsValue>>| part.and_then(Result::ok).unwrap_or_default();
    let origin = part(location.as_ref().map(web_sys::Location::origin));
    // A page opened from a file has the origin "null".
    let origin = if origin == "null" { "file://".to_owned() } else { origin };
    origin + &part(location.as_ref().map(web_sys::Location::pathname))
}

/// Puts a query into the address bar, without a step in the history. The fragment stays.
pub fn replace_query(query: &str) {
    let Some(window) = window() else { return };
    let fragment = window.location().hash().unwrap_or_default();
    let address = format!("{}{query}{fragment}", window.location().pathname().unwrap_or_default());
    if let Ok(history) = window.history() {
        // Browsers refuse more than some hundred in half a minute; the next one puts it right.
        let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&address));
    }
}

/// Puts a query into the address bar as a step in the history: the browser's back button brings the old one back.
pub fn push_query(query: &str) {
    if let Some(Ok(history)) = window().map(|window| window.history()) {
        let _ = history.push_state_with_url(&JsValue::NULL, "", Some(query));
    }
}

/// Milliseconds on a clock that only goes forward.
pub fn now() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |performance| performance.now())
}

/// The time of the current frame, as its callbacks are told it, or of the last; in milliseconds.
pub fn frame_time() -> f64 {
    document().and_then(|document| document.timeline().current_time()).unwrap_or_default()
}

/// Sets `data-NAME` of the root element, or takes it away.
pub fn mark_root(name: &str, value: Option<&str>) {
    let Some(root) = root() else { return };
    let _ = match value {
        Some(value) => root.set_attribute(&format!("data-{name}"), value),
        None => root.remove_attribute(&format!("data-{name}")),
    };
}

/// Moves the focus to the element with this id, and unfolds what it is folded into.
pub fn focus(id: &str) {
    let Some(element) = document().and_then(|document| document.get_element_by_id(id)) else { return };
    if let Ok(Some(folded)) = element.closest("details:not([open])") {
        let _ = folded.set_attribute("open", "");
    }
    focus_on(&element);
}

/// Scrolls no further than it takes to see this element.
pub fn bring_into_sight(element: &Element) {
    let nearest = ScrollIntoViewOptions::new();
    nearest.set_block(ScrollLogicalPosition::Nearest);
    element.scroll_into_view_with_scroll_into_view_options(&nearest);
}

/// Moves the focus to this element.
pub fn focus_on(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<Element> {
    document()?.query_selector(selector).ok().flatten()
}

/// Keeps a choice for the next visit, where the browser lets it.
pub fn keep(key: &str, value: &str) {
    if let Some(Ok(Some(storage))) = window().map(|window| window.local_storage()) {
        let _ = storage.set_item(key, value);
    }
}

/// What was kept.
pub fn kept(key: &str) -> Option<String> {
    window()?.local_storage().ok()??.get_item(key).ok()?
}

/// JSON over several lines, for people to read as well.
pub fn indented(json: &str) -> Option<String> {
    let value = js_sys::JSON::parse(json).ok()?;
    js_sys::JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into()).ok()?.as_string()
}

/// Hands the user a file.
pub fn download(name: &str, media_type: &str, text: &str) -> Option<()> {
    let parts = js_sys::Array::of1(&text.into());
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(media_type);
    let blob = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options).ok()?;
    let address = web_sys::Url::create_object_url_with_blob(&blob).ok()?;
    let anchor = document()?.create_element("a").ok()?.dyn_into::<web_sys::HtmlAnchorElement>().ok()?;
    anchor.set_href(&address);
    anchor.set_download(name);
    anchor.click();
    // The download has its own hold on the blob by the next turn.
    gloo_timers::callback::Timeout::new(1000, move || drop(web_sys::Url::revoke_object_url(&address))).forget();
    Some(())
}

/// Copies a text; tells whether it could.
pub async fn copy(text: &str) -> bool {
    let Some(window) = window() else { return false };
    // Where the page isn't served securely there is no clipboard, whatever the types say.
    let navigator = window.navigator();
    let clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).ok();
    let Some(clipboard) = clipboard.and_then(|it| it.dyn_into::<web_sys::Clipboard>().ok()) else { return false };
    wasm_bindgen_futures::JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Whether the user asked the system for less motion.
pub fn wants_less_motion() -> bool {
    matches("(prefers-reduced-motion: reduce)")
}

/// Whether the page is as narrow as on a phone, as in the style sheet.
pub fn is_narrow() -> bool {
    matches("(max-width: 36rem)")
}

fn matches(query: &str) -> bool {
    window().and_then(|window| window.match_media(query).ok().flatten()).is_some_and(|query| query.matches())
}

/// The pixels of the device in one of CSS.
pub fn pixel_ratio() -> f64 {
    window().map_or(1.0, |window| window.device_pixel_ratio()).clamp(0.5, 8.0)
}

/// The size of the page's text, in CSS pixels.
pub fn text_size() -> f64 {
    let style = window().zip(root()).and_then(|(window, root)| window.get_computed_style(&root).ok().flatten());
    let size = style.and_then(|style| style.get_property_value("font-size").ok());
    size.and_then(|size| size.trim_end_matches("px").parse().ok()).unwrap_or(16.0)
}

/// The value of a colour of the style sheet.
pub fn colour(element: &Element, name: &str) -> String {
    let style = window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let value = style.and_then(|style| style.get_property_value(&format!("--{name}")).ok());
    value.map(|value| value.trim().to_owned()).unwrap_or_default()
}
