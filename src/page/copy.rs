//! A button that copies a text, and says that it did; where the browser doesn't let it, what to do instead.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::browser;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The button's action, for scripts.
    pub action: &'static str,
    /// What is on the button.
    pub words: &'static str,
    /// Makes the text.
    pub text: Callback<(), String>,
    /// Where else the text can be had.
    pub or_else: &'static str,
}

/// How long the button says that it copied.
const SAID_FOR_MS: u32 = 2500;

#[component]
pub fn CopyButton(props: &Props) -> Html {
    let copied = use_state_eq(|| None::<bool>);
    let onclick = {
        let (copied, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.emit(()));
            spawn_local(async move { copied.set(Some(browser::copy(&text).await)) });
        })
    };
    use_effect_with((*copied, copied.setter()), |(now, copied)| {
        let copied = copied.clone();
        let back = (*now == Some(true)).then(|| Timeout::new(SAID_FOR_MS, move || copied.set(None)));
        move || drop(back)
    });
    let (class, said) = match *copied {
        None => ("hidden-text", ""),
        Some(true) => ("hidden-text", "It is copied."),
        Some(false) => ("small error", props.or_else),
    };
    html! {
        <>
            <button type="button" data-action={props.action} {onclick}>
                { if *copied == Some(true) { "Copied" } else { props.words } }
            </button>
            <span {class} role="status">{ said }</span>
        </>
    }
}
