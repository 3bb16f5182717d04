//! How fast this machine works: one lane alone, and all cores at once. Asks workers of the warm pool, a moment at a time.
//!
//! ```text
//! worker 1  warm ▓ count ▓▓▓   warm ▓ add ▓▓▓   warm ▓ add-locked ▓▓▓   │ warm ▓ count ▓▓▓  and so on
//! worker 2                                                             │ warm ▓ count ▓▓▓      all begin together
//! ```
//!
//! Never beside a run: a run that begins waits for the end of the moment, and the calibration is given up. Nor beside one
//! of another frame or tab.

use std::cell::Cell;
use std::pin::pin;
use std::rc::Rc;

use futures_util::future::select;
use gloo_timers::callback::Timeout;
use gloo_timers::future::TimeoutFuture;

use super::board::Board;
use super::environment::is_isolated;
use super::inbox::{Inbox, Signal};
use super::neighbours::Pledge;
use super::pool;
use super::protocol::{FromWorker, ToWorker, WireId};
use super::spawn::{Beside, LaneWorker};
use super::speed::Speed;
use super::turn;
use crate::workload::{LaneId, Micros, Pace, Work};

/// Work before measuring, so that the compiler has done its best, and all workers are at it.
const WARM_UP: Micros = Micros(15_000);
/// One measurement, of which the best counts.
const ROUND: Micros = Micros(10_000);
/// Longer where all begin together, so that it weighs less that some begin a little later.
const ROUND_OF_ALL: Micros = Micros(20_000);
const ROUNDS: usize = 3;
/// Of these the median counts.
const ROUNDS_OF_ADDING: usize = 5;
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
pub async fn calibrate(cores: u32, _alone: &Pledge) -> Option<Speed> {
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
    /// Has the one counter that all add to, where memory can be shared.
    board: Option<Board>,
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
        let board = is_isolated().then(Board::new).transpose().ok()?;
        Some(Self { workers, inbox, board, begun })
    }

    async fn speed(&self) -> Option<Speed> {
        let (all, one) = (self.workers.as_slice(), self.workers.get(..1)?);
        let alone = Pace {
            counts_per_ms: self.best(one, ROUND).await?,
            adds_per_ms: self.usual(1, Work::Add).await?,
            locked_adds_per_ms: self.usual(1, Work::AddLocked).await?,
        };
        let mut together = alone;
        if all.len() > 1 {
            together.counts_per_ms = self.best(all, ROUND_OF_ALL).await?;
            if self.board.is_some() {
                together.adds_per_ms = self.usual(all.len(), Work::Add).await?;
                together.locked_adds_per_ms = self.usual(all.len(), Work::AddLocked).await?;
            }
        }
        Some(Speed::measured(alone, all.len() as u32, together))
    }

    /// How far each of these counts in a millisecond, while all of them do, in the best of some rounds.
    async fn best(&self, of: &[LaneWorker], round: Micros) -> Option<f64> {
        self.ask(of, Work::Count, WARM_UP).await?;
        let mut best = 0.0;
        for _ in 0..ROUNDS {
            best = self.ask(of, Work::Count, round).await?.max(best);
        }
        Some(best).filter(|best| *best > 0.0)
    }

    /// How often each of so many adds in a millisecond, while they all do: the median of some rounds, in turn by one
    /// worker and another, since additions take each its own time.
    async fn usual(&self, at_once: usize, work: Work) -> Option<f64> {
        self.ask(&self.workers, work, WARM_UP).await?;
        let mut rounds = Vec::new();
        for of in self.workers.chunks_exact(at_once).cycle().take(ROUNDS_OF_ADDING) {
            rounds.push(self.ask(of, work, ROUND).await?);
        }
        rounds.sort_by(f64::total_cmp);
        rounds.get(rounds.len() / 2).copied().filter(|usual| *usual > 0.0)
    }

    /// Lets these work for a moment, all at once; what each does in a millisecond, on average.
    async fn ask(&self, of: &[LaneWorker], work: Work, time: Micros) -> Option<f64> {
        if RUNS.get() != self.begun {
            return None;
        }
        for worker in of {
            let beside = self.board.clone().map_or(Beside::Nothing, Beside::Board);
            worker.say(WireId::default(), ToWorker::Measure(work, time), beside).ok()?;
        }
        let waits = Rc::clone(&self.inbox);
        let _patience = Timeout::new(PATIENCE_MS, move || waits.put(Signal::Stop));
        let (mut answers, mut sum) = (0, 0.0);
        while answers < of.len() {
            match self.inbox.next().await {
                Signal::Said(_, _, FromWorker::Measured(in_a_ms)) => {
                    answers += 1;
                    sum += in_a_ms;
                }
                Signal::Said(..) | Signal::Skip(_) | Signal::Tick | Signal::Tell | Signal::GraceOver => {}
                Signal::Broke(_) | Signal::Stop => return None,
            }
        }
        Some(sum / of.len() as f64)
    }
}
