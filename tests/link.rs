//! Links as data: what each golden link reads as, canonically, and what the reader is told of it; and what holds for
//! any link at all.
//!
//! The folder `links/` has one file a feature. A link of version 1 in there is read the same way for ever: later
//! versions add files and change none.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use interleave::link::{Modes, Parameter, RunWhen, Setup, Theme, Title, read, write};
use interleave::workload::{
    Kind, LoopLimit, Micros, Mode, PRESETS, Place, Settings, Spread, Step, Steps, TaskCount, TaskId, Text, Variation,
    Workers, Workload,
};
use proptest::prelude::*;
use serde::Deserialize;

/// A golden link.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// What is read.
    link: String,
    /// What is written of it.
    canonical: String,
    /// What the reader is told, as lines.
    notices: Vec<String>,
}

#[test]
fn every_preset_is_a_link_that_is_read_without_a_notice() {
    let setups = PRESETS.map(|preset| {
        let reading = read(preset.link);
        assert_eq!(reading.notices, [], "{}", preset.id);
        reading.setup
    });
    for (at, preset) in PRESETS.iter().enumerate() {
        assert!(
            !setups[..at].contains(&setups[at]) && PRESETS[..at].iter().all(|other| other.id != preset.id),
            "{}",
            preset.id
        );
        assert!(preset.point.ends_with('.') && !preset.name.ends_with('.'), "{}", preset.id);
    }
}

#[test]
fn every_golden_link_is_read_as_its_file_says() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/links");
    let files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(!files.is_empty());
    for file in files {
        let cases: Vec<Case> = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        for case in cases {
            let reading = read(&case.link);
            let told: Vec<_> = reading.notices.iter().map(ToString::to_string).collect();
            assert_eq!((write(&reading.setup), told), (case.canonical, case.notices), "{}", case.link);
        }
    }
}

#[test]
fn each_parameter_sets_what_it_names() {
    let link = "?v=1&title=All%20of%20them&tasks=6&steps=count:20M,print@2:a%252Cb&modes=async,sync&workers=4&limit=100\
                &switch=10ms&sensitive=off&spread=0.25&seed=7&place=page&embed=1&run=auto&theme=dark";
    let steps = vec![
        Step::of_all(Kind::Count(20_000_000)),
        Step { task: Some(TaskId(2)), kind: Kind::Print(Text::new("a,b").unwrap()) },
    ];
    let setup = Setup {
        title: Title::new("All of them").ok(),
        workload: Workload {
            tasks: TaskCount::new(6).unwrap(),
            steps: Steps::new(steps).unwrap(),
            variation: Variation { spread: Spread::parse("0.25").unwrap(), seed: 7 },
        },
        settings: Settings {
            workers: Workers::parse("4").ok(),
            limit: LoopLimit::parse("100").ok(),
            switch: Micros(10_000),
            sensitive: false,
            place: Place::Page,
        },
        modes: Modes::new(vec![Mode::Async, Mode::Sync]).unwrap(),
        embed: true,
        run: RunWhen::Auto,
        theme: Theme::Dark,
    };
    assert_eq!(read(link).notices, []);
    assert_eq!(read(link).setup, setup);
}

#[test]
fn the_bare_address_is_the_articles_example_in_its_four_modes() {
    assert_eq!((read("").setup, write(&Setup::default()).as_str()), (Setup::default(), "?v=1"));
    assert_eq!(read("").setup.modes.as_ref(), Mode::ARTICLE);
}

/// The longest that a reader is told of a link: two things a parameter, and one of the whole.
const MOST_NOTICES: usize = 2 * Parameter::ALL.len() + 1;

#[test]
fn a_link_of_200_000_characters_is_read_and_what_is_told_of_it_stays_short() {
    for (piece, canonical) in [
        ("tasks=5&", "?v=1&tasks=5"),
        ("steps=print:a,&", "?v=1"),
        ("&", "?v=1"),
        ("=", "?v=1"),
        ("%", "?v=1"),
        ("theme=dark&x%41=%zz&", "?v=1&theme=dark"),
    ] {
        let reading = read(&piece.repeat(200_000 / piece.len()));
        assert_eq!(write(&reading.setup), canonical);
        assert!(reading.notices.len() <= 2, "{:?}", reading.notices);
    }
    for parameter in Parameter::ALL {
        for piece in ["1", "0", ".", "0.", ",", "a", "é", "%C3%A9", "%", "%25", "+", ":", "@", "print:a,", "count:1,"]
        {
            let link = format!("{}={}&tasks=5", parameter.name(), piece.repeat(200_000 / piece.len()));
            let told: usize = read(&link).notices.iter().map(|notice| notice.to_string().chars().count()).sum();
            assert!(told < 1000, "{told} characters of {parameter:?} and {piece}");
        }
    }
}

fn text() -> impl Strategy<Value = Text> {
    let tricky = prop::collection::vec(prop::sample::select(&TRICKY[..]), 1..20).prop_map(|parts| parts.concat());
    let any_text = prop::collection::vec(any::<char>(), 1..=Text::MAX).prop_map(String::from_iter);
    prop_oneof![tricky, any_text].prop_map(|text| Text::new(text).unwrap())
}

fn step() -> impl Strategy<Value = Step> {
    let time = || (0..=60_000_000_u64).prop_map(Micros);
    let kind = prop_oneof![
        text().prop_map(Kind::Print),
        time().prop_map(Kind::Sleep),
        time().prop_map(Kind::Block),
        (0..=10_000_000_000_u64).prop_map(Kind::Count),
        (0..=10_000_000_000_u64).prop_map(Kind::Add),
        (0..=10_000_000_000_u64).prop_map(Kind::AddLocked),
        text().prop_map(Kind::Fail),
    ];
    let task = prop::option::of((1..=TaskCount::MAX).prop_map(TaskId));
    (task, kind).prop_map(|(task, kind)| Step { task, kind })
}

fn workload() -> impl Strategy<Value = Workload> {
    let steps = prop::collection::vec(step(), 1..=Steps::MAX).prop_map(|steps| Steps::new(steps).unwrap());
    let tasks = (1..=u64::from(TaskCount::MAX)).prop_map(|tasks| TaskCount::new(tasks).unwrap());
    let spread = (0..=1000_u32).prop_map(|n| Spread::parse(&format!("{:.3}", f64::from(n) / 1000.0)).unwrap());
    (tasks, steps, spread, any::<u32>())
        .prop_map(|(tasks, steps, spread, seed)| Workload { tasks, steps, variation: Variation { spread, seed } })
        .prop_filter("too many steps in all", |workload| workload.check_size().is_ok())
}

fn settings() -> impl Strategy<Value = Settings> {
    let workers = (1..=Workers::MAX).prop_map(|n| Workers::parse(&n.to_string()).unwrap());
    let limit = (1..=TaskCount::MAX).prop_map(|n| LoopLimit::parse(&n.to_string()).unwrap());
    let switch = (Settings::SWITCH_MIN.0..=Settings::SWITCH_MAX.0).prop_map(Micros);
    let place = prop::sample::select(vec![Place::Split, Place::Page, Place::Worker]);
    (prop::option::of(workers), prop::option::of(limit), switch, any::<bool>(), place)
        .prop_map(|(workers, limit, switch, sensitive, place)| Settings { workers, limit, switch, sensitive, place })
}

fn setup() -> impl Strategy<Value = Setup> {
    let title = prop::collection::vec(any::<char>(), 1..=Title::MAX)
        .prop_map(|characters| Title::new(String::from_iter(characters)).unwrap());
    let modes = (Just(Mode::ALL.to_vec()).prop_shuffle(), 1..=Mode::ALL.len())
        .prop_map(|(modes, some)| Modes::new(modes[..some].to_vec()).unwrap());
    let run = prop::sample::select(vec![RunWhen::Click, RunWhen::Auto]);
    let theme = prop::sample::select(vec![Theme::Auto, Theme::Light, Theme::Dark]);
    (prop::option::of(title), workload(), settings(), modes, any::<bool>(), run, theme).prop_map(
        |(title, workload, settings, modes, embed, run, theme)| Setup {
            title,
            workload,
            settings,
            modes,
            embed,
            run,
            theme,
        },
    )
}

/// Pieces that links are made of, good and bad.
const TRICKY: [&str; 36] = [
    "&",
    "=",
    "?",
    "#",
    "+",
    "%",
    "%25",
    "%2C",
    "%252C",
    "%2525",
    "%25FF",
    "%FF",
    "%0A",
    "%00",
    ",",
    ":",
    "@",
    ".",
    "-",
    " ",
    "é",
    "\u{85}",
    "\"",
    "v=",
    "tasks=",
    "steps=",
    "modes=",
    "title=",
    "switch=",
    "print:One",
    "sleep@2:",
    "1.5s",
    "1000000",
    "sync",
    "0.001",
    "K",
];

proptest! {
    #[test]
    fn every_setup_is_read_back_and_nothing_is_said(setup in setup()) {
        let link = write(&setup);
        prop_assert!(link.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"?&=%-_~.:,@".contains(&byte)), "{}", link);
        let reading = read(&link);
        prop_assert_eq!(reading.notices, []);
        prop_assert_eq!(reading.setup, setup);
    }

    #[test]
    fn whatever_is_read_is_written_once_and_for_all(link in any::<String>()) {
        let written = write(&read(&link).setup);
        prop_assert_eq!(write(&read(&written).setup), written);
    }

    #[test]
    fn what_looks_like_a_link_is_written_once_and_for_all(
        pieces in prop::collection::vec(prop::sample::select(&TRICKY[..]), 0..40),
    ) {
        let reading = read(&pieces.concat());
        let written = write(&reading.setup);
        prop_assert_eq!(&read(&written).setup, &reading.setup);
        prop_assert_eq!(write(&read(&written).setup), written);
        prop_assert!(reading.notices.len() <= MOST_NOTICES);
        prop_assert!(reading.notices.iter().all(|notice| notice.value.chars().count() <= 80));
    }
}
