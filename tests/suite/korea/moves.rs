//! Nothing in the file is unused: every move is made, every outcome is reached, and no
//! move is made all the time.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use demarche::engine::{TrialBlock, counted_options};
use demarche::model::{BASE_WORLD, Document};

use super::{Run, file, run};
use crate::papers::{number, rows_of};

/// The world in which Pyongyang keeps its own plans in view takes too long to play here.
const SLOW: &str = "own_plans";

/// The runs of all other worlds of the file, the base first.
fn worlds() -> Vec<Arc<Run>> {
    let document = Document::read("korea-2017.toml", file().as_bytes());
    let mut worlds = document.worlds();
    worlds.retain(|world| ![BASE_WORLD, SLOW].contains(world));
    worlds.insert(0, BASE_WORLD);
    assert!(worlds.len() >= 8, "{worlds:?}");
    worlds.into_iter().map(|world| run("none", world)).collect()
}

/// How often each action of each actor was taken, by name, in all trials.
fn taken(run: &Run) -> Vec<(String, u64)> {
    let rows = counted_options(&run.model);
    let named = rows.iter().enumerate().filter_map(|(row, at)| {
        let action = &run.model.truth.actors[at.actor].actions[at.action?];
        let times = |group: &TrialBlock| -> u64 {
            let steps = group.moves.steps;
            group.moves.taken[row * steps..(row + 1) * steps].iter().sum()
        };
        let name = run.model.happening(action.what).name.to_string();
        Some((name, run.groups.iter().map(times).sum()))
    });
    named.collect()
}

#[test]
fn every_action_is_taken_in_some_world() {
    let mut worlds = worlds();
    // A freeze can be left only where one stands, which is rare.
    worlds.push(run("test_freeze_for_a_red_line", "base"));
    // Washington never leaves a deal by preference, as the paper says; this shows that nothing else prevents it.
    worlds.push(run("test_freeze_for_a_red_line", "test_erratic_washington"));
    let mut never: BTreeSet<String> = taken(&worlds[0]).into_iter().map(|(name, _)| name).collect();
    assert!(never.len() > 30, "{never:?}");
    for world in &worlds {
        for (name, times) in taken(world) {
            if times > 0 {
                never.remove(&name);
            }
        }
    }
    assert!(never.is_empty(), "never taken: {never:?}");
}

/// Launches, of which the record before September 2017 has some in 15 of 20 months (CNS).
const LAUNCHES: &str = "pyongyang.launch_missile";

/// The world in which all are three times as decided: there a habit becomes a law, which the paper says.
const DECIDED: &str = "sharp_choices";

/// A move made in more than half of all months would be a law rather than a choice; only launches of
/// missiles may be as frequent as they were.
#[test]
fn no_action_is_taken_in_more_than_half_of_the_months() {
    let mut too_often = Vec::new();
    for world in worlds() {
        let last = world.groups.iter().flat_map(|group| &group.end_steps);
        let months: u64 = last.map(|step| u64::from(*step) + 1).sum();
        for (name, times) in taken(&world) {
            let most = match name.as_str() {
                LAUNCHES if world.model.world == DECIDED => months,
                LAUNCHES => months * 15 / 20,
                _ => months / 2,
            };
            if times > most {
                too_often.push(format!("{}: {name}, {times} of {months}", world.model.world));
            }
        }
    }
    assert!(too_often.is_empty(), "{}", too_often.join("\n"));
}

/// Where the results of the full runs are.
fn results() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/korea-2017")
}

/// The outcomes that some trial of these runs ended in.
fn reached(runs: &[Arc<Run>]) -> BTreeSet<&str> {
    runs.iter().flat_map(|run| run.ends().flatten()).collect()
}

/// A verified deal is against Pyongyang's strongest preference, so it does not occur in
/// this many trials. The test shows that nothing else prevents it. What is rarer than one in a hundred is
/// looked for in the full runs as well.
#[test]
fn every_outcome_is_reached_in_some_world() {
    let mut runs = worlds();
    runs.push(run("seoul_backs_freeze", "ignorance"));
    runs.push(run("none", "test_willing_pyongyang"));
    let all = runs[0].model.outcomes.iter().map(|outcome| outcome.id.as_str());
    let reached = reached(&runs);
    let full = rows_of(&results().join("worlds/summary.csv"));
    let in_full =
        |id: &str| full.iter().any(|row| row["outcome"] == id && number(row, "count") > 0.0);
    let missing: Vec<&str> = all.filter(|id| !reached.contains(id) && !in_full(id)).collect();
    assert!(missing.is_empty(), "never reached: {missing:?}");
}
