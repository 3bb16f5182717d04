//! The built page works from any static host: under any path, without special headers, and asks for nothing else.

use e2e::{Browser, Host, Result, Site};

const SHORT: &str = "?steps=print:One,sleep:50ms,print:Two";

#[test]
fn all_four_modes_run_under_a_path_without_headers() -> Result {
    let site = Site::dist().under("/some/path/").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SHORT))?;
    assert_eq!(browser.script("return crossOriginIsolated", Vec::new())?, false);
    browser.run_all()?;
    for mode in ["sync", "async", "threads", "processes"] {
        let card = browser.card(mode)?;
        assert_eq!((card.status.as_str(), card.texts.len()), ("finished", 6), "{mode}: {card:?}");
    }
    assert_eq!(browser.address()?, site.url("?v=1&steps=print:One,sleep:0.05s,print:Two"));
    Ok(())
}

#[test]
fn the_file_itself_may_be_named() -> Result {
    let site = Site::dist().under("/some/path/").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("index.html?tasks=2&steps=print:Hi"))?;
    assert_eq!(browser.address()?, site.url("index.html?v=1&tasks=2&steps=print:Hi"));
    browser.run_all()?;
    assert_eq!(browser.card("processes")?.said(), "Hi Hi");
    Ok(())
}

#[test]
fn nothing_is_asked_of_anybody_else() -> Result {
    let site = Site::dist().under("/some/path/").start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SHORT))?;
    browser.run_all()?;
    let foreign = "return performance.getEntriesByType('resource').map(({ name }) => name)
                     .filter(name => !name.startsWith(arguments[0])).join(' ')";
    let asked = browser.script_text(foreign, vec![format!("{}/some/path/", site.origin(Host::Name)).into()])?;
    assert_eq!(asked, "");
    let failed = "return performance.getEntriesByType('resource').filter(({ responseStatus }) => responseStatus >= 400)
                    .map(({ name }) => name).join(' ')";
    assert_eq!(browser.script_text(failed, Vec::new())?, "");
    Ok(())
}

#[test]
fn a_wrong_address_is_a_404() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open(&site.url(""))?;
    for address in ["nowhere", "nowhere/", "index.htm", "../nowhere"] {
        let status = browser.async_script("return (await fetch(arguments[0])).status", vec![address.into()])?;
        assert_eq!(status, 404, "{address}");
    }
    Ok(())
}
