//! Connections on which a link may be of any length.
//!
//! A link holds a whole workload, and the page says so if it is too long to be one. But hyper refuses a request line
//! of more than 65,534 characters with a bare 414, before any page is served. A server of files has no use for the
//! query, so what is too much of it is dropped before hyper reads it:
//!
//! ```text
//! socket ──▶ ShortQueries ──▶ hyper      GET /index.html?v=1&steps=print:x,pri… HTTP/1.1
//! ```
//!
//! This is no parser: it knows where a request line begins only because the requests have no bodies. A body would
//! pass as a request line does, shortened only behind a `?` with thousands of characters and no space after it; what
//! is served here takes none.

use axum::serve::Listener;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use tokio::io::{AsyncRead, Join, ReadBuf, join};
use tokio::net::TcpListener;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};

/// How many characters of a query are passed on: as many as servers commonly take in a whole request line.
const QUERY_LIMIT: usize = 8192;

/// Listens as the listener in it does.
#[derive(Debug)]
pub struct LongLinks(pub TcpListener);

impl Listener for LongLinks {
    type Io = Join<ShortQueries<OwnedReadHalf>, OwnedWriteHalf>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, address) = Listener::accept(&mut self.0).await;
        let (reader, writer) = stream.into_split();
        (join(ShortQueries { reader, at: At::Path }, writer), address)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

/// Reads requests and drops what is too much of their queries.
#[derive(Debug)]
pub struct ShortQueries<R> {
    reader: R,
    at: At,
}

/// Where in a request the next byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum At {
    /// In the request line, before a query.
    Path,
    /// In the query, with so many bytes of it passed on.
    Query(usize),
    /// In a line, with something in it.
    Line,
    /// At the beginning of a line of the head; if it is empty, the next request follows.
    LineStart,
}

impl At {
    /// Goes one byte on, and tells whether it is passed on.
    fn keeps(&mut self, byte: u8) -> bool {
        let is_kept = !matches!((*self, byte), (Self::Query(QUERY_LIMIT..), byte) if byte != b' ' && byte != b'\n');
        *self = match (*self, byte) {
            (Self::LineStart, b'\n') => Self::Path,
            (Self::LineStart, b'\r') | (_, b'\n') => Self::LineStart,
            (Self::Path, b'?') => Self::Query(0),
            (Self::Path, _) => Self::Path,
            (Self::Query(_), b' ') | (Self::Line | Self::LineStart, _) => Self::Line,
            (Self::Query(passed), _) => Self::Query(passed + usize::from(is_kept)),
        };
        is_kept
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for ShortQueries<R> {
    fn poll_read(self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let Self { reader, at } = self.get_mut();
        let before = buffer.filled().len();
        loop {
            ready!(Pin::new(&mut *reader).poll_read(cx, buffer))?;
            let read = buffer.filled().get(before..).unwrap_or_default();
            let kept: Vec<u8> = read.iter().copied().filter(|byte| at.keeps(*byte)).collect();
            let is_at_end = read.is_empty();
            buffer.set_filled(before);
            buffer.put_slice(&kept);
            // To have read nothing would mean the end.
            if is_at_end || !kept.is_empty() {
                return Poll::Ready(Ok(()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(request: &str) -> String {
        let mut at = At::Path;
        request.bytes().filter(|byte| at.keeps(*byte)).map(char::from).collect()
    }

    #[test]
    fn ordinary_requests_pass_as_they_are() {
        let requests = "GET /a?b=c HTTP/1.1\r\nHost: x\r\nAccept: */*?x\r\n\r\nGET / HTTP/1.1\r\n\r\n\
                        GET /?? HTTP/1.1\nHost: x\n\nGET";
        assert_eq!(passed(requests), requests);
        let header = format!("GET / HTTP/1.1\r\nCookie: a?{}\r\n\r\n", "c".repeat(100_000));
        assert_eq!(passed(&header), header);
    }

    #[test]
    fn a_long_query_is_cut_in_each_request() {
        let long = format!("GET /a?{} HTTP/1.1\r\nHost: x\r\n\r\n", "q".repeat(200_000));
        let cut = format!("GET /a?{} HTTP/1.1\r\nHost: x\r\n\r\n", "q".repeat(QUERY_LIMIT));
        assert_eq!(passed(&format!("{long}{long}")), format!("{cut}{cut}"));
    }
}
