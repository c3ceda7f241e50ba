//! What a result rests on, from trials that were played anyway: observations sorted by an input's uniform
//! number into bins, how much of the variance goes with the input, and the step that tells it best.

mod bin_mean;
mod binned;
mod curve;
mod interval;
#[cfg(test)]
mod second_code;
mod steps;
mod together;

pub use binned::{CountedBin, CountedBins, MeasuredBins, bin_of};
pub use curve::Curve;
pub use steps::{Plateau, Steps, Told};
pub use together::least_together;
