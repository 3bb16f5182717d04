//! The head of the page: its name, and what can be done with what is shown.

use std::rc::Rc;

use yew::prelude::*;

use super::act::Act;
use super::export::ExportMenu;
use super::presets::PresetMenu;
use super::share::ShareMenu;
use super::state::{Compared, Over};
use super::theme::ThemeButton;
use crate::link::Theme;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// Whether the link has a title.
    pub titled: bool,
    /// The canonical link.
    pub link: String,
    /// The colours that are shown.
    pub theme: Theme,
    /// What there is to export.
    pub over: Option<Rc<Over>>,
    pub compared: Compared,
    pub act: Act,
}

#[component]
pub fn Header(props: &Props) -> Html {
    let Props { titled, link, theme, over, compared, act } = props;
    html! {
        <header class="head">
            // The page's heading, unless the link has a title for it.
            if *titled { <p class="brand">{ "Interleave" }</p> } else { <h1 class="brand">{ "Interleave" }</h1> }
            <div class="tools">
                <PresetMenu act={act.clone()} />
                <ShareMenu link={link.clone()} />
                <ExportMenu over={over.clone()} compared={compared.clone()} />
                <ThemeButton theme={*theme} act={act.clone()} />
            </div>
        </header>
    }
}
