//! Whether the order of the output is certain: said before a run, and held against what was printed after it.

use e2e::{Browser, Result, Site};

const CERTAIN: [&str; 3] = ["sync", "async", "offload"];
const OPEN: [&str; 3] = ["threads", "processes", "free-threads"];

fn said(mode: &str) -> String {
    format!("article[data-mode={mode}] [data-figure=order]")
}

/// The texts of all lines that are shown, those of each stretch whose order is open in brackets.
fn shown(browser: &Browser, mode: &str) -> Result<String> {
    let body = "
        const lines = document.querySelectorAll(`article[data-mode=${arguments[0]}] .listing:not(.overtaken) li`);
        return Array.from(lines, line => {
            const { classList } = line, text = line.querySelector('.text').textContent;
            return (classList.contains('open-first') ? '(' : '') + text + (classList.contains('open-last') ? ')' : '');
        }).join(' ')";
    browser.script_text(body, vec![mode.into()])
}

fn assert_all_say(browser: &Browser, certain: &str, open: &str) -> Result {
    for (modes, words, lines) in [(CERTAIN, certain, None), (OPEN, open, Some("(One One One) (Two Two Two)"))] {
        for mode in modes {
            let expected = serde_json::to_string(words).unwrap_or_default();
            browser.wait_until(&format!("document.querySelector('{}').textContent === {expected}", said(mode)))?;
            let together = if mode == "sync" { "One Two One Two One Two" } else { "One One One Two Two Two" };
            assert_eq!(shown(browser, mode)?, lines.unwrap_or(together), "{mode}: {words}");
        }
    }
    Ok(())
}

#[test]
fn the_articles_cards_say_before_and_after_a_run_what_is_certain() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url(&format!("?modes={},{}", CERTAIN.join(","), OPEN.join(","))))?;
    assert_all_say(
        &browser,
        "Predicted. The order is certain.",
        "Predicted. The texts are certain; which task comes first is open in 2 stretches.",
    )?;
    browser.run_all()?;
    assert_all_say(
        &browser,
        "As predicted: the order was certain.",
        "As predicted: the texts were certain; which task came first was open in 2 stretches.",
    )
}

#[test]
fn nothing_is_said_of_an_order_that_there_is_not_or_that_is_not_known() -> Result {
    let site = Site::dist().start()?;
    let browser = Browser::lend()?;
    browser.open_page(&site.url("?steps=sleep:10ms&modes=async"))?;
    browser.wait_for("[data-mode=async] [data-figure=predicted]")?;
    assert_eq!(browser.count(&said("async"))?, 0, "nothing is printed");
    browser.open_page(&site.url("?tasks=400000&modes=async"))?;
    browser.wait_until(&format!("document.querySelector('{}').textContent.startsWith('Too many lines')", said("async")))
}
