//! The button that copies the link to what is set up, and shows it where it can't be copied.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::browser;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The canonical link, a query.
    pub link: String,
}

/// What came of sharing.
#[derive(Clone, Copy, PartialEq)]
enum Shared {
    NotYet,
    Copied,
    /// The browser doesn't let the page copy: the user does, from this address.
    ByHand,
}

/// How long the button says that the link is copied.
const SAID_FOR_MS: u32 = 2500;

#[component]
pub fn ShareButton(props: &Props) -> Html {
    let shared = use_state(|| Shared::NotYet);
    let address = browser::path() + &props.link;
    let onclick = {
        let (shared, address) = (shared.clone(), address.clone());
        Callback::from(move |_: MouseEvent| {
            let (shared, address) = (shared.clone(), address.clone());
            spawn_local(async move {
                let copied = browser::copy(&address).await;
                shared.set(if copied { Shared::Copied } else { Shared::ByHand });
            });
        })
    };
    use_effect_with((*shared, shared.setter()), |(now, shared)| {
        let shared = shared.clone();
        let back = (*now == Shared::Copied).then(|| Timeout::new(SAID_FOR_MS, move || shared.set(Shared::NotYet)));
        move || drop(back)
    });
    let close = {
        let shared = shared.clone();
        move |_: MouseEvent| {
            shared.set(Shared::NotYet);
            browser::focus("share");
        }
    };
    html! {
        <div class="share">
            <button type="button" id="share" data-action="share" {onclick} title="Copy the link to this workload">
                { if *shared == Shared::Copied { "Link copied" } else { "Share" } }
            </button>
            <span class="hidden-text" role="status">
                { if *shared == Shared::Copied { "The link is copied." } else { "" } }
            </span>
            if *shared == Shared::ByHand {
                <div class="popover">
                    <label for="share-address">{ "Copy this link:" }</label>
                    <AddressField {address} />
                    <button type="button" data-action="close-share" onclick={close}>{ "Close" }</button>
                </div>
            }
        </div>
    }
}

#[derive(PartialEq, Properties)]
struct AddressProps {
    address: String,
}

/// The address, selected and ready to be copied.
#[component]
fn AddressField(props: &AddressProps) -> Html {
    let field = use_node_ref();
    {
        let field = field.clone();
        use_effect_with((), move |()| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                let _ = field.focus();
                field.select();
            }
        });
    }
    html! { <input id="share-address" ref={field} type="text" readonly=true value={props.address.clone()} /> }
}
