//! No barriers that axe-core knows of, in any state of the page, in light and dark; and no sideways scroll on a phone.

use e2e::{Browser, Frame, Parent, Result, Site};

const NONE: [&str; 0] = [];
const SHORT: &str = "steps=print:One,sleep:20ms,print:Two&modes=sync,async,offload";

#[test]
fn no_barriers_before_or_after_a_run() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for (theme, tasks) in [("light", 3), ("dark", 3), ("light", 40), ("dark", 40)] {
        browser.open_page(&site.url(&format!("?tasks={tasks}&{SHORT}&theme={theme}")))?;
        browser.wait_for("[data-figure=predicted]")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, {tasks} tasks, before a run");
        browser.run_all()?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, {tasks} tasks, after a run");
        browser.click("[data-action=replay]")?;
        browser.click("[data-action=replay-back]")?;
        browser.wait_until("document.querySelector('.replay [aria-live]').textContent !== ''")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, {tasks} tasks, replayed");
        // Where the run bar does not lie over it.
        browser.script("scrollTo(0, 0)", Vec::new())?;
        browser.click("[data-action=by-worker]")?;
        browser.script("document.querySelectorAll('.spans').forEach(it => it.open = true)", Vec::new())?;
        browser.wait_until("document.querySelectorAll('.spans table').length === 3")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, {tasks} tasks, by worker and as tables");
    }
    Ok(())
}

#[test]
fn no_barriers_while_a_run_goes_on_and_when_it_was_stopped() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for theme in ["light", "dark"] {
        browser.open_page(&site.url(&format!("?steps=print:One,sleep:60s&theme={theme}")))?;
        browser.click("[data-action=run-all]")?;
        browser.wait_for("article[data-mode=sync] li[data-task]")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, running");
        browser.click("[data-action=stop]")?;
        browser.wait_over()?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, stopped");
    }
    Ok(())
}

#[test]
fn no_barriers_where_something_is_wrong_or_folded_out() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for theme in ["light", "dark"] {
        browser.open_page(&site.url(&format!("?v=2&title=A%20title&steps=nap:1s&limit=0&theme={theme}")))?;
        browser.fill("#tasks", "three")?;
        browser.fill("#step-1", "9h")?;
        browser.script("document.querySelectorAll('details').forEach(it => it.open = true)", Vec::new())?;
        browser.fill("#machine-cores", "8")?;
        browser.fill("#machine-speed", "0")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}");
    }
    Ok(())
}

#[test]
fn no_barriers_where_the_page_will_freeze_and_did() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for theme in ["light", "dark"] {
        browser.open_page(&site.url(&format!("?tasks=1&steps=block:1.1s&modes=async&theme={theme}")))?;
        browser.wait_for("[data-freeze]")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, before a run");
        browser.run_all()?;
        browser.wait_for(".heartbeat .froze")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, after a run");
    }
    Ok(())
}

#[test]
fn no_barriers_where_the_reader_guesses() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for theme in ["light", "dark"] {
        browser.open_page(&site.url(&format!("?{SHORT}&theme={theme}")))?;
        browser.click("[data-action=guess]")?;
        browser.click("[data-mode=async] [data-line='2-2']")?;
        browser.click("[data-mode=async] [data-line='2-0']")?;
        browser.fill("#guess-async", "soon")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, before a run");
        browser.run_all()?;
        browser.wait_for("[data-mode=async] .misplaced")?;
        assert_eq!(browser.barriers()?, NONE, "{theme}, after a run");
    }
    Ok(())
}

#[test]
fn no_barriers_in_the_embedded_view() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    for theme in ["light", "dark"] {
        let query = format!("?embed=1&{SHORT}&tasks=0&theme={theme}");
        let parent = Parent::open(&browser, &site, Frame { query: &query, ..Frame::default() })?;
        parent.hear("ready")?;
        parent.inside(|frame| {
            assert_eq!(frame.barriers()?, NONE, "{theme}, before a run");
            frame.run_all()?;
            assert_eq!(frame.barriers()?, NONE, "{theme}, after a run");
            Ok(())
        })?;
    }
    Ok(())
}

/// In a frame, since no browser's window is as narrow as a phone.
#[test]
fn a_phone_has_no_sideways_scroll() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let long = "?title=Aratherlongtitlewithoutanyspace&tasks=40&steps=print:Averylongwordthatdoesnotbreak,sleep:5ms,\
                count:1.234M&spread=0.125&modes=sync,async,threads,processes,offload,free-threads&v=2";
    for query in [String::new(), long.to_owned(), format!("{long}&embed=1")] {
        let frame = Frame { query: &query, width: Some(360), ..Frame::default() };
        let parent = Parent::open(&browser, &site, frame)?;
        parent.inside(|frame| {
            frame.wait_until_up()?;
            assert_no_sideways_scroll(frame, &format!("{query} before a run"))?;
            frame.run_all()?;
            assert_no_sideways_scroll(frame, &format!("{query} after a run"))?;
            frame.script("document.querySelectorAll('details').forEach(it => it.open = true)", Vec::new())?;
            frame.script("document.querySelector('.unfold')?.click()", Vec::new())?;
            assert_no_sideways_scroll(frame, &format!("{query} folded out"))?;
            frame.click("[data-action=replay]")?;
            frame.wait_for("[data-figure=moment]")?;
            assert_no_sideways_scroll(frame, &format!("{query} replayed"))
        })?;
    }
    Ok(())
}

#[test]
fn no_width_has_a_sideways_scroll() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    // Firefox has no window below 500.
    for width in [500, 768, 1280, 1920] {
        browser.resize(width, 800)?;
        browser.open_page(&site.url(&format!("?{SHORT}")))?;
        browser.run_all()?;
        assert_no_sideways_scroll(&browser, &width.to_string())?;
    }
    Ok(())
}

fn assert_no_sideways_scroll(browser: &Browser, what: &str) -> Result {
    let body = "const { scrollWidth, clientWidth } = document.documentElement;
                const wide = Array.from(document.querySelectorAll('body *'))
                    .filter(it => it.getBoundingClientRect().right > clientWidth + 0.5)
                    .map(it => it.localName + '.' + it.className).slice(0, 8);
                return scrollWidth > clientWidth ? `${scrollWidth} in ${clientWidth}: ${wide}` : ''";
    assert_eq!(browser.script_text(body, Vec::new())?, "", "{what}");
    Ok(())
}
