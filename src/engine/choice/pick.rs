//! Which option is chosen, and whether a voter says yes.

use crate::engine::random_source::RandomSource;
use crate::model::{ChoicePlaceId, ChoiceRule, PlaceId};

/// The position of the option that is chosen in a step, among at least one. Each option has a place
/// for its Gumbel number and a value.
pub(in crate::engine) fn pick(
    rule: ChoiceRule<f64>,
    options: impl Iterator<Item = (ChoicePlaceId, f64)>,
    step: u32,
    source: &mut dyn RandomSource,
) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for (position, (place, value)) in options.enumerate() {
        let score = rule.score(value, || source.gumbel(place, step));
        if score > best.0 {
            best = (score, position);
        }
    }
    best.1
}

/// Whether a voter who says yes with probability `p` does so in a step.
pub(in crate::engine) fn says_yes(
    p: f64,
    place: PlaceId,
    step: u32,
    source: &mut dyn RandomSource,
) -> bool {
    source.uniform(place, 0, step) < p
}
