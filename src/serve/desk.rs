//! What all requests of the live page share.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::open_file::OpenFile;
use super::page_store::PageStore;
use super::played_outcomes::PlayedOutcomes;
use super::refusal::Refused;
use super::tabs::Tabs;
use super::token::PageToken;

/// How many requests play or look for mistakes at the same time.
const MOST_AT_ONCE: usize = 4;
/// How many pages may wait for changes of the file.
const MOST_WAITING: usize = 32;
/// How long a request waits for others to end.
const PATIENCE: Duration = Duration::from_secs(3);

/// What all requests share.
#[derive(Debug)]
pub(super) struct Desk {
    /// The scenario file.
    pub file: OpenFile,
    /// The secret of the page.
    pub token: PageToken,
    /// The port that is listened on.
    pub port: u16,
    /// The folder for run folders.
    pub output: PathBuf,
    /// How many threads play.
    pub threads: u16,
    /// What each tab plays.
    pub tabs: Arc<Tabs>,
    /// Outcomes that are known already.
    pub known: PlayedOutcomes,
    /// The pages that were made.
    pub pages: PageStore,
    at_once: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Desk {
    /// The desk of a file.
    pub fn new(file: OpenFile, token: PageToken, port: u16, output: PathBuf, threads: u16) -> Self {
        Desk {
            file,
            token,
            port,
            output,
            threads,
            tabs: Arc::default(),
            known: PlayedOutcomes::default(),
            pages: PageStore::default(),
            at_once: Arc::new(Semaphore::new(MOST_AT_ONCE)),
            waiting: Arc::new(Semaphore::new(MOST_WAITING)),
        }
    }

    /// A place among those that play, held until it is dropped.
    ///
    /// # Errors
    ///
    /// If all stay taken.
    pub async fn place(&self) -> Result<OwnedSemaphorePermit, Refused> {
        let place = Arc::clone(&self.at_once).acquire_owned();
        match tokio::time::timeout(PATIENCE, place).await {
            Ok(Ok(place)) => Ok(place),
            Ok(Err(_)) | Err(_) => Err(Refused::new(
                StatusCode::TOO_MANY_REQUESTS,
                format!("{MOST_AT_ONCE} other pages are playing; close one, or wait"),
            )),
        }
    }

    /// A place among those that wait for changes of the file.
    ///
    /// # Errors
    ///
    /// If all are taken.
    pub fn seat(&self) -> Result<OwnedSemaphorePermit, Refused> {
        Arc::clone(&self.waiting).try_acquire_owned().map_err(|_| {
            Refused::new(
                StatusCode::TOO_MANY_REQUESTS,
                format!("{MOST_WAITING} pages are open already; close one"),
            )
        })
    }
}
