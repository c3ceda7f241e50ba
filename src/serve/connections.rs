//! Connections: few are held for those of whom nothing is known, so that a flood of them neither grows memory nor keeps
//! out the one who plays.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tower::ServiceExt;

/// How many connections there may be of which no request was admitted yet.
const MOST_STRANGERS: usize = 64;
/// How many connections there may be in all.
const MOST_CONNECTIONS: usize = 256;
/// How long the head of a request may take.
const HEAD_TIME: Duration = Duration::from_secs(5);
/// How long to wait where the system has no more connections to give.
const REST: Duration = Duration::from_millis(50);

/// The place of a connection among those of which nothing is known, until a request on it is admitted.
#[derive(Clone, Debug)]
pub(super) struct StrangerPlace(Arc<Mutex<Option<OwnedSemaphorePermit>>>);

impl StrangerPlace {
    fn new(place: OwnedSemaphorePermit) -> Self {
        StrangerPlace(Arc::new(Mutex::new(Some(place))))
    }

    /// Makes room for somebody else: who is connected is known.
    pub fn leave(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

/// Answers everybody who connects, and never ends.
pub(super) async fn answer_all(listener: TcpListener, router: Router) {
    let strangers = Arc::new(Semaphore::new(MOST_STRANGERS));
    let all = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        // Neither is ever closed.
        let (Ok(stranger), Ok(place)) =
            (Arc::clone(&strangers).acquire_owned().await, Arc::clone(&all).acquire_owned().await)
        else {
            return;
        };
        match listener.accept().await {
            Ok((stream, _)) => {
                let (router, stranger) = (router.clone(), StrangerPlace::new(stranger));
                tokio::spawn(async move {
                    answer_one(stream, router, stranger).await;
                    drop(place);
                });
            }
            Err(_) => sleep(REST).await,
        }
    }
}

async fn answer_one(stream: TcpStream, router: Router, stranger: StrangerPlace) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(stranger.clone());
        router.clone().oneshot(request)
    });
    let served = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .serve_connection(TokioIo::new(stream), service);
    // A connection that breaks concerns only whoever was on it.
    let _ = served.await;
}
