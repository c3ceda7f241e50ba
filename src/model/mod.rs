//! Scenarios compiled: a [`Model`] is immutable and holds all that trials need.
//!
//! [`Document::read`] takes the text of a file, [`Document::check`] finds every
//! mistake in it, and [`Document::model`] compiles it under a world and a
//! policy. Names and types are settled in such an order that each comes after
//! those it needs (`order`). The truth and what each actor believes share the
//! same names.

mod bargain;
mod bargain_numbers;
mod build;
mod changes;
mod choice;
mod compile;
mod copula;
mod correlate;
mod dates;
mod document;
mod given;
mod guess;
mod imagined_steps;
mod info;
mod inputs;
mod known;
mod label_union;
mod lint;
mod menu_items;
mod moves;
mod names;
mod never;
mod order;
mod origin;
mod over_time;
mod overlaid;
mod params;
mod possible;
mod preferences;
mod program;
mod ranking;
mod recorded;
mod rules;
mod sources;
mod unused;
mod varying;
mod want_labels;

pub use crate::scenario::{
    BASE_RATE_FORECAST, BASE_WORLD, HOLD, NO_POLICY, OWN_FORECAST, UNIFORM_FORECAST, UNRESOLVED,
};
pub use changes::KeyChange;
pub use choice::ChoiceRule;
pub use copula::{Copula, cholesky, normal_correlation};
pub use dates::Dates;
pub use document::Document;
pub use given::GivenSetting;
pub use info::*;
pub use inputs::{Input, before_the_first_step};
pub use known::{KnownEntry, KnownFact, KnownHappening, KnownMove, KnownPast, KnownStep};
pub use moves::CHANCE_SLACK;
pub use program::*;
pub use rules::{Forced, Rules};
