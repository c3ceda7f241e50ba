//! Which operations have machine code of their own. The others, with polynomials or branches, are left
//! to the kernels.

use super::encode::{Arithmetic, Comparison};
use crate::engine::lanes::machine::instruction::Opcode;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::formula::One;

/// Whether there is machine code for an operation.
pub(super) fn is_simple(code: Opcode) -> bool {
    match code {
        Opcode::Unary(op) => match op {
            Unary::Negate | Unary::Not | Unary::Share | Unary::NotBelowZero => true,
            Unary::Function(One::Abs | One::Sqrt | One::Floor) => true,
            Unary::Function(
                One::Exp | One::Ln | One::Sigmoid | One::Sin | One::Cos | One::Round,
            )
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
pub(super) enum Simple {
    Arithmetic(Arithmetic),
    /// The second operand is the first of the instruction.
    Swapped(Arithmetic),
    Comparison(Comparison),
    /// The right side where the left equals this, else the left.
    RightWhere(f64),
}

/// How machine code does an operation, if it does.
pub(super) fn simple(op: Binary) -> Option<Simple> {
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
