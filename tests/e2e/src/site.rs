//! Sites to drive a browser to: the built page under any path, isolated or not, whole or with a fault, and
//! pages of a test's own beside it. Each knows what it was asked for.
//!
//! Each site has a port of its own and ends with its value. `localhost` and `127.0.0.1` are two sites to a
//! browser, so one server can play a page and a stranger that embeds it.

use crate::{Result, Told, runtime};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use std::ffi::OsStr;
use std::fs;
use std::future::{pending, ready};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::task::JoinHandle;
use xtask::server::{self, Isolation};

/// What becomes of a file that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// There is none.
    Missing,
    /// It comes, and is no such thing.
    Garbled,
    /// It never comes.
    Endless,
    /// It comes, and starts nothing that ever says a word.
    Mute,
}

/// By which name a site is opened. Each is another site to a browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// `localhost`.
    Name,
    /// `127.0.0.1`.
    Number,
}

/// A site that is not served yet.
#[derive(Debug, Clone)]
pub struct Plan {
    folder: PathBuf,
    under: String,
    isolation: Isolation,
    pages: Vec<(String, String)>,
    headers: Vec<(&'static str, String)>,
    faults: Vec<(String, Fault)>,
    worker_fault: Option<Fault>,
}

/// A site that is being served.
#[derive(Debug)]
pub struct Site {
    port: u16,
    under: String,
    asked: Asked,
    server: JoinHandle<()>,
}

/// The paths that were asked for, in order.
type Asked = Arc<Mutex<Vec<String>>>;

impl Site {
    /// The built page at the root of a host that sends no special headers and has no service worker: not isolated.
    #[must_use]
    pub fn dist() -> Plan {
        Plan {
            folder: Told::read().map(|told| told.dist).unwrap_or_default(),
            under: "/".to_owned(),
            isolation: Isolation::Plain,
            pages: Vec::new(),
            headers: Vec::new(),
            faults: Vec::new(),
            worker_fault: None,
        }
    }

    /// The address of the built page, by name, with `rest` after its last slash.
    #[must_use]
    pub fn url(&self, rest: &str) -> String {
        self.url_by(Host::Name, rest)
    }

    /// The address of the built page with `rest` after its last slash.
    #[must_use]
    pub fn url_by(&self, host: Host, rest: &str) -> String {
        format!("{}{}{rest}", self.origin(host), self.under)
    }

    /// How often a file beside the built page was asked for; with an empty name, the page itself.
    #[must_use]
    pub fn asked_for(&self, file: &str) -> usize {
        let path = format!("{}{file}", self.under);
        let asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        asked.iter().filter(|asked| **asked == path).count()
    }

    /// The site's origin.
    #[must_use]
    pub fn origin(&self, host: Host) -> String {
        let host = match host {
            Host::Name => "localhost",
            Host::Number => "127.0.0.1",
        };
        format!("http://{host}:{}", self.port)
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Plan {
    /// Puts the built page under a path, which begins and ends with a slash.
    #[must_use]
    pub fn under(mut self, path: &str) -> Self {
        path.clone_into(&mut self.under);
        self
    }

    /// Serves all with the headers that isolate a page.
    #[must_use]
    pub fn isolated(mut self) -> Self {
        self.isolation = Isolation::Isolated;
        self
    }

    /// Leaves it to the page's service worker to isolate the page, as on any static host.
    #[must_use]
    pub fn by_worker(mut self) -> Self {
        self.isolation = Isolation::ByWorker;
        self
    }

    /// Serves a page or a script of the test's own at a path from the root.
    #[must_use]
    pub fn page(mut self, path: &str, text: &str) -> Self {
        self.pages.push((path.to_owned(), text.to_owned()));
        self
    }

    /// The path from the root of a file beside the built page.
    #[must_use]
    pub fn path(&self, file: &str) -> String {
        format!("{}{file}", self.under)
    }

    /// Serves the built page also under another name, with a script before all else; another is run by each of its
    /// workers before it is the real one.
    ///
    /// # Errors
    /// If the built page can't be read.
    pub(crate) fn scripted(self, file: &str, script: &str, worker_script: &str) -> Result<Self> {
        let (through, real) = (include_str!("js/through.js"), include_str!("js/real.js"));
        let page = fs::read_to_string(self.folder.join("index.html"))?;
        let page = page.replacen("<head>", &format!("<head><script>{through}{script}</script>"), 1);
        let path = self.path(file);
        Ok(self.page(&path, &page).page(&format!("{path}.js"), &format!("{worker_script}{real}")))
    }

    /// Sends a header with everything.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Lets every file whose path ends so fail.
    #[must_use]
    pub fn fault(mut self, path_end: &str, fault: Fault) -> Self {
        self.faults.push((path_end.to_owned(), fault));
        self
    }

    /// Lets the script fail that every worker is to start with.
    #[must_use]
    pub fn worker_fault(mut self, fault: Fault) -> Self {
        self.worker_fault = Some(fault);
        self
    }

    /// Serves the site at a free port.
    ///
    /// # Errors
    /// If xtask has not told where the built page is, or no port can be listened on.
    pub fn start(self) -> Result<Site> {
        Told::read()?;
        let listeners = server::listen(0)?;
        let port = match listeners.first() {
            Some(listener) => listener.local_addr()?.port(),
            None => 0,
        };
        let under = self.under.clone();
        let asked = Asked::default();
        let notes = Arc::clone(&asked);
        let router = self.router().layer(middleware::map_request(move |request: Request| {
            notes.lock().unwrap_or_else(PoisonError::into_inner).push(request.uri().path().to_owned());
            ready(request)
        }));
        let server = runtime::handle()?.spawn(async move {
            if let Err(error) = server::serve(listeners, router).await {
                eprintln!("a site of this test: {error}");
            }
        });
        Ok(Site { port, under, asked, server })
    }

    fn router(self) -> Router {
        let mut router = server::router(&self.folder, &self.under, Isolation::ByWorker);
        for (path, text) in self.pages {
            let is_script = Path::new(&path).extension().is_some_and(|end| end == "js");
            let kind = if is_script { "text/javascript" } else { "text/html; charset=utf-8" };
            router = router.route(&path, get(async move || ([(header::CONTENT_TYPE, kind)], text)));
        }
        let faults = Arc::new(self.faults);
        router = router.layer(middleware::from_fn(move |request: Request, next: Next| {
            let file = Path::new(request.uri().path());
            let starts_with =
                |name| file.file_name().and_then(OsStr::to_str).is_some_and(|file| file.starts_with(name));
            let is_lanes_script = starts_with("lane-") && file.extension().is_some_and(|end| end == "js");
            let of_path = faults.iter().find(|(end, _)| request.uri().path().ends_with(end.as_str()));
            let fault = of_path.map(|(_, fault)| *fault).or(self.worker_fault.filter(|_| is_lanes_script));
            answer(fault, request, next)
        }));
        let headers: Vec<(HeaderName, HeaderValue)> = self
            .headers
            .into_iter()
            .filter_map(|(name, value)| Some((HeaderName::from_static(name), value.parse().ok()?)))
            .collect();
        router = router.layer(middleware::map_response(move |mut response: Response| {
            response.headers_mut().extend(headers.clone());
            ready(response)
        }));
        server::isolate(router, self.isolation)
    }
}

async fn answer(fault: Option<Fault>, request: Request, next: Next) -> Response {
    match fault {
        None => next.run(request).await,
        Some(Fault::Missing) => StatusCode::NOT_FOUND.into_response(),
        Some(Fault::Endless) => pending().await,
        Some(Fault::Mute) => "let wasm_bindgen = { initSync() {}, lane_main() {} };".into_response(),
        Some(Fault::Garbled) => {
            let mut response = next.run(request).await;
            let kind = response.headers_mut().remove(header::CONTENT_TYPE);
            (kind.map(|kind| [(header::CONTENT_TYPE, kind)]), "not what it says").into_response()
        }
    }
}
