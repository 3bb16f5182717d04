//! How real each mode is, and where it stops being so.

use yew::prelude::*;

use super::figures::{FROZEN, OVERHEAD, PREDICTED, SPEED_UP, START_UP};

/// How the panel begins.
const INTRODUCTION: &str = "A measured run is a run: real tasks, real waiting, real clocks, on your machine. What is only predicted is \
     drawn as an outline and never mixed with what was measured. What a browser can’t do for real is said here:";

/// What is said of each mode.
const MODES: [(&str, &str); 6] = [
    (
        "Sync",
        "One worker, in which sleep and block really hold the thread. Set “Sync and async run” to “both on the page” \
         and it runs on the page itself, which then freezes: that is what a blocking call does.",
    ),
    (
        "Async",
        "Rust futures on this page’s own event loop (or a worker’s, if you choose so). A block in an async task really \
         blocks the loop: the page stops drawing until it is over.",
    ),
    (
        "Threads",
        "Workers that wait in a pool and share one lock, passed on by CPython’s rule: who has waited 5 ms asks the \
         holder to let go; who sleeps or blocks lets go by itself. They don’t share all their memory, as Python’s \
         threads do: each still has its own WebAssembly instance.",
    ),
    (
        "Processes",
        "Fresh workers, each with its own WebAssembly instance and memory; messages are the only way in and out. \
         Starting them takes real time, and it is shown. The browser keeps them in one process of the system.",
    ),
    (
        "Offload",
        "An event loop in a worker that hands block, count and add to threads from the pool. It shares the lock with \
         them, as Python’s loop does: one thread for all calls, as with Django’s sync_to_async, or several.",
    ),
    (
        "Free threads",
        "Threads without the lock, as in free-threaded Python: all run at once, and when two add to the shared counter \
         at once, updates are really lost. Sharing it takes a page that is isolated; where this one isn’t, a mode that \
         would need it says so.",
    ),
];

/// What is said of the patterns on a timeline.
const STATES: [(&str, &str); 6] = [
    ("Running", "It has its lane, and the GIL where there is one."),
    ("Ready", "It could run, but another is before it."),
    ("Sleeping", "It waits the polite way of its mode: on a loop others run meanwhile, and a thread gives up the GIL."),
    ("Blocked", "It waits in a blocking call, which holds its thread and, on a loop, all other tasks too."),
    ("Waiting for the GIL", "It could run, but another thread has the lock that only one can have."),
    ("Starting", "Its worker is being started."),
];

/// What is said of the figures.
const FIGURES: [(&str, &str); 5] = [
    ("Predicted", PREDICTED),
    ("Start-up", START_UP),
    ("Overhead", OVERHEAD),
    ("Speed-up", SPEED_UP),
    ("Frozen", FROZEN),
];

/// What else is to be known.
const NOTES: [&str; 12] = [
    "Predictions take this machine’s cores and its speed as they are measured when the page opens, one core alone \
     and all at once. Below the modes you can ask about another machine: what is predicted then says so, and is \
     not compared with what is measured on this one.",
    "An order is called certain if the model allows no other, though a run be late by some milliseconds here and \
     there; a machine that is busy with something else may be later. Where it is open, any order can come, and \
     another run may print another one: so it is with threads and processes, of which the system wakes now this and \
     now that one first.",
    "All timelines show the same stretch of time. To look closer, use the buttons above them, turn the wheel with \
     Ctrl or ⌘ held, or spread two fingers; drag to move. Point at a stretch to read what it is. By keys, on a \
     timeline that has the focus: the arrows go from stretch to stretch and from row to row, Home and End to the \
     ends of a row, W and S zoom, A and D move, 0 shows all.",
    "“By worker” gives each loop, thread or process a row in place of each task: tasks that queue for one stand \
     there one behind the other, and a stretch in which several have less than half each is grey. Who only waits \
     for a turn takes up no worker, and who sleeps on a loop leaves it to others; a thread waits along with its \
     task. “As a table”, below each timeline, tells the stretches of what is seen of it, the first 10,000 of \
     many.",
    "“Replay” goes through what is shown again, with no other run: play it as slowly as you like, drag the \
     playhead, or go event by event, and each mode says how it stood at that moment. On a timeline that has the \
     focus: Space plays and pauses, comma and full stop go back and on by one event. Escape ends it.",
    "The line below the workload is the page’s heartbeat: it grows while a run goes on, mode by mode, and is \
     broken by a block where the page could not draw, as long as it could not. Beside workers the page draws only \
     now and then, so as not to disturb them; that is no break.",
    "“Skip”, on a mode that runs before others, ends it there, and the next one begins. Stop, or Escape, ends the \
     whole run. Either way what was printed until then stays.",
    "What you change in the form can be undone with its buttons, or in the form with Ctrl+Z or ⌘+Z, and redone \
     with Shift besides. While you type in a field, that key is the field’s own.",
    "A long output scrolls in its box, by keys too when it has the focus. Find takes a part of a text, or a \
     task’s number; Enter goes to the next line found, Shift and Enter to the one before. “Copy output” copies \
     the lines alone, as a terminal would show them. A line that is pointed at is marked on the timeline, and \
     lines are marked that were printed in the stretch that is pointed at there. By keys, on an output that has \
     the focus: left and right go from line to line, and the timelines follow. “Times” shows when each line was \
     printed, from the start of its mode, or leaves that out.",
    "“Guess first” hides the predictions until a mode has run, so that you can say beforehand what it prints and \
     how long it takes. Of an order that is open any is right that the model allows; a time is right within 5 % \
     or 50 ms, with the start-up or without it.",
    "“As code” is the same workload in Python, Django, JavaScript or Rust, with the same waits. As many \
     iterations of count and add take many times as long in CPython as here.",
    "Times are as exact as this browser’s clock, which browsers coarsen on purpose: how exact that is here stands \
     below the table. A hidden tab has slow timers; a run that was hidden says so.",
];

/// The panel.
pub fn help() -> Html {
    let one = |(name, words): (&'static str, &'static str)| html! { <><dt>{ name }</dt><dd>{ words }</dd></> };
    let brief = |(name, words): (&'static str, &'static str)| html! { <div><dt>{ name }</dt><dd>{ words }</dd></div> };
    html! {
        <details class="help">
            <summary><h2>{ "How real is this?" }</h2></summary>
            <p>{ INTRODUCTION }</p>
            <dl>{ for MODES.map(one) }</dl>
            <p>{ "What a task is doing:" }</p>
            <dl class="brief">{ for STATES.map(brief) }</dl>
            <p>{ "The figures of a mode:" }</p>
            <dl class="brief">{ for FIGURES.map(brief) }</dl>
            { for NOTES.map(|note| html! { <p>{ note }</p> }) }
        </details>
    }
}
