//! The charts of a run.

mod ends;
mod grouped;
mod moves;
mod outcomes;
mod series;

use super::tables::RunTables;
use crate::report::ChartKind;
use crate::verbs::report::ChartDrawer;

/// The charts by kind, in the order in which they are shown.
pub(super) const CHARTS: &[(ChartKind, ChartDrawer<RunTables>)] = &[
    (ChartKind::Outcomes, outcomes::outcomes),
    (ChartKind::Spread, outcomes::spread),
    (ChartKind::Buildup, series::buildup),
    (ChartKind::Fan, series::fans),
    (ChartKind::Shares, series::shares),
    (ChartKind::EndMeasure, ends::ends),
    (ChartKind::Moves, moves::moves),
];
