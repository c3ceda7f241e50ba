//! What a run leaves behind: its tables as CSV, its charts and its page.

mod comparison;
mod draw;
mod levers;
mod page;
mod phrases;
mod picture;
mod robustness;
mod tables;
mod uncertainty;

pub use crate::chart::DataTable;
pub use comparison::{
    CellResult, Comparison, Difference, EndDifference, write_changes, write_comparison,
};
pub use draw::{DrawError, draw, kinds};
pub use levers::{Pulled, pulled, ranked, write_levers};
pub use page::{
    ComparePage, LeverPage, PageError, RunPage, Told, compare_page, lever_page, run_page,
};
pub use phrases::{points, points_range};
pub use picture::{Kind, Picture};
pub use robustness::{
    DrawnRegret, Robust, drawn_regret, robust, write_drawn_regret, write_robustness,
};
pub(crate) use tables::action_name;
pub use tables::{Heading, write_tables};
pub use uncertainty::{THRESHOLDS, write_draws, write_uncertainty};
