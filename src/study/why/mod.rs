//! What settled it: at which moments of trials, and by whose luck, their outcome was decided.

mod answer;
mod play;
mod tally;

pub use answer::{OutcomeSettled, SettledParts, WhatSettled};
pub use play::why;
