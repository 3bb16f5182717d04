//! The lanes of one mode under way: brought up, let go together, dealt tasks, stopped, and put away on drop.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::{MessageChannel, MessagePort};

use super::board::{Board, Slot};
use super::clock::Clock;
use super::counter::Counter;
use super::dealer::Dealer;
use super::environment::is_isolated;
use super::inbox::Inbox;
use super::page_lane::PageLane;
use super::place::Spot;
use super::plan::Plan;
use super::pool;
use super::protocol::{Assignment, Go, ToWorker, WireId};
use super::spawn::{Beside, LaneWorker, SpawnError, words};
use crate::workload::{LaneId, Micros, Mode};

/// Sending a lane its word to go, and waking its worker up, takes up to so long where the cores are few: measured on two
/// of them with 20 lanes and with 32.
const WORD: Micros = Micros(200);

/// So long stopped workers are kept before they are put away, in milliseconds.
const PUT_AWAY_MS: u32 = 50;

/// The lanes of one mode.
pub struct Crew {
    run: WireId,
    mode: Mode,
    lanes: Lanes,
    board: Option<Board>,
}

enum Lanes {
    Page(PageLane),
    Workers { workers: Vec<LaneWorker>, are_fresh: bool, dealer: Dealer },
}

impl Crew {
    /// The lanes of a mode, at the spot where they are to be. They say when they are up.
    ///
    /// # Errors
    /// Workers can't be had.
    pub fn assemble(
        plan: &Plan,
        run: WireId,
        mode: Mode,
        spot: Spot,
        clock: &Clock,
        inbox: &Rc<Inbox>,
    ) -> Result<Self, SpawnError> {
        let assignment = Assignment {
            mode,
            lane: LaneId::at(0),
            lanes: plan.settings.lanes(mode, plan.workload.tasks),
            workload: (*plan.workload).clone(),
            settings: plan.settings.clone(),
            start: clock.start(),
        };
        match spot {
            Spot::Page => {
                let lanes = Lanes::Page(PageLane::new(run, assignment, clock, inbox));
                Ok(Self { run, mode, lanes, board: None })
            }
            Spot::Workers => Self::in_workers(run, &assignment, plan, inbox),
        }
    }

    /// Lanes in workers: fresh ones for processes, else from the warm pool.
    fn in_workers(run: WireId, first: &Assignment, plan: &Plan, inbox: &Rc<Inbox>) -> Result<Self, SpawnError> {
        let are_fresh = first.mode == Mode::Processes;
        // All boot while the page goes on with the rest.
        let start = |_| if are_fresh { LaneWorker::start() } else { pool::take() };
        let workers = (0..first.lanes).map(start).collect::<Result<Vec<_>, _>>()?;
        let board = is_isolated().then(Board::new).transpose().map_err(|error| SpawnError::Refused(words(&error)))?;
        if let Some(board) = &board {
            board.store(Slot::NextTask, first.lanes.into());
        }
        let needs_ports = first.mode.has_gil() && board.is_none();
        let mut ports = if needs_ports { mesh(first.lanes.into()) } else { Vec::new() }.into_iter();
        for (index, worker) in (0..).zip(&workers) {
            let lane = LaneId::at(index);
            worker.listen_as(lane, inbox);
            let beside = match (&board, ports.next()) {
                (Some(board), _) => Beside::Board(board.clone()),
                (None, Some(ports)) => Beside::Ports(ports),
                (None, None) => Beside::Nothing,
            };
            worker.say(run, ToWorker::Prepare(Assignment { lane, ..first.clone() }), beside)?;
        }
        let dealer = Dealer::new(Rc::clone(&plan.workload), plan.pace, first.lanes);
        let lanes = Lanes::Workers { workers, are_fresh, dealer };
        Ok(Self { run, mode: first.mode, lanes, board })
    }

    /// How many lanes there are.
    pub fn len(&self) -> usize {
        match &self.lanes {
            Lanes::Page(_) => 1,
            Lanes::Workers { workers, .. } => workers.len(),
        }
    }

    /// When a task wakes next on the page, if any does.
    pub fn due(&self) -> Option<Micros> {
        match &self.lanes {
            Lanes::Page(lane) => lane.due(),
            Lanes::Workers { .. } => None,
        }
    }

    /// When the last lane will have heard the word to go, if that is given now: with it all begin.
    pub fn begins(&self, now: Micros) -> Micros {
        now + Micros(WORD.0 * (self.len() as u64).saturating_sub(1))
    }

    /// Lets the tasks go, on all lanes together then; each was heard to be up at its time.
    pub fn go(&mut self, clock: &Clock, lanes_up: &[Micros], when: Micros) -> Result<(), SpawnError> {
        match &mut self.lanes {
            Lanes::Page(lane) => lane.go(),
            Lanes::Workers { workers, dealer, .. } => {
                for (worker, heard) in workers.iter().zip(lanes_up) {
                    let go = Go { tasks: dealer.first(), heard: *heard, sent: clock.now(), begin: when };
                    worker.say(self.run, ToWorker::Go(go), Beside::Nothing)?;
                }
            }
        }
        Ok(())
    }

    /// Deals a lane more tasks.
    pub fn deal_more(&mut self, lane: LaneId) -> Result<(), SpawnError> {
        match &mut self.lanes {
            Lanes::Page(_) => Ok(()),
            Lanes::Workers { workers, dealer, .. } => workers
                .get(lane.index())
                .map_or(Ok(()), |worker| worker.say(self.run, ToWorker::Tasks(dealer.more()), Beside::Nothing)),
        }
    }

    /// Has a lane on the page hand over what it recorded. Those in workers do so by themselves.
    pub fn collect(&self) {
        if let Lanes::Page(lane) = &self.lanes {
            lane.collect();
        }
    }

    /// What the counter has come to, where all lanes share it and the page sees it, or where the lanes have each their
    /// own and the page's is nobody's.
    pub fn counter(&self) -> Option<u64> {
        if self.mode.shares_memory() {
            self.board.as_ref().map(|board| Counter::shared(board).value())
        } else {
            Some(0)
        }
    }

    /// Asks all lanes to stop.
    pub fn stop(&mut self) {
        if let Some(board) = &self.board {
            board.stop();
        }
        match &mut self.lanes {
            Lanes::Page(lane) => lane.stop(),
            Lanes::Workers { workers, .. } => {
                for worker in workers {
                    // One that can't hear is terminated when the crew is dropped.
                    let _ = worker.say(self.run, ToWorker::Stop, Beside::Nothing);
                }
            }
        }
    }

    /// All lanes have come to rest: the warm workers go back to the pool.
    pub fn give_back(&mut self) {
        if let Lanes::Workers { workers, are_fresh: false, .. } = &mut self.lanes {
            std::mem::take(workers).into_iter().for_each(pool::give_back);
        }
    }

    /// Puts the workers away a moment later: many take the page long, and what a stop left is told first.
    pub fn put_away_soon(&mut self) {
        if let Lanes::Workers { workers, .. } = &mut self.lanes {
            let workers = std::mem::take(workers);
            Timeout::new(PUT_AWAY_MS, move || drop(workers)).forget();
        }
    }
}

impl Drop for Crew {
    fn drop(&mut self) {
        // A counting worker whose end the browser puts off sees this at once.
        if let Some(board) = &self.board {
            board.stop();
        }
    }
}

/// For each of so many lanes a port to every other, by place.
fn mesh(lanes: usize) -> Vec<Vec<Option<MessagePort>>> {
    let mut mesh: Vec<Vec<Option<MessagePort>>> = vec![Vec::new(); lanes];
    for one in 0..lanes {
        let (before, rest) = mesh.split_at_mut(one + 1);
        let Some(ports) = before.last_mut() else { continue };
        // To those before it, it has its ports already; to itself none; to those after it one each.
        ports.push(None);
        for others in rest {
            let channel = MessageChannel::new().ok();
            ports.push(channel.as_ref().map(MessageChannel::port1));
            others.push(channel.map(|channel| channel.port2()));
        }
    }
    mesh
}
