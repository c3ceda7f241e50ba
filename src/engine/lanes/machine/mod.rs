//! Operations over columns, and the ways in which a processor carries them out.
//!
//! A [`tape::Tape`] is straight-line code of [`instruction::Instruction`]s. `kernels` does each over the lanes of a
//! tile, `cpu` calls them on the path that the machine has, and `jit` writes machine code of
//! stretches.

pub(in crate::engine::lanes) mod code;
pub(in crate::engine::lanes) mod columns;
#[cfg(target_arch = "x86_64")]
mod compress;
pub(in crate::engine::lanes) mod cpu;
pub(in crate::engine::lanes) mod instruction;
pub(in crate::engine::lanes) mod jit;
pub(in crate::engine::lanes) mod kernels;
pub(in crate::engine::lanes) mod masks;
pub(in crate::engine) mod operation;
pub(in crate::engine::lanes) mod random;
pub(in crate::engine::lanes) mod tape;
