//! In an iframe with `sandbox="allow-scripts"` and nothing else there are no workers: what needs them says so.

use e2e::{Browser, Frame, Parent, Result, Site};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const SANDBOXED: Frame<'_> =
    Frame { query: "?embed=1&steps=print:One,sleep:50ms,print:Two", sandbox: Some("allow-scripts"), width: None };

#[test]
fn async_runs_and_the_others_say_why_they_do_not() -> Result {
    // To a sandboxed frame its own files are a stranger's, so the host has to allow that they are read.
    let site = Site::dist().parent().header("access-control-allow-origin", "*").start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, SANDBOXED)?;
    parent.hear("ready")?;
    let start = Instant::now();
    parent.tell("run", 1, &json!({}))?;
    let result = parent.answer("result", 1)?;
    // A worker that can't be had is known at once; to wait for one that never answers takes 10 s.
    assert!(start.elapsed() < Duration::from_secs(8), "it took {:?}: {result}", start.elapsed());
    for run in result["result"]["runs"].as_array().into_iter().flatten() {
        let status = if run["mode"] == "async" { "finished" } else { "unavailable" };
        assert_eq!(run["status"], status, "{run}");
        let is_told = run["reason"].as_str().is_some_and(|reason| reason.contains("worker"));
        assert!(is_told || status == "finished", "{run}");
        let texts: Vec<&Value> = run["output"].as_array().into_iter().flatten().map(|line| &line["text"]).collect();
        assert_eq!(texts.len(), if status == "finished" { 6 } else { 0 }, "{run}");
    }
    assert_eq!(result["result"]["runs"].as_array().map(Vec::len), Some(4), "{result}");
    Ok(())
}

#[test]
fn where_its_files_may_not_be_read_it_says_that_it_can_not_start() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, SANDBOXED)?;
    parent.inside(|frame| {
        frame.wait_for("#boot-failed")?;
        assert!(frame.text("#boot")?.contains("could not start"));
        Ok(())
    })
}
