//! Parts of a variance that are settled at some moments.

use super::{stream, uniform};
use crate::numeric::PhiloxStream;
use crate::stats::{EndedTrials, SettledSums};

const SEEDS: u32 = 500;

/// No interval may miss more often than this.
const MOST_MISSED: f64 = 0.07;

/// A game of throws one after another, each of which comes with its own chance.
struct Game {
    name: &'static str,
    chances: &'static [f64],
    won: fn(&[bool]) -> bool,
}

const GAMES: [Game; 9] = [
    Game { name: "one of three", chances: &[0.3, 0.5, 0.5], won: |r| r[0] },
    Game { name: "all of three", chances: &[0.5, 0.667, 0.5], won: |r| r.iter().all(|x| *x) },
    Game { name: "most of five", chances: &[0.5; 5], won: |r| count(r) >= 3 },
    Game { name: "most of nine", chances: &[0.5; 9], won: |r| count(r) >= 5 },
    Game { name: "any of three, rarely", chances: &[0.02; 3], won: |r| count(r) > 0 },
    Game { name: "one, rarely", chances: &[0.02, 0.5], won: |r| r[0] },
    Game { name: "one, nearly always", chances: &[0.96, 0.5], won: |r| r[0] },
    Game { name: "all of three, rarely", chances: &[0.3; 3], won: |r| r.iter().all(|x| *x) },
    Game {
        name: "a few among many",
        chances: &[0.5, 0.5, 0.03, 0.97],
        won: |r| {
            if r[2] { r[0] } else { r[1] && r[3] }
        },
    },
];

fn count(throws: &[bool]) -> usize {
    throws.iter().filter(|came| **came).count()
}

impl Game {
    /// The probability of winning when the first throws are known.
    fn odds(&self, known: &[bool]) -> f64 {
        let at = known.len();
        if at == self.chances.len() {
            return f64::from(u8::from((self.won)(known)));
        }
        let with = |came: bool| self.odds(&[known, &[came]].concat());
        self.chances[at] * with(true) + (1.0 - self.chances[at]) * with(false)
    }

    /// The variance that each throw settles, over all of it.
    fn parts(&self) -> Vec<f64> {
        let p = self.odds(&[]);
        let mut parts = vec![0.0; self.chances.len()];
        self.add_squares(&[], 1.0 / (p * (1.0 - p)), &mut parts);
        parts
    }

    fn add_squares(&self, known: &[bool], weight: f64, parts: &mut [f64]) {
        let at = known.len();
        if at == self.chances.len() {
            return;
        }
        let odds = self.odds(known);
        for (came, chance) in [(true, self.chances[at]), (false, 1.0 - self.chances[at])] {
            let next = [known, &[came]].concat();
            let change = self.odds(&next) - odds;
            parts[at] += weight * chance * change * change;
            self.add_squares(&next, weight * chance, parts);
        }
    }

    fn throws(&self, bits: &mut PhiloxStream) -> Vec<bool> {
        self.chances.iter().map(|chance| uniform(bits) < *chance).collect()
    }

    /// A trial: whether it is won, and the halves of each throw.
    fn trial(&self, bits: &mut PhiloxStream) -> (bool, Vec<i64>) {
        let (own, other) = (self.throws(bits), self.throws(bits));
        let won = (self.won)(&own);
        let ends = |throws: &[bool]| i64::from((self.won)(throws));
        let halves = (0..own.len()).map(|at| {
            let mut without = own.clone();
            without[at] = other[at];
            let from = |at: usize| ends(&[&own[..at], &other[at..]].concat());
            (i64::from(won) - ends(&without)) * (from(at + 1) - from(at))
        });
        (won, halves.collect())
    }
}

/// How often the interval of each throw's part, of those up to half of them together, and of the sum missed its
/// exact value, among the seeds in which it is told; and the share of these.
fn missed(game: &Game, trials: u64) -> (Vec<(f64, f64)>, f64) {
    let parts = game.parts();
    let half = parts[..parts.len().div_ceil(2)].iter().sum();
    let exact: Vec<f64> = parts.iter().copied().chain([half, 1.0]).collect();
    let mut misses = vec![0u32; exact.len()];
    let mut told = 0;
    for seed in 0..SEEDS {
        let mut bits = stream(seed);
        let mut sums = vec![SettledSums::default(); exact.len()];
        let mut ended = 0;
        for _ in 0..trials {
            let (won, mut halves) = game.trial(&mut bits);
            ended += u64::from(won);
            let until: i64 = halves[..halves.len().div_ceil(2)].iter().sum();
            halves.extend([until, halves.iter().sum()]);
            sums.iter_mut().zip(halves).for_each(|(sums, halves)| sums.add(halves, won));
        }
        let of = EndedTrials { ended, trials };
        if !of.tell() {
            continue;
        }
        told += 1;
        for ((sums, exact), misses) in sums.iter().zip(&exact).zip(&mut misses) {
            let part = sums.part(of, 1).expect("enough ended either way");
            *misses += u32::from(part.low > *exact || part.high < *exact);
        }
    }
    let share = |misses: u32| f64::from(misses) / f64::from(told.max(1));
    let all = exact.into_iter().zip(misses.into_iter().map(share)).collect();
    (all, f64::from(told) / f64::from(SEEDS))
}

#[test]
fn the_parts_of_a_game_are_exact() {
    let [one, all, most, ..] = &GAMES;
    let exactly = one.parts().into_iter().zip([1.0, 0.0, 0.0]);
    assert!(exactly.map(|(found, exact)| (found - exact).abs()).all(|away| away < 1e-12));
    let p = 1.0 / 6.0;
    let near = |game: &Game, parts: &[f64]| {
        game.parts().iter().zip(parts).all(|(found, exact)| (found - exact).abs() < 1e-3)
    };
    assert!((all.odds(&[]) - p).abs() < 1e-3 && near(all, &[0.2, 0.2, 0.6]));
    // After k throws of five the variance that is left follows the binomial tree.
    assert!(near(most, &[0.140_625, 0.140_625, 0.156_25, 0.187_5, 0.375]));
}

#[test]
fn intervals_of_parts_hold() {
    for game in &GAMES {
        for trials in [60, 200, 1_000, 4_000] {
            let (missed, told) = missed(game, trials);
            println!("{}, {trials} trials, told in {told}: {missed:.3?}", game.name);
            if told < 0.1 {
                continue;
            }
            for (exact, share) in missed {
                assert!(share <= MOST_MISSED, "{}, {trials}: {exact} missed in {share}", game.name);
            }
        }
    }
}
