//! What the form makes of texts.

use super::*;

fn form() -> Form {
    Form::of(&Setup::default())
}

fn read(form: &Form) -> (Setup, Errors) {
    let mut setup = Setup::default();
    let errors = form.read(&mut setup);
    (setup, errors)
}

#[test]
fn a_form_says_what_its_set_up_has() {
    let setup = crate::link::read("tasks=7&steps=sleep@2:3s,count:20M&workers=4&spread=0.25&modes=async,sync").setup;
    let form = Form::of(&setup);
    assert_eq!((form.steps[0].task.as_str(), form.steps[1].value.as_str()), ("2", "20M"));
    assert_eq!([form.steps[0].alone, form.steps[1].alone, form.one_task], [true, false, false]);
    let mut again = Setup::default();
    assert!(form.read(&mut again).is_empty());
    assert_eq!(again, setup);
}

#[test]
fn a_bad_field_keeps_its_text_and_the_last_valid_value() {
    for (text, message) in [
        ("0", "The task count must be from 1 to 1,000,000."),
        ("-1", "The task count must be written without a sign."),
        ("2.5", "The task count must be a whole number."),
        ("1e9", "The task count must be written in digits."),
        ("", "The task count is missing."),
        ("three", "The task count must be written in digits."),
    ] {
        let form = Form { tasks: text.to_owned(), seed: "5".to_owned(), ..form() };
        let (setup, errors) = read(&form);
        assert_eq!(errors.at(Spot::Tasks), Some(message), "{text}");
        assert_eq!((setup.workload.tasks.get(), setup.workload.variation.seed), (3, 5));
    }
}

#[test]
fn a_task_count_may_be_written_in_groups_or_thousands() {
    for text in ["1,000", "1 000", " 1\u{a0}000 ", "1K", "1k", "1 k"] {
        let (setup, errors) = read(&Form { tasks: text.to_owned(), limit: text.to_owned(), ..form() });
        assert_eq!((setup.workload.tasks.get(), errors), (1000, Errors::default()), "{text}");
    }
    let told = |tasks: &str| read(&Form { tasks: tasks.to_owned(), ..form() }).1.at(Spot::Tasks).map(str::to_owned);
    assert!(told("1,5").is_some_and(|told| told.contains("decimals come after a point")), "{:?}", told("1,5"));
    assert!(told("1e3").is_some() && told("1.5").is_some());
    assert!(!crate::link::read("tasks=1,000").notices.is_empty(), "but not in a link");
}

#[test]
fn what_is_wrong_under_more_is_told_by_its_name() {
    for (spot, text, message) in [
        (Spot::Workers, "33", "The number of workers must be from 1 to 32."),
        (Spot::Limit, "0", "The limit must be from 1 to 1,000,000."),
        (Spot::Switch, "5", "The switch interval must end in us, ms or s, as in 1.5s."),
        (Spot::Spread, "2", "The spread must be from 0 to 1, with at most three decimals."),
        (Spot::Seed, "1.5", "The seed must be a whole number."),
    ] {
        let mut form = form();
        form.put(spot, text.to_owned());
        let (setup, errors) = read(&form);
        assert_eq!((errors.at(spot), setup), (Some(message), Setup::default()));
    }
}

#[test]
fn where_calls_go_is_read() {
    let (setup, errors) = read(&Form { sensitive: false, ..form() });
    assert!(errors.is_empty() && !setup.settings.sensitive && !Form::of(&setup).sensitive);
}

#[test]
fn a_bad_step_is_told_of_at_its_row_and_the_steps_stay() {
    let mut form = form();
    form.put(Spot::StepValue(1), "9h".to_owned());
    form.put(Spot::StepTask(2), "0".to_owned());
    let (setup, errors) = read(&form);
    assert_eq!(setup, Setup::default());
    let value = errors.at(Spot::StepValue(1));
    assert_eq!(value, Some("The value of sleep must end in us, ms or s, as in 1.5s."));
    let task = errors.at(Spot::StepTask(2));
    assert_eq!(task, Some("A step for one task alone needs that task's number, from 1 to 1,000,000."));
}

#[test]
fn steps_are_added_moved_renamed_and_removed() {
    let mut form = form();
    form.add_step();
    form.move_step(3, Move::Up);
    form.move_step(0, Move::Up);
    form.rename_step(3, StepName::Count);
    form.rename_step(1, StepName::Block);
    form.remove_step(2);
    let names: Vec<_> = form.steps.iter().map(|row| (row.name.id(), row.value.as_str())).collect();
    assert_eq!(names, [("print", "One"), ("block", "1s"), ("count", "20M")]);
}

#[test]
fn a_value_comes_back_with_its_kind_of_step() {
    let mut form = form();
    form.put(Spot::StepValue(1), "250ms".to_owned());
    for (name, value) in [
        (StepName::Count, "20M"),
        (StepName::Print, "Text"),
        (StepName::Fail, "Boom"),
        (StepName::Block, "250ms"),
        (StepName::Add, "20M"),
    ] {
        form.rename_step(1, name);
        assert_eq!(form.steps[1].value, value, "{name}");
    }
}

#[test]
fn a_step_of_one_task_keeps_its_field_whatever_is_typed_there() {
    let mut form = form();
    form.offer_one_task(true);
    form.put(Spot::StepTask(1), "2".to_owned());
    form.add_step();
    assert!(form.steps.iter().all(|row| row.alone));
    form.offer_one_task(false);
    form.put(Spot::StepTask(1), String::new());
    assert_eq!(form.steps.iter().map(|row| row.alone).collect::<Vec<_>>(), [false, true, false, false]);
}

#[test]
fn a_number_may_be_typed_as_people_write_it() {
    for (name, typed, link) in [
        (StepName::Sleep, "1 s", "1s"),
        (StepName::Sleep, " .5s", "0.5s"),
        (StepName::Sleep, "0.2 ms ", "0.2ms"),
        (StepName::Sleep, "20 µs", "20us"),
        (StepName::Sleep, "1S", "1s"),
        (StepName::Count, "10 M", "10M"),
        (StepName::Count, "1.5k", "1.5K"),
        (StepName::Count, "1,000", "1000"),
    ] {
        let mut form = Form { switch: "10 ms".to_owned(), ..form() };
        (form.steps[1].name, form.steps[1].value) = (name, typed.to_owned());
        let (setup, errors) = read(&form);
        assert!(errors.is_empty(), "{typed}: {errors:?}");
        assert_eq!(setup.workload.steps.iter().nth(1).unwrap().1.kind, Kind::parse(name, link).unwrap(), "{typed}");
        assert_eq!(setup.settings.switch, crate::workload::Micros(10_000));
        assert_eq!(form.steps[1].value, typed, "it stays as it was typed");
    }
    for typed in ["1 2 s", "1 ", "s 1", ". 5s"] {
        let mut form = form();
        form.steps[1].value = typed.to_owned();
        assert!(!read(&form).1.is_empty(), "{typed}");
    }
}

#[test]
fn a_workload_without_steps_or_modes_and_one_too_large_say_so() {
    let mut empty = form();
    for key in 0..3 {
        empty.remove_step(key);
    }
    empty.modes.clear();
    let (setup, errors) = read(&empty);
    assert_eq!(errors.at(Spot::Steps), Some("A workload needs at least one step."));
    assert!(errors.at(Spot::Modes).is_some());
    assert_eq!(setup, Setup::default());

    let mut large = Form { tasks: "1000000".to_owned(), ..form() };
    (0..6).for_each(|_| large.add_step());
    let (setup, errors) = read(&large);
    let message =
        "1,000,000 tasks of 9 steps are more than 8,000,000 steps in all: ask for fewer tasks, or for fewer steps.";
    assert_eq!(errors.at(Spot::Tasks), Some(message));
    assert_eq!(setup, Setup::default());
}

#[test]
fn a_mode_comes_in_at_its_place() {
    let mut form = form();
    form.choose_mode(Mode::Async, false);
    form.choose_mode(Mode::Offload, true);
    form.choose_mode(Mode::Async, true);
    assert_eq!(form.modes, [Mode::Sync, Mode::Async, Mode::Threads, Mode::Processes, Mode::Offload]);
}
