//! `demarche run`.

use std::time::Instant;

use super::args::{RunOptions, TrialsFormat};
use super::failure::{Failure, print, warn};
use super::input::{compile, read, stem, tell};
use super::progress::{Bar, listen};
use super::table::{bar, cut, grouped, percent, plain};
use crate::engine::move_rows;
use crate::model::Model;
use crate::report::{Heading, action_name, charts, write_tables};
use crate::store::{
    MANIFEST_FORMAT, Manifest, ScenarioFile, Staging, Timing, TrialFormat, content_hash,
    open_trials, run_key,
};
use crate::study::{
    Plan, Stopped, Summary, Tally, UNRESOLVED, play, trial_batch, trial_columns, warnings,
};

/// How many trials a run has where neither the file nor the command line says.
const TRIALS: u64 = 10_000;
/// How wide the bars of shares are.
const BAR: usize = 24;
/// How many of an actor's moves the table names.
const MOVES: usize = 4;

/// Plays a scenario and writes its run folder.
#[expect(clippy::disallowed_methods, reason = "the time a run took is printed, and kept apart")]
pub(super) fn run(options: &RunOptions) -> Result<(), Failure> {
    let (document, bytes) = read(&options.file)?;
    let (model, found) = compile(&document, &options.policy, &options.world)?;
    if !options.quiet {
        tell(&found, &document);
    }
    let trials = options.trials_count.or(model.trials).unwrap_or(TRIALS);
    let stem = stem(&options.file);
    let format = options.trials.map(|format| match format {
        TrialsFormat::Parquet => TrialFormat::Parquet,
        TrialsFormat::Csv => TrialFormat::Csv,
    });
    let hash = content_hash(&bytes);
    let key = run_key([
        env!("CARGO_PKG_VERSION"),
        "run",
        &stem,
        &hash,
        &model.policy,
        &model.world,
        &options.seed.to_string(),
        &trials.to_string(),
        format.map_or("", TrialFormat::file_name),
        if options.png { "png" } else { "" },
    ]);
    let staging = Staging::create(&options.output, &stem, &format!("run-{key}"))?;
    let mut sink = match format {
        Some(format) => Some(open_trials(&staging, format, trial_columns(&model))?),
        None => None,
    };

    listen();
    let watch = Bar::new(&model, trials, options.quiet);
    let plan = Plan {
        seed: options.seed,
        trials,
        threads: options.threads.map(usize::from),
        block: options.block,
    };
    let started = Instant::now();
    let mut tally = Tally::new(&model);
    let played = play(&model, plan, &watch, |blocks| {
        if let Some(sink) = &mut sink {
            for block in blocks {
                sink.write(&trial_batch(&model, block))?;
            }
        }
        tally.add(blocks);
        Ok::<(), crate::store::StoreError>(())
    });
    watch.clear();
    match played {
        Ok(()) => {}
        Err(Stopped::Interrupted) => {
            return Err(Failure::could_not("interrupted; nothing was written"));
        }
        Err(stopped) => return Err(Failure::could_not(stopped)),
    }
    if let Some(sink) = sink {
        sink.finish()?;
    }
    let seconds = started.elapsed().as_secs_f64();
    let summary = tally.finish();

    let heading = Heading {
        scenario: stem.clone(),
        policy: model.policy.clone(),
        world: model.world.clone(),
    };
    write_tables(&staging, &heading, &model, &summary)?;
    staging.write("scenario.toml", &bytes)?;
    for picture in charts(&model, &summary, options.seed).map_err(Failure::could_not)? {
        staging.write(&format!("charts/{}.svg", picture.name), &picture.svg)?;
        if options.png {
            let png = crate::chart::png(&picture.svg, 2.0).map_err(Failure::could_not)?;
            staging.write(&format!("charts/{}.png", picture.name), png)?;
        }
    }
    let files = staging.files()?;
    Manifest {
        format: MANIFEST_FORMAT,
        demarche: env!("CARGO_PKG_VERSION").to_owned(),
        verb: "run".to_owned(),
        scenario: ScenarioFile {
            file: options.file.file_name().map_or_else(String::new, |n| n.to_string_lossy().into()),
            title: model.title.clone(),
            blake3: hash,
        },
        seed: options.seed,
        trials,
        policies: vec![model.policy.clone()],
        worlds: vec![model.world.clone()],
        trials_file: format,
        files,
    }
    .write(&staging)?;
    let threads = options.threads.map_or_else(cores, usize::from);
    Timing { seconds, trials_per_second: trials as f64 / seconds, threads, started: None }
        .write(&staging)?;
    let folder = staging.commit()?;
    if options.quiet {
        return Ok(());
    }
    let mut text = answer(&model, &summary, options.seed);
    text.push_str(&format!(
        "\n{} trials in {seconds:.1} s on {threads} threads ({} trials/s)\nwritten to {}\n",
        grouped(trials),
        grouped((trials as f64 / seconds) as u64),
        folder.display()
    ));
    print(&text)?;
    let found: String =
        warnings(&model, &summary).iter().map(|line| format!("warning: {line}\n")).collect();
    warn(&found);
    Ok(())
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// What came out, as tables.
fn answer(model: &Model, summary: &Summary, seed: u64) -> String {
    let mut text = format!(
        "{}\n{} trials, seed {seed}, policy {}, world {}\n\n",
        model.title,
        grouped(summary.trials),
        model.policy,
        model.world
    );
    let intervals = summary.intervals();
    let mut rows = Vec::new();
    for (index, count) in summary.outcomes.iter().enumerate() {
        let outcome = model.outcomes.get(index);
        if outcome.is_none() && *count == 0 {
            continue;
        }
        let share = summary.share(index);
        let interval = intervals[index];
        rows.push(vec![
            outcome.map_or_else(|| "Unresolved".to_owned(), |o| cut(&o.title, 48)),
            outcome.map_or_else(|| UNRESOLVED.to_owned(), |o| cut(&o.id, 24)),
            percent(share),
            format!("{:.1} to {:.1}", 100.0 * interval.low, 100.0 * interval.high),
            bar(share, BAR),
        ]);
    }
    text.push_str(&plain(&["Outcome", "id", "share", "95 % Monte Carlo", ""], rows, &[2, 3]));
    let moves = used_moves(model, summary);
    if !moves.is_empty() {
        text.push_str("\nMost used moves, and how often a trial on average:\n");
        text.push_str(&plain(&["Actor", "moves"], moves, &[]));
    }
    text.push_str(
        "\nThe interval is the error of having played only so many trials. How little is known\n\
         of the assumptions is not in it: see assumptions.csv.\n",
    );
    text
}

/// Each actor's most used moves.
fn used_moves(model: &Model, summary: &Summary) -> Vec<Vec<String>> {
    let mut used: Vec<Vec<(u64, &str)>> = vec![Vec::new(); model.actors.len()];
    for (index, row) in move_rows(model).iter().enumerate() {
        let Some(action) = row.action else { continue };
        let steps = summary.moves.steps;
        let taken: u64 = summary.moves.taken[index * steps..(index + 1) * steps].iter().sum();
        if taken > 0 {
            let what = model.truth.actors[row.actor].actions[action].what;
            used[row.actor].push((taken, action_name(model, what)));
        }
    }
    let mut rows = Vec::new();
    for (actor, mut moves) in model.actors.iter().zip(used) {
        if moves.is_empty() {
            continue;
        }
        moves.sort_by_key(|(taken, _)| std::cmp::Reverse(*taken));
        let listed: Vec<String> = moves
            .iter()
            .take(MOVES)
            .map(|(taken, name)| format!("{name} {:.2}", *taken as f64 / summary.trials as f64))
            .collect();
        rows.push(vec![cut(&actor.title, 24), listed.join(", ")]);
    }
    rows
}
