//! What a prediction is asked for, built by hand or read from the head of a golden file.

use interleave::predict::{Budget, Machine, PredictError, Prediction, at_once, predict, predict_elapsed};
use interleave::workload::{
    LoopLimit, Micros, Mode, Settings, Spread, Step, Steps, TaskCount, Variation, Workers, Workload, parse_duration,
};

/// A workload under its conditions.
#[derive(Clone, Debug)]
pub struct Asked {
    pub workload: Workload,
    pub settings: Settings,
    pub machine: Machine,
}

impl Asked {
    /// So many tasks of these steps, everything else as usual: `print:One,sleep:1s`.
    pub fn of(tasks: u64, steps: &str) -> Self {
        let steps = steps.split(',').map(|step| {
            let (head, value) = step.split_once(':').expect("a colon");
            Step::parse(head, value).expect("a step")
        });
        let workload = Workload {
            tasks: TaskCount::new(tasks).expect("a task count"),
            steps: Steps::new(steps.collect()).expect("steps"),
            variation: Variation::default(),
        };
        Self { workload, settings: Settings::default(), machine: Machine::default() }
    }

    /// With a value set, as a line of a golden file sets it: `workers=2`.
    pub fn with(mut self, setting: &str) -> Self {
        let (name, value) = setting.split_once('=').expect("an equals sign");
        let number = || value.parse::<f64>().expect("a number");
        match name {
            "workers" => self.settings.workers = Some(Workers::parse(value).expect("workers")),
            "limit" => self.settings.limit = Some(LoopLimit::parse(value).expect("a limit")),
            "switch" => self.settings.switch = Settings::parse_switch(value).expect("an interval"),
            "sensitive" => self.settings.sensitive = value == "on",
            "spread" => self.workload.variation.spread = Spread::parse(value).expect("a spread"),
            "seed" => self.workload.variation.seed = Variation::parse_seed(value).expect("a seed"),
            "cores" => self.machine.cores = number() as u32,
            "counts_per_ms" => self.machine.pace.counts_per_ms = number(),
            "adds_per_ms" => self.machine.pace.adds_per_ms = number(),
            "locked_adds_per_ms" => self.machine.pace.locked_adds_per_ms = number(),
            "all_cores" => self.machine.all_cores = number(),
            "all_adds" => self.machine.all_adds = number(),
            "all_locked_adds" => self.machine.all_locked_adds = number(),
            "begin_ns" => self.machine.begin_ns = number() as u32,
            _ => panic!("no setting {name}"),
        }
        self
    }

    pub fn try_predict(&self, mode: Mode, budget: Budget) -> Result<Prediction, PredictError> {
        at_once(predict(&self.workload, &self.settings, mode, &self.machine, budget))
    }

    pub fn predict(&self, mode: Mode) -> Prediction {
        self.try_predict(mode, Budget::default()).expect("within the budget")
    }

    pub fn try_elapsed(&self, mode: Mode, budget: Budget) -> Result<Micros, PredictError> {
        at_once(predict_elapsed(&self.workload, &self.settings, mode, &self.machine, budget))
    }

    pub fn elapsed(&self, mode: Mode) -> Micros {
        self.try_elapsed(mode, Budget::default()).expect("within the budget")
    }

    /// The output, as tasks and as texts.
    pub fn output(&self, mode: Mode) -> (Vec<u32>, Vec<String>) {
        let prediction = self.predict(mode);
        prediction.trace.output(&self.workload).map(|line| (line.task.0, line.text.to_owned())).unzip()
    }
}

/// A duration as the link writes it.
pub fn time(text: &str) -> Micros {
    parse_duration(text).expect("a duration")
}
