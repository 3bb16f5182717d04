//! The pictures of the built page that the docs show, one a state. Each is what a reader would see who ran it here.

use e2e::{Browser, Options, Result, Scheme, Site};
use fantoccini::key::Key;
use std::thread;
use std::time::Duration;

/// How long a run may take.
const RUN: Duration = Duration::from_mins(1);

/// By then the page knows how fast this machine is, and has predicted by that.
const MEASURED: Duration = Duration::from_secs(2);

/// The sizes of a laptop's and a phone's screen.
const LAPTOP: (u32, u32) = (1280, 800);
const PHONE: (u32, u32) = (360, 740);

/// A state of the page.
struct Picture {
    name: &'static str,
    query: &'static str,
    size: (u32, u32),
    scheme: Scheme,
    moment: Moment,
}

enum Moment {
    BeforeARun,
    AfterARun,
    /// After a run, with the threads' timeline looked at closely.
    Closer,
    /// The reader has guessed what async prints.
    Guessed,
    /// After a run, which is replayed up to its half.
    Replayed,
    /// With the code of async unfolded.
    AsCode,
    /// After a sweep.
    Swept,
}

const COUNTING: &str = "?v=1&tasks=2&steps=count:100M,print:Done&modes=sync,threads,processes";
const BLOCKING: &str = "?v=1&steps=print:One,block:1.2s,print:Two&modes=sync,async,threads";
const ADDING: &str = "?v=1&tasks=2&steps=add:1M,print:Done&modes=threads,processes,free-threads";

const SWEEPING: &str = "?v=1&tasks=1000&steps=print:One,sleep:10ms,print:Two";

use Moment::{AfterARun, AsCode, BeforeARun, Closer, Guessed, Replayed, Swept};

const PICTURES: [Picture; 12] = [
    Picture { name: "before", query: "", size: LAPTOP, scheme: Scheme::Light, moment: BeforeARun },
    Picture { name: "after", query: "", size: LAPTOP, scheme: Scheme::Light, moment: AfterARun },
    Picture { name: "dark", query: "", size: LAPTOP, scheme: Scheme::Dark, moment: AfterARun },
    Picture { name: "phone", query: "", size: PHONE, scheme: Scheme::Light, moment: AfterARun },
    Picture { name: "gil", query: COUNTING, size: LAPTOP, scheme: Scheme::Light, moment: AfterARun },
    Picture { name: "closer", query: COUNTING, size: LAPTOP, scheme: Scheme::Light, moment: Closer },
    Picture { name: "replay", query: "", size: LAPTOP, scheme: Scheme::Light, moment: Replayed },
    Picture { name: "guess", query: "", size: LAPTOP, scheme: Scheme::Light, moment: Guessed },
    Picture { name: "code", query: "", size: LAPTOP, scheme: Scheme::Light, moment: AsCode },
    Picture { name: "frozen", query: BLOCKING, size: LAPTOP, scheme: Scheme::Light, moment: AfterARun },
    Picture { name: "sweep", query: SWEEPING, size: LAPTOP, scheme: Scheme::Light, moment: Swept },
    Picture { name: "counter", query: ADDING, size: LAPTOP, scheme: Scheme::Light, moment: AfterARun },
];

fn main() -> Result {
    let site = Site::dist().isolated().start()?;
    let browser = Browser::start(Options::default())?;
    let folder = browser.told().pictures.clone();
    for Picture { name, query, size: (width, height), scheme, moment } in PICTURES {
        browser.emulate(width, height, scheme)?;
        browser.open(&site.url(query))?;
        browser.wait_for("[data-action=run-all]")?;
        thread::sleep(MEASURED);
        come_to(&browser, &moment)?;
        // What stays in sight is at the top of the picture then.
        browser.script("scrollTo(0, 0)", Vec::new())?;
        browser.full_picture(&folder.join(format!("{name}.png")))?;
        println!("{name}");
    }
    Ok(())
}

/// Does what a reader would do.
fn come_to(browser: &Browser, moment: &Moment) -> Result {
    match moment {
        BeforeARun => Ok(()),
        AfterARun => run(browser),
        Closer => {
            run(browser)?;
            browser.script("document.querySelector('[data-mode=threads] .timeline-box').focus()", Vec::new())?;
            browser.type_keys(&format!("{}wwwwwwwww", Key::Right.to_string().repeat(20)))
        }
        Guessed => {
            browser.click("[data-action=guess]")?;
            ["1-0", "2-0", "3-0", "1-2"]
                .into_iter()
                .try_for_each(|line| browser.click(&format!("article[data-mode=async] [data-line='{line}']")))
        }
        AsCode => browser.click("[data-mode=async] [data-action=code]"),
        Replayed => {
            run(browser)?;
            browser.click("[data-action=replay]")?;
            // Its bar is at the lower edge of the window, which a picture of the whole page hasn't got.
            let drag = "document.querySelector('.replay').style.position = 'static';
                const playhead = document.querySelector('[data-action=replay-seek]');
                playhead.value = playhead.max / 2;
                playhead.dispatchEvent(new Event('input', { bubbles: true }));";
            browser.script(drag, Vec::new()).map(drop)
        }
        Swept => {
            browser.click("[data-action=sweep]")?;
            browser.wait_until("document.querySelector('[data-action=begin-sweep]:not([aria-disabled])') !== null")?;
            browser.click("[data-action=begin-sweep]")?;
            browser.wait_until_within(RUN, "document.querySelector('[data-sweep=ending]').textContent !== ''")
        }
    }
}

fn run(browser: &Browser) -> Result {
    browser.click("[data-action=run-all]")?;
    browser.wait_until_within(RUN, "document.documentElement.dataset.state === 'finished'")
}
