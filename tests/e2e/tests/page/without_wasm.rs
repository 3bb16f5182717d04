//! Where the page can't come up it says so, and what to do: without its wasm, without its script, without JavaScript.

use e2e::{Browser, CROWDED, Fault, Options, Result, Scripts, Site};
use std::fs;

/// What a page says that has failed to start.
fn failure(browser: &Browser, address: &str) -> Result<String> {
    browser.open(address)?;
    browser.wait_for("#boot-failed")?;
    browser.text("#boot")
}

#[test]
fn a_wasm_that_does_not_come_or_is_broken_is_told() -> Result {
    let browser = Browser::lend()?;
    for fault in [Fault::Missing, Fault::Garbled] {
        for file in [".wasm", ".js"] {
            // The script that tells of it has a name that ends so too, and has to come.
            let file = if file == ".js" { script_name()? } else { file.to_owned() };
            let site = Site::dist().fault(&file, fault).start()?;
            let told = failure(&browser, &site.url("?tasks=5"))?;
            assert!(told.contains("could not start") && told.contains("Reload"), "{fault:?} {file}: {told}");
            assert!(told.contains("connection"), "{fault:?} {file}: {told}");
            assert!(!told.contains("Loading"), "{fault:?} {file}: {told}");
        }
    }
    Ok(())
}

#[test]
fn a_browser_without_wasm_is_told_what_to_do() -> Result {
    let page = page()?.replacen("<head>", "<head><script>delete window.WebAssembly</script>", 1);
    let site = Site::dist().page("/bare.html", &page).start()?;
    let browser = Browser::lend()?;
    let told = failure(&browser, &site.url("bare.html"))?;
    assert!(told.contains("WebAssembly") && told.contains("Firefox"), "{told}");
    Ok(())
}

#[test]
fn a_browser_without_room_is_waited_for_and_told_when_it_stays_so() -> Result {
    let browser = Browser::lend()?;
    let site = Site::dist().crowded(3, 2)?.start()?;
    browser.open_page(&site.url(&format!("{CROWDED}?tasks=2&steps=print:One,sleep:20ms&modes=threads,processes")))?;
    browser.run_all()?;
    for mode in ["threads", "processes"] {
        assert_eq!(browser.card(mode)?.status, "finished", "{mode}: {:?}", browser.card(mode)?);
    }
    let site = Site::dist().crowded(u32::MAX, 0)?.start()?;
    let told = failure(&browser, &site.url(CROWDED))?;
    assert!(told.contains("no room") && told.contains("Close other tabs"), "{told}");
    Ok(())
}

#[test]
fn a_slow_line_is_told_after_a_while_and_never_given_up() -> Result {
    let site = Site::dist().fault(".wasm", Fault::Endless).start()?;
    let browser = Browser::lend()?;
    // The page's load event does not wait for it.
    browser.open(&site.url(""))?;
    browser.wait_for("#boot-loading")?;
    browser.wait_for("#boot-slow")?;
    assert!(browser.text("#boot-slow")?.contains("reload"));
    assert_eq!(browser.script("return document.querySelector('#boot-failed').hidden", Vec::new())?, true);
    Ok(())
}

#[test]
fn without_javascript_the_page_says_what_it_would_show() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::start(Options { scripts: Scripts::Off, ..Options::default() })?;
    browser.open(&site.url(""))?;
    let told = browser.text("body")?;
    assert!(told.contains("needs JavaScript") && told.contains("reload"), "{told}");
    assert!(told.contains("One Two One Two One Two"), "{told}");
    assert!(!told.contains("could not start"), "{told}");
    Ok(())
}

fn page() -> Result<String> {
    Ok(fs::read_to_string(e2e::Told::read()?.dist.join("index.html"))?)
}

/// The name of the script that loads the wasm.
fn script_name() -> Result<String> {
    let page = page()?;
    let name = page.split("modulepreload").nth(1).and_then(|rest| rest.split('"').find(|part| part.starts_with("./")));
    Ok(name.unwrap_or("no script in the page").trim_start_matches("./").to_owned())
}
