//! The address bar says what is set up, and what it is made to say is set up. Not in a frame: an embedded view never
//! changes its address.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use gloo_timers::callback::Timeout;
use yew::prelude::*;

use super::Page;
use super::forecasts::PAUSE_MS;
use crate::link;
use crate::page::browser;
use crate::page::state::Action;

/// Keeps the address and the set-up the same.
#[hook]
pub fn use_address(page: &Page) {
    let embedded = page.embedded;
    let address = use_memo((), |()| Address::default());
    {
        let (address, link, dispatcher) = ((*address).clone(), page.link(), page.dispatcher());
        use_effect_with(embedded, move |embedded| {
            let window = browser::window().filter(|_| !embedded);
            if window.is_some() {
                address.write(&link);
            }
            let went = move |_: &Event| {
                // A step to another fragment changes nothing, and what is yet to be written there is not given up for it.
                if let Some(query) = address.read() {
                    dispatcher.dispatch(Action::Visit(link::read(&query)));
                }
            };
            let listener = window.map(|window| EventListener::new(&window, "popstate", went));
            move || drop(listener)
        });
    }
    use_effect_with((page.link(), embedded), move |(link, embedded)| {
        let late = (!embedded && !address.says(link)).then(|| address.write_late(link));
        move || drop(late)
    });
}

/// The query that the page wrote into the address bar last, or found there.
#[derive(Clone, Default)]
struct Address(Rc<RefCell<String>>);

impl Address {
    /// What stands there, if it is another than before.
    fn read(&self) -> Option<String> {
        let query = browser::query();
        (self.0.replace(query.clone()) != query).then_some(query)
    }

    /// Whether it says that link already.
    fn says(&self, link: &str) -> bool {
        self.0.replace(browser::query());
        *self.0.borrow() == link
    }

    fn write(&self, link: &str) {
        if !self.says(link) {
            browser::replace_query(link);
            self.0.replace(browser::query());
        }
    }

    /// Writes once the user has stopped typing, or turns to the address bar, or leaves. Writing takes a good part of a
    /// frame, and of some hundred in half a minute browsers refuse the last. Once this is dropped, nothing is written.
    fn write_late(&self, link: &str) -> (Timeout, [Option<EventListener>; 2]) {
        let (address, link) = (self.clone(), link.to_owned());
        let write = move || address.write(&link);
        let leaves = |window: Option<web_sys::Window>, event: &'static str| {
            let write = write.clone();
            window.map(|window| EventListener::new(&window, event, move |_| write()))
        };
        let leaving = [leaves(browser::window(), "pagehide"), leaves(browser::window(), "blur")];
        (Timeout::new(PAUSE_MS, write), leaving)
    }
}
