//! A text field with its label, and what is wrong with what stands in it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub id: String,
    pub label: &'static str,
    pub value: String,
    /// What may be put in.
    pub hint: &'static str,
    /// What is wrong, or was in the link.
    pub said: Option<String>,
    /// Whether what stands there can't be read.
    pub is_wrong: bool,
    /// Told of every change.
    pub put: Callback<String>,
}

#[component]
pub fn TextField(props: &Props) -> Html {
    let Props { id, label, value, hint, said, is_wrong, put } = props;
    let note = format!("{id}-note");
    html! {
        <div class="field">
            <label for={id.clone()}>{ *label }</label>
            <input id={id.clone()} type="text" inputmode="decimal" value={value.clone()} spellcheck="false"
                aria-invalid={is_wrong.then_some("true")} aria-describedby={note.clone()} oninput={typed(put)} />
            { field_note(&note, said.as_deref(), hint) }
        </div>
    }
}

/// What is said beneath a field: what is wrong, else what may be put in.
pub fn field_note(id: &str, said: Option<&str>, hint: &str) -> Html {
    let class = if said.is_some() { "note error" } else { "note muted" };
    html! { <p id={id.to_owned()} {class}>{ said.unwrap_or(hint).to_owned() }</p> }
}

/// Tells the text of a field as it changes.
pub fn typed(put: &Callback<String>) -> Callback<InputEvent> {
    put.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}
