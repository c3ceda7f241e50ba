//! Forks of trials side by side: the same as those of [`crate::engine::Reference::forked`].

mod block;
mod halted;
mod rows;
mod steps;
mod waiting;
