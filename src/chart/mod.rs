//! Charts: drawn as SVG, and as PNG made from that SVG.
//!
//! A chart is plain data, such as an [`OutcomeChart`], that implements [`Chart`]: it can be drawn,
//! described in words for those who cannot see it, and listed in a table. A [`Drawing`] can be
//! written as a whole document, or without its title, subtitle and source for a page. The same data
//! always gives the same bytes.
//!
//! | chart | what it shows |
//! |---|---|
//! | [`OutcomeChart`] | how often each outcome occurred, with its interval |
//! | [`ProbabilityChart`] | how far the probability of each outcome swings with the assumptions |
//! | [`BuildupChart`] | how outcomes build up over time |
//! | [`BargainChart`] | who stands where around a bargain, how often it is struck, and where it settles |
//! | [`OddsChart`] | the odds of each outcome as one trial goes on |
//! | [`FanChart`] | a number over time: its middle and how far it varies |
//! | [`ShareChart`] | the share of trials in each state over time |
//! | [`ValueChart`] | the share of trials with each value of a number that takes few |
//! | [`EndChart`] | the distribution of a number at the end, by outcome |
//! | [`MoveChart`] | who moves when |
//! | [`PolicyChart`] | the outcomes under each policy, or in each world |
//! | [`ForestChart`] | differences from a baseline |
//! | [`FlipChart`] | which outcomes become which under another policy |
//! | [`RegretChart`] | the regret of each policy, by world |
//! | [`LeverChart`] | single moves, ranked by what they change |
//! | [`SettledByChart`] | whose luck settled an outcome |
//! | [`SettledWhenChart`] | when an outcome was settled |
//! | [`CurvesChart`] | how the outcomes depend on single inputs |
//! | [`ImportanceChart`] | how much of the variance each input explains |
//! | [`TornadoChart`] | how far a result moves with one input at a time |
//! | [`ScreeningChart`] | how strongly inputs act, and whether alone |
//! | [`SweepChart`] | a result against one swept value |
//! | [`HeatChart`] | a result against two swept values |
//! | [`TradeoffChart`] | how much of an outcome conditions cover, against how frequent they make it |
//! | [`RangeChart`] | what conditions allow of each input |
//! | [`RevisedChart`] | what is known of numbers before and after |
//! | [`ScoreBarChart`] | the scores of a forecaster case by case, beside those of another |
//! | [`ReliabilityChart`] | how often things came about that were given a probability |
//!
//! Text stays text (`font-family="Inter, sans-serif"`), so it can be selected and searched. Inter
//! covers Latin, Greek and Cyrillic. Text in other scripts, such as Hangul, is kept in the SVG and
//! drawn in a sans-serif font of the reader's system. A PNG is drawn with bundled fonts alone, so
//! that it is the same everywhere: Inter, and Noto Sans for Hangul. A letter that both lack is
//! drawn as an empty box.
//!
//! None of the types of the drawing library appears in the public API.

mod bargain;
mod bargain_result;
mod buildup;
mod cells;
mod chart_trait;
mod colour;
mod curve_axis;
mod curve_data;
mod curves;
mod data;
mod drawing;
mod ends;
mod error;
mod estimate;
mod events;
mod fan;
mod flips;
mod forest;
mod frame;
mod heads;
mod heat;
mod heat_data;
mod heat_shades;
mod importance;
mod label_boxes;
mod legend;
mod levers;
mod marks;
mod move_data;
mod move_rows;
mod moves;
mod names;
mod odds;
mod outcome_name;
mod outcomes;
mod palette;
mod panel;
mod part_bars;
mod placement;
mod png;
mod policies;
mod probabilities;
#[cfg(test)]
pub(crate) mod probe;
mod ranges;
mod regret;
mod reliability;
mod revised;
mod scale;
mod score_bars;
mod screening;
mod screening_data;
mod settled_by;
mod settled_when;
mod shades;
mod shares;
mod size;
mod steps;
mod svg;
mod sweep;
mod sweep_data;
mod swept;
mod text;
mod theme;
mod tornado;
mod tradeoff;
mod unit;
mod value_axis;
mod values;

pub use bargain::{BargainChart, WishRow};
pub use bargain_result::SettledShape;
pub use buildup::{BuildupChart, BuildupLayer};
pub use chart_trait::Chart;
pub use colour::Colour;
pub use curve_data::{CurveBins, CurveInput, CurvesChart};
pub use data::{ChartCell, ChartData};
pub use drawing::Drawing;
pub use ends::{EndChart, EndRow};
pub use error::ChartError;
pub use estimate::PlotEstimate;
pub use events::StepEvent;
pub use fan::{FanChart, StepQuantiles};
pub use flips::FlipChart;
pub use forest::{ForestChart, ForestGroup, ForestRow};
pub use heat_data::{HeatAxis, HeatCell, HeatChart};
pub use importance::{ImportanceBar, ImportanceChart};
pub use levers::{LeverChart, LeverMove, RankedLever};
pub use move_data::{ActionShares, ItemShares, MoveActor};
pub use moves::MoveChart;
pub use odds::{OddsChart, OddsLine};
pub use outcome_name::OutcomeName;
pub use outcomes::{OutcomeBar, OutcomeChart};
pub use png::png;
pub use policies::{PolicyBar, PolicyChart};
pub use probabilities::{ProbabilityChart, ProbabilityRow, Quantiles};
pub use ranges::{AllowedRange, RangeChart, RangeRow};
pub use regret::{RegretChart, RegretRow};
pub use reliability::{ReliabilityChart, ReliabilityMark};
pub use revised::{RevisedChart, RevisedRow, Spread};
pub use score_bars::{ScoreBarChart, ScoreBarRow};
pub use screening_data::{ScreeningChart, ScreeningPoint};
pub use settled_by::{SettledBar, SettledByChart};
pub use settled_when::{SettledLayer, SettledWhenChart};
pub use shares::{ShareChart, ShareLine};
pub use size::Size;
pub use sweep_data::{SweepChart, SweepCrossing, SweepLine, SweepPanel};
pub use swept::SweptValues;
pub use theme::{INTER_REGULAR, INTER_SEMIBOLD};
pub use tornado::{TornadoBar, TornadoChart, TornadoEnd};
pub use tradeoff::{TradeoffChart, TradeoffPoint};
pub use unit::PlotUnit;
pub use values::{ValueChart, ValueLayer};
