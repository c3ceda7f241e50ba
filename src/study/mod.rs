//! Plays trials and counts what happens in them.
//!
//! [`play`] runs the trials of a model on all cores, in blocks, and hands the
//! blocks on in trial order; [`Tally`] adds them up, block by block, in a
//! [`Summary`] whose size does not depend on the number of trials.

mod again_numbers;
mod by_outcome;
mod compare;
mod compared;
mod compared_tally;
mod drawn;
mod end_mean;
mod endings;
mod ends;
mod few_values;
mod flips;
mod futures;
mod goal;
mod goal_draws;
mod goal_trials;
mod levers;
mod line;
mod made;
mod part;
mod part_keeper;
mod percentiles;
mod plan;
mod play;
mod repeats;
mod rests_on;
mod rows;
mod score;
mod sensitivity;
mod settled;
mod stopped;
mod summary;
mod tally;
mod typical;
mod update;
mod warnings;
mod watch;
mod why;

pub use crate::engine::{LuckSource, LuckSplit, MomentSample};
pub use by_outcome::{EndByOutcome, EndingCount};
pub use compare::{compare, compare_besides};
pub use compared::{Besides, CellSummary, Compared, PairSummary};
pub use drawn::Drawn;
pub use end_mean::EndMean;
pub use ends::{End, EndKind, ends};
pub use few_values::FewValues;
pub use flips::{EXAMPLES, Flips};
pub use futures::futures;
pub use goal::{Goal, UnknownName};
pub use goal_draws::{DrawnValues, goal_draws};
pub use goal_trials::{GoalTrials, GoalsAsked};
pub use levers::{Lever, Pull, levers};
pub use made::MadeMove;
pub use part_keeper::{PartKeeper, PlayStage, StagePiece};
pub use percentiles::{ColumnSummary, Percentiles};
pub use plan::Plan;
pub use play::{most_begun, play, play_side_by_side};
pub use repeats::{Again, Repeated, repeat};
pub use rests_on::{BINS, ByInput, DrawBins, ends_of_bin};
pub use rows::{trial_batch, trial_columns};
pub use score::{ForecastScore, ObservedCase, OtherForecast, count_outcomes};
pub use sensitivity::{
    InputGroup, InputPoint, MorrisPlays, PERCENTILES, PointPlays, Row, SobolRows, Target,
    TargetMean, Together, play_one_at_a_time, play_rows, play_trajectories,
};
pub use settled::SettledBargain;
pub use stopped::Stopped;
pub use summary::{LEVEL, Summary};
pub use tally::{Tally, tally_trials};
pub use typical::{Bits, most_typical};
pub use update::{
    ImpossibleEntry, KnownStepTold, RevisedAssumption, Updated, WeightedSummary, update,
};
pub use warnings::warnings;
pub use watch::{Onward, Progress, Watch};
pub use why::{OutcomeSettled, SettledParts, WhatSettled, why};
