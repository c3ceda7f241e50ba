//! Several paths through the processor from one body.
//!
//! The kernels are compiled once for any machine, once with AVX2 and once with AVX-512, and the
//! best path that the machine has is taken. There is `unsafe` here for two reasons: a
//! function compiled for a processor may only be called on such a processor, which the compiler
//! cannot know and [`Path::available`] asks; and a [`Call`] finds its columns by their position
//! alone, which is checked once for all calls of a [`DecodedCode`] and not at each.
#![allow(unsafe_code)]

use std::ops::Range;
use std::sync::OnceLock;

use super::code::{Call, DecodedCode, Stretch};
use super::columns::{FrameColumns, SHORT_STRIDE};
#[cfg(target_arch = "x86_64")]
use super::compress;
use super::instruction::Instruction;
use super::jit::{Machine, MachineWriter, Width};
use super::kernels::{self, Given, Kernel, KernelUser, TILE, Tile, with_kernel};
use super::masks;
use super::random;
use crate::engine::address::PackedCounter;
use crate::numeric;

/// A way through the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Path {
    /// What any machine has.
    Baseline,
    /// 256 bits at once (x86-64 with AVX2).
    Avx2,
    /// The same with stretches of tapes as machine code (`jit`).
    Avx2Code,
    /// 512 bits at once (x86-64 with AVX-512 F, DQ, VL and BW).
    Avx512,
    /// The same with stretches of tapes as machine code.
    Avx512Code,
}

impl Path {
    /// Every path, from the plainest on.
    pub const ALL: [Path; 5] =
        [Path::Baseline, Path::Avx2, Path::Avx2Code, Path::Avx512, Path::Avx512Code];

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
                        && std::arch::is_x86_feature_detected!("popcnt")
                }
                Path::Avx2Code => Path::Avx2.available(),
                Path::Avx512Code => Path::Avx512.available(),
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
            Path::Avx2Code => "avx2-code",
            Path::Avx512 => "avx512",
            Path::Avx512Code => "avx512-code",
        }
    }
}

/// A path that was found to be there.
#[derive(Clone, Copy, Debug)]
pub(in crate::engine::lanes) struct Cpu(Path);

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
                Path::Avx2 | Path::Avx2Code => unsafe { avx2($($argument),*) },
                // SAFETY: as above.
                #[cfg(target_arch = "x86_64")]
                Path::Avx512 | Path::Avx512Code => unsafe { avx512($($argument),*) },
                #[cfg(not(target_arch = "x86_64"))]
                Path::Avx2 | Path::Avx2Code | Path::Avx512 | Path::Avx512Code => {
                    baseline($($argument),*)
                }
            }
        }
    };
}

/// Carries a call out for the tile that begins here in the first column, with so many numbers from
/// a column to the next.
///
/// # Safety
///
/// The tile lies within the memory in each column of the call, and the column that is written is
/// none of those that are read.
#[inline(always)]
unsafe fn carry_out<K: Kernel>(call: &Call, start: *mut f64, stride: usize) {
    // SAFETY: see above.
    unsafe {
        let tile = |column: u32| start.add(column as usize * stride).cast::<Tile>();
        let given =
            Given { a: &*tile(call.a), b: &*tile(call.b), c: &*tile(call.c), k: call.k, l: call.l };
        K::run(&mut *tile(call.out), given);
    }
}

/// Carries calls, which need so many columns, out over all lanes: a tile after the other, so that
/// what they read and write of it stays in the nearest cache.
fn run_calls(calls: &[Call], needed: usize, columns: &mut FrameColumns) {
    let lanes = columns.lanes();
    let (memory, stride) = columns.memory();
    assert!(lanes.is_multiple_of(TILE) && lanes <= stride);
    assert!(needed.max(2) * stride <= memory.len());
    for from in (0..lanes).step_by(TILE) {
        let start = memory[from..].as_mut_ptr();
        for call in calls {
            // SAFETY: all columns of the calls lie within the memory, the tile lies within each, and
            // no call reads the column that it writes: see `Cpu::call`. The function is of a path
            // that is available, since a `Cpu` is only made of such a path.
            unsafe { (call.function)(call, start, stride) }
        }
    }
}

/// The same with machine code where there is some.
fn run_stretches(
    code: &DecodedCode,
    calls: Range<usize>,
    columns: &mut FrameColumns,
    machine: &Machine,
) {
    let first = code.stretches.partition_point(|stretch| (stretch.from as usize) < calls.start);
    let behind = code.stretches.partition_point(|stretch| (stretch.from as usize) < calls.end);
    let (used, lanes) = (columns.used(), columns.lanes());
    let (memory, stride) = columns.memory();
    assert!(lanes.is_multiple_of(TILE) && used <= lanes && lanes <= stride);
    assert!(stride == SHORT_STRIDE);
    assert!(code.columns.max(2) * stride <= memory.len());
    for from in (0..used).step_by(TILE) {
        let start = memory[from..].as_mut_ptr();
        let vectors = TILE.min(used - from).div_ceil(machine.width.numbers());
        for stretch in &code.stretches[first..behind] {
            if let Some(entry) = stretch.entry {
                // SAFETY: all columns of the code lie within the memory and the tile within each;
                // there is machine code only on a processor that can run it.
                unsafe { machine.run(entry, start, vectors) }
                continue;
            }
            for call in &code.calls[stretch.from as usize..stretch.to as usize] {
                // SAFETY: as in `run_calls`.
                unsafe { (call.function)(call, start, stride) }
            }
        }
    }
}

/// Finds the function that carries a kernel out on a path.
struct KernelFor(Path);

impl KernelUser for KernelFor {
    type Result = unsafe fn(&Call, *mut f64, usize);

    fn with<K: Kernel>(self) -> Self::Result {
        /// See [`carry_out`].
        unsafe fn baseline<K: Kernel>(call: &Call, start: *mut f64, stride: usize) {
            // SAFETY: the caller sees to it.
            unsafe { carry_out::<K>(call, start, stride) }
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,bmi2")]
        unsafe fn avx2<K: Kernel>(call: &Call, start: *mut f64, stride: usize) {
            // SAFETY: the caller sees to it.
            unsafe { carry_out::<K>(call, start, stride) }
        }
        #[cfg(target_arch = "x86_64")]
        #[target_feature(enable = "avx2,bmi2,avx512f,avx512dq,avx512vl,avx512bw")]
        unsafe fn avx512<K: Kernel>(call: &Call, start: *mut f64, stride: usize) {
            // SAFETY: the caller sees to it.
            unsafe { carry_out::<K>(call, start, stride) }
        }
        match self.0 {
            Path::Baseline => baseline::<K>,
            #[cfg(target_arch = "x86_64")]
            Path::Avx2 | Path::Avx2Code => avx2::<K>,
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 | Path::Avx512Code => avx512::<K>,
            #[cfg(not(target_arch = "x86_64"))]
            Path::Avx2 | Path::Avx2Code | Path::Avx512 | Path::Avx512Code => baseline::<K>,
        }
    }
}

impl Cpu {
    /// The path, or the best one where the machine lacks it.
    pub fn new(path: Path) -> Self {
        Cpu(if path.available() { path } else { Path::best() })
    }

    /// A writer of machine code for the path, if it has some.
    pub fn writer(self) -> Option<MachineWriter> {
        let width = match self.0 {
            Path::Baseline | Path::Avx2 | Path::Avx512 => return None,
            Path::Avx2Code => Width::Bits256,
            Path::Avx512Code => Width::Bits512,
        };
        Some(MachineWriter::new(width))
    }

    /// Instructions in the form in which they are carried out.
    pub fn decode(self, instructions: &[Instruction], stretches: Vec<Stretch>) -> DecodedCode {
        let columns = instructions.iter().map(Instruction::last_column).max();
        DecodedCode {
            calls: instructions.iter().map(|instruction| self.call(*instruction)).collect(),
            stretches,
            columns: columns.map_or(0, |last| last as usize + 1),
        }
    }

    fn call(self, instruction: Instruction) -> Call {
        let Instruction { code, out, k, l, .. } = instruction;
        // Columns that it does not read are any but the one that it writes.
        let [a, b, c] = instruction.operands().map(|operand| match operand {
            Some(column) => {
                assert_ne!(column, out, "an instruction does not read what it writes");
                column
            }
            None => u32::from(out == 0),
        });
        Call { function: with_kernel(code, KernelFor(self.0)), out, a, b, c, k, l }
    }

    /// Carries some of the calls of a code out over all lanes.
    pub fn run(
        self,
        code: &DecodedCode,
        calls: Range<usize>,
        columns: &mut FrameColumns,
        machine: Option<&Machine>,
    ) {
        match machine {
            Some(machine) if columns.stride() == SHORT_STRIDE => {
                run_stretches(code, calls, columns, machine);
            }
            _ => run_calls(&code.calls[calls], code.columns, columns),
        }
    }

    /// Carries one instruction out over all lanes.
    pub fn run_one(self, instruction: Instruction, columns: &mut FrameColumns) {
        let needed = instruction.last_column() as usize + 1;
        run_calls(&[self.call(instruction)], needed, columns);
    }

    paths!(
        /// Gumbel numbers from uniform ones, in place.
        numeric::gumbel_quantiles(numbers: &mut [f64])
    );
    paths!(
        /// Standard normal quantiles of uniform numbers, in place.
        random::normal_quantiles(numbers: &mut [f64])
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
        /// Whether a lane is set.
        masks::any(mask: &[f64]) -> bool
    );
    /// Finds the lanes that are set: see [`masks::set_lanes`].
    pub fn set_lanes(self, mask: &[f64], lanes: &mut [u32]) -> usize {
        match self.0 {
            Path::Baseline | Path::Avx2 | Path::Avx2Code => masks::set_lanes(mask, lanes),
            // SAFETY: a `Cpu` is only made of a path that is available.
            #[cfg(target_arch = "x86_64")]
            Path::Avx512 | Path::Avx512Code => unsafe { compress::set_lanes(mask, lanes) },
            #[cfg(not(target_arch = "x86_64"))]
            Path::Avx512 | Path::Avx512Code => masks::set_lanes(mask, lanes),
        }
    }

    paths!(
        /// Puts numbers of lanes into a column, each eight times.
        masks::spread(out: &mut [f64], of: &[f64], lanes: &[u32])
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
        /// A step of finding partners of further plays.
        random::flip_bits(numbers: &mut [u64], words: &[u64], at: u32, bit: u32)
    );
    paths!(
        /// Numbers of a further play.
        random::opposites(partners: &[u64], parts: &[u16], bits: &[u64], j: u32, out: &mut [f64])
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
