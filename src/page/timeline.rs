//! The timeline of a mode: a canvas as wide as its card, told in words to who can't see it, and below it how the GIL is
//! shared. Who points at it, or goes through it by keys, is told each stretch. What is drawn is worked out in
//! `crate::timeline`, how in `canvas`.

use std::rc::Rc;

use web_sys::HtmlCanvasElement;
use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::canvas::{Drawing, Sketch};
use super::effects::{Drawn, Gesture, Pace, use_colours_changed, use_drawing, use_gestures, use_style, use_width};
use super::pointing::{At, Seen, Step};
use super::state::{Action, Card, Direction, Look, Replaying};
use crate::explain::Stretch;
use crate::link::Theme;
use crate::report::Scale;
use crate::timeline::{Pointed, Window};
use crate::workload::Micros;

#[derive(PartialEq, Properties)]
pub struct Props {
    pub card: Card,
    /// The part of the axis that is seen.
    pub seen: Window,
    /// The moment that is replayed.
    pub playhead: Option<Micros>,
    pub scale: Scale,
    /// Whether a run is going on.
    pub busy: bool,
    pub theme: Theme,
    /// A stretch that is spoken of.
    pub mark: Option<Stretch>,
    /// Told of the stretch that is pointed at.
    pub pointed: Callback<Option<Pointed>>,
    pub act: Act,
}

/// So much closer, or farther away, with each press of a key.
pub const CLOSER: f64 = 1.5;
/// So much of what is seen is moved with each press of a key.
const A_MOVE: f64 = 0.25;
/// Times of what is seen are told in milliseconds below this.
const SHORT: Micros = Micros(200_000);
/// A picture that takes longer is said to be on its way, in milliseconds.
const SOON: f64 = 250.0;

/// What is pointed at.
#[derive(Clone, Copy, PartialEq)]
struct Pointing {
    at: At,
    by_key: bool,
}

#[component]
pub fn Timeline(props: &Props) -> Html {
    let (area, canvas) = (use_node_ref(), use_node_ref());
    let width = use_width(&canvas);
    let sketch = use_memo((), |()| Sketch::default());
    let Shown { label, gil, is_late } = use_picture(props, &canvas, width, (*sketch).clone());
    let seen = Seen { card: props.card.clone(), window: props.seen, width, sketch: (*sketch).clone() };
    let (pointing, press, leave) = use_pointing(&area, &seen, &props.act, &props.pointed);
    let marked = use_place(props.mark.and_then(|stretch| seen.place(stretch)));
    let place = |Pointing { at: At { row, what }, .. }| seen.place_in(Some(row), what.from, what.to);
    let pointed = use_place(pointing.and_then(place));
    let ahead = use_place(props.playhead.map(|at| ahead(&seen, at)));
    let tip = use_place(pointing.map(|pointing| tip_place(&seen, pointing.at)));
    let words = pointing.map(|pointing| told(props, pointing.at)).unwrap_or_default();
    let spoken = if pointing.is_some_and(|pointing| pointing.by_key) { words.clone() } else { String::new() };
    let name = props.card.mode.name();
    html! {
        <>
            <div ref={area} class="timeline-box" tabindex="0" role="application" onkeydown={press} onblur={leave}
                aria-label={format!("Timeline of {name}")} aria-describedby="timeline-keys">
                <canvas ref={canvas} class="timeline" role="img" aria-label={label} />
                <p class="drawing small muted" hidden={!is_late} aria-hidden="true">{ "Drawing …" }</p>
                <div ref={ahead} class="ahead" />
                <div ref={marked} class="marked" />
                <div ref={pointed} class="pointed" />
                <p ref={tip} class="tip small" aria-hidden="true">{ words }</p>
            </div>
            <p class="hidden-text" aria-live="polite" data-figure="pointed">{ spoken }</p>
            if props.card.has_strip() {
                <p class="told small muted" data-figure="gil">{ gil.unwrap_or_default() }</p>
            } else {
                <p hidden=true />
            }
        </>
    }
}

/// What is pointed at by pointer or keys; what a key does, and what it does to leave.
#[hook]
fn use_pointing(
    area: &NodeRef,
    seen: &Seen,
    act: &Act,
    told: &Callback<Option<Pointed>>,
) -> (Option<Pointing>, Callback<KeyboardEvent>, Callback<FocusEvent>) {
    let pointing = use_state_eq(|| None::<Pointing>);
    // Several keys may come before the page is drawn anew.
    let latest = use_mut_ref(|| None::<Pointing>);
    let point = {
        let (latest, set, told) = (Rc::clone(&latest), pointing.setter(), told.clone());
        move |to: Option<Pointing>| {
            latest.replace(to);
            told.emit(to.map(|to| to.at.what));
            set.set(to);
        }
    };
    // It belongs to what is drawn.
    use_effect_with((seen.card.basis(), seen.card.by), {
        let point = point.clone();
        move |_| point(None)
    });
    use_gestures(area, {
        let (seen, act, point) = (seen.clone(), act.clone(), point.clone());
        Callback::from(move |gesture| match gesture {
            Gesture::Zoom { times, x } => act.emit(Action::Look(Look::Zoom { times, about: seen.part(x) })),
            Gesture::Push(by) => act.emit(Action::Look(Look::Move(-by / seen.stretch_of_axis()))),
            Gesture::Point { x, y } => point(seen.at(x, y).map(|at| Pointing { at, by_key: false })),
            Gesture::Leave => point(None),
        })
    });
    let press = {
        let (seen, act, point) = (seen.clone(), act.clone(), point.clone());
        Callback::from(move |event: KeyboardEvent| {
            let now = *latest.borrow();
            let Some(pressed) = pressed(&event, &seen, now) else { return };
            event.prevent_default();
            match pressed {
                Pressed::Look(look) => act.emit(Action::Look(look)),
                Pressed::Replay(replaying) => act.emit(Action::Replay(replaying)),
                Pressed::To(at) => {
                    point(Some(Pointing { at, by_key: true }));
                    act.emit(Action::Look(Look::Show(at.what.from, at.what.to)));
                }
            }
        })
    };
    (*pointing, press, Callback::from(move |_| point(None)))
}

/// What is on the canvas.
struct Shown {
    /// In words.
    label: String,
    /// How the GIL is shared.
    gil: Option<String>,
    /// Whether what should be there takes long to be drawn.
    is_late: bool,
}

/// Draws the timeline whenever it changes.
#[hook]
fn use_picture(props: &Props, canvas: &NodeRef, width: f64, sketch: Sketch) -> Shown {
    {
        let canvas = canvas.clone();
        // At once, while what is drawn waits for a frame: so nothing below it moves.
        use_effect_with(props.card.sizes().height(), move |height| {
            if let Some(canvas) = canvas.cast::<HtmlCanvasElement>() {
                let _ = canvas.style().set_property("height", &format!("{height}px"));
            }
        });
    }
    let colours = use_colours_changed();
    use_effect_with((props.theme, colours), {
        let sketch = sketch.clone();
        move |_| sketch.forget_shots()
    });
    let label = use_state_eq(|| format!("Timeline of {}.", props.card.mode.name()));
    let (gil, is_late) = (use_state_eq(|| None::<String>), use_state_eq(|| false));
    let (canvas, card, seen) = (canvas.clone(), props.card.clone(), props.seen);
    let (set_label, set_gil, set_late) = (label.setter(), gil.setter(), is_late.setter());
    let (mut drawing, mut since) = (None, None);
    let pace = if props.busy { Pace::BesideARun } else { Pace::Brisk };
    use_drawing((card.clone(), seen, props.theme, width, colours), pace, move |until| {
        let Some(canvas) = canvas.cast::<HtmlCanvasElement>() else { return Drawn::Whole };
        let drawing = drawing.get_or_insert_with(|| Drawing::new(card.clone(), seen, width, sketch.clone()));
        let drawn = drawing.go_on(&canvas, until);
        let since = *since.get_or_insert_with(browser::now);
        set_late.set(drawn == Drawn::InPart && browser::now() - since > SOON);
        if drawn == Drawn::Whole {
            set_label.set(drawing.label());
            set_gil.set(drawing.gil_words());
        }
        drawn
    });
    Shown { label: (*label).clone(), gil: (*gil).clone(), is_late: *is_late }
}

/// An element that is placed by this style, or not seen.
#[hook]
fn use_place(style: Option<String>) -> NodeRef {
    use_style(style.unwrap_or_else(|| "display: none".to_owned()))
}

/// What a key does.
enum Pressed {
    Look(Look),
    Replay(Replaying),
    To(At),
}

fn pressed(event: &KeyboardEvent, seen: &Seen, now: Option<Pointing>) -> Option<Pressed> {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return None;
    }
    let at = now.map(|now| now.at);
    let to = |step| seen.step(at, step).map(Pressed::To);
    // Closer to what is pointed at.
    let about = at.map_or(0.5, |at| seen.part_of(at.what.from).clamp(0.0, 1.0));
    let look = |look| Some(Pressed::Look(look));
    match event.key().as_str() {
        "ArrowLeft" => to(Step::Left),
        "ArrowRight" => to(Step::Right),
        "ArrowUp" => to(Step::Up),
        "ArrowDown" => to(Step::Down),
        "Home" => to(Step::First),
        "End" => to(Step::Last),
        "w" | "W" | "+" => look(Look::Zoom { times: CLOSER, about }),
        "s" | "S" | "-" => look(Look::Zoom { times: 1.0 / CLOSER, about }),
        "a" | "A" => look(Look::Move(-A_MOVE)),
        "d" | "D" => look(Look::Move(A_MOVE)),
        "0" | "f" | "F" => look(Look::Fit),
        " " => Some(Pressed::Replay(Replaying::Toggle)),
        "," => Some(Pressed::Replay(Replaying::Step(Direction::Back))),
        "." => Some(Pressed::Replay(Replaying::Step(Direction::Forward))),
        _ => None,
    }
}

/// How times are told of what is seen.
pub fn scale_of(seen: Window, scale: Scale) -> Scale {
    if seen.length() < SHORT { Scale::Milliseconds } else { scale }
}

/// The stretch in words.
fn told(props: &Props, at: At) -> String {
    let scale = scale_of(props.seen, props.scale);
    let words = at.what.words(scale, props.card.mode);
    match props.card.trace() {
        Some(_) => words,
        None => format!("Predicted. {words}"),
    }
}

/// Over all that is to come at the moment that is replayed.
fn ahead(seen: &Seen, at: Micros) -> String {
    let left = seen.left(seen.part_of(at).clamp(0.0, 1.0));
    // At the very end it is within the picture too.
    format!("left: min({left}, 100% - 2px); height: {}px", seen.sizes().floor())
}

/// Above the row, as far to the right as the stretch begins, and wholly within the card.
fn tip_place(seen: &Seen, at: At) -> String {
    let sizes = seen.sizes();
    let part = seen.part_of(at.what.from).clamp(0.0, 1.0);
    let bottom = sizes.height() - f64::from(at.row) * sizes.pitch + 4.0;
    // Pushed back by as much of its own width as it is to the right.
    let left = seen.left(part);
    format!("left: {left}; bottom: {bottom}px; transform: translateX(-{}%)", part * 100.0)
}
