//! A stretch of instructions as machine code: what one instruction computes and the next one reads
//! stays in a register, and what nobody reads later is never stored.

use super::encode::{Arithmetic, Assembler, Comparison, Register, VectorSource};
use super::pool::ConstantPool;
use super::registers::{OperandSlot, Registers, StretchWriter};
use super::simple::{Simple, simple};
use crate::engine::lanes::machine::instruction::{Instruction, Opcode};
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;

impl<'a> StretchWriter<'a> {
    /// Writes the code of these instructions. `kept` says of each whether what it writes is read
    /// after them.
    pub fn write(
        assembler: &'a mut Assembler,
        pool: &'a mut ConstantPool,
        stride: usize,
        instructions: &'a [Instruction],
        kept: &'a [bool],
    ) {
        let registers = Registers::of(assembler.width);
        assembler.load(registers.zero, pool.at(0.0));
        assembler.load(registers.unit, pool.at(1.0));
        let start = assembler.bytes.len();
        let mut segment = StretchWriter::new((assembler, pool), stride, kept, instructions);
        for (at, instruction) in instructions.iter().enumerate() {
            segment.at = at;
            let columns = instruction.operands().into_iter().flatten().chain([instruction.out]);
            segment.pinned = columns.filter_map(|column| segment.holder(column)).collect();
            segment.instruction(instruction);
        }
        assembler.repeat_from(start);
    }

    fn instruction(&mut self, instruction: &Instruction) {
        let Instruction { code, out, a, b, c, k, l } = *instruction;
        match code {
            Opcode::Unary(op) => self.unary(op, out, a),
            Opcode::Columns(op) => {
                let first = self.read(a, OperandSlot::A);
                let second = self.source(b, OperandSlot::B);
                self.binary(op, out, first, second);
            }
            Opcode::ConstantLeft(op) => {
                let first = self.constant_in(0, k);
                let second = self.source(b, OperandSlot::B);
                self.binary(op, out, first, second);
            }
            Opcode::ConstantRight(op) => {
                let first = self.read(a, OperandSlot::A);
                let second = self.constant(k);
                self.binary(op, out, first, second);
            }
            Opcode::Select => {
                let otherwise = self.read(b, OperandSlot::B);
                self.select(out, c, otherwise, |this| this.source(a, OperandSlot::A));
            }
            Opcode::SelectConstantThen => {
                let otherwise = self.read(b, OperandSlot::B);
                self.select(out, c, otherwise, |this| this.constant(k));
            }
            Opcode::SelectConstantElse => {
                let otherwise = self.constant_in(0, l);
                self.select(out, c, otherwise, |this| this.source(a, OperandSlot::A));
            }
            Opcode::SelectConstants => {
                let otherwise = self.constant_in(0, l);
                self.select(out, c, otherwise, |this| this.constant(k));
            }
            Opcode::Fill => {
                let from = self.constant(k);
                let to = self.result(out);
                self.assembler.load(to, from);
                self.written(out, to);
            }
            Opcode::Copy => {
                let from = self.source(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.load(to, from);
                self.written(out, to);
            }
            Opcode::Blend => {
                let old = self.read(out, OperandSlot::Out);
                self.select(out, c, old, |this| this.source(a, OperandSlot::A));
            }
            Opcode::BlendConstant => {
                let old = self.read(out, OperandSlot::Out);
                self.select(out, c, old, |this| this.constant(k));
            }
            Opcode::AddScaled => {
                let (sum, x) = (self.read(a, OperandSlot::A), self.read(b, OperandSlot::B));
                let k = self.constant(k);
                self.assembler.arithmetic(Arithmetic::Multiply, self.registers.spare[0], x, k);
                self.add(out, sum, self.registers.spare[0]);
            }
            Opcode::AddProduct => {
                let (sum, x) = (self.read(a, OperandSlot::A), self.read(b, OperandSlot::B));
                let y = self.source(c, OperandSlot::C);
                self.assembler.arithmetic(Arithmetic::Multiply, self.registers.spare[0], x, y);
                self.add(out, sum, self.registers.spare[0]);
            }
            Opcode::AddThree => {
                let x = self.read(a, OperandSlot::A);
                let y = self.source(b, OperandSlot::B);
                self.assembler.arithmetic(Arithmetic::Add, self.registers.spare[0], x, y);
                let z = self.source(c, OperandSlot::C);
                let to = self.result(out);
                self.assembler.arithmetic(Arithmetic::Add, to, self.registers.spare[0], z);
                self.written(out, to);
            }
            Opcode::Near => {
                let x = self.read(a, OperandSlot::A);
                let near = self.nearness(x, l, None);
                self.copied(out, near);
            }
            Opcode::AddNear => {
                let (sum, x) = (self.read(a, OperandSlot::A), self.read(b, OperandSlot::B));
                let near = self.nearness(x, l, None);
                let k = self.constant(k);
                self.assembler.arithmetic(Arithmetic::Multiply, near, near, k);
                self.add(out, sum, near);
            }
            Opcode::Around => {
                let x = self.read(a, OperandSlot::A);
                let near = self.nearness(x, k, Some(l));
                self.copied(out, near);
            }
            Opcode::AddAtMost => self.limited(out, a, (k, l), Arithmetic::Least),
            Opcode::AddAtLeast => self.limited(out, a, (k, l), Arithmetic::Greatest),
            Opcode::Test => {
                let (value, old) = (self.read(a, OperandSlot::A), self.read(out, OperandSlot::Out));
                let zero = VectorSource::Register(self.registers.zero);
                let mask = self.read(c, OperandSlot::C);
                let [among, below, above] = self.registers.masks;
                self.assembler.compare(Comparison::NotEqual, among, (mask, zero), None);
                let (low, high) = (self.constant(k), self.constant(l));
                let not_least = Comparison::NotGreaterEqual;
                self.assembler.compare(not_least, below, (value, low), Some(among));
                self.assembler.compare(Comparison::NotLessEqual, above, (value, high), Some(among));
                let to = self.result(out);
                self.assembler.load(to, VectorSource::Register(old));
                self.assembler.move_where(below, to, self.registers.unit, false);
                self.assembler.move_where(above, to, self.registers.unit, false);
                self.written(out, to);
            }
        }
    }

    fn copied(&mut self, out: u32, from: Register) {
        let to = self.result(out);
        self.assembler.load(to, VectorSource::Register(from));
        self.written(out, to);
    }

    fn add(&mut self, out: u32, first: Register, second: Register) {
        let to = self.result(out);
        self.assembler.arithmetic(Arithmetic::Add, to, first, VectorSource::Register(second));
        self.written(out, to);
    }

    /// `1 - |x - of|`, or with the distance divided by a reach.
    fn nearness(&mut self, x: Register, of: f64, reach: Option<f64>) -> Register {
        let [away, _] = self.registers.spare;
        let size = self.size();
        let of = self.constant(of);
        self.assembler.arithmetic(Arithmetic::Subtract, away, x, of);
        self.assembler.arithmetic(Arithmetic::BitAnd, away, away, size);
        if let Some(reach) = reach {
            let reach = self.constant(reach);
            self.assembler.arithmetic(Arithmetic::Divide, away, away, reach);
        }
        self.assembler.arithmetic(
            Arithmetic::Subtract,
            away,
            self.registers.unit,
            VectorSource::Register(away),
        );
        away
    }

    /// `a + k`, but not beyond `l`.
    fn limited(&mut self, out: u32, a: u32, (k, l): (f64, f64), op: Arithmetic) {
        let x = self.read(a, OperandSlot::A);
        let k = self.constant(k);
        self.assembler.arithmetic(Arithmetic::Add, self.registers.spare[0], x, k);
        let limit = self.constant_in(1, l);
        let to = self.result(out);
        self.assembler.arithmetic(op, to, limit, VectorSource::Register(self.registers.spare[0]));
        self.written(out, to);
    }

    /// What `then` gives where a column is not zero, else `otherwise`.
    fn select(
        &mut self,
        out: u32,
        condition: u32,
        otherwise: Register,
        then: impl FnOnce(&mut Self) -> VectorSource,
    ) {
        let then = then(self);
        let zero = VectorSource::Register(self.registers.zero);
        let condition = self.read(condition, OperandSlot::C);
        let [mask, ..] = self.registers.masks;
        self.assembler.compare(Comparison::NotEqual, mask, (condition, zero), None);
        let to = self.result(out);
        self.assembler.blend(mask, to, otherwise, then);
        self.written(out, to);
    }

    fn unary(&mut self, op: Unary, out: u32, a: u32) {
        use Arithmetic::{BitAnd, BitXor, Greatest, Least, Subtract};
        let of = VectorSource::Register;
        match op {
            Unary::Function(One::Sqrt) => {
                let from = self.source(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.square_root(to, from);
                self.written(out, to);
            }
            Unary::Function(One::Floor) => {
                let from = self.source(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.floor(to, from);
                self.written(out, to);
            }
            Unary::Function(One::Abs) => {
                let x = self.read(a, OperandSlot::A);
                let size = self.size();
                let to = self.result(out);
                self.assembler.arithmetic(BitAnd, to, x, size);
                self.written(out, to);
            }
            Unary::Negate => {
                let x = self.read(a, OperandSlot::A);
                let sign = self.constant(-0.0);
                let to = self.result(out);
                self.assembler.arithmetic(BitXor, to, x, sign);
                self.written(out, to);
            }
            Unary::Not => {
                let x = self.source(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.arithmetic(Subtract, to, self.registers.unit, x);
                self.written(out, to);
            }
            Unary::Share => {
                let x = self.source(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.arithmetic(
                    Greatest,
                    self.registers.spare[0],
                    self.registers.zero,
                    x,
                );
                self.assembler.arithmetic(
                    Least,
                    to,
                    self.registers.unit,
                    of(self.registers.spare[0]),
                );
                self.written(out, to);
            }
            Unary::NotBelowZero => {
                let x = self.read(a, OperandSlot::A);
                let to = self.result(out);
                self.assembler.arithmetic(Greatest, to, x, of(self.registers.zero));
                self.written(out, to);
            }
            Unary::Function(
                One::Exp | One::Ln | One::Sigmoid | One::Sin | One::Cos | One::Round,
            )
            | Unary::ExpM1
            | Unary::NormalShare => unreachable!("it is no simple operation"),
        }
    }

    fn binary(&mut self, op: Binary, out: u32, first: Register, second: VectorSource) {
        let [mask, ..] = self.registers.masks;
        match simple(op) {
            Some(Simple::Arithmetic(op)) => {
                let to = self.result(out);
                self.assembler.arithmetic(op, to, first, second);
                self.written(out, to);
            }
            Some(Simple::Swapped(op)) => {
                let second = self.in_register(second);
                let to = self.result(out);
                self.assembler.arithmetic(op, to, second, VectorSource::Register(first));
                self.written(out, to);
            }
            Some(Simple::Comparison(op)) => {
                self.assembler.compare(op, mask, (first, second), None);
                let to = self.result(out);
                self.assembler.move_where(mask, to, self.registers.unit, true);
                self.written(out, to);
            }
            Some(Simple::RightWhere(x)) => {
                let x = self.constant(x);
                self.assembler.compare(Comparison::Equal, mask, (first, x), None);
                let to = self.result(out);
                self.assembler.blend(mask, to, first, second);
                self.written(out, to);
            }
            None => unreachable!("it is no simple operation"),
        }
    }

    fn in_register(&mut self, source: VectorSource) -> Register {
        match source {
            VectorSource::Register(register) => register,
            VectorSource::Column(_) | VectorSource::Constant(_) => {
                self.assembler.load(self.registers.spare[1], source);
                self.registers.spare[1]
            }
        }
    }
}
