//! The charts of a comparison.

mod differences;
mod first;
mod policies;
mod regret;

use super::tables::CompareTables;
use crate::report::ChartKind;
use crate::verbs::report::{ChartDrawer, FirstDrawer};

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<CompareTables> = first::first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<CompareTables>)] = &[
    (ChartKind::OutcomesByPolicy, policies::by_policy),
    (ChartKind::OutcomesByWorld, policies::by_world),
    (ChartKind::Forest, differences::forests),
    (ChartKind::Flips, differences::flips),
    (ChartKind::Regret, regret::regrets),
];
