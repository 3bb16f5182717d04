//! The built page opens at all, from any static host.

use e2e::{Browser, Result, Site};

#[test]
fn the_page_opens_under_any_path() -> Result {
    for under in ["/", "/some/path/"] {
        let site = Site::dist().under(under).start()?;
        let browser = Browser::lend()?;
        browser.open(&site.url(""))?;
        assert_eq!(browser.title()?, "Interleave");
        browser.wait_for("main")?;
    }
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
