//! What is said to screen readers when a run has ended.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub text: String,
}

#[component]
pub fn Live(props: &Props) -> Html {
    html! { <p class="hidden-text" role="status" aria-live="polite" data-announcement="">{ props.text.clone() }</p> }
}
