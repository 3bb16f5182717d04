//! A turn of the event loop: lets the browser take a click, draw, or hand over a message, and comes back at once.
//!
//! By a message to oneself, which costs about 0.01 ms. A microtask would let nothing else run, and a timer waits
//! for 4 ms once it is nested (<https://html.spec.whatwg.org/multipage/timers-and-user-prompts.html>).

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use gloo_timers::future::TimeoutFuture;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::Closure;
use web_sys::{MessageChannel, MessagePort};

use super::clock::Clock;
use crate::workload::Micros;

/// Who waits for its message to come back, in the order of the messages.
type Waiting = Rc<RefCell<VecDeque<(Rc<Cell<bool>>, Waker)>>>;

/// The channel to oneself.
struct Channel {
    to: MessagePort,
    waiting: Waiting,
    _from: MessagePort,
    _on_message: Closure<dyn FnMut()>,
}

thread_local! {
    static CHANNEL: Option<Channel> = Channel::open().ok();
}

impl Channel {
    fn open() -> Result<Self, JsValue> {
        let channel = MessageChannel::new()?;
        let waiting = Waiting::default();
        let woken = Rc::clone(&waiting);
        let on_message = Closure::new(move || {
            let next = woken.borrow_mut().pop_front();
            if let Some((back, waker)) = next {
                back.set(true);
                waker.wake();
            }
        });
        channel.port1().set_onmessage(Some(wasm_bindgen::JsCast::unchecked_ref(on_message.as_ref())));
        Ok(Self { to: channel.port2(), waiting, _from: channel.port1(), _on_message: on_message })
    }

    /// Sends the message; whether that worked.
    fn send(&self, back: Rc<Cell<bool>>, waker: Waker) -> bool {
        let sent = self.to.post_message(&JsValue::NULL).is_ok();
        if sent {
            self.waiting.borrow_mut().push_back((back, waker));
        }
        sent
    }
}

/// Waits for one turn of the event loop.
pub async fn turn() {
    if !Turn::default().await {
        // No channel here: a timer does it too, only slower.
        TimeoutFuture::new(0).await;
    }
}

/// A turn that has not been taken, or whose message is under way; whether it could be sent.
#[derive(Default)]
struct Turn(Option<Rc<Cell<bool>>>);

impl Future for Turn {
    type Output = bool;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<bool> {
        if let Some(back) = &self.0 {
            return if back.get() { Poll::Ready(true) } else { Poll::Pending };
        }
        let back = Rc::new(Cell::new(false));
        self.0 = Some(Rc::clone(&back));
        let sent =
            CHANNEL.with(|channel| channel.as_ref().is_some_and(|channel| channel.send(back, cx.waker().clone())));
        if sent { Poll::Pending } else { Poll::Ready(false) }
    }
}

/// Waits on the event loop until a time, never less: one browser timer for the whole milliseconds, then turns.
///
/// The turns also see to it that the next timer is not nested in this one, which the browser would slow down.
pub async fn wait_until(clock: &Clock, deadline: Micros) {
    loop {
        let left = deadline - clock.now();
        match u32::try_from(left.0 / 1000) {
            _ if left == Micros::ZERO => return,
            Ok(0) => turn().await,
            Ok(ms) => {
                TimeoutFuture::new(ms).await;
                turn().await;
            }
            Err(_) => TimeoutFuture::new(u32::MAX / 2).await,
        }
    }
}
