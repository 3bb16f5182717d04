//! The same workload as code, folded away below a mode's timeline. What is written is `crate::code`'s affair.

use std::rc::Rc;

use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::copy::CopyButton;
use super::state::{Action, Conditions};
use super::unfold::use_unfolded;
use crate::code::{Language, write};
use crate::workload::Mode;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub mode: Mode,
    pub conditions: Rc<Conditions>,
    pub language: Language,
    pub act: Act,
}

/// What folds the code out.
#[component]
pub fn CodeFold(props: &Props) -> Html {
    let (open, ontoggle) = use_unfolded();
    let Props { mode, conditions, language, act } = props;
    html! {
        <details class="as-code" {ontoggle}>
            <summary class="muted" data-action="code">
                { "As code" }<span class="hidden-text">{ format!(": {}", mode.name()) }</span>
            </summary>
            if open {
                <div class="views" role="group" aria-label={format!("Language of the code of {}", mode.name())}>
                    { for Language::ALL.map(|other| choice(other, *language, act)) }
                </div>
                { code(*mode, conditions, *language) }
            }
        </details>
    }
}

/// The button of a language. What is chosen is chosen for all modes.
fn choice(language: Language, chosen: Language, act: &Act) -> Html {
    let onclick = act.reform(move |_: MouseEvent| Action::Speak(language));
    let pressed = (language == chosen).to_string();
    html! { <button type="button" data-language={language.id()} aria-pressed={pressed} {onclick}>{ language.name() }</button> }
}

fn code(mode: Mode, conditions: &Conditions, language: Language) -> Html {
    let text: Rc<str> = match write(language, mode, &conditions.workload, &conditions.settings) {
        Ok(text) => text.into(),
        Err(why) => return html! { <p class="told" data-figure="no-code">{ why.to_string() }</p> },
    };
    let copied = {
        let text = Rc::clone(&text);
        Callback::from(move |()| text.to_string())
    };
    let save = {
        let text = Rc::clone(&text);
        move |_: MouseEvent| _ = browser::download(language.file(), language.media_type(), &text)
    };
    html! {
        <>
            // Focusable, since it scrolls.
            <pre class="scroll" tabindex="0" role="group" data-figure="code"
                aria-label={format!("{} as {}", mode.name(), language.name())}>
                <code>{ text }</code>
            </pre>
            <div class="code-foot">
                <p class="muted">{ language.how_to_run(mode) }</p>
                <CopyButton action="copy-code" words="Copy code" text={copied} or_else="The browser doesn’t let this page copy. Save the code, or select it." />
                <button type="button" data-action="save-code" onclick={save}>
                    { format!("Save {}", language.file()) }<span class="hidden-text">{ format!(", the code of {}", mode.name()) }</span>
                </button>
            </div>
        </>
    }
}
