//! How the code is laid out, read from its text.

mod circles;
mod names;
mod source;
mod verbs;
