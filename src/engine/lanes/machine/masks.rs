//! Counting, noting and gathering by masks, over whole columns.

/// How many neighbours [`spread`] gives the same number.
pub(in crate::engine::lanes) const EIGHT: usize = 8;

/// How many lanes are set.
#[inline(always)]
pub(in crate::engine::lanes) fn count(mask: &[f64]) -> u64 {
    mask.iter().map(|x| u64::from(*x != 0.0)).sum()
}

/// Whether a lane is set.
#[inline(always)]
pub(in crate::engine::lanes) fn any(mask: &[f64]) -> bool {
    // Some lanes at once, by their bits but for the sign.
    const AT_ONCE: usize = 64;
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

/// Gathers what is wanted of some lanes, without branches: `put` is told to put each lane's item
/// into the slot behind those that are wanted so far, where it stays if it is wanted itself.
/// Returns how many are.
#[inline(always)]
pub(in crate::engine::lanes) fn gather<T>(
    lanes: impl Iterator<Item = (T, bool)>,
    mut put: impl FnMut(usize, usize, T),
) -> usize {
    let mut slot = 0;
    for (lane, (item, wanted)) in lanes.enumerate() {
        put(slot, lane, item);
        slot += usize::from(wanted);
    }
    slot
}
