//! What a scenario measures with: the pages, opened when they are asked for, and rounds in turn.

use std::cell::RefCell;
use std::rc::Rc;

use e2e::Isolation;

use crate::failure::{Failure, Result};
use crate::figures::Figures;
use crate::options::Pace;
use crate::peers::page::{Machine, Page};
use crate::peers::{Peer, Run, Work};

/// What a scenario measures with.
pub struct Bench {
    pace: Pace,
    isolated: RefCell<Option<Rc<Page>>>,
    plain: RefCell<Option<Rc<Page>>>,
}

/// What the rounds gave of one peer.
pub struct Measured {
    /// The peer.
    pub peer: Peer,
    /// Its runs, one a round.
    pub runs: Vec<Run>,
    /// Why there are none.
    pub absent: Option<String>,
}

impl Bench {
    /// With no page open yet.
    pub const fn new(pace: Pace) -> Self {
        Self { pace, isolated: RefCell::new(None), plain: RefCell::new(None) }
    }

    /// So many rounds, or fewer if it is to be quick.
    pub const fn rounds(&self, full: usize) -> usize {
        match self.pace {
            Pace::Full => full,
            Pace::Quick => full.div_ceil(5),
        }
    }

    /// The page that is isolated, or that which is not.
    pub fn page(&self, isolation: Isolation) -> Result<Rc<Page>> {
        let place = if isolation == Isolation::Isolated { &self.isolated } else { &self.plain };
        if let Some(page) = &*place.borrow() {
            return Ok(Rc::clone(page));
        }
        let page = Rc::new(Page::open(isolation)?);
        place.replace(Some(Rc::clone(&page)));
        Ok(page)
    }

    /// What the pages told of the machine, if one was opened.
    pub fn machine(&self) -> Option<Machine> {
        let of = |place: &RefCell<Option<Rc<Page>>>| place.borrow().as_ref().map(|page| page.machine().clone());
        of(&self.isolated).or_else(|| of(&self.plain))
    }

    /// Lets all peers do the work, round by round in turn, so that noise hits all alike: forth in one round, and back
    /// in the next. A peer that can't be had here is absent.
    pub fn in_turn(&self, work: &Work, peers: &[Peer], rounds: usize) -> Result<Vec<Measured>> {
        let absent = |peer: &Peer| Measured { peer: *peer, runs: Vec::new(), absent: None };
        let mut all: Vec<_> = peers.iter().map(absent).collect();
        for round in 0..self.rounds(rounds) {
            let mut order: Vec<_> = all.iter_mut().filter(|measured| measured.absent.is_none()).collect();
            if round % 2 == 1 {
                order.reverse();
            }
            for measured in order {
                match measured.peer.run(self, work) {
                    Ok(run) => measured.runs.push(run),
                    Err(Failure::NotHere(reason)) => measured.absent = Some(reason),
                    Err(failure) => return Err(failure),
                }
            }
        }
        Ok(all)
    }
}

impl Measured {
    /// A figure of each round, where it has one.
    pub fn figures(&self, of: impl Fn(&Run) -> Option<f64>) -> Figures {
        self.runs.iter().filter_map(of).collect()
    }

    /// Elapsed times, in milliseconds.
    pub fn elapsed(&self) -> Figures {
        self.figures(|run| Some(run.elapsed))
    }

    /// Start-up times, in milliseconds.
    pub fn startup(&self) -> Figures {
        self.figures(|run| Some(run.startup))
    }

    /// Elapsed times, start-up apart, in milliseconds.
    pub fn rest(&self) -> Figures {
        self.figures(|run| Some(run.rest()))
    }
}

/// What one peer gave; of one that was not asked nothing.
pub fn of(all: &[Measured], peer: Peer) -> Result<&Measured> {
    let found = all.iter().find(|measured| measured.peer == peer);
    found.ok_or_else(|| Failure::NotHere(format!("{} was not measured", peer.name())))
}
