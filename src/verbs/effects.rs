//! What a choice (a policy, or a forced or forbidden move) changes in each of the worlds. The
//! headlines of `compare` and `levers` are made from it.

use crate::format::{points_range, unsigned_points_range};
use crate::report::words::quoted;

/// The change of an outcome's share in one world.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WorldChange {
    /// The difference, in −1..1.
    pub difference: f64,
    /// The lower end of its 95 % interval over all comparisons at once.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// Whether that interval excludes zero.
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

    /// The clear effects, which stand out somewhere and nowhere the other way: first those that do so in
    /// every world, then by their smallest change where they do, the largest first.
    pub fn clearest(effects: &[ChoiceEffect]) -> Vec<&ChoiceEffect> {
        let mut clear: Vec<&ChoiceEffect> =
            effects.iter().filter(|effect| effect.is_clear()).collect();
        clear.sort_by(|a, b| b.is_firm().cmp(&a.is_firm()).then(b.least().total_cmp(&a.least())));
        clear
    }

    /// The changes that stand out.
    fn standing(&self) -> impl Iterator<Item = &(String, WorldChange)> + Clone {
        self.worlds.iter().filter(|(_, change)| change.stands_out)
    }

    fn is_clear(&self) -> bool {
        self.standing().next().is_some() && !self.turns()
    }

    /// Whether it stands out in every world, always in the same direction.
    pub fn is_firm(&self) -> bool {
        self.is_clear() && self.standing().count() == self.worlds.len()
    }

    /// Whether it stands out in one direction in one world and in the opposite one in another.
    pub fn turns(&self) -> bool {
        self.standing().any(|(_, change)| change.difference > 0.0)
            && self.standing().any(|(_, change)| change.difference < 0.0)
    }

    /// The size of its smallest change in the worlds in which it stands out.
    fn least(&self) -> f64 {
        self.standing().map(|(_, change)| change.difference.abs()).fold(f64::INFINITY, f64::min)
    }

    /// From the lowest to the highest end of the intervals of these changes.
    fn between<'c>(changes: impl Iterator<Item = &'c (String, WorldChange)> + Clone) -> (f64, f64) {
        let low = changes.clone().map(|(_, change)| change.low).fold(f64::INFINITY, f64::min);
        (low, changes.map(|(_, change)| change.high).fold(f64::NEG_INFINITY, f64::max))
    }

    /// What it does where it stands out, as the predicate of a sentence: `raises “Deal” by 2.1 to 3.0
    /// points (95 %)`, from the lowest to the highest end of the intervals over all comparisons at once.
    pub fn predicate(&self) -> String {
        let (low, high) = Self::between(self.standing());
        let verb = if low > 0.0 { "raises" } else { "lowers" };
        let (least, most) = (low.abs().min(high.abs()), low.abs().max(high.abs()));
        let range = unsigned_points_range(least, most);
        format!("{verb} {} by {range} points (95 %)", quoted(&self.title))
    }

    /// In which worlds it stands out, as the end of a sentence: ` in both worlds`; nothing where one
    /// world was played. `named` gives the title of a world.
    pub fn over(&self, named: impl Fn(&str) -> String) -> String {
        let mut clear = self.standing();
        match (clear.clone().count(), self.worlds.len()) {
            (_, 1) => String::new(),
            (1, _) => {
                let world = clear.next().map_or_else(String::new, |(world, _)| named(world));
                format!(" in {}", quoted(&world))
            }
            (2, 2) => " in both worlds".to_owned(),
            (some, all) if some == all => format!(" in each of the {all} worlds"),
            (some, all) => format!(" in {some} of the {all} worlds"),
        }
    }

    /// A clause with the subject `who` that says how far the change ranges over the worlds: from the
    /// lowest to the highest end of the intervals over all comparisons at once.
    pub fn turning(&self, who: &str) -> String {
        let (low, high) = Self::between(self.worlds.iter());
        let title = quoted(&self.title);
        format!("{who} changes {title} by {} points (95 %)", points_range(low, high))
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
    fn effects_are_told_by_their_intervals_where_they_stand_out() {
        let over = |effect: &ChoiceEffect| effect.over(|world| format!("World {world}"));
        let firm = effect(&[(0.021, true), (0.03, true)]);
        assert!(firm.is_firm() && !firm.turns());
        assert_eq!(firm.predicate(), "raises “Deal” by 1.1 to 4.0 points (95 %)");
        assert_eq!(over(&firm), " in both worlds");
        let turning = effect(&[(0.021, true), (-0.03, true)]);
        assert!(turning.turns() && !turning.is_clear());
        assert_eq!(turning.turning("It"), "It changes “Deal” by −4.0 to +3.1 points (95 %)");
        let partly = effect(&[(0.01, false), (-0.03, true), (0.0, false)]);
        assert!(!partly.is_firm() && !partly.turns());
        assert_eq!(
            partly.predicate() + &over(&partly),
            "lowers “Deal” by 2.0 to 4.0 points (95 %) in “World 1”"
        );
        let twice = effect(&[(-0.04, true), (-0.03, true), (0.0, false)]);
        assert_eq!(over(&twice), " in 2 of the 3 worlds");
        assert!(ChoiceEffect::clearest(&[effect(&[(0.5, false)])]).is_empty());
        let [all, large] = [effect(&[(0.02, true)]), effect(&[(0.5, true), (0.0, false)])];
        let both = [large, all];
        assert_eq!(ChoiceEffect::clearest(&both)[0].worlds.len(), 1, "every world comes first");
    }
}
