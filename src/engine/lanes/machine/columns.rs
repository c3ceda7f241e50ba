//! The columns of a frame, side by side in one piece of memory.

use super::kernels::TILE;

/// A column of a frame, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::engine::lanes) struct ColumnId(pub u32);

/// How many numbers a line of the cache holds. Columns begin at the start of a line.
const LINE: usize = 8;

/// How many numbers there are from one column to the next where columns have no more lanes than
/// these, less a line.
pub(in crate::engine::lanes) const SHORT_STRIDE: usize = 256 + LINE;

/// Columns of equal length. Each begins at the start of a line of the cache, so that no vector of
/// numbers lies across two lines, and the distance from one to the next is an odd number of lines,
/// so that the same lanes of many columns do not compete for one place in the cache.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct FrameColumns {
    memory: Vec<f64>,
    /// Where in `memory` the first column begins.
    origin: usize,
    /// How many numbers there are from the start of a column to that of the next.
    stride: usize,
    /// How many lanes each column has: a multiple of [`TILE`].
    lanes: usize,
    /// How many of them are used.
    used: usize,
}

/// The columns beside one that is being written.
#[derive(Clone, Copy)]
pub(in crate::engine::lanes) struct OtherColumns<'a> {
    before: &'a [f64],
    after: &'a [f64],
    written: usize,
    stride: usize,
    lanes: (usize, usize),
}

impl FrameColumns {
    /// Makes room for `count` columns in which so many lanes are used. What stood in the columns stays
    /// if there was as much room before.
    pub fn resize(&mut self, count: usize, used: usize) {
        let lanes = used.next_multiple_of(TILE);
        (self.lanes, self.used) = (lanes, used);
        self.stride = (lanes / LINE * LINE + LINE).max(SHORT_STRIDE);
        let needed = count * self.stride + LINE;
        if needed > self.memory.len() {
            self.memory.clear();
            self.memory.resize(needed, 0.0);
            let aligned = self.memory.as_ptr().align_offset(LINE * size_of::<f64>());
            self.origin = if aligned < LINE { aligned } else { 0 };
        }
    }

    /// Uses so many lanes of each column, of those that there is room for. What stands in the columns stays.
    pub fn use_lanes(&mut self, used: usize) {
        let lanes = used.next_multiple_of(TILE);
        assert!(lanes <= self.stride, "there is no room for {used} lanes");
        (self.lanes, self.used) = (lanes, used);
    }

    /// How many lanes of each column are used.
    pub fn used(&self) -> usize {
        self.used
    }

    /// How many lanes each column has.
    pub fn lanes(&self) -> usize {
        self.lanes
    }

    /// How many numbers there are from the start of a column to that of the next.
    pub fn stride(&self) -> usize {
        self.stride
    }

    /// All columns, and how many numbers there are from the start of one to that of the next.
    pub fn memory(&mut self) -> (&mut [f64], usize) {
        (&mut self.memory[self.origin..], self.stride)
    }

    fn start(&self, column: ColumnId) -> usize {
        self.origin + column.0 as usize * self.stride
    }

    /// The lanes of a column.
    pub fn get(&self, column: ColumnId) -> &[f64] {
        let start = self.start(column);
        &self.memory[start..start + self.lanes]
    }

    /// The lanes of a column.
    pub fn get_mut(&mut self, column: ColumnId) -> &mut [f64] {
        let start = self.start(column);
        &mut self.memory[start..start + self.lanes]
    }

    /// Some lanes of a column, to write into, and the same lanes of the others, to read.
    #[inline(always)]
    pub fn part(
        &mut self,
        column: u32,
        (from, to): (usize, usize),
    ) -> (&mut [f64], OtherColumns<'_>) {
        let written = column as usize;
        let stride = self.stride;
        let (before, rest) = self.memory[self.origin..].split_at_mut(written * stride);
        let (column, after) = rest.split_at_mut(stride);
        let others = OtherColumns { before, after, written, stride, lanes: (from, to) };
        (&mut column[from..to], others)
    }

    /// All lanes of a column, to write into, and of the others, to read.
    pub fn write(&mut self, column: ColumnId) -> (&mut [f64], OtherColumns<'_>) {
        let lanes = (0, self.lanes);
        self.part(column.0, lanes)
    }
}

impl<'a> OtherColumns<'a> {
    /// The lanes of a column, which is not the one that is written.
    #[inline(always)]
    pub fn get(self, column: u32) -> &'a [f64] {
        let (index, (from, to)) = (column as usize, self.lanes);
        let (part, index) = if index < self.written {
            (self.before, index)
        } else {
            (self.after, index - self.written - 1)
        };
        let start = index * self.stride;
        &part[start + from..start + to]
    }
}
