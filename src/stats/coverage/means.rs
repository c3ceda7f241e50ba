//! Means of differences of which few are not zero.

use super::{normal, stream, uniform};
use crate::numeric::{PhiloxStream, exp, ln};
use crate::stats::PairedMean;

const TRIALS: usize = 1_000;
const SEEDS: u32 = 2_000;

/// A difference that is not zero: a size, and the mean of all such sizes.
type SizeLaw = (&'static str, fn(&mut PhiloxStream) -> f64, f64);

const SIZES: [SizeLaw; 4] = [
    ("always one", |_| 1.0, 1.0),
    ("uniform", uniform, 0.5),
    ("exponential", |bits| -ln(uniform(bits)), 1.0),
    // exp(1/2).
    ("lognormal", |bits| exp(normal(bits)), 1.648_721_270_700_128),
];

/// In which share of seeds the 95 % interval of one of `comparisons` holds the mean, and in which there
/// is one; `differ` of the trials are expected to differ.
fn covered(differ: f64, size: SizeLaw, reach: Option<f64>, comparisons: u64) -> (f64, f64) {
    let (_, draw, mean) = size;
    let (share, mut bits) = (differ / TRIALS as f64, stream(differ as u32));
    let (mut told, mut held) = (0, 0);
    for _ in 0..SEEDS {
        let values: Vec<f64> = (0..TRIALS)
            .map(|_| if uniform(&mut bits) < share { draw(&mut bits) } else { 0.0 })
            .collect();
        if let Some(known) = PairedMean::of(&values).interval(reach, 0.95, comparisons) {
            told += 1;
            held += u32::from(known.contains(share * mean));
        }
    }
    (f64::from(held) / f64::from(told.max(1)), f64::from(told) / f64::from(SEEDS))
}

/// With 2, 5 or 10 differences expected, the bound by the reach always covers. Student's interval by
/// itself covers 48 to 87 %. The largest lognormal number of those drawn is far below 100.
#[test]
fn means_of_rare_differences_are_covered_by_the_reach_and_else_not_told() {
    for size in SIZES {
        for differ in [0.5, 2.0, 5.0, 10.0] {
            let (held, told) = covered(differ, size, Some(100.0), 1);
            println!("{}, {differ} differ: {held}", size.0);
            assert!(held >= 0.95 && told == 1.0, "{}, {differ} differ: {held}", size.0);
            let (_, told) = covered(differ, size, None, 1);
            assert!(told < 0.01, "{}, {differ} differ: told in {told}", size.0);
        }
    }
}

/// The results in percent, with their standard error of 0.5: Student's interval by itself covers 90 to
/// 91 % of lognormal differences.
///
/// ```text
///              25    30    40    60   120 of 1,000 differ
/// always one   98.4  98.8  97.3  95.6  95.1
/// uniform      98.9  98.8  97.5  96.9  95.7
/// exponential  99.2  98.5  97.2  96.9  96.6
/// lognormal    97.7  96.9  96.7  96.0  96.2
/// ```
#[test]
fn means_of_skewed_differences_are_covered() {
    for size in SIZES {
        let mut row = Vec::new();
        for differ in [25.0, 30.0, 40.0, 60.0, 120.0] {
            let (held, _) = covered(differ, size, None, 1);
            row.push(held);
            assert!(held >= 0.93, "{}, {differ} differ: {held}", size.0);
        }
        println!("{}: {row:?}", size.0);
        let (held, _) = covered(60.0, size, None, 10);
        assert!(held >= 0.985, "{}, one of 10: {held}", size.0);
    }
}
