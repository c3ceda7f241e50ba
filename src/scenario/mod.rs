//! Scenario files: TOML text into a [`Scenario`], with every mistake in it.
//!
//! `tree` keeps the file as written; `decode` turns a tree into the types of
//! `types`, knowing every key from the tables of `keys`; `overlay` puts the
//! values of a world, a policy or a belief in place before decoding.

#![allow(clippy::result_large_err, reason = "mistakes are rare, and each is moved a few times")]

mod decode;
pub mod defaults;
mod keys;
mod overlay;
mod schema;
pub mod tree;
mod types;

pub use decode::decode;
pub use defaults::{BASE_WORLD, NO_POLICY, UNRESOLVED};
pub use overlay::{Overlaid, overlay};
pub use schema::json_schema;
pub use types::*;
