//! The button that copies an output as a terminal would show it, and hands it out as a file where it can't be copied.

use std::future::poll_fn;
use std::task::Poll;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::page::browser;
use crate::page::effects::{Copied, copy as copy_text, in_pieces, use_copied};
use crate::page::state::Card;
use crate::report::Written;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
}

#[component]
pub fn Copy(props: &Props) -> Html {
    let copied = use_copied();
    let name = props.card.mode.name();
    let copy = {
        let (card, copied) = (props.card.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            let (card, copied) = (card.clone(), copied.clone());
            spawn_local(async move {
                copied.set(Copied::Working);
                let text = written(&card).await;
                copied.set(copy_text(&text).await);
            });
        })
    };
    let save = {
        let (card, copied) = (props.card.clone(), copied.setter());
        Callback::from(move |_: MouseEvent| {
            let (card, copied) = (card.clone(), copied.clone());
            spawn_local(async move {
                let name = format!("interleave-{}.txt", card.mode);
                let _ = browser::download(&name, "text/plain", &written(&card).await);
                copied.set(Copied::NotYet);
            });
        })
    };
    let words = match *copied {
        Copied::NotYet | Copied::No => "Copy output",
        Copied::Working => "Copying …",
        Copied::Yes => "Output copied",
    };
    let said = match *copied {
        Copied::Yes => format!("The output of {name} is copied."),
        Copied::No => {
            "The browser doesn’t let this page copy. Take the output as a file, or open the page by itself.".to_owned()
        }
        Copied::NotYet | Copied::Working => String::new(),
    };
    let class = if *copied == Copied::No { "small error" } else { "hidden-text" };
    html! {
        // As long as nothing was printed, its place is kept.
        <div class={classes!("copy", props.card.trace().is_none_or(|trace| trace.output_total() == 0).then_some("overtaken"))}>
            <span {class} role="status">{ said }</span>
            if *copied == Copied::No {
                <button type="button" class="quiet" data-action="save-output" onclick={save}>{ "Save as a file" }</button>
            }
            <button type="button" class="quiet" data-action="copy-output" onclick={copy}
                title={format!("Copy the output of {name} as a terminal would show it")}>
                { words }<span class="hidden-text">{ format!(" of {name}") }</span>
            </button>
        </div>
    }
}

/// What was printed, as text: a little at a time, with the page free in between.
async fn written(card: &Card) -> String {
    let Some(trace) = card.trace() else { return String::new() };
    let mut written = Written::new(trace.clone(), &card.conditions.workload);
    let all = poll_fn(|_| if written.go_on() { Poll::Pending } else { Poll::Ready(()) });
    in_pieces(all, || true).await;
    written.text()
}
