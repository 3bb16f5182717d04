//! One mode on the stage, from its start to its record: a small machine that reacts to one signal after another.
//!
//! ```text
//! starting ── all lanes are up ──▶ going ── all lanes have ended ──▶ record
//!     └───────────┬── stop, or a lane broke ──┴──▶ stopping ── all have ended, or 100 ms ──▶ record
//! ```

use std::cell::Cell;
use std::rc::Rc;

use gloo_timers::callback::Timeout;

use super::clock::Clock;
use super::crew::Crew;
use super::environment::is_isolated;
use super::frames::Heartbeat;
use super::inbox::{Inbox, Signal};
use super::place::choose;
use super::plan::{News, Plan};
use super::protocol::{FromWorker, WireId};
use crate::trace::{Counter, Cut, MAX_EVENTS, Merger, Outcome, Record, Status, Trace};
use crate::workload::{LaneId, Micros, Mode, grouped};

/// How long lanes may take to come up.
const START_LIMIT: Micros = Micros(10_000_000);
/// How long a stop waits for the last word of the lanes, in milliseconds. What they posted before is kept anyway.
const GRACE_MS: u32 = 100;

/// So long nothing is told of a run: drawing that would hold up the very lanes and tasks that it is about.
const FIRST_NEWS: Micros = Micros(100_000);
/// The page draws news for less than this.
const DRAWING: Micros = Micros(12_000);
/// News is put off for so long at most.
const PUT_OFF: Micros = Micros(200_000);

/// The page takes in what lanes recorded for at most this part of its time: one in so many.
const SHARE: u64 = 8;

thread_local! {
    /// The number of the last mode that was on a stage: what an older one says is known for it.
    static LAST: Cell<WireId> = const { Cell::new(WireId(0)) };
}

/// Where a mode is.
enum Phase {
    /// Lanes are coming up.
    Starting,
    /// Tasks have been let go.
    Going,
    /// It was stopped at a time, with this outcome, and waits for the last word of its lanes.
    Stopping(Micros, Outcome),
    /// It is over, and was stopped at a time, if it was.
    Over(Option<Micros>, Outcome),
}

/// One mode on the stage.
struct Stage<'a> {
    plan: &'a Plan,
    run: WireId,
    mode: Mode,
    clock: Clock,
    crew: Crew,
    merger: Merger,
    phase: Phase,
    /// What the reader should know, in sentences.
    notes: Vec<String>,
    /// When the page heard that each lane is up.
    up: Vec<Option<Micros>>,
    /// How many lanes have ended: each says so once.
    ended: usize,
    /// How far the clock of any lane that has ended can be from the page's; none if that of one is not known.
    clock_error: Option<Micros>,
    /// What the last lane that ended has seen of the counter.
    counter: Option<u64>,
    /// Whether a lane broke.
    is_broken: bool,
    /// When what the lanes recorded is taken in next.
    merges_at: Micros,
    /// When news was told last.
    told_at: Micros,
    heartbeat: Option<Heartbeat>,
    inbox: Rc<Inbox>,
    grace: Option<Timeout>,
}

/// Runs one mode to its record.
pub async fn perform(plan: &Plan, mode: Mode, inbox: &Rc<Inbox>, tell: &dyn Fn(News)) -> Record {
    match Stage::set(plan, mode, inbox) {
        Ok(mut stage) => {
            stage.play(tell).await;
            stage.into_record()
        }
        Err(reason) => Record::without_run(mode, Outcome::Unavailable(reason)),
    }
}

impl<'a> Stage<'a> {
    /// With the lanes coming up; or why the mode can't be had.
    fn set(plan: &'a Plan, mode: Mode, inbox: &Rc<Inbox>) -> Result<Self, String> {
        let (spot, notes) = choose(plan, mode, is_isolated())?;
        let clock = Clock::starting_now().ok_or("This browser has no clock.")?;
        let heartbeat = Heartbeat::start(spot, &plan.workload, clock.clone(), Rc::clone(inbox));
        let run = WireId(LAST.get().0 + 1);
        LAST.set(run);
        let crew = Crew::assemble(plan, run, mode, spot, &clock, inbox).map_err(|error| error.to_string())?;
        let mut merger = Merger::default();
        let first = plan.settings.first_lanes(mode, plan.workload.tasks);
        merger.trace_mut().lanes_up = vec![Trace::NOT_UP; first.into()];
        Ok(Self {
            plan,
            run,
            mode,
            clock,
            up: vec![None; crew.len()],
            crew,
            merger,
            phase: Phase::Starting,
            notes,
            ended: 0,
            clock_error: Some(Micros::ZERO),
            counter: None,
            is_broken: false,
            merges_at: Micros::ZERO,
            told_at: Micros::ZERO,
            heartbeat,
            inbox: Rc::clone(inbox),
            grace: None,
        })
    }

    /// Reacts to signals until the mode is over.
    async fn play(&mut self, tell: &dyn Fn(News)) {
        while !matches!(self.phase, Phase::Over(..)) {
            match self.inbox.next().await {
                Signal::Said(lane, run, message) if run == self.run => self.hear(lane, message),
                // It may have crashed over a message that it could not read, and so not know its run.
                Signal::Said(lane, _, FromWorker::Crashed(message)) => self.break_off(Cut::Broke(lane, message)),
                Signal::Broke(cut) => self.break_off(cut),
                Signal::Stop => self.stop(Outcome::Cancelled(Cut::Stopped)),
                Signal::Skip(mode) if mode == self.mode => self.stop(Outcome::Cancelled(Cut::Skipped)),
                Signal::Said(..) | Signal::Skip(_) => {}
                Signal::Tick => self.tick(),
                Signal::Tell => self.tell(tell),
                Signal::GraceOver => self.end_stop(),
            }
        }
        self.merger.settle();
    }

    /// What it came to, once it is over. Workers that came to rest are put back.
    fn into_record(mut self) -> Record {
        let (stopped, outcome) = match std::mem::replace(&mut self.phase, Phase::Starting) {
            Phase::Over(stopped, outcome) => (stopped, self.told_of_failure(outcome)),
            _ => (None, Outcome::Finished),
        };
        let mut record = Record::without_run(self.mode, outcome);
        if record.outcome.status() == Status::Unavailable {
            return record;
        }
        record.elapsed = Some(self.end(stopped, record.outcome.status()));
        let actual = self.crew.counter().or(self.counter);
        let expected = self.plan.workload.additions();
        record.counter = expected.zip(actual).map(|(expected, actual)| Counter { expected, actual });
        let have_all_ended = self.ended == self.crew.len();
        record.clock_error = self.clock_error.filter(|_| have_all_ended);
        if have_all_ended && !self.is_broken {
            self.crew.give_back();
        }
        if record.outcome.status() == Status::Cancelled {
            self.crew.put_away_soon();
        }
        if let Some(heartbeat) = self.heartbeat.take() {
            (record.frames, self.merger.trace_mut().freezes) = heartbeat.end();
        }
        record.trace = self.merger.trace().clone();
        record.notes = self.notes;
        if record.trace.len() >= MAX_EVENTS {
            record.notes.push(format!("Only the first {} events were recorded.", grouped(MAX_EVENTS as u64)));
        }
        record
    }

    fn hear(&mut self, lane: LaneId, message: FromWorker) {
        match message {
            FromWorker::Up => self.lane_is_up(lane),
            FromWorker::Posted(batch) => self.merger.take(batch),
            FromWorker::Want => {
                if let Err(error) = self.crew.deal_more(lane) {
                    self.break_off(Cut::Broke(lane, error.to_string()));
                }
            }
            FromWorker::Ended { was_stopped, clock_error, counter } => {
                self.counter = Some(counter);
                self.clock_error = self.clock_error.zip(clock_error).map(|(one, other)| one.max(other));
                self.lane_ended(was_stopped);
            }
            FromWorker::Crashed(message) => self.break_off(Cut::Broke(lane, message)),
            FromWorker::Measured(_) => {}
        }
    }

    /// Lets the tasks go, if it is the last.
    fn lane_is_up(&mut self, lane: LaneId) {
        let now = self.clock.now();
        let trace = self.merger.trace_mut();
        if let Some(at) = trace.lanes_up.get_mut(lane.index()) {
            *at = now;
        }
        if let Some(up) = self.up.get_mut(lane.index()) {
            *up = Some(now);
        }
        let are_all_up: Option<Vec<_>> = self.up.iter().copied().collect();
        if let (Some(lanes_up), Phase::Starting) = (are_all_up, &self.phase) {
            let begin = self.crew.begins(now);
            trace.released = begin;
            self.phase = Phase::Going;
            if let Err(error) = self.crew.go(&self.clock, &lanes_up, begin) {
                self.break_off(Cut::Broke(lane, error.to_string()));
            }
        }
    }

    fn lane_ended(&mut self, was_stopped: bool) {
        self.ended += 1;
        let are_all = self.ended == self.crew.len();
        match &self.phase {
            // Nobody asked it to stop: it has held the page for too long.
            Phase::Going if was_stopped => {
                self.phase = Phase::Over(Some(self.clock.now()), Outcome::Cancelled(Cut::HeldThePage));
            }
            Phase::Going if are_all => self.phase = Phase::Over(None, Outcome::Finished),
            Phase::Stopping(..) if are_all => self.end_stop(),
            _ => {}
        }
    }

    /// A run whose lanes have all come to their end has failed if a task has.
    fn told_of_failure(&self, outcome: Outcome) -> Outcome {
        match (outcome, self.merger.trace().first_failure()) {
            (Outcome::Finished, Some((task, step))) => {
                Outcome::Failed(format!("Task {task} failed: {}.", self.plan.workload.text(step)))
            }
            (outcome, _) => outcome,
        }
    }

    fn break_off(&mut self, cut: Cut) {
        self.is_broken = true;
        let outcome = match self.phase {
            Phase::Starting => Outcome::Unavailable(cut.to_string()),
            _ => Outcome::Cancelled(cut),
        };
        self.stop(outcome);
    }

    fn stop(&mut self, outcome: Outcome) {
        let now = self.clock.now();
        match self.phase {
            Phase::Starting => {
                self.merger.trace_mut().released = now;
                self.phase = Phase::Over(Some(now), outcome);
            }
            Phase::Going => {
                self.phase = Phase::Stopping(now, outcome);
                let inbox = Rc::clone(&self.inbox);
                self.grace = Some(Timeout::new(GRACE_MS, move || inbox.put(Signal::GraceOver)));
            }
            Phase::Stopping(..) | Phase::Over(..) => return,
        }
        self.crew.stop();
    }

    /// Waits no longer for the last word of lanes that were asked to stop.
    fn end_stop(&mut self) {
        if let Phase::Stopping(since, outcome) = &self.phase {
            self.phase = Phase::Over(Some(*since), outcome.clone());
        }
    }

    /// Has what was recorded collected, if it is time for news.
    fn tick(&mut self) {
        let now = self.clock.now();
        match &self.phase {
            Phase::Starting if now > START_LIMIT => {
                let silent = self.up.iter().position(Option::is_none).unwrap_or_default();
                self.break_off(Cut::Broke(LaneId::at(silent as u8), "it did not answer within 10 s".to_owned()));
            }
            Phase::Starting | Phase::Going if now < FIRST_NEWS => {}
            Phase::Going if self.wakes_soon(now) => {}
            _ => {
                self.told_at = now;
                self.crew.collect();
                self.inbox.put(Signal::Tell);
            }
        }
    }

    /// Tells the page how far it is.
    fn tell(&mut self, tell: &dyn Fn(News)) {
        let now = self.clock.now();
        self.merge(now);
        self.note_freezes();
        tell(News::Went(self.mode, self.merger.trace().clone(), now));
    }

    /// Puts down when the page could not draw.
    fn note_freezes(&mut self) {
        if let Some(heartbeat) = &self.heartbeat {
            self.merger.trace_mut().freezes = heartbeat.freezes();
        }
    }

    /// Whether a task on the page wakes while the page would draw the news: it would be late by that. But news is not put
    /// off for ever.
    fn wakes_soon(&self, now: Micros) -> bool {
        now < self.told_at + PUT_OFF && self.crew.due().is_some_and(|due| due < now + DRAWING)
    }

    /// Takes in what the lanes recorded, unless that took long a short while ago.
    fn merge(&mut self, now: Micros) {
        if now >= self.merges_at {
            self.merger.settle();
            let ended = self.clock.now();
            self.merges_at = ended + Micros((ended - now).0 * (SHARE - 1));
        }
    }

    /// The time at which the mode ended: with its last event, or when it was stopped.
    fn end(&mut self, stopped: Option<Micros>, status: Status) -> Micros {
        let trace = self.merger.trace_mut();
        let is_whole = matches!(status, Status::Finished | Status::Failed) && trace.len() < MAX_EVENTS;
        if !is_whole {
            trace.until = stopped.unwrap_or_else(|| self.clock.now()).max(trace.until);
        }
        trace.until
    }
}
