//! The embedded view's part in the conversation with its parent: obeys it, and tells it what happens.

use std::cell::RefCell;
use std::rc::Rc;

use yew::prelude::*;

use super::Page;
use super::machine::environment;
use super::outbox::{Mail, Outbox};
use super::width::Watch;
use crate::embed::listener::Parent;
use crate::embed::message::{EmbedError, FromParent, Id, Received, ToParent};
use crate::link;
use crate::page::browser;
use crate::page::state::{Action, Over};
use crate::report::Results;
use crate::trace::RunId;

/// Progress is told at most so often, in milliseconds.
const PROGRESS_MS: f64 = 200.0;

/// What is to be answered later.
#[derive(Default)]
struct Owed {
    /// The id of the message that a run was asked for by, or else was stopped by.
    run: Option<(RunId, Id)>,
    /// Answers that come after what their message brought about.
    answers: Vec<(ToParent, Option<Id>)>,
    /// When progress was told last, and of which run's which mode.
    progress: Option<(RunId, crate::workload::Mode, f64)>,
}

/// Talks with the parent, if this is the embedded view in a frame.
#[hook]
pub fn use_embed(page: &Page) {
    let parent = use_memo((), |()| Parent::of_this_frame().filter(|_| page.embedded).map(Outbox::new));
    let owed = use_memo((), |()| RefCell::new(Owed::default()));
    use_listening(page, &parent, &owed);
    use_height(page, &parent);
    use_telling(page, &parent, &owed);
}

/// Obeys the parent's messages.
#[hook]
fn use_listening(page: &Page, parent: &Rc<Option<Rc<Outbox>>>, owed: &Rc<RefCell<Owed>>) {
    let (page, parent, owed) = (page.clone(), Rc::clone(parent), Rc::clone(owed));
    use_effect_with((), move |()| {
        let listener = parent.as_ref().clone().map(|parent| {
            let answer = parent.clone();
            // The handle is only cloned, never looked into: it would keep all states it has seen.
            let listener = parent.parent().listen(move |received| obey(&page, &answer, &owed, received));
            parent.say(ready(), None);
            listener
        });
        move || drop(listener)
    });
}

fn ready() -> ToParent {
    let environment = environment();
    ToParent::ready(environment.isolated, environment.cores)
}

fn obey(page: &Page, parent: &Rc<Outbox>, owed: &RefCell<Owed>, received: Received) {
    let Received { id, asked } = received;
    let refuse = |error: &EmbedError| parent.say(ToParent::error(error), id.clone());
    match asked {
        Err(error) => refuse(&error),
        Ok(FromParent::Hello) => parent.say(ready(), id),
        Ok(FromParent::Load { link }) => {
            let reading = link::read(link::query_of(&link));
            let loaded = ToParent::Loaded { link: link::write(&reading.setup), notices: reading.notices.clone() };
            owed.borrow_mut().answers.push((loaded, id));
            page.dispatch(Action::Load(reading));
        }
        Ok(FromParent::Run { .. }) if page.clone().going.is_some() => refuse(&EmbedError::Busy),
        Ok(FromParent::Run { .. }) if !page.clone().errors.is_empty() => parent.say(form_is_wrong(), id),
        Ok(FromParent::Run { modes }) => {
            let modes = modes.unwrap_or_else(|| page.clone().setup.modes.clone());
            page.dispatch(Action::Run(modes.to_vec()));
            let run = page.clone().going.as_ref().map(|going| going.id);
            owed.borrow_mut().run = run.zip(id);
        }
        Ok(FromParent::Cancel) => {
            if let Some(going) = &page.clone().going {
                let mut owed = owed.borrow_mut();
                let is_owed = owed.run.as_ref().is_some_and(|(run, _)| *run == going.id);
                owed.run = if is_owed { owed.run.take() } else { id.map(|id| (going.id, id)) };
            }
            page.dispatch(Action::Stop);
        }
    }
}

fn form_is_wrong() -> ToParent {
    let message = "A field of the frame's form can't be read, so nothing was run. Correct it, or load a link.";
    ToParent::Error { message: message.to_owned() }
}

/// Tells the parent how high the content is, once what is predicted has its room in it.
#[hook]
fn use_height(page: &Page, parent: &Rc<Option<Rc<Outbox>>>) {
    let parent = Rc::clone(parent);
    let settled = use_mut_ref(|| false);
    let is_settled = *settled.borrow() || page.going.is_some() || page.to_forecast().is_empty();
    *settled.borrow_mut() = is_settled;
    use_effect_with(is_settled, move |is_settled| {
        let app = browser::document().filter(|_| *is_settled);
        let app = app.and_then(|document| document.get_element_by_id("app"));
        let watch = parent.as_ref().clone().zip(app).and_then(|(parent, app)| {
            let (element, last) = (app.clone(), std::cell::Cell::new(0.0));
            let tell = move || {
                let height = element.get_bounding_client_rect().height().ceil();
                if last.replace(height).to_bits() != height.to_bits() {
                    parent.say(ToParent::Height { height }, None);
                }
            };
            tell();
            Watch::on(&app, tell)
        });
        move || drop(watch)
    });
}

/// Tells the parent of runs, and what it is owed.
#[hook]
fn use_telling(page: &Page, parent: &Rc<Option<Rc<Outbox>>>, owed: &Rc<RefCell<Owed>>) {
    let going = page.going.as_ref().and_then(|going| {
        let current = going.current.as_ref()?;
        Some((going.id, current.mode, current.trace.tasks_ended(), going.conditions.workload.tasks.get()))
    });
    {
        let (parent, owed) = (Rc::clone(parent), Rc::clone(owed));
        use_effect_with(going, move |going| {
            if let (Some(parent), Some((run, mode, done, tasks))) = (parent.as_ref(), *going) {
                let mut owed = owed.borrow_mut();
                if owed.is_progress_due(run, mode) {
                    parent.say(ToParent::Progress { mode, done, tasks }, owed.id_of(run).cloned());
                }
            }
        });
    }
    let (parent, owed) = (Rc::clone(parent), Rc::clone(owed));
    let (over, page_over) = (page.over.as_ref().map(|over| over.id), page.over.clone());
    {
        let (parent, owed) = (Rc::clone(&parent), Rc::clone(&owed));
        use_effect_with(over, move |_| {
            if let (Some(parent), Some(over)) = (parent.as_ref(), page_over) {
                let id = owed.borrow().id_of(over.id).cloned();
                parent.tell(Mail::Result(Box::new(move || results(&over))), id);
            }
        });
    }
    use_effect(move || {
        let answers = std::mem::take(&mut owed.borrow_mut().answers);
        for (told, id) in answers {
            if let Some(parent) = parent.as_ref() {
                parent.say(told, id);
            }
        }
    });
}

/// The result of a run that is over.
pub fn results(over: &Over) -> Results {
    Results::new(over.records.iter().map(Rc::as_ref), &over.conditions.workload, over.link.to_string(), environment())
}

impl Owed {
    fn id_of(&self, run: RunId) -> Option<&Id> {
        self.run.as_ref().filter(|(owed, _)| *owed == run).map(|(_, id)| id)
    }

    fn is_progress_due(&mut self, run: RunId, mode: crate::workload::Mode) -> bool {
        let now = browser::now();
        let is_due = self
            .progress
            .is_none_or(|(last_run, last_mode, at)| (last_run, last_mode) != (run, mode) || now - at >= PROGRESS_MS);
        if is_due {
            self.progress = Some((run, mode, now));
        }
        is_due
    }
}
