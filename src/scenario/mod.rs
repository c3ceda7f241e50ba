//! Reads scenario files: from TOML text to a [`ScenarioFile`], reporting every mistake.
//!
//! `tree` holds the file as it is written. `decode` turns a tree into the types of
//! `types` and checks it by the tables of `keys`. `overlay` puts the values of a
//! world, a policy, a belief or a command line (`setting`) in place before decoding; `lookup` finds what
//! they replace. `defaults` says what holds
//! where a file says nothing.

#![allow(clippy::result_large_err, reason = "mistakes are rare, and each is moved a few times")]

mod bargain;
mod decimal;
mod decode;
pub mod defaults;
mod keys;
pub mod lookup;
mod menu;
mod overlay;
mod record;
mod rounding;
mod schema;
mod setting;
pub mod tree;
mod types;
mod written;

pub use bargain::*;
pub use decimal::{Decimal, evenly_spaced};
pub use decode::decode;
pub use defaults::{
    BASE_RATE_FORECAST, BASE_WORLD, HOLD, NO_POLICY, OWN_FORECAST, UNIFORM_FORECAST, UNRESOLVED,
};
pub use menu::{Menu, item_in_words, split_item};
pub use overlay::{Overlaid, overlay};
pub use record::*;
pub use schema::json_schema;
pub use setting::setting;
pub use types::*;
