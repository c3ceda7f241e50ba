//! Counting, noting and gathering by masks, over whole columns.

/// How many neighbours [`spread`] gives the same number.
pub(in crate::engine::lanes) const EIGHT: usize = 8;

/// How many lanes are looked at together.
const AT_ONCE: usize = 64;

/// How many lanes are set.
#[inline(always)]
pub(in crate::engine::lanes) fn count(mask: &[f64]) -> u64 {
    mask.iter().map(|x| u64::from(*x != 0.0)).sum()
}

/// Whether a lane is set.
#[inline(always)]
pub(in crate::engine::lanes) fn any(mask: &[f64]) -> bool {
    // By their bits but for the sign.
    let bits = |part: &[f64]| part.iter().fold(0, |all, x| all | x.to_bits());
    mask.chunks(AT_ONCE).any(|part| bits(part) << 1 != 0)
}

/// Puts numbers of lanes into a column, each eight times.
#[inline(always)]
pub(in crate::engine::lanes) fn spread(out: &mut [f64], of: &[f64], lanes: &[u32]) {
    for (slots, lane) in out.chunks_exact_mut(EIGHT).zip(lanes) {
        slots.copy_from_slice(&[of[*lane as usize]; EIGHT]);
    }
}

/// How many lanes are set in both.
#[inline(always)]
pub(in crate::engine::lanes) fn count_both(a: &[f64], b: &[f64]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from((*a != 0.0) & (*b != 0.0))).sum()
}

/// How many lanes are set in the first and not in the second.
#[inline(always)]
pub(in crate::engine::lanes) fn count_without(a: &[f64], b: &[f64]) -> u64 {
    a.iter().zip(b).map(|(a, b)| u64::from((*a != 0.0) & (*b == 0.0))).sum()
}

/// Notes a step, in the lanes of a mask where no step is noted yet; a negative number says so.
#[inline(always)]
pub(in crate::engine::lanes) fn note_first(steps: &mut [f64], mask: &[f64], step: f64) {
    for (first, x) in steps.iter_mut().zip(mask) {
        let now = (*x != 0.0) & (*first < 0.0);
        // Where nothing happens, nothing is added to what is noted; elsewhere -1 becomes the step.
        *first += f64::from(u8::from(now)) * (step + 1.0);
    }
}

/// Puts the positions of the set lanes in front of `lanes`, in order, and returns how many there are. There is
/// room for all. Behind those that are set, `lanes` may be any.
#[inline(always)]
pub(in crate::engine::lanes) fn set_lanes(mask: &[f64], lanes: &mut [u32]) -> usize {
    let mut n = 0;
    for (part, from) in mask.chunks(AT_ONCE).zip((0..).step_by(AT_ONCE)) {
        for lane in positions(part, |x| x != 0.0) {
            lanes[n] = from + lane;
            n += 1;
        }
    }
    n
}

/// The positions, in order, of the numbers of which something holds, at most 64 of them. All numbers are
/// looked at before the first position is told, so that this takes no branches.
#[inline(always)]
pub(in crate::engine::lanes) fn positions(
    numbers: &[f64],
    holds: impl Fn(f64) -> bool,
) -> impl Iterator<Item = u32> {
    // Every eighth number together, so that this is done by vectors.
    let mut bits = [0u64; EIGHT];
    let mut places = [1u64, 2, 4, 8, 16, 32, 64, 128];
    let mut eights = numbers.chunks_exact(EIGHT);
    for eight in &mut eights {
        for i in 0..EIGHT {
            bits[i] |= if holds(eight[i]) { places[i] } else { 0 };
            places[i] <<= EIGHT;
        }
    }
    for (i, x) in eights.remainder().iter().enumerate() {
        bits[i] |= if holds(*x) { places[i] } else { 0 };
    }
    let mut bits = bits.into_iter().fold(0, |all, bits| all | bits);
    std::iter::from_fn(move || {
        let first = (bits != 0).then(|| bits.trailing_zeros())?;
        bits &= bits - 1;
        Some(first)
    })
}

#[cfg(test)]
mod tests {
    use crate::engine::lanes::machine::cpu::{Cpu, Path};

    #[test]
    fn set_lanes_are_found_in_order_on_every_path() {
        for path in Path::ALL.into_iter().filter(|path| path.available()) {
            for n in [0, 1, 7, 8, 63, 64, 65, 200, 256] {
                for step in [1, 2, 7, 300] {
                    let is_set = |lane: usize| lane % step == step / 2;
                    let number = |lane| if is_set(lane) { [1.0, f64::NAN][lane % 2] } else { -0.0 };
                    let mask: Vec<f64> = (0..n).map(number).collect();
                    let mut lanes = vec![0; n];
                    let count = Cpu::new(path).set_lanes(&mask, &mut lanes);
                    let expected: Vec<u32> =
                        (0..n as u32).filter(|lane| is_set(*lane as usize)).collect();
                    assert_eq!(lanes[..count], expected);
                }
            }
        }
    }
}
