//! Workloads that are run for real, and what their records say.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use interleave::run::{Environment, Handle, News, Plan, start};
use interleave::trace::Record;
use interleave::workload::{Mode, Pace, Settings, Step, Steps, TaskCount, Variation, Workload};
use js_sys::Reflect;
use wasm_bindgen::JsValue;

/// So much later than predicted is only a fault's doing, in milliseconds: these machines are shared and slow.
pub const GENEROUS: f64 = 700.0;

pub fn workload(tasks: u64, steps: &[(&str, &str)]) -> Workload {
    let steps = steps.iter().map(|(head, value)| Step::parse(head, value).unwrap()).collect();
    Workload {
        tasks: TaskCount::new(tasks).unwrap(),
        steps: Steps::new(steps).unwrap(),
        variation: Variation::default(),
    }
}

/// The article's example, four times as fast.
pub fn article() -> Workload {
    workload(3, &[("print", "One"), ("sleep", "250ms"), ("print", "Two")])
}

pub fn plan(workload: Workload, settings: Settings, modes: &[Mode]) -> Plan {
    let workload = Rc::new(workload);
    Plan { workload, settings, modes: modes.to_vec(), pace: Pace::default() }
}

/// The tests' runner puts a script of its own before each worker's, and what the page sends until that has loaded the
/// real one is lost. The prototype still knows the browser's own constructor.
pub fn unwrap_workers() {
    let page = js_sys::global();
    let inner = |of: &JsValue, name: &str| Reflect::get(of, &name.into()).unwrap();
    let own = inner(&inner(&inner(&page, "Worker"), "prototype"), "constructor");
    Reflect::set(&page, &"Worker".into(), &own).unwrap();
}

/// What was told of a run.
#[derive(Clone, Default)]
pub struct Told(Rc<RefCell<Vec<News>>>);

impl Told {
    pub fn start(&self, plan: Plan) -> Handle {
        let told = self.clone();
        unwrap_workers();
        start(plan, move |news| told.0.borrow_mut().push(news))
    }

    pub async fn until_over(&self) -> Vec<Record> {
        self.until(|news| matches!(news, News::Over)).await;
        self.records()
    }

    /// Waits until something has been told.
    pub async fn until(&self, is_it: impl Fn(&News) -> bool) {
        while !self.0.borrow().iter().any(&is_it) {
            sleep(Duration::from_millis(5)).await;
        }
    }

    /// Waits until something has been printed, and told.
    pub async fn until_printed(&self) {
        self.until(|news| matches!(news, News::Went(_, trace, _) if trace.output_total() > 0)).await;
    }

    pub fn records(&self) -> Vec<Record> {
        let news = self.0.borrow();
        news.iter()
            .filter_map(|news| if let News::Ended(record) = news { Some(record.clone()) } else { None })
            .collect()
    }
}

pub async fn records(plan: Plan) -> Vec<Record> {
    let told = Told::default();
    let _handle = told.start(plan);
    told.until_over().await
}

pub async fn record(workload: Workload, settings: Settings, mode: Mode) -> Record {
    records(plan(workload, settings, &[mode])).await.remove(0)
}

pub fn texts(record: &Record, workload: &Workload) -> Vec<String> {
    record.trace.output(workload).map(|line| line.text.to_owned()).collect()
}

pub fn tasks(record: &Record, workload: &Workload) -> Vec<u32> {
    record.trace.output(workload).map(|line| line.task.0).collect()
}

pub fn less_startup(record: &Record) -> f64 {
    record.less_startup().unwrap().as_ms()
}

pub fn is_about(record: &Record, ms: f64) {
    let took = less_startup(record);
    assert!(took >= ms && took < ms + GENEROUS, "{}: {took} ms, expected {ms}", record.mode);
}

/// Whether memory can be shared here. There, lanes in several workers have one counter.
pub fn is_isolated() -> bool {
    Environment::of_this_browser().is_isolated
}
