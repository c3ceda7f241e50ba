//! How actors choose among options and vote: every rule of
//! [`ChoiceRule`](crate::model::ChoiceRule), for one trial and for trials side by side.
//!
//! `rule` says for each rule what it answers, and is the one place that tells them apart. Each rule
//! has a file with its formulas (`quantal`). `pick` finds the option that is chosen, and `decided`
//! and `contest` tell when enough was imagined to know it.

mod contest;
mod decided;
mod pick;
mod quantal;
mod rule;

pub(super) use contest::Contest;
pub(super) use decided::{Thought, WeighedOption};
pub(super) use pick::{pick, says_yes};
