//! A state of the controls is played, and what is counted is sent as it comes.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::sse::Sse;
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::clock::now;
use super::desk::Desk;
use super::events::{EventSink, EventStream, event_stream};
use super::live_play::{Enough, LiveCell, LivePlan, play_live};
use super::open_file::ReadFile;
use super::played_outcomes::{MOST_LIVE, PlayedState};
use super::refusal::{Refused, Wrong};
use super::variant::Variant;
use crate::format::count;
use crate::study::Stopped;
use crate::verbs::{Grid, Halt, Question, RunQuestion, settings_without_effect};

/// What a tab asks to be played.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PlayRequest {
    /// The tab.
    tab: String,
    /// The state of its controls.
    variant: Variant,
    /// The state that it is compared with.
    #[serde(default)]
    baseline: Option<Variant>,
}

/// That playing came to its end.
#[derive(Clone, Copy, Debug, Serialize)]
struct PlayDone {
    trials: u64,
    seconds: f64,
    per_second: f64,
    why: Enough,
}

/// Which of the two states something is said of.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum StateOf {
    Variant,
    Baseline,
}

/// Plays what a tab asks for, in place of what it asked for before.
pub(super) async fn play(
    State(desk): State<Arc<Desk>>,
    Json(request): Json<PlayRequest>,
) -> Result<Sse<EventStream>, Refused> {
    let tab = desk.tabs.begin(&request.tab);
    let place = desk.place().await?;
    let (sink, stream) = event_stream(tab.switch());
    tokio::task::spawn_blocking(move || {
        let _held = (tab, place);
        play_and_tell(&desk, &request, &sink);
    });
    Ok(stream.answer())
}

fn play_and_tell(desk: &Desk, request: &PlayRequest, sink: &EventSink) {
    let file = match desk.file.read() {
        Ok(file) => file,
        Err(error) => return sink.send("failed", &json!({ "message": error.to_string() })),
    };
    let wrong = |wrong: Wrong, of: StateOf| {
        let Wrong { mistakes, message } = wrong;
        sink.send("mistakes", &json!({ "mistakes": mistakes, "message": message, "of": of }));
    };
    let (question, grid, source) = match file.settled(&request.variant) {
        Ok(settled) => settled,
        Err(why) => return wrong(why, StateOf::Variant),
    };
    let baseline = match request.baseline.as_ref().map(|own| (own, file.settled(own))) {
        None => None,
        Some((own, Ok((.., grid, _)))) => Some(cell(desk, &file, own, grid)),
        Some((_, Err(why))) => return wrong(why, StateOf::Baseline),
    };
    let trials = question.trials();
    if trials > MOST_LIVE {
        let most = count(MOST_LIVE);
        let message = format!(
            "at most {most} trials are played live; a report, or the command, can have more"
        );
        return sink.send("failed", &json!({ "message": message }));
    }
    sink.send("begun", &begun(&file, &question, &source, trials));
    let plan = LivePlan {
        seed: question.luck.seed,
        trials,
        precision: question.sampling.precision,
        threads: usize::from(desk.threads),
    };
    let own = cell(desk, &file, &request.variant, grid);
    let clock = now();
    let ended =
        play_live(&own, baseline.as_ref(), plan, sink, |result| sink.send("counts", &result));
    match ended {
        Ok((why, trials)) => {
            let seconds = clock.elapsed().as_secs_f64();
            let per_second = trials as f64 / seconds.max(1e-9);
            sink.send("done", &PlayDone { trials, seconds, per_second, why });
        }
        // Whoever stopped it knows.
        Err(Stopped::Interrupted) => {}
        Err(stopped) => {
            let halt = Halt::of(stopped, |which| match which {
                0 => String::new(),
                _ => "\n  under    the state that is compared with".to_owned(),
            });
            sink.send("failed", &json!({ "message": halt.to_string() }));
        }
    }
}

fn cell(desk: &Desk, file: &ReadFile, variant: &Variant, mut grid: Grid) -> LiveCell {
    let known = desk.known.of(PlayedState::new(&file.version, variant));
    LiveCell { model: grid.models.swap_remove(0), known }
}

fn begun(
    file: &ReadFile,
    question: &RunQuestion,
    source: &crate::verbs::ScenarioSource,
    trials: u64,
) -> serde_json::Value {
    let warnings = settings_without_effect(question, std::slice::from_ref(source));
    json!({
        "command": question.clone().verb().command(&source.file),
        "trials": trials,
        "version": file.version,
        "warnings": warnings,
    })
}
