//! Lanes in play: trials, or what is imagined of them, side by side.

use std::cell::RefCell;

use super::lane_luck::LaneLuck;
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::columns::{FrameColumns, OtherColumns};
use crate::engine::lanes::machine::cpu::Cpu;
use crate::engine::lanes::machine::instruction::{Instruction, Opcode};
use crate::engine::lanes::machine::kernels::TILE;
use crate::engine::lanes::machine::operation::{Binary, Unary};
use crate::engine::sampling::InputNumbers;

/// Lanes side by side, a column for everything that differs between them.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct Frame {
    /// All columns, each with the padded number of lanes.
    pub columns: FrameColumns,
    /// How many lanes there are.
    pub n: usize,
    /// The same up to a multiple of [`TILE`].
    pub padded: usize,
    /// The step that all are in.
    pub step: u32,
    /// 0 where it really happens, else the level of the imagination.
    pub level: u8,
    /// Which repeat of the trials really happens.
    pub play: u16,
    /// The luck of lanes that have not all the same; `None` where all have that of `play`.
    pub luck: Option<LaneLuck>,
    /// Whether what is settled once per trial is being drawn.
    pub settling: bool,
    /// The numbers of the inputs, by lane, in place of those of the engine.
    pub given: Option<InputNumbers>,
    /// The trial of each lane; empty in an imagination in which nobody imagines.
    pub trials: Vec<u64>,
    /// Where the lanes' imagined numbers stand in each column of their level, as runs of neighbours:
    /// the first lane, where its number stands, and how many.
    pub runs: Vec<(u32, u32, u32)>,
    /// Which imagined play each lane is; empty where nobody imagines what others imagine.
    pub plays: Vec<u32>,
}

const PLAIN: Instruction =
    Instruction { code: Opcode::Fill, out: 0, a: 0, b: 0, c: 0, k: 0.0, l: 0.0 };

thread_local! {
    /// Frames that nobody uses, for whichever model comes next: a thread plays one after another, and
    /// many models may be played side by side.
    static IDLE: RefCell<Vec<Frame>> = const { RefCell::new(Vec::new()) };
}

impl Frame {
    /// A frame, with whatever was left in it.
    pub fn take() -> Self {
        IDLE.with_borrow_mut(Vec::pop).unwrap_or_default()
    }

    /// Takes a frame back that is no longer needed.
    pub fn give_back(self) {
        IDLE.with_borrow_mut(|idle| idle.push(self));
    }

    /// Makes room for `n` lanes in `columns` columns.
    pub fn resize(&mut self, columns: usize, n: usize) {
        self.n = n;
        self.padded = n.next_multiple_of(TILE);
        self.columns.resize(columns, n);
    }

    /// Goes on with so many lanes, of those that there is room for, with what stands in their columns.
    pub fn use_lanes(&mut self, n: usize) {
        self.n = n;
        self.padded = n.next_multiple_of(TILE);
        self.columns.use_lanes(n);
    }

    /// The lanes of a column.
    pub fn get(&self, column: ColumnId) -> &[f64] {
        &self.columns.get(column)[..self.n]
    }

    /// The lanes of a column.
    pub fn get_mut(&mut self, column: ColumnId) -> &mut [f64] {
        &mut self.columns.get_mut(column)[..self.n]
    }

    /// Whether a column is not zero somewhere.
    pub fn any(&self, cpu: Cpu, column: ColumnId) -> bool {
        cpu.any(self.get(column))
    }

    /// How many lanes of a mask are set.
    pub fn count(&self, cpu: Cpu, mask: ColumnId) -> u64 {
        cpu.count(self.get(mask))
    }

    /// Fills a column, padding included.
    pub fn fill(&mut self, column: ColumnId, x: f64) {
        self.columns.get_mut(column).fill(x);
    }

    /// Sets a mask in all lanes, and clears it in the padding.
    pub fn set_all(&mut self, mask: ColumnId) {
        self.fill(mask, 0.0);
        self.get_mut(mask).fill(1.0);
    }

    /// Sets a mask for some lanes.
    pub fn set_only(&mut self, mask: ColumnId, lanes: &[u32]) {
        self.fill(mask, 0.0);
        let mask = self.get_mut(mask);
        for lane in lanes {
            mask[*lane as usize] = 1.0;
        }
    }

    fn one(&mut self, cpu: Cpu, instruction: Instruction) {
        cpu.run_one(instruction, &mut self.columns);
    }

    /// Copies a column.
    pub fn copy(&mut self, from: ColumnId, to: ColumnId) {
        let (to, others) = self.columns.write(to);
        to.copy_from_slice(others.get(from.0));
    }

    /// `out = a op b`; `out` is another column than the operands.
    pub fn binary(&mut self, cpu: Cpu, op: Binary, [a, b]: [ColumnId; 2], out: ColumnId) {
        let code = Opcode::Columns(op);
        self.one(cpu, Instruction { code, out: out.0, a: a.0, b: b.0, ..PLAIN });
    }

    /// `out = a op k`
    pub fn with_constant(&mut self, cpu: Cpu, op: Binary, a: ColumnId, k: f64, out: ColumnId) {
        let code = Opcode::ConstantRight(op);
        self.one(cpu, Instruction { code, out: out.0, a: a.0, k, ..PLAIN });
    }

    /// `out = op a`
    pub fn unary(&mut self, cpu: Cpu, op: Unary, a: ColumnId, out: ColumnId) {
        self.one(cpu, Instruction { code: Opcode::Unary(op), out: out.0, a: a.0, ..PLAIN });
    }

    /// The lanes of a column, to write into, and the other columns, to read.
    pub fn write(&mut self, column: ColumnId) -> (&mut [f64], OtherColumns<'_>) {
        let n = self.n;
        let (written, others) = self.columns.write(column);
        (&mut written[..n], others)
    }
}
