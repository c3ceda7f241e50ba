//! The statements of the paper on the article's question, on five other seeds than that of its tables.
//! They are about signs and orders, not about levels.

use std::sync::Arc;

use super::{How, MONTHS, OPENING, Run, difference, played};

/// Seeds that no table of the paper was made with.
const SEEDS: [u64; 5] = [2, 3, 4, 5, 6];
/// How many trials of each where answers are looked at.
const FEW: u64 = 24;
/// How many where shares are, which vary more.
const MANY: u64 = 60;
/// The last month of a trial.
const END: usize = 15;

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// All months of many trials.
fn run(policy: &str, world: &str, seed: u64) -> Arc<Run> {
    played(policy, world, How::at_once(seed, MANY, MONTHS))
}

/// The first months of a few trials.
fn opening(policy: &str, seed: u64) -> Arc<Run> {
    played(policy, "base", How::at_once(seed, FEW, OPENING))
}

/// Moscow's help has a price: for each favour, 8 bn USD a year buys more of it than nothing.
#[test]
fn moscows_help_has_a_price_on_every_seed() {
    for seed in SEEDS {
        for favour in ["vote", "workers", "oil", "mediation"] {
            let yes = |size: &str| {
                let policy = format!("test_{favour}_for_{size}");
                mean(&opening(&policy, seed).at_end_of(1, "moscow_said_yes"))
            };
            let (much, nothing) = (yes("much"), yes("nothing"));
            assert!(much > nothing + 0.2, "seed {seed}, {favour}: {much} and {nothing}");
        }
    }
}

/// Seoul's line comes nearer to that of Moscow and Beijing and does not cross one half; Pyongyang's calm moves it
/// further than anything that Moscow gives, and Seoul's own choices move it back.
#[test]
fn who_moves_seoul_on_every_seed() {
    for seed in SEEDS {
        let base = run("none", "base", seed);
        let by = |who: &str| mean(&base.at_end_of(END, &format!("moved_by_{who}")));
        let line = mean(&base.at_end_of(END, "seoul_line"));
        assert!((0.25..0.5).contains(&line), "seed {seed}: {line}");
        let (calm, moscow, own) = (by("pyongyang"), by("moscow"), by("seoul"));
        assert!(calm > 2.0 * moscow, "seed {seed}: Pyongyang {calm}, Moscow {moscow}");
        assert!(own < 0.0, "seed {seed}: Seoul {own}");
    }
}

/// A Moscow to which its tie hardly matters does more for Seoul, and moves it further.
#[test]
fn a_moscow_free_of_its_tie_matters_more_on_every_seed() {
    for seed in SEEDS {
        let free = run("none", "moscow_indifferent", seed);
        let bound = run("none", "moscow_bound", seed);
        for what in ["favours_done", "moved_by_moscow"] {
            let [more, less] = [&free, &bound].map(|run| run.at_end_of(END, what));
            let more = difference(&more, &less);
            assert!(more.mean > more.half, "seed {seed}, {what}: {}", more.mean);
        }
    }
}

/// If Seoul moves, the first text is softer.
#[test]
fn a_seoul_that_moves_softens_the_text_on_every_seed() {
    for seed in SEEDS {
        let [moved, base] =
            ["seoul_moves", "none"].map(|policy| opening(policy, seed).at_end_of(1, "sanctions"));
        let softer = difference(&base, &moved);
        assert!(softer.mean > softer.half, "seed {seed}: {}", softer.mean);
    }
}

/// Differences of a recorded column at the end between two runs, over all seeds; the mean of each seed, too.
fn over_seeds(with: (&str, &str), without: (&str, &str), column: &str) -> (Vec<f64>, [f64; 5]) {
    let mut all = Vec::new();
    let by_seed = SEEDS.map(|seed| {
        let [with, without] =
            [with, without].map(|(policy, world)| run(policy, world, seed).at_end_of(END, column));
        let changes: Vec<f64> =
            with.iter().zip(&without).map(|(with, without)| with - without).collect();
        all.extend_from_slice(&changes);
        mean(&changes)
    });
    (all, by_seed)
}

/// When everyone chooses three times as sharply, Moscow does less for Seoul, and Seoul's line moves less.
#[test]
fn sharp_choices_mean_less_of_moscow_on_every_seed() {
    for column in ["favours_done", "seoul_line"] {
        let (_, by_seed) = over_seeds(("none", "sharp_choices"), ("none", "base"), column);
        assert!(by_seed.iter().all(|change| *change < 0.0), "{column}: {by_seed:?}");
    }
}

/// An end of Beijing's pressure brings Seoul's line nearer to Moscow's and Beijing's, and further than all four
/// favours of Moscow do.
#[test]
fn what_beijing_and_moscow_give_moves_seoul_on_every_seed() {
    let [pressure, favours] = ["beijing_lifts_pressure", "moscow_gives_all"]
        .map(|policy| over_seeds((policy, "base"), ("none", "base"), "seoul_line").1);
    for (seed, (pressure, favours)) in pressure.iter().zip(&favours).enumerate() {
        assert!(*favours > 0.0 && pressure > favours, "seed {seed}: {pressure} and {favours}");
    }
}

/// Small changes are told from all five seeds together: if Seoul moves, exercises are held less; without Beijing's
/// moves its line stays behind; where Washington pauses the exercises for nothing, there are no fewer tests.
#[test]
fn small_changes_over_all_seeds() {
    for (policy, column, sign) in [
        ("seoul_moves", "drills_on", -1.0),
        ("beijing_absent", "seoul_line", -1.0),
        ("washington_pauses", "months_with_tests", 1.0),
    ] {
        let (changes, _) = over_seeds((policy, "base"), ("none", "base"), column);
        let change = difference(&changes, &vec![0.0; changes.len()]);
        let said = format!("{policy}, {column}: {} ± {}", change.mean, change.half);
        assert!(sign * change.mean > change.half, "{said}");
    }
}
