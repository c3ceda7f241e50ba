//! The scenario file: described, read, checked, saved, and given further policies and worlds.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::response::sse::Sse;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::time::{Duration, sleep};

use super::changed_lines::changed_lines;
use super::described::ScenarioDescribed;
use super::desk::Desk;
use super::events::{EventSink, EventStream, event_stream};
use super::open_file::{ReadFile, Unwritten};
use super::refusal::{Refused, Wrong};
use super::saved_variant::{NewTable, SavedAs, with_table};
use super::variant::Variant;
use crate::inquiry::{LastSaved, MistakeRecord, mistake_records};
use crate::model::{BASE_WORLD, NO_POLICY};
use crate::scenario::json_schema;
use crate::verbs::SettingOptions;

/// How often the file is looked at, and how many looks there are between two signs of life.
const LOOK_EVERY: Duration = Duration::from_millis(250);
const LOOKS_PER_PING: u32 = 40;

/// A text that could stand in the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextGiven {
    text: String,
}

/// A text that is to stand in place of the version that whoever wrote it knew.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TextSaved {
    text: String,
    version: String,
}

/// A state of the controls that is to become a policy or a world of the file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VariantSaved {
    kind: SavedAs,
    name: String,
    title: String,
    variant: Variant,
    version: String,
    /// Whether to write the file, or only to show what would be written.
    write: bool,
}

/// Runs what waits for the disk or computes for long beside the tasks that answer.
async fn aside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Refused> + Send + 'static,
) -> Result<T, Refused> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| {
        let message = "this failed for a reason that is not known; the file is as it was";
        Err(Refused::new(StatusCode::INTERNAL_SERVER_ERROR, message))
    })
}

/// What the page has to know of the scenario.
pub(super) async fn scenario(
    State(desk): State<Arc<Desk>>,
) -> Result<Json<ScenarioDescribed>, Refused> {
    aside(move || {
        let file = read(&desk)?;
        let beside = || json!({ "file": file.text.file_name(), "version": file.version });
        let refused = |wrong: &Wrong| Refused::wrong(wrong, beside());
        file.found.as_ref().map_err(refused)?;
        let plain = Variant {
            policy: NO_POLICY.to_owned(),
            world: BASE_WORLD.to_owned(),
            set: Vec::new(),
            n: None,
            seed: 1,
            precision: None,
        };
        let (_, grid, _) = file.settled(&plain).map_err(|wrong| refused(&wrong))?;
        Ok(Json(ScenarioDescribed::of(&file, &grid.models[0])))
    })
    .await
}

/// The text of the file.
pub(super) async fn file(State(desk): State<Arc<Desk>>) -> Result<Json<Value>, Refused> {
    aside(move || {
        let file = read(&desk)?;
        let text = String::from_utf8_lossy(&file.text.bytes);
        Ok(Json(json!({ "file": file.text.file_name(), "version": file.version, "text": text })))
    })
    .await
}

/// The mistakes and warnings of a text.
pub(super) async fn check(
    State(desk): State<Arc<Desk>>,
    Json(given): Json<TextGiven>,
) -> Result<Json<Value>, Refused> {
    let place = desk.place().await?;
    aside(move || {
        let _held = place;
        Ok(Json(json!({ "mistakes": all_found(&desk.file.checked(&given.text)) })))
    })
    .await
}

/// The JSON Schema of scenario files.
pub(super) async fn schema() -> impl IntoResponse {
    ([(CONTENT_TYPE, "application/schema+json")], json_schema().to_string())
}

/// Puts a text in place of the file.
pub(super) async fn save(
    State(desk): State<Arc<Desk>>,
    Json(saved): Json<TextSaved>,
) -> Result<Json<Value>, Refused> {
    let place = desk.place().await?;
    aside(move || {
        let _held = place;
        let version = desk.file.write(&saved.text, &saved.version).map_err(unwritten)?;
        let mistakes = all_found(&desk.file.checked(&saved.text));
        Ok(Json(json!({ "version": version, "mistakes": mistakes })))
    })
    .await
}

/// Shows or writes the file with a state of the controls as a policy or a world of it.
pub(super) async fn variant(
    State(desk): State<Arc<Desk>>,
    Json(saved): Json<VariantSaved>,
) -> Result<Json<Value>, Refused> {
    let place = desk.place().await?;
    aside(move || {
        let _held = place;
        let file = read(&desk)?;
        if file.version != saved.version {
            return Err(Refused::changed_on_disk(&file.version));
        }
        let text = with_variant(&file, &saved)?;
        let checked = desk.file.checked(&text);
        if let Err(wrong) = &checked.found {
            return Err(Refused::wrong(wrong, json!({})));
        }
        let version = match saved.write {
            true => desk.file.write(&text, &saved.version).map_err(unwritten)?,
            false => file.version.clone(),
        };
        let old = String::from_utf8_lossy(&file.text.bytes);
        let lines = changed_lines(&old, &text);
        Ok(Json(json!({ "text": text, "lines": lines, "version": version })))
    })
    .await
}

/// The text of the file with the table of a state more.
fn with_variant(file: &ReadFile, saved: &VariantSaved) -> Result<String, Refused> {
    let refused = |message: String| Refused::new(StatusCode::UNPROCESSABLE_ENTITY, message);
    let Variant { policy, world, set, .. } = &saved.variant;
    file.settled(&saved.variant).map_err(|wrong| Refused::wrong(&wrong, json!({})))?;
    let document = file.document.with(SettingOptions::OPTION, set);
    // What the policy or the world of the state replaces has no effect, and would have one as a policy.
    let lost = document.replaced_under(policy, world);
    let lost: Vec<&str> = lost.iter().map(|given| given.written()).collect();
    let from = match saved.kind {
        SavedAs::Policy => Some(policy.as_str()).filter(|own| *own != NO_POLICY),
        SavedAs::World => Some(world.as_str()).filter(|own| *own != BASE_WORLD),
    };
    let new = NewTable {
        saved_as: saved.kind,
        name: saved.name.trim(),
        title: saved.title.trim(),
        from,
        set: set.iter().map(String::as_str).filter(|words| !lost.contains(words)).collect(),
    };
    if new.name.is_empty() || new.title.is_empty() {
        return Err(refused(format!("a {} needs a name and a title", saved.kind.word())));
    }
    let text = std::str::from_utf8(&file.text.bytes).map_err(|error| refused(error.to_string()))?;
    with_table(text, &new).map_err(refused)
}

/// Tells the page whenever the file changes.
pub(super) async fn changes(State(desk): State<Arc<Desk>>) -> Result<Sse<EventStream>, Refused> {
    let seat = desk.seat()?;
    let (sink, stream) = event_stream(Arc::default());
    tokio::spawn(async move {
        let _held = seat;
        tokio::select! {
            () = tell_changes(&desk, &sink) => {}
            () = sink.closed() => {}
        }
    });
    Ok(stream.answer())
}

async fn tell_changes(desk: &Desk, sink: &EventSink) {
    // What was seen at the last look, and what the version that was told last looked like.
    let (mut last, mut settled, mut told) = (None, None, None);
    for look in 0_u32.. {
        let now = LastSaved::of(desk.file.path());
        // What looks otherwise each time is still being written.
        let is_still = told.is_none() || last == Some(now);
        last = Some(now);
        if is_still && settled != Some(now) {
            settled = Some(now);
            // While an editor puts another file in its place there is none; a later look finds it.
            let version = desk.file.version().ok();
            if version.is_some() && version != told {
                told = version;
                if !sink.send_later("file", &json!({ "version": told })).await {
                    return;
                }
            }
        }
        if look % LOOKS_PER_PING == LOOKS_PER_PING - 1 && !sink.ping().await {
            return;
        }
        sleep(LOOK_EVERY).await;
    }
}

fn read(desk: &Desk) -> Result<Arc<ReadFile>, Refused> {
    let cannot = |error: crate::inquiry::InquiryError| {
        Refused::new(StatusCode::INTERNAL_SERVER_ERROR, error.to_string())
    };
    desk.file.read().map_err(cannot)
}

/// Mistakes and warnings.
fn all_found(file: &ReadFile) -> Vec<MistakeRecord> {
    match &file.found {
        Ok(warnings) => mistake_records(&file.document, warnings),
        Err(wrong) => wrong.mistakes.clone(),
    }
}

fn unwritten(why: Unwritten) -> Refused {
    match why {
        Unwritten::Changed(version) => Refused::changed_on_disk(&version),
        Unwritten::Failed(message) => Refused::new(StatusCode::INTERNAL_SERVER_ERROR, message),
    }
}
