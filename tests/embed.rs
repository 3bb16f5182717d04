//! The messages between an embedding page and the frame, as JSON.

#![cfg(not(target_arch = "wasm32"))]
#![expect(clippy::unwrap_used, reason = "tests")]

use interleave::embed::message::{EmbedError, FromParent, Id, Received, ToParent};
use interleave::link::{LinkError, Modes, read};
use interleave::report::{Environment, Results};
use interleave::workload::{Mode, Workload};
use serde_json::{Value, json};

fn asked(sent: &Value) -> Result<FromParent, EmbedError> {
    Received::read(sent, None).map(|received| received.asked).unwrap()
}

fn told(message: &ToParent, id: Option<&Id>) -> Value {
    serde_json::from_str(&message.to_json(id).unwrap()).unwrap()
}

#[test]
fn what_is_not_for_interleave_is_passed_over_in_silence() {
    for sent in [
        json!(null),
        json!("hello"),
        json!([1]),
        json!({"type": "hello"}),
        json!({"interleave": 2, "type": "hello"}),
        json!({"interleave": "1", "type": "hello"}),
        json!({"interleave": true, "type": "hello"}),
        json!({"interleave": null, "type": "hello"}),
    ] {
        assert_eq!(Received::read(&sent, None), None, "{sent}");
    }
}

#[test]
fn each_message_is_understood() {
    let modes = |modes: &[Mode]| Modes::new(modes.to_vec()).ok();
    for (sent, message) in [
        (json!({"interleave": 1, "type": "hello"}), FromParent::Hello),
        (json!({"interleave": 1.0, "type": "cancel", "more": []}), FromParent::Cancel),
        (json!({"interleave": 1, "type": "load", "link": "?x"}), FromParent::Load { link: "?x".to_owned() }),
        (json!({"interleave": 1, "type": "run"}), FromParent::Run { modes: None }),
        (json!({"interleave": 1, "type": "run", "modes": null}), FromParent::Run { modes: None }),
        (
            json!({"interleave": 1, "type": "run", "modes": ["free-threads", "sync"]}),
            FromParent::Run { modes: modes(&[Mode::FreeThreads, Mode::Sync]) },
        ),
    ] {
        assert_eq!(asked(&sent), Ok(message), "{sent}");
    }
}

#[test]
fn what_is_malformed_is_told_why() {
    for (rest, error) in [
        (json!({}), EmbedError::NoType),
        (json!({"type": 7}), EmbedError::NoType),
        (json!({"type": "Run"}), EmbedError::UnknownType("Run".to_owned())),
        (json!({"type": "load"}), EmbedError::NoLink),
        (json!({"type": "load", "link": {}}), EmbedError::NoLink),
        (json!({"type": "run", "modes": "sync"}), EmbedError::NotModes),
        (json!({"type": "run", "modes": [1]}), EmbedError::NotModes),
        (json!({"type": "run", "modes": []}), EmbedError::Modes(LinkError::NoMode)),
        (json!({"type": "run", "modes": ["sync", "sync"]}), EmbedError::Modes(LinkError::ModeTwice(Mode::Sync))),
    ] {
        let mut sent = rest;
        sent["interleave"] = json!(1);
        assert_eq!(asked(&sent), Err(error), "{sent}");
    }
    let error = asked(&json!({"interleave": 1, "type": "run", "modes": ["fibers"]})).unwrap_err();
    assert!(error.to_string().starts_with("There is no mode “fibers”."), "{error}");
}

#[test]
fn an_id_of_any_kind_comes_back_in_the_answer_and_none_where_there_was_none() {
    for id in ["7", "0.47288579652587037", "\"a\"", "null", r#"{"deep":[1.5,true],"a":1}"#] {
        let sent = Some(Id(id.to_owned()));
        let received = Received::read(&json!({"interleave": 1, "type": "nonsense"}), sent).unwrap();
        let answer = ToParent::error(&received.asked.unwrap_err()).to_json(received.id.as_ref()).unwrap();
        assert!(answer.contains(&format!("\"id\":{id},")), "{answer}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert_eq!((&answer["type"], &answer["interleave"]), (&json!("error"), &json!(1)));
    }
    assert_eq!(told(&ToParent::ready(false, 2), None).get("id"), None);
}

#[test]
fn each_message_to_the_parent_is_written_as_the_interface_says() {
    let results = Results::new([], &Workload::default(), "?v=1".to_owned(), Environment::default());
    let result = serde_json::to_value(&results).unwrap();
    let notices = read("tasks=0").notices;
    let message = notices[0].message.clone();
    for (sent, json) in [
        (
            ToParent::ready(true, 4),
            json!({"type": "ready", "version": env!("CARGO_PKG_VERSION"), "isolated": true, "cores": 4}),
        ),
        (
            ToParent::Loaded { link: "?v=1".to_owned(), notices },
            json!({"type": "loaded", "link": "?v=1", "notices": [
                {"parameter": "tasks", "value": "0", "message": message},
            ]}),
        ),
        (ToParent::Height { height: 480.5 }, json!({"type": "height", "height": 480.5})),
        (
            ToParent::Progress { mode: Mode::FreeThreads, done: 1, tasks: 3 },
            json!({"type": "progress", "mode": "free-threads", "done": 1, "tasks": 3}),
        ),
        (ToParent::Result { result: Box::new(results) }, json!({"type": "result", "result": result})),
        (ToParent::error(&EmbedError::Busy), json!({"type": "error", "message": EmbedError::Busy.to_string()})),
    ] {
        let mut expected = json;
        expected["interleave"] = json!(1);
        assert_eq!(told(&sent, None), expected);
    }
}
