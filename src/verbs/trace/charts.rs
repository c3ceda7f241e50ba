//! The chart of `trace`: the odds as the trial went on.

use super::odds_rows::{OddsAfter, OddsPoint};
use super::tables::TraceTables;
use super::words::TraceWords;
use crate::chart::{ChartError, OddsChart, OddsLine, PlotEstimate, StepEvent};
use crate::format::counted;
use crate::report::{ChartKind, Picture, Scene};
use crate::verbs::report::{ChartDrawer, FirstDrawer};
use crate::verbs::titles::Titles;

/// The first screen has no chart: what is told is a story.
pub(super) const FIRST: FirstDrawer<TraceTables> = |_, _| None;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<TraceTables>)] = &[(ChartKind::Odds, odds)];

/// Outcomes are drawn that have these odds at some time.
const LEAST: f64 = 0.02;

/// The chart of the odds, where they were asked for.
fn odds(scene: &Scene<'_>, tables: &TraceTables) -> Result<Vec<Picture>, ChartError> {
    let trial = &tables.trial;
    let Some(odds) = &trial.odds else { return Ok(Vec::new()) };
    let words = TraceWords::new(Titles::plain(&scene.played), trial);
    let largest = |id: &str| {
        let own = odds.points.iter().filter_map(|point| point.of(id));
        own.map(|own| own.share).fold(0.0, f64::max)
    };
    let lines = scene.outcomes().iter().filter(|outcome| largest(&outcome.id) >= LEAST);
    let lines = lines.map(|outcome| OddsLine {
        outcome: outcome.clone(),
        points: odds
            .points
            .iter()
            .filter_map(|point| point.of(&outcome.id))
            .map(estimate)
            .collect(),
    });
    let turning = odds.turning_point.as_ref().and_then(|turn| {
        let is_own = |point: &OddsPoint| match turn.step {
            Some(_) => point.step == turn.step,
            None => point.after == OddsAfter::Drawn,
        };
        let at = odds.points.iter().position(is_own)?;
        Some(StepEvent {
            at: at as f64 - 0.5,
            when: turn.step.map_or_else(
                || "before the first step".to_owned(),
                |step| words.step(step).heading(),
            ),
            label: "turning point".to_owned(),
        })
    });
    let chart = OddsChart {
        title: words.turning(),
        subtitle: format!(
            "The odds of each outcome after each step, from {} each; bands: 95 % intervals; seed {}{}",
            counted(odds.futures, "fresh future"),
            trial.seed,
            scene.circumstances()
        ),
        source: scene.source(),
        ticks: odds.points.iter().map(|point| tick(scene, point)).collect(),
        marks: turning.into_iter().collect(),
        lines: lines.collect(),
    };
    Ok(vec![Picture::of("odds", ChartKind::Odds, &chart)?])
}

fn estimate(own: &super::odds_rows::OutcomeOdds) -> PlotEstimate {
    PlotEstimate { value: own.share, low: own.low, high: own.high }
}

/// What stands below a point: the day that has come, or how many steps have passed.
fn tick(scene: &Scene<'_>, point: &OddsPoint) -> String {
    let passed = match point.after {
        OddsAfter::Nothing => return "before".to_owned(),
        OddsAfter::Drawn => 0,
        OddsAfter::Step | OddsAfter::Moment | OddsAfter::End => {
            point.step.map_or(0, |step| step + 1)
        }
    };
    let day = scene.model().dates.and_then(|dates| dates.day_of(i64::try_from(passed).ok()?));
    day.map_or_else(|| passed.to_string(), |day| day.to_string())
}
