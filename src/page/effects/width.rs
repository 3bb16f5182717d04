//! The width of an element, as it changes.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, ResizeObserver};
use yew::prelude::*;

/// The width of an element in CSS pixels; zero before it is laid out.
#[hook]
pub fn use_width(node: &NodeRef) -> f64 {
    let width = use_state_eq(|| 0.0_f64);
    let now = *width;
    let (node, set) = (node.clone(), width.setter());
    use_effect_with((), move |()| {
        let watch = node.cast::<Element>().and_then(|element| {
            set.set(element.get_bounding_client_rect().width());
            let seen = element.clone();
            Watch::on(&element, move || set.set(seen.get_bounding_client_rect().width()))
        });
        move || drop(watch)
    });
    now
}

/// Watches the size of an element until it is dropped.
pub struct Watch {
    observer: ResizeObserver,
    _changed: Closure<dyn FnMut()>,
}

impl Watch {
    /// Calls `changed` whenever the size of the element has changed.
    pub fn on(element: &Element, changed: impl FnMut() + 'static) -> Option<Self> {
        let changed = Closure::<dyn FnMut()>::new(changed);
        let observer = ResizeObserver::new(changed.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Self { observer, _changed: changed })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
