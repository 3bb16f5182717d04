//! The output of a mode: few lines one after another, many in a box through which a reader can scroll; what is found in it,
//! and what is copied of it.

use e2e::{Browser, Frame, Parent, Result, Site};
use fantoccini::key::Key;

const BOX: &str = "article[data-mode=async] .listing:not(.overtaken)";

/// The places of the lines that are wholly in the box, from 1, in their order.
fn in_sight(browser: &Browser) -> Result<Vec<u64>> {
    let body = format!(
        "const box = document.querySelector('{BOX}'), {{ top, bottom }} = box.getBoundingClientRect();
         const inside = line => {{
             const area = line.getBoundingClientRect();
             return area.top >= top - 1 && area.bottom <= bottom + 1;
         }};
         return Array.from(box.querySelectorAll('li')).filter(inside).map(line => Number(line.ariaPosInSet))"
    );
    let places = browser.script(&body, Vec::new())?;
    Ok(places.as_array().into_iter().flatten().filter_map(serde_json::Value::as_u64).collect())
}

fn is_in_sight(place: u64) -> String {
    format!(
        "(() => {{
        const box = document.querySelector('{BOX}').getBoundingClientRect();
        const line = document.querySelector(`{BOX} [aria-posinset='{place}']`)?.getBoundingClientRect();
        return line && line.top >= box.top - 1 && line.bottom <= box.bottom + 1;
    }})()"
    )
}

#[test]
fn few_lines_are_all_there_without_a_box() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:20ms,print:Two&modes=async"))?;
    for moment in ["before", "after"] {
        assert_eq!(browser.texts(&format!("{BOX} .text"))?.join(" "), "One One One Two Two Two", "{moment} a run");
        assert_eq!(browser.count(".listing.long")?, 0, "{moment} a run");
        browser.run_all()?;
    }
    Ok(())
}

#[test]
fn scrolling_comes_by_every_line_once() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=150&steps=print:One,sleep:20ms,print:Two&modes=async"))?;
    browser.run_all()?;
    let mut seen = Vec::new();
    for past in (0..).step_by(84) {
        let scroll = format!(
            "const box = document.querySelector('{BOX}'); box.scrollTop = {past};
            return box.scrollTop + box.clientHeight >= box.scrollHeight - 1"
        );
        let is_end = browser.script(&scroll, Vec::new())? == true;
        // A line at the upper edge and one at the lower one.
        browser.wait_until(&format!(
            "(() => {{
                const box = document.querySelector('{BOX}'), area = box.getBoundingClientRect();
                const lines = Array.from(box.querySelectorAll('li'), line => line.getBoundingClientRect());
                return lines.some(line => line.top < area.top + 28) && lines.some(line => line.bottom > area.bottom - 28);
            }})()"
        ))?;
        seen.extend(in_sight(&browser)?);
        assert!(browser.card("async")?.texts.len() < 150, "only what is seen is on the page");
        if is_end {
            break;
        }
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen, (1..=300).collect::<Vec<_>>());
    Ok(())
}

#[test]
fn keys_go_through_the_output_of_a_million_tasks() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=1000000&steps=print:One,print:Two&modes=async"))?;
    browser.run_all()?;
    let label = browser.attribute(BOX, "aria-label")?;
    assert_eq!(label.as_deref(), Some("Output of Async: 2,000,000 lines"));
    browser.script(&format!("document.querySelector('{BOX}').focus()"), Vec::new())?;
    assert_eq!(in_sight(&browser)?.first(), Some(&1));
    let page = "document.documentElement.scrollHeight < 10000";
    browser.wait_until(page)?;
    browser.type_keys(&Key::PageDown.to_string())?;
    browser.wait_until(&format!("!{}", is_in_sight(1)))?;
    browser.type_keys(&Key::End.to_string())?;
    browser.wait_until(&is_in_sight(2_000_000))?;
    let last = browser.texts(&format!("{BOX} li:last-child .text"))?;
    assert_eq!(last, ["Two"]);
    browser.type_keys(&Key::PageUp.to_string())?;
    browser.wait_until(&format!("!{}", is_in_sight(2_000_000)))?;
    assert!(in_sight(&browser)?.first().is_some_and(|first| *first > 1_999_000), "no more than a box is gone back");
    browser.type_keys(&Key::Home.to_string())?;
    browser.wait_until(&is_in_sight(1))?;
    Ok(())
}

const FIND: &str = "article[data-mode=async] input[type=search]";

fn wait_for_found(browser: &Browser, words: &str) -> Result {
    browser.wait_until(&format!(
        "document.querySelector('article[data-mode=async] [data-figure=found]').textContent === '{words}'"
    ))
}

#[test]
fn what_is_looked_for_is_counted_and_gone_through() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=3&steps=print:One,sleep:20ms,print:Two&modes=async"))?;
    assert_eq!(browser.count("input[type=search]")?, 0, "six lines are seen at once");
    browser.open_page(&site.url("?tasks=100000&steps=print:One,print:Two&modes=async"))?;
    browser.run_all()?;
    browser.fill(FIND, "two")?;
    wait_for_found(&browser, "1 of 100,000")?;
    let enter = Key::Enter.to_string();
    browser.type_keys(&enter)?;
    wait_for_found(&browser, "2 of 100,000")?;
    browser.type_keys(&format!("{}{enter}{enter}{}", Key::Shift, Key::Shift))?;
    wait_for_found(&browser, "100,000 of 100,000")?;
    browser.wait_until(&is_in_sight(200_000))?;
    assert_eq!(browser.texts(&format!("{BOX} .current .text"))?, ["Two"]);
    browser.fill(FIND, "task 777")?;
    wait_for_found(&browser, "1 of 2")?;
    browser.wait_for(&format!("{BOX} .current[data-task='777']"))?;
    browser.click("article[data-mode=async] .find button:last-child")?;
    wait_for_found(&browser, "2 of 2")?;
    browser.fill(FIND, "Three")?;
    wait_for_found(&browser, "not found")?;
    browser.type_keys(&Key::Escape.to_string())?;
    wait_for_found(&browser, "")?;
    assert_eq!(browser.value(FIND)?, "");
    Ok(())
}

#[test]
fn what_is_found_in_a_run_stays_so_while_another_prediction_comes() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=20000&steps=print:One,print:Two&modes=async"))?;
    browser.run_all()?;
    browser.fill(FIND, "task 777")?;
    browser.wait_for(&format!("{BOX} .current[data-task='777']"))?;
    wait_for_found(&browser, "1 of 2")?;
    let watch = "window.said = new Set();
                 const found = document.querySelector('article[data-mode=async] [data-figure=found]');
                 new MutationObserver(() => said.add(found.textContent))
                     .observe(found, { childList: true, characterData: true, subtree: true })";
    browser.script(watch, Vec::new())?;
    browser.click("[data-machine] > summary")?;
    browser.fill("#machine-cores", "8")?;
    let predicted = "document.querySelector('article[data-mode=async] .pair [data-figure=predicted]')";
    browser.wait_until(&format!("{predicted}?.previousElementSibling.textContent === 'predicted for 8 cores'"))?;
    assert_eq!(browser.script_text("return Array.from(said).join()", Vec::new())?, "", "it was looked for again");
    Ok(())
}

/// What was given to the clipboard, which a test can't read everywhere.
pub const CLIPBOARD: &str =
    "navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve() }";
const COPY: &str = "article[data-mode=async] [data-action=copy-output]";

#[test]
fn the_output_is_copied_as_a_terminal_shows_it() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=print:One,print:Two%20%2526,fail@2:Boom&modes=async"))?;
    let is_seen = format!("document.querySelector('{COPY}').checkVisibility({{ visibilityProperty: true }})");
    browser.wait_until(&format!("!{is_seen}"))?;
    browser.run_all()?;
    browser.script(CLIPBOARD, Vec::new())?;
    browser.click(COPY)?;
    browser.wait_until("window.copied === 'One\\nTwo &\\nOne\\nTwo &\\nRuntimeError: Boom\\n'")?;
    browser.wait_until(&format!("document.querySelector('{COPY}').textContent.startsWith('Output copied')"))?;
    browser.open_page(&site.url("?tasks=1000000&steps=print:One&modes=async"))?;
    browser.run_all()?;
    browser.script(CLIPBOARD, Vec::new())?;
    browser.click(COPY)?;
    browser.wait_until("window.copied === 'One\\n'.repeat(1000000)")
}

#[test]
fn where_nothing_can_be_copied_it_is_said_what_to_do() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One&modes=async"))?;
    browser.run_all()?;
    browser.script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))", Vec::new())?;
    browser.click(COPY)?;
    browser.wait_for("article[data-mode=async] [data-action=save-output]")?;
    assert!(browser.text("article[data-mode=async] .copy [role=status]")?.contains("as a file"));
    let kept = "const { createObjectURL } = URL;
                URL.createObjectURL = blob => { blob.text().then(text => { window.saved = text }); return createObjectURL(blob) }";
    browser.script(kept, Vec::new())?;
    browser.click("article[data-mode=async] [data-action=save-output]")?;
    browser.wait_until("window.saved === 'One\\nOne\\nOne\\n'")
}

/// Whether the marked stretch of the timeline, if there is one, is where a line was printed: in the row of its task, counted
/// from 0, and so far along, from 0 to 1.
fn is_marked(row: u32, along: f64) -> String {
    format!(
        "(() => {{
            const mark = document.querySelector('[data-mode=async] .marked').getBoundingClientRect();
            const box = document.querySelector('[data-mode=async] .timeline-box').getBoundingClientRect();
            const at = (mark.left - box.left) / box.width, row = Math.floor((mark.top + 1 - box.top) / 20);
            return mark.height > 0 && row === {row} && Math.abs(at - {along}) < 0.1;
        }})()"
    )
}

fn lit(browser: &Browser) -> Result<Vec<String>> {
    browser.texts(&format!("{BOX} .lit"))
}

#[test]
fn a_line_and_its_point_on_the_timeline_light_up_together() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:500ms,print:Two&modes=async"))?;
    browser.run_all()?;
    let over = |css: &str, kind: &str| {
        browser.script(
            &format!("document.querySelector('{css}').dispatchEvent(new MouseEvent('{kind}', {{ bubbles: true }}))"),
            Vec::new(),
        )
    };
    over(&format!("{BOX} li:nth-child(3) .text"), "mouseover")?;
    browser.wait_until(&is_marked(2, 0.03))?;
    over(&format!("{BOX} li:nth-child(5) .text"), "mouseover")?;
    browser.wait_until(&is_marked(1, 1.0))?;
    assert!(lit(&browser)?.len() == 1 && lit(&browser)?[0].contains("Two"), "{:?}", lit(&browser)?);
    over(BOX, "mouseleave")?;
    browser.wait_until("document.querySelector('[data-mode=async] .marked').getBoundingClientRect().height === 0")?;
    // By keys: from line to line, each told.
    browser.script(&format!("document.querySelector('{BOX}').focus()"), Vec::new())?;
    browser.type_keys(&Key::Right.to_string().repeat(2))?;
    browser.wait_until(&is_marked(1, 0.03))?;
    let told = browser.script_text(
        "return Array.from(document.querySelectorAll('[data-mode=async] [data-figure=lit]'), it => it.textContent).join('')",
        Vec::new(),
    )?;
    assert!(told.starts_with("Line 2, ") && told.ends_with(": task 2, One"), "{told}");
    // And back: from stretch to stretch of task 1, one comes to where it printed.
    browser.script("document.querySelector('[data-mode=async] .timeline-box').focus()", Vec::new())?;
    browser.wait_until(&format!("document.querySelectorAll('{BOX} .lit').length === 0"))?;
    for _ in 0..9 {
        browser.type_keys(&Key::Right.to_string())?;
        browser.wait_until("document.querySelector('[data-mode=async] [data-figure=pointed]').textContent !== ''")?;
        if !lit(&browser)?.is_empty() {
            break;
        }
    }
    browser.wait_until(&format!("document.querySelectorAll('{BOX} .lit').length > 0"))?;
    assert_eq!(browser.count(&format!("{BOX} .lit:not([data-task='1'])"))?, 0);
    Ok(())
}

#[test]
fn who_goes_through_lines_by_keys_sees_where_they_were_printed() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:500ms,print:Two&modes=async"))?;
    browser.run_all()?;
    // Only the start is looked at.
    browser.script("document.querySelector('[data-mode=async] .timeline-box').focus()", Vec::new())?;
    browser.type_keys(&format!("{}wwwwww", Key::Right))?;
    let seen = "document.querySelector('[data-figure=seen]').textContent";
    browser.wait_until(&format!("{seen}.startsWith('0.0 ms')"))?;
    browser.script(&format!("document.querySelector('{BOX}').focus()"), Vec::new())?;
    browser.type_keys(&Key::Right.to_string().repeat(6))?;
    browser.wait_until(&format!("document.querySelector('{BOX} li:last-child.lit')"))?;
    browser.wait_until(&format!("{seen} !== '' && !{seen}.startsWith('0.0 ms')"))?;
    browser.wait_until("document.querySelector('[data-mode=async] .marked').getBoundingClientRect().height > 0")
}

#[test]
fn times_are_there_on_demand() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let times = |browser: &Browser| browser.count("[data-mode=async] .lines .at");
    browser.open_page(&site.url("?steps=print:One,sleep:20ms&modes=async"))?;
    assert_eq!(times(&browser)?, 3, "there is room for them");
    browser.click("[data-action=times]")?;
    browser.wait_for("[data-action=times][aria-pressed=false]")?;
    assert_eq!(times(&browser)?, 0);
    browser.run_all()?;
    assert_eq!(times(&browser)?, 0, "also of what was measured");
    browser.click("[data-action=times]")?;
    browser.wait_until("document.querySelectorAll('[data-mode=async] .listing:not(.overtaken) .at').length === 3")?;
    let frame = Frame { query: "?modes=async", width: Some(360), ..Frame::default() };
    Parent::open(&browser, &site, frame)?.inside(|frame| {
        frame.wait_until_up()?;
        assert_eq!(times(frame)?, 0, "on a phone there is not");
        frame.click("[data-action=times]")?;
        frame.wait_until("document.querySelectorAll('[data-mode=async] .lines .at').length === 6")
    })
}
