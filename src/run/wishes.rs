//! Who wants the token, who has it, and who gets it next, as one thread knows it. Not how threads talk to one another.
//!
//! Suzuki and Kasami's algorithm ("A Distributed Mutual Exclusion Algorithm", ACM TOCS 3(4), 1985): who wants the
//! token tells all others, with the number of the wish; the token carries the number of the last wish that each
//! thread was granted, and a queue. So its holder knows who waits, wherever the token has been meanwhile, and a wish that
//! arrives late is known to be granted already.
//!
//! ```text
//! thread 1   has the token ───┬─ hears of 2's wish ─┬─ lets go, hands on ──────────────────
//!                 wish of 2 ──┘                     └── token ──┐
//! thread 2   wants it, tells all ───────── waits ───────────────┴─ has the token ──
//! ```

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

/// The token, with what it carries along.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token<C> {
    /// The number of the last wish that each thread was granted.
    granted: Vec<u32>,
    /// Who gets it next, by place.
    queue: VecDeque<u8>,
    /// What threads would share.
    pub carried: C,
}

/// What a thread knows of the token.
#[derive(Debug)]
pub struct Wishes<C> {
    me: u8,
    /// The number of the last wish of each thread, as far as it is known here.
    told: Vec<u32>,
    /// The token, if it is here.
    token: Option<Token<C>>,
    /// Whether it is in use here.
    in_use: bool,
}

impl<C> Wishes<C> {
    /// For the thread at this place of so many. The first begins with the token, and what it carries.
    #[must_use]
    pub fn new(me: u8, threads: usize, carried: C) -> Self {
        let token = (me == 0).then(|| Token { granted: vec![0; threads], queue: VecDeque::new(), carried });
        Self { me, told: vec![0; threads], token, in_use: false }
    }

    /// Whether the token is here.
    #[must_use]
    pub const fn has_token(&self) -> bool {
        self.token.is_some()
    }

    /// What the token carries, if it is here.
    pub fn carried(&mut self) -> Option<&mut C> {
        self.token.as_mut().map(|token| &mut token.carried)
    }

    /// Uses the token if it is here; whether it is.
    pub const fn try_take(&mut self) -> bool {
        self.in_use = self.token.is_some();
        self.in_use
    }

    /// Wants the token: the number of that wish, of which all others are to be told.
    pub fn want(&mut self) -> u32 {
        let Some(wish) = self.told.get_mut(usize::from(self.me)) else { return 0 };
        *wish += 1;
        *wish
    }

    /// Hears of a wish of another. Whom the token is to be sent to, if it lay here unused.
    pub fn hear_wish(&mut self, of: u8, wish: u32) -> Option<(u8, Token<C>)> {
        if let Some(known) = self.told.get_mut(usize::from(of)) {
            *known = wish.max(*known);
        }
        self.hand_on()
    }

    /// The token has come. It comes because it was asked for, so it is in use: nobody takes it away before its turn.
    pub fn hear_token(&mut self, token: Token<C>) {
        self.token = Some(token);
        self.in_use = true;
    }

    /// Lets go of the token. Whom it is to be sent to, if another waits for it.
    pub fn let_go(&mut self) -> Option<(u8, Token<C>)> {
        self.in_use = false;
        let me = usize::from(self.me);
        if let Some(token) = &mut self.token
            && let (Some(granted), Some(wish)) = (token.granted.get_mut(me), self.told.get(me))
        {
            *granted = *wish;
        }
        self.hand_on()
    }

    /// Lets go of the token to get it back behind those who wait for it: that stands on the token itself, so nobody need
    /// be told. Whom it is to be sent to.
    pub fn give_way(&mut self) -> Option<(u8, Token<C>)> {
        self.is_wanted();
        if let Some(token) = &mut self.token {
            token.queue.push_back(self.me);
        }
        self.let_go()
    }

    /// Takes note of who waits; whether anybody does.
    pub fn is_wanted(&mut self) -> bool {
        let Some(token) = &mut self.token else { return false };
        for ((place, wish), granted) in (0_u8..).zip(&self.told).zip(&token.granted) {
            if wish > granted && place != self.me && !token.queue.contains(&place) {
                token.queue.push_back(place);
            }
        }
        !token.queue.is_empty()
    }

    fn hand_on(&mut self) -> Option<(u8, Token<C>)> {
        if self.in_use || !self.is_wanted() {
            return None;
        }
        let mut token = self.token.take()?;
        let next = token.queue.pop_front()?;
        Some((next, token))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[derive(Debug)]
    enum Word {
        Wish(u8, u32),
        Token(Token<u32>),
    }

    /// What a thread is at.
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum At {
        Idle,
        Waiting,
        Running,
    }

    /// Threads and what is under way from each to each, in its order.
    struct World {
        threads: Vec<(Wishes<u32>, At)>,
        ways: Vec<VecDeque<Word>>,
        /// How often a thread ran.
        turns: u32,
    }

    impl World {
        fn of(threads: usize) -> Self {
            let thread = |me| (Wishes::new(me as u8, threads, 0), At::Idle);
            let ways = (0..threads * threads).map(|_| VecDeque::new()).collect();
            Self { threads: (0..threads).map(thread).collect(), ways, turns: 0 }
        }

        fn send(&mut self, from: usize, sent: Option<(u8, Token<u32>)>) {
            if let Some((to, token)) = sent {
                let threads = self.threads.len();
                self.ways[from * threads + usize::from(to)].push_back(Word::Token(token));
            }
        }

        fn run(&mut self, who: usize) {
            self.turns += 1;
            *self.threads[who].0.carried().unwrap() += 1;
            self.threads[who].1 = At::Running;
        }

        /// An idle thread takes or asks for the token; one that runs lets go of it, or only gives way.
        fn act(&mut self, who: usize, gives_way: bool) {
            let (wishes, at) = &mut self.threads[who];
            match *at {
                At::Idle if wishes.try_take() => self.run(who),
                At::Idle => {
                    *at = At::Waiting;
                    let wish = wishes.want();
                    let threads = self.threads.len();
                    for to in (0..threads).filter(|to| *to != who) {
                        self.ways[who * threads + to].push_back(Word::Wish(who as u8, wish));
                    }
                }
                At::Running if gives_way && wishes.is_wanted() => {
                    *at = At::Waiting;
                    let sent = wishes.give_way();
                    self.send(who, sent);
                }
                At::Running => {
                    *at = At::Idle;
                    let sent = wishes.let_go();
                    self.send(who, sent);
                }
                At::Waiting => {}
            }
        }

        /// The first word on one of the ways arrives.
        fn deliver(&mut self, way: usize) {
            let (to, word) = (way % self.threads.len(), self.ways[way].pop_front());
            match word {
                Some(Word::Wish(of, wish)) => {
                    let sent = self.threads[to].0.hear_wish(of, wish);
                    self.send(to, sent);
                }
                Some(Word::Token(token)) => {
                    self.threads[to].0.hear_token(token);
                    self.run(to);
                }
                None => {}
            }
        }

        fn tokens(&self) -> usize {
            let under_way = self.ways.iter().flatten().filter(|word| matches!(word, Word::Token(_))).count();
            under_way + self.threads.iter().filter(|(wishes, _)| wishes.has_token()).count()
        }

        fn running(&self) -> usize {
            self.threads.iter().filter(|(_, at)| *at == At::Running).count()
        }
    }

    proptest! {
        #[test]
        fn one_thread_at_a_time_runs_and_each_that_waits_comes_to_its_turn(
            threads in 1_usize..6,
            schedule in prop::collection::vec((any::<bool>(), any::<usize>(), any::<bool>()), 0..400),
        ) {
            let mut world = World::of(threads);
            for (acts, which, gives_way) in schedule {
                if acts { world.act(which % threads, gives_way) } else { world.deliver(which % world.ways.len()) }
                prop_assert_eq!(world.tokens(), 1);
                prop_assert!(world.running() <= 1);
            }
            // From here on nobody wants it anew, and who runs lets go: all that is wanted is granted.
            for _ in 0..=threads {
                while let Some(way) = world.ways.iter().position(|way| !way.is_empty()) {
                    world.deliver(way);
                    prop_assert!(world.running() <= 1);
                }
                if let Some(who) = world.threads.iter().position(|(_, at)| *at == At::Running) {
                    world.act(who, false);
                }
            }
            prop_assert!(world.threads.iter().all(|(_, at)| *at == At::Idle));
            // What the token carries is the same for all.
            let carried = world.threads.iter_mut().find_map(|(wishes, _)| wishes.carried().copied());
            prop_assert_eq!(carried, Some(world.turns));
        }
    }

    #[test]
    fn who_gives_way_comes_back_behind_those_who_wait() {
        let mut holder = Wishes::new(0, 3, ());
        assert!(holder.try_take() && !holder.is_wanted());
        assert_eq!(holder.hear_wish(2, 1), None, "it is in use");
        assert_eq!(holder.hear_wish(1, 1), None);
        let (to, token) = holder.give_way().unwrap();
        assert_eq!((to, &token.queue, holder.has_token()), (1, &VecDeque::from([2, 0]), false));
    }

    #[test]
    fn a_wish_that_was_granted_already_is_none() {
        let (mut one, mut two) = (Wishes::new(0, 2, ()), Wishes::new(1, 2, ()));
        let wish = two.want();
        let (_, token) = one.hear_wish(1, wish).unwrap();
        two.hear_token(token);
        assert_eq!(two.let_go(), None, "it stays where it was wanted last");
        let wish = one.want();
        let (_, token) = two.hear_wish(0, wish).unwrap();
        one.hear_token(token);
        one.let_go();
        assert_eq!(one.hear_wish(1, 1), None, "told once more, late");
    }
}
