//! `demarche run`.

use super::args::{RunOptions, TrialsFormat};
use super::failure::{Failure, print, warn};
use super::folder::{Clock, close, closing, plan, scenario_file, settled, trials_of};
use super::input::{compile, read, stem, tell};
use super::progress::{Bar, listen};
use super::table::{bar, cut, grouped, percent, plain};
use crate::engine::move_rows;
use crate::model::Model;
use crate::report::{Heading, action_name, charts, write_tables};
use crate::store::{Manifest, Staging, TrialFormat, content_hash, open_trials, run_key};
use crate::study::{Summary, Tally, UNRESOLVED, play, trial_batch, trial_columns, warnings};

/// How wide the bars of shares are.
const BAR: usize = 24;
/// How many of an actor's moves the table names.
const MOVES: usize = 4;

/// Plays a scenario and writes its run folder.
pub(super) fn run(options: &RunOptions) -> Result<(), Failure> {
    let (document, bytes) = read(&options.file)?;
    let (model, found) = compile(&document, &options.policy, &options.world)?;
    let playing = &options.play;
    if !playing.quiet {
        tell(&found, &document);
    }
    let trials = trials_of(playing, &model);
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
        &playing.seed.to_string(),
        &trials.to_string(),
        format.map_or("", TrialFormat::file_name),
        if playing.png { "png" } else { "" },
    ]);
    let staging = Staging::create(&playing.output, &stem, &format!("run-{key}"))?;
    let mut sink = match format {
        Some(format) => Some(open_trials(&staging, format, trial_columns(&model))?),
        None => None,
    };

    listen();
    let watch = Bar::new(&model, trials, playing.quiet);
    let clock = Clock::start();
    let mut tally = Tally::new(&model);
    let played = play(&model, plan(playing, trials), &watch, |blocks| {
        if let Some(sink) = &mut sink {
            for block in blocks {
                sink.write(&trial_batch(&model, block))?;
            }
        }
        tally.add(blocks);
        Ok::<(), crate::store::StoreError>(())
    });
    watch.clear();
    settled(played, |_| String::new())?;
    if let Some(sink) = sink {
        sink.finish()?;
    }
    let time = clock.stop(trials, playing);
    let summary = tally.finish();

    let heading = Heading {
        scenario: stem.clone(),
        policy: model.policy.clone(),
        world: model.world.clone(),
    };
    write_tables(&staging, &heading, &model, &summary)?;
    staging.write("scenario.toml", &bytes)?;
    let pictures = charts(&model, &summary, playing.seed).map_err(Failure::could_not)?;
    let manifest = Manifest {
        verb: "run".to_owned(),
        scenario: scenario_file(&options.file, &model.title, hash),
        seed: playing.seed,
        trials,
        policies: vec![model.policy.clone()],
        worlds: vec![model.world.clone()],
        trials_file: format,
        ..Manifest::default()
    };
    let folder = close(staging, &pictures, playing.png, manifest, &time)?;
    if playing.quiet {
        return Ok(());
    }
    let mut text = answer(&model, &summary, playing.seed);
    text.push_str(&closing(trials, &time, &folder));
    print(&text)?;
    let found: String =
        warnings(&model, &summary).iter().map(|line| format!("warning: {line}\n")).collect();
    warn(&found);
    Ok(())
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
