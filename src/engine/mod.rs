//! Trials: a [`crate::model::Model`] and a range of trials into columns of
//! results.
//!
//! [`Lanes`] plays trials side by side and is what runs use; [`Reference`] plays
//! one at a time and is written to be read. Both give the same bits. A step is in `step`, how
//! actors decide in `choice`, what an actor expects of an option in `weigh`, looking ahead in
//! `imagine`, random numbers in `address`, `random_source` and `stratified`.

mod address;
mod bargain;
mod choice;
mod coupling;
mod course;
mod doubled;
mod fork_listeners;
mod forked;
mod forked_trial;
mod forks;
mod held;
mod imagine;
mod kind;
mod known;
mod known_player;
mod known_plays;
mod known_trials;
mod lanes;
mod listener;
mod lookahead;
mod luck;
mod luck_moments;
mod numerical_error;
mod occurrence;
mod option_values;
mod other_imaginations;
mod perspective;
mod random_source;
mod ranked_weights;
mod real_player;
mod reference;
mod reused_numbers;
mod sampling;
mod sequence;
mod situation;
mod slots;
mod step;
mod step_part;
mod stratified;
mod teller;
mod thinker;
mod trial_block;
mod trial_numbers;
mod weigh;
mod workspace;

pub use address::MAX_TRIALS;
#[doc(hidden)]
pub use coupling::Coupling;
pub use course::{
    HeldSince, MomentKind, PlayedMoment, PlayedMove, PlayedOption, StateChange, TrialCourse,
};
pub use forked_trial::{ForkedBlock, ForkedMoment};
pub use forks::ForkPoint;
pub use kind::{Engine, EngineKind};
pub use known::{
    Contradiction, ContradictionCount, Contradictions, Forecaster, KnownLikelihood, MoveFrequencies,
};
pub use known_plays::{KnownHalt, KnownPlays, KnownWith};
pub use lanes::{Lanes, Path};
pub use luck::{LuckSource, LuckSplit, MomentSample};
pub use luck_moments::{luck_sources, most_moments};
pub use numerical_error::NumericalError;
pub use occurrence::{CastVote, ChanceDraw};
#[doc(hidden)]
pub use other_imaginations::OtherImaginations;
pub use reference::Reference;
pub use reused_numbers::ReusedNumbers;
pub use sampling::{GivenNumbers, MOST_DIMENSIONS, Sampling, input_numbers};
pub use teller::TrialTeller;
pub use trial_block::{
    CountedOption, MoveCounts, Recording, TRIALS_AT_ONCE, TRIALS_PER_BLOCK, TrialBlock,
    counted_options,
};
