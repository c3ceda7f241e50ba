//! One binary for all integration tests.

mod beliefs;
mod command;
mod docs;
mod repeat;
mod scenarios;
