//! A question of the command, answered in full: its page is shown, and its run folder written if that is asked for.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Json;
use axum::extract::State;
use axum::response::sse::Sse;
use serde::Deserialize;
use serde_json::{Value, json};

use super::clock::now;
use super::desk::Desk;
use super::events::{EventSink, EventStream, event_stream};
use super::looks::LookAt;
use super::refusal::{Refused, Wrong};
use super::variant::Variant;
use crate::inquiry::{GivenFile, InquiryError, Resources, asked_files, settle};
use crate::store::{KeptTrials, Timing, TrialStore};
use crate::study::{Progress, Watch};
use crate::verbs::Work;

/// How often it is told how far playing has come.
const EVERY: Duration = Duration::from_millis(150);

/// A question about a state of the controls.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerRequest {
    /// The tab.
    tab: String,
    /// What is asked.
    look: LookAt,
    /// Of which state.
    variant: Variant,
    /// Whether to write the run folder.
    #[serde(default)]
    save: bool,
}

/// Answers a question, in place of what the tab asked for before.
pub(super) async fn answer(
    State(desk): State<Arc<Desk>>,
    Json(request): Json<AnswerRequest>,
) -> Result<Sse<EventStream>, Refused> {
    let tab = desk.tabs.begin(&request.tab);
    let place = desk.place().await?;
    let (sink, stream) = event_stream(tab.switch());
    tokio::task::spawn_blocking(move || {
        let _held = (tab, place);
        match answered(&desk, &request, &sink) {
            Ok(page) => sink.send("page", &page),
            Err(error) if error.is_interrupted() => {}
            Err(error) => {
                let Wrong { mistakes, message } = Wrong::from(error);
                let name = if mistakes.is_empty() { "failed" } else { "mistakes" };
                sink.send(name, &json!({ "mistakes": mistakes, "message": message }));
            }
        }
    });
    Ok(stream.answer())
}

fn answered(desk: &Desk, request: &AnswerRequest, sink: &EventSink) -> Result<Value, InquiryError> {
    let verb = request.look.verb(&request.variant).map_err(InquiryError::Question)?;
    let file = desk.file.read()?;
    let asked = asked_files(&verb, vec![GivenFile::Text(file.text.clone())], None)?;
    let settled = settle(&verb, asked)?;
    let staging = request.save.then(|| settled.staging(&desk.output)).transpose()?;
    let kept = KeptTrials::default();
    let trials: &dyn TrialStore = match &staging {
        Some(staging) => staging,
        None => &kept,
    };
    let resources = Resources { threads: Some(desk.threads), ..Resources::default() };
    let watch = AnswerWatch::new(sink, &settled.work());
    let clock = now();
    let answered = settled.answer(&resources, &watch, trials)?;
    let work = answered.work();
    let timing = Timing::of(work.trials + work.replays, clock.elapsed(), resources.thread_count());
    let gallery = answered.gallery();
    let page = answered.page(&gallery).map_err(InquiryError::Question)?;
    let command = answered.manifest().command();
    let folder = staging.map(|staging| answered.write(staging, &timing)).transpose()?;
    let id = desk.pages.keep(page);
    let folder = folder.map(|(folder, _)| shown(&folder));
    Ok(json!({ "url": format!("/page/{id}"), "command": command, "folder": folder }))
}

fn shown(folder: &Path) -> String {
    folder.display().to_string()
}

/// Tells the page how far playing has come.
struct AnswerWatch<'s> {
    sink: &'s EventSink,
    /// How much there is to play, if that is known.
    of: Option<u64>,
    told: Mutex<Instant>,
}

impl<'s> AnswerWatch<'s> {
    fn new(sink: &'s EventSink, work: &Work) -> Self {
        let all = work.trials + work.replays;
        AnswerWatch { sink, of: (all > 0).then_some(all), told: Mutex::new(now()) }
    }
}

impl Watch for AnswerWatch<'_> {
    fn carry_on(&self) -> bool {
        self.sink.carry_on()
    }

    fn progress(&self, progress: &Progress) {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if told.elapsed() >= EVERY {
            *told = now();
            let done = progress.done + progress.replays;
            self.sink.send_if_room("progress", &json!({ "done": done, "of": self.of }));
        }
    }
}
