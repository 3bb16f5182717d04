//! After a run: why each mode came out as it did, and which to use.

use e2e::{Browser, Result, Site};

#[test]
fn the_articles_example_is_explained_and_async_is_recommended() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(""))?;
    let said = |mode: &str| format!("article[data-mode={mode}] [data-explanation]");
    let is_said = |mode| browser.script(&format!("return document.querySelector('{}') !== null", said(mode)), vec![]);
    assert_eq!(is_said("sync")?, false, "nothing is explained before a run");
    browser.run_all()?;
    for (mode, expected) in [
        ("sync", "The waits add up: 3 sleeps one after another take 3."),
        ("async", "The waits overlap: 3 sleeps, 3."),
        ("threads", "The waits overlap: 3 sleeps, 3."),
    ] {
        browser.wait_for(&said(mode))?;
        let first = browser.text(&said(mode))?;
        assert!(first.starts_with(expected), "{mode}: {first}");
    }
    let advice = browser.text("[data-advice=async]")?;
    assert!(advice.starts_with("Async: ") && advice.contains(" times as fast as Sync."), "{advice}");
    let links = "return Array.from(document.querySelectorAll('.which a'), link => new URL(link.href).host)";
    let hosts = browser.script(links, vec![])?;
    assert_eq!(hosts, serde_json::json!(["docs.djangoproject.com", "docs.python.org"]));
    Ok(())
}

#[test]
fn a_sentence_that_has_the_focus_marks_its_stretch_of_the_timeline() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=sleep:20ms,block@2:200ms,sleep:20ms&modes=async"))?;
    browser.run_all()?;
    let said = "article[data-mode=async] [data-explanation]";
    browser.wait_for(said)?;
    assert!(browser.text(said)?.contains("by block in task 2; no other task had a turn."));
    let focus =
        format!("window.drawn = document.querySelector('canvas.timeline'); document.querySelector('{said}').focus()");
    browser.script(&focus, vec![])?;
    browser.wait_for(".marked")?;
    let places = "
        const timeline = window.drawn.getBoundingClientRect();
        const marked = document.querySelector('.marked').getBoundingClientRect();
        return marked.left > timeline.left && marked.right <= timeline.right + 1
            && marked.top > timeline.top && marked.bottom < timeline.bottom && marked.width > timeline.width / 3;";
    assert_eq!(browser.script(places, vec![])?, true, "the second of three rows, for most of the time");
    browser.script("document.activeElement.blur()", vec![])?;
    browser.wait_until("!document.querySelector('.marked').checkVisibility()")?;
    let is_drawn = "return document.querySelector('canvas.timeline') === window.drawn";
    assert_eq!(browser.script(is_drawn, vec![])?, true, "another canvas would be empty");
    Ok(())
}
