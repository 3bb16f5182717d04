//! Presets: workloads that each make one point, by name. Plain data: what a query means is the link's to read.

/// A workload with the conditions and modes that make its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Tells it from all others, in lower case with hyphens.
    pub id: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// The point that it makes, in a sentence or two.
    pub point: &'static str,
    /// A link to it, a query.
    pub link: &'static str,
}

/// All presets, from the article's example on.
pub const PRESETS: [Preset; 12] = [
    Preset {
        id: "article",
        name: "The article’s example",
        point: "Three waits of a second: one after another they take 3 s, at once they take 1 s.",
        link: "?v=1",
    },
    Preset {
        id: "blocking",
        name: "Blocking code in an async view",
        point: "A blocking call holds up the whole event loop: async is no faster than sync, and the page freezes.",
        link: "?v=1&steps=print:One,block:0.5s,print:Two&modes=sync,async,threads",
    },
    Preset {
        id: "io-bound",
        name: "I/O-bound",
        point: "Tasks that only wait: every concurrent mode waits for all of them at once.",
        link: "?v=1&tasks=10&steps=print:Asked,sleep:0.2s,print:Answered",
    },
    Preset {
        id: "cpu-bound",
        name: "CPU-bound",
        point: "Tasks that only count: an event loop and the GIL gain nothing, processes use every core.",
        link: "?v=1&tasks=4&steps=count:100M,print:Done",
    },
    Preset {
        id: "mixed",
        name: "Mixed",
        point: "Each task waits, then counts: the waits overlap in every concurrent mode, the counting in processes alone.",
        link: "?v=1&tasks=4&steps=print:Asked,sleep:0.3s,count:60M,print:Done",
    },
    Preset {
        id: "slow-task",
        name: "One slow task",
        point: "Task 3 waits a second longer: in sync, every task behind it waits too; elsewhere, none does.",
        link: "?v=1&tasks=5&steps=print:One,sleep:0.2s,sleep@3:1s,print:Two",
    },
    Preset {
        id: "order",
        name: "Order is not guaranteed",
        point: "Run it again and again: sync and async print in the same order each time, threads and processes race.",
        link: "?v=1&tasks=8&steps=print:One,sleep:0.1s,print:Two,sleep:0.1s,print:Three",
    },
    Preset {
        id: "lost-updates",
        name: "Shared memory and lost updates",
        point: "All add to one counter without a lock: without the GIL, updates are lost, and each process has its own counter.",
        link: "?v=1&tasks=4&steps=add:1M,print:Done&modes=threads,processes,free-threads",
    },
    Preset {
        id: "thousand",
        name: "A thousand tasks",
        point: "An event loop takes them all at once; here there are at most 32 threads or processes, so the other tasks queue.",
        link: "?v=1&tasks=1000&steps=print:One,sleep:0.1s,print:Two&modes=async,threads,processes",
    },
    Preset {
        id: "million",
        name: "A million tasks",
        point: "A million waits of five seconds on one event loop, for real: watch how little longer it takes.",
        link: "?v=1&tasks=1000000&steps=print:One,sleep:5s,print:Two&modes=async",
    },
    Preset {
        id: "small-pool",
        name: "A thread pool too small",
        point: "Twelve tasks and three threads: they wait in four rounds, where an event loop needs one.",
        link: "?v=1&tasks=12&steps=print:Asked,sleep:0.3s,print:Answered&modes=async,threads&workers=3",
    },
    Preset {
        id: "sync-to-async",
        name: "sync_to_async",
        point: "Blocking calls go to one thread, as in Django: the loop stays free, the calls still wait for one another. \
                Untick “All calls to one thread”, and they go to a pool.",
        link: "?v=1&tasks=4&steps=print:Asked,block:0.4s,print:Answered&modes=sync,async,offload",
    },
];
