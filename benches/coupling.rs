//! Measures how much each way of sharing random numbers between policies reduces variance: plays
//! every policy of a scenario and the run without a policy on the same trials under each
//! `Coupling`, and prints the tables of `docs/coupling.md`.
//!
//! ```text
//! cargo bench --bench coupling -- scenarios/korea-2017/first-edition.toml 250 1
//! ```
//!
//! The arguments are the scenario file, the number of trials and the seed; `--test` plays a few
//! trials, to check that it runs.

use std::convert::Infallible;
use std::path::Path;

use demarche::engine::{Coupling, Engine, Reference};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY, UNRESOLVED};
use demarche::stats::Paired;
use demarche::study::{Plan, play_side_by_side};

const COUPLINGS: [(Coupling, &str); 3] = [
    (Coupling::Addressed, "addressed"),
    (Coupling::OneUniform, "one uniform"),
    (Coupling::Sequential, "sequential"),
];
/// The number of bootstrap resamples of the trials.
const RESAMPLES: usize = 1_000;
/// The quantiles of a distribution that are shown.
const SHOWN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

/// The outcome of every trial, by cell: first without a policy, then under each policy.
type Cells = Vec<Vec<u32>>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut given = arguments.iter().filter(|argument| !argument.starts_with("--"));
    let testing = arguments.iter().any(|argument| argument == "--test");
    let file = given.next().map_or("scenarios/border-crisis.toml", String::as_str);
    let whole = |text: &String| text.parse::<u64>().expect("a whole number");
    let trials = given.next().map_or(if testing { 20 } else { 1_000 }, whole);
    let seed = given.next().map_or(1, whole);

    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let bytes = std::fs::read(&path).expect("the scenario file is there");
    let document = Document::read(file, &bytes);
    let named = document.policies().into_iter().filter(|policy| *policy != NO_POLICY);
    let policies: Vec<&str> = std::iter::once(NO_POLICY).chain(named).collect();
    let models: Vec<Model> = policies
        .iter()
        .map(|policy| document.model(policy, BASE_WORLD).expect("the scenario is sound"))
        .collect();

    println!("{file}: {} policies, {trials} trials, seed {seed}\n", policies.len() - 1);
    let played = played(&models, trials, seed);
    let outcomes: Vec<&str> =
        models[0].outcomes.iter().map(|outcome| outcome.id.as_str()).chain([UNRESOLVED]).collect();
    let study = Study { policies, outcomes, trials: trials as usize, played };
    study.print_distributions();
    study.print_moved();
    study.print_pairs();
}

/// Plays all cells under all couplings side by side, and returns the cells of each coupling.
fn played(models: &[Model], trials: u64, seed: u64) -> Vec<Cells> {
    let under = |coupling| {
        models.iter().map(move |model| Engine::from(Reference::new(model, seed).coupled(coupling)))
    };
    let engines: Vec<_> = COUPLINGS.iter().flat_map(|(coupling, _)| under(*coupling)).collect();
    let plan = Plan { seed, trials, ..Plan::default() };
    let mut cells = vec![Vec::new(); engines.len()];
    play_side_by_side(&engines, plan, &(), |wave| {
        for (cell, leaves) in cells.iter_mut().zip(wave) {
            cell.extend(leaves.iter().flat_map(|leaf| &leaf.outcomes));
        }
        Ok::<(), Infallible>(())
    })
    .expect("no accident");
    cells.chunks(models.len()).map(<[_]>::to_vec).collect()
}

/// The trials that were played, and the statistics computed from them.
struct Study<'a> {
    policies: Vec<&'a str>,
    outcomes: Vec<&'a str>,
    trials: usize,
    /// The cells of each coupling.
    played: Vec<Cells>,
}

impl Study<'_> {
    /// The indices of all trials, each once.
    fn all(&self) -> Vec<usize> {
        (0..self.trials).collect()
    }

    /// The counts of an outcome without and with a policy, over a sample of trials.
    fn paired(&self, coupling: usize, policy: usize, outcome: usize, rows: &[usize]) -> Paired {
        let (plain, other) = (&self.played[coupling][0], &self.played[coupling][policy]);
        let mut paired = Paired { n: rows.len() as u64, ..Paired::default() };
        for row in rows {
            match (plain[*row] as usize == outcome, other[*row] as usize == outcome) {
                (true, true) => paired.both += 1,
                (true, false) => paired.only_a += 1,
                (false, true) => paired.only_b += 1,
                (false, false) => {}
            }
        }
        paired
    }

    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        let outcomes = self.outcomes.len();
        (1..self.policies.len()).flat_map(move |policy| (0..outcomes).map(move |at| (policy, at)))
    }

    /// The counts of all pairs of policy and outcome under a coupling, over a sample of trials.
    fn counts(&self, coupling: usize, rows: &[usize]) -> Vec<Paired> {
        self.pairs().map(|(policy, at)| self.paired(coupling, policy, at, rows)).collect()
    }

    /// The statistics of a coupling over a sample of trials: see [`HEADS`].
    fn answers(&self, coupling: usize, rows: &[usize]) -> [f64; 4] {
        let counts = self.counts(coupling, rows);
        let ratios = sorted(counts.iter().filter_map(Paired::variance_ratio));
        let gains = sorted(counts.iter().filter_map(gain));
        let [independent, own] = counts.iter().fold([0.0; 2], |[all, own], paired| {
            let [variance, independent, _] = variances(paired);
            [all + independent, own + variance]
        });
        let mean = gains.iter().sum::<f64>() / gains.len() as f64;
        [quantile(&ratios, 0.5), independent / own, quantile(&gains, 0.5), mean]
    }

    fn print_distributions(&self) {
        let rows = self.all();
        println!("| variance ratio | pairs | {} |", SHOWN.map(percent).join(" | "));
        println!("|---|---|{}", "---|".repeat(SHOWN.len()));
        for (coupling, (_, name)) in COUPLINGS.iter().enumerate() {
            let counts = self.counts(coupling, &rows);
            let ratios = sorted(counts.iter().filter_map(Paired::variance_ratio));
            println!("| {name} | {} | {} |", ratios.len(), quantiles(&ratios));
            let best = sorted(counts.iter().filter_map(Paired::best_ratio));
            println!("| most for those shares | {} | {} |", best.len(), quantiles(&best));
        }
        println!("\n| share of the possible gain | pairs | {} |", SHOWN.map(percent).join(" | "));
        println!("|---|---|{}", "---|".repeat(SHOWN.len()));
        for (coupling, (_, name)) in COUPLINGS.iter().enumerate() {
            let gains = sorted(self.counts(coupling, &rows).iter().filter_map(gain));
            println!("| {name} | {} | {} |", gains.len(), quantiles(&gains));
        }
        let drawn: Vec<[[f64; 4]; 3]> = resamples(self.trials)
            .map(|rows| [0, 1, 2].map(|coupling| self.answers(coupling, &rows)))
            .collect();
        println!("\n| | {} |", HEADS.join(" | "));
        println!("|---|{}", "---|".repeat(HEADS.len()));
        let ranges = |of: &dyn Fn(&[[f64; 4]; 3], usize) -> f64, now: &[[f64; 4]; 3]| {
            let cells = (0..HEADS.len()).map(|at| {
                let spread = sorted(drawn.iter().map(|answers| of(answers, at)));
                let ends = [0.025, 0.975].map(|share| number(quantile(&spread, share)));
                format!("{} ({} to {})", number(of(now, at)), ends[0], ends[1])
            });
            cells.collect::<Vec<_>>().join(" | ")
        };
        let now = [0, 1, 2].map(|coupling| self.answers(coupling, &rows));
        for (coupling, (_, name)) in COUPLINGS.iter().enumerate() {
            println!("| {name} | {} |", ranges(&|answers, at| answers[coupling][at], &now));
        }
        for (less, (_, name)) in COUPLINGS.iter().enumerate().skip(1) {
            let more = |answers: &[[f64; 4]; 3], at: usize| answers[0][at] - answers[less][at];
            println!("| addressed minus {name} | {} |", ranges(&more, &now));
        }
    }

    /// Prints in how many trials each policy changes the outcome at all.
    fn print_moved(&self) {
        let names = COUPLINGS.map(|(_, name)| name).join(" | ");
        println!("\n| trials with another outcome | minimum | {names} | independent |");
        println!("|---|{}", "---|".repeat(COUPLINGS.len() + 2));
        for policy in 1..self.policies.len() {
            let shares = |cell: usize| {
                let mut shares = vec![0.0; self.outcomes.len()];
                for outcome in &self.played[0][cell] {
                    shares[*outcome as usize] += 1.0 / self.trials as f64;
                }
                shares
            };
            let (plain, other) = (shares(0), shares(policy));
            let both = plain.iter().zip(&other);
            let least = both.clone().map(|(a, b)| (a - b).abs()).sum::<f64>() / 2.0;
            let alone = 1.0 - both.map(|(a, b)| a * b).sum::<f64>();
            let moved = self.played.iter().map(|cells| {
                let ends = cells[0].iter().zip(&cells[policy]);
                percent(ends.filter(|(a, b)| a != b).count() as f64 / self.trials as f64)
            });
            let moved = moved.collect::<Vec<_>>().join(" | ");
            let name = self.policies[policy];
            println!("| {name} | {} | {moved} | {} |", percent(least), percent(alone));
        }
    }

    fn print_pairs(&self) {
        let names = COUPLINGS.map(|(_, name)| name).join(" | ");
        println!("\n| policy | outcome | without → with | most | {names} |");
        println!("|---|---|---|---|{}", "---|".repeat(COUPLINGS.len()));
        let rows = self.all();
        for (policy, outcome) in self.pairs() {
            let counts = [0, 1, 2].map(|coupling| self.paired(coupling, policy, outcome, &rows));
            let Some(best) = counts[0].best_ratio() else { continue };
            let shares = [counts[0].share_a(), counts[0].share_b()];
            let [without, with] = shares.map(|share| percent(share.unwrap_or_default()));
            let ratios = counts.map(|paired| paired.variance_ratio().map_or("–".into(), number));
            println!(
                "| {} | {} | {without} → {with} | {} | {} |",
                self.policies[policy],
                self.outcomes[outcome],
                number(best),
                ratios.join(" | "),
            );
        }
    }
}

/// The columns of [`Study::answers`].
const HEADS: [&str; 4] = ["median ratio", "ratio of summed variances", "median gain", "mean gain"];

/// The variance of a difference in one trial: as played, for independent runs, and the smallest
/// possible.
fn variances(paired: &Paired) -> [f64; 3] {
    let n = paired.n as f64;
    let [a, b] = [paired.only_a, paired.only_b].map(|only| (paired.both + only) as f64 / n);
    let d = paired.difference();
    let own = (paired.only_a + paired.only_b) as f64 / n - d * d;
    [own, a * (1.0 - a) + b * (1.0 - b), d.abs() * (1.0 - d.abs())]
}

/// The share of the possible gain: how far the variance fell from that of independent runs towards
/// the smallest possible. It is the covariance divided by the largest that Hoeffding's bound
/// allows, or `None` if that is 0.
fn gain(paired: &Paired) -> Option<f64> {
    let [own, independent, least] = variances(paired);
    let possible = independent - least;
    (possible > 1e-12).then(|| (independent - own) / possible)
}

/// Bootstrap resamples: trials drawn with replacement, by a separate generator (Knuth's MMIX).
fn resamples(trials: usize) -> impl Iterator<Item = Vec<usize>> {
    let mut state = 1u64;
    let mut next = move || {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((state >> 32) as usize * trials) >> 32
    };
    (0..RESAMPLES).map(move |_| (0..trials).map(|_| next()).collect())
}

fn sorted(values: impl Iterator<Item = f64>) -> Vec<f64> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The nearest-rank quantile of a sorted list.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let at = (share * sorted.len() as f64).ceil() as usize;
    sorted.get(at.saturating_sub(1)).copied().unwrap_or(f64::NAN)
}

fn quantiles(sorted: &[f64]) -> String {
    SHOWN.map(|share| number(quantile(sorted, share))).join(" | ")
}

fn number(value: f64) -> String {
    if value.is_infinite() { "∞".to_owned() } else { format!("{value:.2}") }
}

fn percent(share: f64) -> String {
    format!("{:.0} %", 100.0 * share)
}
