//! What workers boot with: a script, glue, and a compiled module.
//!
//! The built page has a script and a wasm for lanes alone, named in its document: a worker of the whole page's takes a
//! third longer to start. Where it names none, as in tests, workers boot with the page's own.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{FutureExt, LocalBoxFuture, Shared};
use js_sys::{Array, WebAssembly};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Response, Url, window};

use super::spawn::{SpawnError, words};

#[wasm_bindgen(module = "/src/run/worker.js")]
extern "C" {
    /// Where the script is that boots a worker.
    fn address() -> String;
}

#[wasm_bindgen]
extern "C" {
    /// Where the glue is that this very module was started by.
    #[wasm_bindgen(thread_local_v2, js_namespace = ["import", "meta"], js_name = url)]
    static GLUE: String;
}

/// The attribute of the document's root that names the lanes' own script and wasm, if there are such.
const NAMED_BY: &str = "data-lane";

/// What workers boot with.
#[derive(Debug)]
pub struct Kit {
    /// Where the worker's script is.
    pub script: String,
    /// Its first message: where its glue is, and the compiled module.
    pub boot: JsValue,
}

type Loading = Shared<LocalBoxFuture<'static, Result<Rc<Kit>, SpawnError>>>;

thread_local! {
    static KIT: RefCell<Option<Loading>> = const { RefCell::new(None) };
}

/// Loads it, once; what failed is tried again.
///
/// # Errors
/// A file could not be loaded.
pub async fn load() -> Result<Rc<Kit>, SpawnError> {
    let loading = KIT.with_borrow_mut(|kit| {
        let usable = kit.take().filter(|loading| !matches!(loading.peek(), Some(Err(_))));
        kit.insert(usable.unwrap_or_else(|| fetch().boxed_local().shared())).clone()
    });
    loading.await
}

/// What is loaded.
///
/// # Errors
/// It is still on its way, or could not be loaded.
pub fn loaded() -> Result<Rc<Kit>, SpawnError> {
    let loaded = KIT.with_borrow(|kit| kit.as_ref().and_then(|loading| loading.peek().cloned()));
    loaded.unwrap_or_else(|| Err(SpawnError::Refused("what workers run has not been loaded".to_owned())))
}

async fn fetch() -> Result<Rc<Kit>, SpawnError> {
    let Some(name) = name() else {
        let boot = Array::of2(&GLUE.with(String::clone).into(), &wasm_bindgen::module());
        return Ok(Rc::new(Kit { script: address(), boot: boot.into() }));
    };
    let module = compile(&format!("{name}_bg.wasm")).await.map_err(|error| SpawnError::Refused(words(&error)))?;
    let script = format!("{name}.js");
    let boot = Array::of2(&script.as_str().into(), &module);
    Ok(Rc::new(Kit { script, boot: boot.into() }))
}

/// The whole address of the lanes' own files, without what follows their name.
fn name() -> Option<String> {
    let document = window()?.document()?;
    let name = document.document_element()?.get_attribute(NAMED_BY).filter(|name| !name.is_empty())?;
    Url::new_with_base(&name, &document.base_uri().ok()??).ok().map(|address| address.href())
}

/// From the bytes as a whole: not every static host knows the type of wasm, which a stream would need.
async fn compile(address: &str) -> Result<JsValue, JsValue> {
    let Some(window) = window() else { return Err(js_sys::Error::new("there is no page").into()) };
    let answer: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if !answer.ok() {
        return Err(js_sys::Error::new(&format!("{address}: {}", answer.status())).into());
    }
    let bytes = JsFuture::from(answer.array_buffer()?).await?;
    JsFuture::from(WebAssembly::compile(&bytes)).await
}
