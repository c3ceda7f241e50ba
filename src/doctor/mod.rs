//! Whether this machine computes what every other machine computes: the bits of every function, distribution and part of
//! a trial, compared with those that were computed when this version was written.
//!
//! [`fingerprints`] has the bits that an engine computes, and [`examine`] compares those of every path through the
//! processor that the machine has. The library has no clock; whoever asks brings one.

mod examined;
mod fingerprint;

pub use examined::{Examined, ExaminedPath, examine};
pub use fingerprint::{Fingerprint, expected, fingerprints};
