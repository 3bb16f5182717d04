//! The points of a sweep as a table: for the page, for a text and for a spreadsheet. One line a point.

use super::{Found, Point};
use crate::report::figures::{NONE, Scale};
use crate::report::table::{line, plain, quoted};
use crate::workload::{Micros, grouped};

/// The heads of the columns; all but the first and the last are numbers.
pub const HEADS: [&str; 6] = ["Mode", "Tasks", "Predicted", "Elapsed", "Start-up", "Note"];

const CSV_HEAD: &str = "mode,tasks,predicted_ms,elapsed_ms,startup_ms,note";

/// The cells of a point, under [`HEADS`].
pub type Cells = [String; 6];

/// The cells of all points, in one precision a column.
#[must_use]
pub fn cells(points: &[Point]) -> Vec<Cells> {
    let times = points.iter().flat_map(|point| [point.predicted(), point.elapsed()]).flatten();
    let (scale, startups) = (Scale::of(times), Scale::of(points.iter().filter_map(startup)));
    let write = |scale: Scale, time: Option<Micros>| time.map_or_else(|| NONE.to_owned(), |time| scale.write(time));
    let row = |point: &Point| {
        [
            point.mode.name().to_owned(),
            grouped(point.tasks.get().into()),
            write(scale, point.predicted()),
            write(scale, point.elapsed()),
            write(startups, startup(point)),
            note(point).to_owned(),
        ]
    };
    points.iter().map(row).collect()
}

/// The table as Markdown.
#[must_use]
pub fn markdown(points: &[Point]) -> String {
    let aligned = HEADS.map(|head| if matches!(head, "Mode" | "Note") { "---" } else { "---:" }.to_owned());
    let rows = cells(points).into_iter().map(|cells| line(cells.iter().map(|cell| plain(cell))));
    [line(HEADS.map(str::to_owned).into_iter()), line(aligned.into_iter())].into_iter().chain(rows).collect()
}

/// The table as CSV (RFC 4180): times in milliseconds, an empty field where there is none.
#[must_use]
pub fn csv(points: &[Point]) -> String {
    let ms = |time: Option<Micros>| time.map(|time| time.as_ms().to_string()).unwrap_or_default();
    let row = |point: &Point| {
        let (tasks, note) = (point.tasks.get().to_string(), quoted(note(point)));
        let [predicted, elapsed, startup] = [point.predicted(), point.elapsed(), startup(point)].map(ms);
        [point.mode.id(), &tasks, &predicted, &elapsed, &startup, &note].join(",") + "\r\n"
    };
    points.iter().map(row).fold(CSV_HEAD.to_owned() + "\r\n", |table, row| table + &row)
}

const fn startup(point: &Point) -> Option<Micros> {
    match point.found {
        Found::Measured { startup, .. } => Some(startup),
        Found::NotRun | Found::LeftOut(_) => None,
    }
}

/// Why something is not there.
fn note(point: &Point) -> &str {
    match (&point.found, &point.foreseen) {
        (Found::LeftOut(reason), _) | (_, super::Foreseen::Unknown(reason)) => reason,
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::tasks;
    use super::super::{Foreseen, Found, Point};
    use super::*;
    use crate::workload::Mode;

    fn points() -> [Point; 3] {
        let point = |mode, count, predicted, found| Point {
            mode,
            tasks: tasks(count),
            foreseen: Foreseen::Time(Micros(predicted)),
            found,
        };
        let measured = Found::Measured { elapsed: Micros(1_034_500), startup: Micros(33_280) };
        [
            point(Mode::Processes, 1000, 1_000_000, measured),
            point(Mode::Sync, 1000, 1_000_000_000, Found::LeftOut("Too | long.".to_owned())),
            point(Mode::FreeThreads, 1, 500, Found::NotRun),
        ]
    }

    #[test]
    fn a_point_is_a_line_of_the_table() {
        let table = "\
| Mode | Tasks | Predicted | Elapsed | Start-up | Note |
| --- | ---: | ---: | ---: | ---: | --- |
| Processes | 1,000 | 1.000 s | 1.035 s | 33.3 ms |  |
| Sync | 1,000 | 16 min 40 s | – | – | Too \\| long. |
| Free threads | 1 | 0.001 s | – | – |  |
";
        assert_eq!(markdown(&points()), table);
    }

    #[test]
    fn a_point_is_a_record_of_the_csv() {
        let table = "mode,tasks,predicted_ms,elapsed_ms,startup_ms,note\r\n\
                     processes,1000,1000,1034.5,33.28,\"\"\r\n\
                     sync,1000,1000000,,,\"Too | long.\"\r\n\
                     free-threads,1,0.5,,,\"\"\r\n";
        assert_eq!(csv(&points()), table);
    }

    #[test]
    fn what_the_model_can_not_say_is_noted() {
        let foreseen = Foreseen::Unknown("Too large.".to_owned());
        let point = Point { mode: Mode::Async, tasks: tasks(1), foreseen, found: Found::NotRun };
        assert_eq!(cells(&[point])[0], ["Async", "1", "–", "–", "–", "Too large."].map(str::to_owned));
    }
}
