//! Which option is chosen, and whether a voter says yes.

use crate::engine::lanes::kernels::{TILE, put};
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

/// One round of a choice over columns: where an option is open and its score is above the best so
/// far, it is the best. `chosen` are the best scores and the options that have them; `given` are
/// the option's values, its Gumbel numbers (anything, for a rule that takes none), and where it is
/// open.
#[inline(always)]
pub(in crate::engine) fn pick_round(
    rule: ChoiceRule<&[f64]>,
    chosen: [&mut [f64]; 2],
    given: [&[f64]; 3],
    option: f64,
) {
    rule.round(chosen, given, option);
}

/// A round by a rule with one number, whose score depends on that, the value and the Gumbel number.
#[inline(always)]
pub(super) fn round_by_score(
    [best, choice]: [&mut [f64]; 2],
    number: &[f64],
    [value, gumbel, open]: [&[f64]; 3],
    option: f64,
    score: impl Fn(f64, f64, f64) -> f64,
) {
    let mut scores = [0.0; TILE];
    let mut better = [0.0; TILE];
    let tiles = best.chunks_mut(TILE).zip(choice.chunks_mut(TILE));
    let (number, value) = (number.chunks(TILE), value.chunks(TILE));
    let given = number.zip(value).zip(gumbel.chunks(TILE).zip(open.chunks(TILE)));
    for ((best, choice), ((number, value), (gumbel, open))) in tiles.zip(given) {
        let n = best.len();
        let (choice, number, value) = (&mut choice[..n], &number[..n], &value[..n]);
        let (gumbel, open) = (&gumbel[..n], &open[..n]);
        let (scores, better) = (&mut scores[..n], &mut better[..n]);
        for i in 0..n {
            scores[i] = score(number[i], value[i], gumbel[i]);
            better[i] = f64::from(u8::from((open[i] != 0.0) & (scores[i] > best[i])));
        }
        for i in 0..n {
            best[i] = put(better[i], scores[i], best[i]);
            choice[i] = put(better[i], option, choice[i]);
        }
    }
}
