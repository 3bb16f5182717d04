//! What the parent is told, in its order. A result is large, so it is made and handed over in several turns of the
//! event loop; what is told meanwhile waits behind it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use crate::embed::listener::Parent;
use crate::embed::message::{Id, ToParent};
use crate::report::Results;
use crate::run::turn;

/// Something to tell.
pub enum Mail {
    /// A message.
    Message(ToParent),
    /// What makes the result of a run.
    Result(Box<dyn FnOnce() -> Results>),
}

/// What is on its way to the parent.
pub struct Outbox {
    parent: Parent,
    mail: RefCell<VecDeque<(Mail, Option<Id>)>>,
    /// Whether a result is being handed over.
    is_busy: Cell<bool>,
}

impl Outbox {
    /// Nothing on its way to this parent.
    pub fn new(parent: Parent) -> Rc<Self> {
        Rc::new(Self { parent, mail: RefCell::default(), is_busy: Cell::new(false) })
    }

    /// The parent itself.
    pub const fn parent(&self) -> &Parent {
        &self.parent
    }

    /// Tells the parent, with the id of the message that it answers.
    pub fn tell(self: &Rc<Self>, mail: Mail, id: Option<Id>) {
        self.mail.borrow_mut().push_back((mail, id));
        if !self.is_busy.get() {
            self.go_on();
        }
    }

    /// Tells a message.
    pub fn say(self: &Rc<Self>, message: ToParent, id: Option<Id>) {
        self.tell(Mail::Message(message), id);
    }

    fn go_on(self: &Rc<Self>) {
        loop {
            let next = self.mail.borrow_mut().pop_front();
            match next {
                None => return,
                Some((Mail::Message(message), id)) => self.parent.tell(&message, id.as_ref()),
                Some((Mail::Result(make), id)) => {
                    self.is_busy.set(true);
                    let own = Rc::clone(self);
                    return spawn_local(async move {
                        own.hand_over(make, id.as_ref()).await;
                        own.is_busy.set(false);
                        own.go_on();
                    });
                }
            }
        }
    }

    async fn hand_over(&self, make: impl FnOnce() -> Results, id: Option<&Id>) {
        // The page draws the end of the run first.
        turn().await;
        let result = ToParent::Result { result: Box::new(make()) };
        turn().await;
        self.parent.tell_in_turns(&result, id, turn).await;
    }
}
