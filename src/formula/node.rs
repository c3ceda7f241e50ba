//! A formula whose names and types are resolved, as it is evaluated.

use std::sync::Arc;

use super::Pure;
use super::day_part::DayPart;
use crate::distribution::Inverse;

/// A number that is drawn or computed once per trial, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ParamId(pub u32);

/// A variable of the state, by its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StateId(pub u32);

/// An event, a bargain, an action or a calendar entry, by its position: something of which formulas can ask
/// whether and when it happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Happening(pub u32);

/// Operators between two values.
pub use super::ast::BinaryOp as Binary;

/// A definition of the scenario file, as it is put into formulas in place of its name.
#[derive(Debug)]
pub struct Definition {
    /// Its formula.
    pub node: Node,
    /// How large its formula is once the definitions in it are put in.
    pub extent: Extent,
    /// What it reads that changes as a trial runs, in words; `None` if nothing.
    pub reads: Option<String>,
}

/// How large the tree of a formula is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    /// The number of its nodes.
    pub size: usize,
    /// The largest number of nodes on a way from the root to a leaf.
    pub depth: usize,
}

/// A typed formula. Flags are 0 or 1 and labels their [`super::LabelId`], all as
/// `f64`.
#[derive(Clone, Debug)]
pub enum Node {
    /// A constant.
    Number(f64),
    /// A number that is drawn or computed once per trial.
    Param(ParamId),
    /// The present value of a variable.
    State(StateId),
    /// A definition.
    Shared(Arc<Definition>),
    /// `t`
    Step,
    /// `last`
    Last,
    /// `month` or `year`, with its value in each step
    OfDay(DayPart, Arc<[f64]>),
    /// `happened(x)`
    Happened(Happening),
    /// `count(x)`
    Count(Happening),
    /// `since(x)`
    Since(Happening),
    /// `within(x, n)`
    Within(Happening, Box<Node>),
    /// `accepted(x)`
    Accepted(Happening),
    /// `-x`
    Negate(Box<Node>),
    /// `not x`
    Not(Box<Node>),
    /// `x + y` and the like
    Binary(Binary, Box<(Node, Node)>),
    /// `if c then x else y`
    If(Box<(Node, Node, Node)>),
    /// `x in (a, b)`
    In(Box<Node>, Vec<Node>),
    /// `f(x, y)`
    Pure(Pure, Vec<Node>),
    /// A draw from a distribution with these parameters; the number is its position among the draws
    /// of the formula.
    Draw(u16, Inverse, Vec<Node>),
}

impl Node {
    /// The value of the formula, if it is a constant.
    pub fn constant(&self) -> Option<f64> {
        match self {
            Node::Number(number) => Some(*number),
            Node::Shared(definition) => definition.node.constant(),
            Node::Param(_)
            | Node::State(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Happened(_)
            | Node::Count(_)
            | Node::Since(_)
            | Node::Within(..)
            | Node::Accepted(_)
            | Node::Negate(_)
            | Node::Not(_)
            | Node::Binary(..)
            | Node::If(_)
            | Node::In(..)
            | Node::Pure(..)
            | Node::Draw(..) => None,
        }
    }

    /// The parts directly below this one; those of a definition are its own.
    pub fn children(&self) -> Vec<&Node> {
        match self {
            Node::Within(_, x) | Node::Negate(x) | Node::Not(x) => vec![x],
            Node::Binary(_, pair) => vec![&pair.0, &pair.1],
            Node::If(three) => vec![&three.0, &three.1, &three.2],
            Node::In(x, list) => std::iter::once(&**x).chain(list).collect(),
            Node::Pure(_, list) | Node::Draw(_, _, list) => list.iter().collect(),
            Node::Number(_)
            | Node::Param(_)
            | Node::State(_)
            | Node::Shared(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Happened(_)
            | Node::Count(_)
            | Node::Since(_)
            | Node::Accepted(_) => Vec::new(),
        }
    }

    /// How large the tree is with all definitions put in.
    pub fn extent(&self) -> Extent {
        if let Node::Shared(definition) = self {
            return definition.extent;
        }
        let mut all = Extent { size: 1, depth: 0 };
        for child in self.children() {
            let extent = child.extent();
            all.size = all.size.saturating_add(extent.size);
            all.depth = all.depth.max(extent.depth);
        }
        all.depth += 1;
        all
    }

    /// Calls `visit` for this part and every part below, through definitions.
    pub fn walk(&self, visit: &mut dyn FnMut(&Node)) {
        visit(self);
        if let Node::Shared(definition) = self {
            definition.node.walk(visit);
        }
        for child in self.children() {
            child.walk(visit);
        }
    }

    /// Calls `visit` for this part and every part below, but not for the parts
    /// of definitions.
    pub fn walk_own(&self, visit: &mut dyn FnMut(&Node)) {
        visit(self);
        for child in self.children() {
            child.walk_own(visit);
        }
    }

    /// The same formula, but with `offset` added to the position of every once-per-trial number.
    pub fn shifted(&self, offset: u32) -> Node {
        let each = |list: &[Node]| list.iter().map(|node| node.shifted(offset)).collect();
        let boxed = |node: &Node| Box::new(node.shifted(offset));
        match self {
            Node::Param(id) => Node::Param(ParamId(id.0 + offset)),
            Node::Shared(definition) => Node::Shared(Arc::new(Definition {
                node: definition.node.shifted(offset),
                extent: definition.extent,
                reads: definition.reads.clone(),
            })),
            Node::Within(x, n) => Node::Within(*x, boxed(n)),
            Node::Negate(x) => Node::Negate(boxed(x)),
            Node::Not(x) => Node::Not(boxed(x)),
            Node::Binary(op, pair) => {
                Node::Binary(*op, Box::new((pair.0.shifted(offset), pair.1.shifted(offset))))
            }
            Node::If(three) => Node::If(Box::new((
                three.0.shifted(offset),
                three.1.shifted(offset),
                three.2.shifted(offset),
            ))),
            Node::In(x, list) => Node::In(boxed(x), each(list)),
            Node::Pure(function, list) => Node::Pure(*function, each(list)),
            Node::Draw(number, inverse, list) => Node::Draw(*number, inverse.clone(), each(list)),
            Node::Number(_)
            | Node::State(_)
            | Node::Step
            | Node::Last
            | Node::OfDay(..)
            | Node::Happened(_)
            | Node::Count(_)
            | Node::Since(_)
            | Node::Accepted(_) => self.clone(),
        }
    }

    /// How many draws the formula makes. Definitions cannot make any.
    pub fn draws(&self) -> usize {
        let mut draws = 0;
        self.walk_own(&mut |node| draws += usize::from(matches!(node, Node::Draw(..))));
        draws
    }
}
