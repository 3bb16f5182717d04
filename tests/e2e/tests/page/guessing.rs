//! Guess, then run: predictions are hidden while a guess can be made, and after the run it is said what was right.

use e2e::{Browser, Result, Site};
use fantoccini::key::Key;

const SHORT: &str = "?steps=print:One,sleep:20ms,print:Two&modes=sync,async";
/// In the order of calls.
const CALLS: [&str; 6] = ["1-0", "1-2", "2-0", "2-2", "3-0", "3-2"];

fn in_card(mode: &str, css: &str) -> String {
    format!("article[data-mode={mode}] {css}")
}

/// Presses the keys one after another.
fn press(browser: &Browser, keys: &[Key]) -> Result {
    keys.iter().try_for_each(|key| browser.type_keys(&key.to_string()))
}

#[test]
fn a_guess_is_made_by_the_keyboard_and_held_against_the_run() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SHORT))?;
    browser.wait_for(&in_card("async", ".promised-lines"))?;
    browser.script("document.querySelector('[data-action=guess]').focus()", Vec::new())?;
    browser.type_keys(" ")?;
    browser.wait_until("document.querySelector('[data-action=guess]').ariaPressed === 'true'")?;
    for hidden in ["[data-figure=predicted]", ".promised-lines", "[data-figure=order]"] {
        assert_eq!(browser.count(&format!("article {hidden}"))?, 0, "{hidden} would tell");
    }
    // From the code on, which may be looked at, and in the end past the button that starts over.
    browser.script("document.querySelector('[data-mode=sync] [data-action=code]').focus()", Vec::new())?;
    for _ in CALLS {
        press(&browser, &[Key::Tab, Key::Enter])?;
    }
    press(&browser, &[Key::Tab, Key::Tab])?;
    browser.type_keys("40s")?;
    assert_eq!(browser.texts(&in_card("sync", ".placed .text"))?.join(" "), "One Two One Two One Two");
    for line in CALLS {
        browser.click(&in_card("async", &format!("[data-line='{line}']")))?;
    }
    browser.run_all()?;
    let came_to = browser.text(&in_card("sync", "[data-guess]"))?;
    assert!(came_to.starts_with("Your order is right. Your 40 s is too long by 39."), "{came_to}");
    let came_to = browser.text(&in_card("async", "[data-guess]"))?;
    assert_eq!(came_to, "2 of your 6 lines would have to move.");
    assert_eq!(browser.count(&in_card("async", ".misplaced"))?, 2);
    assert_eq!(browser.text("[data-guesses]")?, "You had 1 of 2 orders and 0 of 1 time right.");
    for mode in ["sync", "async"] {
        assert_eq!(browser.text(&in_card(mode, "[data-figure=order]"))?, "As predicted: the order was certain.");
    }
    Ok(())
}

#[test]
fn a_line_can_be_taken_away_and_the_predictions_come_back() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(SHORT))?;
    browser.click("[data-action=guess]")?;
    for line in ["2-2", "1-0", "2-2", "3-0"] {
        browser.click(&in_card("sync", &format!("[data-line='{line}']")))?;
    }
    assert_eq!(browser.texts(&in_card("sync", ".placed li"))?.len(), 2);
    assert_eq!(browser.attribute(&in_card("sync", "[data-line='2-2']"), "aria-pressed")?.as_deref(), Some("false"));
    browser.fill("#guess-sync", "soon")?;
    browser.wait_for("#guess-sync[aria-invalid=true]")?;
    browser.click(&in_card("sync", "[data-action=take-all]"))?;
    assert_eq!(browser.count(&in_card("sync", ".placed li"))?, 0);
    browser.click("[data-action=guess]")?;
    browser.wait_for(&in_card("sync", ".promised-lines"))?;
    assert_eq!(browser.count(".guess")?, 0);
    Ok(())
}
