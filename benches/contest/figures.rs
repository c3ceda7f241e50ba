//! The results of a contender, and whether two contenders agree.

use super::OUTCOMES;
use crate::handwritten::{ROWS, Tally};
use crate::plain::{MOVES, Results};

/// The largest difference between two figures, in standard errors. With about 300 comparisons per
/// run, chance alone exceeds it once in 500 runs; and seeds are fixed.
const LIMIT: f64 = 4.5;

/// Shares of outcomes and of moves, and means of what is recorded.
pub struct Figures {
    pub name: &'static str,
    pub trials: f64,
    /// Trials by outcome.
    pub outcomes: [u64; 4],
    /// Shares and means by name. Contenders that record rows have the same names in the same order.
    pub rows: Vec<Figure>,
}

/// A share or a mean.
pub struct Figure {
    pub what: String,
    pub value: f64,
    /// The standard deviation over trials, where it is known.
    pub deviation: Option<f64>,
}

impl Figure {
    /// A figure whose spread is not known.
    pub fn mean(what: String, value: f64) -> Self {
        Figure { what, value, deviation: None }
    }
}

impl Figures {
    /// The results of the hand-written program.
    pub fn of_tally(name: &'static str, trials: u64, tally: &Tally) -> Self {
        let mut rows = Vec::new();
        let columns = [
            ("tension", &tally.tension),
            ("share", &tally.share),
            ("trade", &tally.trade),
            ("in talks", &tally.talks),
            ("at war", &tally.war),
        ];
        for (what, values) in columns {
            for (row, value) in values.iter().enumerate() {
                rows.push(Figure::mean(named(what, row), *value));
            }
        }
        for (step, count) in tally.end_steps.iter().enumerate() {
            rows.push(Figure::mean(ended(step), *count as f64 / trials as f64));
        }
        Figures { name, trials: trials as f64, outcomes: tally.outcomes, rows }
    }

    /// The results of the plain program.
    pub fn of_results(name: &'static str, trials: u64, results: &Results) -> Self {
        let n = trials as f64;
        let ends =
            [("tension", results.tension), ("share", results.share), ("trade", results.trade)];
        let mut rows: Vec<Figure> =
            ends.iter().map(|(what, sum)| Figure::mean(named(what, ROWS - 1), sum / n)).collect();
        let mut shares = |counts: &[u64], named: &dyn Fn(usize) -> String| {
            for (step, count) in counts.iter().enumerate() {
                rows.push(Figure::mean(named(step), *count as f64 / n));
            }
        };
        shares(&results.end_steps, &ended);
        for (made, what) in MOVES {
            shares(results.moves(made), &|step| moved(what, step));
        }
        shares(&results.agreed, &agreed);
        Figures { name, trials: n, outcomes: results.outcomes, rows }
    }

    /// Compares with the engine's figures, prints the differences, and returns whether all are
    /// small enough.
    #[must_use]
    pub fn agrees_with(&self, engine: &Figures) -> bool {
        let mut worst = (0.0, String::from("nothing"));
        let mut all_near = true;
        let mut compare = |what: &str, ours: f64, theirs: f64, deviation: f64| {
            let error = deviation * (1.0 / self.trials + 1.0 / engine.trials).sqrt();
            let apart = (ours - theirs).abs();
            // A figure that does not vary between trials must be equal, except for rounding.
            let errors = if error > 0.0 { apart / error } else { apart * 1e9 };
            if errors > LIMIT {
                println!(
                    "  {what}: {ours:.6} here, {theirs:.6} in the engine: {errors:.1} standard errors"
                );
                all_near = false;
            }
            if errors >= worst.0 {
                worst = (errors, what.to_owned());
            }
        };
        for (index, what) in OUTCOMES.iter().enumerate() {
            let (ours, theirs) = (self.outcomes[index] as f64, engine.outcomes[index] as f64);
            let pooled = (ours + theirs) / (self.trials + engine.trials);
            let deviation = (pooled * (1.0 - pooled)).sqrt();
            compare(what, ours / self.trials, theirs / engine.trials, deviation);
        }
        for figure in &self.rows {
            let theirs = engine.rows.iter().find(|theirs| theirs.what == figure.what);
            let theirs = theirs.expect("the engine has every figure that a rival has");
            let deviation = match theirs.deviation {
                Some(deviation) => deviation,
                None => {
                    let (a, b) = (figure.value * self.trials, theirs.value * engine.trials);
                    let pooled = (a + b) / (self.trials + engine.trials);
                    (pooled * (1.0 - pooled)).max(0.0).sqrt()
                }
            };
            compare(&figure.what, figure.value, theirs.value, deviation);
        }
        let figures = OUTCOMES.len() + self.rows.len();
        println!(
            "  {:<24} {:>9} trials, {figures:>2} figures, largest difference {:.1} standard errors ({})",
            self.name, self.trials, worst.0, worst.1
        );
        all_near
    }

    /// The shares of the outcomes, as text.
    pub fn shares(&self) -> String {
        let share = |(name, count): (&&str, &u64)| {
            format!("{name} {:.2} %", 100.0 * *count as f64 / self.trials)
        };
        OUTCOMES.iter().zip(&self.outcomes).map(share).collect::<Vec<_>>().join(", ")
    }
}

/// The name of a figure of a row.
pub fn named(what: &str, row: usize) -> String {
    format!("{what}, row {row}")
}

/// The name of the share of trials in which a move is made in a step.
pub fn moved(what: &str, step: usize) -> String {
    format!("{what} in step {step}")
}

/// The name of the share of trials in which B agrees to a proposal in a step.
pub fn agreed(step: usize) -> String {
    format!("agreed in step {step}")
}

/// The name of the share of trials that end in a step.
pub fn ended(step: usize) -> String {
    format!("ended in step {step}")
}
