//! `serve`: the live page's server, asked as the page asks it.
#![cfg(feature = "serve")]

mod client;
mod numbers;
mod saving;
mod security;
