//! All modes as one table, for a text and for a spreadsheet. One line a mode; the whole of a run is in the result.

use super::counter::counted;
use super::figures::{NONE, Scale, ratio, signed_ms, whole_ms};
use super::repeated::Repeated;
use super::summary::Summary;
use crate::trace::Counter;
use crate::workload::Micros;

/// What a table is of.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// The workload and its conditions in a sentence, without a full stop.
    pub sentence: &'a str,
    /// Where that can be run: a whole address.
    pub address: &'a str,
    /// The same of the pinned run, if one is pinned.
    pub pinned: Option<&'a str>,
}

/// The columns of the Markdown: their names, and how they are aligned.
const COLUMNS: [(&str, &str); 8] = [
    ("Mode", LEFT),
    ("Status", LEFT),
    ("Elapsed", RIGHT),
    ("Start-up", RIGHT),
    ("Predicted", RIGHT),
    ("Overhead", RIGHT),
    ("Speed-up", RIGHT),
    ("Page frozen", RIGHT),
];
/// Where a run has a counter.
const COUNTER: (&str, &str) = ("Counter", RIGHT);
/// Where a mode was run several times.
const REPEATED: [(&str, &str); 3] = [("Runs", RIGHT), ("Median", RIGHT), ("Range", RIGHT)];
/// Where a run is pinned.
const PINNED: [(&str, &str); 2] = [("Pinned", RIGHT), ("Against pinned", RIGHT)];
/// Behind all others.
const OUTPUT: (&str, &str) = ("Output", LEFT);
const LEFT: &str = "---";
const RIGHT: &str = "---:";

const CSV_HEAD: &str = "\
mode,status,elapsed_ms,startup_ms,predicted_ms,overhead_ms,speed_up,page_frozen_ms,output_total,output,reason";
/// Where a run has a counter; behind all others, which so keep their places.
const CSV_COUNTER: &str = ",counter_expected,counter_actual";
/// Where a mode was run several times; behind those.
const CSV_REPEATED: &str = ",runs,median_ms,shortest_ms,longest_ms";
/// Where a run is pinned; behind those.
const CSV_PINNED: &str = ",pinned_ms";

/// Which columns a table has besides those that all have.
struct Besides {
    counter: bool,
    repeated: bool,
    pinned: bool,
}

impl Besides {
    fn of(summaries: &[Summary]) -> Self {
        let any = |has: fn(&Summary) -> bool| summaries.iter().any(has);
        Self {
            counter: any(|summary| summary.counter.is_some()),
            repeated: any(|summary| summary.repeated.is_some()),
            pinned: any(|summary| summary.pinned.is_some()),
        }
    }
}

/// The table as Markdown; below it what it is of, with the link to it.
#[must_use]
pub fn markdown(summaries: &[Summary], caption: Caption) -> String {
    let elapsed = Scale::of(summaries.iter().flat_map(|s| [s.elapsed, s.predicted]).flatten());
    let startup = Scale::of(summaries.iter().filter_map(|s| s.startup));
    let has = Besides::of(summaries);
    let columns = || {
        let columns = COLUMNS.into_iter().chain(has.counter.then_some(COUNTER));
        let columns = columns.chain(REPEATED.into_iter().filter(|_| has.repeated));
        columns.chain(PINNED.into_iter().filter(|_| has.pinned)).chain([OUTPUT])
    };
    let row = |summary: &Summary| {
        let cells = [
            summary.mode.name().to_owned(),
            status(summary),
            or_none(summary.elapsed.map(|time| elapsed.write(time))),
            or_none(summary.startup.map(|time| startup.write(time))),
            or_none(summary.predicted.map(|time| elapsed.write(time))),
            or_none(summary.overhead.map(signed_ms)),
            or_none(summary.speed_up.map(ratio)),
            or_none(summary.frozen.map(whole_ms)),
        ];
        let counter = has.counter.then(|| or_none(summary.counter.map(counted)));
        let repeated = [
            or_none(summary.repeated.map(|repeated| repeated.runs.to_string())),
            or_none(summary.repeated.map(|repeated| elapsed.write(repeated.median))),
            or_none(summary.repeated.map(|repeated| repeated.range(elapsed))),
        ];
        let repeated = repeated.into_iter().filter(|_| has.repeated);
        let pinned =
            [or_none(summary.pinned.map(|time| elapsed.write(time))), or_none(summary.against_pinned().map(ratio))];
        let pinned = pinned.into_iter().filter(|_| has.pinned);
        line(cells.into_iter().chain(counter).chain(repeated).chain(pinned).chain([plain(&summary.order)]))
    };
    let head = [line(columns().map(|(name, _)| name.to_owned())), line(columns().map(|(_, align)| align.to_owned()))];
    let Caption { sentence, address, pinned } = caption;
    let pinned = pinned.filter(|_| has.pinned).map(|pinned| format!("\nPinned: {}.\n", plain(pinned)));
    // In angle brackets an address may have brackets of its own.
    let of = format!("\n[{}](<{address}>)\n", plain(sentence));
    head.into_iter().chain(summaries.iter().map(row)).chain([of]).chain(pinned).collect()
}

pub(super) fn line(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |\n", cells.collect::<Vec<_>>().join(" | "))
}

/// What became of a run, and why where there is a reason.
fn status(summary: &Summary) -> String {
    let why = summary.reason.as_ref().map(|why| format!(": {}", plain(why)));
    summary.status.id().to_owned() + &why.unwrap_or_default()
}

fn or_none(figure: Option<String>) -> String {
    figure.unwrap_or_else(|| NONE.to_owned())
}

/// A text on one line, with all that Markdown would take for a sign of its own escaped.
pub(super) fn plain(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut plain, character| {
        if "\\|`*_~<>[]&".contains(character) {
            plain.push('\\');
        }
        plain.push(if character.is_control() { ' ' } else { character });
        plain
    })
}

/// The table as CSV (RFC 4180): figures without units, in milliseconds where the column's name says so; an empty
/// field where there is none.
#[must_use]
pub fn csv(summaries: &[Summary]) -> String {
    let ms = |time: Option<Micros>| time.map(|time| time.as_ms().to_string()).unwrap_or_default();
    let has = Besides::of(summaries);
    let line = |summary: &Summary| {
        let fields = [
            summary.mode.id().to_owned(),
            summary.status.id().to_owned(),
            ms(summary.elapsed),
            ms(summary.startup),
            ms(summary.predicted),
            summary.overhead.map(|micros| (micros as f64 / 1000.0).to_string()).unwrap_or_default(),
            summary.speed_up.map(|times| format!("{times:.3}")).unwrap_or_default(),
            ms(summary.frozen),
            summary.output_total.to_string(),
            quoted(&summary.order),
            quoted(summary.reason.as_deref().unwrap_or_default()),
        ];
        let counter = summary.counter.map(|Counter { expected, actual }| format!(",{expected},{actual}"));
        let counter = has.counter.then(|| counter.unwrap_or_else(|| ",,".to_owned()));
        let repeated = summary.repeated.map(|Repeated { runs, median, least, most }| {
            format!(",{runs},{},{},{}", median.as_ms(), least.as_ms(), most.as_ms())
        });
        let repeated = has.repeated.then(|| repeated.unwrap_or_else(|| ",,,,".to_owned()));
        let pinned = has.pinned.then(|| format!(",{}", ms(summary.pinned)));
        let besides = [counter, repeated, pinned].into_iter().flatten();
        besides.fold(fields.join(","), |line, besides| line + &besides) + "\r\n"
    };
    let head = CSV_HEAD.to_owned()
        + if has.counter { CSV_COUNTER } else { "" }
        + if has.repeated { CSV_REPEATED } else { "" }
        + if has.pinned { CSV_PINNED } else { "" }
        + "\r\n";
    summaries.iter().map(line).fold(head, |table, line| table + &line)
}

/// A text as a field. An apostrophe goes before what a spreadsheet would take for a formula: the text may come from
/// a stranger's link.
pub(super) fn quoted(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::trace::Status;
    use crate::workload::Mode;

    fn summary(mode: Mode, order: &str) -> Summary {
        Summary {
            mode,
            status: Status::Finished,
            reason: None,
            elapsed: Some(Micros(3_002_740)),
            took: Some(Micros(3_002_740)),
            startup: Some(Micros(21_300)),
            predicted: Some(Micros(3_000_000)),
            overhead: Some(-18_560),
            speed_up: Some(2.999),
            frozen: None,
            counter: None,
            repeated: None,
            pinned: None,
            output_total: 6,
            order: order.to_owned(),
        }
    }

    fn markdown(summaries: &[Summary]) -> String {
        let caption = Caption { sentence: "3 tasks, each: print *", address: "https://host/?v=1", pinned: None };
        let whole = super::markdown(summaries, caption);
        whole.strip_suffix("\n[3 tasks, each: print \\*](<https://host/?v=1>)\n").unwrap().to_owned()
    }

    const MARKDOWN_HEAD: &str = "\
| Mode | Status | Elapsed | Start-up | Predicted | Overhead | Speed-up | Page frozen | Output |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | --- |
";

    #[test]
    fn a_mode_is_a_line_of_the_table() {
        let table = markdown(&[summary(Mode::FreeThreads, "One | <b>Two*")]);
        let line =
            "| Free threads | finished | 3.003 s | 21.3 ms | 3.000 s | −18.6 ms | 3.0× | – | One \\| \\<b\\>Two\\* |\n";
        assert_eq!(table, format!("{MARKDOWN_HEAD}{line}"));
    }

    #[test]
    fn a_counter_has_columns_where_a_run_has_one() {
        let counter = Some(Counter { expected: 2_000_000, actual: 1_243_118 });
        let adding = Summary { counter, ..summary(Mode::FreeThreads, "One") };
        let both = [adding, summary(Mode::Threads, "One")];
        let table = markdown(&both);
        assert!(table.contains(" | Page frozen | Counter | Output |\n"), "{table}");
        assert!(table.contains(" | – | 1,243,118 of 2,000,000 | One |\n"), "{table}");
        assert!(table.contains(" | – | – | One |\n"), "{table}");
        assert!(table.lines().all(|line| line.matches('|').count() == 11), "{table}");
        let table = csv(&both);
        assert!(table.contains(",output,reason,counter_expected,counter_actual\r\n"), "{table}");
        assert!(table.contains(",\"\",2000000,1243118\r\n") && table.contains(",\"\",,\r\n"), "{table}");
        assert!(table.lines().all(|line| line.matches(',').count() == 12), "{table}");
    }

    #[test]
    fn several_runs_have_columns_where_there_were_any() {
        let repeated =
            Some(Repeated { runs: 5, median: Micros(3_002_000), least: Micros(3_001_000), most: Micros(3_009_500) });
        let both = [Summary { repeated, ..summary(Mode::Sync, "One") }, summary(Mode::Threads, "One")];
        let table = markdown(&both);
        assert!(table.contains(" | Page frozen | Runs | Median | Range | Output |\n"), "{table}");
        assert!(table.contains(" | – | 5 | 3.002 s | 3.001 to 3.010 s | One |\n"), "{table}");
        assert!(table.lines().all(|line| line.matches('|').count() == 13), "{table}");
        let table = csv(&both);
        assert!(table.contains(",output,reason,runs,median_ms,shortest_ms,longest_ms\r\n"), "{table}");
        assert!(table.contains(",\"\",5,3002,3001,3009.5\r\n") && table.contains(",\"\",,,,\r\n"), "{table}");
        assert!(table.lines().all(|line| line.matches(',').count() == 14), "{table}");
    }

    #[test]
    fn a_pinned_run_has_columns_and_is_told_below() {
        let pinned = Some(Micros(1_001_000));
        let both = [Summary { pinned, ..summary(Mode::Sync, "One") }, summary(Mode::Threads, "One")];
        let caption = Caption { sentence: "1 task", address: "https://host/", pinned: Some("2 tasks: print [") };
        let table = super::markdown(&both, caption);
        assert!(table.contains(" | Page frozen | Pinned | Against pinned | Output |\n"), "{table}");
        assert!(
            table.contains(" | – | 1.001 s | 0.3× | One |\n") && table.contains(" | – | – | – | One |\n"),
            "{table}"
        );
        assert!(table.ends_with("|\n\n[1 task](<https://host/>)\n\nPinned: 2 tasks: print \\[.\n"), "{table}");
        let table = csv(&both);
        assert!(table.contains(",output,reason,pinned_ms\r\n"), "{table}");
        assert!(table.contains(",\"\",1001\r\n") && table.contains(",\"\",\r\n"), "{table}");
    }

    #[test]
    fn a_reason_stands_with_the_status_on_one_line() {
        let reason = Some("Task 1 failed: a|\nb.".to_owned());
        let table = markdown(&[Summary { status: Status::Failed, reason, ..summary(Mode::Sync, "") }]);
        assert!(table.contains("| Sync | failed: Task 1 failed: a\\| b. | 3.003 s |"));
        assert_eq!(table.lines().count(), 3);
    }

    #[test]
    fn a_mode_is_a_record_of_the_csv() {
        let table = csv(&[summary(Mode::Sync, "One \"Two\", Three")]);
        let line = "sync,finished,3002.74,21.3,3000,-18.56,2.999,,6,\"One \"\"Two\"\", Three\",\"\"\r\n";
        assert_eq!(table, format!("{CSV_HEAD}\r\n{line}"));
        assert_eq!(CSV_HEAD.matches(',').count(), 10);
    }

    #[test]
    fn a_spreadsheet_takes_no_text_for_a_formula() {
        assert!(csv(&[summary(Mode::Sync, "=HYPERLINK(\"x\")")]).contains(",\"'=HYPERLINK(\"\"x\"\")\","));
    }
}
