//! On a host that sends no special headers the page gets isolated by its service worker, with one reload and never a
//! second; and where that can't be had it runs all the same.

use e2e::{Browser, Fault, Frame, Host, Kind, Options, Parent, Result, Site, Storage};
use serde_json::json;
use std::thread::sleep;
use std::time::Duration;

const SHORT: &str = "?steps=print:One,sleep:50ms,print:Two";
const EMBEDDED: Frame<'_> = Frame { query: "?embed=1&steps=print:Hi", sandbox: None, width: None };
/// Longer than the page waits for its service worker, and a reload after that would take.
const LATE: Duration = Duration::from_secs(3);

fn is_isolated(browser: &Browser) -> Result<bool> {
    Ok(browser.script("return crossOriginIsolated", Vec::new())? == true)
}

fn assert_runs(browser: &Browser) -> Result {
    browser.run_all()?;
    for mode in ["sync", "async", "threads", "processes"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 6), "{mode}: {card:?}");
    }
    Ok(())
}

/// Does something that replaces the page, and waits until the next one is up.
fn wait_for_next(browser: &Browser, replace: impl FnOnce() -> Result) -> Result {
    browser.script("window.isOld = true", Vec::new())?;
    replace()?;
    browser.wait_until("window.isOld === undefined && document.readyState === 'complete'")?;
    browser.wait_until_up()
}

#[test]
fn a_plain_host_is_isolated_after_one_reload() -> Result {
    let site = Site::dist().under("/some/path/").by_worker().page("/some/path/other.html", "<h1>Other</h1>").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(&format!("{SHORT}#run=1")))?;
    assert!(is_isolated(&browser)?);
    assert_eq!(browser.address()?, site.url("?v=1&steps=print:One,sleep:0.05s,print:Two#run=1"));
    // Some time after the page is up Firefox looks by itself whether there is a newer worker.
    let (page, worker) = (site.asked_for(""), site.asked_for("sw.js"));
    assert!(page == 2 && (1..=2).contains(&worker), "{page} {worker}");
    assert_runs(&browser)?;
    // From now on it comes isolated, and in other tabs.
    browser.open_page(&site.url(SHORT))?;
    assert!(is_isolated(&browser)?);
    wait_for_next(&browser, || browser.script("location.reload()", Vec::new()).map(drop))?;
    assert!(is_isolated(&browser)?);
    assert_eq!(site.asked_for(""), 4);
    browser.open_page(&site.url("index.html"))?;
    assert!(is_isolated(&browser)?);
    // Nobody else's page is touched.
    browser.open(&site.url("other.html"))?;
    assert!(!is_isolated(&browser)?);
    Ok(())
}

#[test]
fn a_link_of_any_length_is_kept_through_the_reload() -> Result {
    let site = Site::dist().by_worker().start()?;
    let browser = Browser::lend()?;
    let steps = "print:x,".repeat(25_000);
    browser.open_page(&site.url(&format!("?tasks=5&steps={steps}")))?;
    assert!(is_isolated(&browser)?);
    assert!(browser.notice("steps")?.contains("at most 32 steps"));
    assert_eq!((browser.query()?.as_str(), site.asked_for("")), ("?v=1&tasks=5", 2));
    Ok(())
}

#[test]
fn a_host_that_isolates_needs_no_worker() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(""))?;
    assert!(is_isolated(&browser)?);
    assert_eq!((site.asked_for(""), site.asked_for("sw.js")), (1, 0));
    Ok(())
}

#[test]
fn without_its_worker_it_runs_as_it_is() -> Result {
    let browser = Browser::lend()?;
    for fault in [Fault::Missing, Fault::Garbled, Fault::Endless] {
        let site = Site::dist().by_worker().fault("/sw.js", fault).start()?;
        browser.open_page(&site.url(SHORT))?;
        assert!(!is_isolated(&browser)?, "{fault:?}");
        sleep(LATE);
        assert_eq!((site.asked_for(""), site.asked_for("sw.js")), (1, 1), "{fault:?}");
        assert_runs(&browser)?;
    }
    Ok(())
}

#[test]
fn where_nothing_may_be_stored_it_runs_as_it_is() -> Result {
    let site = Site::dist().by_worker().parent().start()?;
    let browser = Browser::start(Options { storage: Storage::Blocked, ..Options::default() })?;
    browser.open_page(&site.url(SHORT))?;
    assert!(!is_isolated(&browser)?);
    assert_runs(&browser)?;
    assert_eq!(site.asked_for(""), 1);
    let parent = Parent::open(&browser, &site, EMBEDDED)?;
    assert_eq!(parent.hear("ready")?["isolated"], false);
    assert_eq!(site.asked_for(""), 2);
    Ok(())
}

#[test]
fn after_a_forced_reload_it_is_isolated_again() -> Result {
    let browser = Browser::lend()?;
    if browser.kind() == Kind::Chromium {
        // Its driver loses the page over such a reload.
        return Ok(());
    }
    let site = Site::dist().by_worker().start()?;
    browser.open_page(&site.url(SHORT))?;
    for round in 1..=3 {
        wait_for_next(&browser, || browser.script("location.reload(true)", Vec::new()).map(drop))?;
        browser.wait_until("crossOriginIsolated")?;
        browser.wait_until_up()?;
        assert_eq!(site.asked_for(""), 2 + 2 * round, "what came past the worker, then by it");
    }
    assert_runs(&browser)
}

#[test]
fn with_its_worker_switched_off_it_reloads_once_an_opening() -> Result {
    let browser = Browser::lend()?;
    if browser.kind() == Kind::Firefox {
        // It has no such switch for a driver.
        return Ok(());
    }
    let site = Site::dist().by_worker().start()?;
    let switch_off = |bypass: bool| browser.cdp("Network.setBypassServiceWorker", json!({ "bypass": bypass }));
    browser.cdp("Network.enable", json!({}))?;
    switch_off(true)?;
    for opening in 1..=3 {
        browser.open_page(&site.url(SHORT))?;
        assert!(!is_isolated(&browser)?);
        assert_eq!(site.asked_for(""), 2 * opening);
    }
    assert_runs(&browser)?;
    // There is an active registration, and no controller.
    switch_off(false)?;
    browser.open_page(&site.url(SHORT))?;
    assert!(is_isolated(&browser)?);
    assert_eq!(site.asked_for(""), 7);
    Ok(())
}

#[test]
fn in_a_frame_of_another_site_it_is_isolated_where_the_browser_can() -> Result {
    let site = Site::dist().by_worker().parent().start()?;
    let browser = Browser::lend()?;
    for asked in [2, 3] {
        let parent = Parent::open(&browser, &site, EMBEDDED)?;
        let ready = parent.hear("ready")?;
        assert_eq!(ready["isolated"], browser.kind() == Kind::Chromium, "{ready}");
        parent.tell("run", 1, &json!({}))?;
        let result = parent.answer("result", 1)?;
        let runs = result["result"]["runs"].as_array().cloned().unwrap_or_default();
        assert!(runs.len() == 4 && runs.iter().all(|run| run["status"] == "finished"), "{result}");
        assert_eq!(parent.heard("ready")?.len(), 1, "up is said once");
        assert_eq!(site.asked_for(""), asked, "reloaded on the first visit alone");
    }
    Ok(())
}

#[test]
fn frames_that_start_together_are_each_isolated() -> Result {
    let frames = r#"<!DOCTYPE html><script>
        var heard = [];
        addEventListener("message", ({ data }) => { if (data.type === "ready") heard.push(data.isolated); });
        const frame = new URLSearchParams(location.search).get("frame");
        for (let count = 0; count < 3; count += 1) {
          document.write(`<iframe src="${frame}" width="600" height="200"></iframe>`);
        }
        </script>"#;
    let site = Site::dist().by_worker().page("/frames.html", frames).start()?;
    let browser = Browser::lend()?;
    let frame = site.url_by(Host::Name, "?embed=1%26steps=print:Hi");
    browser.open(&format!("{}/frames.html?frame={frame}", site.origin(Host::Number)))?;
    browser.wait_until("heard.length === 3")?;
    let is_chromium = browser.kind() == Kind::Chromium;
    assert_eq!(browser.script("return heard", Vec::new())?, json!([is_chromium, is_chromium, is_chromium]));
    assert!(site.asked_for("") <= 6, "each is reloaded at most once: {}", site.asked_for(""));
    Ok(())
}

#[test]
fn sandboxed_it_runs_as_it_is() -> Result {
    let site = Site::dist().by_worker().parent().header("access-control-allow-origin", "*").start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, Frame { sandbox: Some("allow-scripts"), ..EMBEDDED })?;
    assert_eq!(parent.hear("ready")?["isolated"], false);
    parent.tell("run", 1, &json!({ "modes": ["async"] }))?;
    assert_eq!(parent.answer("result", 1)?["result"]["runs"][0]["status"], "finished");
    assert_eq!((site.asked_for(""), site.asked_for("sw.js")), (1, 0));
    Ok(())
}
