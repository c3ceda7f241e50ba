//! Machine instructions over vectors, written as bytes: of 512 bits (AVX-512 F and DQ) or of 256
//! bits (AVX2). The encodings are those of Intel's Software Developer's Manual, volume 2: sections
//! 2.3 ("VEX") and 2.7 ("EVEX").

/// How wide vectors are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::engine::lanes) enum Width {
    /// Four numbers, in 16 registers.
    Bits256,
    /// Eight numbers, in 32 registers.
    Bits512,
}

impl Width {
    /// How many numbers a vector has.
    pub fn numbers(self) -> usize {
        match self {
            Width::Bits256 => 4,
            Width::Bits512 => 8,
        }
    }
}

/// A vector register, 0 to 31.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Register(pub u8);

/// Where a mask of lanes is kept: one of the registers for masks, from 1 on, or where there are none
/// a vector register with all bits of a lane set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mask(pub u8);

/// The last operand of an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum VectorSource {
    Register(Register),
    /// Eight numbers of a column, at so many bytes from where the vectors at hand begin.
    Column(i32),
    /// A number of the pool of constants, at so many bytes, in all places.
    Constant(i32),
}

/// An operation on two vectors of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Arithmetic {
    Add = 0x58,
    Multiply = 0x59,
    Subtract = 0x5C,
    /// The first where it is less, else the second.
    Least = 0x5D,
    Divide = 0x5E,
    /// The first where it is greater, else the second.
    Greatest = 0x5F,
    /// The bits that are set in both.
    BitAnd = 0x54,
    /// The bits that are set in one only.
    BitXor = 0x57,
}

/// A comparison; with NaN each is false, but for those that begin with `Not`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comparison {
    Equal = 0x00,
    NotEqual = 0x04,
    Less = 0x11,
    LessEqual = 0x12,
    NotLessEqual = 0x16,
    NotGreaterEqual = 0x19,
}

/// Which table of operations an opcode is in.
#[derive(Clone, Copy)]
enum Table {
    First = 1,
    Second = 2,
    Third = 3,
}

/// Where the code finds the columns: register `rdi`.
const COLUMNS: u8 = 7;
/// Where it finds the constants: register `rsi`.
const CONSTANTS: u8 = 6;

/// Machine code that is being written.
#[derive(Debug)]
pub(super) struct Assembler {
    pub width: Width,
    pub bytes: Vec<u8>,
}

/// The parts of an instruction that have a place in its prefix.
struct InstructionParts {
    table: Table,
    opcode: u8,
    /// The register field: what is written, or what is stored.
    register: u8,
    /// The first of two sources; 0 where there is one.
    first: u8,
    source: VectorSource,
    /// The mask under which lanes are written; 0 for all.
    mask: u8,
    /// Whether the other lanes become zero.
    zero: bool,
    /// Whether the source is read as it is, and not one number of it in all places.
    single: bool,
}

impl InstructionParts {
    fn of(to: Register, source: VectorSource) -> Self {
        let table = Table::First;
        let broadcast = matches!(source, VectorSource::Constant(_));
        InstructionParts {
            table,
            opcode: 0,
            register: to.0,
            first: 0,
            source,
            mask: 0,
            zero: false,
            single: !broadcast,
        }
    }
}

impl Assembler {
    fn put(&mut self, parts: InstructionParts, immediate: Option<u8>) {
        let InstructionParts { table, opcode, register, first, source, mask, zero, single } = parts;
        let inverted = |number: u8, bit: u8| (!(number >> bit)) & 1;
        let (x, b) = match source {
            VectorSource::Register(Register(r)) => (inverted(r, 4), inverted(r, 3)),
            VectorSource::Column(_) | VectorSource::Constant(_) => (1, 1),
        };
        let r = inverted(register, 3);
        let prefix_66 = 0b01;
        match self.width {
            Width::Bits512 => {
                let (double, length_512) = (1, 0b10);
                self.bytes.extend([
                    0x62,
                    r << 7 | x << 6 | b << 5 | inverted(register, 4) << 4 | table as u8,
                    double << 7 | (!first & 0xF) << 3 | 1 << 2 | prefix_66,
                    u8::from(zero) << 7
                        | length_512 << 5
                        | u8::from(!single) << 4
                        | inverted(first, 4) << 3
                        | mask,
                ]);
            }
            Width::Bits256 => {
                let length_256 = 1;
                self.bytes.extend([
                    0xC4,
                    r << 7 | x << 6 | b << 5 | table as u8,
                    (!first & 0xF) << 3 | length_256 << 2 | prefix_66,
                ]);
            }
        }
        self.bytes.push(opcode);
        let field = (register & 7) << 3;
        let (mode, displacement) = match source {
            VectorSource::Register(Register(r)) => (0xC0 | field | (r & 7), None),
            VectorSource::Column(at) => (0x80 | field | COLUMNS, Some(at)),
            VectorSource::Constant(at) => (0x80 | field | CONSTANTS, Some(at)),
        };
        self.bytes.push(mode);
        self.bytes.extend(displacement.into_iter().flat_map(i32::to_le_bytes));
        self.bytes.extend(immediate);
    }

    fn plain(&mut self, table: Table, opcode: u8, [to, first]: [u8; 2], source: VectorSource) {
        self.put(
            InstructionParts { table, opcode, first, ..InstructionParts::of(Register(to), source) },
            None,
        );
    }

    /// `to = source`
    pub fn load(&mut self, to: Register, source: VectorSource) {
        match source {
            VectorSource::Constant(_) if self.width == Width::Bits512 => {
                // VBROADCASTSD, whose operand is one number without the prefix saying so.
                let parts = InstructionParts {
                    table: Table::Second,
                    opcode: 0x19,
                    ..InstructionParts::of(to, source)
                };
                self.put(InstructionParts { single: true, ..parts }, None);
            }
            VectorSource::Register(_) | VectorSource::Column(_) | VectorSource::Constant(_) => {
                // VMOVUPD
                self.plain(Table::First, 0x10, [to.0, 0], source);
            }
        }
    }

    /// Stores a vector in a column.
    pub fn store(&mut self, from: Register, column: i32) {
        // VMOVUPD
        self.plain(Table::First, 0x11, [from.0, 0], VectorSource::Column(column));
    }

    /// `to = first op second`
    pub fn arithmetic(
        &mut self,
        op: Arithmetic,
        to: Register,
        first: Register,
        second: VectorSource,
    ) {
        self.plain(Table::First, op as u8, [to.0, first.0], second);
    }

    /// The square root.
    pub fn square_root(&mut self, to: Register, of: VectorSource) {
        // VSQRTPD
        self.plain(Table::First, 0x51, [to.0, 0], of);
    }

    /// The largest whole number that is not larger.
    pub fn floor(&mut self, to: Register, of: VectorSource) {
        // VRNDSCALEPD, downwards and without a signal where it is inexact.
        self.put(
            InstructionParts { table: Table::Third, opcode: 0x09, ..InstructionParts::of(to, of) },
            Some(0b1001),
        );
    }

    /// A mask of the lanes in which a comparison holds, among those of another mask if there is one.
    pub fn compare(
        &mut self,
        op: Comparison,
        to: Mask,
        (first, second): (Register, VectorSource),
        among: Option<Mask>,
    ) {
        // VCMPPD
        if self.width == Width::Bits256 {
            let parts = InstructionParts {
                opcode: 0xC2,
                first: first.0,
                ..InstructionParts::of(Register(to.0), second)
            };
            self.put(parts, Some(op as u8));
            if let Some(among) = among {
                let among = VectorSource::Register(Register(among.0));
                self.arithmetic(Arithmetic::BitAnd, Register(to.0), Register(to.0), among);
            }
            return;
        }
        let mask = among.map_or(0, |mask| mask.0);
        let parts = InstructionParts {
            opcode: 0xC2,
            first: first.0,
            mask,
            ..InstructionParts::of(Register(to.0), second)
        };
        self.put(parts, Some(op as u8));
    }

    /// Moves a vector in the lanes of a mask; the others become zero, or stay as they are.
    pub fn move_where(&mut self, mask: Mask, to: Register, from: Register, zero: bool) {
        if self.width == Width::Bits256 {
            match zero {
                true => {
                    let from = VectorSource::Register(from);
                    self.arithmetic(Arithmetic::BitAnd, to, Register(mask.0), from);
                }
                false => self.blend(mask, to, to, VectorSource::Register(from)),
            }
            return;
        }
        // VMOVAPD
        let parts = InstructionParts::of(to, VectorSource::Register(from));
        self.put(InstructionParts { opcode: 0x28, mask: mask.0, zero, ..parts }, None);
    }

    /// The second operand in the lanes of a mask, elsewhere the first.
    pub fn blend(&mut self, mask: Mask, to: Register, otherwise: Register, then: VectorSource) {
        if self.width == Width::Bits256 {
            // VBLENDVPD, with the mask in the upper half of the last byte.
            let parts = InstructionParts {
                table: Table::Third,
                opcode: 0x4B,
                ..InstructionParts::of(to, then)
            };
            self.put(InstructionParts { first: otherwise.0, ..parts }, Some(mask.0 << 4));
            return;
        }
        // VBLENDMPD
        let parts = InstructionParts::of(to, then);
        let table = Table::Second;
        self.put(
            InstructionParts { table, opcode: 0x65, first: otherwise.0, mask: mask.0, ..parts },
            None,
        );
    }

    /// Goes on to the next vector of the columns and back to a position of the code, as often as
    /// the register `rdx` says; then returns.
    pub fn repeat_from(&mut self, position: usize) {
        let bytes = (self.width.numbers() * size_of::<f64>()) as u8;
        // add rdi, bytes; dec rdx; jnz; vzeroupper; ret
        self.bytes.extend([0x48, 0x83, 0xC7, bytes, 0x48, 0xFF, 0xCA, 0x0F, 0x85]);
        let after = self.bytes.len() + 4;
        let back = position as i32 - after as i32;
        self.bytes.extend(back.to_le_bytes());
        self.bytes.extend([0xC5, 0xF8, 0x77, 0xC3]);
    }
}
