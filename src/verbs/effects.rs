//! What a choice changes, over the worlds it was tried in: the stuff of the
//! headlines of `compare` and `levers`.

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

/// The change of one outcome by one choice, in every world it was tried in.
#[derive(Clone, Debug)]
pub struct ChoiceEffect {
    /// The choice's position among those in a world.
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

    /// The firm effects, the largest first: by what they change at least.
    pub fn firmest(effects: &[ChoiceEffect]) -> Vec<&ChoiceEffect> {
        let mut firm: Vec<&ChoiceEffect> =
            effects.iter().filter(|effect| effect.is_firm()).collect();
        firm.sort_by(|a, b| b.least().total_cmp(&a.least()));
        firm
    }

    /// The least and the greatest change over the worlds.
    fn range(&self) -> (f64, f64) {
        let all = self.worlds.iter().map(|(_, change)| change.difference);
        let least = all.clone().fold(f64::INFINITY, f64::min);
        (least, all.fold(f64::NEG_INFINITY, f64::max))
    }

    /// Whether it stands out in every world, always the same way.
    fn is_firm(&self) -> bool {
        let (least, greatest) = self.range();
        self.worlds.iter().all(|(_, change)| change.stands_out) && (least > 0.0 || greatest < 0.0)
    }

    /// Whether it stands out one way in one world and the other way in another.
    pub fn turns(&self) -> bool {
        let clear = || self.worlds.iter().map(|(_, change)| change).filter(|c| c.stands_out);
        clear().any(|change| change.difference > 0.0)
            && clear().any(|change| change.difference < 0.0)
    }

    /// The change that it makes at least, whatever the world.
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

    /// Over which worlds.
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

    /// The change from least to greatest, with signs.
    pub fn least_to_greatest(&self) -> String {
        let (least, greatest) = self.range();
        points_span(least, greatest)
    }

    /// That it goes one way in one world and the other way in another, as a clause of `who`.
    pub fn turning(&self, who: &str) -> String {
        let title = quoted(&self.title);
        format!("{who} changes {title} by {} points", self.least_to_greatest())
    }
}

/// A sentence on effects whose direction depends on the world; `None` where there are none.
pub fn turning_with_the_world(clauses: &[String]) -> Option<String> {
    let listed = crate::format::listed(clauses);
    (!clauses.is_empty()).then(|| format!("Which way it goes depends on the world: {listed}."))
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
        assert_eq!(turning.least_to_greatest(), "−3.0 to +2.1");
        let unclear = effect(&[(0.021, true), (0.03, false)]);
        assert!(!unclear.is_firm() && !unclear.turns());
    }
}
