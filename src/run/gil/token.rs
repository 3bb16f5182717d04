//! The GIL as a token that is handed from thread to thread over message ports, where memory can't be shared.
//!
//! Who gets it next is [`Wishes`]' affair; here is how threads tell each other, and wait.
//!
//! A thread's events, and so its wishes, are seen between two turns of its event loop: the holder takes one at the
//! end of each switch interval. The token also carries what threads would share: the ticket and the queue of tasks.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Poll, Waker};

use futures_util::future::select;
use js_sys::Uint8Array;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{MessageEvent, MessagePort};

use super::{Exchange, Gil};
use crate::interpreter::Halt;
use crate::run::board::Queue;
use crate::run::clock::Clock;
use crate::run::protocol::{decode, encode};
use crate::run::turn::{turn, wait_until};
use crate::run::wishes::{Token, Wishes};
use crate::workload::{LaneId, Micros};

/// Glances between two readings of the clock, which cost as much as a hundredth of the counting between two glances.
const GLANCES_A_READING: u32 = 8;

/// What threads say to one another.
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    /// A thread wants the token: its place, and the number of its wish.
    Want(u8, u32),
    /// The token.
    Token(Token<Carried>),
    /// Go on.
    Wake,
}

/// The token carries this.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Carried {
    /// The last ticket that was drawn.
    ticket: u32,
    /// The place of the next task.
    next_task: u32,
    /// What the threads hand to each other.
    queues: [VecDeque<u32>; Queue::COUNT],
}

/// The lock as one thread has it.
pub struct TokenGil {
    inner: Rc<Inner>,
    clock: Clock,
    switch: Micros,
    /// When this thread's turn with the token began.
    since: Cell<Micros>,
    glances: Cell<u32>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
}

struct Inner {
    me: u8,
    wishes: RefCell<Wishes<Carried>>,
    /// Who waits for the token here, or rests.
    waker: Cell<Option<Waker>>,
    /// How often this thread was woken.
    woken: Cell<u32>,
    ticket: Rc<Cell<u32>>,
    /// The ports to the others, by place; none to oneself.
    ports: Vec<Option<MessagePort>>,
}

impl TokenGil {
    /// For this lane, with a port to every other, by place. The first lane begins with the token.
    pub fn new(lane: LaneId, ports: Vec<Option<MessagePort>>, clock: Clock, switch: Micros) -> Self {
        let me = lane.index() as u8;
        let carried = Carried { next_task: ports.len() as u32, ..Carried::default() };
        let wishes = RefCell::new(Wishes::new(me, ports.len(), carried));
        let (ticket, waker, woken) = Default::default();
        let inner = Rc::new(Inner { me, wishes, waker, woken, ticket, ports });
        let hears = Rc::clone(&inner);
        let on_message = Closure::new(move |event: MessageEvent| hears.hear(&event.data()));
        for port in inner.ports.iter().flatten() {
            port.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        }
        Self { inner, clock, switch, since: Cell::default(), glances: Cell::default(), _on_message: on_message }
    }
}

impl Drop for TokenGil {
    fn drop(&mut self) {
        for port in self.inner.ports.iter().flatten() {
            port.set_onmessage(None);
            port.close();
        }
    }
}

impl Inner {
    fn say(&self, to: usize, word: &Word) {
        if let (Some(Some(port)), Ok(bytes)) = (self.ports.get(to), encode(word)) {
            let _ = port.post_message(&Uint8Array::from(bytes.as_slice()));
        }
    }

    /// Sends the token on, if there is one to be sent.
    fn send(&self, token: Option<(u8, Token<Carried>)>) {
        if let Some((to, mut token)) = token {
            token.carried.ticket = self.ticket.get();
            self.say(to.into(), &Word::Token(token));
        }
    }

    fn hear(&self, data: &JsValue) {
        let Some(bytes) = data.dyn_ref::<Uint8Array>() else { return };
        match decode(&bytes.to_vec()) {
            Ok(Word::Want(place, wish)) => {
                let token = self.wishes.borrow_mut().hear_wish(place, wish);
                return self.send(token);
            }
            Ok(Word::Token(token)) => {
                self.ticket.set(self.ticket.get().max(token.carried.ticket));
                self.wishes.borrow_mut().hear_token(token);
            }
            Ok(Word::Wake) => self.woken.set(self.woken.get().wrapping_add(1)),
            Err(_) => return,
        }
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Waits for the token.
    async fn token_comes(&self) {
        self.until(|| self.wishes.borrow().has_token()).await;
    }

    /// Waits for a message after which this is so.
    async fn until(&self, is_so: impl Fn() -> bool) {
        poll_fn(|cx| {
            if is_so() {
                return Poll::Ready(());
            }
            self.waker.set(Some(cx.waker().clone()));
            Poll::Pending
        })
        .await;
    }

    fn ask(&self) {
        let wish = self.wishes.borrow_mut().want();
        for place in 0..self.ports.len() {
            self.say(place, &Word::Want(self.me, wish));
        }
    }

    /// Whether another waits for the token, which is here.
    fn is_wanted(&self) -> bool {
        self.wishes.borrow_mut().is_wanted()
    }
}

impl Gil for TokenGil {
    async fn take(&self, waits: impl Fn()) -> Result<(), Halt> {
        if !self.inner.wishes.borrow_mut().try_take() {
            waits();
            self.inner.ask();
            self.inner.token_comes().await;
        }
        self.since.set(self.clock.now());
        Ok(())
    }

    fn release(&self) {
        let token = self.inner.wishes.borrow_mut().let_go();
        self.inner.send(token);
    }

    async fn glance(&self, waits: impl Fn()) -> Result<bool, Halt> {
        self.glances.set(self.glances.get().wrapping_add(1));
        if !self.glances.get().is_multiple_of(GLANCES_A_READING) || self.clock.now() - self.since.get() < self.switch {
            return Ok(false);
        }
        if !self.inner.is_wanted() {
            // Somebody may have told so meanwhile.
            turn().await;
        }
        if !self.inner.is_wanted() {
            self.since.set(self.clock.now());
            return Ok(false);
        }
        waits();
        let token = self.inner.wishes.borrow_mut().give_way();
        self.inner.send(token);
        self.inner.token_comes().await;
        self.since.set(self.clock.now());
        Ok(true)
    }

    fn next_task(&self) -> u32 {
        self.inner.wishes.borrow_mut().carried().map_or(u32::MAX, |carried| {
            carried.next_task += 1;
            carried.next_task - 1
        })
    }
}

impl Exchange for TokenGil {
    fn ticket(&self) -> Rc<Cell<u32>> {
        Rc::clone(&self.inner.ticket)
    }

    fn put(&self, queue: Queue, number: u32) {
        if let Some(carried) = self.inner.wishes.borrow_mut().carried() {
            carried.queues[queue as usize].push_back(number);
        }
    }

    fn take_out(&self, queue: Queue) -> Option<u32> {
        self.inner.wishes.borrow_mut().carried()?.queues[queue as usize].pop_front()
    }

    fn woken(&self) -> u32 {
        self.inner.woken.get()
    }

    fn wake(&self, lane: u8) {
        self.inner.say(lane.into(), &Word::Wake);
    }

    async fn rest(&self, woken: u32, until: Option<Micros>) -> Result<(), Halt> {
        let is_woken = self.inner.until(|| self.inner.woken.get() != woken);
        match until {
            Some(deadline) => _ = select(pin!(is_woken), pin!(wait_until(&self.clock, deadline))).await,
            None => is_woken.await,
        }
        Ok(())
    }
}
