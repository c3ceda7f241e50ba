//! Decodes a tree into a [`ScenarioFile`](super::ScenarioFile) and reports every mistake in it.
//!
//! [`Reader`](reader::Reader) gives typed access to a table and reports its
//! unknown, missing and misfitting keys; the other files each decode one noun.
//! What is broken is reported and left out, so that the rest can be checked.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "where a key takes some kinds of TOML values, every other kind is refused"
)]

mod action;
mod actor;
mod bargain;
mod chance;
mod consent;
mod context;
mod effects;
mod ending;
mod imaginations;
mod menu;
mod menu_item;
mod menu_values;
mod names;
mod observed;
mod policy;
mod reader;
mod record;
mod scenario;
mod source;
#[cfg(test)]
mod tests;
mod values;

pub use scenario::decode;
