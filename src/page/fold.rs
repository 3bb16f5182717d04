//! What stands beside the results where there is room, and folded away above them where there is not. Whether there
//! is room is the style sheet's to say.

use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Something in it needs the reader.
    pub must_open: bool,
    pub children: Html,
}

#[component]
pub fn Fold(props: &Props) -> Html {
    let opened = use_state(|| false);
    let open = *opened || props.must_open;
    let toggle = {
        let opened = opened.clone();
        move |_: MouseEvent| opened.set(!*opened)
    };
    html! {
        <div class={classes!("side", (!open).then_some("folded"))}>
            <button type="button" class="unfold" aria-expanded={open.to_string()} aria-controls="side" onclick={toggle}>
                { if open { "Hide the form" } else { "Change the workload" } }
            </button>
            <div id="side" class="inner">{ props.children.clone() }</div>
        </div>
    }
}
