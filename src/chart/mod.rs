//! Charts as SVG text, and as PNG made from that text.
//!
//! Plain data goes in, a whole document comes out: [`OutcomeChart`] draws how often each outcome
//! came about, with its interval; [`FanChart`] draws the spread of one measure over the steps;
//! [`ShareChart`] draws the share of each label over the steps. Policies are compared by
//! [`PolicyChart`] (the outcomes under each), [`ForestChart`] (differences against a baseline),
//! [`FlipChart`] (which outcomes become which), [`RegretChart`] (regret by world) and [`LeverChart`]
//! (single moves, ranked). [`BuildupChart`] draws how outcomes build up, [`EndChart`] a number at the
//! end by outcome, [`MoveChart`] who moves when. [`ProbabilityChart`] draws how much each probability depends on the
//! assumptions. The same data always gives the same bytes. Text stays text
//! (`font-family="Inter, sans-serif"`), so it can be selected and searched.
//!
//! Inter covers Latin, Greek and Cyrillic. Other scripts, Hangul among them, are kept in the SVG
//! and are drawn by the reader's own sans-serif font. A PNG is drawn from bundled fonts alone, so
//! that it is the same everywhere: Inter, and for Hangul Noto Sans. There, a letter that both lack
//! shows as an empty box.
//!
//! The drawing library is an implementation detail: none of its types appears in the public API.

mod buildup;
mod cells;
mod chart_trait;
mod colour;
mod data;
mod data_table;
mod drawing;
mod ends;
mod error;
mod events;
mod fan;
mod flips;
mod forest;
mod frame;
mod heads;
mod legend;
mod levers;
mod marks;
mod moves;
mod names;
mod outcome_name;
mod outcomes;
mod placement;
mod png;
mod policies;
#[cfg(test)]
pub(crate) mod probe;
mod regret;
mod scale;
mod shares;
mod size;
mod spread;
mod steps;
mod svg;
mod text;
mod theme;

pub use buildup::{BuildupChart, BuildupLayer};
pub use chart_trait::Chart;
pub use colour::Colour;
pub use data::{ChartCell, ChartData};
pub use data_table::DataTable;
pub use drawing::Drawing;
pub use ends::{EndChart, EndRow};
pub use error::ChartError;
pub use events::StepEvent;
pub use fan::{FanChart, StepQuantiles};
pub use flips::FlipChart;
pub use forest::{ForestChart, ForestGroup, ForestRow};
pub use levers::{LeverChart, LeverMove, RankedLever};
pub use moves::{ActionShares, MoveActor, MoveChart};
pub use outcome_name::OutcomeName;
pub use outcomes::{OutcomeBar, OutcomeChart};
pub use png::png;
pub use policies::{PolicyBar, PolicyChart};
pub use regret::{RegretChart, RegretRow};
pub use shares::{ShareChart, ShareLine};
pub use size::{Size, at_size};
pub use spread::{ProbabilityChart, Quantiles, SpreadRow};
pub use theme::{INTER_REGULAR, INTER_SEMIBOLD};
