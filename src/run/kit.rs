//! What workers boot with: a script, glue, and a compiled module.
//!
//! The built page has glue and a wasm for lanes alone, named in its document: a worker of the whole page's took a third
//! longer to start. Where none is named, in tests, workers boot with the tests' own.
//!
//! All of that is fetched once. The script is a blob: a worker that starts asks neither the network nor the page's
//! service worker for anything.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::future::{FutureExt, LocalBoxFuture, Shared, try_join};
use js_sys::{Array, WebAssembly};
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, BlobPropertyBag, Response, Url, window};

use super::spawn::{SpawnError, words};

/// What boots a worker, whatever its glue.
const BOOT: &str = include_str!("worker.js");

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
    /// Its first message: the compiled module, and where the glue is that does not stand in the script.
    pub boot: JsValue,
}

impl Kit {
    fn new(glue: &str, boot: &Array) -> Result<Self, JsValue> {
        let options = BlobPropertyBag::new();
        options.set_type("text/javascript");
        let script = Blob::new_with_str_sequence_and_options(&Array::of2(&glue.into(), &BOOT.into()), &options)?;
        Ok(Self { script: Url::create_object_url_with_blob(&script)?, boot: boot.into() })
    }
}

impl Drop for Kit {
    fn drop(&mut self) {
        let _ = Url::revoke_object_url(&self.script);
    }
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
    let kit = match name() {
        Some(name) => of_lanes(&name).await,
        None => Kit::new("", &Array::of2(&wasm_bindgen::module(), &GLUE.with(String::clone).into())),
    };
    kit.map(Rc::new).map_err(|error| SpawnError::Refused(words(&error)))
}

/// The lanes' own.
async fn of_lanes(name: &str) -> Result<Kit, JsValue> {
    let (glue, module) = try_join(text(&format!("{name}.js")), compile(&format!("{name}_bg.wasm"))).await?;
    Kit::new(&glue, &Array::of1(&module))
}

/// The whole address of the lanes' own files, without what follows their name.
fn name() -> Option<String> {
    let document = window()?.document()?;
    let name = document.document_element()?.get_attribute(NAMED_BY).filter(|name| !name.is_empty())?;
    Url::new_with_base(&name, &document.base_uri().ok()??).ok().map(|address| address.href())
}

async fn text(address: &str) -> Result<String, JsValue> {
    let text = JsFuture::from(get(address).await?.text()?).await?;
    Ok(text.as_string().unwrap_or_default())
}

/// From the bytes as a whole: not every static host knows the type of wasm, which a stream would need.
async fn compile(address: &str) -> Result<JsValue, JsValue> {
    let bytes = JsFuture::from(get(address).await?.array_buffer()?).await?;
    JsFuture::from(WebAssembly::compile(&bytes)).await
}

async fn get(address: &str) -> Result<Response, JsValue> {
    let Some(window) = window() else { return Err(js_sys::Error::new("there is no page").into()) };
    let answer: Response = JsFuture::from(window.fetch_with_str(address)).await?.dyn_into()?;
    if answer.ok() { Ok(answer) } else { Err(js_sys::Error::new(&format!("{address}: {}", answer.status())).into()) }
}
