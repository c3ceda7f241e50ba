//! Which points of the space of inputs are played to see what a result rests on, and the results there.
//!
//! `given` plays a model at points that are given; `sobol`, `morris` and `one_at_a_time` choose them.

mod given;
mod groups;
mod morris;
mod one_at_a_time;
mod sobol;
mod target;

pub use groups::{InputGroup, Together};
pub use morris::{MorrisPlays, play_trajectories};
pub use one_at_a_time::{InputPoint, PERCENTILES, PointPlays, play_one_at_a_time};
pub use sobol::{Row, SobolRows, play_rows};
pub use target::{Target, TargetMean};
