//! What a record says of worlds and of many unknowns at once, against posteriors and evidences that are known exactly.

use std::fmt::Write as _;

use demarche::study::{Plan, update};

use crate::play::{model, scenario, sigmoid};
use crate::tables::{Desk, find, number};

/// Estimates are within so many of their standard errors.
pub const ERRORS: f64 = 4.5;

/// The logarithm of the beta function of whole numbers: (a − 1)! (b − 1)! / (a + b − 1)!
pub fn ln_beta(a: u32, b: u32) -> f64 {
    let ln_factorial = |n: u32| (1..=n).map(|k| f64::from(k).ln()).sum::<f64>();
    ln_factorial(a - 1) + ln_factorial(b - 1) - ln_factorial(a + b - 1)
}

#[test]
fn worlds_are_weighed_by_bayes_rule() {
    let mut text = scenario(
        12,
        "[assumptions]\np = { draw = \"beta(2, 3)\" }\n[events.bang]\nchance = \"p\"\n\
         [worlds.often]\nset = { \"assumptions.p\" = \"beta(6, 2)\" }\n\
         [worlds.seldom]\nset = { \"assumptions.p\" = \"beta(1, 9)\" }\n\
         [[outcomes]]\nid = \"many\"\nwhen = \"count(bang) >= 8\"\n\
         [record]\nuntil = 9\ncomplete = [\"bang\"]\n",
    );
    // Seven of ten steps.
    for step in [0, 1, 2, 4, 6, 8, 9] {
        let _ = write!(text, "[[record.entries]]\non = {step}\ndid = \"bang\"\n");
    }
    let desk = Desk::new();
    let file = desk.file("worlds.toml", &text);
    let asked = ["update", &file, "--world", "all", "-n", "16000", "--seed", "3"];
    let worlds = desk.play(&asked).table("worlds.csv");
    let priors = [("base", 2, 3), ("often", 6, 2), ("seldom", 1, 9)];
    let exact = priors.map(|(_, a, b)| ln_beta(a + 7, b + 3) - ln_beta(a, b));
    let all: f64 = exact.iter().map(|log| log.exp()).sum();
    for ((world, ..), log) in priors.iter().zip(exact) {
        let row = find(&worlds, &[("world", world)]);
        let error = number(row, "se");
        assert!(error < 0.2, "{row:?}");
        assert!((number(row, "log_evidence") - log).abs() < ERRORS * error, "{row:?}, not {log}");
        let base_error = number(&worlds[0], "se");
        let room = ERRORS * (error * error + base_error * base_error).sqrt();
        let factor = log - exact[0];
        assert!((number(row, "log_bayes_factor") - factor).abs() <= room, "{row:?}, not {factor}");
        let posterior = log.exp() / all;
        assert!((number(row, "posterior") - posterior).abs() < 0.03, "{row:?}, not {posterior}");
    }
}

/// Five actors, each with a cost of acting and one that grows over time, both unknown, uniform from 0 to 1.
struct Unknowns {
    /// By actor, the steps in which it acted.
    acted: Vec<Vec<u32>>,
}

const STEPS: u32 = 16;
const RATIONALITY: f64 = 8.0;

impl Unknowns {
    /// Actors that act early, seldom, mostly, late, and now and then.
    fn new() -> Self {
        let mostly = (0..STEPS).filter(|step| step % 5 != 2).collect();
        let now_and_then = (0..STEPS).filter(|step| step % 3 == 1).collect();
        let (early, late) = ((0..9).collect(), (11..STEPS).collect());
        Unknowns { acted: vec![early, vec![3, 12], mostly, late, now_and_then] }
    }

    fn scenario(&self) -> String {
        let mut text = String::from("[assumptions]\n");
        for (at, _) in self.acted.iter().enumerate() {
            let _ = writeln!(
                text,
                "c{at} = {{ draw = \"uniform(0, 1)\" }}\nd{at} = {{ draw = \"uniform(0, 1)\" }}"
            );
        }
        text.push_str("[state]\n");
        for (at, _) in self.acted.iter().enumerate() {
            let _ = writeln!(text, "x{at} = 0");
        }
        for (at, _) in self.acted.iter().enumerate() {
            let _ = writeln!(
                text,
                "[actors.a{at}]\nrationality = {RATIONALITY}\n\
                 wants.x = {{ of = \"x{at}\", best = 1, worst = 0 }}\n\
                 actions.act = {{ effects = {{ x{at} = 1 }}, cost = \"c{at} + d{at} * t / {STEPS}\" }}"
            );
        }
        text.push_str("[laws]\n");
        for (at, _) in self.acted.iter().enumerate() {
            let _ = writeln!(text, "x{at} = 0");
        }
        let _ = writeln!(text, "[record]\nuntil = {}", STEPS - 1);
        let names = (0..self.acted.len()).map(|at| format!("\"a{at}\""));
        let _ = writeln!(text, "complete = [{}]", names.collect::<Vec<_>>().join(", "));
        for (at, acted) in self.acted.iter().enumerate() {
            for step in acted {
                let _ = writeln!(text, "[[record.entries]]\non = {step}\ndid = \"a{at}.act\"");
            }
        }
        scenario(STEPS, &text)
    }

    /// How likely it was what an actor did, with these costs.
    fn likelihood(&self, actor: usize, c: f64, d: f64) -> f64 {
        let of = |step: u32| {
            let acts = sigmoid(RATIONALITY * (1.0 - c - d * f64::from(step) / f64::from(STEPS)));
            if self.acted[actor].contains(&step) { acts } else { 1.0 - acts }
        };
        (0..STEPS).map(of).product()
    }

    /// Mean and standard deviation of both costs of an actor given what it did, by the midpoint rule.
    fn exact(&self, actor: usize) -> [(f64, f64); 2] {
        let side = 400;
        let at = |k: u32| (f64::from(k) + 0.5) / f64::from(side);
        let mut all = 0.0;
        let mut moments = [(0.0, 0.0); 2];
        for (c, d) in (0..side).flat_map(|k| (0..side).map(move |l| (at(k), at(l)))) {
            let weight = self.likelihood(actor, c, d);
            all += weight;
            for ((first, second), x) in moments.iter_mut().zip([c, d]) {
                *first += weight * x;
                *second += weight * x * x;
            }
        }
        moments.map(|(first, second)| {
            let mean: f64 = first / all;
            (mean, (second / all - mean * mean).sqrt())
        })
    }

    /// The posterior means of all costs by so many particles drawn once and weighed by the whole record.
    fn unmoved(&self, particles: usize, seed: u64) -> Vec<f64> {
        let mut uniform = SplitMix(seed);
        let mut sums = vec![0.0; 2 * self.acted.len()];
        let mut all = 0.0;
        for _ in 0..particles {
            let costs: Vec<f64> = sums.iter().map(|_| uniform.next()).collect();
            let likelihood = |at: usize| self.likelihood(at, costs[2 * at], costs[2 * at + 1]);
            let weight: f64 = (0..self.acted.len()).map(likelihood).product();
            all += weight;
            sums.iter_mut().zip(&costs).for_each(|(sum, cost)| *sum += weight * cost);
        }
        sums.iter().map(|sum| sum / all).collect()
    }
}

/// Uniform numbers that have nothing to do with those of the engine (Steele, Lea & Flood 2014).
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 * 2f64.powi(-53)
    }
}

/// The root of the mean of squares of errors, in standard deviations of the posterior.
fn error(found: &[Vec<f64>], exact: &[(f64, f64)]) -> f64 {
    let squares = found.iter().flat_map(|means| {
        means.iter().zip(exact).map(|(mean, (own, sd))| ((mean - own) / sd) * ((mean - own) / sd))
    });
    (squares.sum::<f64>() / (found.len() * exact.len()) as f64).sqrt()
}

#[test]
fn a_thousand_moved_particles_are_as_sharp_as_ten_thousand_unmoved() {
    let game = Unknowns::new();
    let exact: Vec<(f64, f64)> = (0..game.acted.len()).flat_map(|at| game.exact(at)).collect();
    let model = model(&game.scenario());
    let past = model.known.as_ref().expect("a record");
    let seeds = 0..8u64;
    let moved = |seed: u64| -> Vec<f64> {
        let plan = Plan { seed, trials: 1_000, ..Plan::default() };
        let found = update(&model, past, plan, &()).expect("no accident").expect("possible");
        // What is printed counts original particles, of which few are left.
        assert!((1.0..200.0).contains(&found.effective), "{}", found.effective);
        found.assumptions.iter().map(|own| own.posterior.mean).collect()
    };
    let moved: Vec<Vec<f64>> = seeds.clone().map(moved).collect();
    let unmoved: Vec<Vec<f64>> = seeds.map(|seed| game.unmoved(10_000, seed)).collect();
    let (moved, unmoved) = (error(&moved, &exact), error(&unmoved, &exact));
    println!("errors in posterior standard deviations: {moved} moved, {unmoved} unmoved");
    assert!(moved < 0.5 * unmoved, "{moved} moved, {unmoved} unmoved");
}
