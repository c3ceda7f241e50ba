//! One operation over the lanes of columns.

use super::operation::{Binary, Unary};

/// One operation over whole columns.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Instruction {
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
pub(in crate::engine::lanes) enum Opcode {
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
