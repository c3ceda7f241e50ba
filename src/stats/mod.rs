//! Statistics of trials: intervals for shares, moments and quantiles of columns, differences between
//! policies on the same trials, regret and robustness over worlds, and the split of a variance into
//! chance and not knowing the assumptions.
//!
//! Nothing here depends on scenarios. Every accumulator can be filled in parts and merged, so that
//! trials may be counted by many threads or many machines: [`Sketch`] gives the same bits whatever
//! the order of merging, and [`Moments`] gives the same bits for the same order.

#[cfg(test)]
mod coverage;
mod interval;
mod moments;
mod paired;
mod regret;
mod robustness;
mod sketch;
mod split;

pub use interval::{Interval, clopper_pearson};
pub use moments::Moments;
pub use paired::{Paired, mean_interval};
pub use regret::Regret;
pub use robustness::{Robustness, robustness};
pub use sketch::Sketch;
pub use split::{Estimate, Mixing, Split};
