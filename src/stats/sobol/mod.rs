//! Sobol indices of a function that can be played at rows of inputs, with luck of its own in every play.

mod first_order;
mod indices;
mod plays;
mod products;
mod ratio;
mod resampling;
#[cfg(test)]
mod second_code;

pub use first_order::FirstOrderMethod;
pub use indices::{GroupIndices, SobolIndices};
pub use plays::{GroupPlays, SobolPlays};
pub use ratio::share_of;
pub use resampling::Resampling;
