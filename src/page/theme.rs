//! The button for the page's colours: as the system has them, light, dark.

use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::effects::theme::KEY;
use super::state::Action;
use crate::link::Theme;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub theme: Theme,
    pub act: Act,
}

#[component]
pub fn ThemeButton(props: &Props) -> Html {
    let (now, next) = match props.theme {
        Theme::Auto => ("Auto", Theme::Light),
        Theme::Light => ("Light", Theme::Dark),
        Theme::Dark => ("Dark", Theme::Auto),
    };
    let onclick = props.act.reform(move |_: MouseEvent| {
        browser::keep(KEY, next.id());
        Action::Theme(next)
    });
    html! {
        <button type="button" class="theme" data-action="theme" {onclick} title="Colours: as the system, light, dark">
            <span aria-hidden="true">{ "◐" }</span>
            <span class="hidden-text">{ "Colours: " }</span>
            <span class="word">{ now }</span>
        </button>
    }
}
