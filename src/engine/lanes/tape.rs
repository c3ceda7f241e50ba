//! Straight-line code over columns.

use super::cpu::{Code, Cpu};
use super::jit::MachineWriter;
use super::operation::{Binary, Unary};
use crate::distribution::Inverse;
use crate::model::{ChoicePlaceId, PlaceId};

/// Columns from here on are temporary ones, until a tape is [settled](Tape::settle).
pub(super) const TEMPORARY: u32 = 1 << 24;

/// One operation over whole columns.
#[derive(Clone, Copy, Debug)]
pub(super) struct Instruction {
    pub code: Opcode,
    pub out: u32,
    pub a: u32,
    pub b: u32,
    pub c: u32,
    pub k: f64,
    pub l: f64,
}

/// What an instruction does.
#[derive(Clone, Copy, Debug)]
pub(super) enum Opcode {
    /// `op(a)`
    Unary(Unary),
    /// `a op b`
    Columns(Binary),
    /// `k op b`
    ConstantLeft(Binary),
    /// `a op k`
    ConstantRight(Binary),
    /// `a` where `c` is not zero, else `b`
    Select,
    /// `k` where `c` is not zero, else `b`
    SelectConstantThen,
    /// `a` where `c` is not zero, else `l`
    SelectConstantElse,
    /// `k` where `c` is not zero, else `l`
    SelectConstants,
    /// The constant `k`
    Fill,
    /// `a` itself
    Copy,
    /// `a` where `c` is not zero; elsewhere what is there stays
    Blend,
    /// `k` where `c` is not zero
    BlendConstant,
    /// `a + k * b`
    AddScaled,
    /// `a + b * c`
    AddProduct,
    /// `a + b + c`
    AddThree,
    /// `1 - |a - l|`
    Near,
    /// `a + k * (1 - |b - l|)`
    AddNear,
    /// `1 - |a - k| / l`
    Around,
    /// `a + k`, but not above `l`
    AddAtMost,
    /// `a + k`, but not below `l`
    AddAtLeast,
    /// Notes in `out` where `c` is not zero and `a` is outside `k..=l` or NaN.
    Test,
}

/// A part of a tape.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// Runs instructions, from one to before another.
    Run(u32, u32),
    /// A uniform number for each lane where `need` is not zero.
    Uniform { place: PlaceId, number: u16, out: u32, need: u32 },
    /// A Gumbel number of an option for each lane where `need` is not zero.
    Gumbel { place: ChoicePlaceId, out: u32, need: u32 },
    /// A draw where `need` is not zero.
    Draw { inverse: Inverse, uniform: u32, parameters: Vec<Operand>, out: u32, need: u32 },
    /// Goes on at another piece if a mask is zero in every lane.
    SkipUnless { mask: u32, to: u32 },
}

/// A column or a constant.
#[derive(Clone, Copy, Debug)]
pub(super) enum Operand {
    Column(u32),
    Constant(f64),
}

/// Straight-line code over columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Tape {
    pub code: Vec<Instruction>,
    /// The same as it is carried out on a path.
    pub calls: Code,
    pub pieces: Vec<Piece>,
    /// How many temporary columns it needs.
    pub temporaries: u32,
}

impl Instruction {
    /// The columns that it reads, of `a`, `b` and `c`.
    pub fn operands(&self) -> [Option<u32>; 3] {
        let [a, b, c] = match self.code {
            Opcode::Unary(_) | Opcode::ConstantRight(_) => [true, false, false],
            Opcode::Columns(_) => [true, true, false],
            Opcode::ConstantLeft(_) => [false, true, false],
            Opcode::Select | Opcode::AddProduct | Opcode::AddThree => [true; 3],
            Opcode::SelectConstantThen => [false, true, true],
            Opcode::SelectConstantElse | Opcode::Blend | Opcode::Test => [true, false, true],
            Opcode::SelectConstants | Opcode::BlendConstant => [false, false, true],
            Opcode::Fill => [false; 3],
            Opcode::AddScaled | Opcode::AddNear => [true, true, false],
            Opcode::Copy
            | Opcode::Near
            | Opcode::Around
            | Opcode::AddAtMost
            | Opcode::AddAtLeast => [true, false, false],
        };
        [a.then_some(self.a), b.then_some(self.b), c.then_some(self.c)]
    }

    /// Whether it changes what stands in the column that it writes.
    pub fn changes(&self) -> bool {
        matches!(self.code, Opcode::Blend | Opcode::BlendConstant | Opcode::Test)
    }

    /// The last of the columns that it reads or writes.
    pub fn last_column(&self) -> u32 {
        self.operands().into_iter().flatten().fold(self.out, u32::max)
    }
}

impl Tape {
    /// Decodes its instructions for a path. Columns from `temporaries` on are temporary ones.
    pub fn decode(&mut self, cpu: Cpu, temporaries: u32, writer: Option<&mut MachineWriter>) {
        self.calls = cpu.decode(self, temporaries, writer);
    }

    /// Gives temporary columns their place behind the others, of which there are `columns`.
    pub fn settle(&mut self, columns: u32) {
        let place = |column: &mut u32| {
            if *column >= TEMPORARY {
                *column = *column - TEMPORARY + columns;
            }
        };
        for instruction in &mut self.code {
            let Instruction { out, a, b, c, .. } = instruction;
            [out, a, b, c].into_iter().for_each(place);
        }
        for piece in &mut self.pieces {
            match piece {
                Piece::Run(..) => {}
                Piece::Uniform { out, need, .. } | Piece::Gumbel { out, need, .. } => {
                    [out, need].into_iter().for_each(place);
                }
                Piece::SkipUnless { mask, .. } => place(mask),
                Piece::Draw { uniform, parameters, out, need, .. } => {
                    [uniform, out, need].into_iter().for_each(place);
                    for parameter in parameters {
                        if let Operand::Column(column) = parameter {
                            place(column);
                        }
                    }
                }
            }
        }
    }
}
