//! Stretches of tapes as machine code, on processors with AVX2 or AVX-512: a second way to carry out what
//! [`super::kernels`] does, with the same bits.
//!
//! `encode` writes single machine instructions, `segment` a stretch of a tape in `registers`, with
//! the constants of a `pool`; `simple` says which operations have machine code. This file finds
//! the stretches and makes the code executable. Where that cannot be had, or columns are longer than
//! the code was written for, the kernels do the work.
#![allow(unsafe_code)]

mod encode;
mod pool;
mod registers;
mod segment;
mod simple;
#[cfg(test)]
mod tests;

use std::collections::HashSet;

use encode::Assembler;
pub(in crate::engine::lanes) use encode::Width;
use memmap2::{Mmap, MmapMut};
use pool::ConstantPool;
use registers::StretchWriter;
use simple::is_simple;

use crate::engine::lanes::machine::code::Stretch;
use crate::engine::lanes::machine::columns::SHORT_STRIDE;
use crate::engine::lanes::machine::instruction::Instruction;
use crate::engine::lanes::machine::tape::{Operand, Piece, Tape};

/// A stretch is written as machine code if it has at least so many instructions.
const LEAST: usize = 2;

/// Machine code that can be run.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Machine {
    pub width: Width,
    code: Mmap,
    pool: Vec<f64>,
}

/// Machine code that is being written for the tapes of a model.
#[derive(Debug)]
pub(in crate::engine::lanes) struct MachineWriter {
    assembler: Assembler,
    pool: ConstantPool,
}

impl MachineWriter {
    /// Nothing yet, for vectors of a width.
    pub fn new(width: Width) -> Self {
        let assembler = Assembler { width, bytes: Vec::new() };
        MachineWriter { assembler, pool: ConstantPool::new(width) }
    }

    /// Cuts a tape into stretches. Columns from `temporaries` on hold nothing that is read after
    /// the tape.
    pub fn stretches(&mut self, tape: &Tape, temporaries: u32) -> Vec<Stretch> {
        let mut read_later: HashSet<u32> = HashSet::new();
        let mut stretches = Vec::new();
        for piece in tape.pieces.iter().rev() {
            let mut read = |column: u32| {
                read_later.insert(column);
            };
            match piece {
                Piece::Run(from, to) => {
                    for (from, to, simple) in parts(&tape.code, (*from as usize, *to as usize)) {
                        let code = &tape.code[from..to];
                        let entry = (simple && code.len() >= LEAST).then(|| {
                            let kept = kept(code, &read_later, temporaries);
                            self.write(code, &kept)
                        });
                        stretches.push(Stretch { from: from as u32, to: to as u32, entry });
                        pass_back(code, &mut read_later);
                    }
                }
                Piece::Uniform { out, need, .. } | Piece::Gumbel { out, need, .. } => {
                    read_later.remove(out);
                    read_later.insert(*need);
                }
                // A draw is made in some lanes only, so what it writes may be read as it was.
                Piece::Draw { uniform, parameters, need, .. } => {
                    read(*uniform);
                    read(*need);
                    for parameter in parameters {
                        if let Operand::Column(column) = parameter {
                            read(*column);
                        }
                    }
                }
                // The same is true of a settlement.
                Piece::Settlement { given, need, .. } => {
                    read(*need);
                    for x in given {
                        if let Operand::Column(column) = x {
                            read(*column);
                        }
                    }
                }
                Piece::SkipUnless { mask, .. } => read(*mask),
            }
        }
        stretches.reverse();
        stretches
    }

    fn write(&mut self, code: &[Instruction], kept: &[bool]) -> u32 {
        let entry = self.assembler.bytes.len() as u32;
        let stride = SHORT_STRIDE * size_of::<f64>();
        StretchWriter::write(&mut self.assembler, &mut self.pool, stride, code, kept);
        entry
    }

    /// The code, ready to be run; `None` where the system does not allow it.
    pub fn finish(self) -> Option<Machine> {
        if self.assembler.bytes.is_empty() {
            return None;
        }
        let mut code = MmapMut::map_anon(self.assembler.bytes.len()).ok()?;
        code.copy_from_slice(&self.assembler.bytes);
        let (width, pool) = (self.assembler.width, self.pool.numbers);
        Some(Machine { width, code: code.make_exec().ok()?, pool })
    }
}

impl Machine {
    /// Carries a stretch out over vectors of lanes.
    ///
    /// # Safety
    ///
    /// `start` is where the first of these vectors begins in the first of columns with
    /// [`SHORT_STRIDE`], which are as many as the tape of the stretch needs, and the processor has
    /// vectors of the width of the code.
    pub unsafe fn run(&self, entry: u32, start: *mut f64, vectors: usize) {
        #[cfg(target_arch = "x86_64")]
        {
            // The columns, the constants, and how many vectors.
            type Entry = unsafe extern "sysv64" fn(*mut f64, *const f64, usize);
            // SAFETY: code that `StretchWriter::write` wrote begins there.
            let code: Entry =
                unsafe { std::mem::transmute(self.code.as_ptr().add(entry as usize)) };
            // SAFETY: the caller sees to it.
            unsafe { code(start, self.pool.as_ptr(), vectors) }
        }
        // The code is for x86-64: elsewhere no path has any.
        #[cfg(not(target_arch = "x86_64"))]
        let _ = (&self.code, &self.pool, entry, start, vectors);
    }
}

/// The parts of a run of instructions that have machine code and those that have none, last first.
fn parts(code: &[Instruction], (from, to): (usize, usize)) -> Vec<(usize, usize, bool)> {
    let mut parts: Vec<(usize, usize, bool)> = Vec::new();
    for at in (from..to).rev() {
        let simple = is_simple(code[at].code);
        match parts.last_mut() {
            Some((first, _, same)) if *same == simple => *first = at,
            _ => parts.push((at, at + 1, simple)),
        }
    }
    parts
}

/// For each instruction of a stretch, whether what it writes must be in memory when the stretch is
/// over: not if it is written again in the stretch, nor if it is temporary and read no more.
fn kept(code: &[Instruction], read_later: &HashSet<u32>, temporaries: u32) -> Vec<bool> {
    let mut overwritten = HashSet::new();
    let mut kept = vec![false; code.len()];
    for (at, instruction) in code.iter().enumerate().rev() {
        let out = instruction.out;
        let needed = out < temporaries || read_later.contains(&out);
        kept[at] = overwritten.insert(out) && needed;
    }
    kept
}

/// Goes back over instructions: which columns are read after the point before them.
fn pass_back(code: &[Instruction], read_later: &mut HashSet<u32>) {
    for instruction in code.iter().rev() {
        if !instruction.changes() {
            read_later.remove(&instruction.out);
        }
        read_later.extend(instruction.operands().into_iter().flatten());
    }
}
