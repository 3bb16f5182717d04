//! Long work on the page, a little at a time with the page free in between.

use std::cell::Cell;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::page::browser;
use crate::run::turn;

/// How long the page may be held up at a time, in milliseconds.
const AT_ONCE: f64 = 5.0;

/// Does work that is pending now and then and wakes nobody, as predictions are, as long as it is wanted; none: it is not
/// wanted any more.
pub async fn in_pieces<T>(work: impl Future<Output = T>, is_wanted: impl Fn() -> bool) -> Option<T> {
    let mut work = pin!(work);
    while is_wanted() {
        let until = browser::now() + AT_ONCE;
        while browser::now() < until {
            if let Poll::Ready(done) = work.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
                return Some(done);
            }
        }
        turn().await;
    }
    None
}

/// What was asked last of what has an answer, and the answer. `work` is done again and again for what is asked now, until it
/// gives one.
#[hook]
pub fn use_answer<K, T>(asked: Option<K>, work: impl FnMut() -> Option<T> + 'static) -> Option<(K, Rc<T>)>
where
    K: PartialEq + Clone + 'static,
    T: 'static,
{
    let answer = use_state(|| None::<(K, Rc<T>)>);
    let set = answer.setter();
    use_effect_with(asked, move |asked| {
        let is_wanted = Rc::new(Cell::new(true));
        if let Some(asked) = asked.clone() {
            let mut work = work;
            let still = Rc::clone(&is_wanted);
            spawn_local(async move {
                let work = poll_fn(|_| work().map_or(Poll::Pending, Poll::Ready));
                if let Some(answer) = in_pieces(work, || still.get()).await {
                    set.set(Some((asked, Rc::new(answer))));
                }
            });
        }
        move || is_wanted.set(false)
    });
    (*answer).clone()
}
