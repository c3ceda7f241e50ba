//! Contenders side by side: whether they agree, and how fast they are.

mod agree;
mod engine;
mod figures;
mod measure;
mod peers;

pub use agree::{Effort, agree};
pub use measure::measure;
pub use peers::Python;

/// The outcomes of the scenario, in the order of the file.
const OUTCOMES: [&str; 4] = ["war", "settlement", "uneasy_talks", "standoff"];
