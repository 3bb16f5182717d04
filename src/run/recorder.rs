//! What a lane records with: columns, the clock, and the way to the page.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use super::board::Board;
use super::clock::Clock;
use super::protocol::{Assignment, FromWorker};
use crate::trace::{Batch, Columns, Event, What};
use crate::workload::{LaneId, Micros, TaskId};

/// So many events may share a reading of the clock, which costs more than recording them.
const EVENTS_A_READING: u8 = 64;

/// How long a lane that is busy keeps what it recorded to itself: about as long as the page is let alone beside it.
const KEEP: Micros = Micros(50_000);
/// The same where its tasks want the cores for themselves.
const KEEP_WORKING: Micros = Micros(250_000);

/// Waits shorter than this are not worth a message before them.
const WORTH_POSTING: Micros = Micros(20_000);

/// A batch of more events is posted at once, so that no message is so long that the page stumbles over it.
const LARGEST_BATCH: usize = 1 << 14;

/// Where a lane's messages go: to the page, or from the page to itself.
pub type Outbox = Rc<dyn Fn(FromWorker)>;

/// Where the lanes' common order comes from.
#[derive(Clone)]
pub enum Tickets {
    /// There is none but the clock.
    None,
    /// A shared number, drawn for each event.
    Shared(Board),
    /// A number that is handed on with the GIL.
    Handed(Rc<Cell<u32>>),
}

impl Tickets {
    #[inline]
    fn draw(&self) -> Option<u32> {
        match self {
            Self::None => None,
            Self::Shared(board) => Some(board.draw_ticket()),
            Self::Handed(ticket) => {
                ticket.set(ticket.get() + 1);
                Some(ticket.get())
            }
        }
    }
}

/// Records the events of one lane.
pub struct Recorder {
    clock: Clock,
    lane: LaneId,
    keep: Micros,
    tickets: Tickets,
    outbox: Outbox,
    batch: RefCell<Batch>,
    reading: Cell<Micros>,
    last: Cell<Micros>,
    readings_left: Cell<u8>,
    posted: Cell<Micros>,
}

impl Recorder {
    /// A recorder that has recorded nothing.
    pub fn new(clock: Clock, of: &Assignment, tickets: Tickets, outbox: Outbox) -> Self {
        // Nothing is read before the lane begins: a worker's clock may be corrected until then.
        Self {
            clock,
            lane: of.lane,
            keep: if of.workload.works() { KEEP_WORKING } else { KEEP },
            tickets,
            outbox,
            batch: RefCell::default(),
            reading: Cell::new(Micros::ZERO),
            last: Cell::new(Micros::ZERO),
            readings_left: Cell::new(0),
            posted: Cell::new(Micros::ZERO),
        }
    }

    /// The clock itself.
    pub const fn clock(&self) -> &Clock {
        &self.clock
    }

    /// The time, from a reading that up to 64 events share.
    #[inline]
    pub fn now(&self) -> Micros {
        match self.readings_left.get() {
            0 => self.read(),
            left => {
                self.readings_left.set(left - 1);
                self.reading.get()
            }
        }
    }

    /// The last reading of the clock.
    pub const fn reading(&self) -> Micros {
        self.reading.get()
    }

    /// The time of the last event.
    pub const fn last(&self) -> Micros {
        self.last.get()
    }

    /// The time, read now.
    pub fn read(&self) -> Micros {
        // Never back: the clocks of browsers are monotonic, but not after the rounding of two offsets.
        let now = self.clock.now().max(self.reading.get());
        self.reading.set(now);
        self.readings_left.set(EVENTS_A_READING);
        now
    }

    /// The last reading no longer holds: time has passed in a wait or a count.
    pub fn forget_reading(&self) {
        self.readings_left.set(0);
    }

    /// Records what happened to a task, now.
    #[inline]
    pub fn record(&self, task: TaskId, step: u8, what: What) {
        self.record_at(self.now(), task, step, what);
    }

    /// Records what happened to a task at a time before now, and is seen only now.
    #[inline]
    pub fn record_at(&self, at: Micros, task: TaskId, step: u8, what: What) {
        let event = Event { at, task, lane: self.lane, step, what };
        self.last.set(at);
        let mut batch = self.batch.borrow_mut();
        if !batch.events.push(event) {
            self.send(&mut batch);
            let _ = batch.events.push(event);
        }
        if let Some(ticket) = self.tickets.draw() {
            batch.tickets.push(ticket);
        }
        if batch.events.len() >= LARGEST_BATCH {
            self.send(&mut batch);
        }
    }

    /// Sends the page what was recorded.
    pub fn post(&self) {
        self.posted.set(self.reading.get());
        self.send(&mut self.batch.borrow_mut());
    }

    /// Sends the page what was recorded, before a wait until then, if the wait or the time before it is long enough.
    pub fn post_before(&self, deadline: Micros) {
        if deadline - self.now() >= WORTH_POSTING || self.is_due() {
            self.post();
        }
    }

    /// Whether what was recorded has been kept for long enough.
    pub fn is_due(&self) -> bool {
        self.reading.get() - self.posted.get() >= self.keep
    }

    /// Sends the page a message.
    pub fn say(&self, message: FromWorker) {
        (self.outbox)(message);
    }

    /// Takes what was recorded, where the page itself is the lane.
    fn send(&self, batch: &mut Batch) {
        if !batch.events.is_empty() {
            // After a full batch comes another.
            let room = if batch.events.len() >= LARGEST_BATCH { LARGEST_BATCH } else { 0 };
            let events = std::mem::replace(&mut batch.events, Columns::with_capacity(room));
            self.say(FromWorker::Posted(Batch { events, tickets: std::mem::take(&mut batch.tickets) }));
        }
    }
}
