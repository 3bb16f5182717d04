//! What can't be read: in a link it is told in a notice, and the rest of the link stands; in a field it is told
//! there, and nothing that was typed is lost.

use e2e::{Browser, Frame, Parent, Result, Site};
use serde_json::json;

/// What stands in every link beside the bad parameter, as the page writes it.
const REST: &str = "&title=Kept&spread=0.5&seed=7";

/// A bad parameter as a link has it, and a part of what must be said of it.
const BAD_LINKS: [(&str, &str, &str); 13] = [
    ("tasks", "0", "from 1 to 1,000,000"),
    ("tasks", "-1", "without a sign"),
    ("tasks", "2.5", "whole number"),
    ("tasks", "1e9", "digits"),
    ("tasks", "", "missing"),
    ("tasks", "three", "digits"),
    ("steps", "sleep:", "sleep"),
    ("steps", "sleep:-1s", "sign"),
    ("steps", "sleep:9h", "us, ms or s"),
    ("steps", "nap:1s", "no step “nap”"),
    ("modes", "fibers", "no mode “fibers”"),
    ("modes", "sync,sync", "twice"),
    ("steps", "print:One,,print:Two", "NAME:VALUE"),
];

/// What may be typed into the task count, a part of what must be said of it, and what stands in the link: what could
/// be read last, which may be the beginning of what was typed.
const BAD_COUNTS: [(&str, &str, u32); 6] = [
    ("0", "from 1 to 1,000,000", 4),
    ("-1", "without a sign", 4),
    ("2.5", "whole number", 2),
    ("1e9", "digits", 1),
    ("", "missing", 1),
    ("three", "digits", 1),
];

#[test]
fn what_a_link_says_badly_is_told_and_the_rest_stands() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for (parameter, value, said) in BAD_LINKS {
        browser.open_page(&site.url(&format!("?v=1{REST}&{parameter}={value}")))?;
        let notice = browser.notice(parameter)?;
        assert!(notice.contains(said) && notice.contains("default"), "{parameter}={value}: {notice:?}");
        assert_eq!(browser.query()?, "?v=1&title=Kept&spread=0.5&seed=7", "{parameter}={value}");
        assert_eq!(browser.title()?, "Kept · Interleave", "{parameter}={value}");
        assert_eq!(browser.value("#tasks")?, "3", "{parameter}={value}");
    }
    Ok(())
}

#[test]
fn too_many_steps_void_the_steps() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    let steps = vec!["print:x"; 33].join(",");
    browser.open_page(&site.url(&format!("?v=1{REST}&steps={steps}")))?;
    let notice = browser.notice("steps")?;
    assert!(notice.contains("at most 32 steps") && notice.contains("33"), "{notice:?}");
    assert_eq!(browser.count("[data-step]")?, 3);
    assert_eq!(browser.query()?, format!("?v=1{REST}"));
    Ok(())
}

#[test]
fn a_newer_link_is_read_as_far_as_it_can_be() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?v=2&tasks=5&modes=async&colour=red"))?;
    let notice = browser.notice("v")?;
    assert!(notice.contains("version 2") && notice.contains("version 1"), "{notice:?}");
    assert_eq!(browser.value("#tasks")?, "5");
    assert_eq!(browser.query()?, "?v=1&tasks=5&modes=async");
    Ok(())
}

#[test]
fn a_notice_goes_when_it_is_dismissed_or_its_field_is_edited() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=0&modes=fibers"))?;
    assert_eq!(browser.count(".notices li")?, 2);
    browser.fill("#tasks", "4")?;
    assert_eq!((browser.notice("tasks")?.as_str(), browser.count(".notices li")?), ("", 1));
    browser.click(".notices [data-parameter=modes] button")?;
    assert_eq!(browser.count(".notices li")?, 0);
    Ok(())
}

#[test]
fn a_bad_task_count_is_told_at_the_field_and_stays_there() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=4&steps=print:One,sleep:20ms&modes=async&seed=7"))?;
    for (typed, said, stands) in BAD_COUNTS {
        browser.fill("#tasks", typed)?;
        let note = browser.text("#tasks-note")?;
        assert!(note.contains(said), "{typed:?}: {note:?}");
        assert_eq!(browser.value("#tasks")?, typed);
        assert_eq!(browser.attribute("#tasks", "aria-invalid")?.as_deref(), Some("true"), "{typed:?}");
        let link = format!("?v=1&tasks={stands}&steps=print:One,sleep:0.02s&modes=async&seed=7");
        browser.wait_until_query(&link)?;
        // Run runs nothing, and leads to the field.
        browser.click("[data-action=run-all]")?;
        assert_eq!(browser.card("async")?.status, "idle", "{typed:?}");
        assert_eq!(browser.script_text("return document.activeElement.id", Vec::new())?, "tasks", "{typed:?}");
    }
    browser.fill("#tasks", "2")?;
    assert_eq!(browser.attribute("#tasks", "aria-invalid")?, None);
    browser.run_all()?;
    assert_eq!(browser.card("async")?.said(), "One One");
    Ok(())
}

#[test]
fn a_bad_step_is_told_at_its_row_and_stays_there() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?modes=async"))?;
    for (typed, said) in
        [("", "missing"), ("-1s", "without a sign"), ("9h", "us, ms or s"), ("1m", "us, ms or s"), ("61s", "60s")]
    {
        browser.fill("#step-1", typed)?;
        let note = browser.text("#step-1-note")?;
        assert!(note.contains(said), "{typed:?}: {note:?}");
        assert_eq!(browser.value("#step-1")?, typed);
        assert_eq!(browser.query()?, "?v=1&modes=async", "{typed:?}");
    }
    // What is wrong elsewhere takes nothing from this field.
    browser.fill("#tasks", "x")?;
    browser.fill("#tasks", "2")?;
    assert_eq!(browser.value("#step-1")?, "61s");
    browser.fill("#step-1", "20ms")?;
    browser.run_all()?;
    assert_eq!(browser.card("async")?.said(), "One One Two Two");
    Ok(())
}

#[test]
fn the_form_has_no_33rd_step() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(&format!("?steps={}", vec!["print:x"; 31].join(","))))?;
    browser.click("[data-action=add-step]")?;
    assert_eq!(browser.count("[data-step]")?, 32);
    assert!(browser.attribute("[data-action=add-step]", "disabled")?.is_some());
    Ok(())
}

/// Not every server takes an address of that length; this one does, as some hosts do.
#[test]
fn a_link_of_200_000_characters_is_opened_and_told() -> Result {
    let site = Site::dist().under("/some/path/").start()?;
    let browser = Browser::lend()?;
    let steps = "print:x,".repeat(25_000);
    browser.open_page(&site.url(&format!("?v=1&seed=7&modes=async&tasks=5&steps={steps}")))?;
    let notice = browser.notice("steps")?;
    assert!(notice.contains("at most 32 steps") && notice.len() < 1000, "{notice:?}");
    assert_eq!(browser.query()?, "?v=1&tasks=5&modes=async&seed=7");
    browser.run_mode("async")?;
    assert_eq!(browser.card("async")?.status, "finished");
    Ok(())
}

/// It comes in other ways too: by the history, or from an embedding page.
#[test]
fn a_link_of_200_000_characters_is_told_and_left() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=4"))?;
    let go = "history.pushState(null, '', `?v=1&seed=7&tasks=5&steps=${'print:x,'.repeat(25000)}`);
              history.pushState(null, '', '?v=1'); history.back()";
    browser.script(go, Vec::new())?;
    browser.wait_until("document.querySelector('#tasks').value === '5'")?;
    let notice = browser.notice("steps")?;
    assert!(notice.contains("at most 32 steps") && notice.len() < 1000, "{notice:?}");
    browser.wait_until("location.search === '?v=1&tasks=5&seed=7'")?;

    let parent = Parent::open(&browser, &site, Frame { query: "?embed=1", ..Frame::default() })?;
    parent.hear("ready")?;
    let long = format!("?tasks=5&title={}", "x".repeat(200_000));
    parent.tell("load", 1, &json!({ "link": long }))?;
    let loaded = parent.answer("loaded", 1)?;
    assert_eq!(loaded["link"], "?v=1&tasks=5", "{loaded}");
    assert_eq!(loaded["notices"][0]["parameter"], "title", "{loaded}");
    assert_eq!(loaded["notices"][0]["value"], "x".repeat(80), "{loaded}");
    Ok(())
}
