//! What a run leaves behind: its tables as CSV and its charts.

mod charts;
mod tables;

pub use charts::{Picture, charts};
pub(crate) use tables::action_name;
pub use tables::{Heading, write_tables};
