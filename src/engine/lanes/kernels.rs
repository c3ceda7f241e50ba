//! Operations over whole columns, written once and compiled for several kinds of processors by
//! [`super::cpu`]. They are loops without fused multiply-adds, so every processor gives the same
//! bits.

use super::operation::{Binary, Unary};
use super::tape::{Instruction, Opcode};
use crate::formula::Two;
use crate::numeric::{self, kernels};

/// Columns have room for a multiple of this many lanes, and loops run over multiples of it.
pub(super) const GRAIN: usize = 8;

/// Carries instructions out over the first `n` lanes, a multiple of [`GRAIN`].
#[inline(always)]
pub(super) fn run(code: &[Instruction], columns: &mut [Vec<f64>], n: usize) {
    for instruction in code {
        let at = instruction.out as usize;
        let mut out = std::mem::take(&mut columns[at]);
        carry_out(instruction, columns, &mut out[..n]);
        columns[at] = out;
    }
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

#[inline(always)]
fn map(out: &mut [f64], a: &[f64], f: impl Fn(f64) -> f64) {
    let a = &a[..out.len()];
    for (o, x) in out.iter_mut().zip(a) {
        *o = f(*x);
    }
}

#[inline(always)]
fn map2(out: &mut [f64], a: &[f64], b: &[f64], f: impl Fn(f64, f64) -> f64) {
    let n = out.len();
    let (a, b) = (&a[..n], &b[..n]);
    for ((o, x), y) in out.iter_mut().zip(a).zip(b) {
        *o = f(*x, *y);
    }
}

#[inline(always)]
fn unary(op: Unary, out: &mut [f64], a: &[f64]) {
    // A loop for each operation: only what is inlined into its loop can run over several lanes at
    // once.
    let a = &a[..out.len()];
    macro_rules! each {
        ($($name:ident)*) => {
            match op {
                Unary::Function(function) => function.each(out, a),
                Unary::ExpM1 => powers_of_e(out, a),
                $(Unary::$name => {
                    for (o, x) in out.iter_mut().zip(a) {
                        *o = Unary::$name.of(*x);
                    }
                })*
            }
        };
    }
    each!(Negate Not NormalShare Share NotBelowZero);
}

#[inline(always)]
fn binary(op: Binary, out: &mut [f64], with: impl Fn(&mut [f64], Binary)) {
    macro_rules! each {
        ($($name:ident)*) => {
            match op {
                Binary::Function(_) => with(out, op),
                $(Binary::$name => with(out, Binary::$name),)*
            }
        };
    }
    each!(Add Subtract Multiply Divide Power Min Max Equal NotEqual Less LessEqual
        EqualOrNan NotEqualOrNan LessOrNan LessEqualOrNan And Or NanFirst AtLeast
        AtMost);
}

/// A function that has a form without branches for ordinary arguments: that form over the whole
/// column, then the function itself where the arguments are not ordinary.
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

#[inline(always)]
fn powers_of_e(out: &mut [f64], a: &[f64]) {
    let mut large = false;
    for (o, x) in out.iter_mut().zip(a) {
        *o = kernels::exp_m1_up_to_40(*x);
        large |= *x > 40.0;
    }
    if large {
        for (o, x) in out.iter_mut().zip(a) {
            *o = kernels::exp_m1(*x);
        }
    }
}

#[inline(always)]
fn powers(out: &mut [f64], a: &[f64], b: &[f64]) {
    let (a, b) = (&a[..out.len()], &b[..out.len()]);
    mostly!(out, |i| a[i], b[i], kernels::is_plain_power, kernels::pow_of_positive, numeric::pow);
}

#[inline(always)]
fn powers_of(out: &mut [f64], k: f64, b: &[f64]) {
    let b = &b[..out.len()];
    mostly!(out, |i| k, b[i], kernels::is_plain_power, kernels::pow_of_positive, numeric::pow);
}

#[inline(always)]
fn powers_to(out: &mut [f64], a: &[f64], k: f64) {
    let a = &a[..out.len()];
    mostly!(out, |i| a[i], k, kernels::is_plain_power, kernels::pow_of_positive, numeric::pow);
}

#[inline(always)]
fn hazards(out: &mut [f64], a: &[f64], b: &[f64]) {
    let (a, b) = (&a[..out.len()], &b[..out.len()]);
    mostly!(
        out,
        |i| a[i],
        b[i],
        numeric::is_plain_hazard,
        numeric::plain_hazard,
        numeric::chance_per_step
    );
}

#[inline(always)]
fn hazards_over(out: &mut [f64], a: &[f64], k: f64) {
    let a = &a[..out.len()];
    mostly!(
        out,
        |i| a[i],
        k,
        numeric::is_plain_hazard,
        numeric::plain_hazard,
        numeric::chance_per_step
    );
}

#[inline(always)]
fn carry_out(instruction: &Instruction, columns: &[Vec<f64>], out: &mut [f64]) {
    let Instruction { code, a, b, c, k, l, .. } = *instruction;
    let n = out.len();
    let column = |index: u32| &columns[index as usize][..n];
    match code {
        Opcode::Unary(op) => unary(op, out, column(a)),
        Opcode::Columns(Binary::Power) => powers(out, column(a), column(b)),
        Opcode::ConstantLeft(Binary::Power) => powers_of(out, k, column(b)),
        Opcode::ConstantRight(Binary::Power) => powers_to(out, column(a), k),
        Opcode::Columns(Binary::Function(Two::Hazard)) => hazards(out, column(a), column(b)),
        Opcode::ConstantRight(Binary::Function(Two::Hazard)) => hazards_over(out, column(a), k),
        Opcode::Columns(op) => {
            let (a, b) = (column(a), column(b));
            binary(op, out, |out, op| map2(out, a, b, |x, y| op.of(x, y)));
        }
        Opcode::ConstantLeft(op) => {
            let b = column(b);
            binary(op, out, |out, op| map(out, b, |y| op.of(k, y)));
        }
        Opcode::ConstantRight(op) => {
            let a = column(a);
            binary(op, out, |out, op| map(out, a, |x| op.of(x, k)));
        }
        Opcode::Select => {
            let (a, b, c) = (column(a), column(b), column(c));
            for (i, o) in out.iter_mut().enumerate() {
                *o = pick(c[i], a[i], b[i]);
            }
        }
        Opcode::SelectConstantThen => map2(out, column(b), column(c), |y, c| pick(c, k, y)),
        Opcode::SelectConstantElse => map2(out, column(a), column(c), |x, c| pick(c, x, l)),
        Opcode::SelectConstants => map(out, column(c), |c| pick(c, k, l)),
        Opcode::Fill => out.fill(k),
        Opcode::Copy => out.copy_from_slice(column(a)),
        Opcode::Blend => {
            let (a, c) = (column(a), column(c));
            for (i, o) in out.iter_mut().enumerate() {
                *o = put(c[i], a[i], *o);
            }
        }
        Opcode::BlendConstant => {
            for (o, c) in out.iter_mut().zip(column(c)) {
                *o = put(*c, k, *o);
            }
        }
        Opcode::AddScaled => map2(out, column(a), column(b), |x, y| x + k * y),
        Opcode::AddProduct => {
            let (a, b, c) = (column(a), column(b), column(c));
            for (i, o) in out.iter_mut().enumerate() {
                *o = a[i] + b[i] * c[i];
            }
        }
        Opcode::AddThree => {
            let (a, b, c) = (column(a), column(b), column(c));
            for (i, o) in out.iter_mut().enumerate() {
                *o = a[i] + b[i] + c[i];
            }
        }
        Opcode::Near => map(out, column(a), |x| 1.0 - (x - l).abs()),
        Opcode::AddNear => map2(out, column(a), column(b), |x, y| x + k * (1.0 - (y - l).abs())),
        Opcode::Around => map(out, column(a), |x| 1.0 - (x - k).abs() / l),
        Opcode::AddAtMost => map(out, column(a), |x| Binary::AtMost.of(x + k, l)),
        Opcode::AddAtLeast => map(out, column(a), |x| Binary::AtLeast.of(x + k, l)),
        Opcode::Test => {
            let (a, c) = (column(a), column(c));
            for i in 0..n {
                let outside = !((a[i] >= k) & (a[i] <= l)) & (c[i] != 0.0);
                out[i] = out[i].max(f64::from(u8::from(outside)));
            }
        }
    }
}

/// The lanes that a round of a choice takes at a time.
pub(in crate::engine) const TILE: usize = 64;

/// Where an option is open, makes its value the best or the worst so far if it is.
#[inline(always)]
pub(super) fn widen([best, worst]: [&mut [f64]; 2], value: &[f64], open: &[f64]) {
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
