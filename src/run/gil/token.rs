//! The GIL as a token that is handed from thread to thread over message ports, where memory can't be shared.
//!
//! Suzuki and Kasami's algorithm ("A Distributed Mutual Exclusion Algorithm", ACM TOCS 3(4), 1985): who wants the
//! token tells all others, with the number of the wish; the token carries the number of the last wish that each
//! thread was granted, and a queue. So its holder knows who waits, wherever the token has been meanwhile.
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
use crate::workload::{LaneId, Micros};

/// Glances between two readings of the clock, which cost as much as a hundredth of the counting between two glances.
const GLANCES_A_READING: u32 = 8;

/// What threads say to one another.
#[derive(Debug, Serialize, Deserialize)]
enum Word {
    /// A thread wants the token: its place, and the number of its wish.
    Want(u8, u32),
    /// The token.
    Token(Token),
    /// Go on.
    Wake,
}

/// The token.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Token {
    /// The number of the last wish that each thread was granted.
    granted: Vec<u32>,
    /// Who gets it next, by place.
    queue: VecDeque<u8>,
    /// The last ticket that was drawn.
    ticket: u32,
    /// The place of the next task.
    next_task: u32,
    /// What the threads hand to each other.
    queues: [VecDeque<u32>; Queue::COUNT],
}

/// What a thread knows of the lock.
#[derive(Debug, Default)]
struct Knowledge {
    /// The token, if it is here.
    token: Option<Token>,
    /// Whether it is in use here.
    in_use: bool,
    /// The number of the last wish of each thread.
    wishes: Vec<u32>,
    /// Who waits for the token here, or rests.
    waker: Option<Waker>,
    /// How often this thread was woken.
    woken: u32,
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
    me: usize,
    knows: RefCell<Knowledge>,
    ticket: Rc<Cell<u32>>,
    /// The ports to the others, by place; none to oneself.
    ports: Vec<Option<MessagePort>>,
}

impl TokenGil {
    /// For this lane, with a port to every other, by place. The first lane begins with the token.
    pub fn new(lane: LaneId, ports: Vec<Option<MessagePort>>, clock: Clock, switch: Micros) -> Self {
        let lanes = ports.len();
        let token =
            (lane.index() == 0).then(|| Token { granted: vec![0; lanes], next_task: lanes as u32, ..Token::default() });
        let knows = RefCell::new(Knowledge { token, wishes: vec![0; lanes], ..Knowledge::default() });
        let inner = Rc::new(Inner { me: lane.index(), knows, ticket: Rc::default(), ports });
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

    fn hear(&self, data: &JsValue) {
        let Some(bytes) = data.dyn_ref::<Uint8Array>() else { return };
        match decode(&bytes.to_vec()) {
            Ok(Word::Want(place, wish)) => {
                if let Some(known) = self.knows.borrow_mut().wishes.get_mut(usize::from(place)) {
                    *known = wish.max(*known);
                }
                self.hand_on();
            }
            Ok(Word::Token(token)) => {
                self.ticket.set(self.ticket.get().max(token.ticket));
                let mut knows = self.knows.borrow_mut();
                knows.token = Some(token);
                // It comes because it was asked for: nobody takes it away before its turn.
                knows.in_use = true;
                if let Some(waker) = knows.waker.take() {
                    waker.wake();
                }
            }
            Ok(Word::Wake) => {
                let mut knows = self.knows.borrow_mut();
                knows.woken = knows.woken.wrapping_add(1);
                if let Some(waker) = knows.waker.take() {
                    waker.wake();
                }
            }
            Err(_) => {}
        }
    }

    /// Takes note of who waits; whether anybody does.
    fn is_wanted(&self) -> bool {
        let mut knows = self.knows.borrow_mut();
        let Knowledge { token: Some(token), wishes, .. } = &mut *knows else { return false };
        for (place, wish) in (0_u8..).zip(wishes.iter()) {
            let waits = token.granted.get(usize::from(place)).is_some_and(|granted| wish > granted);
            if waits && usize::from(place) != self.me && !token.queue.contains(&place) {
                token.queue.push_back(place);
            }
        }
        !token.queue.is_empty()
    }

    /// Hands the token to the next who waits, if it is here and not in use.
    fn hand_on(&self) {
        if self.knows.borrow().in_use || !self.is_wanted() {
            return;
        }
        let token = self.knows.borrow_mut().token.take();
        if let Some(mut token) = token
            && let Some(next) = token.queue.pop_front()
        {
            token.ticket = self.ticket.get();
            self.say(next.into(), &Word::Token(token));
        }
    }

    fn release(&self) {
        {
            let mut knows = self.knows.borrow_mut();
            let Knowledge { token, in_use, wishes, .. } = &mut *knows;
            *in_use = false;
            if let Some(token) = token
                && let (Some(granted), Some(wish)) = (token.granted.get_mut(self.me), wishes.get(self.me))
            {
                *granted = *wish;
            }
        }
        self.hand_on();
    }

    /// Uses the token if it is here; whether it is.
    fn try_take(&self) -> bool {
        let mut knows = self.knows.borrow_mut();
        knows.in_use = knows.token.is_some();
        knows.in_use
    }

    /// Puts this thread, which has the token, behind those who wait for it.
    fn stand_in_line(&self) {
        let mut knows = self.knows.borrow_mut();
        if let Some(token) = &mut knows.token {
            token.queue.push_back(self.me as u8);
        }
    }

    /// Waits for the token.
    async fn token_comes(&self) {
        self.until(|knows| knows.token.is_some()).await;
    }

    /// Waits for a message after which this is so.
    async fn until(&self, is_so: impl Fn(&Knowledge) -> bool) {
        poll_fn(|cx| {
            let mut knows = self.knows.borrow_mut();
            if is_so(&knows) {
                return Poll::Ready(());
            }
            knows.waker = Some(cx.waker().clone());
            Poll::Pending
        })
        .await;
    }

    fn ask(&self) {
        let wish = {
            let mut knows = self.knows.borrow_mut();
            let Some(wish) = knows.wishes.get_mut(self.me) else { return };
            *wish += 1;
            *wish
        };
        for place in 0..self.ports.len() {
            self.say(place, &Word::Want(self.me as u8, wish));
        }
    }
}

impl Gil for TokenGil {
    async fn take(&self, waits: impl Fn()) -> Result<(), Halt> {
        if !self.inner.try_take() {
            waits();
            self.inner.ask();
            self.inner.token_comes().await;
        }
        self.since.set(self.clock.now());
        Ok(())
    }

    fn release(&self) {
        self.inner.release();
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
        // Behind the others, on the token itself: nobody need be told.
        self.inner.stand_in_line();
        self.release();
        self.inner.token_comes().await;
        self.since.set(self.clock.now());
        Ok(true)
    }

    fn next_task(&self) -> u32 {
        let mut knows = self.inner.knows.borrow_mut();
        knows.token.as_mut().map_or(u32::MAX, |token| {
            token.next_task += 1;
            token.next_task - 1
        })
    }
}

impl Exchange for TokenGil {
    fn ticket(&self) -> Rc<Cell<u32>> {
        Rc::clone(&self.inner.ticket)
    }

    fn put(&self, queue: Queue, number: u32) {
        if let Some(token) = &mut self.inner.knows.borrow_mut().token {
            token.queues[queue as usize].push_back(number);
        }
    }

    fn take_out(&self, queue: Queue) -> Option<u32> {
        self.inner.knows.borrow_mut().token.as_mut()?.queues[queue as usize].pop_front()
    }

    fn woken(&self) -> u32 {
        self.inner.knows.borrow().woken
    }

    fn wake(&self, lane: u8) {
        self.inner.say(lane.into(), &Word::Wake);
    }

    async fn rest(&self, woken: u32, until: Option<Micros>) -> Result<(), Halt> {
        let is_woken = self.inner.until(|knows| knows.woken != woken);
        match until {
            Some(deadline) => _ = select(pin!(is_woken), pin!(wait_until(&self.clock, deadline))).await,
            None => is_woken.await,
        }
        Ok(())
    }
}
