//! Pictures of the built page, before a run and after it, at each width, in light and dark.

use e2e::{Browser, Options, Result, Scheme, Site};
use std::time::Duration;

/// The widths of a phone, a tablet and a laptop, with a usual height.
const SIZES: [(u32, u32); 3] = [(360, 740), (768, 1024), (1280, 800)];
/// How long a run may take.
const RUN: Duration = Duration::from_mins(1);

fn main() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::start(Options::default())?;
    let folder = browser.told().pictures.clone();
    for (width, height) in SIZES {
        for scheme in Scheme::ALL {
            let name = |moment: &str| folder.join(format!("{width}-{}-{moment}.png", scheme.name()));
            browser.emulate(width, height, scheme)?;
            browser.open(&site.url(""))?;
            browser.wait_for("[data-action=run-all]")?;
            browser.full_picture(&name("before"))?;
            browser.click("[data-action=run-all]")?;
            browser.wait_until_within(RUN, "document.documentElement.dataset.state === 'finished'")?;
            browser.full_picture(&name("after"))?;
            println!("{width} {}", scheme.name());
        }
    }
    Ok(())
}
