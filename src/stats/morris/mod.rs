//! Morris' screening: what a function changes by when one input at a time is moved.

mod design;
mod effects;

pub use design::{LevelPlaces, MorrisDesign, Trajectory};
pub use effects::ElementaryEffects;
