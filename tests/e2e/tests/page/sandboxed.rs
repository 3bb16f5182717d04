//! In an iframe with `sandbox="allow-scripts"` and nothing else a page has no origin: its own files are a stranger's, and
//! it may use no storage and no locks. Every mode runs there all the same.

use e2e::{Browser, Frame, Parent, Result, Site};
use serde_json::json;

const SANDBOXED: Frame<'_> =
    Frame { query: "?embed=1&steps=print:One,sleep:50ms,print:Two", sandbox: Some("allow-scripts"), width: None };

#[test]
fn every_mode_runs() -> Result {
    // The host has to allow that strangers read its files.
    let site = Site::dist().parent().header("access-control-allow-origin", "*").start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, SANDBOXED)?;
    parent.hear("ready")?;
    parent.tell("run", 1, &json!({}))?;
    let result = parent.answer("result", 1)?;
    for run in result["result"]["runs"].as_array().into_iter().flatten() {
        assert_eq!((&run["status"], &run["outputTotal"]), (&json!("finished"), &json!(6)), "{run}");
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
