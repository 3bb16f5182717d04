//! What copies the link to what is set up, or the code that embeds it, and shows it where it can't be copied.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlTextAreaElement;
use yew::prelude::*;

use super::browser;
use super::effects::{Copied, copy};
use super::unfold::is_unfolded;
use crate::embed::code;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The canonical link, a query.
    pub link: String,
}

/// A menu that has copied the link by the time that it is open.
#[component]
pub fn ShareMenu(props: &Props) -> Html {
    let open = use_state_eq(|| false);
    let (link, frame) = (use_state_eq(|| Copied::NotYet), use_state_eq(|| Copied::NotYet));
    let address = browser::path() + &props.link;
    let ontoggle = {
        let (open, link, frame, address) = (open.setter(), link.setter(), frame.setter(), address.clone());
        Callback::from(move |event: Event| {
            let is_open = is_unfolded(&event);
            open.set(is_open);
            link.set(Copied::NotYet);
            frame.set(Copied::NotYet);
            if is_open {
                let (link, address) = (link.clone(), address.clone());
                spawn_local(async move { link.set(copy(&address).await) });
            }
        })
    };
    html! {
        <details class="menu share" {ontoggle}>
            <summary class="button" data-action="share" title="Copy the link to this workload">
                { if *link == Copied::Yes { "Link copied" } else { "Share" } }
            </summary>
            <div class="popover">
                if *open {
                    if *link == Copied::No { <Text id="share-address" label="Copy this link:" text={address.clone()} /> }
                    <p class="small" role="status">{ if *link == Copied::Yes { "The link is copied." } else { "" } }</p>
                    { embed(&address, &frame) }
                }
            </div>
        </details>
    }
}

/// What copies the code for an article.
fn embed(address: &str, copied: &UseStateHandle<Copied>) -> Html {
    let code = code::frame(address);
    let onclick = {
        let (copied, code) = (copied.setter(), code.clone());
        move |_: MouseEvent| {
            let (copied, code) = (copied.clone(), code.clone());
            spawn_local(async move { copied.set(copy(&code).await) });
        }
    };
    html! {
        <>
            <button type="button" data-action="copy-embed" {onclick}>
                { if **copied == Copied::Yes { "Code copied" } else { "Copy the code to embed it" } }
            </button>
            <p class="small muted">{ "A frame for your article, in which readers can run this." }</p>
            if **copied == Copied::No { <Text id="share-code" label="Copy this code:" text={code} /> }
            <span class="hidden-text" role="status">{ if **copied == Copied::Yes { "The code is copied." } else { "" } }</span>
        </>
    }
}

#[derive(PartialEq, Properties)]
struct TextProps {
    id: &'static str,
    label: &'static str,
    text: String,
}

/// A text that the user copies, since the browser doesn't let the page: selected, and ready for that.
#[component]
fn Text(props: &TextProps) -> Html {
    let TextProps { id, label, text } = props;
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlTextAreaElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    html! {
        <>
            <label for={*id}>{ *label }</label>
            <textarea id={*id} ref={field} rows="3" readonly=true value={text.clone()} />
        </>
    }
}
