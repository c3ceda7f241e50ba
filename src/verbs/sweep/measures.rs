//! The means of variables and measures at the end in the cells of a sweep, how they differ between policies,
//! and where flags pass one half.

use super::answer::{Answered, CellPlace};
use super::found::CrossingFound;
use super::measure_tables::{SweepHalfRow, SweepMeasureDifferenceRow, SweepMeasureRow};
use crate::stats::{Crossings, Sign, Swept, crossings};
use crate::study::{CellSummary, End, EndKind, LEVEL, PairSummary, ends};
use crate::verbs::differences::reach;

/// The share that a flag passes.
const HALF: f64 = 0.5;

impl Answered<'_> {
    /// A row for each cell, variable and measure: world by world, policy by policy, value by value.
    pub fn measures(&self, cells: &[CellSummary]) -> Vec<SweepMeasureRow> {
        let mut rows = Vec::new();
        let places = self.curves_played().flat_map(|(world, policy)| self.curve(world, policy));
        for CellPlace { policy, world, point, cell, model } in places {
            let (value_1, value_2) = self.values(point);
            let CellSummary { trials, ends: moments, means, .. } = &cells[cell];
            for ((end, moments), mean) in ends(model).into_iter().zip(moments).zip(means) {
                // Of a flag, the mean is exactly the share that its interval is of.
                let value = match mean.count() {
                    Some(count) => (*trials > 0).then(|| count as f64 / *trials as f64),
                    None => moments.mean(),
                };
                let (own, all) =
                    (mean.interval(model, 1), mean.interval(model, self.points.len() as u64));
                rows.push(SweepMeasureRow {
                    scenario: self.scenario(),
                    policy: policy.to_owned(),
                    world: world.to_owned(),
                    path_1: self.axes[0].path.clone(),
                    value_1: value_1.clone(),
                    path_2: self.second_path(),
                    value_2: value_2.clone(),
                    measure: end.name,
                    unit: end.unit,
                    trials: *trials,
                    mean: value.unwrap_or(0.0),
                    low: own.map(|known| known.low),
                    high: own.map(|known| known.high),
                    low_all: all.map(|known| known.low),
                    high_all: all.map(|known| known.high),
                });
            }
        }
        rows
    }

    /// A row for each variable and measure at each value, of each policy against the first one.
    pub fn measure_differences(
        &self,
        compared: &[Vec<PairSummary>],
    ) -> Vec<SweepMeasureDifferenceRow> {
        let many = self.points.len() as u64;
        let mut rows = Vec::new();
        for (world, policy) in self.curves_played().filter(|(_, policy)| *policy > 0) {
            let firsts = self.curve(world, 0);
            for (at, (first, place)) in firsts.zip(self.curve(world, policy)).enumerate() {
                let (value_1, value_2) = self.values(place.point);
                let pair = &compared[world * self.points.len() + at][policy - 1];
                let (own, other) = (ends(first.model), ends(place.model));
                let is_told = |(a, ..): &&(usize, usize, _)| own[*a].kind != EndKind::Utility;
                for (a, b, differences) in pair.ends.iter().filter(is_told) {
                    let reach = reach((&own[*a], first.model), (&other[*b], place.model));
                    let known = differences.interval(reach, LEVEL, 1);
                    let all = differences.interval(reach, LEVEL, many);
                    rows.push(SweepMeasureDifferenceRow {
                        scenario: self.scenario(),
                        world: place.world.to_owned(),
                        path_1: self.axes[0].path.clone(),
                        value_1: value_1.clone(),
                        path_2: self.second_path(),
                        value_2: value_2.clone(),
                        measure: own[*a].name.clone(),
                        unit: own[*a].unit.clone(),
                        policy_a: first.policy.to_owned(),
                        policy_b: place.policy.to_owned(),
                        difference: differences.moments().mean().unwrap_or(0.0),
                        n_differ: differences.differing(),
                        low: known.map(|known| known.low),
                        high: known.map(|known| known.high),
                        low_all: all.map(|known| known.low),
                        high_all: all.map(|known| known.high),
                    });
                }
            }
        }
        rows
    }

    /// Where each flag passes one half as one number is swept, under each policy in each world.
    pub fn halves(&self, cells: &[CellSummary]) -> Vec<SweepHalfRow> {
        let mut rows = Vec::new();
        for (world, policy) in self.curves_played() {
            let places: Vec<CellPlace<'_>> = self.curve(world, policy).collect();
            let names: Vec<Vec<End>> = places.iter().map(|place| ends(place.model)).collect();
            for end in &names[0] {
                let count = |(place, names): (&CellPlace<'_>, &Vec<End>)| {
                    let own = &cells[place.cell];
                    let mut all = names.iter().zip(&own.means);
                    let (_, mean) = all.find(|(other, _)| other.is_same_as(end))?;
                    Some((mean.count()?, own.trials))
                };
                // A value that is swept may turn a flag into a number, or rename a label.
                let counts: Option<Vec<(u64, u64)>> =
                    places.iter().zip(&names).map(count).collect();
                if let Some(counts) = counts {
                    rows.extend(self.passes(&places[0], &end.name, &counts));
                }
            }
        }
        rows
    }

    /// Where a flag passes one half, from the number of trials in which it is true, and of all trials, at
    /// each value.
    fn passes(
        &self,
        place: &CellPlace<'_>,
        name: &str,
        counts: &[(u64, u64)],
    ) -> Vec<SweepHalfRow> {
        let many = counts.len() as u64;
        let both = self.numbers().into_iter().zip(counts);
        let swept: Vec<Swept> = both
            .map(|(value, (count, trials))| Swept::above(HALF, value, *count, *trials, LEVEL, many))
            .collect();
        let row = |found, stretch: Option<(Option<f64>, f64, f64)>, sides: [Option<Sign>; 2]| {
            let [side_at_low, side_at_high] = sides.map(|side| side.map(Into::into));
            SweepHalfRow {
                scenario: self.scenario(),
                policy: place.policy.to_owned(),
                world: place.world.to_owned(),
                measure: name.to_owned(),
                path: self.axes[0].path.clone(),
                value: stretch.and_then(|(value, ..)| value),
                low: stretch.map(|(_, low, _)| low),
                high: stretch.map(|(.., high)| high),
                found,
                side_at_low,
                side_at_high,
            }
        };
        match crossings(&swept) {
            Crossings::Within(stretches) => {
                let stretches = stretches.iter().map(|own| {
                    let found = CrossingFound::of(own);
                    row(found, Some((own.value, own.low, own.high)), [own.before, own.after])
                });
                stretches.collect()
            }
            Crossings::NotInRange(side) => {
                vec![row(CrossingFound::NotInRange, None, [Some(side); 2])]
            }
            Crossings::NotTold => vec![row(CrossingFound::NotTold, None, [None; 2])],
        }
    }
}
