//! How fast this machine works: one lane alone, and all cores at once. Asks workers of the warm pool, a moment at a time.
//!
//! ```text
//! worker 1  warm ▓ count ▓▓▓   warm ▓ add ▓▓▓   warm ▓ add-locked ▓▓▓   │ warm ▓ count ▓▓▓
//! worker 2                                                             │ warm ▓ count ▓▓▓      all begin together
//! ```
//!
//! Never beside a run: a run that begins waits for the end of the moment, and the calibration is given up.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::select;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;

use super::inbox::{Inbox, Signal};
use super::pool;
use super::protocol::{FromWorker, ToWorker, Work};
use super::spawn::{Beside, LaneWorker};
use super::speed::Speed;
use super::turn;
use crate::trace::RunId;
use crate::workload::{LaneId, Micros, Pace};

/// Work before measuring, so that the compiler has done its best, and all workers are at it.
const WARM_UP: Micros = Micros(15_000);
/// One measurement, of which the best counts.
const ROUND: Micros = Micros(10_000);
/// Longer where all begin together, so that it weighs less that some begin a little later.
const ROUND_OF_ALL: Micros = Micros(20_000);
const ROUNDS: usize = 3;
/// At most so many workers count at once: more take longer to start than the measurement may.
const MOST: u32 = 8;
/// A worker that has not answered by then is broken, in milliseconds.
const PATIENCE_MS: u32 = 1000;
/// A run waits no longer for a calibration to give way, in milliseconds: some moments.
const WAY_MS: u32 = 100;

thread_local! {
    /// So many runs have begun.
    static RUNS: Cell<u32> = const { Cell::new(0) };
    /// Whether workers are being measured.
    static UNDER_WAY: Cell<bool> = const { Cell::new(false) };
}

/// Measures how fast a machine of so many cores works, off the page's thread and within half a second; none if a run began
/// meanwhile, or workers can't be had.
pub async fn calibrate(cores: u32) -> Option<Speed> {
    let begun = RUNS.get();
    let lanes = cores.clamp(1, MOST);
    let inbox = Rc::new(Inbox::default());
    pool::be_ready(pool::wanted().max(lanes as u8), &inbox).await;
    if RUNS.get() != begun || UNDER_WAY.get() {
        return None;
    }
    let _under_way = UnderWay::begin();
    let team = Team::of(lanes as u8, begun)?;
    let speed = team.speed().await;
    // One that hasn't answered is put away.
    if speed.is_some() || RUNS.get() != begun {
        team.workers.into_iter().for_each(pool::give_back);
    }
    speed
}

/// Has a calibration give way to a run that begins.
pub async fn give_way() {
    RUNS.set(RUNS.get() + 1);
    let over = async {
        while UNDER_WAY.get() {
            turn().await;
        }
    };
    select(pin!(over), TimeoutFuture::new(WAY_MS)).await;
}

/// Workers are being measured as long as this is there.
struct UnderWay;

impl UnderWay {
    fn begin() -> Self {
        UNDER_WAY.set(true);
        Self
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        UNDER_WAY.set(false);
    }
}

/// Workers that are measured, and where they answer.
struct Team {
    workers: Vec<LaneWorker>,
    inbox: Rc<Inbox>,
    /// So many runs had begun.
    begun: u32,
}

impl Team {
    fn of(count: u8, begun: u32) -> Option<Self> {
        let inbox = Rc::new(Inbox::default());
        let workers: Vec<_> = (0..count).map(|_| pool::take().ok()).collect::<Option<_>>()?;
        for (worker, place) in workers.iter().zip(0..) {
            worker.listen_as(LaneId::at(place), &inbox);
        }
        Some(Self { workers, inbox, begun })
    }

    async fn speed(&self) -> Option<Speed> {
        let pace = Pace {
            counts_per_ms: self.best(1, Work::Count, ROUND).await?,
            adds_per_ms: self.best(1, Work::Add, ROUND).await?,
            locked_adds_per_ms: self.best(1, Work::AddLocked, ROUND).await?,
        };
        let all = self.workers.len();
        let each = if all == 1 { 1.0 } else { self.best(all, Work::Count, ROUND_OF_ALL).await? / pace.counts_per_ms };
        Some(Speed { pace, lanes: all as u32, each })
    }

    /// How much each of so many does in a millisecond, while all of them do, in the best of some rounds.
    async fn best(&self, count: usize, work: Work, round: Micros) -> Option<f64> {
        self.ask(count, work, WARM_UP).await?;
        let mut best = 0.0;
        for _ in 0..ROUNDS {
            best = self.ask(count, work, round).await?.max(best);
        }
        Some(best).filter(|best| *best > 0.0)
    }

    /// Lets so many work for a moment, all at once; what each does in a millisecond, on average.
    async fn ask(&self, count: usize, work: Work, time: Micros) -> Option<f64> {
        if RUNS.get() != self.begun {
            return None;
        }
        let asked = self.workers.get(..count)?;
        for worker in asked {
            worker.say(RunId::default(), ToWorker::Measure(work, time), Beside::Nothing).ok()?;
        }
        let waits = Rc::clone(&self.inbox);
        let _patience = Timeout::new(PATIENCE_MS, move || waits.put(Signal::Stop));
        let (mut answers, mut sum) = (0, 0.0);
        while answers < count {
            match self.inbox.next().await {
                Signal::Said(_, _, FromWorker::Measured(in_a_ms)) => {
                    answers += 1;
                    sum += in_a_ms;
                }
                Signal::Said(..) | Signal::Tick => {}
                Signal::Broke(..) | Signal::Stop => return None,
            }
        }
        Some(sum / count as f64)
    }
}
