//! Where Python's and Django's documentation tells of each mode.

use crate::workload::Mode;

/// A page to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// Its title.
    pub title: &'static str,
    /// Its address.
    pub address: &'static str,
}

const VIEWS: Pointer =
    Pointer { title: "Django: Writing views", address: "https://docs.djangoproject.com/en/stable/topics/http/views/" };
const ASYNC_SUPPORT: Pointer = Pointer {
    title: "Django: Asynchronous support",
    address: "https://docs.djangoproject.com/en/stable/topics/async/",
};
const SYNC_TO_ASYNC: Pointer = Pointer {
    title: "Django: sync_to_async",
    address: "https://docs.djangoproject.com/en/stable/topics/async/#asgiref.sync.sync_to_async",
};
const COROUTINES: Pointer =
    Pointer { title: "Python: Coroutines and tasks", address: "https://docs.python.org/3/library/asyncio-task.html" };
const TO_THREAD: Pointer = Pointer {
    title: "Python: asyncio.to_thread",
    address: "https://docs.python.org/3/library/asyncio-task.html#asyncio.to_thread",
};
const THREADING: Pointer =
    Pointer { title: "Python: threading", address: "https://docs.python.org/3/library/threading.html" };
const MULTIPROCESSING: Pointer =
    Pointer { title: "Python: multiprocessing", address: "https://docs.python.org/3/library/multiprocessing.html" };
const FREE_THREADING: Pointer = Pointer {
    title: "Python: support for free threading",
    address: "https://docs.python.org/3/howto/free-threading-python.html",
};

/// What to read about a mode, Django's pages first.
pub(super) const fn pointers(mode: Mode) -> &'static [Pointer] {
    match mode {
        Mode::Sync => &[VIEWS],
        Mode::Async => &[ASYNC_SUPPORT, COROUTINES],
        Mode::Offload => &[SYNC_TO_ASYNC, TO_THREAD],
        Mode::Threads => &[THREADING],
        Mode::Processes => &[MULTIPROCESSING],
        Mode::FreeThreads => &[FREE_THREADING],
    }
}
