//! The points of a sweep as a table: what the plot shows, for everybody.

use yew::prelude::*;

use crate::page::state::Sweep;
use crate::report::sweep::{HEADS, cells};

/// The table of all points.
pub fn table(sweep: &Sweep) -> Html {
    let is_number = |column: usize| (1..5).contains(&column);
    let class = |column| is_number(column).then_some("number");
    let row = |row: [String; 6]| {
        let cell = |(column, cell): (usize, String)| match column {
            0 => html! { <th scope="row">{ cell }</th> },
            5 => html! { <td class="why">{ cell }</td> },
            _ => html! { <td class="number">{ cell }</td> },
        };
        html! { <tr key={format!("{} {}", row[0], row[1])}>{ for row.into_iter().enumerate().map(cell) }</tr> }
    };
    html! {
        // Focusable, since it scrolls.
        <div class="scroll" tabindex="0" role="group" aria-label="Table of the sweep">
            <table>
                <thead>
                    <tr>{ for HEADS.into_iter().enumerate().map(|(column, head)| html! {
                        <th scope="col" class={class(column)}>{ head }</th>
                    }) }</tr>
                </thead>
                <tbody>{ for cells(&sweep.points).into_iter().map(row) }</tbody>
            </table>
        </div>
    }
}
