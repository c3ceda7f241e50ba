//! Straight-line code over columns.

use super::code::DecodedCode;
use super::instruction::Instruction;
use crate::distribution::Inverse;
use crate::model::{ChoicePlaceId, PlaceId};
use crate::scenario::BargainRule;

/// Columns from here on are temporary ones, until a tape is [settled](Tape::settle).
pub(in crate::engine::lanes) const TEMPORARY: u32 = 1 << 24;

/// A part of a tape.
#[derive(Clone, Debug)]
pub(in crate::engine::lanes) enum Piece {
    /// Runs instructions, from one to before another.
    Run(u32, u32),
    /// A uniform number for each lane where `need` is not zero.
    Uniform { place: PlaceId, number: u16, out: u32, need: u32 },
    /// A Gumbel number of an option for each lane where `need` is not zero.
    Gumbel { place: ChoicePlaceId, out: u32, need: u32 },
    /// A draw where `need` is not zero.
    Draw { inverse: Inverse, uniform: u32, parameters: Vec<Operand>, out: u32, need: u32 },
    /// The settlement of a bargain where `need` is not zero.
    Settlement { rule: BargainRule, given: Vec<Operand>, out: u32, need: u32 },
    /// Goes on at another piece if a mask is zero in every lane.
    SkipUnless { mask: u32, to: u32 },
}

/// A column or a constant.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) enum Operand {
    Column(u32),
    Constant(f64),
}

/// Straight-line code over columns.
#[derive(Clone, Debug, Default)]
pub(in crate::engine::lanes) struct Tape {
    pub code: Vec<Instruction>,
    /// The same as it is carried out on a path.
    pub calls: DecodedCode,
    pub pieces: Vec<Piece>,
    /// How many temporary columns it needs.
    pub temporaries: u32,
}

impl Tape {
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
                Piece::Settlement { given, out, need, .. } => {
                    [out, need].into_iter().for_each(place);
                    for x in given {
                        if let Operand::Column(column) = x {
                            place(column);
                        }
                    }
                }
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
