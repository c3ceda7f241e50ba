//! One binary for all integration tests.

mod accidents;
mod beliefs;
mod chains;
mod command;
mod correlation;
mod docs;
mod draws;
mod foresight;
mod mistakes;
mod odds;
mod play;
mod policies;
mod repeat;
mod robust;
mod scenarios;
