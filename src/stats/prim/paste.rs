//! Pasting: enlarging a peeled box again where that makes it denser.

use super::data::{PrimColumn, PrimData};
use super::limits::{BoxLimits, Restriction};
use super::options::PrimOptions;
use super::peel::{Candidate, InputExtent, best, in_order};
use super::quantile::cut;

/// The next larger box, if one is denser. `trials` are those in which the box was looked for, in it or not.
pub(super) fn paste(
    data: &PrimData,
    trials: &[u32],
    limits: &BoxLimits,
    options: &PrimOptions,
    whole: &[InputExtent],
) -> Option<BoxLimits> {
    let old = data.count(&limits.inside(data, trials));
    let mut candidates = Vec::new();
    for column in in_order(data) {
        let restriction = &limits.0[column];
        if !restriction.is_restricted() {
            continue;
        }
        // The trials that all other restrictions allow.
        let others = limits.with(column, Restriction::Free).inside(data, trials);
        let wider = match (&data.columns[column], &whole[column]) {
            (PrimColumn::Real(values), extent) => {
                extent.reached(real(restriction, values, &others, options))
            }
            (PrimColumn::Whole(values), extent) => {
                extent.reached(whole_numbers(restriction, values, &others, options))
            }
            (PrimColumn::Categories(_), InputExtent::Categories(seen)) => labels(restriction, seen),
            (PrimColumn::Categories(_), InputExtent::Numbers { .. }) => Vec::new(),
        };
        candidates.extend(wider.into_iter().map(|restriction| {
            let allowed = |trial: &&u32| restriction.allows(&data.columns[column], **trial);
            let inside: Vec<u32> = others.iter().filter(allowed).copied().collect();
            Candidate { count: data.count(&inside), limits: limits.with(column, restriction) }
        }));
    }
    let (gain, best) = best(old, candidates)?;
    (best.count.n > old.n && gain > 0.0).then_some(best.limits)
}

impl InputExtent {
    /// Limits that have reached the end of what an input ranges over are none.
    fn reached(&self, wider: Vec<Restriction>) -> Vec<Restriction> {
        let InputExtent::Numbers { least, most } = self else { return wider };
        let reached = |own: Restriction| {
            let (low, high) = own.ends();
            Restriction::between(low.filter(|low| low > least), high.filter(|high| high < most))
        };
        wider.into_iter().map(reached).collect()
    }
}

/// The lower limit moved down, and the upper limit up, by a share of the trials beyond them.
fn real(
    restriction: &Restriction,
    values: &[f64],
    others: &[u32],
    options: &PrimOptions,
) -> Vec<Restriction> {
    let (low, high) = restriction.ends();
    let beyond = |is_beyond: &dyn Fn(f64) -> bool| {
        let mut numbers: Vec<f64> = others.iter().map(|trial| values[*trial as usize]).collect();
        numbers.retain(|value| is_beyond(*value));
        numbers.sort_by(f64::total_cmp);
        numbers
    };
    let mut wider = Vec::new();
    if let Some(limit) = low {
        let below = beyond(&|value| value <= limit);
        let moved = (!below.is_empty()).then(|| cut(&below, 1.0 - options.paste_alpha));
        wider.push(Restriction::between(moved, high));
    }
    if let Some(limit) = high {
        let above = beyond(&|value| value >= limit);
        let moved = (!above.is_empty()).then(|| cut(&above, options.paste_alpha));
        wider.push(Restriction::between(low, moved));
    }
    wider
}

/// The same for whole numbers: limits between two of them are moved inward to the next.
fn whole_numbers(
    restriction: &Restriction,
    values: &[f64],
    others: &[u32],
    options: &PrimOptions,
) -> Vec<Restriction> {
    let wider = real(restriction, values, others, options).into_iter().map(|own| {
        let (low, high) = own.ends();
        Restriction::between(low.map(f64::ceil), high.map(f64::floor))
    });
    wider.collect()
}

/// Each forbidden label allowed again.
fn labels(restriction: &Restriction, seen: &[bool]) -> Vec<Restriction> {
    let Restriction::Among(allowed) = restriction else { return Vec::new() };
    let forbidden = (0..allowed.len()).filter(|label| seen[*label] && !allowed[*label]);
    let wider = forbidden.map(|label| {
        let mut wider = allowed.clone();
        wider[label] = true;
        if wider == seen { Restriction::Free } else { Restriction::Among(wider) }
    });
    wider.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_label_that_is_seen_and_forbidden_is_allowed_again() {
        let among = |allowed: [bool; 4]| Restriction::Among(allowed.to_vec());
        // The last label does not occur.
        let seen = [true, true, true, false];
        let found = labels(&among([true, false, false, false]), &seen);
        let wanted = [among([true, true, false, false]), among([true, false, true, false])];
        assert_eq!(found, wanted);
        // With the last of those that occur, nothing is forbidden any more.
        assert_eq!(labels(&among([true, false, true, false]), &seen), [Restriction::Free]);
        assert_eq!(labels(&Restriction::Free, &seen), []);
    }

    #[test]
    fn limits_at_the_end_of_what_an_input_ranges_over_are_none() {
        let extent = InputExtent::Numbers { least: 0.0, most: 1.0 };
        let of = |low, high| Restriction::Between { low: Some(low), high: Some(high) };
        let found = extent.reached(vec![of(0.0, 1.0), of(0.0, 0.9), of(0.1, 1.0), of(0.1, 0.9)]);
        let wanted = [
            Restriction::Free,
            Restriction::Between { low: None, high: Some(0.9) },
            Restriction::Between { low: Some(0.1), high: None },
            of(0.1, 0.9),
        ];
        assert_eq!(found, wanted);
    }
}
