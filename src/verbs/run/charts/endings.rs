//! When trials end: how outcomes build up over time.

use crate::chart::{BuildupChart, BuildupLayer, ChartError};
use crate::format::{count, counted, percent};
use crate::report::{ChartKind, Picture, Scene, most, other_outcomes};
use crate::verbs::run::tables::RunTables;

/// Below this share of trials that end before the last step, the chart shows only these.
const FEW: f64 = 0.05;

/// How many trials end before the end of the last step.
pub fn early(scene: &Scene<'_>, tables: &RunTables) -> u64 {
    let last = u64::from(scene.model().truth.steps);
    tables.endings.iter().filter(|row| row.after < last).map(|row| row.trials).sum()
}

/// How outcomes build up, and how many trials are still open. If only few trials end before the last
/// step, it is these alone; if none does, there is nothing to show.
pub(super) fn buildup(scene: &Scene<'_>, tables: &RunTables) -> Result<Vec<Picture>, ChartError> {
    let mut ticks = scene.ticks();
    let last = ticks.len() - 1;
    let early = early(scene, tables);
    if early == 0 || last == 0 {
        return Ok(Vec::new());
    }
    let mut shares = vec![vec![0.0; ticks.len()]; scene.outcomes().len()];
    for row in &tables.endings {
        let outcome = scene.outcomes().iter().position(|outcome| outcome.id == row.outcome);
        if let Some(outcome) = outcome {
            shares[outcome][row.after as usize..].fill(row.share_so_far);
        }
    }
    let trials: u64 = tables.endings.iter().map(|row| row.trials).sum();
    let few = (early as f64) < FEW * trials as f64;
    if few {
        ticks.truncate(last);
        shares.iter_mut().for_each(|shares| shares.truncate(last));
    }
    let reached: Vec<usize> = (0..shares.len())
        .filter(|at| shares[*at].last().is_some_and(|share| *share > 0.0))
        .collect();
    let end = |at: &usize| shares[*at].last().copied().unwrap_or(0.0);
    let shown: Vec<usize> = most(&reached.iter().map(end).collect::<Vec<f64>>())
        .into_iter()
        .map(|at| reached[at])
        .collect();
    let mut layers: Vec<BuildupLayer> = shown
        .iter()
        .map(|at| BuildupLayer {
            outcome: scene.outcomes()[*at].clone(),
            shares: shares[*at].clone(),
        })
        .collect();
    if shown.len() < reached.len() {
        let rest = |step: usize| {
            let rest = reached.iter().filter(|at| !shown.contains(*at));
            rest.map(|at| shares[*at][step]).sum::<f64>()
        };
        let shares = (0..ticks.len()).map(rest).collect();
        layers.push(BuildupLayer { outcome: other_outcomes(), shares });
    }
    let what = if few { ", the last step left out" } else { "" };
    let chart = BuildupChart {
        title: title(scene, &shares, (early, trials)),
        subtitle: format!(
            "{}; share of trials that have ended in each outcome{what}",
            scene.under()
        ),
        source: scene.source(),
        ticks,
        events: scene.events(),
        layers,
        is_whole: !few,
    };
    Ok(vec![Picture::of("buildup", ChartKind::Buildup, &chart)?])
}

/// How many trials end before the last step, in a sentence.
fn title(scene: &Scene<'_>, shares: &[Vec<f64>], (early, trials): (u64, u64)) -> String {
    let ticks = scene.ticks();
    let last = ticks.len() - 1;
    let part = early as f64 / trials.max(1) as f64;
    let open = |step: usize| 1.0 - shares.iter().map(|shares| shares[step]).sum::<f64>();
    if early == trials {
        return format!("Every trial is settled before the last step, by {}", ticks[last - 1]);
    }
    if part < FEW {
        let (verb, of) = if early == 1 { ("ends", "trial") } else { ("end", "trials") };
        return format!(
            "Only {} of {} {of} {verb} before the last step ({}); the others run to it",
            count(early),
            count(trials),
            percent(part)
        );
    }
    match (0..last).find(|step| open(*step) <= 0.5) {
        Some(half) => format!(
            "Half of the trials are settled by {}; {} run to the last step",
            ticks[half],
            percent(1.0 - part)
        ),
        None => format!(
            "{} of {} end before the last step; the others are settled only then",
            percent(part),
            counted(trials, "trial")
        ),
    }
}
