//! Time against the number of trials, steps, imagined plays and actions.

use std::convert::Infallible;
use std::hint::black_box;

use demarche::engine::{Engine, EngineKind};
use demarche::model::Model;
use demarche::numeric::ln;
use demarche::study::{Plan, Tally, play};
use serde_json::{Value, json};

use crate::contest::Contender;
use crate::contest::contender::{in_turn, timed};
use crate::effort::Effort;
use crate::engines;
use crate::figure::Figure;
use crate::variant::Variant;

/// How many of the largest points are used for the slope at the end, where fixed costs matter
/// least.
const LAST: usize = 3;

/// What grows in the line of steps.
pub const STEPS: &str = "steps";

/// Time against something.
pub struct Line {
    /// What grows.
    pub what: &'static str,
    /// What it is measured on.
    pub on: &'static str,
    /// The unit of time.
    pub unit: Unit,
    /// Whether the time is expected to be proportional, given what the engine has to do.
    pub in_proportion: bool,
    /// The count, and the time it takes.
    pub points: Vec<(f64, Figure)>,
}

/// A unit of time.
#[derive(Clone, Copy)]
pub enum Unit {
    Milliseconds,
    /// Per trial.
    Microseconds,
}

impl Unit {
    /// The unit as text.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Milliseconds => "ms",
            Unit::Microseconds => "µs per trial",
        }
    }
}

impl Line {
    /// The slope of log time against log count over all points: 1 means proportional. It is also
    /// below 1 where there are fixed costs.
    pub fn slope(&self) -> f64 {
        slope(&self.points)
    }

    /// The same over the last points.
    pub fn last_slope(&self) -> f64 {
        slope(&self.points[self.points.len() - LAST..])
    }

    /// The time of one more (one step, say), as the mean slope from the first point to the last.
    pub fn each_more(&self) -> f64 {
        let ((x, y), (last_x, last_y)) = (&self.points[0], &self.points[self.points.len() - 1]);
        (last_y.median - y.median) / (last_x - x)
    }

    /// All of it.
    pub fn json(&self) -> Value {
        let points = self.points.iter().map(|(x, y)| json!({ "at": x, "time": y.json() }));
        json!({
            "what": self.what,
            "on": self.on,
            "unit": self.unit.name(),
            "slope": self.slope(),
            "slope_of_last_points": self.last_slope(),
            "points": points.collect::<Vec<_>>(),
        })
    }
}

/// Least squares through the logarithms.
fn slope(points: &[(f64, Figure)]) -> f64 {
    let logs: Vec<(f64, f64)> = points.iter().map(|(x, y)| (ln(*x), ln(y.median))).collect();
    let n = logs.len() as f64;
    let mean_x = logs.iter().map(|(x, _)| x).sum::<f64>() / n;
    let mean_y = logs.iter().map(|(_, y)| y).sum::<f64>() / n;
    let with: f64 = logs.iter().map(|(x, y)| (x - mean_x) * (y - mean_y)).sum();
    let squares: f64 = logs.iter().map(|(x, _)| (x - mean_x) * (x - mean_x)).sum();
    with / squares
}

/// Measures all lines, on one thread.
pub fn measure(effort: Effort) -> Vec<Line> {
    let plain = Variant::PLAIN;
    let ahead = Variant { foresight: 2, ..plain };
    let lines = vec![
        trials(effort),
        varied(STEPS, "foresight 0", &[6, 12, 24, 48, 96, 192], effort, |steps| Variant {
            steps,
            ..plain
        }),
        varied("imagined plays", "foresight 2", &[2, 4, 8, 16, 32, 64], effort, |imaginations| {
            Variant { imaginations, ..ahead }
        }),
        varied("actions of A", "foresight 0", &[1, 2, 4, 8, 16, 32], effort, |threats| Variant {
            threats,
            ..plain
        }),
        Line {
            // Every action is imagined, and in every imagined step every action is evaluated.
            in_proportion: false,
            ..varied("actions of A", "foresight 2", &[1, 2, 4, 8, 16], effort, |threats| Variant {
                threats,
                ..ahead
            })
        },
    ];
    for line in &lines {
        println!(
            "{}, {}: slope {:.2}, at the end {:.2}",
            line.what,
            line.on,
            line.slope(),
            line.last_slope()
        );
    }
    lines
}

/// Whole studies with growing numbers of trials.
fn trials(effort: Effort) -> Line {
    let model = Variant::PLAIN.model();
    let counts: Vec<u64> = (0..6).map(|power| effort.least_trials << power).collect();
    let mut seconds = vec![Vec::new(); counts.len()];
    for round in 0..effort.rounds {
        for (seconds, count) in seconds.iter_mut().zip(&counts) {
            seconds.push(study(&model, *count, round as u64));
        }
    }
    let points = counts.iter().zip(seconds).map(|(count, seconds)| {
        (*count as f64, Figure::of(seconds.iter().map(|seconds| seconds * 1e3).collect()))
    });
    Line {
        what: "trials",
        on: "foresight 0",
        unit: Unit::Milliseconds,
        in_proportion: true,
        points: points.collect(),
    }
}

/// Plays trials as a run does, and says how long it took.
fn study(model: &Model, trials: u64, seed: u64) -> f64 {
    timed(|| {
        let plan = Plan { seed, trials, threads: Some(1), ..Plan::default() };
        let mut tally = Tally::new(model);
        let played = play(model, plan, &(), |blocks| {
            tally.add(blocks);
            Ok::<(), Infallible>(())
        });
        played.expect("the variant has no accidents");
        black_box(tally.finish());
    })
}

/// The time per trial in variants of the scenario.
fn varied(
    what: &'static str,
    on: &'static str,
    counts: &[u32],
    effort: Effort,
    variant: impl Fn(u32) -> Variant,
) -> Line {
    let models: Vec<Model> = counts.iter().map(|count| variant(*count).model()).collect();
    let engines: Vec<Engine<'_>> =
        models.iter().map(|model| Engine::new(model, 1, EngineKind::Lanes)).collect();
    let mut contenders: Vec<Contender<'_>> = engines
        .iter()
        .map(|engine| {
            Contender::new(what, 0, |trials, round| {
                engines::play(engine, (trials, effort.block), round)
            })
            .in_units(effort.block)
        })
        .collect();
    in_turn(&mut contenders, effort.rounds, effort.growth_seconds);
    let points = counts.iter().zip(&contenders).map(|(count, contender)| {
        let times = contender.rates.iter().map(|rate| 1e6 / rate).collect();
        (f64::from(*count), Figure::of(times))
    });
    Line { what, on, unit: Unit::Microseconds, in_proportion: true, points: points.collect() }
}
