//! The menu of presets. Each is a link: opened here without a reload, and by the browser's own means in a new tab.

use web_sys::Element;
use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::effects::menus;
use super::state::Action;
use crate::link;
use crate::workload::{PRESETS, Preset};

#[derive(PartialEq, Properties)]
pub struct Props {
    pub act: Act,
}

#[component]
pub fn PresetMenu(props: &Props) -> Html {
    let menu = use_node_ref();
    let item = |preset: Preset| {
        let (act, menu) = (props.act.clone(), menu.clone());
        let onclick = move |event: MouseEvent| {
            if event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key() {
                return;
            }
            event.prevent_default();
            let reading = link::read(preset.link);
            let canonical = link::write(&reading.setup);
            // A step in the history: back brings what was set up before.
            if browser::query() != canonical {
                browser::push_query(&canonical);
            }
            act.emit(Action::Visit(reading));
            if let Some(menu) = menu.cast::<Element>() {
                menus::close_menu(&menu);
            }
        };
        html! {
            <li>
                <a href={preset.link} data-preset={preset.id} {onclick}>
                    <strong>{ preset.name }</strong>
                    <span class="small muted">{ preset.point }</span>
                </a>
            </li>
        }
    };
    html! {
        <details class="menu presets" ref={menu.clone()}>
            <summary class="button" data-action="presets">{ "Presets" }</summary>
            <div class="popover">
                <ul>{ for PRESETS.map(item) }</ul>
            </div>
        </details>
    }
}
