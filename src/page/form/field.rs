//! A text field with its label, and what is wrong with what stands in it.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What is said beneath a field.
#[derive(Clone, PartialEq)]
pub enum Said {
    /// What may be put in.
    Hint(&'static str),
    /// What of the link was not taken.
    Notice(String),
    /// Why what stands there can't be read.
    Error(String),
}

#[derive(PartialEq, Properties)]
pub struct Props {
    pub id: String,
    pub label: &'static str,
    pub value: String,
    pub said: Said,
    /// Told of every change.
    pub put: Callback<String>,
}

#[component]
pub fn TextField(props: &Props) -> Html {
    let Props { id, label, value, said: words, put } = props;
    let note = format!("{id}-note");
    let invalid = matches!(words, Said::Error(_)).then_some("true");
    html! {
        <div class="field">
            <label for={id.clone()}>{ *label }</label>
            <input id={id.clone()} type="text" inputmode="decimal" value={value.clone()} spellcheck="false"
                aria-invalid={invalid} aria-describedby={note.clone()} oninput={typed(put)} />
            { said(&note, words) }
        </div>
    }
}

/// What is said beneath a field or a group of them.
pub fn said(id: &str, said: &Said) -> Html {
    let (class, words) = match said {
        Said::Hint(words) => ("note muted", *words),
        Said::Notice(words) => ("note told", words.as_str()),
        Said::Error(words) => ("note error", words.as_str()),
    };
    html! { <p id={id.to_owned()} {class}>{ words.to_owned() }</p> }
}

/// Tells the text of a field as it changes.
pub fn typed(put: &Callback<String>) -> Callback<InputEvent> {
    put.reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value())
}
