//! Démarche: a scenario simulation engine for diplomatic outcomes.

pub mod chart;
pub mod diagnostic;
pub mod engine;
pub mod formula;
pub mod model;
pub mod numeric;
pub mod scenario;
pub mod stats;
pub mod store;
