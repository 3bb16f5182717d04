//! A button that copies a text, and says that it did; where the browser doesn't let it, what to do instead.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use super::effects::{Copied, copy, use_copied};

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

#[component]
pub fn CopyButton(props: &Props) -> Html {
    let copied = use_copied();
    let onclick = {
        let (copied, text) = (copied.setter(), props.text.clone());
        Callback::from(move |_: MouseEvent| {
            let (copied, text) = (copied.clone(), text.emit(()));
            spawn_local(async move { copied.set(copy(&text).await) });
        })
    };
    let (class, said) = match *copied {
        Copied::NotYet | Copied::Working => ("hidden-text", ""),
        Copied::Yes => ("hidden-text", "It is copied."),
        Copied::No => ("small error", props.or_else),
    };
    html! {
        <>
            <button type="button" data-action={props.action} {onclick}>
                { if *copied == Copied::Yes { "Copied" } else { props.words } }
            </button>
            <span {class} role="status">{ said }</span>
        </>
    }
}
