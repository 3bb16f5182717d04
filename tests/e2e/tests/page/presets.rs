//! The menu of presets: one is set up without a reload, and nothing is lost: back brings what was there before.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

#[test]
fn a_preset_is_set_up_and_back_brings_the_old_set_up() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    let own = "?v=1&tasks=2&steps=print:Mine,sleep:0.02s&theme=dark";
    browser.open_page(&site.url(own))?;
    browser.script("window.same = true", Vec::new())?;
    browser.click("[data-action=presets]")?;
    assert_eq!(browser.count(".presets a[data-preset]")?, 12);
    browser.click("[data-preset=small-pool]")?;
    browser.wait_until("document.querySelector('#tasks').value === '12'")?;
    let preset = "?v=1&tasks=12&steps=print:Asked,sleep:0.3s,print:Answered&modes=async,threads&workers=3";
    assert_eq!((browser.query()?.as_str(), browser.value("#workers")?.as_str()), (preset, "3"));
    assert_eq!(browser.count("details.menu[open]")?, 0);
    let theme = "return document.documentElement.dataset.theme";
    assert_eq!(browser.script_text(theme, Vec::new())?, "dark", "the colours stay");
    browser.run_all()?;
    assert_eq!(browser.card("threads")?.status, "finished");
    browser.script("history.back()", Vec::new())?;
    browser.wait_until("document.querySelector('#tasks').value === '2'")?;
    assert_eq!((browser.query()?.as_str(), browser.value("#step-0")?.as_str()), (own, "Mine"));
    assert_eq!(browser.script("return window.same", Vec::new())?, true, "without a reload");
    Ok(())
}

#[test]
fn the_menu_is_used_by_keys_alone() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(""))?;
    browser.script("document.querySelector('[data-action=presets]').focus()", Vec::new())?;
    browser.type_keys(&Key::Enter.to_string())?;
    browser.wait_for("details.presets[open]")?;
    browser.type_keys(&Key::Escape.to_string())?;
    browser.wait_until("document.querySelector('details.presets[open]') === null")?;
    browser.type_keys(&Key::Enter.to_string())?;
    browser.wait_for("details.presets[open]")?;
    // A box that scrolls has the focus by itself in one of the browsers.
    for _ in 0..3 {
        browser.type_keys(&Key::Tab.to_string())?;
        if browser.script("return document.activeElement.dataset.preset === 'blocking'", Vec::new())? == true {
            break;
        }
    }
    browser.type_keys(&Key::Enter.to_string())?;
    browser.wait_until("location.search.includes('steps=print:One,block:0.5s')")?;
    assert_eq!(browser.script_text("return document.activeElement.dataset.action", Vec::new())?, "presets");
    Ok(())
}
