//! A box as the tables have it, with the intervals of its figures.

use super::limits::Condition;
use super::tables::{BoxRow, ConditionRow, DiscoverTables, PeelingRow};
use crate::stats::Interval;
use crate::stats::prim::{BoxCount, PrimOptions, chosen, density_interval};
use crate::study::LEVEL;

/// The most conditions all choices among which are counted one by one.
const MOST_CHOICES: usize = 20;

/// A share of trials with its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct BoxShare {
    /// The share, in 0..1.
    pub value: f64,
    /// Its 95 % interval.
    pub known: Interval,
}

/// A box and the steps that led to it. Intervals hold for all of these steps at once, since the box was
/// chosen among them by the same trials.
#[derive(Clone, Debug)]
pub(super) struct FoundBox<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// The steps, the whole space first.
    pub steps: &'a [PeelingRow],
    /// The position of the box among the steps.
    pub shown: usize,
    /// What it restricts; nothing where no conditions were found.
    pub limits: Vec<&'a BoxRow>,
    /// The same from the surest on, with the trials that they leave.
    pub conditions: Vec<&'a ConditionRow>,
    /// How many odd trials there are, and how many of them have the outcome.
    pub all: BoxCount,
}

impl<'a> FoundBox<'a> {
    /// All boxes of the tables, with the last one that was looked for and may not be told from chance.
    pub fn all(tables: &'a DiscoverTables) -> Vec<FoundBox<'a>> {
        let groups = tables.peeling.chunk_by(|a, b| a.r#box == b.r#box);
        let all = tables.peeling.first().map_or_else(BoxCount::default, count);
        let one = |steps: &'a [PeelingRow]| {
            let number = steps[0].r#box;
            let counts: Vec<BoxCount> = steps.iter().map(count).collect();
            FoundBox {
                number,
                steps,
                shown: chosen(&counts, PrimOptions::default().threshold),
                limits: tables.boxes.iter().filter(|row| row.r#box == number).collect(),
                conditions: tables.conditions.iter().filter(|row| row.r#box == number).collect(),
                all,
            }
        };
        groups.map(one).collect()
    }

    /// Whether it is told from chance.
    pub fn is_told(&self) -> bool {
        !self.limits.is_empty()
    }

    /// The limits of the box, the surest first.
    pub fn sorted(&self) -> Vec<Condition<'a>> {
        let limit = |one: &ConditionRow| self.limits.iter().find(|row| row.input == one.input);
        let own = self.conditions.iter();
        own.filter_map(|worth| Some(Condition { row: limit(worth)?, worth })).collect()
    }

    /// The box with all its limits.
    pub fn whole(&self) -> BoxPart<'a> {
        BoxPart {
            conditions: self.sorted(),
            inside: count(&self.steps[self.shown]),
            all: self.all,
            comparisons: self.steps.len(),
        }
    }

    /// No limits at all: all trials.
    pub fn nothing(&self) -> BoxPart<'a> {
        BoxPart { conditions: Vec::new(), inside: self.all, all: self.all, comparisons: 1 }
    }

    /// The box with its surest limits only, those that are not there by chance; the whole box if all are, or
    /// none.
    ///
    /// Its intervals hold for every choice among the limits of every step.
    pub fn surest(&self) -> BoxPart<'a> {
        let mut conditions = self.sorted();
        let sure = conditions.iter().filter(|own| !own.is_doubtful()).count();
        if sure == 0 || sure == conditions.len() {
            return self.whole();
        }
        let comparisons = self.steps.len() << conditions.len().min(MOST_CHOICES);
        conditions.truncate(sure);
        let worth = conditions[sure - 1].worth;
        let inside = trials(worth.density, worth.n);
        BoxPart { conditions, inside, all: self.all, comparisons }
    }

    /// The share of the trials with the outcome among those in which the box was looked for: all of them,
    /// or for a further box those outside the boxes before it.
    pub fn base(&self) -> BoxShare {
        let whole = count(&self.steps[0]);
        BoxShare { value: whole.density().unwrap_or(0.0), known: density_interval(whole, 1, LEVEL) }
    }
}

/// A box with some of its limits, and the trials within them.
#[derive(Clone, Debug)]
pub(super) struct BoxPart<'a> {
    /// The limits, the surest first.
    pub conditions: Vec<Condition<'a>>,
    /// The odd trials within them, and those of them with the outcome.
    pub inside: BoxCount,
    all: BoxCount,
    comparisons: usize,
}

impl BoxPart<'_> {
    /// The share of the trials within that have the outcome.
    pub fn density(&self) -> BoxShare {
        self.share(self.inside)
    }

    /// The share of the trials with the outcome that lie within.
    pub fn coverage(&self) -> BoxShare {
        self.share(BoxCount { n: self.all.count, count: self.inside.count })
    }

    /// The share of all trials that lie within.
    pub fn mass(&self) -> BoxShare {
        self.share(BoxCount { n: self.all.n, count: self.inside.n })
    }

    fn share(&self, of: BoxCount) -> BoxShare {
        BoxShare {
            value: of.density().unwrap_or(0.0),
            known: density_interval(of, self.comparisons, LEVEL),
        }
    }
}

/// The trials of a step.
fn count(step: &PeelingRow) -> BoxCount {
    trials(step.density, step.n)
}

/// Trials, from the share of them that have the outcome.
fn trials(density: Option<f64>, n: u64) -> BoxCount {
    let count = (density.unwrap_or(0.0) * n as f64).round() as u64;
    BoxCount { n, count: count.min(n) }
}
