//! Where something changes sides along one swept number, in words: where a policy overtakes the first one, or
//! where a flag passes one half.

use super::found::CrossingFound;
use crate::format::{listed, number, number_range};
use crate::stats::Sign;

/// A stretch of the swept range in which something changes sides, or may; or why there is none.
pub(super) struct SideStretch {
    /// What is found.
    pub found: CrossingFound,
    /// The best guess of the place.
    pub value: Option<f64>,
    /// The ends of the stretch, where there is one.
    pub ends: Option<(f64, f64)>,
    /// The side that is told at the lower end.
    pub at_low: Option<Sign>,
    /// The side that is told at the upper end.
    pub at_high: Option<Sign>,
}

/// The words for the sides along one curve.
pub(super) struct SideWords {
    /// What is swept.
    pub swept: String,
    /// The lowest and the highest swept value.
    pub range: (f64, f64),
    /// A clause that says what holds on the negative side.
    pub negative: String,
    /// A clause that says what holds on the positive side.
    pub positive: String,
    /// What holds on the other side, as the end of a sentence that began with the clause of this side.
    pub other: fn(Sign) -> &'static str,
    /// What happens at a crossing, before its place: `the two cross at`.
    pub crosses: &'static str,
    /// That there is no crossing, as the end of a sentence.
    pub never: &'static str,
}

impl SideWords {
    /// Where it changes sides; `None` where no side is told at any value.
    pub fn sentence(&self, stretches: &[SideStretch]) -> Option<String> {
        let [only] = stretches else {
            return (!stretches.is_empty()).then(|| self.several(stretches));
        };
        let (ends, swept) = (only.both_ends(), &self.swept);
        let (below, above) =
            (self.within((self.range.0, ends.0)), self.within((ends.1, self.range.1)));
        match (only.found, only.at_low, only.at_high) {
            (CrossingFound::Crossing, Some(side), _) => {
                let place = number(only.value.unwrap_or(ends.0));
                let range = number_range(ends.0, ends.1);
                let other = (self.other)(side);
                let more = self.clause(side);
                Some(format!(
                    "{more} where {swept} is below {place} (95 %: {range}), {other} above."
                ))
            }
            (CrossingFound::NotInRange, Some(side), _) => {
                Some(format!("{} at every value of {swept}: {}.", self.clause(side), self.never))
            }
            (CrossingFound::MayCross, Some(side), None) => Some(format!(
                "{} where {swept} is {below}; above, it is not told.",
                self.clause(side)
            )),
            (CrossingFound::MayCross, None, Some(side)) => Some(format!(
                "{} where {swept} is {above}; below, it is not told.",
                self.clause(side)
            )),
            (CrossingFound::MayCross, Some(side), Some(_)) => Some(format!(
                "{} where {swept} is {below} and {above}; between, it is not told.",
                self.clause(side)
            )),
            (CrossingFound::Crossing | CrossingFound::NotInRange, None, _)
            | (CrossingFound::MayCross, None, None)
            | (CrossingFound::NotTold, ..) => None,
        }
    }

    /// Of several stretches, where which side is told.
    pub fn sides(&self, stretches: &[SideStretch]) -> String {
        let mut told: Vec<((f64, f64), Sign)> = Vec::new();
        let mut from = self.range.0;
        for stretch in stretches {
            let (low, high) = stretch.both_ends();
            told.extend(stretch.at_low.map(|side| ((from, low), side)));
            from = high;
        }
        let last = stretches.last().and_then(|last| last.at_high);
        told.extend(last.map(|side| ((from, self.range.1), side)));
        let leader = told.first().map_or(Sign::Negative, |(_, side)| *side);
        let places = |of_leader: bool| {
            let own = told.iter().filter(|(_, side)| (*side == leader) == of_leader);
            listed(&own.map(|(range, _)| self.within(*range)).collect::<Vec<_>>())
        };
        let mut words = format!("{} where {} is {}", self.clause(leader), self.swept, places(true));
        if told.iter().any(|(_, side)| *side != leader) {
            words += &format!(", {} where it is {}", (self.other)(leader), places(false));
        }
        words
    }

    /// Several stretches: where which side is told, where it changes, and where it is not told.
    fn several(&self, stretches: &[SideStretch]) -> String {
        let mut words = self.sides(stretches);
        let is_crossing = |own: &&SideStretch| own.found == CrossingFound::Crossing;
        let crossings: Vec<String> = stretches
            .iter()
            .filter(is_crossing)
            .map(|own| {
                let (low, high) = own.both_ends();
                let at = own.value.unwrap_or(low);
                format!("{} (95 %: {})", number(at), number_range(low, high))
            })
            .collect();
        if !crossings.is_empty() {
            words += &format!("; {} {}", self.crosses, listed(&crossings));
        }
        let open: Vec<String> = stretches
            .iter()
            .filter(|own| !is_crossing(own))
            .map(|own| format!("from {}", number_range(own.both_ends().0, own.both_ends().1)))
            .collect();
        if !open.is_empty() {
            words += &format!("; {} it is not told", listed(&open));
        }
        words + "."
    }

    /// What holds on a side.
    fn clause(&self, side: Sign) -> &str {
        match side {
            Sign::Negative => &self.negative,
            Sign::Positive => &self.positive,
        }
    }

    /// A part of the swept range: `0.3 or less`.
    fn within(&self, (from, to): (f64, f64)) -> String {
        match () {
            () if from == to => number(from),
            () if from == self.range.0 => format!("{} or less", number(to)),
            () if to == self.range.1 => format!("{} or more", number(from)),
            () => format!("from {} to {}", number(from), number(to)),
        }
    }
}

impl SideStretch {
    /// Its ends; not numbers where there are none.
    fn both_ends(&self) -> (f64, f64) {
        self.ends.unwrap_or((f64::NAN, f64::NAN))
    }
}
