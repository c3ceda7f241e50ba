//! The live page: a scenario on this machine, with controls, that plays as they move.
//!
//! [`serve`] answers on 127.0.0.1 alone, and only whoever knows the address it gives. What the page asks for is
//! described in `docs/serve.md`. Everything that is shown is what the command would show: the same models, trials,
//! intervals and pages. Nothing here prints.

mod answers;
mod assets;
mod changed_lines;
mod clock;
mod connections;
mod control;
mod controls;
mod described;
mod desk;
mod events;
mod file_requests;
mod guard;
mod live_counts;
mod live_play;
mod looks;
mod open_file;
mod page_store;
mod play_request;
mod played_outcomes;
mod refusal;
mod routes;
mod saved_variant;
mod server;
mod tabs;
mod token;
mod variant;

pub use server::{ServeError, ServeSetup, USUAL_PORT, serve};
