//! The charts of a run.

mod bargains;
mod curves;
mod endings;
mod ends;
mod first;
mod grouped;
mod moves;
mod outcomes;
mod series;

use super::tables::RunTables;
use crate::report::ChartKind;
use crate::verbs::report::{ChartDrawer, FirstDrawer};

/// The chart of the first screen.
pub(super) const FIRST: FirstDrawer<RunTables> = first::first;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<RunTables>)] = &[
    (ChartKind::Outcomes, outcomes::outcomes),
    (ChartKind::Curves, curves::curves),
    (ChartKind::Swing, outcomes::swing),
    (ChartKind::Buildup, endings::buildup),
    (ChartKind::Bargain, bargains::bargains),
    (ChartKind::Fan, series::fans),
    (ChartKind::Shares, series::shares),
    (ChartKind::EndMeasure, ends::ends),
    (ChartKind::Moves, moves::moves),
];
