//! The random numbers of imagined plays.

use super::address::{AddressKeys, Counter, fold};
use super::random_source::RandomSource;
use super::slots::Slots;
use crate::model::{ChoicePlaceId, Model, PlaceId};
use crate::numeric;

/// One imagination: who imagines, in which trial and step, and how many plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Imagining {
    /// The key of the actor's imagination.
    pub key: u64,
    /// 1, or 2 for what an actor imagines another to imagine.
    pub level: u8,
    /// The trial in which the actor imagines.
    pub trial: u64,
    /// Which repeat of the trial.
    pub play: u16,
    /// The real step in which the actor imagines.
    pub now: u32,
    /// The step in which the imagined play begins; the real one at level 1.
    pub origin: u32,
    /// How many plays are imagined.
    pub plays: u32,
}

impl Imagining {
    /// The imagination of another inside this one's play `k` in step `step`.
    pub fn within(&self, k: usize, step: u32, other: u64) -> u64 {
        nested_key(self.key, k, step, other)
    }
}

/// The key of the imagination of another, with its own key, inside play `k` of one in step `step`.
pub(super) fn nested_key(outer: u64, k: usize, step: u32, own: u64) -> u64 {
    let moment = (k as u64) << 32 | u64::from(step);
    fold(fold(outer, moment), own)
}

/// The random numbers of the plays of one imagination: stratified over the plays. They are the same
/// for every option that is weighed, so that they are drawn once and kept.
///
/// At each address the K numbers fall one into each of the K equal parts of 0..1, in an order that
/// is shuffled by the address.
pub(super) struct StratifiedNumbers {
    slots: Slots,
    context: Option<Imagining>,
    /// For each step ahead and slot, where its numbers stand in `drawn`, if `stamps` says that they
    /// were drawn for this context.
    starts: Vec<u32>,
    stamps: Vec<u32>,
    stamp: u32,
    drawn: Vec<f64>,
    order: Vec<u32>,
    /// The play whose numbers are given out.
    pub k: usize,
}

impl StratifiedNumbers {
    /// Room for the numbers of the places of a model.
    pub fn new(model: &Model) -> Self {
        StratifiedNumbers {
            slots: Slots::of(model),
            context: None,
            starts: Vec::new(),
            stamps: Vec::new(),
            stamp: 0,
            drawn: Vec::new(),
            order: Vec::new(),
            k: 0,
        }
    }

    /// Begins to imagine; numbers drawn for the same context before are kept.
    pub fn begin(&mut self, context: Imagining) {
        if self.context != Some(context) {
            self.context = Some(context);
            self.drawn.clear();
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
            self.starts.resize((ahead + 1) * self.slots.width, 0);
        }
        if self.stamps[at] != self.stamp {
            self.stamps[at] = self.stamp;
            self.starts[at] = self.drawn.len() as u32;
            self.draw(fold(key, context.key), (number, step), of_uniform);
        }
        self.drawn[self.starts[at] as usize + self.k]
    }

    fn draw(&mut self, key: u64, (number, step): (u16, u32), of_uniform: impl Fn(f64) -> f64) {
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
        shuffled(context.plays, base, key, &mut self.order);
        for k in 0..context.plays as usize {
            let bits = Counter { imagination: (k / 2) as u16, ..base }.bits(key)[k % 2];
            let (stratum, plays) = (f64::from(self.order[k]), f64::from(context.plays));
            self.drawn.push(of_uniform(numeric::stratified(stratum, bits, plays)));
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
