//! One binary for all integration tests.

mod beliefs;
mod docs;
