//! What a choice (a policy, or a forced or forbidden move) changes in each of the worlds. The
//! headlines of `compare` and `levers` are made from it.

use crate::format::{points_span, unsigned_points};
use crate::report::words::{quoted, size_range};

/// The change of an outcome's share in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorldChange {
    /// The difference, in −1..1.
    pub difference: f64,
    /// The lower end of its own 95 % interval.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether its interval over all comparisons at once excludes zero.
    pub stands_out: bool,
}

/// The change of one outcome by one choice, in every world that was played.
#[derive(Clone, Debug)]
pub struct ChoiceEffect {
    /// The index of the choice among those of a world.
    pub choice: usize,
    /// The outcome's id.
    pub outcome: String,
    /// Its title.
    pub title: String,
    /// The worlds, and the change in each.
    pub worlds: Vec<(String, WorldChange)>,
}

impl ChoiceEffect {
    /// Collects the changes of every choice: its position, the outcome's id and title, the world and
    /// the change there, world by world.
    pub fn all(
        changes: impl IntoIterator<Item = (usize, String, String, String, WorldChange)>,
    ) -> Vec<ChoiceEffect> {
        let mut all: Vec<ChoiceEffect> = Vec::new();
        for (choice, outcome, title, world, change) in changes {
            match all.iter_mut().find(|own| own.choice == choice && own.outcome == outcome) {
                Some(own) => own.worlds.push((world, change)),
                None => {
                    let worlds = vec![(world, change)];
                    all.push(ChoiceEffect { choice, outcome, title, worlds });
                }
            }
        }
        all
    }

    /// The firm effects, which stand out in every world in the same direction, sorted by their
    /// smallest change over the worlds, the largest first.
    pub fn firmest(effects: &[ChoiceEffect]) -> Vec<&ChoiceEffect> {
        let mut firm: Vec<&ChoiceEffect> =
            effects.iter().filter(|effect| effect.is_firm()).collect();
        firm.sort_by(|a, b| b.least().total_cmp(&a.least()));
        firm
    }

    /// The smallest and the largest change over the worlds.
    fn range(&self) -> (f64, f64) {
        let all = self.worlds.iter().map(|(_, change)| change.difference);
        let least = all.clone().fold(f64::INFINITY, f64::min);
        (least, all.fold(f64::NEG_INFINITY, f64::max))
    }

    /// Whether it stands out in every world, always in the same direction.
    fn is_firm(&self) -> bool {
        let (least, greatest) = self.range();
        self.worlds.iter().all(|(_, change)| change.stands_out) && (least > 0.0 || greatest < 0.0)
    }

    /// Whether it stands out in one direction in one world and in the opposite one in another.
    pub fn turns(&self) -> bool {
        let clear = || self.worlds.iter().map(|(_, change)| change).filter(|c| c.stands_out);
        clear().any(|change| change.difference > 0.0)
            && clear().any(|change| change.difference < 0.0)
    }

    /// The size of its smallest change over the worlds.
    fn least(&self) -> f64 {
        let (least, greatest) = self.range();
        least.abs().min(greatest.abs())
    }

    /// What it does, as the predicate of a sentence: `raises “Deal” by 2.1 to 3.0
    /// points`.
    pub fn predicate(&self) -> String {
        let (least, greatest) = self.range();
        let verb = if greatest > 0.0 { "raises" } else { "lowers" };
        let (low, high) = (self.least(), least.abs().max(greatest.abs()));
        format!("{verb} {} by {}", quoted(&self.title), size_range(low, high))
    }

    /// In which worlds it holds, as the end of a sentence: `, in both worlds`.
    pub fn over(&self) -> String {
        match self.worlds.as_slice() {
            [(_, one)] => format!(
                " (95 % interval {} to {}), in the one world that was played",
                unsigned_points(one.low.abs().min(one.high.abs())),
                unsigned_points(one.low.abs().max(one.high.abs()))
            ),
            [_, _] => ", in both worlds".to_owned(),
            all => format!(", in each of the {} worlds", all.len()),
        }
    }

    /// The changes from the smallest to the largest, with signs: `−3.0 to +2.1`.
    pub fn smallest_to_largest(&self) -> String {
        let (least, greatest) = self.range();
        points_span(least, greatest)
    }

    /// A clause with the subject `who` that says how far the change ranges over the worlds.
    pub fn turning(&self, who: &str) -> String {
        let title = quoted(&self.title);
        format!("{who} changes {title} by {} points", self.smallest_to_largest())
    }
}

/// A sentence about effects whose direction depends on the world; `None` if there are none.
pub fn turning_with_the_world(clauses: &[String]) -> Option<String> {
    let listed = crate::format::listed(clauses);
    (!clauses.is_empty()).then(|| format!("The direction depends on the world: {listed}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effect(changes: &[(f64, bool)]) -> ChoiceEffect {
        let changes = changes.iter().enumerate().map(|(world, (difference, stands_out))| {
            let (low, high) = (difference - 0.01, difference + 0.01);
            let change =
                WorldChange { difference: *difference, low, high, stands_out: *stands_out };
            (0, "deal".to_owned(), "Deal".to_owned(), world.to_string(), change)
        });
        ChoiceEffect::all(changes).remove(0)
    }

    #[test]
    fn firm_effects_go_one_way_in_every_world() {
        let firm = effect(&[(0.021, true), (0.03, true)]);
        assert!(firm.is_firm() && !firm.turns());
        assert_eq!(firm.predicate(), "raises “Deal” by 2.1 to 3.0 points");
        assert_eq!(firm.over(), ", in both worlds");
        let turning = effect(&[(0.021, true), (-0.03, true)]);
        assert!(turning.turns() && !turning.is_firm());
        assert_eq!(turning.smallest_to_largest(), "−3.0 to +2.1");
        let unclear = effect(&[(0.021, true), (0.03, false)]);
        assert!(!unclear.is_firm() && !unclear.turns());
    }
}
