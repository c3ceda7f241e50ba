//! Several paths through the processor from one body.
//!
//! The kernels are compiled once for any machine, once with AVX2 and once with AVX-512, and the
//! best path that the machine has is taken. This is the one file with `unsafe`: a function compiled
//! for a processor may only be called on such a processor, which the compiler cannot know and
//! [`Path::available`] asks.
#![allow(unsafe_code)]

use std::sync::OnceLock;

use super::tape::Instruction;
use super::{kernels, masks, random};
use crate::engine::address::PackedCounter;
use crate::engine::choice;
use crate::model::ChoiceRule;
use crate::numeric;

/// A way through the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// What any machine has.
    Baseline,
    /// 256 bits at once (x86-64 with AVX2).
    Avx2,
    /// 512 bits at once (x86-64 with AVX-512 F, DQ, VL and BW).
    Avx512,
}

impl Path {
    /// Every path, from the plainest on.
    pub const ALL: [Path; 3] = [Path::Baseline, Path::Avx2, Path::Avx512];

    /// Whether this machine has it.
    pub fn available(self) -> bool {
        #[cfg(target_arch = "x86_64")]
        {
            match self {
                Path::Baseline => true,
                Path::Avx2 => {
                    std::arch::is_x86_feature_detected!("avx2")
                        && std::arch::is_x86_feature_detected!("bmi2")
                }
                Path::Avx512 => {
                    Path::Avx2.available()
                        && std::arch::is_x86_feature_detected!("avx512f")
                        && std::arch::is_x86_feature_detected!("avx512dq")
                        && std::arch::is_x86_feature_detected!("avx512vl")
                        && std::arch::is_x86_feature_detected!("avx512bw")
                }
            }
        }
        #[cfg(not(target_arch = "x86_64"))]
        {
            self == Path::Baseline
        }
    }

    /// The best that this machine has.
    pub fn best() -> Path {
        static BEST: OnceLock<Path> = OnceLock::new();
        *BEST.get_or_init(|| {
            let mut best = Path::Baseline;
            for path in Path::ALL {
                if path.available() {
                    best = path;
                }
            }
            best
        })
    }

    /// The path of this name.
    pub fn named(name: &str) -> Option<Path> {
        Path::ALL.into_iter().find(|path| path.name() == name)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Path::Baseline => "baseline",
            Path::Avx2 => "avx2",
            Path::Avx512 => "avx512",
        }
    }
}

/// A path that was found to be there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cpu(Path);

/// Compiles a kernel for each path, and calls the one that is taken.
macro_rules! paths {
    ($(#[$doc:meta])* $module:ident::$name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?) => {
        $(#[$doc])*
        pub fn $name(self, $($argument: $type),*) $(-> $result)? {
            fn baseline($($argument: $type),*) $(-> $result)? {
                $module::$name($($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,bmi2")]
            fn avx2($($argument: $type),*) $(-> $result)? {
                $module::$name($($argument),*)
            }
            #[cfg(target_arch = "x86_64")]
            #[target_feature(enable = "avx2,bmi2,avx512f,avx512dq,avx512vl,avx512bw")]
            fn avx512($($argument: $type),*) $(-> $result)? {
                $module::$name($($argument),*)
            }
            match self.0 {
                Path::Baseline => baseline($($argument),*),
                // SAFETY: a `Cpu` is only made of a path that is available.
                #[cfg(target_arch = "x86_64")]
                Path::Avx2 => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Path::Avx512 => unsafe { avx512($($argument),*) },
                #[cfg(not(target_arch = "x86_64"))]
                Path::Avx2 | Path::Avx512 => baseline($($argument),*),
            }
        }
    };
}

impl Cpu {
    /// The path, or the best one where the machine lacks it.
    pub fn new(path: Path) -> Self {
        Cpu(if path.available() { path } else { Path::best() })
    }

    paths!(
        /// Carries instructions out.
        kernels::run(code: &[Instruction], columns: &mut [Vec<f64>], n: usize)
    );
    paths!(
        /// Gumbel numbers from uniform ones, in place.
        numeric::gumbel_quantiles(numbers: &mut [f64])
    );
    paths!(
        /// Standard normal quantiles of uniform numbers, in place.
        random::normal_quantiles(numbers: &mut [f64])
    );
    paths!(
        /// One round of a choice.
        choice::pick_round(rule: ChoiceRule<&[f64]>, chosen: [&mut [f64]; 2], given: [&[f64]; 3], option: f64)
    );
    paths!(
        /// The best and the worst of what is open.
        kernels::widen(ends: [&mut [f64]; 2], value: &[f64], open: &[f64])
    );
    paths!(
        /// How many lanes are set.
        masks::count(mask: &[f64]) -> u64
    );
    paths!(
        /// How many lanes are set in both.
        masks::count_both(a: &[f64], b: &[f64]) -> u64
    );
    paths!(
        /// How many lanes are set in the first only.
        masks::count_without(a: &[f64], b: &[f64]) -> u64
    );
    paths!(
        /// Adds a mask to counts.
        masks::add(counts: &mut [f64], mask: &[f64])
    );
    paths!(
        /// Lanes of a mask with no less than so many.
        masks::at_least(out: &mut [f64], mask: &[f64], counts: &[f64], least: f64)
    );
    paths!(
        /// Notes a step in lanes that have no step yet.
        masks::note_first(steps: &mut [f64], mask: &[f64], step: f64)
    );
    paths!(
        /// Uniform numbers for trials under one key.
        random::uniforms(trials: &[u64], counter: PackedCounter, key: u64, out: &mut [f64])
    );
    paths!(
        /// A step of shuffling.
        random::swap_digits(orders: &mut [u64], words: &[u64], upper: bool, last: u64)
    );
    paths!(
        /// Stratified numbers of one of so many plays.
        random::strata_of_digits(orders: &[u64], bits: &[u64], play: (usize, usize), out: &mut [f64])
    );
    paths!(
        /// Philox blocks for trials under one key.
        random::philox_one_key(trials: &[u64], counter: PackedCounter, key: u64, out: [&mut [u64]; 2])
    );
    paths!(
        /// Philox blocks for trials, each with its key.
        random::philox_keys(trials: &[u64], counter: PackedCounter, keys: &[u64], out: [&mut [u64]; 2])
    );
}
