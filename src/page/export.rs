//! The menu that hands out what was measured, as files.

use std::rc::Rc;

use web_sys::Element;
use yew::prelude::*;

use super::browser;
use super::effects::{self, menus};
use super::state::{Compared, Over};
use crate::report::{Caption, csv, markdown, summaries};
use crate::trace::Record;

#[derive(PartialEq, Properties)]
pub struct Props {
    /// What there is to export.
    pub over: Option<Rc<Over>>,
    pub compared: Compared,
}

/// What a run can be handed out as.
#[derive(Clone, Copy, PartialEq)]
pub enum Format {
    Json,
    Markdown,
    Csv,
}

impl Format {
    const ALL: [Self; 3] = [Self::Json, Self::Markdown, Self::Csv];

    const fn id(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Csv => "csv",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Json => "Everything, as JSON",
            Self::Markdown => "The table, as Markdown",
            Self::Csv => "The table, as CSV",
        }
    }

    /// The file's name and its media type.
    const fn file(self) -> (&'static str, &'static str) {
        match self {
            Self::Json => ("interleave.json", "application/json"),
            Self::Markdown => ("interleave.md", "text/markdown"),
            Self::Csv => ("interleave.csv", "text/csv"),
        }
    }

    /// What was measured, with what all runs of it came to.
    pub fn write(self, over: &Over, compared: &Compared) -> Option<String> {
        let records: Vec<&Record> = over.records.iter().map(Rc::as_ref).collect();
        let workload = &over.conditions.workload;
        let pinned = compared.pinned.as_ref();
        let table = || {
            let mut table = summaries(&records, workload, |mode| compared.repeated(mode));
            for summary in &mut table {
                summary.pinned = pinned.and_then(|pinned| pinned.time(summary.mode));
            }
            table
        };
        match self {
            Self::Json => effects::results(over).to_json().ok().and_then(|json| browser::indented(&json)),
            Self::Markdown => {
                let (sentence, address) = (over.sentence(), browser::path() + &over.link);
                let pinned = pinned.map(|pinned| pinned.sentence.as_str());
                Some(markdown(&table(), Caption { sentence: &sentence, address: &address, pinned }))
            }
            Self::Csv => Some(csv(&table())),
        }
    }
}

#[component]
pub fn ExportMenu(props: &Props) -> Html {
    let menu = use_node_ref();
    let item = |format: Format| {
        let (over, compared, menu) = (props.over.clone(), props.compared.clone(), menu.clone());
        let onclick = move |_: MouseEvent| {
            let (name, media_type) = format.file();
            if let Some(text) = over.as_ref().and_then(|over| format.write(over, &compared)) {
                let _ = browser::download(name, media_type, &text);
            }
            if let Some(menu) = menu.cast::<Element>() {
                menus::close_menu(&menu);
            }
        };
        html! { <li><button type="button" data-export={format.id()} {onclick}>{ format.words() }</button></li> }
    };
    html! {
        <details class="menu" ref={menu.clone()}>
            <summary class="button" data-action="export">{ "Export" }</summary>
            <div class="popover">
                if props.over.is_some() {
                    <ul>{ for Format::ALL.map(item) }</ul>
                } else {
                    <p class="small muted">{ "There is nothing to export yet: run something first." }</p>
                }
            </div>
        </details>
    }
}
