//! What a particle filter computes with: weights, which particles go on and how they are moved, and what independent
//! batches say together. Knows nothing of what a particle is.

mod batches;
mod chance;
mod weights;

pub use batches::{BatchStep, FilterBatch, FilterBatches, RevisedOdds, StepEvidence, worlds_given};
pub use chance::{FilterChance, FilterUse, systematic};
pub use weights::{ParticleWeights, crank_nicolson, is_accepted};
