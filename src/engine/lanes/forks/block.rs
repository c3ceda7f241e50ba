//! Forks of a block of trials.

use std::sync::Arc;

use super::halted::Halted;
use super::rows::ForkedRows;
use crate::engine::forked_trial::ForkedBlock;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::lane_forks::Forkable;
use crate::engine::luck::MomentSample;
use crate::engine::numerical_error::NumericalError;

/// For how many lanes there is room where a step is forked, unless a single trial needs more: as many as the
/// processor runs fastest.
const LANES_AT_ONCE: usize = 256;

impl Lanes<'_> {
    /// How the trials `first..first + len` end, and how they would end with other luck at their moments:
    /// see [`crate::engine::Reference::forked`].
    ///
    /// # Errors
    ///
    /// The numerical error of the lowest trial that has one, or has one in a fork.
    pub fn forked(
        &self,
        first: u64,
        len: usize,
        sample: MomentSample,
        carry_on: &dyn Fn() -> bool,
    ) -> Result<Option<ForkedBlock>, Box<NumericalError>> {
        let forkable = Arc::new(Forkable::of(self.model, sample));
        let at_once = (LANES_AT_ONCE / (forkable.moments.most_looked_at() + 1)).max(1);
        let mut block = ForkedBlock { first, ..ForkedBlock::default() };
        let mut scratch = self.take_scratch();
        let mut f = Frame::take();
        let mut halted = None;
        for from in (0..len).step_by(at_once) {
            let count = at_once.min(len - from);
            let first = first + from as u64;
            let mut rows = ForkedRows::new(self, forkable.clone(), first..first + count as u64);
            match rows.play(&mut f, &mut scratch, carry_on) {
                Ok(()) => rows.add_to(&mut block),
                Err(why) => {
                    halted = Some(why);
                    break;
                }
            }
        }
        f.luck = None;
        f.give_back();
        self.give_scratch_back(scratch);
        match halted {
            None => Ok(Some(block)),
            Some(Halted::Interrupted) => Ok(None),
            Some(Halted::Suspect) => self.reference().forked(first, len, sample, carry_on),
        }
    }
}
