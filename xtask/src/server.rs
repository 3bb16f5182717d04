//! The static server: a folder of files under an address, and nothing else.
//!
//! It serves `dist/` to `cargo xtask serve` and to the end-to-end tests. It rewrites nothing, knows no
//! page but the files (a wrong address is a 404), and is no part of what is published: the page works on
//! any static host.

use crate::long_links::LongLinks;
use axum::Router;
use axum::extract::Request;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::{self, Next};
use axum::response::IntoResponse;
use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener};
use std::path::Path;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// Whether pages are served so that the browser isolates them (and then shares memory between workers).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Isolation {
    /// With the headers that isolate.
    #[default]
    Isolated,
    /// As any static host serves them: the page's own service worker gets it isolated.
    ByWorker,
    /// Without the service worker as well: never isolated.
    Plain,
}

impl Isolation {
    /// Its name, in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Isolated => "isolated",
            Self::ByWorker => "isolated by its worker",
            Self::Plain => "plain",
        }
    }
}

/// What isolates a page, by their names and values: as `docs/isolation.md` tells hosts to send them, and with what lets an
/// isolated page embed it.
const ISOLATING: [(&str, &str); 4] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("document-isolation-policy", "isolate-and-credentialless"),
    ("cross-origin-resource-policy", "cross-origin"),
];

/// How the address of the page's service worker ends.
const SERVICE_WORKER: &str = "/sw.js";

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// Another program listens there.
    #[error("port {port} is in use, so nothing can be served there; choose another one: --port {}", next(*port))]
    InUse {
        /// The port that was asked for.
        port: u16,
    },
    /// The system does not let us listen.
    #[error("port {port} can't be listened on: {source}; choose another one with --port")]
    Refused {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
    /// The server had to stop.
    #[error("the server stopped: {0}")]
    Stopped(#[from] io::Error),
}

/// A port that the message can propose.
fn next(port: u16) -> u16 {
    port.checked_add(1).unwrap_or(8080)
}

/// Serves the files of `folder` under the path `under`, which begins and ends with a slash.
pub fn router(folder: &Path, under: &str, isolation: Isolation) -> Router {
    let files = ServeDir::new(folder);
    let router = match under {
        "/" => Router::new().fallback_service(files),
        under => Router::new().nest_service(under, files),
    };
    // A browser asks anew each time and is told if nothing has changed: after a build nothing is stale.
    with_header(isolate(router, isolation), CACHE_CONTROL, "no-cache")
}

/// Adds the headers that isolate, or refuses what would set them.
pub fn isolate(router: Router, isolation: Isolation) -> Router {
    match isolation {
        Isolation::ByWorker => router,
        Isolation::Plain => router.layer(middleware::from_fn(async |request: Request, next: Next| {
            if request.uri().path().ends_with(SERVICE_WORKER) {
                return StatusCode::NOT_FOUND.into_response();
            }
            next.run(request).await
        })),
        Isolation::Isolated => ISOLATING
            .into_iter()
            .fold(router, |router, (name, value)| with_header(router, HeaderName::from_static(name), value)),
    }
}

fn with_header(router: Router, name: HeaderName, value: &'static str) -> Router {
    router.layer(SetResponseHeaderLayer::overriding(name, HeaderValue::from_static(value)))
}

/// Listens on this machine alone: on 127.0.0.1 and, where there is one, on `::1`, at the same port.
///
/// # Errors
/// If another program listens on either, or the system refuses.
pub fn listen(port: u16) -> Result<Vec<TcpListener>, ServeError> {
    let bind = |address: SocketAddr| {
        TcpListener::bind(address).map_err(|source| match source.kind() {
            ErrorKind::AddrInUse => ServeError::InUse { port },
            _ => ServeError::Refused { port, source },
        })
    };
    let v4 = bind((Ipv4Addr::LOCALHOST, port).into())?;
    let chosen = v4.local_addr()?.port();
    match bind((Ipv6Addr::LOCALHOST, chosen).into()) {
        Ok(v6) => Ok(vec![v4, v6]),
        Err(error @ ServeError::InUse { .. }) => Err(error),
        // A machine without IPv6.
        Err(_) => Ok(vec![v4]),
    }
}

/// Serves until the process ends.
///
/// # Errors
/// If a listener can't be used.
pub async fn serve(listeners: Vec<TcpListener>, router: Router) -> Result<(), ServeError> {
    let mut tasks = Vec::new();
    for listener in listeners {
        listener.set_nonblocking(true)?;
        let listener = LongLinks(tokio::net::TcpListener::from_std(listener)?);
        let server = axum::serve(listener, router.clone());
        tasks.push(tokio::spawn(async move { server.await }));
    }
    for task in tasks {
        task.await.map_err(io::Error::other)??;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use std::io::{Read, Write};
    use std::net::TcpStream;

    #[test]
    fn a_port_in_use_is_told_with_another_to_try() {
        let taken = listen(0).unwrap();
        let port = taken[0].local_addr().unwrap().port();
        let error = listen(port).unwrap_err().to_string();
        assert!(error.contains(&format!("port {port} is in use")), "{error}");
        assert!(error.contains(&format!("--port {}", next(port))), "{error}");
    }

    /// What a server of the folder answers, request after request on one connection.
    fn answers(folder: &Path, targets: &[String]) -> Vec<String> {
        let listeners = listen(0).unwrap();
        let at = listeners[0].local_addr().unwrap();
        let router = router(folder, "/", Isolation::Plain);
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().unwrap();
            runtime.block_on(serve(listeners, router))
        });
        let mut socket = TcpStream::connect(at).unwrap();
        for target in targets {
            write!(socket, "GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        }
        write!(socket, "GET /last HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answers = String::new();
        socket.read_to_string(&mut answers).unwrap();
        answers.split("HTTP/1.1 ").skip(1).map(str::to_owned).collect()
    }

    #[test]
    fn a_link_of_200_000_characters_gets_the_page() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("index.html"), "the page").unwrap();
        let long = format!("?steps={}", "print:x,".repeat(25_000));
        let targets = [format!("/{long}"), format!("/nowhere{long}"), format!("/index.html{long}")];
        let answers = answers(folder.path(), &targets);
        let statuses: Vec<&str> = answers.iter().map(|answer| &answer[..3]).collect();
        assert_eq!(statuses, ["200", "404", "200", "404"]);
        assert!(answers[0].ends_with("the page") && answers[2].ends_with("the page"), "{answers:?}");
    }
}
