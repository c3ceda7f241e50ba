//! Elementary functions that give the same bits on every machine.
//!
//! `std` leaves `exp`, `ln`, `sin` and the like to the platform's library, whose last bits differ
//! between systems. These use only `+ - * /`, comparisons and integer operations, never a fused
//! multiply-add, so any IEEE 754 machine agrees, whatever its vector width. Special values follow
//! IEEE 754: a NaN comes out as NaN, and the usual limits hold at infinities, zeros and subnormals.
//!
//! The errors stated are the largest seen against 400-bit arithmetic over 20,000 arguments or more
//! of every size. One ulp is the gap between neighbouring doubles at the exact result.

mod double;
mod exp;
mod log;
mod order;
mod pow;
mod reduction;
mod trig;

pub(crate) use exp::exp_m1_up_to_40;
pub use exp::{exp, exp_m1, sigmoid};
pub use log::{ln, ln_1p};
pub(crate) use log::{ln_1p_up_to_zero, ln_of_normal};
pub use order::{max, min};
pub use pow::pow;
pub(crate) use pow::{is_plain_power, pow_of_positive};
pub use trig::{cos, sin};

#[cfg(test)]
mod tests;
