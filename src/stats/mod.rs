//! Statistics of trials: intervals for shares, moments and quantiles of columns, differences between
//! policies on the same trials, regret and robustness over worlds, when enough was played, where a
//! difference changes sign, forecasts scored against what happened, the split of a variance into chance and not knowing the assumptions, and
//! which assumptions the latter rests on.
//!
//! Nothing here depends on scenarios. Every accumulator can be filled in parts and merged, so that
//! trials may be counted by many threads or many machines: [`Sketch`] gives the same bits whatever
//! the order of merging, and [`Moments`] gives the same bits for the same order.

#[cfg(test)]
mod coverage;
mod crossings;
mod filter;
mod folding;
mod given_data;
mod interval;
#[cfg(test)]
mod moment_units;
mod moments;
mod morris;
#[cfg(test)]
mod oracle;
mod paired;
mod paired_interval;
mod paired_mean;
pub mod prim;
mod regret;
mod robustness;
mod scores;
mod settled_part;
mod shrinkage;
mod sketch;
mod sobol;
mod split;
mod standing;
mod stopping;
mod two_shares;
mod worlds_apart;

pub use crossings::{Crossing, Crossings, Sign, Swept, crossings};
pub use filter::{
    BatchStep, FilterBatch, FilterBatches, FilterChance, FilterUse, ParticleWeights, RevisedOdds,
    StepEvidence, crank_nicolson, is_accepted, systematic, worlds_given,
};
pub use folding::{Folding, GROUP, GroupSums};
pub use given_data::{
    CountedBin, CountedBins, Curve, MeasuredBins, Plateau, Steps, Told, bin_of, least_together,
};
pub use interval::{Interval, clopper_pearson, wilson};
pub use moments::Moments;
pub use morris::{ElementaryEffects, LevelPlaces, MorrisDesign, Trajectory};
pub use paired::Paired;
pub use paired_mean::PairedMean;
pub use regret::{CrossFitted, Regret};
pub use robustness::{Robustness, robustness};
pub use scores::{
    BandPoint, Calibration, PooledForecasts, ProperScores, ReliabilityPoint, ScoreEstimate,
    ScoredForecast, Skill, TrialScores, consistency_bands,
};
pub use settled_part::{EndedTrials, SettledPart, SettledSums};
pub use shrinkage::shrunk;
pub use sketch::Sketch;
pub use sobol::{
    FirstOrderMethod, GroupIndices, GroupPlays, Resampling, SobolIndices, SobolPlays, share_of,
};
pub use split::{Estimate, Mixing, Split};
pub use standing::Standing;
pub use stopping::Looks;
pub use two_shares::TwoShares;
pub use worlds_apart::WorldsApart;
