//! Embedded in a page of another site: what the parent asks for is done and answered, and nobody else is obeyed.

use e2e::{Browser, Frame, Host, Parent, Result, Site, faults_of_result};
use serde_json::{Value, json};
use std::time::Duration;

const SHORT: &str = "?embed=1&steps=print:One,sleep:50ms,print:Two";
const LONG: &str = "?embed=1&steps=print:One,sleep:60s&modes=sync,async";
const MODES: [&str; 4] = ["sync", "async", "threads", "processes"];

fn framed(query: &str) -> Frame<'_> {
    Frame { query, ..Frame::default() }
}

/// The texts of the output of each run of a result, with its mode and status.
fn runs_of(message: &Value) -> Vec<(String, String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let texts =
        |run: &Value| run["output"].as_array().into_iter().flatten().map(|at| text(&at["text"])).collect::<Vec<_>>();
    let runs = message["result"]["runs"].as_array().into_iter().flatten();
    runs.map(|run| (text(&run["mode"]), text(&run["status"]), texts(run).join(" "))).collect()
}

fn ran(mode: &str, status: &str, said: &str) -> (String, String, String) {
    (mode.to_owned(), status.to_owned(), said.to_owned())
}

#[test]
fn it_says_when_it_is_up_and_for_each_hello() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(SHORT))?;
    let ready = parent.hear("ready")?;
    assert_eq!((&ready["interleave"], ready.get("id")), (&json!(1), None), "{ready}");
    assert_eq!((&ready["version"], &ready["isolated"]), (&json!("0.1.0"), &json!(false)), "{ready}");
    assert!(ready["cores"].as_u64() >= Some(1), "{ready}");
    for id in [json!(7), json!("seven"), json!({ "n": [7] })] {
        parent.tell("hello", id.clone(), &json!({}))?;
        assert_eq!(parent.answer("ready", id)?["cores"], ready["cores"]);
    }
    assert_eq!(parent.heard("ready")?.len(), 4, "one by itself, one for each hello");
    let height = parent.hear("height")?;
    let content =
        parent.inside(|frame| frame.script("return document.querySelector('#app').offsetHeight", Vec::new()))?;
    assert!(height["height"].as_f64() > Some(100.0) && content.as_f64() > Some(100.0), "{height} {content}");
    Ok(())
}

#[test]
fn all_four_modes_run_and_give_a_whole_result() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(SHORT))?;
    parent.hear("ready")?;
    parent.tell("run", 1, &json!({}))?;
    let result = parent.answer("result", 1)?;
    assert_eq!(faults_of_result(&result["result"]), Vec::<String>::new());
    let said = |mode: &&str| {
        ran(mode, "finished", if *mode == "sync" { "One Two One Two One Two" } else { "One One One Two Two Two" })
    };
    assert_eq!(runs_of(&result), MODES.iter().map(said).collect::<Vec<_>>());
    assert_eq!(result["result"]["link"], "?v=1&steps=print:One,sleep:0.05s,print:Two&embed=1");
    let progress = parent.heard("progress")?;
    for mode in MODES {
        let of_mode = progress.iter().find(|message| message["mode"] == mode);
        let fits = of_mode.is_some_and(|it| it["tasks"] == 3 && it["done"].as_u64() <= Some(3) && it["id"] == 1);
        assert!(fits, "{mode}: {progress:?}");
    }
    Ok(())
}

#[test]
fn a_run_may_name_its_modes() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(SHORT))?;
    parent.hear("ready")?;
    parent.tell("run", "two", &json!({ "modes": ["threads", "async"] }))?;
    let done = |mode| ran(mode, "finished", "One One One Two Two Two");
    assert_eq!(runs_of(&parent.answer("result", "two")?), [done("threads"), done("async")]);
    for (id, modes) in [(1, json!(["fibers"])), (2, json!("async")), (3, json!([])), (4, json!(["sync", "sync"]))] {
        parent.tell("run", id, &json!({ "modes": modes }))?;
        let error = parent.answer("error", id)?;
        assert!(error["message"].as_str().is_some_and(|message| message.len() > 20), "{error}");
    }
    assert_eq!(parent.heard("result")?.len(), 1);
    Ok(())
}

#[test]
fn load_sets_up_a_link_and_tells_its_notices() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed("?embed=1"))?;
    parent.hear("ready")?;
    let address = parent.inside(|frame| frame.script_text("return location.href", Vec::new()))?;
    parent.tell("load", 1, &json!({ "link": "https://example.org/x/?tasks=0&modes=async&seed=7&v=1" }))?;
    let loaded = parent.answer("loaded", 1)?;
    assert_eq!(loaded["link"], "?v=1&modes=async&seed=7", "{loaded}");
    let notices = loaded["notices"].as_array().cloned().unwrap_or_default();
    assert_eq!((notices.len(), &notices[0]["parameter"], &notices[0]["value"]), (1, &json!("tasks"), &json!("0")));
    assert!(notices[0]["message"].as_str().is_some_and(|message| message.contains("1,000,000")), "{loaded}");
    // A click on Run in the frame is told too, without an id.
    parent.tell("load", 2, &json!({ "link": "?steps=print:Hi&modes=async&run=auto" }))?;
    assert_eq!(parent.answer("loaded", 2)?["link"], "?v=1&steps=print:Hi&modes=async&run=auto");
    parent.inside(|frame| {
        assert_eq!(frame.card("async")?.status, "idle", "run=auto is not obeyed here");
        frame.run_mode("async")
    })?;
    let result = parent.hear("result")?;
    assert_eq!((runs_of(&result), result.get("id")), (vec![ran("async", "finished", "Hi Hi Hi")], None));
    assert_eq!(parent.inside(|frame| frame.script_text("return location.href", Vec::new()))?, address);
    assert_eq!(parent.inside(|frame| frame.count(".embedded"))?, 1, "a link without embed=1 leaves the view as it is");
    Ok(())
}

#[test]
fn the_height_it_tells_is_that_of_all_it_shows() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    for query in [SHORT, "?embed=1&tasks=none"] {
        let parent = Parent::open(&browser, &site, framed(query))?;
        parent.hear("ready")?;
        // What stands first may have a margin above it.
        let all = "return Math.ceil(document.querySelector('#app').getBoundingClientRect().bottom)";
        browser.wait_within(Duration::from_secs(30), "the frame’s height to be told", || {
            let shown = parent.inside(|frame| frame.script(all, Vec::new()))?;
            let told = parent.heard("height")?.pop().unwrap_or_default();
            Ok(told["height"].as_f64().is_some_and(|told| Some(told) == shown.as_f64()))
        })?;
    }
    Ok(())
}

#[test]
fn cancel_ends_a_run_with_what_it_has() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(LONG))?;
    parent.hear("ready")?;
    parent.tell("cancel", 0, &json!({}))?;
    parent.tell("run", 1, &json!({}))?;
    parent.inside(|frame| frame.wait_for("article[data-mode=sync] li[data-task]"))?;
    parent.tell("run", 2, &json!({}))?;
    assert!(parent.answer("error", 2)?["message"].as_str().is_some_and(|message| message.contains("going on")));
    parent.tell("cancel", 3, &json!({}))?;
    let result = parent.answer("result", 1)?;
    assert_eq!(runs_of(&result), [ran("sync", "cancelled", "One"), ran("async", "cancelled", "")]);
    assert_eq!(faults_of_result(&result["result"]), Vec::<String>::new());
    assert!(result["result"]["runs"][0]["reason"].is_string(), "{result}");
    assert_eq!(parent.heard("result")?.len(), 1, "the cancel before the run did nothing");
    Ok(())
}

#[test]
fn load_cancels_a_run_that_is_going_on() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(LONG))?;
    parent.hear("ready")?;
    parent.tell("run", 1, &json!({}))?;
    parent.inside(|frame| frame.wait_for("article[data-mode=sync] li[data-task]"))?;
    parent.tell("load", 2, &json!({ "link": "?tasks=2&steps=print:Hi" }))?;
    assert_eq!(parent.answer("loaded", 2)?["link"], "?v=1&tasks=2&steps=print:Hi");
    let given_up = parent.answer("result", 1)?;
    assert_eq!(runs_of(&given_up), [ran("sync", "cancelled", "One"), ran("async", "cancelled", "")]);
    parent.tell("run", 3, &json!({ "modes": ["sync"] }))?;
    assert_eq!(runs_of(&parent.answer("result", 3)?), [ran("sync", "finished", "Hi Hi")]);
    Ok(())
}

#[test]
fn what_is_not_for_it_is_passed_over_and_nonsense_is_told() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(SHORT))?;
    parent.hear("ready")?;
    for other in
        [json!({ "type": "run" }), json!({ "interleave": 2, "type": "run" }), json!("run"), json!(null), json!([1])]
    {
        parent.send(other)?;
    }
    // A stranger beside it, and the frame itself, are not its parent.
    let stranger = "const other = document.createElement('iframe');
                    document.body.append(other);
                    other.contentWindow.eval(`parent.frame.contentWindow.postMessage({ interleave: 1, type: 'run' }, '*')`)";
    browser.script(stranger, Vec::new())?;
    parent.inside(|frame| frame.script("window.postMessage({ interleave: 1, type: 'run' }, '*')", Vec::new()))?;
    for (id, kind) in [(1, json!("dance")), (2, json!(5))] {
        parent.send(json!({ "interleave": 1, "type": kind, "id": id }))?;
        assert!(parent.answer("error", id)?["message"].as_str().is_some_and(|message| message.contains("hello")));
    }
    parent.tell("load", 3, &json!({}))?;
    assert!(parent.answer("error", 3)?["message"].as_str().is_some_and(|message| message.contains("link")));
    assert_eq!((parent.heard("error")?.len(), parent.heard("progress")?.len()), (3, 0));
    parent.inside(|frame| {
        assert_eq!(frame.card("sync")?.status, "idle");
        Ok(())
    })
}

#[test]
fn an_id_comes_back_to_the_letter_whatever_else_a_message_has() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed(SHORT))?;
    parent.hear("ready")?;
    // Numbers that are easily rounded, half a character at the end of a title, and what JSON can't have.
    let load = "const half = '😀'.slice(0, 1), around = {};
                around.around = around;
                for (const [id, more] of [[0.47288579652587037, {}], [0.11619148133085067, { link: `?title=A${half}` }],
                                          [{ b: 1, a: 2 }, { note: 10n }], ['cyclic', { around }]])
                    frame.contentWindow.postMessage({ interleave: 1, type: 'load', link: '?tasks=2', id, ...more }, '*');
                frame.contentWindow.postMessage({ interleave: 1, type: 'load', id: 'last', link: 10n }, '*')";
    browser.script(load, Vec::new())?;
    // What was loaded is told once it is set up, what is wrong at once.
    parent.answer("error", "last")?;
    parent.answer("loaded", "cyclic")?;
    let told =
        "return heard.filter(({ type }) => type === 'loaded').map(({ id, link }) => `${JSON.stringify(id)} ${link}`)";
    let loaded = browser.script(told, Vec::new())?;
    let expected = json!([
        "0.47288579652587037 ?v=1&tasks=2",
        "0.11619148133085067 ?v=1&title=A%EF%BF%BD",
        "{\"b\":1,\"a\":2} ?v=1&tasks=2",
        "\"cyclic\" ?v=1&tasks=2",
    ]);
    assert_eq!(loaded, expected);
    Ok(())
}

#[test]
fn without_embed_in_its_address_it_says_and_obeys_nothing() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed("?steps=print:Hi"))?;
    parent.inside(Browser::wait_until_up)?;
    parent.tell("hello", 1, &json!({}))?;
    parent.tell("run", 2, &json!({}))?;
    parent.inside(|frame| frame.run_mode("async"))?;
    assert_eq!(browser.script("return heard", Vec::new())?, json!([]));
    assert_eq!(parent.inside(|frame| frame.card("sync"))?.status, "idle");
    Ok(())
}

#[test]
fn run_auto_in_its_address_runs_it_once_it_is_seen() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed("?embed=1&steps=print:Hi&modes=sync&run=auto"))?;
    assert_eq!(runs_of(&parent.hear("result")?), [ran("sync", "finished", "Hi Hi Hi")]);
    let link = parent.inside(|frame| frame.attribute(".embed-foot a", "href"))?;
    let full = site.url_by(Host::Name, "?v=1&steps=print:Hi&modes=sync&run=auto");
    assert_eq!(link.as_deref(), Some(full.as_str()));
    Ok(())
}

#[test]
fn run_auto_in_its_address_is_not_obeyed_once_something_was_loaded() -> Result {
    let site = Site::dist().parent().start()?;
    let browser = Browser::lend()?;
    let parent = Parent::open(&browser, &site, framed("?embed=1&steps=print:Hi&modes=sync"))?;
    parent.hear("ready")?;
    // Once more, out of sight.
    let again = "frame.style.marginTop = '5000px'; heard.length = 0; frame.src += '&run=auto'";
    browser.script(again, Vec::new())?;
    parent.hear("ready")?;
    parent.tell("load", 1, &json!({ "link": "?embed=1&steps=print:Hi&modes=sync&run=auto" }))?;
    parent.answer("loaded", 1)?;
    let look =
        "const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => { window.wasDrawn = true }));
                new IntersectionObserver(([{ isIntersecting }]) => { if (isIntersecting) drawn() })
                    .observe(document.documentElement)";
    parent.inside(|frame| {
        frame.wait_for("[data-mode=sync] [data-figure=predicted], [data-mode=sync] .promised")?;
        frame.script(look, Vec::new()).map(drop)
    })?;
    browser.script("frame.scrollIntoView()", Vec::new())?;
    parent.inside(|frame| {
        frame.wait_until("window.wasDrawn === true")?;
        assert_eq!(frame.card("sync")?.status, "idle");
        Ok(())
    })?;
    assert_eq!((parent.heard("progress")?.len(), parent.heard("result")?.len()), (0, 0));
    Ok(())
}
