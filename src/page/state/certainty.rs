//! Which order of a mode's output is certain, in words, and the measured one held against it. What is certain is
//! `crate::predict`'s to say; how it looks is `page/output`'s.

use std::ops::Range;
use std::rc::Rc;

use super::{Card, Conditions, Forecast, Stage, State};
use crate::predict::{Contradiction, Machine, Order, Prediction, Verdict};
use crate::trace::{Outcome, Record};
use crate::workload::{Mode, TaskId};

/// Which order of a predicted output is certain.
#[derive(Clone, Debug)]
pub struct Certainty {
    order: Order,
    verdict: Verdict,
    /// Where the order is open.
    open: Vec<Range<usize>>,
}

/// Only the same one is equal: to compare two line by line would take long.
impl PartialEq for Certainty {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other)
    }
}

/// What became of a measured order that was held against the predicted.
pub type Checked = Result<(), Contradiction>;

impl Certainty {
    /// That of a prediction, which must be of these conditions. Pending now and then, as a prediction is.
    pub async fn of(prediction: &Prediction, conditions: &Conditions, mode: Mode, machine: &Machine) -> Rc<Self> {
        let Conditions { workload, settings } = conditions;
        let order = Order::of(prediction, workload, settings, mode, machine).await;
        let verdict = order.verdict(prediction, workload).await;
        let open = order.open().await;
        Rc::new(Self { order, verdict, open })
    }

    /// Holds what a run printed against it. Pending now and then.
    ///
    /// # Errors
    /// The first line that contradicts what is certain.
    pub async fn check(&self, record: &Record) -> Checked {
        self.order.check(record.trace.printed()).await
    }

    /// Which order is certain.
    #[must_use]
    pub const fn order(&self) -> &Order {
        &self.order
    }

    /// Whether the order is open anywhere.
    #[must_use]
    pub const fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// The stretches in which the order is open that have any of these lines: by their places in the output, from 0.
    #[must_use]
    pub fn open_in(&self, lines: &Range<usize>) -> &[Range<usize>] {
        let first = self.open.partition_point(|stretch| stretch.end <= lines.start);
        let end = self.open.partition_point(|stretch| stretch.start < lines.end);
        self.open.get(first..end).unwrap_or_default()
    }
}

impl Card {
    /// What is known of the order of the output.
    #[must_use]
    pub fn certainty(&self) -> Option<&Rc<Certainty>> {
        match self.forecast.as_ref().filter(|_| self.may_compare())? {
            Forecast::Known(_, _, certainty) => certainty.as_ref(),
            Forecast::Elapsed(..) | Forecast::Unknown(_) => None,
        }
    }

    /// Whether the order of the output is certain, and once the measured one was held against it, what came of that.
    /// None: there is no order, or nothing is predicted.
    #[must_use]
    pub fn order_words(&self, checked: Option<&Checked>) -> Option<String> {
        let Some(Certainty { order, verdict, .. }) = self.certainty().map(Rc::as_ref) else {
            let large = self.partly.is_some() && self.conditions.workload.prints();
            return large.then(|| "Too many lines to say whether their order is certain.".to_owned());
        };
        if order.len() < 2 {
            return None;
        }
        Some(match (&self.stage, checked) {
            (Stage::Ended(record), Some(Ok(()))) if record.elapsed.is_some() => as_predicted(*verdict, &record.outcome),
            (Stage::Ended(_), Some(Err(found))) => self.contradicted(*found),
            (Stage::Running(_), _) => format!("Running: {}", lower_first(&is_certain(*verdict))),
            _ => format!("Predicted. {}", is_certain(*verdict)),
        })
    }

    fn contradicted(&self, found: Contradiction) -> String {
        let line = |(task, step): (TaskId, u8)| format!("“{}” of task {task}", self.conditions.workload.text(step));
        let (place, late) = (found.place + 1, line(found.line));
        match found.after {
            Some(after) => {
                format!("Not as predicted: line {place}, {late}, should certainly come before {}.", line(after))
            }
            None => format!("Not as predicted: line {place}, {late}, should not be there."),
        }
    }
}

impl State {
    /// Whether there is a predicted output whose order is open somewhere.
    #[must_use]
    pub fn has_open_order(&self) -> bool {
        let is_open = |mode| self.card(mode).certainty().is_some_and(|certainty| certainty.is_open());
        self.shown().into_iter().any(is_open)
    }
}

fn is_certain(verdict: Verdict) -> String {
    match verdict {
        Verdict::Certain => "The order is certain.".to_owned(),
        Verdict::Texts(open) => format!("The texts are certain; which task comes first is open{}.", in_stretches(open)),
        Verdict::Open(open) => format!("The order is open{}.", in_stretches(open)),
    }
}

/// A sentence that goes on behind a colon.
fn lower_first(sentence: &str) -> String {
    let mut characters = sentence.chars();
    characters.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(characters).collect()
}

fn as_predicted(verdict: Verdict, outcome: &Outcome) -> String {
    let as_predicted = match outcome {
        Outcome::Cancelled(_) => "As predicted, as far as it came",
        _ => "As predicted",
    };
    match verdict {
        Verdict::Certain => format!("{as_predicted}: the order was certain."),
        Verdict::Texts(open) => {
            format!("{as_predicted}: the texts were certain; which task came first was open{}.", in_stretches(open))
        }
        Verdict::Open(open) => {
            format!("{as_predicted} where it was certain; the order was open{}.", in_stretches(open))
        }
    }
}

fn in_stretches(open: usize) -> String {
    if open == 1 { String::new() } else { format!(" in {open} stretches") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::read;
    use crate::page::state::{Action, Forecasted, NotWhole};
    use crate::predict::{Budget, at_once, predict};
    use crate::trace::{Cut, Event, RunId, Trace};
    use crate::workload::Micros;

    const MODE: Mode = Mode::Threads;

    /// A page that was told of the whole prediction of threads.
    fn page(query: &str, mode: Mode) -> Rc<State> {
        let state = Rc::new(State::of(read(query)));
        let (conditions, machine) = (Rc::clone(&state.conditions), state.machine);
        let Conditions { workload, settings } = &*conditions;
        let prediction = at_once(predict(workload, settings, mode, &machine, Budget::default())).unwrap();
        let certainty = at_once(Certainty::of(&prediction, &conditions, mode, &machine));
        let forecast = Forecast::Known(Rc::new(prediction.trace), prediction.elapsed, Some(certainty));
        state.reduced(Action::Forecast(conditions, Forecasted { mode, machine, forecast }))
    }

    /// The card after a run that printed what is predicted, its lines in this order.
    fn ran(query: &str, order: &[usize], outcome: Outcome) -> Card {
        let state = page(query, MODE);
        let predicted: Vec<Event> = state.card(MODE).predicted_trace().unwrap().printed().collect();
        let mut trace = Trace::default();
        for at in order {
            trace.push(predicted[*at]);
        }
        let record = Record { elapsed: Some(Micros(1)), trace, ..Record::without_run(MODE, outcome) };
        state.reduced(Action::Run(vec![MODE])).reduced(Action::Ended(RunId(1), record)).card(MODE)
    }

    fn told(card: &Card) -> String {
        let checked = at_once(card.certainty().unwrap().check(card.record().unwrap()));
        card.order_words(Some(&checked)).unwrap()
    }

    #[test]
    fn before_a_run_it_is_said_what_is_certain() {
        let words = |query, mode| page(query, mode).card(mode).order_words(None);
        assert_eq!(words("", Mode::Async).as_deref(), Some("Predicted. The order is certain."));
        let texts = "Predicted. The texts are certain; which task comes first is open in 2 stretches.";
        assert_eq!(words("", MODE).as_deref(), Some(texts));
        let run = page("", Mode::Async).reduced(Action::Run(vec![Mode::Async]));
        let going = run.reduced(Action::Went(RunId(1), Mode::Async, Trace::default(), Micros(1000)));
        assert_eq!(going.card(Mode::Async).order_words(None).as_deref(), Some("Running: the order is certain."));
        let open = "Predicted. The order is open.";
        assert_eq!(words("tasks=2&steps=print:One,print:Two", MODE).as_deref(), Some(open));
        assert_eq!(words("tasks=1&steps=print:One", MODE), None, "one line has no order");
        assert_eq!(words("steps=sleep:1s", MODE), None);
    }

    #[test]
    fn what_is_not_predicted_whole_has_no_order_to_speak_of() {
        let words = |query, forecast| {
            let state = Rc::new(State::of(read(query)));
            assert_eq!(state.card(MODE).order_words(None), None, "nothing is known yet");
            let asked = Forecasted { mode: MODE, machine: state.machine, forecast };
            Rc::clone(&state)
                .reduced(Action::Forecast(Rc::clone(&state.conditions), asked))
                .card(MODE)
                .order_words(None)
        };
        let large = || Forecast::Elapsed(Micros(1), NotWhole::TooLarge);
        assert!(words("", large()).unwrap().starts_with("Too many lines"));
        assert_eq!(words("steps=sleep:1s", large()), None);
        assert_eq!(words("", Forecast::Unknown("Too large.".to_owned())), None, "that says the card already");
    }

    #[test]
    fn after_a_run_its_order_is_held_against_the_predicted() {
        let article = |order: &[usize]| told(&ran("", order, Outcome::Finished));
        let right = "As predicted: the texts were certain; which task came first was open in 2 stretches.";
        assert_eq!(article(&[0, 1, 2, 3, 4, 5]), right);
        assert_eq!(article(&[2, 0, 1, 3, 5, 4]), right);
        let wrong = "Not as predicted: line 3, “One” of task 2, should certainly come before “Two” of task 1.";
        assert_eq!(article(&[0, 3, 1, 2, 4, 5]), wrong);
        let stopped = told(&ran("", &[0, 1], Outcome::Cancelled(Cut::Stopped)));
        assert!(stopped.starts_with("As predicted, as far as it came: the texts were certain"), "{stopped}");
        let open = told(&ran("tasks=2&steps=print:One,print:Two", &[2, 0, 1, 3], Outcome::Finished));
        assert_eq!(open, "As predicted where it was certain; the order was open.");
    }

    #[test]
    fn of_what_never_ran_no_order_came_true() {
        let never = Record { elapsed: None, ..Record::without_run(MODE, Outcome::Cancelled(Cut::Stopped)) };
        let state = page("", MODE).reduced(Action::Run(vec![MODE])).reduced(Action::Ended(RunId(1), never));
        assert!(told(&state.card(MODE)).starts_with("Predicted. "));
    }

    #[test]
    fn a_line_that_is_not_predicted_is_named() {
        let card = ran("", &[0], Outcome::Finished);
        let stray = Contradiction { place: 0, line: (TaskId(9), 2), after: None };
        let words = card.order_words(Some(&Err(stray))).unwrap();
        assert_eq!(words, "Not as predicted: line 1, “Two” of task 9, should not be there.");
    }

    #[test]
    fn only_where_the_order_is_open_lines_stand_together() {
        let open = |mode| page("", mode).card(mode).certainty().unwrap().open.clone();
        assert_eq!((open(Mode::Async), open(MODE)), (vec![], vec![0..3, 3..6]));
        assert!(page("", MODE).has_open_order() && !page("", Mode::Async).has_open_order());
        let long = page("tasks=150", MODE).card(MODE);
        let some = |lines| long.certainty().unwrap().open_in(&lines).to_vec();
        assert_eq!(some(0..200), [0..32, 32..96, 96..160, 160..224]);
        assert_eq!((some(95..97), some(96..160)), (vec![32..96, 96..160], some(97..98)));
        assert_eq!((some(0..0), some(1000..2000)), (vec![], vec![]));
    }
}
