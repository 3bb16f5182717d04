//! A driver as a child that can't outlive the test program, whatever becomes of that.
//!
//! A browser shared by the tests of a program lives in a `static`, which is never dropped, and a program
//! can be killed. So the driver hangs on a pipe: a shell waits for the end of its standard input, which
//! comes when this process lets go of it or dies, and then ends the whole process group:
//!
//! ```text
//! test program ──pipe── sh ── chromedriver ── chromium …
//! ```

use crate::{E2eError, Kind, Result};
use std::fs::File;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a driver may take until it listens.
const START: Duration = Duration::from_secs(30);

/// Starts what follows, waits until its input ends, then ends the group: first kindly, then for good. The
/// folder goes as well, because the last one to know of it may be this shell.
const KEEPER: &str = r#"folder=$1; shift
"$@" &
trap '' TERM
cat >/dev/null
kill -TERM 0
sleep 0.5
rm -rf "$folder"
kill -KILL 0"#;

/// A driver that listens.
#[derive(Debug)]
pub struct Driver {
    keeper: Child,
    port: u16,
    /// Where the browser puts its profile. Removed by the shell, and once more here.
    _folder: TempDir,
}

impl Driver {
    /// Starts a driver at a free port and waits until it listens.
    pub fn start(kind: Kind, driver: &Path) -> Result<Self> {
        let folder = TempDir::with_prefix("interleave-")?;
        let port = free_port()?;
        let log = folder.path().join("driver.log");
        let mut keeper = Command::new("sh");
        keeper.args(["-c", KEEPER, "keeper"]).arg(folder.path()).arg(driver).arg(format!("--port={port}"));
        if kind == Kind::Firefox {
            // Its other port is a fixed one otherwise, and taken by the next driver.
            keeper.arg("--websocket-port=0");
        }
        keeper.env("TMPDIR", folder.path()).process_group(0);
        keeper.stdin(Stdio::piped()).stdout(File::create(&log)?).stderr(File::options().append(true).open(&log)?);
        let driver_started = Self { keeper: keeper.spawn()?, port, _folder: folder };
        let start = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            if start.elapsed() > START {
                let log = std::fs::read_to_string(&log).unwrap_or_default();
                return Err(E2eError::Driver { driver: driver.to_owned(), waited: START, log });
            }
            sleep(Duration::from_millis(20));
        }
        Ok(driver_started)
    }

    /// Where it listens.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // The shell ends itself by a signal; all that matters is that it is gone.
        let _ = self.keeper.wait();
    }
}

/// A port that nobody listened on a moment ago.
fn free_port() -> Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?.port())
}
