//! Random numbers by column: of what really happens, and of imagined plays.

pub(in crate::engine::lanes) mod imagined_columns;
pub(in crate::engine::lanes) mod numbers;
pub(in crate::engine::lanes) mod real_columns;
pub(in crate::engine::lanes) mod strata;
