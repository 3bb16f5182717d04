//! Sharing: the link is copied, or shown where it can't be; who opens it sees the same. And what Export hands out.

use e2e::{Browser, Result, Site, faults_of_result};
use fantoccini::key::Key;
use serde_json::Value;

const SET_UP: &str = "?v=1&title=Shared&tasks=2&steps=print:a%252Cb,sleep:0.02s&modes=async,sync&spread=0.5";

/// Catches what would be downloaded, and downloads nothing.
const CATCH: &str = "
    window.caught = [];
    const blobs = new Map();
    const { createObjectURL } = URL;
    URL.createObjectURL = blob => {
        const address = createObjectURL.call(URL, blob);
        blobs.set(address, blob);
        return address;
    };
    HTMLAnchorElement.prototype.click = function () {
        const name = this.download;
        blobs.get(this.href).text().then(text => caught.push({ name, text }));
    };";

/// Opens a page with a field, and gives what pasting into it puts there.
fn pasted(browser: &Browser, site: &Site) -> Result<String> {
    browser.open(&site.url("../paste.html"))?;
    browser.click("textarea")?;
    browser.type_keys(&format!("{}v{}", Key::Control, Key::Control))?;
    browser.wait_until("document.querySelector('textarea').value !== ''")?;
    browser.value("textarea")
}

#[test]
fn the_link_is_copied_and_leads_back() -> Result {
    let site = Site::dist().under("/some/path/").page("/some/paste.html", "<textarea></textarea>").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SET_UP))?;
    browser.fill("#tasks", "4")?;
    browser.click("[data-action=share]")?;
    browser.wait_until("document.querySelector('[data-action=share]').innerText === 'Link copied'")?;
    let link = pasted(&browser, &site)?;
    assert_eq!(link, site.url(&SET_UP.replace("tasks=2", "tasks=4")));
    browser.open_page(&link)?;
    assert_eq!(browser.title()?, "Shared · Interleave");
    assert_eq!((browser.value("#tasks")?.as_str(), browser.value("#step-0")?.as_str()), ("4", "a,b"));
    assert_eq!(browser.address()?, link);
    Ok(())
}

#[test]
fn the_code_that_embeds_it_is_copied_and_does() -> Result {
    let site = Site::dist().under("/some/path/").page("/some/paste.html", "<textarea></textarea>").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?v=1&title=A%20%26%20B&tasks=2&steps=print:a&modes=sync"))?;
    browser.click("[data-action=share]")?;
    browser.click("[data-action=copy-embed]")?;
    browser.wait_until("document.querySelector('[data-action=copy-embed]').innerText.startsWith('Code copied')")?;
    let code = pasted(&browser, &site)?;
    // As in an article that has it from its author's editor.
    let body = "document.body.append(document.createRange().createContextualFragment(arguments[0]))";
    browser.script(body, vec![code.into()])?;
    browser.wait_until("!['', '1250'].includes(document.querySelector('iframe').height)")?;
    browser.wait_until("document.querySelector('iframe').contentDocument.title === 'A & B · Interleave'")?;
    browser.wait_until("'embed' in document.querySelector('iframe').contentDocument.documentElement.dataset")
}

#[test]
fn where_nothing_can_be_copied_the_link_is_shown() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    for broken in ["undefined", "{ writeText: () => Promise.reject(new Error('no')) }"] {
        browser.open_page(&site.url(SET_UP))?;
        let body = format!("Object.defineProperty(navigator, 'clipboard', {{ value: {broken} }})");
        browser.script(&body, Vec::new())?;
        browser.click("[data-action=share]")?;
        browser.wait_for("#share-address")?;
        assert_eq!(browser.value("#share-address")?, site.url(SET_UP), "{broken}");
        let selected = "const field = document.activeElement;
                        return field.value.slice(field.selectionStart, field.selectionEnd)";
        assert_eq!(browser.script_text(selected, Vec::new())?, site.url(SET_UP), "{broken}");
    }
    Ok(())
}

#[test]
fn export_hands_out_the_result() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=print:One,sleep:50ms,print:Two"))?;
    browser.run_all()?;
    browser.script(CATCH, Vec::new())?;
    browser.click("[data-action=export]")?;
    browser.click("[data-export=json]")?;
    browser.wait_until("caught.length === 1")?;
    assert_eq!(browser.script_text("return caught[0].name", Vec::new())?, "interleave.json");
    let result = browser.script("return JSON.parse(caught[0].text)", Vec::new())?;
    assert_eq!(faults_of_result(&result), Vec::<String>::new());
    assert_eq!(result["link"], "?v=1&steps=print:One,sleep:0.05s,print:Two");
    let runs = result["runs"].as_array().cloned().unwrap_or_default();
    let modes: Vec<&str> = runs.iter().filter_map(|run| run["mode"].as_str()).collect();
    assert_eq!(modes, ["sync", "async", "threads", "processes"]);
    for run in &runs {
        let mode = run["mode"].as_str().unwrap_or_default();
        let texts: Vec<&str> =
            run["output"].as_array().into_iter().flatten().filter_map(|at| at["text"].as_str()).collect();
        assert_eq!(texts, browser.card(mode)?.texts, "{mode}");
        assert!(run["elapsedMs"].as_f64() >= Some(50.0) && run["status"] == "finished", "{mode}: {run}");
    }
    Ok(())
}

#[test]
fn export_hands_out_the_table() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?tasks=2&steps=print:Hi&modes=async,sync"))?;
    browser.script(CATCH, Vec::new())?;
    browser.click("[data-action=export]")?;
    assert!(browser.text(".menu[open] .popover")?.contains("nothing to export"));
    browser.click("[data-action=export]")?;
    browser.run_all()?;
    for format in ["markdown", "csv"] {
        browser.click("[data-action=export]")?;
        browser.click(&format!("[data-export={format}]"))?;
    }
    browser.wait_until("caught.length === 2")?;
    let files = browser.script("return caught", Vec::new())?;
    let names: Vec<Option<&Value>> = (0..2).map(|at| files[at].get("name")).collect();
    assert_eq!(names, [Some(&"interleave.md".into()), Some(&"interleave.csv".into())]);
    for at in 0..2 {
        let text = files[at]["text"].as_str().unwrap_or_default().to_lowercase();
        assert!(text.contains("sync") && text.contains("async") && text.lines().count() >= 3, "{text}");
    }
    Ok(())
}
