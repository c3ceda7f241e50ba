//! Operations over the lanes of a tile, written once and compiled for several kinds of processors
//! by [`super::cpu`]. They are loops without fused multiply-adds, so every processor gives the same
//! bits.

use super::instruction::Opcode;
use super::operation::{Binary, Unary};
use crate::formula::{One, Two};
use crate::numeric::{self, kernels};

/// The lanes that an operation takes at a time. Columns have room for a multiple of this many.
pub(in crate::engine) const TILE: usize = 64;

/// The lanes of a column that an operation takes at a time.
pub(in crate::engine::lanes) type Tile = [f64; TILE];

/// What an operation is given: the lanes of three columns, as far as it reads them, and two
/// constants.
pub(in crate::engine::lanes) struct Given<'a> {
    pub a: &'a Tile,
    pub b: &'a Tile,
    pub c: &'a Tile,
    pub k: f64,
    pub l: f64,
}

/// An operation over the lanes of a tile.
pub(in crate::engine::lanes) trait Kernel {
    /// Carries it out.
    fn run(out: &mut Tile, given: Given<'_>);
}

/// Something that is done with the kernel of an operation, whichever it is.
pub(in crate::engine::lanes) trait KernelUser {
    type Result;

    /// Does it with this kernel.
    fn with<K: Kernel>(self) -> Self::Result;
}

/// The first number where `c` is not zero, else the second; by their bits, so that no branch is
/// made of it.
#[inline(always)]
fn pick(c: f64, x: f64, y: f64) -> f64 {
    let chosen = u64::from(c != 0.0).wrapping_neg();
    f64::from_bits((x.to_bits() & chosen) | (y.to_bits() & !chosen))
}

/// The first number where the flag `c` is 1, the second where it is 0.
///
/// The flag's bits are spread over all 64 by whole numbers, and in a way that does not show that
/// there are two cases only: of a choice between a new number and the one that stands there,
/// compilers make a store under a mask, which takes some processors several times as long as a
/// plain one. A flag that is a numerical error gives a meaningless number, and its trial goes to
/// the reference interpreter.
#[inline(always)]
pub(in crate::engine) fn put(c: f64, x: f64, y: f64) -> f64 {
    // 1.0 has the bits 52 to 61.
    let chosen = (c.to_bits() >> 61).wrapping_neg();
    f64::from_bits((x.to_bits() & chosen) | (y.to_bits() & !chosen))
}

/// A kernel that computes each lane by itself.
macro_rules! lane_by_lane {
    ($($kernel:ident = |$i:ident, $given:ident| $value:expr;)*) => {$(
        struct $kernel;

        impl Kernel for $kernel {
            #[inline(always)]
            fn run(out: &mut Tile, $given: Given<'_>) {
                for $i in 0..TILE {
                    out[$i] = $value;
                }
            }
        }
    )*};
}

lane_by_lane! {
    Choosing = |i, of| pick(of.c[i], of.a[i], of.b[i]);
    ChoosingConstantThen = |i, of| pick(of.c[i], of.k, of.b[i]);
    ChoosingConstantElse = |i, of| pick(of.c[i], of.a[i], of.l);
    ChoosingConstants = |i, of| pick(of.c[i], of.k, of.l);
    Filling = |_i, of| of.k;
    Copying = |i, of| of.a[i];
    AddingScaled = |i, of| of.a[i] + of.k * of.b[i];
    AddingProduct = |i, of| of.a[i] + of.b[i] * of.c[i];
    AddingThree = |i, of| of.a[i] + of.b[i] + of.c[i];
    Nearness = |i, of| 1.0 - (of.a[i] - of.l).abs();
    AddingNearness = |i, of| of.a[i] + of.k * (1.0 - (of.b[i] - of.l).abs());
    NearnessWithin = |i, of| 1.0 - (of.a[i] - of.k).abs() / of.l;
    AddingAtMost = |i, of| Binary::AtMost.of(of.a[i] + of.k, of.l);
    AddingAtLeast = |i, of| Binary::AtLeast.of(of.a[i] + of.k, of.l);
}

/// A kernel that changes what stands in each lane.
macro_rules! changing_lanes {
    ($($kernel:ident = |$old:ident, $i:ident, $given:ident| $value:expr;)*) => {$(
        struct $kernel;

        impl Kernel for $kernel {
            #[inline(always)]
            fn run(out: &mut Tile, $given: Given<'_>) {
                for $i in 0..TILE {
                    let $old = out[$i];
                    out[$i] = $value;
                }
            }
        }
    )*};
}

changing_lanes! {
    Blending = |old, i, of| put(of.c[i], of.a[i], old);
    BlendingConstant = |old, i, of| put(of.c[i], of.k, old);
    Testing = |old, i, of| {
        let outside = !((of.a[i] >= of.k) & (of.a[i] <= of.l)) & (of.c[i] != 0.0);
        old.max(f64::from(u8::from(outside)))
    };
}

/// An operation on one number, as a type.
trait OnOne {
    fn of(x: f64) -> f64;
}

/// An operation on two numbers, as a type.
trait OnTwo {
    fn of(x: f64, y: f64) -> f64;
}

struct OfColumn<O>(O);
struct OfColumns<O>(O);
struct OfConstantLeft<O>(O);
struct OfConstantRight<O>(O);

impl<O: OnOne> Kernel for OfColumn<O> {
    #[inline(always)]
    fn run(out: &mut Tile, given: Given<'_>) {
        for (out, a) in out.iter_mut().zip(given.a) {
            *out = O::of(*a);
        }
    }
}

impl<O: OnTwo> Kernel for OfColumns<O> {
    #[inline(always)]
    fn run(out: &mut Tile, given: Given<'_>) {
        for (out, (a, b)) in out.iter_mut().zip(given.a.iter().zip(given.b)) {
            *out = O::of(*a, *b);
        }
    }
}

impl<O: OnTwo> Kernel for OfConstantLeft<O> {
    #[inline(always)]
    fn run(out: &mut Tile, given: Given<'_>) {
        for (out, b) in out.iter_mut().zip(given.b) {
            *out = O::of(given.k, *b);
        }
    }
}

impl<O: OnTwo> Kernel for OfConstantRight<O> {
    #[inline(always)]
    fn run(out: &mut Tile, given: Given<'_>) {
        for (out, a) in out.iter_mut().zip(given.a) {
            *out = O::of(*a, given.k);
        }
    }
}

/// A function that has a form without branches for ordinary arguments: that form over the whole
/// tile, then the function itself where the arguments are not ordinary.
macro_rules! mostly {
    ($out:ident, |$i:ident| $left:expr, $right:expr, $ordinary:path, $plain:path, $whole:path) => {{
        let mut odd = false;
        for ($i, o) in $out.iter_mut().enumerate() {
            let (x, y) = ($left, $right);
            *o = $plain(x, y);
            odd |= !$ordinary(x, y);
        }
        if odd {
            for ($i, o) in $out.iter_mut().enumerate() {
                let (x, y) = ($left, $right);
                if !$ordinary(x, y) {
                    *o = $whole(x, y);
                }
            }
        }
    }};
}

/// A kernel of a function of two numbers that has such a form.
macro_rules! mostly_plain {
    ($($kernel:ident = |$i:ident, $of:ident| ($left:expr, $right:expr),
        $ordinary:path, $plain:path, $whole:path;)*) => {$(
        struct $kernel;

        impl Kernel for $kernel {
            #[inline(always)]
            fn run(out: &mut Tile, $of: Given<'_>) {
                mostly!(out, |$i| $left, $right, $ordinary, $plain, $whole);
            }
        }
    )*};
}

mostly_plain! {
    Powers = |i, of| (of.a[i], of.b[i]),
        kernels::is_plain_power, kernels::pow_of_positive, numeric::pow;
    PowersOfConstant = |i, of| (of.k, of.b[i]),
        kernels::is_plain_power, kernels::pow_of_positive, numeric::pow;
    PowersToConstant = |i, of| (of.a[i], of.k),
        kernels::is_plain_power, kernels::pow_of_positive, numeric::pow;
    Hazards = |i, of| (of.a[i], of.b[i]),
        numeric::is_plain_hazard, numeric::plain_hazard, numeric::chance_per_step;
    HazardsOverConstant = |i, of| (of.a[i], of.k),
        numeric::is_plain_hazard, numeric::plain_hazard, numeric::chance_per_step;
}

struct PowersOfE;

impl Kernel for PowersOfE {
    #[inline(always)]
    fn run(out: &mut Tile, given: Given<'_>) {
        let mut large = false;
        for (o, x) in out.iter_mut().zip(given.a) {
            *o = kernels::exp_m1_up_to_40(*x);
            large |= *x > 40.0;
        }
        if large {
            for (o, x) in out.iter_mut().zip(given.a) {
                *o = kernels::exp_m1(*x);
            }
        }
    }
}

fn of_one<U: KernelUser>(op: Unary, user: U) -> U::Result {
    macro_rules! each {
        ($($name:ident = $op:pat => $value:expr;)*) => {
            match op {
                $($op => {
                    struct $name;
                    impl OnOne for $name {
                        #[inline(always)]
                        fn of(x: f64) -> f64 {
                            $value.of(x)
                        }
                    }
                    user.with::<OfColumn<$name>>()
                })*
                Unary::ExpM1 => user.with::<PowersOfE>(),
            }
        };
    }
    each! {
        Negate = Unary::Negate => Unary::Negate;
        Not = Unary::Not => Unary::Not;
        NormalShare = Unary::NormalShare => Unary::NormalShare;
        Share = Unary::Share => Unary::Share;
        NotBelowZero = Unary::NotBelowZero => Unary::NotBelowZero;
        Abs = Unary::Function(One::Abs) => One::Abs;
        Exp = Unary::Function(One::Exp) => One::Exp;
        Ln = Unary::Function(One::Ln) => One::Ln;
        Sqrt = Unary::Function(One::Sqrt) => One::Sqrt;
        Sigmoid = Unary::Function(One::Sigmoid) => One::Sigmoid;
        Sin = Unary::Function(One::Sin) => One::Sin;
        Cos = Unary::Function(One::Cos) => One::Cos;
        Floor = Unary::Function(One::Floor) => One::Floor;
        Round = Unary::Function(One::Round) => One::Round;
    }
}

/// Where the two operands of an operation stand.
enum Sides {
    Columns,
    ConstantLeft,
    ConstantRight,
}

fn of_two<U: KernelUser>(op: Binary, sides: Sides, user: U) -> U::Result {
    macro_rules! each {
        ($($name:ident)*) => {
            match (op, sides) {
                (Binary::Power, Sides::Columns) => user.with::<Powers>(),
                (Binary::Power, Sides::ConstantLeft) => user.with::<PowersOfConstant>(),
                (Binary::Power, Sides::ConstantRight) => user.with::<PowersToConstant>(),
                (Binary::Function(Two::Hazard), Sides::Columns) => user.with::<Hazards>(),
                (Binary::Function(Two::Hazard), Sides::ConstantRight) => {
                    user.with::<HazardsOverConstant>()
                }
                (Binary::Function(Two::Hazard), Sides::ConstantLeft) => {
                    struct Hazard;
                    impl OnTwo for Hazard {
                        #[inline(always)]
                        fn of(x: f64, y: f64) -> f64 {
                            Two::Hazard.of(x, y)
                        }
                    }
                    user.with::<OfConstantLeft<Hazard>>()
                }
                (Binary::Function(Two::Mod), sides) => {
                    struct Mod;
                    impl OnTwo for Mod {
                        #[inline(always)]
                        fn of(x: f64, y: f64) -> f64 {
                            Two::Mod.of(x, y)
                        }
                    }
                    match sides {
                        Sides::Columns => user.with::<OfColumns<Mod>>(),
                        Sides::ConstantLeft => user.with::<OfConstantLeft<Mod>>(),
                        Sides::ConstantRight => user.with::<OfConstantRight<Mod>>(),
                    }
                }
                $((Binary::$name, sides) => {
                    struct $name;
                    impl OnTwo for $name {
                        #[inline(always)]
                        fn of(x: f64, y: f64) -> f64 {
                            Binary::$name.of(x, y)
                        }
                    }
                    match sides {
                        Sides::Columns => user.with::<OfColumns<$name>>(),
                        Sides::ConstantLeft => user.with::<OfConstantLeft<$name>>(),
                        Sides::ConstantRight => user.with::<OfConstantRight<$name>>(),
                    }
                })*
            }
        };
    }
    each!(Add Subtract Multiply Divide Min Max Equal NotEqual Less LessEqual EqualOrNan
        NotEqualOrNan LessOrNan LessEqualOrNan And Or NanFirst AtLeast AtMost)
}

/// Does something with the kernel of an operation.
pub(in crate::engine::lanes) fn with_kernel<U: KernelUser>(code: Opcode, user: U) -> U::Result {
    match code {
        Opcode::Unary(op) => of_one(op, user),
        Opcode::Columns(op) => of_two(op, Sides::Columns, user),
        Opcode::ConstantLeft(op) => of_two(op, Sides::ConstantLeft, user),
        Opcode::ConstantRight(op) => of_two(op, Sides::ConstantRight, user),
        Opcode::Select => user.with::<Choosing>(),
        Opcode::SelectConstantThen => user.with::<ChoosingConstantThen>(),
        Opcode::SelectConstantElse => user.with::<ChoosingConstantElse>(),
        Opcode::SelectConstants => user.with::<ChoosingConstants>(),
        Opcode::Fill => user.with::<Filling>(),
        Opcode::Copy => user.with::<Copying>(),
        Opcode::Blend => user.with::<Blending>(),
        Opcode::BlendConstant => user.with::<BlendingConstant>(),
        Opcode::AddScaled => user.with::<AddingScaled>(),
        Opcode::AddProduct => user.with::<AddingProduct>(),
        Opcode::AddThree => user.with::<AddingThree>(),
        Opcode::Near => user.with::<Nearness>(),
        Opcode::AddNear => user.with::<AddingNearness>(),
        Opcode::Around => user.with::<NearnessWithin>(),
        Opcode::AddAtMost => user.with::<AddingAtMost>(),
        Opcode::AddAtLeast => user.with::<AddingAtLeast>(),
        Opcode::Test => user.with::<Testing>(),
    }
}

/// Where an option is open, makes its value the best or the worst so far if it is.
#[inline(always)]
pub(in crate::engine::lanes) fn widen([best, worst]: [&mut [f64]; 2], value: &[f64], open: &[f64]) {
    let mut better = [0.0; TILE];
    let mut worse = [0.0; TILE];
    let tiles = best.chunks_mut(TILE).zip(worst.chunks_mut(TILE));
    for ((best, worst), (value, open)) in tiles.zip(value.chunks(TILE).zip(open.chunks(TILE))) {
        let n = best.len();
        let (worst, value, open) = (&mut worst[..n], &value[..n], &open[..n]);
        let (better, worse) = (&mut better[..n], &mut worse[..n]);
        for i in 0..n {
            let is_open = open[i] != 0.0;
            better[i] = f64::from(u8::from(is_open & (value[i] > best[i])));
            worse[i] = f64::from(u8::from(is_open & (value[i] < worst[i])));
        }
        for i in 0..n {
            best[i] = put(better[i], value[i], best[i]);
            worst[i] = put(worse[i], value[i], worst[i]);
        }
    }
}
