//! The random numbers of imagined plays.

use super::address::{AddressKeys, Counter, fold};
use super::doubled::{flips, opposite, part_of, shuffling_blocks};
use super::random_source::RandomSource;
use super::slots::Slots;
use crate::model::{ChoicePlaceId, Model, PlaceId};
use crate::numeric;
use crate::scenario::Imaginations;

/// One imagination: who imagines, in which trial and step, and how many plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Imagining {
    /// The key of the actor's imagination.
    pub key: u64,
    /// 1, or 2 for what an actor imagines another, or itself later, to imagine.
    pub level: u8,
    /// The trial in which the actor imagines.
    pub trial: u64,
    /// Which repeat of the trial.
    pub play: u16,
    /// The real step in which the actor imagines.
    pub now: u32,
    /// The step in which the imagined play begins; the real one at level 1.
    pub origin: u32,
    /// How many plays are imagined, at least and at most.
    pub plays: Imaginations,
}

impl Imagining {
    /// The imagination of another, or of the same actor later, inside this one's play `k` in step
    /// `step`.
    pub fn within(&self, k: usize, step: u32, other: u64) -> u64 {
        nested_key(self.key, k, step, other)
    }
}

/// The key of the imagination of an actor, with its own key, inside play `k` of one in step `step`.
pub(super) fn nested_key(outer: u64, k: usize, step: u32, own: u64) -> u64 {
    let moment = (k as u64) << 32 | u64::from(step);
    fold(fold(outer, moment), own)
}

/// The random numbers of the plays of one imagination: stratified over the plays. They are the same
/// for every option that is weighed, so that they are drawn once and kept.
///
/// At each address the numbers of the K plays that are imagined in any case fall one into each of
/// the K equal parts of 0..1, in an order that is shuffled by the address. Those of further plays
/// are as in [`super::doubled`].
pub(super) struct StratifiedNumbers {
    slots: Slots,
    context: Option<Imagining>,
    /// What was drawn for each step ahead and slot, if `stamps` says that it was for this context.
    drawn: Vec<DrawnPlays>,
    stamps: Vec<u32>,
    stamp: u32,
    order: Vec<u32>,
    /// The play whose numbers are given out.
    pub k: usize,
}

/// The numbers of a slot, play by play, as far as they were drawn.
#[derive(Clone, Default)]
struct DrawnPlays {
    numbers: Vec<f64>,
    /// The parts in which the uniform numbers lie; only where further plays may follow.
    parts: Vec<u16>,
}

impl StratifiedNumbers {
    /// Room for the numbers of the places of a model.
    pub fn new(model: &Model) -> Self {
        StratifiedNumbers {
            slots: Slots::of(model),
            context: None,
            drawn: Vec::new(),
            stamps: Vec::new(),
            stamp: 0,
            order: Vec::new(),
            k: 0,
        }
    }

    /// Begins to imagine; numbers drawn for the same context before are kept.
    pub fn begin(&mut self, context: Imagining) {
        if self.context != Some(context) {
            self.context = Some(context);
            self.stamp = self.stamp.wrapping_add(1);
            if self.stamp == 0 {
                self.stamps.fill(0);
                self.stamp = 1;
            }
        }
        self.k = 0;
    }

    /// The imagination that began last.
    pub fn context(&self) -> Imagining {
        self.context.expect("numbers are asked for only after an imagination began")
    }

    /// The number in a slot in this play, made of the uniform ones under a key by `of_uniform`.
    fn number(
        &mut self,
        slot: usize,
        key: u64,
        (number, step): (u16, u32),
        of_uniform: impl Fn(f64) -> f64,
    ) -> f64 {
        let context = self.context();
        let ahead = step.saturating_sub(context.origin) as usize;
        let at = ahead * self.slots.width + slot;
        if at >= self.stamps.len() {
            self.stamps.resize((ahead + 1) * self.slots.width, 0);
            self.drawn.resize((ahead + 1) * self.slots.width, DrawnPlays::default());
        }
        let new = self.stamps[at] != self.stamp;
        if new || self.k >= self.drawn[at].numbers.len() {
            self.stamps[at] = self.stamp;
            let mut drawn = std::mem::take(&mut self.drawn[at]);
            if new {
                drawn.numbers.clear();
                drawn.parts.clear();
            }
            let key = fold(key, context.key);
            while self.k >= drawn.numbers.len() {
                self.draw(&mut drawn, key, (number, step), &of_uniform);
            }
            self.drawn[at] = drawn;
        }
        self.drawn[at].numbers[self.k]
    }

    /// Draws the numbers of the plays that are imagined in any case, or of as many further ones as
    /// were drawn before.
    fn draw(
        &mut self,
        drawn: &mut DrawnPlays,
        key: u64,
        (number, step): (u16, u32),
        of_uniform: impl Fn(f64) -> f64,
    ) {
        let context = self.context();
        let base = Counter {
            trial: context.trial,
            step: context.now as u16,
            number,
            play: context.play,
            level: context.level,
            imagination: 0,
            imagined_step: step as u16,
        };
        let bits = |k: usize| Counter { imagination: (k / 2) as u16, ..base }.bits(key)[k % 2];
        let Imaginations { least, most } = context.plays;
        let before = drawn.numbers.len();
        if before == 0 {
            shuffled(least, base, key, &mut self.order);
            for k in 0..least as usize {
                let stratum = f64::from(self.order[k]);
                let u = numeric::stratified(stratum, bits(k), f64::from(least));
                drawn.numbers.push(of_uniform(u));
                if most > least {
                    drawn.parts.push(part_of(u));
                }
            }
            return;
        }
        let j = before.ilog2();
        let shuffle = |block: usize| base.doubling(j, block).bits(key);
        let words: Vec<u64> = (0..shuffling_blocks(j)).flat_map(shuffle).collect();
        for m in 0..before {
            let random = |at: usize| (words[at / 64] >> (at % 64)) & 1;
            let flipped = flips(m, j).map(|(at, bit)| (random(at) as usize) << bit);
            let partner = flipped.fold(m, |partner, flip| partner ^ flip);
            let u = opposite(drawn.parts[partner], j, bits(before + m));
            drawn.numbers.push(of_uniform(u));
            drawn.parts.push(part_of(u));
        }
    }
}

/// A random order of `0..plays` by Fisher and Yates, from numbers of its own.
fn shuffled(plays: u32, base: Counter, key: u64, order: &mut Vec<u32>) {
    order.clear();
    order.extend(0..plays);
    let mut words = [0u32; 4];
    for (used, last) in (1..plays as usize).rev().enumerate() {
        if used % 4 == 0 {
            let block = base.shuffling(used / 4).bits(key);
            words = [
                block[0] as u32,
                (block[0] >> 32) as u32,
                block[1] as u32,
                (block[1] >> 32) as u32,
            ];
        }
        let pick = (u64::from(words[used % 4]) * (last as u64 + 1)) >> 32;
        order.swap(last, pick as usize);
    }
}

/// The numbers of an imagined play with the keys to draw them.
pub(super) struct ImaginedSource<'a> {
    pub keys: &'a AddressKeys,
    pub stratified: &'a mut StratifiedNumbers,
}

impl RandomSource for ImaginedSource<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        let slot = self.stratified.slots.uniform(place, number);
        self.stratified.number(slot, self.keys.uniforms(place), (number, step), |u| u)
    }

    fn gumbel(&mut self, place: ChoicePlaceId, step: u32) -> f64 {
        let slot = self.stratified.slots.gumbel(place);
        self.stratified.number(slot, self.keys.gumbels(place), (0, step), numeric::gumbel_quantile)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Room for the numbers of two places.
    fn room() -> StratifiedNumbers {
        let text = b"format = 1\n[scenario]\nsteps = 1\n[events.a]\nchance = 0.5\n[events.b]\nchance = 0.5\n";
        let document = crate::model::Document::read("two.toml", text);
        StratifiedNumbers::new(&document.model("none", "base").expect("a sound scenario"))
    }

    /// The uniform numbers of the first `count` plays at a place in a trial, of so many plays.
    fn numbers(
        room: &mut StratifiedNumbers,
        (trial, place): (u64, usize),
        (least, most): (u32, u32),
        count: usize,
    ) -> Vec<f64> {
        let plays = Imaginations { least, most };
        let context = Imagining { key: 5, level: 1, trial, play: 0, now: 0, origin: 0, plays };
        room.begin(context);
        let mut number = |k: usize| {
            room.k = k;
            room.number(place, 70 + place as u64, (0, 0), |u| u)
        };
        (0..count).map(&mut number).collect()
    }

    #[test]
    fn every_power_of_two_of_plays_has_a_number_in_each_part() {
        let mut room = room();
        for (trial, plays) in [(0, (8, 64)), (1, (8, 64)), (2, (16, 128)), (3, (8, 4096))] {
            let all = numbers(&mut room, (trial, 0), plays, plays.1 as usize);
            let mut n = plays.0;
            while n <= plays.1 {
                let part = |u: &f64| (u * f64::from(n)) as u32;
                let mut parts: Vec<u32> = all[..n as usize].iter().map(part).collect();
                parts.sort_unstable();
                assert_eq!(parts, (0..n).collect::<Vec<_>>());
                n *= 2;
            }
        }
    }

    #[test]
    fn the_plays_to_begin_with_are_those_of_a_fixed_number_and_do_not_depend_on_the_most() {
        let mut room = room();
        let fixed = numbers(&mut room, (9, 1), (8, 8), 8);
        let some = numbers(&mut room, (9, 1), (8, 32), 32);
        let more = numbers(&mut room, (9, 1), (8, 64), 64);
        assert_eq!(fixed, some[..8]);
        assert_eq!(some, more[..32]);
        // Nor on which are asked for first.
        room.begin(Imagining { trial: 10, ..room.context() });
        room.begin(Imagining { trial: 9, ..room.context() });
        room.k = 63;
        assert_eq!(room.number(1, 71, (0, 0), |u| u), more[63]);
        room.k = 2;
        assert_eq!(room.number(1, 71, (0, 0), |u| u), more[2]);
    }

    /// Σ (found − expected)² / expected over cells that are equally likely.
    fn chi_square(cells: &[u32]) -> f64 {
        let expected = f64::from(cells.iter().sum::<u32>()) / cells.len() as f64;
        let off = |found: &u32| numeric::pow(f64::from(*found) - expected, 2.0) / expected;
        cells.iter().map(off).sum()
    }

    #[test]
    fn each_number_is_uniform_and_those_of_two_places_are_independent() {
        let mut room = room();
        const TRIALS: u64 = 8_000;
        let mut alone = vec![[0u32; 16]; 64];
        let mut together = vec![[0u32; 16]; 64];
        for trial in 0..TRIALS {
            let a = numbers(&mut room, (trial, 0), (8, 64), 64);
            let b = numbers(&mut room, (trial, 1), (8, 64), 64);
            for k in 0..64 {
                alone[k][(a[k] * 16.0) as usize] += 1;
                together[k][4 * (a[k] * 4.0) as usize + (b[k] * 4.0) as usize] += 1;
            }
        }
        // With 15 degrees of freedom 44.3 is exceeded once in 10,000 times; there are 128 cases.
        for cells in alone.iter().chain(&together) {
            assert!(chi_square(cells) < 44.3, "{cells:?}");
        }
    }

    #[test]
    fn what_two_numbers_do_together_varies_little_more_than_in_independent_plays() {
        // The mean over n plays of the product of two signs, by which halves the numbers lie in. In
        // independent plays its variance is 1/n, in a Latin hypercube of eight plays 1/7; a van der
        // Corput sequence shuffled by nesting alone would have 2/n.
        let mut room = room();
        const TRIALS: u64 = 8_000;
        let mut squares = [0.0; 4];
        let mut smooth = [0.0; 4];
        for trial in 0..TRIALS {
            let a = numbers(&mut room, (trial, 0), (8, 64), 64);
            let b = numbers(&mut room, (trial, 1), (8, 64), 64);
            for (at, n) in [8, 16, 32, 64].into_iter().enumerate() {
                let sign = |u: f64| if u < 0.5 { -1.0 } else { 1.0 };
                let product = a[..n].iter().zip(&b[..n]).map(|(a, b)| sign(*a) * sign(*b));
                squares[at] += numeric::pow(product.sum::<f64>() / n as f64, 2.0) / TRIALS as f64;
                let mean = a[..n].iter().map(|u| u * u).sum::<f64>() / n as f64;
                smooth[at] += numeric::pow(mean - 1.0 / 3.0, 2.0) / TRIALS as f64;
            }
        }
        for (at, n) in [8.0, 16.0, 32.0, 64.0].into_iter().enumerate() {
            // The error of a variance from so many trials is about 1.6 %.
            let times = squares[at] * n;
            assert!((times - 8.0 / 7.0).abs() < 0.1, "{times} at {n}");
            // A smooth function of one number: the variance within a part of width 1/n falls with
            // n⁻³, as for one point drawn in each part (Owen 1997): Σ (2u/n)²/12n⁴ = 1/9n³.
            let times = smooth[at] * 9.0 * n * n * n;
            assert!((times - 1.0).abs() < 0.1, "{times} at {n}");
        }
    }

    #[test]
    fn a_shuffle_holds_every_number_once_and_depends_on_its_address() {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        shuffled(100, Counter::default(), 7, &mut a);
        shuffled(100, Counter { step: 1, ..Counter::default() }, 7, &mut b);
        assert_ne!(a, b);
        a.sort_unstable();
        assert_eq!(a, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn shuffles_are_even() {
        // 6 orders of 3, 6,000 shuffles: each about 1,000 times.
        let mut seen = indexmap::IndexMap::new();
        let mut order = Vec::new();
        for trial in 0..6_000 {
            shuffled(3, Counter { trial, ..Counter::default() }, 99, &mut order);
            *seen.entry(order.clone()).or_insert(0u32) += 1;
        }
        assert_eq!(seen.len(), 6);
        assert!(seen.values().all(|count| (850..1150).contains(count)), "{seen:?}");
    }
}
