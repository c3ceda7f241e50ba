//! What a run rests on: its trials by what was drawn for each input, and how much each input explains.

use crate::model::{Input, Model};
use crate::report::Played;
use crate::stats::{CountedBin, CountedBins, Estimate, Interval, Split, least_together, share_of};
use crate::study::{BINS, ByInput, LEVEL, Repeated, ends_of_bin};
use crate::verbs::grid::CellName;
use crate::verbs::importance::{ImportanceMethod, ImportanceRow};
use crate::verbs::tables::{CheckedRow, Misfit, row};

row! {
    /// How trials ended by what was drawn for an input: curves of each outcome against each input. The
    /// uniform number behind the input is divided into 20 equal parts.
    pub struct RestsOnRow in "rests_on.csv" may be infinite: "low", "high" {
        /// The scenario.
        pub scenario: String,
        /// The policy.
        pub policy: String,
        /// The world.
        pub world: String,
        /// The outcome's id, `unresolved` for trials without one.
        pub outcome: String,
        /// The input: an assumption's name, or the path of what is drawn elsewhere.
        pub input: String,
        /// The part, from 0 for the lowest numbers.
        pub bin: u64,
        /// The input's value at the lower end of the part. Empty for a label, and where other draws go into
        /// the value too.
        pub low: Option<f64>,
        /// Its value at the upper end.
        pub high: Option<f64>,
        /// How many trials had their number in that part; with repeats, plays.
        pub trials: u64,
        /// How many of them ended in the outcome.
        pub count: u64,
        /// The sum, over draws, of the squares of how many plays of a draw ended in the outcome. Without
        /// repeats it is `count` again.
        pub squares: u64,
        /// For an input whose values are labels, that at the lower end; at the upper end too, if it is
        /// another: `calm to tense`.
        pub label: Option<String>,
    }
}

impl CheckedRow for RestsOnRow {
    fn check(&self, played: &Played<'_>) -> Result<(), Misfit> {
        Misfit::unless_any_outcome(played, "outcome", &self.outcome)?;
        Misfit::unless(self.bin < BINS as u64, "bin", self.bin, "one of the parts")?;
        Misfit::unless(self.count <= self.trials, "count", self.count, "at most `trials`")
    }
}

/// Where the counts of a run come from.
pub(super) enum Counted<'a> {
    /// Trials, each with its own draw of the assumptions.
    Trials(&'a ByInput),
    /// Draws that were played several times each.
    Draws(&'a Repeated),
}

impl Counted<'_> {
    /// How many plays each draw had.
    fn repeats(&self) -> u64 {
        match self {
            Counted::Trials(_) => 1,
            Counted::Draws(all) => all.repeats,
        }
    }

    /// The least that the inputs explain together of an outcome's variance, each by itself; of correlated
    /// ones only the first of each set counts, as they explain the same. `None` where that is not known.
    pub fn least_together(&self, model: &Model, outcome: usize, level: f64) -> Option<f64> {
        let mut sets = Vec::new();
        let mut curves = Vec::new();
        for (at, input) in model.inputs().iter().enumerate() {
            if let Some(set) = input.correlated {
                if sets.contains(&set) {
                    continue;
                }
                sets.push(set);
            }
            let bins = CountedBins::of_bins(self.repeats(), self.bins(at, outcome));
            curves.push(bins.curve());
        }
        least_together(&curves, level)
    }

    /// An outcome by the parts of an input.
    fn bins(&self, input: usize, outcome: usize) -> Vec<CountedBin> {
        match self {
            Counted::Trials(counts) => {
                let bin = |bin| {
                    let of = counts.outcomes(input, bin);
                    let (n, successes) = (of.iter().sum(), of[outcome]);
                    CountedBin { n, successes, squares: successes }
                };
                (0..BINS).map(bin).collect()
            }
            Counted::Draws(all) => {
                let mut bins = vec![CountedBin::default(); BINS];
                for (bin, count) in all.bins.of(input).iter().zip(&all.outcomes[outcome]) {
                    let bin = &mut bins[usize::from(*bin)];
                    bin.n += 1;
                    bin.successes += count;
                    bin.squares += count * count;
                }
                bins
            }
        }
    }
}

/// The rows of both tables.
pub(super) struct SupportRows {
    pub rests_on: Vec<RestsOnRow>,
    pub importance: Vec<ImportanceRow>,
}

impl SupportRows {
    /// Counts and indices of every outcome and every input. `splits` are the outcomes' variances, where
    /// they were split by `--draws`.
    pub fn of(
        cell: &CellName,
        model: &Model,
        counted: &Counted<'_>,
        splits: &[Option<Split>],
    ) -> Self {
        let inputs = model.inputs();
        let ends: Vec<Vec<Option<(f64, f64)>>> = inputs
            .iter()
            .map(|input| (0..BINS).map(|bin| ends_of_bin(model, input, bin)).collect())
            .collect();
        let mut rows = SupportRows { rests_on: Vec::new(), importance: Vec::new() };
        for outcome in 0..=model.outcomes.len() {
            for (at, input) in inputs.iter().enumerate() {
                let bins = CountedBins::of_bins(counted.repeats(), counted.bins(at, outcome));
                let own = Named { cell, model, outcome, input };
                rows.rests_on.extend(own.rests_on(&bins, &ends[at]));
                let split = splits.get(outcome).and_then(Option::as_ref);
                rows.importance.extend(own.importance(&bins, split));
            }
        }
        rows
    }
}

/// An outcome and an input of a cell.
struct Named<'a> {
    cell: &'a CellName,
    model: &'a Model,
    outcome: usize,
    input: &'a Input,
}

impl Named<'_> {
    fn rests_on(&self, bins: &CountedBins, ends: &[Option<(f64, f64)>]) -> Vec<RestsOnRow> {
        let is_label = matches!(self.input.ty, crate::formula::Type::Label(_));
        let CellName { scenario, policy, world } = self.cell;
        let rows = bins.bins().iter().zip(ends).enumerate().map(|(bin, (counts, ends))| {
            let number = ends.filter(|_| !is_label);
            let label = ends.filter(|_| is_label).map(|(low, high)| {
                match [low, high].map(|value| self.model.label(value)) {
                    [low, high] if low == high => low.to_owned(),
                    [low, high] => format!("{low} to {high}"),
                }
            });
            RestsOnRow {
                scenario: scenario.clone(),
                policy: policy.clone(),
                world: world.clone(),
                outcome: self.model.outcome_id(self.outcome).to_owned(),
                input: self.input.name.clone(),
                bin: bin as u64,
                low: number.map(|(low, high)| low.min(high)),
                high: number.map(|(low, high)| high.max(low)),
                trials: counts.n * bins.repeats(),
                count: counts.successes,
                squares: counts.squares,
                label,
            }
        });
        rows.collect()
    }

    /// The first-order index; `None` where the outcome never or always came about, or too little was
    /// played.
    fn importance(&self, bins: &CountedBins, split: Option<&Split>) -> Option<ImportanceRow> {
        let (method, index) = first_order(bins, split)?;
        let CellName { scenario, policy, world } = self.cell;
        Some(ImportanceRow {
            scenario: scenario.clone(),
            policy: policy.clone(),
            world: world.clone(),
            of: self.model.outcome_id(self.outcome).to_owned(),
            input: self.input.name.clone(),
            group: self.input.group.clone(),
            method,
            S1: Some(index.value),
            S1_low: Some(index.interval.low),
            S1_high: Some(index.interval.high),
            ST: None,
            ST_low: None,
            ST_high: None,
        })
    }
}

/// The part of an outcome's variance that goes with an input, at 95 %: of the variance V of its
/// probability where that is known to be above zero, else of p(1 − p).
fn first_order(bins: &CountedBins, split: Option<&Split>) -> Option<(ImportanceMethod, Estimate)> {
    let curve = bins.curve();
    let counts = bins.bins().iter();
    let (n, successes) = counts.fold((0, 0), |sum, bin| (sum.0 + bin.n, sum.1 + bin.successes));
    let plays = n * bins.repeats();
    if successes == 0 || successes == plays {
        return None;
    }
    let own = curve.explained(LEVEL)?;
    // How their errors go together is not known; that they do would only narrow the interval.
    let of_swing = split.and_then(|split| share_of(own, split.not_knowing, 0.0));
    if let Some(index) = of_swing {
        return Some((ImportanceMethod::GivenData, index));
    }
    let p = successes as f64 / plays as f64;
    let all = p * (1.0 - p);
    let ends = [own.interval.low / all, own.interval.high / all].map(|end| end.clamp(0.0, 1.0));
    let interval = Interval { low: ends[0], high: ends[1] };
    Some((ImportanceMethod::GivenDataOfAll, Estimate { value: own.value / all, interval }))
}
