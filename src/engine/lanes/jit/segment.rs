//! A stretch of instructions as machine code: what one instruction computes and the next one reads
//! stays in a register, and what nobody reads later is never stored.

use std::collections::HashMap;

use super::encode::{Arithmetic, Assembler, Comparison, Mask, Register, Source, Width};
use crate::engine::lanes::instruction::{Instruction, Opcode};
use crate::engine::lanes::operation::{Binary, Unary};
use crate::formula::One;

/// Which register is for what.
#[derive(Clone, Copy, Debug)]
struct Registers {
    /// Zero and one throughout.
    zero: Register,
    unit: Register,
    /// What an instruction needs only for itself.
    spare: [Register; 2],
    masks: [Mask; 3],
    /// How many registers hold columns: those below the others.
    holding: usize,
}

impl Registers {
    fn of(width: Width) -> Self {
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

/// The numbers that a code reads as constants.
#[derive(Debug)]
pub(super) struct Pool {
    /// How many times each stands there: as often as a vector has numbers where instructions do not
    /// repeat it themselves.
    copies: usize,
    pub numbers: Vec<f64>,
    places: HashMap<u64, usize>,
}

impl Pool {
    /// Nothing yet, for vectors of a width.
    pub fn new(width: Width) -> Self {
        let copies = match width {
            Width::Bits256 => width.numbers(),
            Width::Bits512 => 1,
        };
        Pool { copies, numbers: Vec::new(), places: HashMap::new() }
    }

    fn at(&mut self, x: f64) -> Source {
        let place = *self.places.entry(x.to_bits()).or_insert_with(|| {
            self.numbers.extend(std::iter::repeat_n(x, self.copies));
            self.numbers.len() - self.copies
        });
        Source::Constant((place * size_of::<f64>()) as i32)
    }
}

/// Whether there is machine code for an operation.
pub(super) fn is_simple(code: Opcode) -> bool {
    match code {
        Opcode::Unary(op) => match op {
            Unary::Negate | Unary::Not | Unary::Share | Unary::NotBelowZero => true,
            Unary::Function(One::Abs | One::Sqrt | One::Floor) => true,
            Unary::Function(One::Exp | One::Ln | One::Sigmoid | One::Sin | One::Cos)
            | Unary::ExpM1
            | Unary::NormalShare => false,
        },
        Opcode::Columns(op) | Opcode::ConstantLeft(op) | Opcode::ConstantRight(op) => {
            simple(op).is_some()
        }
        Opcode::Select
        | Opcode::SelectConstantThen
        | Opcode::SelectConstantElse
        | Opcode::SelectConstants
        | Opcode::Fill
        | Opcode::Copy
        | Opcode::Blend
        | Opcode::BlendConstant
        | Opcode::AddScaled
        | Opcode::AddProduct
        | Opcode::AddThree
        | Opcode::Near
        | Opcode::AddNear
        | Opcode::Around
        | Opcode::AddAtMost
        | Opcode::AddAtLeast
        | Opcode::Test => true,
    }
}

/// An operation on two numbers, as machine code does it.
#[derive(Clone, Copy)]
enum Simple {
    Arithmetic(Arithmetic),
    /// The second operand is the first of the instruction.
    Swapped(Arithmetic),
    Comparison(Comparison),
    /// The right side where the left equals this, else the left.
    RightWhere(f64),
}

fn simple(op: Binary) -> Option<Simple> {
    match op {
        Binary::Add => Some(Simple::Arithmetic(Arithmetic::Add)),
        Binary::Subtract => Some(Simple::Arithmetic(Arithmetic::Subtract)),
        Binary::Multiply => Some(Simple::Arithmetic(Arithmetic::Multiply)),
        Binary::Divide => Some(Simple::Arithmetic(Arithmetic::Divide)),
        // `if x < y { y } else { x }` is `if y > x { y } else { x }`.
        Binary::AtLeast => Some(Simple::Swapped(Arithmetic::Greatest)),
        Binary::AtMost => Some(Simple::Swapped(Arithmetic::Least)),
        Binary::Equal => Some(Simple::Comparison(Comparison::Equal)),
        Binary::NotEqual => Some(Simple::Comparison(Comparison::NotEqual)),
        Binary::Less => Some(Simple::Comparison(Comparison::Less)),
        Binary::LessEqual => Some(Simple::Comparison(Comparison::LessEqual)),
        Binary::And => Some(Simple::RightWhere(1.0)),
        Binary::Or => Some(Simple::RightWhere(0.0)),
        Binary::Power
        | Binary::Min
        | Binary::Max
        | Binary::Function(_)
        | Binary::EqualOrNan
        | Binary::NotEqualOrNan
        | Binary::LessOrNan
        | Binary::LessEqualOrNan
        | Binary::NanFirst => None,
    }
}

/// What a register holds.
#[derive(Clone, Copy, Debug)]
struct Held {
    column: u32,
    /// Whether the column in memory differs.
    unsaved: bool,
    /// The next instruction that reads it.
    next: usize,
}

/// Which of an instruction's columns: `a`, `b`, `c` or the one that it writes.
#[derive(Clone, Copy)]
enum Slot {
    A,
    B,
    C,
    Out,
}

/// A stretch that is being written.
pub(super) struct Segment<'a> {
    pub assembler: &'a mut Assembler,
    pub pool: &'a mut Pool,
    /// How many bytes there are from the start of a column to that of the next.
    pub stride: usize,
    /// Whether what an instruction writes is read after the stretch.
    kept: &'a [bool],
    /// For each instruction and [`Slot`], the next instruction that reads what the column then holds.
    ahead: Vec<[usize; 4]>,
    at: usize,
    registers: Registers,
    held: Vec<Option<Held>>,
    /// Registers that the instruction at hand reads.
    pinned: Vec<Register>,
}

impl<'a> Segment<'a> {
    /// Writes the code of these instructions. `kept` says of each whether what it writes is read
    /// after them.
    pub fn write(
        assembler: &'a mut Assembler,
        pool: &'a mut Pool,
        stride: usize,
        instructions: &'a [Instruction],
        kept: &'a [bool],
    ) {
        let registers = Registers::of(assembler.width);
        assembler.load(registers.zero, pool.at(0.0));
        assembler.load(registers.unit, pool.at(1.0));
        let start = assembler.bytes.len();
        let mut segment = Segment {
            assembler,
            pool,
            stride,
            kept,
            ahead: ahead(instructions),
            at: 0,
            registers,
            held: vec![None; registers.holding],
            pinned: Vec::new(),
        };
        for (at, instruction) in instructions.iter().enumerate() {
            segment.at = at;
            let columns = instruction.operands().into_iter().flatten().chain([instruction.out]);
            segment.pinned = columns.filter_map(|column| segment.holder(column)).collect();
            segment.instruction(instruction);
        }
        assembler.repeat_from(start);
    }

    fn place(&self, column: u32) -> i32 {
        (column as usize * self.stride) as i32
    }

    fn next(&self, slot: Slot) -> usize {
        self.ahead[self.at][slot as usize]
    }

    /// A register for something new. What is needed latest gives way.
    fn free(&mut self) -> Register {
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
        if let Some(Held { column, unsaved: true, next }) = self.held[latest.1].take()
            && next != NEVER
        {
            let place = self.place(column);
            self.assembler.store(register, place);
        }
        register
    }

    fn holder(&self, column: u32) -> Option<Register> {
        let holds = |held: &Option<Held>| held.is_some_and(|held| held.column == column);
        self.held.iter().position(holds).map(|index| Register(index as u8))
    }

    /// A column in a register.
    fn read(&mut self, column: u32, slot: Slot) -> Register {
        let next = self.next(slot);
        let register = match self.holder(column) {
            Some(register) => register,
            None => {
                let register = self.free();
                let from = Source::Column(self.place(column));
                self.assembler.load(register, from);
                self.held[register.0 as usize] = Some(Held { column, unsaved: false, next });
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
    fn source(&mut self, column: u32, slot: Slot) -> Source {
        if self.holder(column).is_none() && self.next(slot) == NEVER {
            return Source::Column(self.place(column));
        }
        Source::Register(self.read(column, slot))
    }

    fn constant(&mut self, x: f64) -> Source {
        match x.to_bits() {
            0 => Source::Register(self.registers.zero),
            bits if bits == 1f64.to_bits() => Source::Register(self.registers.unit),
            _ => self.pool.at(x),
        }
    }

    /// The bits of a number but for its sign.
    fn size(&mut self) -> Source {
        self.pool.at(f64::from_bits(u64::MAX >> 1))
    }

    /// A constant in a register; one of two.
    fn constant_in(&mut self, spare: usize, x: f64) -> Register {
        match self.constant(x) {
            Source::Register(register) => register,
            source @ (Source::Column(_) | Source::Constant(_)) => {
                self.assembler.load(self.registers.spare[spare], source);
                self.registers.spare[spare]
            }
        }
    }

    /// A register for what is written into a column, when all that the instruction reads was read. It
    /// may be that of a column that is read no more.
    fn result(&mut self, column: u32) -> Register {
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
    fn written(&mut self, column: u32, register: Register) {
        let kept = self.kept[self.at];
        if kept {
            let place = self.place(column);
            self.assembler.store(register, place);
        }
        let next = self.next(Slot::Out);
        let held = Held { column, unsaved: !kept, next };
        self.held[register.0 as usize] = (next != NEVER).then_some(held);
    }

    fn instruction(&mut self, instruction: &Instruction) {
        let Instruction { code, out, a, b, c, k, l } = *instruction;
        match code {
            Opcode::Unary(op) => self.unary(op, out, a),
            Opcode::Columns(op) => {
                let first = self.read(a, Slot::A);
                let second = self.source(b, Slot::B);
                self.binary(op, out, first, second);
            }
            Opcode::ConstantLeft(op) => {
                let first = self.constant_in(0, k);
                let second = self.source(b, Slot::B);
                self.binary(op, out, first, second);
            }
            Opcode::ConstantRight(op) => {
                let first = self.read(a, Slot::A);
                let second = self.constant(k);
                self.binary(op, out, first, second);
            }
            Opcode::Select => {
                let otherwise = self.read(b, Slot::B);
                self.select(out, c, otherwise, |this| this.source(a, Slot::A));
            }
            Opcode::SelectConstantThen => {
                let otherwise = self.read(b, Slot::B);
                self.select(out, c, otherwise, |this| this.constant(k));
            }
            Opcode::SelectConstantElse => {
                let otherwise = self.constant_in(0, l);
                self.select(out, c, otherwise, |this| this.source(a, Slot::A));
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
                let from = self.source(a, Slot::A);
                let to = self.result(out);
                self.assembler.load(to, from);
                self.written(out, to);
            }
            Opcode::Blend => {
                let old = self.read(out, Slot::Out);
                self.select(out, c, old, |this| this.source(a, Slot::A));
            }
            Opcode::BlendConstant => {
                let old = self.read(out, Slot::Out);
                self.select(out, c, old, |this| this.constant(k));
            }
            Opcode::AddScaled => {
                let (sum, x) = (self.read(a, Slot::A), self.read(b, Slot::B));
                let k = self.constant(k);
                self.assembler.arithmetic(Arithmetic::Multiply, self.registers.spare[0], x, k);
                self.add(out, sum, self.registers.spare[0]);
            }
            Opcode::AddProduct => {
                let (sum, x) = (self.read(a, Slot::A), self.read(b, Slot::B));
                let y = self.source(c, Slot::C);
                self.assembler.arithmetic(Arithmetic::Multiply, self.registers.spare[0], x, y);
                self.add(out, sum, self.registers.spare[0]);
            }
            Opcode::AddThree => {
                let x = self.read(a, Slot::A);
                let y = self.source(b, Slot::B);
                self.assembler.arithmetic(Arithmetic::Add, self.registers.spare[0], x, y);
                let z = self.source(c, Slot::C);
                let to = self.result(out);
                self.assembler.arithmetic(Arithmetic::Add, to, self.registers.spare[0], z);
                self.written(out, to);
            }
            Opcode::Near => {
                let x = self.read(a, Slot::A);
                let near = self.nearness(x, l, None);
                self.copied(out, near);
            }
            Opcode::AddNear => {
                let (sum, x) = (self.read(a, Slot::A), self.read(b, Slot::B));
                let near = self.nearness(x, l, None);
                let k = self.constant(k);
                self.assembler.arithmetic(Arithmetic::Multiply, near, near, k);
                self.add(out, sum, near);
            }
            Opcode::Around => {
                let x = self.read(a, Slot::A);
                let near = self.nearness(x, k, Some(l));
                self.copied(out, near);
            }
            Opcode::AddAtMost => self.limited(out, a, (k, l), Arithmetic::Least),
            Opcode::AddAtLeast => self.limited(out, a, (k, l), Arithmetic::Greatest),
            Opcode::Test => {
                let (value, old) = (self.read(a, Slot::A), self.read(out, Slot::Out));
                let zero = Source::Register(self.registers.zero);
                let mask = self.read(c, Slot::C);
                let [among, below, above] = self.registers.masks;
                self.assembler.compare(Comparison::NotEqual, among, (mask, zero), None);
                let (low, high) = (self.constant(k), self.constant(l));
                let not_least = Comparison::NotGreaterEqual;
                self.assembler.compare(not_least, below, (value, low), Some(among));
                self.assembler.compare(Comparison::NotLessEqual, above, (value, high), Some(among));
                let to = self.result(out);
                self.assembler.load(to, Source::Register(old));
                self.assembler.move_where(below, to, self.registers.unit, false);
                self.assembler.move_where(above, to, self.registers.unit, false);
                self.written(out, to);
            }
        }
    }

    fn copied(&mut self, out: u32, from: Register) {
        let to = self.result(out);
        self.assembler.load(to, Source::Register(from));
        self.written(out, to);
    }

    fn add(&mut self, out: u32, first: Register, second: Register) {
        let to = self.result(out);
        self.assembler.arithmetic(Arithmetic::Add, to, first, Source::Register(second));
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
            Source::Register(away),
        );
        away
    }

    /// `a + k`, but not beyond `l`.
    fn limited(&mut self, out: u32, a: u32, (k, l): (f64, f64), op: Arithmetic) {
        let x = self.read(a, Slot::A);
        let k = self.constant(k);
        self.assembler.arithmetic(Arithmetic::Add, self.registers.spare[0], x, k);
        let limit = self.constant_in(1, l);
        let to = self.result(out);
        self.assembler.arithmetic(op, to, limit, Source::Register(self.registers.spare[0]));
        self.written(out, to);
    }

    /// What `then` gives where a column is not zero, else `otherwise`.
    fn select(
        &mut self,
        out: u32,
        condition: u32,
        otherwise: Register,
        then: impl FnOnce(&mut Self) -> Source,
    ) {
        let then = then(self);
        let zero = Source::Register(self.registers.zero);
        let condition = self.read(condition, Slot::C);
        let [mask, ..] = self.registers.masks;
        self.assembler.compare(Comparison::NotEqual, mask, (condition, zero), None);
        let to = self.result(out);
        self.assembler.blend(mask, to, otherwise, then);
        self.written(out, to);
    }

    fn unary(&mut self, op: Unary, out: u32, a: u32) {
        use Arithmetic::{BitAnd, BitXor, Greatest, Least, Subtract};
        let of = Source::Register;
        match op {
            Unary::Function(One::Sqrt) => {
                let from = self.source(a, Slot::A);
                let to = self.result(out);
                self.assembler.square_root(to, from);
                self.written(out, to);
            }
            Unary::Function(One::Floor) => {
                let from = self.source(a, Slot::A);
                let to = self.result(out);
                self.assembler.floor(to, from);
                self.written(out, to);
            }
            Unary::Function(One::Abs) => {
                let x = self.read(a, Slot::A);
                let size = self.size();
                let to = self.result(out);
                self.assembler.arithmetic(BitAnd, to, x, size);
                self.written(out, to);
            }
            Unary::Negate => {
                let x = self.read(a, Slot::A);
                let sign = self.constant(-0.0);
                let to = self.result(out);
                self.assembler.arithmetic(BitXor, to, x, sign);
                self.written(out, to);
            }
            Unary::Not => {
                let x = self.source(a, Slot::A);
                let to = self.result(out);
                self.assembler.arithmetic(Subtract, to, self.registers.unit, x);
                self.written(out, to);
            }
            Unary::Share => {
                let x = self.source(a, Slot::A);
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
                let x = self.read(a, Slot::A);
                let to = self.result(out);
                self.assembler.arithmetic(Greatest, to, x, of(self.registers.zero));
                self.written(out, to);
            }
            Unary::Function(One::Exp | One::Ln | One::Sigmoid | One::Sin | One::Cos)
            | Unary::ExpM1
            | Unary::NormalShare => unreachable!("it is no simple operation"),
        }
    }

    fn binary(&mut self, op: Binary, out: u32, first: Register, second: Source) {
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
                self.assembler.arithmetic(op, to, second, Source::Register(first));
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

    fn in_register(&mut self, source: Source) -> Register {
        match source {
            Source::Register(register) => register,
            Source::Column(_) | Source::Constant(_) => {
                self.assembler.load(self.registers.spare[1], source);
                self.registers.spare[1]
            }
        }
    }
}

/// See [`Segment::ahead`].
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
