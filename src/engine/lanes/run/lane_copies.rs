//! Lanes copied, compared and cleared.

use super::frame::Frame;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::lower::layout::Single;
use crate::scenario::Order;

impl Lanes<'_> {
    /// Makes lanes the same as others of the same frame: pairs of a lane and its copy.
    pub(in crate::engine::lanes) fn copy_lanes(&self, f: &mut Frame, pairs: &[(u32, u32)]) {
        if pairs.is_empty() {
            return;
        }
        for column in &self.copied {
            let values = f.get_mut(*column);
            for (from, to) in pairs {
                values[*to as usize] = values[*from as usize];
            }
        }
        f.trials.resize(f.n, 0);
        for (from, to) in pairs {
            f.trials[*to as usize] = f.trials[*from as usize];
        }
    }

    /// Whether two lanes go on in the same way if they have the same luck: both have ended, in the same outcome, or
    /// neither has, and all is the same to the bit that a later moment can read.
    pub(in crate::engine::lanes) fn is_same_lane(&self, f: &Frame, one: u32, other: u32) -> bool {
        let (one, other) = (one as usize, other as usize);
        let ended = f.get(self.single(Single::Ended));
        let same = |column: &[f64]| column[one].to_bits() == column[other].to_bits();
        let goes_on = ended[one] < 0.0;
        same(ended) && (!goes_on || self.carried.iter().all(|column| same(f.get(*column))))
    }

    /// Whether in two lanes the actors move in the same order in this step, if that is drawn.
    pub(in crate::engine::lanes) fn is_same_order(&self, f: &Frame, one: u32, other: u32) -> bool {
        let is_drawn = self.model.order == Order::Random;
        let positions = if is_drawn { self.layout.actors } else { 0 };
        (0..positions)
            .map(|position| f.get(self.layout.order(position)))
            .all(|column| column[one as usize].to_bits() == column[other as usize].to_bits())
    }

    /// Takes a lane out of the play: nothing more happens in it.
    pub(in crate::engine::lanes) fn clear_lane(&self, f: &mut Frame, lane: u32) {
        for single in [
            Single::Active,
            Single::Turn,
            Single::Need,
            Single::Bound,
            Single::Choice,
            Single::Acting,
            Single::Refused,
            Single::Within,
            Single::Suspect,
        ] {
            f.get_mut(self.single(single))[lane as usize] = 0.0;
        }
    }
}
