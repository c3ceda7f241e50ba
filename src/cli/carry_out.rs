//! Answers a question, writes the answer into a run folder and prints it.

use std::path::{Path, PathBuf};

use super::clock::Clock;
use super::failure::{Failure, print, warn};
use super::input::tell;
use super::kept::Kept;
use super::machine_options::MachineOptions;
use super::progress::{Bar, listen};
use crate::chart::png;
use crate::format::{counted, rate, seconds};
use crate::report::{Picture, PlayedFile, Scene, scenario_copies};
use crate::store::{FileRecord, Staging, Timing, content_hash, file_name};
use crate::study::PartKeeper;
use crate::verbs::report::{Draw, Gallery, gallery, left_out, whole_page};
use crate::verbs::terminal::Tell;
use crate::verbs::{
    Answer, Ask, Grid, Manifest, Playing, Refusal, ScenarioSource, Tables, Work, key_of,
    settings_without_effect,
};

/// How many pixels a PNG has for each CSS pixel of the chart.
const SCALE: f32 = 2.0;

/// How a question is played besides: who keeps parts or has them, what was left out, and from how many shards the parts
/// come, if nothing is played.
pub(super) struct PlayedWith<'k> {
    pub keeper: Option<&'k dyn PartKeeper>,
    pub left: Vec<String>,
    pub shards: usize,
}

/// Answers a settled question, writes the run folder, and prints the answer.
pub(super) fn carry_out<Q: Tell + Draw>(
    question: &Q,
    grid: &Grid,
    sources: &[ScenarioSource],
    PlayedWith { keeper, left, shards }: PlayedWith<'_>,
    machine: &MachineOptions,
) -> Result<(), Failure> {
    let verb = question.clone().verb();
    let name = format!("{}-{}", verb.word(), key_of(&verb, sources));
    let staging = Staging::create(&machine.output, &file_name(&sources[0].name), &name)?
        .with_csv(question.luck().csv);

    listen();
    let work = question.work(grid);
    let watch = Kept { watch: Bar::new(&work, machine.quiet), keeper };
    let clock = Clock::start();
    let plan = machine.plan(question);
    let answered = question.answer(grid, &Playing { plan, watch: &watch, staging: &staging });
    watch.watch.clear();
    let Answer { tables, warnings, played } = answered.map_err(Failure::could_not)?;
    let stopped_at = played.as_ref().map(|played| played.trials);
    let work = played.unwrap_or(work);
    let timing = clock.stop(work.trials + work.replays, machine);

    tables.write(&staging)?;
    let names: Vec<&str> = sources.iter().map(|source| source.name.as_str()).collect();
    for (source, copy) in sources.iter().zip(scenario_copies(&names)) {
        staging.write(&copy, &source.bytes)?;
    }
    let in_vain = settings_without_effect(question, sources);
    let warnings = left.into_iter().chain(in_vain).chain(warnings);
    let mut manifest = manifest(question, sources, grid, warnings.collect());
    manifest.stopped_at = stopped_at;
    let (folder, text) = finish(question, sources, grid, &tables, (manifest, staging), &timing)?;
    if machine.quiet {
        return Ok(());
    }
    let closing = match shards {
        0 => closing(&work, &timing, &folder),
        _ => format!(
            "\n{} from {} in {}\nwritten to {}\n",
            counted(work.trials, "trial"),
            counted(shards as u64, "shard"),
            seconds(timing.seconds),
            folder.display()
        ),
    };
    print(&(text.body + &closing))?;
    warn(&text.warnings);
    Ok(())
}

/// What is printed for an answer.
struct Printed {
    body: String,
    warnings: String,
}

/// Draws charts and page, writes them with manifest and timing, moves the finished folder to its
/// place, and returns what is to be printed.
fn finish<Q: Tell + Draw>(
    question: &Q,
    sources: &[ScenarioSource],
    grid: &Grid,
    answer: &Q::Tables,
    (mut manifest, staging): (Manifest, Staging),
    timing: &Timing,
) -> Result<(PathBuf, Printed), Failure> {
    let tables = staging.files()?;
    let command = manifest.command();
    let records: Vec<FileRecord> = manifest.scenarios().cloned().collect();
    let files: Vec<PlayedFile<'_>> = sources
        .iter()
        .zip(&records)
        .map(|(source, record)| {
            let own = grid.names.iter().position(|cell| cell.scenario == source.name);
            PlayedFile {
                document: &source.document,
                model: &grid.models[own.unwrap_or(0)],
                name: &source.name,
                record,
                found: &source.found,
            }
        })
        .collect();
    // Tables are worth more than pictures of them: nothing that goes wrong from here on is a reason to
    // lose them.
    let played = manifest.played(&files, &tables, &command);
    let Gallery { pictures, warnings: mut left } = gallery::<Q>(&Scene::new(played), answer);
    for picture in &pictures {
        left.extend(write_picture(&staging, picture, question.luck().png));
    }
    manifest.warnings.append(&mut left);
    let played = manifest.played(&files, &tables, &command);
    let scene = Scene::new(played);
    let body = question.tell(&scene.played, answer);
    let page = whole_page(question, &scene, answer, &pictures).map_err(|e| e.to_string());
    let written = page.and_then(|page| {
        staging.write_or_leave_out("report.html", page).map_err(|error| error.to_string())
    });
    if let Err(why) = written {
        manifest.warnings.push(format!("there is no report.html: {why}"));
    }
    let warnings =
        manifest.warnings.iter().map(|line| format!("warning: {line}\n")).collect::<String>();
    manifest.files = staging.files()?;
    manifest.write(&staging)?;
    timing.write(&staging)?;
    Ok((staging.commit()?, Printed { body, warnings }))
}

/// Writes a chart, as PNG too if that is asked for; returns a warning for each file that could not be
/// written.
fn write_picture(staging: &Staging, picture: &Picture, as_png: bool) -> Vec<String> {
    let mut warnings = Vec::new();
    let svg = picture.drawing.whole();
    if as_png {
        let name = format!("charts/{}.png", picture.name);
        let drawn = png(&svg, SCALE).map_err(|error| error.to_string());
        let written = drawn.and_then(|png| {
            staging.write_or_leave_out(&name, png).map_err(|error| error.to_string())
        });
        warnings.extend(written.err().map(|why| left_out(&name, &why)));
    }
    let name = format!("charts/{}.svg", picture.name);
    let written = staging.write_or_leave_out(&name, svg);
    warnings.extend(written.err().map(|why| left_out(&name, &why)));
    warnings
}

/// The failure that says why a question cannot be asked.
pub(super) fn refused(refusal: Refusal, sources: &[ScenarioSource]) -> Failure {
    match refusal {
        Refusal::Mistakes { source, found } => {
            tell(&found, &sources[source].document);
            Failure::printed()
        }
        Refusal::Values(wrong) => {
            wrong.iter().for_each(|(document, found)| tell(found, document));
            Failure::printed()
        }
        Refusal::Question(why) => Failure::wrong_input(why),
    }
}

fn manifest<Q: Ask>(
    question: &Q,
    sources: &[ScenarioSource],
    grid: &Grid,
    warnings: Vec<String>,
) -> Manifest {
    let mut records = sources.iter().map(|source| {
        let own = grid.names.iter().position(|cell| cell.scenario == source.name);
        FileRecord {
            file: source.file.clone(),
            title: grid.models[own.unwrap_or(0)].title.clone(),
            blake3: content_hash(&source.bytes),
        }
    });
    let first = records.next().unwrap_or_default();
    Manifest::new(question.clone().verb(), first, records.collect(), warnings)
}

/// The last lines that are printed: how long it took, and where the results are.
fn closing(work: &Work, timing: &Timing, folder: &Path) -> String {
    let replays = match work.replays {
        0 => String::new(),
        replays => format!(" and {}", counted(replays, "replay")),
    };
    format!(
        "\n{}{replays} in {} on {} ({})\nwritten to {}\n",
        counted(work.trials, "trial"),
        seconds(timing.seconds),
        counted(timing.threads as u64, "thread"),
        rate(timing.trials_per_second, "trials"),
        folder.display()
    )
}
