//! Which register holds which column while machine code is written.
//!
//! A column stays in a register until the register is needed for one that is read sooner (Belady
//! 1966, *A study of replacement algorithms for a virtual-storage computer*).

use std::collections::HashMap;

use super::encode::{Assembler, Mask, Register, VectorSource, Width};
use super::pool::ConstantPool;
use crate::engine::lanes::machine::instruction::Instruction;

/// Which register is for what.
#[derive(Clone, Copy, Debug)]
pub(super) struct Registers {
    /// Zero and one throughout.
    pub zero: Register,
    pub unit: Register,
    /// What an instruction needs only for itself.
    pub spare: [Register; 2],
    pub masks: [Mask; 3],
    /// How many registers hold columns: those below the others.
    pub holding: usize,
}

impl Registers {
    pub fn of(width: Width) -> Self {
        match width {
            Width::Bits512 => Registers {
                zero: Register(31),
                unit: Register(30),
                spare: [Register(29), Register(28)],
                masks: [Mask(1), Mask(2), Mask(3)],
                holding: 28,
            },
            // No operation needs the second spare register and the third mask.
            Width::Bits256 => Registers {
                zero: Register(15),
                unit: Register(14),
                spare: [Register(13), Register(12)],
                masks: [Mask(11), Mask(10), Mask(12)],
                holding: 10,
            },
        }
    }
}

/// In place of a position: never again.
const NEVER: usize = usize::MAX;

/// What a register holds.
#[derive(Clone, Copy, Debug)]
struct HeldColumn {
    column: u32,
    /// Whether the column in memory differs.
    unsaved: bool,
    /// The next instruction that reads it.
    next: usize,
}

/// Which of an instruction's columns: `a`, `b`, `c` or the one that it writes.
#[derive(Clone, Copy)]
pub(super) enum OperandSlot {
    A,
    B,
    C,
    Out,
}

/// A stretch that is being written.
pub(super) struct StretchWriter<'a> {
    pub assembler: &'a mut Assembler,
    pub pool: &'a mut ConstantPool,
    /// How many bytes there are from the start of a column to that of the next.
    pub stride: usize,
    /// Whether what an instruction writes is read after the stretch.
    kept: &'a [bool],
    /// For each instruction and [`OperandSlot`], the next instruction that reads what the column then holds.
    ahead: Vec<[usize; 4]>,
    pub at: usize,
    pub registers: Registers,
    held: Vec<Option<HeldColumn>>,
    /// Registers that the instruction at hand reads.
    pub pinned: Vec<Register>,
}

impl<'a> StretchWriter<'a> {
    /// Nothing is in a register yet. See [`StretchWriter::write`].
    pub fn new(
        (assembler, pool): (&'a mut Assembler, &'a mut ConstantPool),
        stride: usize,
        kept: &'a [bool],
        instructions: &[Instruction],
    ) -> Self {
        let registers = Registers::of(assembler.width);
        StretchWriter {
            assembler,
            pool,
            stride,
            kept,
            ahead: ahead(instructions),
            at: 0,
            registers,
            held: vec![None; registers.holding],
            pinned: Vec::new(),
        }
    }

    pub fn place(&self, column: u32) -> i32 {
        (column as usize * self.stride) as i32
    }

    pub fn next(&self, slot: OperandSlot) -> usize {
        self.ahead[self.at][slot as usize]
    }

    /// A register for something new. What is needed latest gives way.
    pub fn free(&mut self) -> Register {
        let mut latest = (0, 0);
        for (index, held) in self.held.iter().enumerate() {
            let register = Register(index as u8);
            match held {
                None if !self.pinned.contains(&register) => return register,
                Some(held) if !self.pinned.contains(&register) && held.next >= latest.0 => {
                    latest = (held.next, index);
                }
                None | Some(_) => {}
            }
        }
        let register = Register(latest.1 as u8);
        if let Some(HeldColumn { column, unsaved: true, next }) = self.held[latest.1].take()
            && next != NEVER
        {
            let place = self.place(column);
            self.assembler.store(register, place);
        }
        register
    }

    pub fn holder(&self, column: u32) -> Option<Register> {
        let holds = |held: &Option<HeldColumn>| held.is_some_and(|held| held.column == column);
        self.held.iter().position(holds).map(|index| Register(index as u8))
    }

    /// A column in a register.
    pub fn read(&mut self, column: u32, slot: OperandSlot) -> Register {
        let next = self.next(slot);
        let register = match self.holder(column) {
            Some(register) => register,
            None => {
                let register = self.free();
                let from = VectorSource::Column(self.place(column));
                self.assembler.load(register, from);
                self.held[register.0 as usize] = Some(HeldColumn { column, unsaved: false, next });
                self.pinned.push(register);
                register
            }
        };
        if let Some(held) = &mut self.held[register.0 as usize] {
            held.next = next;
        }
        register
    }

    /// A column in a register, or in memory if it is read no more.
    pub fn source(&mut self, column: u32, slot: OperandSlot) -> VectorSource {
        if self.holder(column).is_none() && self.next(slot) == NEVER {
            return VectorSource::Column(self.place(column));
        }
        VectorSource::Register(self.read(column, slot))
    }

    pub fn constant(&mut self, x: f64) -> VectorSource {
        match x.to_bits() {
            0 => VectorSource::Register(self.registers.zero),
            bits if bits == 1f64.to_bits() => VectorSource::Register(self.registers.unit),
            _ => self.pool.at(x),
        }
    }

    /// The bits of a number but for its sign.
    pub fn size(&mut self) -> VectorSource {
        self.pool.at(f64::from_bits(u64::MAX >> 1))
    }

    /// A constant in a register; one of two.
    pub fn constant_in(&mut self, spare: usize, x: f64) -> Register {
        match self.constant(x) {
            VectorSource::Register(register) => register,
            source @ (VectorSource::Column(_) | VectorSource::Constant(_)) => {
                self.assembler.load(self.registers.spare[spare], source);
                self.registers.spare[spare]
            }
        }
    }

    /// A register for what is written into a column, when all that the instruction reads was read. It
    /// may be that of a column that is read no more.
    pub fn result(&mut self, column: u32) -> Register {
        self.pinned.clear();
        let before = self.holder(column);
        for (index, held) in self.held.iter_mut().enumerate() {
            let is_old = before == Some(Register(index as u8));
            if is_old || held.is_some_and(|held| held.next == NEVER) {
                *held = None;
            }
        }
        self.free()
    }

    /// Notes that a register holds what was written into a column.
    pub fn written(&mut self, column: u32, register: Register) {
        let kept = self.kept[self.at];
        if kept {
            let place = self.place(column);
            self.assembler.store(register, place);
        }
        let next = self.next(OperandSlot::Out);
        let held = HeldColumn { column, unsaved: !kept, next };
        self.held[register.0 as usize] = (next != NEVER).then_some(held);
    }
}

/// See [`StretchWriter::ahead`].
fn ahead(instructions: &[Instruction]) -> Vec<[usize; 4]> {
    let mut next: HashMap<u32, usize> = HashMap::new();
    let mut ahead = vec![[NEVER; 4]; instructions.len()];
    for (at, instruction) in instructions.iter().enumerate().rev() {
        let operands = instruction.operands();
        let of = |column: u32| next.get(&column).copied().unwrap_or(NEVER);
        let [a, b, c] = operands.map(|operand| operand.map_or(NEVER, of));
        ahead[at] = [a, b, c, of(instruction.out)];
        if instruction.changes() {
            next.insert(instruction.out, at);
        } else {
            next.remove(&instruction.out);
        }
        next.extend(operands.into_iter().flatten().map(|column| (column, at)));
    }
    ahead
}
