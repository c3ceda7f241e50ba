//! `demarche run`.

use super::answer::answer;
use super::args::{RunOptions, TrialsFormat};
use super::failure::{Failure, print, warn};
use super::folder::{Clock, close, closing, plan, scenario_file, settled, trials_of};
use super::input::{compile, read, stem, tell, warnings as file_warnings};
use super::progress::{Bar, listen};
use crate::engine::TrialBlock;
use crate::report::{
    Heading, Picture, RunPage, Told, run_page, write_draws, write_tables, write_uncertainty,
};
use crate::stats::Split;
use crate::store::{Manifest, Staging, TrialFormat, content_hash, open_trials, run_key};
use crate::study::{
    Again, LEVEL, Repeated, Tally, play, repeat, trial_batch, trial_columns, warnings,
};

/// Plays a scenario and writes its run folder.
pub(super) fn run(options: &RunOptions) -> Result<(), Failure> {
    let (document, bytes) = read(&options.file)?;
    let (model, found) = compile(&document, &options.policy, &options.world)?;
    let playing = &options.play;
    if !playing.quiet {
        tell(&found, &document);
    }
    let trials = options.repeats.draws.unwrap_or_else(|| trials_of(playing, &model));
    let repeats = options.repeats.draws.map(|_| options.repeats.times());
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
        &repeats.map_or(String::new(), |times| times.to_string()),
        format.map_or("", TrialFormat::file_name),
        if playing.png { "png" } else { "" },
    ]);
    let staging = Staging::create(&playing.output, &stem, &format!("run-{key}"))?;
    let mut sink = match format {
        Some(format) => Some(open_trials(&staging, format, trial_columns(&model))?),
        None => None,
    };

    listen();
    let mut tally = Tally::new(&model);
    let mut again = Again::new(&model, trials);
    let played = match repeats {
        Some(times) => trials * u64::from(times),
        None => trials + again.trials(),
    };
    let watch = Bar::new(&model, played, playing.quiet);
    let clock = Clock::start();
    let mut take = |blocks: &[TrialBlock]| {
        if let Some(sink) = &mut sink {
            for block in blocks {
                sink.write(&trial_batch(&model, block))?;
            }
        }
        tally.add(blocks);
        Ok::<(), crate::store::StoreError>(())
    };
    let plan = plan(playing, trials);
    let in_repeat = |which: usize| format!("\n  repeat   {which}");
    let outcomes = 0..=model.outcomes.len();
    let (splits, repeated): (Vec<Option<Split>>, Option<Repeated>) = match repeats {
        Some(times) => {
            let models = std::slice::from_ref(&model);
            let all = repeat(models, times, false, plan, &watch, take);
            watch.clear();
            let repeated = settled(all, in_repeat)?.pop();
            let of = |outcome| repeated.as_ref().and_then(|all| all.split(outcome, LEVEL));
            (outcomes.map(of).collect(), repeated)
        }
        None => {
            let first = play(&model, plan, &watch, |blocks| {
                again.note(blocks);
                take(blocks)
            });
            let second = match first {
                Ok(()) => again.play(&model, plan, &watch),
                Err(_) => Ok(()),
            };
            watch.clear();
            settled(first, |_| String::new())?;
            settled(second, |_| in_repeat(1))?;
            (outcomes.map(|outcome| again.split(outcome, LEVEL)).collect(), None)
        }
    };
    if let Some(sink) = sink {
        sink.finish()?;
    }
    let time = clock.stop(played, playing);
    let summary = tally.finish();

    let heading = Heading {
        scenario: stem.clone(),
        policy: model.policy.clone(),
        world: model.world.clone(),
    };
    write_tables(&staging, &heading, &model, &summary)?;
    write_uncertainty(&staging, &heading, &model, &splits)?;
    if let Some(repeated) = &repeated {
        write_draws(&staging, &heading, &model, repeated)?;
    }
    staging.write("scenario.toml", &bytes)?;
    let manifest = Manifest {
        verb: "run".to_owned(),
        scenario: scenario_file(&options.file, &model.title, hash),
        seed: playing.seed,
        trials,
        policies: vec![model.policy.clone()],
        worlds: vec![model.world.clone()],
        repeats,
        trials_file: format,
        ..Manifest::default()
    };
    // What no first repeat came to, another may have.
    let mut counted = summary.clone();
    counted.trials *= repeated.as_ref().map_or(1, |all| all.repeats);
    for (count, draws) in
        counted.outcomes.iter_mut().zip(repeated.iter().flat_map(|all| &all.outcomes))
    {
        *count = draws.iter().sum();
    }
    let surprising = warnings(&model, &counted);
    let warned = [surprising.clone(), file_warnings(&found, &document)].concat();
    let page = |manifest: &Manifest, pictures: &[Picture], files: &[String]| {
        run_page(&RunPage {
            told: Told {
                document: &document,
                model: &model,
                manifest,
                png: playing.png,
                pictures,
                warnings: &warned,
                files,
            },
            summary: &summary,
            splits: &splits,
        })
    };
    let folder = close(staging, &[&document], page, playing.png, manifest, &time)?;
    if playing.quiet {
        return Ok(());
    }
    let mut text = answer(&model, &summary, &splits, playing.seed, repeats);
    text.push_str(&closing(played, &time, &folder));
    print(&text)?;
    let warned: String = surprising.iter().map(|line| format!("warning: {line}\n")).collect();
    warn(&warned);
    Ok(())
}
