//! The button that copies the link to what is set up, and shows it where it can't be copied.

use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::browser;
use super::effects::{Copied, copy, use_copied};

#[derive(PartialEq, Properties)]
pub struct Props {
    /// The canonical link, a query.
    pub link: String,
}

#[component]
pub fn ShareButton(props: &Props) -> Html {
    // Where the browser doesn't let the page copy, the user does, from the address.
    let shared = use_copied();
    let address = browser::path() + &props.link;
    let onclick = {
        let (shared, address) = (shared.clone(), address.clone());
        Callback::from(move |_: MouseEvent| {
            let (shared, address) = (shared.clone(), address.clone());
            spawn_local(async move { shared.set(copy(&address).await) });
        })
    };
    let close = {
        let shared = shared.clone();
        move |_: MouseEvent| {
            shared.set(Copied::NotYet);
            browser::focus("share");
        }
    };
    html! {
        <div class="share">
            <button type="button" id="share" data-action="share" {onclick} title="Copy the link to this workload">
                { if *shared == Copied::Yes { "Link copied" } else { "Share" } }
            </button>
            <span class="hidden-text" role="status">
                { if *shared == Copied::Yes { "The link is copied." } else { "" } }
            </span>
            if *shared == Copied::No {
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
