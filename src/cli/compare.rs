//! `demarche compare`.

use std::convert::Infallible;

use super::args::CompareOptions;
use super::differences::{answer, changed_keys};
use super::failure::{Failure, print};
use super::folder::{Clock, close, closing, plan, scenario_file, settled, trials_of};
use super::input::{compile, read, stem, tell, warnings};
use super::progress::{Bar, listen};
use crate::diagnostic::nearest;
use crate::model::{Document, Model, NO_POLICY};
use crate::report::{
    CellResult, ComparePage, Comparison, Heading, Picture, Told, compare_page, drawn_regret,
    robust, write_changes, write_comparison, write_drawn_regret, write_robustness,
};
use crate::store::{Manifest, Staging, content_hash, run_key};
use crate::study;

/// A scenario file and what is played of it.
pub(super) struct Side {
    /// The file.
    pub document: Document,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// What it is called in tables.
    pub name: String,
}

/// Which cells are played, and which of them are compared.
struct Grid {
    policies: Vec<String>,
    worlds: Vec<String>,
    headings: Vec<Heading>,
    models: Vec<Model>,
    pairs: Vec<(usize, usize)>,
}

/// Plays all cells on the same luck and writes what each policy changes.
pub(super) fn compare(options: &CompareOptions) -> Result<(), Failure> {
    let playing = &options.play;
    let (document, bytes) = read(&options.file)?;
    let first = Side { document, bytes, name: stem(&options.file) };
    let second = match &options.other {
        Some(path) => {
            let (document, bytes) = read(path)?;
            let own = stem(path);
            let name = if own == first.name { format!("{own}-b") } else { own };
            Some(Side { document, bytes, name })
        }
        None => None,
    };
    let sides: Vec<&Side> = [&first].into_iter().chain(&second).collect();
    let grid = match &second {
        Some(second) => of_two(options, &first, second)?,
        None => of_one(options, &first)?,
    };
    for goal in &options.goals {
        goal.check(&grid.models[0]).map_err(|unknown| {
            no_such(unknown.what, &unknown.name, unknown.known.iter().map(String::as_str))
        })?;
    }
    let changes = second.as_ref().map(|second| first.document.changes(&second.document));
    if let (Some(changes), false) = (&changes, playing.quiet) {
        print(&changed_keys(&first.name, &sides[1].name, changes))?;
    }

    let trials = options.repeats.draws.unwrap_or_else(|| trials_of(playing, &grid.models[0]));
    let repeats = options.repeats.draws.map(|_| options.repeats.times());
    if repeats.is_some() && options.goals.is_empty() {
        return Err(Failure::wrong_input(
            "--draws is for regret over the assumptions: add a --goal, such as avoid:OUTCOME",
        ));
    }
    let hashes: Vec<String> = sides.iter().map(|side| content_hash(&side.bytes)).collect();
    let goals: Vec<String> = options.goals.iter().map(ToString::to_string).collect();
    let key = run_key(
        [env!("CARGO_PKG_VERSION"), "compare"]
            .into_iter()
            .chain(sides.iter().map(|side| side.name.as_str()))
            .chain(hashes.iter().map(String::as_str))
            .chain([grid.policies.join("\n").as_str(), grid.worlds.join("\n").as_str()])
            .chain([goals.join("\n").as_str(), &format!("{:?}", options.threshold)])
            .chain([playing.seed.to_string().as_str(), &trials.to_string()])
            .chain([repeats.map_or(String::new(), |times| times.to_string()).as_str()])
            .chain([if playing.png { "png" } else { "" }]),
    );
    let staging = Staging::create(&playing.output, &first.name, &format!("compare-{key}"))?;

    listen();
    let cells = grid.models.len() as u64;
    // One comparison, and then all repeats.
    let played = trials * cells * (1 + u64::from(repeats.unwrap_or(0)));
    let watch = Bar::of_many(played, playing.quiet);
    let clock = Clock::start();
    let plan = plan(playing, trials);
    let compared = study::compare(&grid.models, &grid.pairs, plan, &watch);
    let repeated = match (&compared, repeats) {
        (Ok(_), Some(times)) => {
            study::repeat(&grid.models, times, true, plan, &watch, |_| Ok::<(), Infallible>(()))
        }
        _ => Ok(Vec::new()),
    };
    watch.clear();
    let (summaries, pairs) = settled(compared, |which| under(&grid.headings[which]))?;
    let times = usize::from(repeats.unwrap_or(1));
    let repeated = settled(repeated, |which| {
        format!("{}, repeat {}", under(&grid.headings[which / times]), which % times)
    })?;
    let time = clock.stop(played, playing);

    let title = grid.models[0].title.clone();
    let (policies, worlds) = (grid.policies, grid.worlds);
    let cells = grid.headings.into_iter().zip(grid.models).zip(summaries);
    let cells = cells.map(|((heading, model), summary)| CellResult { heading, model, summary });
    let comparison = Comparison { cells: cells.collect(), pairs };
    write_comparison(&staging, &comparison)?;
    let robust: Vec<_> =
        options.goals.iter().map(|goal| robust(&comparison, goal, options.threshold)).collect();
    if !robust.is_empty() {
        write_robustness(&staging, &first.name, &robust, options.threshold)?;
    }
    let drawn: Vec<_> = match repeats {
        Some(_) => {
            let of = |goal| drawn_regret(&comparison, &repeated, goal);
            options.goals.iter().flat_map(of).collect()
        }
        None => Vec::new(),
    };
    if !drawn.is_empty() {
        write_drawn_regret(&staging, &first.name, &drawn)?;
    }
    staging.write("scenario.toml", &first.bytes)?;
    if let (Some(second), Some(changes)) = (&second, &changes) {
        staging.write("scenario-b.toml", &second.bytes)?;
        write_changes(&staging, &first.name, &second.name, changes)?;
    }
    let manifest = Manifest {
        verb: "compare".to_owned(),
        scenario: scenario_file(&options.file, &title, hashes[0].clone()),
        seed: playing.seed,
        trials,
        baseline: second.is_none().then(|| policies[0].clone()),
        compared_with: options.other.as_ref().map(|path| {
            let title = comparison.cells.last().map_or("", |cell| cell.model.title.as_str());
            scenario_file(path, title, hashes[1].clone())
        }),
        policies,
        worlds,
        goals,
        threshold: options.threshold,
        repeats,
        ..Manifest::default()
    };
    let documents: Vec<&Document> =
        [&first].into_iter().chain(&second).map(|side| &side.document).collect();
    let warned: Vec<String> =
        documents.iter().flat_map(|document| warnings(&document.check(), document)).collect();
    let page = |manifest: &Manifest, pictures: &[Picture], files: &[String]| {
        compare_page(&ComparePage {
            told: Told {
                document: &first.document,
                model: &comparison.cells[0].model,
                manifest,
                png: playing.png,
                pictures,
                warnings: &warned,
                files,
            },
            comparison: &comparison,
            robust: &robust,
            drawn: &drawn,
            changes: changes.as_deref(),
        })
    };
    let folder = close(staging, &documents, page, playing.png, manifest, &time)?;
    if playing.quiet {
        return Ok(());
    }
    let mut text = answer(&comparison, &robust, &drawn, playing.seed, options.threshold);
    text.push_str(&closing(played, &time, &folder));
    print(&text)
}

/// Under what an accident happened.
pub(super) fn under(heading: &Heading) -> String {
    let Heading { scenario, policy, world } = heading;
    format!("\n  under    {scenario}, policy {policy}, world {world}")
}

/// A name that is not there, with the nearest one and all there are.
fn no_such<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str> + Clone) -> Failure {
    let near = nearest(name, known.clone());
    let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
    let list: Vec<&str> = known.collect();
    let list = list.join(", ");
    Failure::wrong_input(format!("no {what} is called `{name}`{near}\n  there are: {list}"))
}

/// The names asked for, once each, or all; `first` leads, if it is among them or
/// must be.
pub(super) fn chosen(
    what: &str,
    asked: &[String],
    known: &[&str],
    first: Option<&str>,
) -> Result<Vec<String>, Failure> {
    for name in first.into_iter().chain(asked.iter().map(String::as_str)) {
        if !known.contains(&name) {
            return Err(no_such(what, name, known.iter().copied()));
        }
    }
    let mut names: Vec<String> = first.into_iter().map(str::to_owned).collect();
    let all = known.iter().map(|name| (*name).to_owned());
    let wanted: Vec<String> = if asked.is_empty() { all.collect() } else { asked.to_vec() };
    for name in wanted {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The model of a policy in a world, and what it is called.
pub(super) fn cell(side: &Side, policy: &str, world: &str) -> Result<(Heading, Model), Failure> {
    let (scenario, policy, world) = (side.name.clone(), policy.to_owned(), world.to_owned());
    match side.document.model(&policy, &world) {
        Ok(model) => Ok((Heading { scenario, policy, world }, model)),
        Err(found) => {
            tell(&found, &side.document);
            Err(Failure::told())
        }
    }
}

/// All policies against the baseline in each world.
fn of_one(options: &CompareOptions, side: &Side) -> Result<Grid, Failure> {
    let baseline = options.baseline.as_deref().unwrap_or(NO_POLICY);
    let known = side.document.policies();
    let (_, found) = compile(&side.document, NO_POLICY, crate::model::BASE_WORLD)?;
    if !options.play.quiet {
        tell(&found, &side.document);
    }
    let policies = chosen("policy", &options.policies, &known, Some(baseline))?;
    let worlds = chosen("world", &options.worlds, &side.document.worlds(), None)?;
    if policies.len() < 2 && (known.len() < 2 || worlds.len() < 2) {
        let why = if known.len() < 2 {
            format!("{} has no policies to compare", options.file.display())
        } else {
            format!("policy `{baseline}` alone in one world leaves nothing to compare")
        };
        let actions = side.document.scenario().and_then(|scenario| {
            let actor = scenario.actors.iter().find(|actor| !actor.actions.is_empty())?;
            Some(format!("{}.{}", actor.name.value, actor.actions[0].name.value))
        });
        let example = match actions {
            Some(action) => format!("title  = \"No {action}\"\n  forbid = [\"{action}\"]"),
            None => "set = { \"state.NAME.start\" = 1 }".to_owned(),
        };
        return Err(Failure::wrong_input(format!(
            "{why}\n  add one to the file, for example:\n\n  [policies.restraint]\n  {example}"
        )));
    }
    let mut grid = Grid { policies, worlds, headings: vec![], models: vec![], pairs: vec![] };
    for world in &grid.worlds {
        let base = grid.models.len();
        for (index, policy) in grid.policies.iter().enumerate() {
            let (heading, model) = cell(side, policy, world)?;
            grid.headings.push(heading);
            grid.models.push(model);
            if index > 0 {
                grid.pairs.push((base, base + index));
            }
        }
    }
    Ok(grid)
}

/// Each policy in each world in both files.
fn of_two(options: &CompareOptions, first: &Side, second: &Side) -> Result<Grid, Failure> {
    for side in [first, second] {
        let (_, found) = compile(&side.document, NO_POLICY, crate::model::BASE_WORLD)?;
        if !options.play.quiet {
            tell(&found, &side.document);
        }
    }
    let common = |a: Vec<&str>, b: Vec<&str>| -> Vec<String> {
        a.into_iter().filter(|name| b.contains(name)).map(str::to_owned).collect()
    };
    let policies = common(first.document.policies(), second.document.policies());
    let worlds = common(first.document.worlds(), second.document.worlds());
    let policies = chosen("policy of both files", &options.policies, &borrowed(&policies), None)?;
    let worlds = chosen("world of both files", &options.worlds, &borrowed(&worlds), None)?;
    let mut grid = Grid { policies, worlds, headings: vec![], models: vec![], pairs: vec![] };
    for world in &grid.worlds {
        for policy in &grid.policies {
            for side in [first, second] {
                let (heading, model) = cell(side, policy, world)?;
                grid.headings.push(heading);
                grid.models.push(model);
            }
            grid.pairs.push((grid.models.len() - 2, grid.models.len() - 1));
        }
    }
    Ok(grid)
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}
