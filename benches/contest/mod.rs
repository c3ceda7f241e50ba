//! Contenders compared with each other: whether their results agree, and how fast they are.
//!
//! Shared by the benches `rivals` and `performance`.

mod agree;
pub mod contender;
mod engine;
mod figures;
pub mod measure;
mod peers;

pub use agree::{Effort, agree};
pub use contender::Contender;
pub use engine::border_crisis;
pub use measure::measure;
pub use peers::Python;

/// The outcomes of the scenario, in the order of the file.
const OUTCOMES: [&str; 4] = ["war", "settlement", "uneasy_talks", "standoff"];
