//! What is sent to the page while something goes on: server-sent events, until it ends or nobody listens any more.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::response::sse::{Event, Sse};
use futures_core::Stream;
use serde::Serialize;
use tokio::sync::mpsc;

use crate::study::Watch;

/// How many events may wait to be read. Who plays waits for a slow reader, so nothing piles up.
const WAITING: usize = 8;

/// The end at which events are put in. Whoever watches it carries on while somebody listens and nobody stopped it.
#[derive(Clone, Debug)]
pub(super) struct EventSink {
    sender: mpsc::Sender<Event>,
    stopped: Arc<AtomicBool>,
}

/// The end at which events come out.
#[derive(Debug)]
pub(super) struct EventStream(mpsc::Receiver<Event>);

/// Two ends of a stream of events, which ends when `stopped` is set.
pub(super) fn event_stream(stopped: Arc<AtomicBool>) -> (EventSink, EventStream) {
    let (sender, receiver) = mpsc::channel(WAITING);
    (EventSink { sender, stopped }, EventStream(receiver))
}

impl EventSink {
    /// Sends an event, and waits where the reader is slow. Not for asynchronous code.
    pub fn send(&self, name: &str, data: &impl Serialize) {
        if let Some(event) = event(name, data) {
            // Nobody listens any more: `carry_on` says so.
            let _ = self.sender.blocking_send(event);
        }
    }

    /// Sends an event unless too many wait.
    pub fn send_if_room(&self, name: &str, data: &impl Serialize) {
        if let Some(event) = event(name, data) {
            let _ = self.sender.try_send(event);
        }
    }

    /// Sends an event from asynchronous code. Returns whether somebody listens.
    pub async fn send_later(&self, name: &str, data: &impl Serialize) -> bool {
        match event(name, data) {
            Some(event) => self.sender.send(event).await.is_ok(),
            None => !self.sender.is_closed(),
        }
    }

    /// Keeps the connection awake. Returns whether somebody listens.
    pub async fn ping(&self) -> bool {
        self.sender.send(Event::default().comment("")).await.is_ok()
    }

    /// Ends once nobody listens.
    pub async fn closed(&self) {
        self.sender.closed().await;
    }
}

impl Watch for EventSink {
    fn carry_on(&self) -> bool {
        !self.stopped.load(Ordering::Relaxed) && !self.sender.is_closed()
    }
}

/// An event with its data as JSON; nothing for what has no JSON, such as numbers that are not finite in a map's key.
fn event(name: &str, data: &impl Serialize) -> Option<Event> {
    Event::default().event(name).json_data(data).ok()
}

impl EventStream {
    /// As an answer to a request.
    pub fn answer(self) -> Sse<Self> {
        Sse::new(self)
    }
}

impl Stream for EventStream {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.poll_recv(context).map(|event| event.map(Ok))
    }
}
