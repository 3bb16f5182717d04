//! How real each mode is, and where it stops being so.

use yew::prelude::*;

use super::figures::{FROZEN, OVERHEAD, PREDICTED, SPEED_UP, START_UP};
use super::unfold::use_unfolded;

/// How the panel begins.
const INTRODUCTION: &str = "What is measured is real: real tasks, real waits and real clocks, on your machine. What is only \
     predicted is drawn as an outline, and never mixed with what was measured. What a browser can’t do for real is said \
     below.";

/// What is said of each mode.
const MODES: Pairs<6> = [
    (
        "Sync",
        "One worker, whose thread sleep and block really hold. Set “Sync and async run” to “Both on this page”, and it \
         runs on the page itself, which then freezes: that is what a blocking call does.",
    ),
    (
        "Async",
        "Rust futures on this page’s own event loop, or on a worker’s if you choose. A block in an async task really \
         blocks the loop: the page can’t draw until it is over.",
    ),
    (
        "Threads",
        "Workers from a pool that share one lock, handed over by CPython’s rule: a thread that has waited 5 ms asks the \
         holder to let go, and one that sleeps or blocks lets go by itself. Unlike Python’s threads they don’t share all \
         their memory: each has its own WebAssembly instance.",
    ),
    (
        "Processes",
        "Fresh workers, each with its own WebAssembly instance and memory, reached by messages only. Starting them takes \
         real time, which is shown. To the operating system they are one process, the browser’s.",
    ),
    (
        "Offload",
        "An event loop in a worker that hands block, count and add to threads from the pool: to one thread, as Django’s \
         sync_to_async does, or to several. The loop and its threads share the lock, as in Python.",
    ),
    (
        "Free threads",
        "Threads without the lock, as in free-threaded Python: all run at once, and when two of them add to the shared \
         counter at the same time, updates are really lost. Only an isolated page can share that counter; on any other, a \
         mode that needs it says so.",
    ),
];

/// What is said of the patterns on a timeline.
const STATES: Pairs<6> = [
    ("Running", "It has its lane, and the GIL where there is one."),
    ("Ready", "It could run, but another task is ahead of it."),
    ("Sleeping", "It waits and lets others run: on a loop, the other tasks; under the GIL, the other threads."),
    ("Blocked", "It waits in a blocking call, which holds its thread and, on a loop, all other tasks too."),
    ("Waiting for the GIL", "It could run, but another thread holds the lock, which only one can have at a time."),
    ("Starting", "Its worker is being started."),
];

/// What is said of the figures.
const FIGURES: Pairs<5> = [
    ("Predicted", PREDICTED),
    ("Start-up", START_UP),
    ("Overhead", OVERHEAD),
    ("Speed-up", SPEED_UP),
    ("Frozen", FROZEN),
];

/// What is said of the rest of the page.
const NOTES: Pairs<12> = [
    (
        "Predictions",
        "They use this machine’s cores and its speed, measured when the page opens, with one core at work and with all of \
         them. Below the modes you can ask about another machine; those predictions are marked, and not compared with \
         what is measured on this one.",
    ),
    (
        "Order",
        "It is called certain if the model allows no other, even when tasks run some milliseconds late; on a machine that \
         is busy with something else they may be later still. Where it is open, each run may print in another order. \
         Threads and processes are like that: the system wakes now one of them first, now another.",
    ),
    (
        "Timeline",
        "All modes share one axis. Zoom with the buttons, with the wheel while you hold Ctrl or ⌘, or with two fingers; drag \
         to move. Point at a stretch to read what it is. “As a table” lists what is in view, up to 10,000 stretches.",
    ),
    (
        "By worker",
        "A row for each loop, thread or process in place of each task. Tasks that queue for a worker stand one behind \
         another; a stretch is grey where none of several tasks has half of it. A task that waits for its turn, or \
         sleeps on a loop, takes up no worker; one that sleeps in a thread does.",
    ),
    (
        "Replay",
        "Goes through what is shown once more, without another run: play it as slowly as you like, drag the playhead, or \
         step from event to event. Each mode says what it was doing at that moment.",
    ),
    (
        "Heartbeat",
        "The line below the workload grows during a run, mode by mode. Where the page could not draw, it is broken for as \
         long as that took. While workers run, the page draws only now and then, so as not to disturb them; that is \
         no break.",
    ),
    (
        "Skip and Stop",
        "“Skip” ends one mode and goes on with the next; Stop, or Escape, ends the whole run. What was printed until then \
         stays.",
    ),
    (
        "Output",
        "Find takes a part of a text, or a task’s number; Enter goes to the next line found, Shift+Enter to the one \
         before. Point at a line to see where it is on the timeline, or at a stretch of the timeline to see what was \
         printed in it. “Copy output” copies the lines as a terminal would show them. “Times” shows when each was printed, \
         from the start of its mode.",
    ),
    (
        "Guess first",
        "Hides the predictions until a mode has run, so that you can say first what it prints and how long it takes. Where \
         the order is open, any that the model allows is right. A time is right within 5 % or 50 ms, with the \
         start-up or without.",
    ),
    (
        "As code",
        "The same workload in Python, Django, JavaScript or Rust, with the same waits. CPython takes many times as long as \
         this page for the same number of iterations of count or add.",
    ),
    (
        "Share",
        "Copies a link to just what you see; and from its menu, the code of a frame that shows it in an article.",
    ),
    (
        "Times",
        "They are as exact as this browser’s clock, which browsers make coarse on purpose: how exact it is stands below the \
         table. Timers are slow in a hidden tab; a run that was hidden says so.",
    ),
];

/// What keys do, where, beside those of any form.
const KEYS: Pairs<4> = [
    ("Anywhere", "Escape ends a run, or a replay."),
    (
        "In the form",
        "Ctrl+Z or ⌘+Z undoes the last change, and redoes it with Shift. While you type in a field, these are the field’s \
         own.",
    ),
    (
        "On a timeline",
        "The arrows go from stretch to stretch and from row to row, Home and End to the ends of a row. W and S zoom, A and D \
         move, 0 shows all. Space plays and pauses a replay; comma and full stop go back and on by one event.",
    ),
    ("On an output", "Left and right go from line to line, and the timelines follow. Up and down scroll."),
];

/// Names, and what is said of them.
type Pairs<const COUNT: usize> = [(&'static str, &'static str); COUNT];

/// The panel. It is made when it is unfolded.
#[component]
pub fn Help() -> Html {
    let (open, ontoggle) = use_unfolded();
    html! {
        <details class="help" {ontoggle}>
            <summary><h2>{ "How real is this?" }</h2></summary>
            if open { { words() } }
        </details>
    }
}

fn words() -> Html {
    html! {
        <>
            <p>{ INTRODUCTION }</p>
            { list("Modes", &MODES) }
            { list("What a task is doing", &STATES) }
            { list("The figures of a mode", &FIGURES) }
            { list("On the page", &NOTES) }
            { list("Keys", &KEYS) }
        </>
    }
}

fn list(title: &'static str, pairs: &[(&'static str, &'static str)]) -> Html {
    html! {
        <>
            <h3>{ title }</h3>
            <dl>{ for pairs.iter().map(|(name, words)| html! { <div><dt>{ *name }</dt><dd>{ *words }</dd></div> }) }</dl>
        </>
    }
}
