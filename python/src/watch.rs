//! Work that takes time: on another thread and without the interpreter's lock, while the thread that
//! asked for it listens to Ctrl-C and tells how far the work has come.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use demarche::study;
use demarche::verbs::Work;
use pyo3::prelude::*;

/// How often Python is asked for signals and told of progress.
const INTERVAL: Duration = Duration::from_millis(50);
/// The stack of the thread that works: enough for formulas nested as deep as the language allows,
/// whatever thread of Python asks.
const STACK_BYTES: usize = 32 << 20;

/// How far a question has come.
#[pyclass(frozen, module = "demarche._core", get_all)]
pub struct Progress {
    /// How many trials were played, over all policies and worlds.
    done: u64,
    /// How many trials there will be.
    trials: u64,
    /// How many replays were played: trials again with the same assumptions and other luck.
    replays_done: u64,
    /// How many replays there will be; 0 where that is not known beforehand.
    replays: u64,
    /// How many trials ended in each outcome so far, by its title, where a single policy is played in a
    /// single world; else empty, as it is while replays are played.
    outcomes: Vec<(String, u64)>,
}

#[pymethods]
impl Progress {
    #[new]
    fn new(done: u64, trials: u64, replays_done: u64, replays: u64) -> Self {
        Progress { done, trials, replays_done, replays, outcomes: Vec::new() }
    }

    fn __repr__(&self) -> String {
        let Progress { done, trials, replays_done, replays, .. } = self;
        format!("<Progress: {done} of {trials} trials, {replays_done} of {replays} replays>")
    }
}

/// What there is to do, so that it can be told how much of it is done.
#[derive(Clone, Default)]
pub struct Whole {
    /// How many trials.
    pub trials: u64,
    /// How many replays.
    pub replays: u64,
    /// The titles of the outcomes.
    pub outcomes: Vec<String>,
}

impl Whole {
    /// All that is to be played for a question.
    pub fn of(work: Work) -> Self {
        let Work { trials, replays, outcomes } = work;
        Whole { trials, replays, outcomes }
    }
}

/// Watches trials for Python: notes how far they have come, and stops them when it is asked to.
#[derive(Default)]
pub struct Observer {
    stop: AtomicBool,
    whole: Mutex<Whole>,
    latest: Mutex<Option<study::Progress>>,
}

impl study::Watch for Observer {
    fn carry_on(&self) -> bool {
        !self.stop.load(Ordering::Relaxed)
    }

    fn progress(&self, progress: &study::Progress) {
        *self.latest.lock().unwrap_or_else(PoisonError::into_inner) = Some(progress.clone());
    }
}

impl Observer {
    /// Says how much there is to do, once that is known.
    pub fn begin(&self, whole: Whole) {
        *self.whole.lock().unwrap_or_else(PoisonError::into_inner) = whole;
    }

    /// Hands Python what is new since the last time.
    fn tell(&self, callback: Option<&Bound<'_, PyAny>>) -> PyResult<()> {
        let latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner).take();
        let (Some(callback), Some(latest)) = (callback, latest) else { return Ok(()) };
        let whole = self.whole.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let outcomes = whole.outcomes.into_iter().zip(latest.outcomes).collect();
        callback.call1((Progress {
            done: latest.done,
            trials: whole.trials,
            replays_done: latest.replays,
            replays: whole.replays,
            outcomes,
        },))?;
        Ok(())
    }
}

/// Does some work on another thread. `callback` is called on this one with a [`Progress`], a few times a
/// second and at the end.
///
/// What a signal or the callback raises is raised at once. The other thread is told to stop, and ends by itself at
/// the next place where it can: within a step of a large scenario, that may be seconds later.
///
/// # Errors
///
/// What a signal or the callback raised.
pub fn watched<T: Send + 'static>(
    py: Python<'_>,
    callback: Option<&Bound<'_, PyAny>>,
    work: impl FnOnce(&Observer) -> T + Send + 'static,
) -> PyResult<T> {
    let observer = Arc::new(Observer::default());
    let (send, receive) = mpsc::channel::<T>();
    let receive = Mutex::new(receive);
    let seen = Arc::clone(&observer);
    let worker = named().spawn(move || {
        // Nobody receives what was stopped.
        let _ = send.send(work(&seen));
    })?;
    loop {
        let waited = py.detach(|| {
            receive.lock().unwrap_or_else(PoisonError::into_inner).recv_timeout(INTERVAL)
        });
        if let Err(error) = py.check_signals().and_then(|()| observer.tell(callback)) {
            observer.stop.store(true, Ordering::Relaxed);
            return Err(error);
        }
        match waited {
            Ok(given) => return Ok(given),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => match worker.join() {
                Err(panic) => resume_unwind(panic),
                Ok(()) => unreachable!("a thread that does not panic sends what it was given"),
            },
        }
    }
}

/// Does some work on another thread and waits for it, without the interpreter's lock: what takes a second
/// or two at most, such as reading a scenario or drawing charts.
///
/// # Errors
///
/// If no thread can be started.
pub fn apart<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> PyResult<T> {
    let worked = py.detach(|| {
        thread::scope(|scope| Ok::<_, std::io::Error>(named().spawn_scoped(scope, work)?.join()))
    });
    match worked? {
        Ok(given) => Ok(given),
        Err(panic) => resume_unwind(panic),
    }
}

/// A thread with a stack that is large enough.
fn named() -> thread::Builder {
    thread::Builder::new().name("demarche".to_owned()).stack_size(STACK_BYTES)
}
