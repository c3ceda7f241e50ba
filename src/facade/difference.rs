//! What differs between two runs that played the same trials.

use crate::stats::{Interval, Paired};
use crate::study::LEVEL;

/// How much more often an outcome came about in one run than in another on common random numbers: see
/// [`Run::compare`](crate::Run::compare).
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Difference {
    /// The share in the other run less that in this one, within −1..=1.
    pub difference: f64,
    /// Its 95 % interval, for one comparison that was chosen beforehand (Bonett & Price 2012). For
    /// several that are looked at together, see [`Paired::interval`].
    pub interval: Interval,
    /// In how many trials the outcome came about in both runs, or in only one of them.
    pub counts: Paired,
}

impl Difference {
    pub(super) fn of(counts: Paired) -> Self {
        Difference { difference: counts.difference(), interval: counts.interval(LEVEL, 1), counts }
    }
}
