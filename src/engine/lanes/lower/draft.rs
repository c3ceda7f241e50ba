//! Turns values into straight-line code over columns.

use std::collections::{HashMap, HashSet};

use super::bounds::Depends;
use super::fuse::{Fused, Fusion};
use super::graph::{Graph, Part, Value};
use crate::engine::lanes::machine::columns::ColumnId;
use crate::engine::lanes::machine::instruction::{Instruction, Opcode};
use crate::engine::lanes::machine::tape::{Operand, Piece, TEMPORARY, Tape};

/// The columns of values that are settled once per trial and read in moments.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct Hoisted {
    /// The first column that is free.
    pub next: u32,
    /// The values and their columns, in the order in which they were asked for.
    pub list: Vec<(Value, ColumnId)>,
    columns: HashMap<Value, ColumnId>,
}

impl Hoisted {
    /// Nothing asked for yet; columns from `first` on are free.
    pub fn from(first: u32) -> Self {
        Hoisted { next: first, ..Hoisted::default() }
    }

    /// The column of a value.
    pub fn column(&mut self, value: Value) -> ColumnId {
        *self.columns.entry(value).or_insert_with(|| {
            let column = ColumnId(self.next);
            self.next += 1;
            self.list.push((value, column));
            column
        })
    }
}

/// What a tape does with a value.
#[derive(Clone, Copy, Debug)]
enum TapeItem {
    /// Puts it into a column of its own.
    Output(Value, ColumnId),
    /// Puts it into a column after everything was read.
    Replace(Value, ColumnId),
    /// Puts it into a column where a mask is not zero, after everything was read.
    Blend(Value, ColumnId, ColumnId),
    /// Notes in a column the lanes in which a value lies outside its bounds.
    Test { value: Value, mask: Option<Value>, column: ColumnId, low: f64, high: f64 },
}

/// A part of a tape that is skipped if its mask is zero in every lane.
#[derive(Debug, Default)]
struct Region {
    mask: Option<ColumnId>,
    items: Vec<TapeItem>,
}

/// A tape that is being put together.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Draft {
    /// The lanes in which random numbers are needed, as a mask.
    need: ColumnId,
    regions: Vec<Region>,
}

impl Draft {
    /// An empty tape, whose random numbers are needed where a column is not zero.
    pub fn new(need: ColumnId) -> Self {
        Draft { need, regions: vec![Region::default()] }
    }

    /// Begins a part that is skipped if `mask` is zero in every lane.
    pub fn region(&mut self, mask: ColumnId) {
        self.regions.push(Region { mask: Some(mask), items: Vec::new() });
    }

    fn add(&mut self, item: TapeItem) {
        self.regions.last_mut().expect("there is a region from the start").items.push(item);
    }

    /// Puts a value into a column.
    pub fn output(&mut self, value: Value, column: ColumnId) {
        self.add(TapeItem::Output(value, column));
    }

    /// Puts a value into a column whose old content the tape reads.
    pub fn replace(&mut self, value: Value, column: ColumnId) {
        self.add(TapeItem::Replace(value, column));
    }

    /// Puts a value into a column where a mask is not zero.
    pub fn blend(&mut self, value: Value, column: ColumnId, mask: ColumnId) {
        self.add(TapeItem::Blend(value, column, mask));
    }

    /// Notes lanes in which a value lies outside two numbers, or is NaN.
    pub fn test(
        &mut self,
        value: Value,
        mask: Option<Value>,
        column: ColumnId,
        bounds: (f64, f64),
    ) {
        self.add(TapeItem::Test { value, mask, column, low: bounds.0, high: bounds.1 });
    }

    /// The finished tape. It computes the values that depend on what `level` says; those that are
    /// settled earlier it takes from columns.
    pub fn finish(self, graph: &Graph, hoisted: &mut Hoisted, level: Depends) -> Tape {
        let plan = Schedule::of(&self, graph, level);
        let mut writer = Writer {
            graph,
            hoisted,
            level,
            need: self.need,
            lanes: self.need,
            tape: Tape::default(),
            places: HashMap::new(),
            free: Vec::new(),
            run_from: 0,
        };
        for (index, region) in self.regions.iter().enumerate() {
            let skip = region.mask.filter(|_| index > 0).map(|mask| writer.skip(mask));
            writer.lanes = region.mask.unwrap_or(self.need);
            for (position, value) in plan.order.iter().enumerate() {
                if plan.region[value] == index as u32 {
                    let direct = plan.direct.get(value).copied();
                    writer.compute(*value, direct, &plan, position);
                }
            }
            writer.hold_back(&region.items);
            for item in &region.items {
                writer.carry_out(item, &plan.direct);
            }
            if let Some(skip) = skip {
                writer.land(skip);
            }
        }
        writer.close_run();
        writer.tape
    }
}

/// In what order values are computed, in which region, and until when each is needed.
struct Schedule {
    order: Vec<Value>,
    region: HashMap<Value, u32>,
    last_use: HashMap<Value, usize>,
    direct: HashMap<Value, ColumnId>,
    fused: HashMap<Value, Fused>,
}

impl Schedule {
    fn of(draft: &Draft, graph: &Graph, level: Depends) -> Schedule {
        let computed = |value: Value| {
            graph.bounds(value).depends == level
                && !matches!(graph.part(value), Part::Column(_) | Part::Param(_))
        };
        // What several regions need is computed in the first, which is never skipped.
        let mut region: HashMap<Value, u32> = HashMap::new();
        let mut found = Vec::new();
        for (index, part) in draft.regions.iter().enumerate() {
            for item in &part.items {
                for root in item.values() {
                    let mut stack = vec![(root, false)];
                    while let Some((value, done)) = stack.pop() {
                        if done {
                            found.push(value);
                            continue;
                        }
                        if !computed(value) {
                            continue;
                        }
                        match region.get(&value).copied() {
                            Some(at) if at == index as u32 || at == 0 => continue,
                            Some(_) => {
                                region.insert(value, 0);
                            }
                            None => {
                                region.insert(value, index as u32);
                                stack.push((value, true));
                            }
                        }
                        graph.operands(value, &mut |operand| stack.push((operand, false)));
                    }
                }
            }
        }
        // An operand must come before what is computed from it. Positions in the graph have that
        // order.
        found.sort_unstable();
        found.dedup();
        let mut order: Vec<Value> = Vec::with_capacity(found.len());
        for index in 0..draft.regions.len() as u32 {
            order.extend(found.iter().copied().filter(|value| region[value] == index));
        }
        let mut direct = HashMap::new();
        for part in &draft.regions {
            for item in &part.items {
                if let TapeItem::Output(value, column) = item
                    && computed(*value)
                {
                    direct.entry(*value).or_insert(*column);
                }
            }
        }
        let wanted: HashSet<Value> =
            draft.regions.iter().flat_map(|part| &part.items).flat_map(TapeItem::values).collect();
        let Fusion { fused, absorbed } = Fusion::of(graph, &order, &region, &wanted);
        order.retain(|value| !absorbed.contains(value));
        let mut last_use = HashMap::new();
        for (position, value) in order.iter().enumerate() {
            let mut used = |operand| {
                last_use.insert(operand, position);
            };
            match fused.get(value) {
                Some(fused) => fused.operands(&mut used),
                None => graph.operands(*value, &mut used),
            }
        }
        for part in &draft.regions {
            for item in &part.items {
                for value in item.values() {
                    last_use.insert(value, usize::MAX);
                }
            }
        }
        Schedule { order, region, last_use, direct, fused }
    }

    /// The values that a value is computed from in this tape.
    fn operands(&self, graph: &Graph, value: Value, visit: &mut dyn FnMut(Value)) {
        match self.fused.get(&value) {
            Some(fused) => fused.operands(visit),
            None => graph.operands(value, visit),
        }
    }
}

impl TapeItem {
    fn values(&self) -> Vec<Value> {
        match self {
            TapeItem::Output(value, _)
            | TapeItem::Replace(value, _)
            | TapeItem::Blend(value, ..) => vec![*value],
            TapeItem::Test { value, mask, .. } => std::iter::once(*value).chain(*mask).collect(),
        }
    }
}

/// Writes the instructions of a tape, and hands out columns for what they compute.
struct Writer<'a> {
    graph: &'a Graph,
    hoisted: &'a mut Hoisted,
    level: Depends,
    need: ColumnId,
    /// The mask of the region at hand.
    lanes: ColumnId,
    tape: Tape,
    places: HashMap<Value, u32>,
    free: Vec<u32>,
    run_from: u32,
}

const NONE: Instruction =
    Instruction { code: Opcode::Fill, out: 0, a: 0, b: 0, c: 0, k: 0.0, l: 0.0 };

impl Writer<'_> {
    fn write(&mut self, instruction: Instruction) {
        self.tape.code.push(instruction);
    }

    fn close_run(&mut self) {
        let end = self.tape.code.len() as u32;
        if end > self.run_from {
            self.tape.pieces.push(Piece::Run(self.run_from, end));
        }
        self.run_from = end;
    }

    fn skip(&mut self, mask: ColumnId) -> usize {
        self.close_run();
        self.tape.pieces.push(Piece::SkipUnless { mask: mask.0, to: 0 });
        self.tape.pieces.len() - 1
    }

    fn land(&mut self, skip: usize) {
        self.close_run();
        let end = self.tape.pieces.len() as u32;
        if let Piece::SkipUnless { to, .. } = &mut self.tape.pieces[skip] {
            *to = end;
        }
    }

    fn temporary(&mut self) -> u32 {
        self.free.pop().unwrap_or_else(|| {
            self.tape.temporaries += 1;
            TEMPORARY + self.tape.temporaries - 1
        })
    }

    fn operand(&mut self, value: Value) -> Operand {
        if let Some(x) = self.graph.constant_of(value) {
            return Operand::Constant(x);
        }
        if let Some(place) = self.places.get(&value) {
            return Operand::Column(*place);
        }
        match self.graph.part(value) {
            Part::Column(column) => Operand::Column(column.0),
            Part::Constant(_)
            | Part::Param(_)
            | Part::Uniform(..)
            | Part::Gumbel(_)
            | Part::Unary(..)
            | Part::Binary(..)
            | Part::Select(..)
            | Part::Draw(..)
            | Part::Settlement(..) => Operand::Column(self.hoisted.column(value).0),
        }
    }

    /// Computes a value into a column of its own.
    fn compute(
        &mut self,
        value: Value,
        direct: Option<ColumnId>,
        plan: &Schedule,
        position: usize,
    ) {
        debug_assert_eq!(self.graph.bounds(value).depends, self.level);
        let out = match direct {
            Some(column) => column.0,
            None => self.temporary(),
        };
        self.places.insert(value, out);
        match plan.fused.get(&value) {
            Some(fused) => self.fused(*fused, out),
            None => self.plain(value, out),
        }
        // A column is free again once its last reader is done. The column written here never is.
        let mut done = Vec::new();
        plan.operands(self.graph, value, &mut |operand| {
            if plan.last_use.get(&operand) == Some(&position) {
                done.push(operand);
            }
        });
        for operand in done {
            if let Some(place) = self.places.get(&operand).copied()
                && place >= TEMPORARY
                && !self.free.contains(&place)
            {
                self.free.push(place);
            }
        }
    }

    /// Writes the instruction for several operations at once.
    fn fused(&mut self, fused: Fused, out: u32) {
        let column = |this: &mut Self, value| match this.operand(value) {
            Operand::Column(column) => column,
            Operand::Constant(_) => unreachable!("constants are not fused as columns"),
        };
        let instruction = match fused {
            Fused::Scaled { sum, k, x } => {
                let (a, b) = (column(self, sum), column(self, x));
                Instruction { code: Opcode::AddScaled, out, a, b, k, ..NONE }
            }
            Fused::Product { sum, x, y } => {
                let (a, b, c) = (column(self, sum), column(self, x), column(self, y));
                Instruction { code: Opcode::AddProduct, out, a, b, c, ..NONE }
            }
            Fused::Three { a, b, c } => {
                let (a, b, c) = (column(self, a), column(self, b), column(self, c));
                Instruction { code: Opcode::AddThree, out, a, b, c, ..NONE }
            }
            Fused::Near { x, l } => {
                let a = column(self, x);
                Instruction { code: Opcode::Near, out, a, l, ..NONE }
            }
            Fused::NearScaled { sum, k, x, l } => {
                let (a, b) = (column(self, sum), column(self, x));
                Instruction { code: Opcode::AddNear, out, a, b, k, l, ..NONE }
            }
            Fused::Around { x, k, l } => {
                let a = column(self, x);
                Instruction { code: Opcode::Around, out, a, k, l, ..NONE }
            }
            Fused::AtMost { x, k, l } => {
                let a = column(self, x);
                Instruction { code: Opcode::AddAtMost, out, a, k, l, ..NONE }
            }
            Fused::AtLeast { x, k, l } => {
                let a = column(self, x);
                Instruction { code: Opcode::AddAtLeast, out, a, k, l, ..NONE }
            }
        };
        self.write(instruction);
    }

    /// Writes the instruction or piece for one operation.
    fn plain(&mut self, value: Value, out: u32) {
        match self.graph.part(value).clone() {
            Part::Unary(op, a) => match self.operand(a) {
                Operand::Column(a) => {
                    self.write(Instruction { code: Opcode::Unary(op), out, a, ..NONE })
                }
                Operand::Constant(x) => self.write(Instruction { out, k: op.of(x), ..NONE }),
            },
            Part::Binary(op, a, b) => {
                let instruction = match (self.operand(a), self.operand(b)) {
                    (Operand::Column(a), Operand::Column(b)) => {
                        Instruction { code: Opcode::Columns(op), out, a, b, ..NONE }
                    }
                    (Operand::Constant(k), Operand::Column(b)) => {
                        Instruction { code: Opcode::ConstantLeft(op), out, b, k, ..NONE }
                    }
                    (Operand::Column(a), Operand::Constant(k)) => {
                        Instruction { code: Opcode::ConstantRight(op), out, a, k, ..NONE }
                    }
                    (Operand::Constant(x), Operand::Constant(y)) => {
                        Instruction { out, k: op.of(x, y), ..NONE }
                    }
                };
                self.write(instruction);
            }
            Part::Select(c, a, b) => {
                let Operand::Column(c) = self.operand(c) else {
                    unreachable!("a choice by a constant is no choice")
                };
                let instruction = match (self.operand(a), self.operand(b)) {
                    (Operand::Column(a), Operand::Column(b)) => {
                        Instruction { code: Opcode::Select, out, a, b, c, ..NONE }
                    }
                    (Operand::Constant(k), Operand::Column(b)) => {
                        Instruction { code: Opcode::SelectConstantThen, out, b, c, k, ..NONE }
                    }
                    (Operand::Column(a), Operand::Constant(l)) => {
                        Instruction { code: Opcode::SelectConstantElse, out, a, c, l, ..NONE }
                    }
                    (Operand::Constant(k), Operand::Constant(l)) => {
                        Instruction { code: Opcode::SelectConstants, out, c, k, l, ..NONE }
                    }
                };
                self.write(instruction);
            }
            Part::Uniform(place, number) => {
                self.close_run();
                let need = self.need.0;
                self.tape.pieces.push(Piece::Uniform { place, number, out, need });
            }
            Part::Gumbel(place) => {
                self.close_run();
                let need = self.lanes.0;
                self.tape.pieces.push(Piece::Gumbel { place, out, need });
            }
            Part::Draw(kind, uniform, parameters, guard) => {
                let Operand::Column(uniform) = self.operand(uniform) else {
                    unreachable!("a uniform number is no constant")
                };
                let parameters = parameters.iter().map(|p| self.operand(*p)).collect();
                let need = match guard.map(|guard| self.operand(guard)) {
                    Some(Operand::Column(need)) => need,
                    _ => self.need.0,
                };
                self.close_run();
                let inverse = kind.0;
                self.tape.pieces.push(Piece::Draw { inverse, uniform, parameters, out, need });
            }
            Part::Settlement(rule, given) => {
                let given = given.iter().map(|x| self.operand(*x)).collect();
                self.close_run();
                let need = self.need.0;
                self.tape.pieces.push(Piece::Settlement { rule, given, out, need });
            }
            Part::Constant(_) | Part::Param(_) | Part::Column(_) => {
                unreachable!("these are not computed")
            }
        }
    }

    /// Copies columns that a region both reads, to put them elsewhere, and overwrites.
    fn hold_back(&mut self, items: &[TapeItem]) {
        let written = |column: &ColumnId| {
            items.iter().any(|item| match item {
                TapeItem::Output(_, out)
                | TapeItem::Replace(_, out)
                | TapeItem::Blend(_, out, _) => out == column,
                TapeItem::Test { .. } => false,
            })
        };
        for item in items {
            if let TapeItem::Blend(value, column, _) | TapeItem::Replace(value, column) = item
                && let Part::Column(from) = self.graph.part(*value)
                && from != column
                && written(from)
            {
                let out = self.temporary();
                self.write(Instruction { code: Opcode::Copy, out, a: from.0, ..NONE });
                self.places.insert(*value, out);
            }
        }
    }

    fn carry_out(&mut self, item: &TapeItem, direct: &HashMap<Value, ColumnId>) {
        match *item {
            TapeItem::Output(value, column) | TapeItem::Replace(value, column) => {
                if direct.get(&value) == Some(&column) {
                    return;
                }
                let out = column.0;
                let instruction = match self.operand(value) {
                    // The column keeps what it has.
                    Operand::Column(a) if a == out => return,
                    Operand::Column(a) => Instruction { code: Opcode::Copy, out, a, ..NONE },
                    Operand::Constant(k) => Instruction { code: Opcode::Fill, out, k, ..NONE },
                };
                self.write(instruction);
            }
            TapeItem::Blend(value, column, mask) => {
                let (out, c) = (column.0, mask.0);
                let instruction = match self.operand(value) {
                    // The column keeps what it has.
                    Operand::Column(a) if a == out => return,
                    Operand::Column(a) => Instruction { code: Opcode::Blend, out, a, c, ..NONE },
                    Operand::Constant(k) => {
                        Instruction { code: Opcode::BlendConstant, out, c, k, ..NONE }
                    }
                };
                self.write(instruction);
            }
            TapeItem::Test { value, mask, column, low, high } => {
                let c = match mask.map(|mask| self.operand(mask)) {
                    Some(Operand::Column(c)) => c,
                    Some(Operand::Constant(0.0)) => return,
                    _ => self.need.0,
                };
                let a = match self.operand(value) {
                    Operand::Column(a) => a,
                    Operand::Constant(k) => {
                        let a = self.temporary();
                        self.write(Instruction { code: Opcode::Fill, out: a, k, ..NONE });
                        a
                    }
                };
                let out = column.0;
                self.write(Instruction { code: Opcode::Test, out, a, c, k: low, l: high, ..NONE });
            }
        }
    }
}
