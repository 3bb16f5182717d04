//! One mode on the stage, from its start to its record: a small machine that reacts to one signal after another.
//!
//! ```text
//! starting ── all lanes are up ──▶ going ── all lanes have ended ──▶ record
//!     └───────────┬── stop, or a lane broke ──┴──▶ stopping ── all have ended, or 100 ms ──▶ record
//! ```

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
use crate::trace::{MAX_EVENTS, Merger, Outcome, Record};
use crate::workload::{LaneId, Micros, Mode};

/// How long lanes may take to come up.
const START_LIMIT: Micros = Micros(10_000_000);
/// How long a stop waits for the last word of the lanes, in milliseconds. What they posted before is kept anyway.
const GRACE_MS: u32 = 100;

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
    mode: Mode,
    clock: Clock,
    crew: Crew,
    merger: Merger,
    phase: Phase,
    /// How many lanes are up.
    up: usize,
    /// How many lanes have ended.
    ended: usize,
    inbox: Rc<Inbox>,
    grace: Option<Timeout>,
}

/// Runs one mode to its record.
pub async fn perform(plan: &Plan, mode: Mode, inbox: &Rc<Inbox>, tell: &dyn Fn(News)) -> Record {
    let (spot, notes) = match choose(plan, mode) {
        Ok(choice) => choice,
        Err(reason) => return Record::without_run(mode, Outcome::Unavailable(reason)),
    };
    let Some(clock) = Clock::starting_now() else {
        return Record::without_run(mode, Outcome::Unavailable("This browser has no clock.".to_owned()));
    };
    let heartbeat = Heartbeat::start(clock.clone(), Rc::clone(inbox));
    let crew = match assemble(plan, mode, spot, &clock, inbox) {
        Ok(crew) => crew,
        Err(error) => return Record::without_run(mode, Outcome::Unavailable(error.to_string())),
    };
    let (phase, merger) = (Phase::Starting, Merger::default());
    let inbox = Rc::clone(inbox);
    let mut stage = Stage { plan, mode, clock, crew, merger, phase, up: 0, ended: 0, inbox, grace: None };
    stage.merger.trace_mut().lanes_up = vec![Micros::ZERO; stage.crew.len()];
    let (outcome, elapsed) = stage.play(tell).await;
    if stage.ended == stage.crew.len() {
        stage.crew.dismiss();
    }
    let mut record = Record::without_run(mode, outcome);
    record.elapsed = Some(elapsed);
    record.frames = heartbeat.map(|heartbeat| heartbeat.frames()).unwrap_or_default();
    record.trace = stage.merger.trace().clone();
    record.notes = notes;
    if record.trace.len() >= MAX_EVENTS {
        record.notes.push("Only the first 16,000,000 events were recorded.".to_owned());
    }
    record
}

fn assemble(plan: &Plan, mode: Mode, spot: Spot, clock: &Clock, inbox: &Rc<Inbox>) -> Result<Crew, SpawnError> {
    let assignment = Assignment {
        mode,
        lane: LaneId::at(0),
        lanes: plan.settings.lanes(mode, plan.workload.tasks),
        workload: (*plan.workload).clone(),
        settings: plan.settings.clone(),
        start: clock.start(),
    };
    match spot {
        Spot::Page => Ok(Crew::on_page(plan.id, assignment, clock.clone(), inbox)),
        Spot::Workers => Crew::in_workers(plan.id, &assignment, is_isolated(), inbox),
    }
}

impl Stage<'_> {
    /// Reacts to signals until the mode is over: what became of it, and how long it took.
    async fn play(&mut self, tell: &dyn Fn(News)) -> (Outcome, Micros) {
        loop {
            match self.inbox.next().await {
                Signal::Said(lane, run, message) if run == self.plan.id => self.hear(lane, message),
                Signal::Said(..) => {}
                Signal::Broke(lane, message) => self.break_off(lane, &message),
                Signal::Stop => self.stop(Outcome::Cancelled("It was stopped.".to_owned())),
                Signal::Tick => self.tick(tell),
            }
            if let Phase::Over(outcome) = &self.phase {
                let outcome = outcome.clone();
                return (outcome, self.end());
            }
        }
    }

    fn hear(&mut self, lane: LaneId, message: FromWorker) {
        match message {
            FromWorker::Up => self.lane_is_up(lane),
            FromWorker::Posted(batch) => self.merger.take(batch),
            FromWorker::Want => {
                if let Err(error) = self.crew.deal_more(lane) {
                    self.break_off(lane, &error.to_string());
                }
            }
            FromWorker::Ended { was_stopped } => self.lane_ended(was_stopped),
            FromWorker::Crashed(message) => self.break_off(lane, &message),
            FromWorker::Calibrated(_) => {}
        }
    }

    /// Lets the tasks go, if it is the last.
    fn lane_is_up(&mut self, lane: LaneId) {
        let now = self.clock.now();
        let trace = self.merger.trace_mut();
        if let Some(at) = trace.lanes_up.get_mut(lane.index()) {
            *at = now;
        }
        self.up += 1;
        if self.up == self.crew.len() && matches!(self.phase, Phase::Starting) {
            trace.released = now;
            self.phase = Phase::Going;
            let lanes_up = trace.lanes_up.clone();
            if let Err(error) = self.crew.go(&self.clock, &lanes_up) {
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
            Phase::Going if are_all => self.phase = Phase::Over(self.outcome()),
            Phase::Stopping(_, outcome) if are_all => self.phase = Phase::Over(outcome.clone()),
            _ => {}
        }
    }

    /// What became of a run whose lanes have all come to their end.
    fn outcome(&self) -> Outcome {
        let failure = self.merger.trace().first_failure();
        failure.map_or(Outcome::Finished, |failure| {
            let text = self.plan.workload.text(failure.step);
            Outcome::Failed(format!("Task {} failed: {text}.", failure.task))
        })
    }

    fn break_off(&mut self, lane: LaneId, message: &str) {
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
                let up = &self.merger.trace().lanes_up;
                let silent = up.iter().position(|up| *up == Micros::ZERO).unwrap_or_default();
                self.break_off(LaneId::at(silent as u8), "it did not answer within 10 s");
            }
            Phase::Stopping(since, outcome) if now - *since >= Micros(u64::from(GRACE_MS) * 1000) => {
                self.phase = Phase::Over(outcome.clone());
            }
            _ => {
                self.crew.collect();
                tell(News::Went(self.mode, self.merger.trace().clone(), now));
            }
        }
    }

    /// The time at which the mode ended; the workers that came to rest are put back.
    fn end(&mut self) -> Micros {
        let trace = self.merger.trace_mut();
        match &self.phase {
            Phase::Over(Outcome::Finished | Outcome::Failed(_)) if trace.len() < MAX_EVENTS => trace.until,
            _ => {
                trace.until = self.clock.now().max(trace.until);
                trace.until
            }
        }
    }
}
