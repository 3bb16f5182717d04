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
use super::place::{Spot, choose};
use super::plan::{News, Plan};
use super::protocol::{Assignment, FromWorker};
use super::spawn::SpawnError;
use crate::trace::{Counter, MAX_EVENTS, Merger, Outcome, Record, RunId};
use crate::workload::{LaneId, Micros, Mode};

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
    /// The number of the last run. Each mode is a run of its own, so that what an older one says is known for it.
    static LAST_RUN: Cell<u32> = const { Cell::new(0) };
}

/// Where a mode is.
enum Phase {
    /// Lanes are coming up.
    Starting,
    /// Tasks have been let go.
    Going,
    /// It was stopped at a time, with this outcome, and waits for the last word of its lanes.
    Stopping(Micros, Outcome),
    /// It is over.
    Over(Outcome),
}

/// One mode on the stage.
struct Stage<'a> {
    plan: &'a Plan,
    run: RunId,
    mode: Mode,
    clock: Clock,
    crew: Crew,
    merger: Merger,
    phase: Phase,
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
    /// When it was stopped.
    stopped_at: Option<Micros>,
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
    let (spot, notes) = match choose(plan, mode, is_isolated()) {
        Ok(choice) => choice,
        Err(reason) => return Record::without_run(mode, Outcome::Unavailable(reason)),
    };
    let Some(clock) = Clock::starting_now() else {
        return Record::without_run(mode, Outcome::Unavailable("This browser has no clock.".to_owned()));
    };
    let heartbeat = Heartbeat::start(spot, &plan.workload, clock.clone(), Rc::clone(inbox));
    let run = RunId(LAST_RUN.get() + 1);
    LAST_RUN.set(run.0);
    let crew = match assemble(plan, run, mode, spot, &clock, inbox) {
        Ok(crew) => crew,
        Err(error) => return Record::without_run(mode, Outcome::Unavailable(error.to_string())),
    };
    let (phase, merger) = (Phase::Starting, Merger::default());
    let inbox = Rc::clone(inbox);
    let mut stage = Stage {
        plan,
        run,
        mode,
        clock,
        crew,
        merger,
        phase,
        up: Vec::new(),
        ended: 0,
        clock_error: Some(Micros::ZERO),
        counter: None,
        is_broken: false,
        stopped_at: None,
        merges_at: Micros::ZERO,
        told_at: Micros::ZERO,
        heartbeat,
        inbox,
        grace: None,
    };
    stage.up = vec![None; stage.crew.len()];
    let first = plan.settings.first_lanes(mode, plan.workload.tasks);
    stage.merger.trace_mut().lanes_up = vec![Micros::ZERO; first.into()];
    let (outcome, elapsed) = stage.play(tell).await;
    if matches!(outcome, Outcome::Unavailable(_)) {
        return Record::without_run(mode, outcome);
    }
    let actual = stage.crew.counter().or(stage.counter);
    let have_all_ended = stage.ended == stage.crew.len();
    if have_all_ended && !stage.is_broken {
        stage.crew.dismiss();
    }
    let mut record = Record::without_run(mode, outcome);
    record.elapsed = Some(elapsed);
    if let Some(heartbeat) = &stage.heartbeat {
        record.frames = heartbeat.frames();
        stage.merger.trace_mut().freezes = heartbeat.freezes();
    }
    record.clock_error = stage.clock_error.filter(|_| have_all_ended);
    record.counter = plan.workload.additions().zip(actual).map(|(expected, actual)| Counter { expected, actual });
    record.trace = stage.merger.trace().clone();
    record.notes = notes;
    if record.trace.len() >= MAX_EVENTS {
        record.notes.push("Only the first 16,000,000 events were recorded.".to_owned());
    }
    record
}

fn assemble(
    plan: &Plan,
    run: RunId,
    mode: Mode,
    spot: Spot,
    clock: &Clock,
    inbox: &Rc<Inbox>,
) -> Result<Crew, SpawnError> {
    let assignment = Assignment {
        mode,
        lane: LaneId::at(0),
        lanes: plan.settings.lanes(mode, plan.workload.tasks),
        workload: (*plan.workload).clone(),
        settings: plan.settings.clone(),
        start: clock.start(),
    };
    match spot {
        Spot::Page => Ok(Crew::on_page(run, assignment, clock, inbox)),
        Spot::Workers => Crew::in_workers(run, &assignment, is_isolated(), inbox),
    }
}

impl Stage<'_> {
    /// Reacts to signals until the mode is over: what became of it, and how long it took.
    async fn play(&mut self, tell: &dyn Fn(News)) -> (Outcome, Micros) {
        loop {
            match self.inbox.next().await {
                Signal::Said(lane, run, message) if run == self.run => self.hear(lane, message),
                // It may have crashed over a message that it could not read, and so not know its run.
                Signal::Said(lane, _, FromWorker::Crashed(message)) | Signal::Broke(lane, message) => {
                    self.break_off(lane, &message);
                }
                Signal::Said(..) => {}
                Signal::Stop => self.stop(Outcome::Cancelled("It was stopped.".to_owned())),
                Signal::Tick => self.tick(tell),
            }
            if let Phase::Over(outcome) = &self.phase {
                let outcome = outcome.clone();
                self.merger.settle();
                return (self.told_of_failure(outcome), self.end());
            }
        }
    }

    fn hear(&mut self, lane: LaneId, message: FromWorker) {
        match message {
            FromWorker::Up => self.lane_is_up(lane),
            FromWorker::Posted(batch) => self.merger.take(batch),
            FromWorker::Want { each } => {
                if let Err(error) = self.crew.deal_more(lane, each) {
                    self.break_off(lane, &error.to_string());
                }
            }
            FromWorker::Ended { was_stopped, clock_error, counter } => {
                self.counter = Some(counter);
                self.clock_error = self.clock_error.zip(clock_error).map(|(one, other)| one.max(other));
                self.lane_ended(was_stopped);
            }
            FromWorker::Crashed(message) => self.break_off(lane, &message),
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
                self.break_off(lane, &error.to_string());
            }
        }
    }

    fn lane_ended(&mut self, was_stopped: bool) {
        self.ended += 1;
        let are_all = self.ended == self.crew.len();
        match &self.phase {
            // Nobody asked it to stop: it has held the page for too long.
            Phase::Going if was_stopped => {
                let reason = "It had held the page for 10 s, so it was ended. Let it run in a worker instead.";
                self.phase = Phase::Over(Outcome::Cancelled(reason.to_owned()));
            }
            Phase::Going if are_all => self.phase = Phase::Over(Outcome::Finished),
            Phase::Stopping(_, outcome) if are_all => self.phase = Phase::Over(outcome.clone()),
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

    fn break_off(&mut self, lane: LaneId, message: &str) {
        self.is_broken = true;
        let reason = format!("The worker of lane {} broke: {message}", lane.0);
        let outcome = match self.phase {
            Phase::Starting => Outcome::Unavailable(reason),
            _ => Outcome::Cancelled(reason),
        };
        self.stop(outcome);
    }

    fn stop(&mut self, outcome: Outcome) {
        let now = self.clock.now();
        match self.phase {
            Phase::Starting => {
                self.merger.trace_mut().released = now;
                self.phase = Phase::Over(outcome);
            }
            Phase::Going => {
                self.phase = Phase::Stopping(now, outcome);
                self.stopped_at = Some(now);
                let inbox = Rc::clone(&self.inbox);
                self.grace = Some(Timeout::new(GRACE_MS, move || inbox.put(Signal::Tick)));
            }
            Phase::Stopping(..) | Phase::Over(_) => return,
        }
        self.crew.stop();
    }

    fn tick(&mut self, tell: &dyn Fn(News)) {
        let now = self.clock.now();
        match &self.phase {
            Phase::Starting if now > START_LIMIT => {
                let silent = self.up.iter().position(Option::is_none).unwrap_or_default();
                self.break_off(LaneId::at(silent as u8), "it did not answer within 10 s");
            }
            Phase::Starting | Phase::Going if now < FIRST_NEWS => {}
            Phase::Stopping(since, outcome) if now - *since >= Micros(u64::from(GRACE_MS) * 1000) => {
                self.phase = Phase::Over(outcome.clone());
            }
            Phase::Going if self.wakes_soon(now) => {}
            _ => {
                self.told_at = now;
                self.crew.collect();
                self.merge(now);
                self.note_freezes();
                tell(News::Went(self.mode, self.merger.trace().clone(), now));
            }
        }
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

    /// The time at which the mode ended; the workers that came to rest are put back.
    fn end(&mut self) -> Micros {
        let trace = self.merger.trace_mut();
        match &self.phase {
            Phase::Over(Outcome::Finished | Outcome::Failed(_)) if trace.len() < MAX_EVENTS => trace.until,
            _ => {
                trace.until = self.stopped_at.unwrap_or_else(|| self.clock.now()).max(trace.until);
                trace.until
            }
        }
    }
}
