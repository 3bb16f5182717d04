//! The walks of many tasks, side by side in memory. Whose turn it is, it is told.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bumpalo::Bump;
use bumpalo::boxed::Box;

use crate::workload::TaskId;

/// The memory for walks, taken and given back as a whole.
pub struct Room(Bump);

impl Room {
    /// Memory for so many walks, as `begin` gives them.
    #[must_use]
    pub fn of<F>(walks: u32, _begin: &impl Fn(TaskId) -> F) -> Self {
        Self(Bump::with_capacity(size_of::<F>() * walks as usize))
    }
}

/// The walks of all tasks that have begun and not ended. Where one begins before its turn, those before it are made too.
pub struct Walks<'a, F, B> {
    room: &'a Room,
    tasks: usize,
    begin: B,
    of: Vec<Option<Pin<Box<'a, F>>>>,
    /// The memory of tasks that are over, for those that are yet to begin.
    free: Vec<Pin<Box<'a, F>>>,
}

impl<'a, F: Future, B: Fn(TaskId) -> F> Walks<'a, F, B> {
    /// The walks of so many tasks, of which none has begun.
    pub fn new(room: &'a Room, tasks: u32, begin: B) -> Self {
        let tasks = tasks as usize;
        Self { room, tasks, begin, of: Vec::with_capacity(tasks), free: Vec::new() }
    }

    /// Gives a task its turn, to its next await or its end; in its first it begins. One that is over has none.
    pub fn poll(&mut self, task: TaskId, cx: &mut Context<'_>) -> Option<Poll<F::Output>> {
        while self.of.len() <= task.index() && self.of.len() < self.tasks {
            let walk = self.placed(TaskId::at(self.of.len() as u32));
            self.of.push(Some(walk));
        }
        let place = self.of.get_mut(task.index())?;
        let poll = place.as_mut()?.as_mut().poll(cx);
        if poll.is_ready() {
            let over = place.take();
            if self.of.len() < self.tasks {
                self.free.extend(over);
            }
        }
        Some(poll)
    }

    /// The walk of a task that begins.
    fn placed(&mut self, task: TaskId) -> Pin<Box<'a, F>> {
        let walk = (self.begin)(task);
        match self.free.pop() {
            Some(mut memory) => {
                memory.set(walk);
                memory
            }
            None => Box::pin_in(walk, &self.room.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::RefCell;
    use std::future::poll_fn;
    use std::task::Waker;

    /// Waits so often, and then says whose it was.
    async fn wait(task: TaskId, times: u32) -> TaskId {
        // In memory of its own, that it must find where it was.
        let mut left = times;
        poll_fn(|_| match left.checked_sub(1) {
            Some(less) => {
                left = less;
                Poll::Pending
            }
            None => Poll::Ready(()),
        })
        .await;
        task
    }

    proptest! {
        #[test]
        fn every_task_has_its_turns_and_its_end_once(
            times in prop::collection::vec(0_u32..4, 1..40), limit in 1_usize..40, picks in prop::collection::vec(any::<prop::sample::Index>(), 200),
        ) {
            let begun = RefCell::new(Vec::new());
            let begin = |task: TaskId| {
                begun.borrow_mut().push(task);
                wait(task, times[task.index()])
            };
            let room = Room::of(limit as u32, &begin);
            let bytes = room.0.allocated_bytes();
            let mut walks = Walks::new(&room, times.len() as u32, begin);
            let (mut next, mut on, mut turns) = (0, Vec::new(), vec![0; times.len()]);
            for pick in picks.iter().cycle() {
                while on.len() < limit && next < times.len() as u32 {
                    on.push(TaskId::at(next));
                    next += 1;
                }
                if on.is_empty() { break; }
                // Those that have not begun have their first turn in order; else anyone has the next.
                let fresh = on.iter().position(|task| turns[task.index()] == 0);
                let at = fresh.unwrap_or_else(|| pick.index(on.len()));
                let task = on[at];
                turns[task.index()] += 1;
                if let Some(Poll::Ready(end)) = walks.poll(task, &mut Context::from_waker(Waker::noop())) {
                    prop_assert_eq!(end, task);
                    prop_assert_eq!(turns[task.index()], times[task.index()] + 1);
                    on.remove(at);
                    prop_assert!(walks.poll(task, &mut Context::from_waker(Waker::noop())).is_none());
                }
            }
            prop_assert_eq!(next as usize, times.len());
            prop_assert_eq!(begun.borrow().len(), times.len());
            // No more memory than for those that are there at once.
            prop_assert_eq!(room.0.allocated_bytes(), bytes);
        }
    }
}
