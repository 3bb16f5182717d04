//! Everything by the keyboard: Enter runs, Escape stops, Tab comes everywhere and is seen.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

#[test]
fn enter_in_the_form_runs() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:Hi,sleep:20ms&modes=async,sync"))?;
    for (field, text, said) in [("#tasks", "2", "Hi Hi"), ("#step-0", "Ho", "Ho Ho")] {
        browser.script("delete document.documentElement.dataset.state", Vec::new())?;
        browser.fill(field, &format!("{text}{}", Key::Enter))?;
        browser.wait_over()?;
        assert_eq!(browser.card("async")?.said(), said, "{field}");
        assert_eq!(browser.card("sync")?.said(), said, "{field}");
    }
    // The page was not left by sending a form.
    browser.wait_until_query("?v=1&tasks=2&steps=print:Ho,sleep:0.02s&modes=async,sync")?;
    Ok(())
}

#[test]
fn enter_with_a_bad_field_runs_nothing() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:Hi&modes=async"))?;
    browser.fill("#step-0", "")?;
    browser.fill("#tasks", &format!("2{}", Key::Enter))?;
    assert_eq!(browser.card("async")?.status, "idle");
    assert_eq!(browser.script_text("return document.activeElement.id", Vec::new())?, "step-0");
    Ok(())
}

#[test]
fn escape_stops() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:60s&modes=sync,async"))?;
    for mode in ["sync", "async"] {
        browser.start_mode(mode)?;
        browser.wait_for(&format!("article[data-mode={mode}] li[data-task]"))?;
        browser.type_keys(&Key::Escape.to_string())?;
        browser.wait_over()?;
        assert_eq!(browser.card(mode)?.status, "cancelled", "{mode}");
    }
    Ok(())
}

#[test]
fn the_slider_says_the_same_as_the_field() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=9"))?;
    let focus = "document.querySelector('[data-action=slide]').focus()";
    browser.script(focus, Vec::new())?;
    browser.type_keys(&format!("{}{}", Key::Right, Key::Right))?;
    browser.wait_until("document.querySelector('#tasks').value === '12'")?;
    browser.type_keys(&Key::End.to_string())?;
    browser.wait_until("document.querySelector('#tasks').value === '1000000'")?;
    browser.fill("#tasks", "0")?;
    browser.fill("#tasks", "20")?;
    browser.script(focus, Vec::new())?;
    browser.type_keys(&Key::Left.to_string())?;
    browser.wait_until("document.querySelector('#tasks').value === '15'")?;
    Ok(())
}

#[test]
fn what_was_done_to_the_form_is_undone_by_keys_and_by_buttons() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:1s&modes=async"))?;
    let kind = "[aria-label='What step 2 does']";
    let is = |kind: &str, steps: usize| {
        let kind_is = format!("document.querySelector(\"[aria-label='What step 2 does']\").value === '{kind}'");
        browser.wait_until(&format!("{kind_is} && document.querySelectorAll('.step').length === {steps}"))
    };
    // By its keys a select goes to the option that is typed.
    browser.script("document.querySelector(arguments[0]).focus()", vec![kind.into()])?;
    browser.type_keys("block")?;
    is("block", 2)?;
    browser.click("#add-step")?;
    is("block", 3)?;
    let control = |key: &str| format!("{}{key}{}", Key::Control, Key::Control);
    // The focus is in the new step's field, into which nothing was typed.
    browser.type_keys(&control("z"))?;
    is("block", 2)?;
    let focus = "return document.activeElement.id";
    assert_eq!(browser.script_text(focus, Vec::new())?, "undo", "the step that had it is gone");
    browser.type_keys(&control("z"))?;
    is("sleep", 2)?;
    assert_eq!(browser.attribute("#undo", "aria-disabled")?.as_deref(), Some("true"));
    browser.type_keys(&control("y"))?;
    is("block", 2)?;
    browser.click("#redo")?;
    is("block", 3)?;
    // What was typed is one step; a field that was just typed into has an undo of its own.
    browser.fill("#tasks", "12")?;
    browser.click("[data-action=reset]")?;
    browser.wait_until("document.querySelector('#tasks').value === '3'")?;
    browser.click("#undo")?;
    browser.wait_until("document.querySelector('#tasks').value === '12'")?;
    browser.click("#undo")?;
    browser.wait_until("document.querySelector('#tasks').value === '3'")?;
    is("block", 3)?;
    browser.click("[data-action=presets]")?;
    browser.click("[data-preset=thousand]")?;
    browser.wait_until("document.querySelector('#tasks').value === '1000'")?;
    browser.click("#undo")?;
    browser.wait_until("document.querySelector('#tasks').value === '3'")?;
    browser.wait_until_query("?v=1&steps=print:One,block:1s,sleep:1s&modes=async")?;
    Ok(())
}

#[test]
fn tab_comes_to_every_control_and_is_seen_there() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(""))?;
    let mut unseen = Vec::new();
    let mut reached = Vec::new();
    for _ in 0..80 {
        browser.type_keys(&Key::Tab.to_string())?;
        // Past the last element of the page it is the browser's own bar that has the focus.
        let focus = "const element = document.activeElement, style = getComputedStyle(element);
                     if (!document.hasFocus()) return ['', ''];
                     const seen = element === document.body || style.outlineStyle !== 'none';
                     const { mode } = element.closest('[data-mode]')?.dataset ?? {};
                     const { action, choose } = element.dataset;
                     return [`${action ?? choose ?? element.id}${mode ?? ''}`, seen ? '' : element.outerHTML.slice(0, 200)]";
        let focus = browser.script(focus, Vec::new())?;
        let text = |at: usize| focus[at].as_str().unwrap_or_default().to_owned();
        if !text(1).is_empty() {
            unseen.push(text(1));
        }
        reached.push(text(0));
    }
    assert_eq!(unseen, Vec::<String>::new());
    let wanted = [
        "share", "export", "run-all", "guess", "tasks", "step-0", "step-1", "add-step", "async", "undo", "redo",
        "reset",
    ];
    for wanted in wanted.into_iter().chain(["run-modesync", "run-modeprocesses"]) {
        assert!(reached.iter().any(|reached| reached == wanted), "{wanted} is not among {reached:?}");
    }
    Ok(())
}
