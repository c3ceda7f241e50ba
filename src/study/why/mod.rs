//! What settled it: at which moments of trials, and by whose luck, their outcome was decided.

mod answer;

pub use answer::{OutcomeSettled, SettledParts, WhatSettled, why};
