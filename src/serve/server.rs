//! The server, from its start until it is stopped.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

use super::connections::answer_all;
use super::desk::Desk;
use super::open_file::OpenFile;
use super::routes::routes;
use super::token::PageToken;
use crate::inquiry::{InquiryError, Resources};

/// How many threads answer requests. What plays has threads of its own.
const WORKERS: usize = 2;
/// How many threads may compile, play or read at the same time.
const MOST_ASIDE: usize = 16;
/// Enough for formulas nested as deep as the language allows.
const STACK_BYTES: usize = 32 << 20;
/// How often it is asked whether to stop, and how long what still plays may take to.
const ASK_EVERY: Duration = Duration::from_millis(100);
const TIME_TO_STOP: Duration = Duration::from_secs(2);

/// The port if none is asked for. What a browser keeps for the page, such as its shelf, it keeps by the port.
pub const USUAL_PORT: u16 = 4117;

/// What is served, and where.
#[derive(Clone, Debug)]
pub struct ServeSetup {
    /// The scenario file.
    pub file: PathBuf,
    /// The port on 127.0.0.1, 0 for any that is free; `None` for [`USUAL_PORT`], or any that is free if that is taken.
    pub port: Option<u16>,
    /// The folder for run folders.
    pub output: PathBuf,
    /// How many threads play; `None` is one per core.
    pub threads: Option<u16>,
}

/// Why nothing is served.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// The scenario file cannot be read.
    #[error("{0}")]
    File(InquiryError),
    /// The system refuses, for instance because the port is taken; the message says why.
    #[error("{0}")]
    System(String),
}

/// Serves the live page of a scenario file until `is_stopped` says so. `ready` is called with the address once it can be
/// opened: whoever has the address has the page.
///
/// # Errors
///
/// If the file cannot be read, or the system refuses to listen. A file with mistakes is served: the page shows them.
pub fn serve(
    setup: &ServeSetup,
    is_stopped: impl Fn() -> bool,
    ready: impl FnOnce(&str),
) -> Result<(), ServeError> {
    let file = OpenFile::new(&setup.file).map_err(ServeError::File)?;
    let token = PageToken::new().map_err(ServeError::System)?;
    let runtime = runtime()?;
    runtime.block_on(async {
        let (listener, port) = listener(setup.port).await?;
        let resources = Resources { threads: setup.threads, ..Resources::default() };
        let threads = u16::try_from(resources.thread_count()).unwrap_or(u16::MAX);
        let link = format!("http://{}:{port}/?token={}", Ipv4Addr::LOCALHOST, token.text());
        let desk = Arc::new(Desk::new(file, token, port, setup.output.clone(), threads));
        ready(&link);
        tokio::select! {
            () = answer_all(listener, routes(Arc::clone(&desk))) => {}
            () = stopped(is_stopped) => {}
        }
        desk.tabs.stop_all();
        Ok(())
    })?;
    runtime.shutdown_timeout(TIME_TO_STOP);
    Ok(())
}

/// Listens on a port of this machine, and says on which.
async fn listener(asked: Option<u16>) -> Result<(TcpListener, u16), ServeError> {
    let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let cannot = |port: u16| {
        move |error: std::io::Error| {
            ServeError::System(format!("cannot listen on {}: {error}", at(port)))
        }
    };
    let listener = match asked {
        Some(port) => TcpListener::bind(at(port)).await.map_err(cannot(port))?,
        None => match TcpListener::bind(at(USUAL_PORT)).await {
            Ok(listener) => listener,
            Err(_) => TcpListener::bind(at(0)).await.map_err(cannot(0))?,
        },
    };
    let port = listener.local_addr().map_err(cannot(0))?.port();
    Ok((listener, port))
}

fn runtime() -> Result<Runtime, ServeError> {
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(WORKERS).max_blocking_threads(MOST_ASIDE);
    let runtime = builder.thread_stack_size(STACK_BYTES).enable_all().build();
    runtime.map_err(|error| ServeError::System(format!("cannot start threads: {error}")))
}

async fn stopped(is_stopped: impl Fn() -> bool) {
    while !is_stopped() {
        sleep(ASK_EVERY).await;
    }
}
