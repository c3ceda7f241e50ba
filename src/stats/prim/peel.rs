//! Peeling: from the whole space to a small box, a thin slice at a time.

use std::cmp::Ordering;

use super::data::{BoxCount, PrimColumn, PrimData};
use super::limits::{BoxLimits, Restriction};
use super::options::PrimOptions;
use super::quantile::cut;

/// The trials in a box, and for each input of numbers the same trials in the order of its values.
pub(super) struct Peeling<'d> {
    data: &'d PrimData,
    /// The number of trials that masses are shares of.
    all: f64,
    inside: Vec<u32>,
    sorted: Vec<Vec<u32>>,
    limits: BoxLimits,
}

/// A smaller or larger box that could come next.
pub(super) struct Candidate {
    pub limits: BoxLimits,
    pub count: BoxCount,
}

/// The candidate with the largest gain over `old`; of equal ones that which restricts fewer inputs, and
/// then the first. With it, its gain.
pub(super) fn best(old: BoxCount, candidates: Vec<Candidate>) -> Option<(f64, Candidate)> {
    let ranked = candidates.into_iter().map(|own| (old.gain(own.count), own));
    ranked.reduce(|first, next| {
        let order = next.0.total_cmp(&first.0);
        let order =
            order.then_with(|| first.1.limits.restricted().cmp(&next.1.limits.restricted()));
        if order == Ordering::Greater { next } else { first }
    })
}

/// The positions of the columns: first real numbers, then whole ones, then labels and flags, each in
/// their order. Of equally good boxes, the first one found is taken.
pub(super) fn in_order(data: &PrimData) -> Vec<usize> {
    let kind = |at: &usize| match &data.columns[*at] {
        PrimColumn::Real(_) => 0,
        PrimColumn::Whole(_) => 1,
        PrimColumn::Categories(_) => 2,
    };
    let mut order: Vec<usize> = (0..data.columns.len()).collect();
    order.sort_by_key(kind);
    order
}

impl<'d> Peeling<'d> {
    /// Begins with a box that holds all of `trials`; masses are shares of `all` trials.
    pub fn new(data: &'d PrimData, trials: &[u32], all: usize) -> Self {
        let sorted = data.columns.iter().map(|column| match column {
            PrimColumn::Real(values) | PrimColumn::Whole(values) => {
                let mut order = trials.to_vec();
                let value = |trial: &u32| values[*trial as usize];
                order.sort_by(|a, b| value(a).total_cmp(&value(b)));
                order
            }
            PrimColumn::Categories(_) => Vec::new(),
        });
        Peeling {
            data,
            all: all as f64,
            inside: trials.to_vec(),
            sorted: sorted.collect(),
            limits: BoxLimits(vec![Restriction::Free; data.columns.len()]),
        }
    }

    /// The next smaller box, if one is denser and holds at least the least mass.
    pub fn next(&mut self, options: &PrimOptions, whole: &[InputExtent]) -> Option<BoxLimits> {
        let old = self.data.count(&self.inside);
        let mut candidates = Vec::new();
        for column in in_order(self.data) {
            match &self.data.columns[column] {
                PrimColumn::Real(values) => {
                    self.peel_real(column, values, old, options, &mut candidates);
                }
                PrimColumn::Whole(values) => {
                    self.peel_whole(column, values, (old, whole), options, &mut candidates);
                }
                PrimColumn::Categories(numbers) => {
                    self.peel_category(column, numbers, (old, whole), &mut candidates);
                }
            }
        }
        let (gain, best) = best(old, candidates)?;
        let mass = best.count.n as f64 / self.all;
        if mass < options.mass_min || best.count.n >= old.n || gain <= 0.0 {
            return None;
        }
        self.limits = best.limits;
        self.inside = self.limits.inside(self.data, &self.inside);
        for sorted in self.sorted.iter_mut().filter(|sorted| !sorted.is_empty()) {
            *sorted = self.limits.inside(self.data, sorted);
        }
        Some(self.limits.clone())
    }

    /// What is left of `old` without some trials.
    fn without(&self, old: BoxCount, removed: &[u32]) -> BoxCount {
        let removed = self.data.count(removed);
        BoxCount { n: old.n - removed.n, count: old.count - removed.count }
    }

    /// The two boxes that cut off the highest and the lowest numbers.
    fn peel_real(
        &self,
        column: usize,
        values: &[f64],
        old: BoxCount,
        options: &PrimOptions,
        candidates: &mut Vec<Candidate>,
    ) {
        let sorted = &self.sorted[column];
        let (low, high) = self.limits.0[column].ends();
        let value = |trial: &u32| values[*trial as usize];
        let numbers: Vec<f64> = sorted.iter().map(value).collect();
        let Some(least) = numbers.first() else { return };
        let upper = cut(&numbers, 1.0 - options.peel_alpha);
        let kept = numbers.partition_point(|own| *own <= upper);
        candidates.push(Candidate {
            limits: self.limits.with(column, Restriction::between(low, Some(upper))),
            count: self.without(old, &sorted[kept..]),
        });
        let lower = cut(&numbers, options.peel_alpha);
        debug_assert!(*least <= lower, "a cut lies within the numbers");
        let removed = numbers.partition_point(|own| *own < lower);
        candidates.push(Candidate {
            limits: self.limits.with(column, Restriction::between(Some(lower), high)),
            count: self.without(old, &sorted[..removed]),
        });
    }

    /// The two boxes that cut off the highest and the lowest whole numbers: at least one value each.
    fn peel_whole(
        &self,
        column: usize,
        values: &[f64],
        (old, whole): (BoxCount, &[InputExtent]),
        options: &PrimOptions,
        candidates: &mut Vec<Candidate>,
    ) {
        let sorted = &self.sorted[column];
        let (low, high) = self.limits.0[column].ends();
        let InputExtent::Numbers { least, most } = whole[column] else { return };
        let numbers: Vec<f64> = sorted.iter().map(|trial| values[*trial as usize]).collect();
        if numbers.is_empty() {
            return;
        }
        let upper = cut(&numbers, 1.0 - options.peel_alpha).trunc();
        let kept = if upper == high.unwrap_or(most) {
            numbers.partition_point(|own| *own < upper)
        } else {
            numbers.partition_point(|own| *own <= upper)
        };
        if kept > 0 {
            candidates.push(Candidate {
                limits: self
                    .limits
                    .with(column, Restriction::between(low, Some(numbers[kept - 1]))),
                count: self.without(old, &sorted[kept..]),
            });
        }
        let lower = cut(&numbers, options.peel_alpha).trunc();
        let removed = if lower == low.unwrap_or(least) {
            numbers.partition_point(|own| *own <= lower)
        } else {
            numbers.partition_point(|own| *own < lower)
        };
        if removed < numbers.len() {
            candidates.push(Candidate {
                limits: self
                    .limits
                    .with(column, Restriction::between(Some(numbers[removed]), high)),
                count: self.without(old, &sorted[..removed]),
            });
        }
    }

    /// The boxes that forbid one label each.
    fn peel_category(
        &self,
        column: usize,
        numbers: &[u32],
        (old, whole): (BoxCount, &[InputExtent]),
        candidates: &mut Vec<Candidate>,
    ) {
        let InputExtent::Categories(seen) = &whole[column] else { return };
        let allowed = match &self.limits.0[column] {
            Restriction::Among(allowed) => allowed,
            Restriction::Free | Restriction::Between { .. } => seen,
        };
        if allowed.iter().filter(|allowed| **allowed).count() < 2 {
            return;
        }
        let mut counts = vec![BoxCount::default(); allowed.len()];
        for trial in &self.inside {
            let own = &mut counts[numbers[*trial as usize] as usize];
            own.n += 1;
            own.count += u64::from(self.data.outcome[*trial as usize]);
        }
        for (label, removed) in counts.iter().enumerate().filter(|(label, _)| allowed[*label]) {
            let mut rest = allowed.clone();
            rest[label] = false;
            candidates.push(Candidate {
                limits: self.limits.with(column, Restriction::Among(rest)),
                count: BoxCount { n: old.n - removed.n, count: old.count - removed.count },
            });
        }
    }
}

/// What an input ranges over in the trials in which boxes are looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum InputExtent {
    /// Numbers between these.
    Numbers { least: f64, most: f64 },
    /// The labels that occur: whether each does, by its number.
    Categories(Vec<bool>),
}

impl InputExtent {
    /// What each input ranges over.
    pub fn of(data: &PrimData, trials: &[u32]) -> Vec<InputExtent> {
        let of = |column: &PrimColumn| match column {
            PrimColumn::Real(values) | PrimColumn::Whole(values) => {
                let own = || trials.iter().map(|trial| values[*trial as usize]);
                InputExtent::Numbers {
                    least: own().fold(f64::INFINITY, f64::min),
                    most: own().fold(f64::NEG_INFINITY, f64::max),
                }
            }
            PrimColumn::Categories(numbers) => {
                let most = numbers.iter().max().map_or(0, |most| *most as usize + 1);
                let mut seen = vec![false; most];
                for trial in trials {
                    seen[numbers[*trial as usize] as usize] = true;
                }
                InputExtent::Categories(seen)
            }
        };
        data.columns.iter().map(of).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What can be peeled off a single column at first: the limits, and how many trials they leave.
    fn peeled(column: PrimColumn, outcome: &[bool]) -> Vec<(Restriction, u64)> {
        let data = PrimData::new(vec![column], outcome.to_vec());
        let trials: Vec<u32> = (0..outcome.len() as u32).collect();
        let whole = InputExtent::of(&data, &trials);
        let peeling = Peeling::new(&data, &trials, trials.len());
        let (old, options) = (data.count(&trials), PrimOptions::default());
        let mut candidates = Vec::new();
        match &data.columns[0] {
            PrimColumn::Real(values) => {
                peeling.peel_real(0, values, old, &options, &mut candidates)
            }
            PrimColumn::Whole(values) => {
                peeling.peel_whole(0, values, (old, &whole), &options, &mut candidates);
            }
            PrimColumn::Categories(_) => panic!("labels have no limits"),
        }
        let found = candidates.into_iter().map(|own| {
            let inside = own.limits.inside(&data, &trials);
            assert_eq!(own.count, data.count(&inside), "what is counted lies within the limits");
            (own.limits.0[0].clone(), own.count.n)
        });
        found.collect()
    }

    fn up_to(high: f64) -> Restriction {
        Restriction::Between { low: None, high: Some(high) }
    }

    fn from(low: f64) -> Restriction {
        Restriction::Between { low: Some(low), high: None }
    }

    #[test]
    fn where_a_cut_is_a_number_itself_the_number_stays_inside() {
        // Between a number and the next one there is none: the cut is the lower of the two.
        let next = f64::from_bits(1.0_f64.to_bits() + 1);
        let values = [vec![1.0; 10], vec![next; 10]].concat();
        let found = peeled(PrimColumn::Real(values), &[true; 20]);
        assert_eq!(found, [(up_to(1.0), 10), (from(1.0), 20)]);
    }

    #[test]
    fn of_whole_numbers_one_at_least_is_peeled_on_either_side_of_zero() {
        // The cut between -1 and 0 is at -1/2, of which zero is the whole part.
        let values = [vec![-1.0; 12], vec![0.0; 8]].concat();
        let found = peeled(PrimColumn::Whole(values), &[true; 20]);
        assert_eq!(found, [(up_to(-1.0), 12), (from(0.0), 8)]);
    }

    #[test]
    fn of_whole_numbers_those_below_the_cut_are_peeled() {
        // The twentieth part of 40 lies among the ones: the cut is between these and the twos.
        let values = [vec![0.0; 1], vec![1.0; 19], vec![2.0; 20]].concat();
        let found = peeled(PrimColumn::Whole(values), &[true; 40]);
        assert_eq!(found, [(up_to(1.0), 20), (from(1.0), 39)]);
    }

    #[test]
    fn a_box_may_hold_just_the_least_mass_and_no_less() {
        let values = [vec![0.0; 10], vec![1.0; 10]].concat();
        let outcome: Vec<bool> = values.iter().map(|value| *value == 1.0).collect();
        let data = PrimData::new(vec![PrimColumn::Whole(values)], outcome);
        let trials: Vec<u32> = (0..20).collect();
        let whole = InputExtent::of(&data, &trials);
        let next = |mass_min: f64| {
            let options = PrimOptions { mass_min, ..PrimOptions::default() };
            Peeling::new(&data, &trials, 20).next(&options, &whole)
        };
        // Half of the trials have a one, and the outcome.
        assert_eq!(next(0.5), Some(BoxLimits(vec![from(1.0)])));
        assert_eq!(next(0.51), None);
    }
}
