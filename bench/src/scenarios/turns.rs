//! The turns of the GIL between two threads that count, at the default switch interval.
//!
//! ```text
//! task 1  ├ running ┤ gil ───────┤ running ┤          a turn is a span of running that ends in a hand-over;
//! task 2    gil ─────┤ running ┤   gil                both wait until the next has begun to run
//! ```

use e2e::Isolation;
use interleave::workload::Mode;

use crate::bench::Bench;
use crate::failure::Result;
use crate::figures::Figures;
use crate::peers::{Frames, Run, Span, Step, Work};
use crate::report::Report;
use crate::table::Table;
use crate::target::{Bound, Met, Target};

const ROUNDS: usize = 5;
/// How long each task counts, about, in milliseconds.
const EACH: f64 = 1000.0;

pub fn measure(bench: &Bench, report: &mut Report) -> Result {
    let title = "turns: of the GIL, between 2 tasks that count for about 1 s each, switch interval 5 ms";
    let head =
        ["", "a turn, ms: median of each round (range)", "the longest, ms", "hand-over, ms", "share of the first, %"];
    let mut table = Table::new(title, head);
    for (isolation, words) in [(Isolation::Isolated, "isolated"), (Isolation::Plain, "not isolated")] {
        let page = bench.page(isolation)?;
        let link = Work::new(2, Step::Count(page.counts(EACH))).link();
        let mut rounds = Vec::new();
        for _ in 0..bench.rounds(ROUNDS) {
            rounds.push(Turns::of(&page.run(&link, Mode::Threads, Frames::Unwatched)?));
        }
        let figures = |of: fn(&Turns) -> f64| rounds.iter().map(of).collect::<Figures>();
        let (median, share) = (figures(|turns| turns.median), figures(|turns| turns.share * 100.0));
        let others = [figures(|turns| turns.longest), figures(|turns| turns.hand_over)];
        let [longest, hand_over] = others.map(|figures| figures.to_string());
        table.row([words.to_owned(), median.to_string(), longest, hand_over, share.to_string()]);
        let what = format!("turns of the GIL between two counting threads, {words}");
        let met = Bound::Between(5.0, 7.0).met(median.median());
        let shares = share.range();
        let met =
            [shares.0, shares.1].map(|share| Bound::Between(45.0, 55.0).met(share)).into_iter().fold(met, Met::and);
        let measured = format!("{median} ms; {share} %");
        report.target(Target::told(&what, "median 5 to 7 ms; each thread 45 to 55 %", measured, met));
    }
    report.table(table);
    Ok(())
}

/// The turns of one run.
struct Turns {
    /// Their median, in milliseconds.
    median: f64,
    /// The longest.
    longest: f64,
    /// The median time from one's end to the other's beginning.
    hand_over: f64,
    /// Which part of the time that anybody ran was the first task's.
    share: f64,
}

impl Turns {
    /// Those until one task has come to its end: from then on the other is alone.
    fn of(run: &Run) -> Self {
        let mut spans: Vec<_> = run.spans.iter().filter(|span| span.state == "running").collect();
        spans.sort_by(|one, other| one.from.total_cmp(&other.from));
        let end = |task| spans.iter().filter(|span| span.task == task).map(|span| span.to).fold(0.0, f64::max);
        let alone = f64::min(end(1), end(2));
        spans.retain(|span| span.to < alone);
        let turns: Figures = spans.iter().map(|span| span.to - span.from).collect();
        let hand_overs = spans.windows(2).map(|pair| pair[1].from - pair[0].to).collect::<Figures>();
        let ran = |spans: &mut dyn Iterator<Item = &&Span>| spans.map(|span| span.to - span.from).sum::<f64>();
        let share = ran(&mut spans.iter().filter(|span| span.task == 1)) / ran(&mut spans.iter());
        Self { median: turns.median(), longest: turns.range().1, hand_over: hand_overs.median(), share }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn turns_end_where_one_task_is_alone() {
        let span = |task, from, to| Span { task, state: "running".to_owned(), from, to };
        let spans = vec![
            span(1, 0.0, 5.0),
            span(2, 6.0, 12.0),
            span(1, 12.5, 17.5),
            Span { state: "gil".to_owned(), ..span(2, 12.0, 18.0) },
            span(2, 18.0, 19.0),
            span(1, 19.0, 90.0),
        ];
        let turns = Turns::of(&Run { spans, ..Run::default() });
        assert_eq!((turns.median, turns.longest, turns.hand_over, turns.share), (5.0, 6.0, 0.75, 10.0 / 16.0));
    }
}
