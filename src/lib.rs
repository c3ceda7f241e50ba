//! Démarche: a scenario simulation engine for diplomatic outcomes.

pub mod chart;
pub mod cli;
pub mod diagnostic;
pub mod engine;
pub mod formula;
pub mod model;
pub mod numeric;
pub mod report;
pub mod scenario;
pub mod stats;
pub mod store;
pub mod study;
