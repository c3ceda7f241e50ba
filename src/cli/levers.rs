//! `demarche levers`.

use super::args::LeverOptions;
use super::compare::{Side, cell, chosen, under};
use super::failure::{Failure, print};
use super::folder::{Clock, close, closing, plan, scenario_file, settled, trials_of};
use super::input::{compile, read, stem, tell, warnings};
use super::progress::{Bar, listen};
use super::table::{cut, percent, plain};
use crate::diagnostic::grouped;
use crate::model::{BASE_WORLD, Model};
use crate::report::{
    CellResult, Comparison, Heading, LeverPage, Picture, Pulled, Told, lever_page, points,
    points_range, pulled, ranked, write_levers,
};
use crate::store::{Manifest, Staging, content_hash, run_key};
use crate::study;

/// How many levers are listed.
const LISTED: usize = 15;
/// The width of a name in a table.
const NAME: usize = 34;

/// Plays every single move forced and forbidden on the same luck.
pub(super) fn levers(options: &LeverOptions) -> Result<(), Failure> {
    let playing = &options.play;
    let (document, bytes) = read(&options.file)?;
    let side = Side { document, bytes, name: stem(&options.file) };
    let (model, found) = compile(&side.document, &options.policy, BASE_WORLD)?;
    if !playing.quiet {
        tell(&found, &side.document);
    }
    let base = [BASE_WORLD.to_owned()];
    let asked = if options.worlds.is_empty() { &base } else { options.worlds.as_slice() };
    let worlds = chosen("world", asked, &side.document.worlds(), None)?;
    let levers = study::levers(&model);
    if levers.is_empty() {
        return Err(Failure::wrong_input(format!(
            "{} has no moves to force or forbid: none of its actors has an action",
            options.file.display()
        )));
    }
    let (mut headings, mut models, mut pairs) = (Vec::new(), Vec::new(), Vec::new());
    for world in &worlds {
        let (heading, plain) = cell(&side, &options.policy, world)?;
        let first = models.len();
        let with: Vec<Model> = levers.iter().map(|lever| lever.pulled(&plain)).collect();
        headings.push(heading);
        models.push(plain);
        for model in with {
            let (scenario, policy) = (side.name.clone(), model.policy.clone());
            headings.push(Heading { scenario, policy, world: world.clone() });
            pairs.push((first, models.len()));
            models.push(model);
        }
    }
    let trials = trials_of(playing, &model);
    let hash = content_hash(&side.bytes);
    let key = run_key(
        [env!("CARGO_PKG_VERSION"), "levers", &side.name, &hash, &options.policy]
            .into_iter()
            .chain([worlds.join("\n").as_str(), &playing.seed.to_string(), &trials.to_string()])
            .chain([if playing.png { "png" } else { "" }]),
    );
    let staging = Staging::create(&playing.output, &side.name, &format!("levers-{key}"))?;

    listen();
    let cells = models.len() as u64;
    let watch = Bar::of_many(trials.saturating_mul(cells), playing.quiet);
    let clock = Clock::start();
    let played = study::compare(&models, &pairs, plan(playing, trials), &watch);
    watch.clear();
    let (summaries, pairs) = settled(played, |which| under(&headings[which]))?;
    let time = clock.stop(trials * cells, playing);

    let title = model.title;
    let results = headings.into_iter().zip(models).zip(summaries);
    let results = results.map(|((heading, model), summary)| CellResult { heading, model, summary });
    let comparison = Comparison { cells: results.collect(), pairs };
    let all = pulled(&comparison, &levers);
    let ranking = ranked(&all);
    write_levers(&staging, &comparison, &ranking)?;
    staging.write("scenario.toml", &side.bytes)?;
    let manifest = Manifest {
        verb: "levers".to_owned(),
        scenario: scenario_file(&options.file, &title, hash),
        seed: playing.seed,
        trials,
        policies: vec![options.policy.clone()],
        worlds,
        ..Manifest::default()
    };
    let warned = warnings(&found, &side.document);
    let page = |manifest: &Manifest, pictures: &[Picture], files: &[String]| {
        lever_page(&LeverPage {
            told: Told {
                document: &side.document,
                model: &comparison.cells[0].model,
                manifest,
                png: playing.png,
                pictures,
                warnings: &warned,
                files,
            },
            comparison: &comparison,
            levers: &levers,
            ranking: &ranking,
        })
    };
    let folder = close(staging, &[&side.document], page, playing.png, manifest, &time)?;
    if playing.quiet {
        return Ok(());
    }
    let mut text = answer(&comparison, &ranking, playing.seed, levers.len());
    text.push_str(&closing(trials * cells, &time, &folder));
    print(&text)
}

/// The ranking in words.
fn answer(of: &Comparison, ranking: &[&Pulled], seed: u64, levers: usize) -> String {
    let Some(plain_cell) = of.cells.first() else { return String::new() };
    let mut text = format!(
        "{}\n{} trials, seed {seed}, policy {}: each of {} moves forced at its first chance, and \
         forbidden,\nagainst the plain run on the same luck\n\n",
        plain_cell.model.title,
        grouped(plain_cell.summary.trials),
        plain_cell.heading.policy,
        levers / 2
    );
    let rows = ranking
        .iter()
        .take(LISTED)
        .enumerate()
        .filter_map(|(rank, pulled)| {
            let largest = pulled.largest()?;
            let pair = &of.pairs[pulled.pair];
            let cell = &of.cells[pair.a];
            let made = cell.summary.happened[pulled.lever.what.0 as usize];
            let star = if largest.stands_out() { " *" } else { "" };
            Some(vec![
                (rank + 1).to_string(),
                cut(&cell.heading.world, NAME),
                cut(pulled.lever.action(&cell.model), NAME),
                pulled.lever.pull.word().to_owned(),
                percent(made as f64 / cell.summary.trials.max(1) as f64),
                cut(Comparison::outcome_id(&cell.model, largest.outcome.0), NAME),
                points(largest.paired.difference()) + star,
                points_range(largest.own.low, largest.own.high),
                percent(pulled.distance()),
            ])
        })
        .collect();
    text.push_str(&plain(
        &["", "World", "Move", "is", "made anyway", "changes most", "by", "95 %", "all outcomes"],
        rows,
        &[0, 4, 6, 7, 8],
    ));
    text.push_str(
        "\nIn percentage points; * stands out over all levers and outcomes at once. made anyway: in \
         this\nshare of plain trials. all outcomes: the share of trials that end otherwise, net. \
         Every lever: levers.csv.\n",
    );
    let mut actors: Vec<(usize, String)> = Vec::new();
    for pulled in ranking {
        let Some(largest) = pulled.largest() else { continue };
        if actors.iter().any(|(actor, _)| *actor == pulled.lever.actor) {
            continue;
        }
        let model = &of.cells[of.pairs[pulled.pair].a].model;
        let line = format!(
            "{}: {} {}, {} {}",
            model.actors[pulled.lever.actor].title,
            pulled.lever.action(model).split_once('.').map_or("", |(_, action)| action),
            pulled.lever.pull.word(),
            Comparison::outcome_id(model, largest.outcome.0),
            points(largest.paired.difference())
        );
        actors.push((pulled.lever.actor, line));
    }
    text.push_str("\nThe strongest of each:\n");
    for (_, line) in actors {
        text.push_str(&format!(" {line}\n"));
    }
    text
}
