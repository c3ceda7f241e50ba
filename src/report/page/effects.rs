//! What a choice changes, over the worlds it was tried in: the stuff of the
//! headlines of `compare` and `levers`.

use super::plain::quoted;
use super::sections::outcome_title;
use super::words::{size, size_range};
use crate::report::phrases::{points, points_range};
use crate::report::{Comparison, Difference};

/// The change of one outcome by one choice, in every world it was tried in.
#[derive(Clone, Debug)]
pub(super) struct Effect<'a> {
    /// The choice's position among those in a world.
    pub choice: usize,
    /// The outcome under the baseline.
    pub outcome: usize,
    /// Its title.
    pub title: &'a str,
    /// The change in each world.
    pub worlds: Vec<Difference>,
}

impl Effect<'_> {
    /// The least and the greatest change over the worlds.
    pub fn range(&self) -> (f64, f64) {
        let all = self.worlds.iter().map(|d| d.paired.difference());
        let least = all.clone().fold(f64::INFINITY, f64::min);
        (least, all.fold(f64::NEG_INFINITY, f64::max))
    }

    /// Whether it stands out in every world, always the same way.
    pub fn is_firm(&self) -> bool {
        let (least, greatest) = self.range();
        self.worlds.iter().all(Difference::stands_out) && (least > 0.0 || greatest < 0.0)
    }

    /// Whether it stands out one way in one world and the other way in another.
    pub fn turns(&self) -> bool {
        let clear = || self.worlds.iter().filter(|d| d.stands_out()).map(|d| d.paired.difference());
        clear().any(|change| change > 0.0) && clear().any(|change| change < 0.0)
    }

    /// The change that it makes at least, whatever the world.
    pub fn least(&self) -> f64 {
        let (least, greatest) = self.range();
        least.abs().min(greatest.abs())
    }

    /// What it does, as the predicate of a sentence: `raises “Deal” by 2.1 to 3.0
    /// points`.
    pub fn predicate(&self) -> String {
        let (least, greatest) = self.range();
        let verb = if greatest > 0.0 { "raises" } else { "lowers" };
        let (low, high) = (self.least(), least.abs().max(greatest.abs()));
        format!("{verb} {} by {}", quoted(self.title), size_range(low, high))
    }

    /// Over which worlds.
    pub fn over(&self) -> String {
        match self.worlds.as_slice() {
            [one] => format!(
                " (95 % interval {} to {}), in the one world that was played",
                size(one.own.low.abs().min(one.own.high.abs())),
                size(one.own.low.abs().max(one.own.high.abs()))
            ),
            [_, _] => ", in both worlds".to_owned(),
            all => format!(", in each of the {} worlds", all.len()),
        }
    }

    /// The change from least to greatest, with signs.
    pub fn least_to_greatest(&self) -> String {
        let (least, greatest) = self.range();
        if points(least) == points(greatest) {
            points(least)
        } else {
            points_range(least, greatest)
        }
    }
}

/// All effects of a comparison whose pairs come world by world, with `choices`
/// of them in each.
pub(super) fn effects(of: &Comparison, choices: usize) -> Vec<Effect<'_>> {
    let mut all: Vec<Effect<'_>> = Vec::new();
    for difference in of.differences() {
        let choice = difference.pair % choices.max(1);
        let outcome = difference.outcome.0;
        match all.iter_mut().find(|own| own.choice == choice && own.outcome == outcome) {
            Some(own) => own.worlds.push(difference),
            None => {
                let model = &of.cells[of.pairs[difference.pair].a].model;
                let title = outcome_title(model, outcome);
                all.push(Effect { choice, outcome, title, worlds: vec![difference] });
            }
        }
    }
    all
}

/// The firm effects, the largest first: by what they change at least.
pub(super) fn firmest<'a, 'e>(effects: &'e [Effect<'a>]) -> Vec<&'e Effect<'a>> {
    let mut firm: Vec<&Effect<'a>> = effects.iter().filter(|effect| effect.is_firm()).collect();
    firm.sort_by(|a, b| b.least().total_cmp(&a.least()));
    firm
}
