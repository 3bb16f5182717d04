//! Long work on the page, a little at a time with the page free in between.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

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
