//! Real luck and imagined luck.

use super::address::{AddressKeys, Counter, fold};
use crate::formula::Uniforms;
use crate::model::{Model, PlaceId, Purpose};
use crate::numeric;

/// Where a play gets its random numbers from.
pub(super) trait RandomSource {
    /// A uniform number in 0..1 for a place in a step.
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64;

    /// A standard Gumbel number, −ln(−ln u), for an option of a choice.
    fn gumbel(&mut self, place: PlaceId, step: u32) -> f64 {
        gumbel(self.uniform(place, 0, step))
    }
}

/// The standard Gumbel quantile.
pub(super) fn gumbel(u: f64) -> f64 {
    -numeric::ln(-numeric::ln(u))
}

/// The draws of one formula at one moment.
pub(super) struct FormulaDraws<'a> {
    pub source: &'a mut dyn RandomSource,
    pub place: PlaceId,
    pub step: u32,
}

impl Uniforms for FormulaDraws<'_> {
    fn uniform(&mut self, number: u16) -> f64 {
        self.source.uniform(self.place, number, self.step)
    }
}

/// What really happens in a trial.
pub(super) struct RealSource<'a> {
    pub keys: &'a AddressKeys,
    pub trial: u64,
    /// Which repeat of the trial; 0 for the trial itself.
    pub play: u16,
}

impl RandomSource for RealSource<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        let RealSource { trial, play, .. } = *self;
        let counter = Counter { trial, step: step as u16, number, play, ..Counter::default() };
        counter.uniform(self.keys.real(place))
    }
}

/// Whose imagination it is, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Imagining {
    /// The key of the imagination.
    pub key: u64,
    /// 1, or 2 for a mind within a mind.
    pub level: u8,
    /// The trial.
    pub trial: u64,
    /// Which repeat of it.
    pub play: u16,
    /// The real step in which it is imagined.
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

/// Imagined luck: stratified over the plays, and the same for every option that
/// is weighed, so that it is drawn once and kept.
///
/// At each address the K numbers fall one into each of the K equal parts of
/// 0..1, in an order shuffled by the address.
pub(super) struct StratifiedNumbers {
    slots: Vec<u32>,
    width: usize,
    gumbels: Vec<bool>,
    context: Option<Imagining>,
    /// For each step ahead and slot, where its numbers stand in `store`, if
    /// `stamps` says that they were drawn for this context.
    starts: Vec<u32>,
    stamps: Vec<u32>,
    stamp: u32,
    store: Vec<f64>,
    order: Vec<u32>,
    /// The play whose numbers are given out.
    pub k: usize,
}

impl StratifiedNumbers {
    /// Imagined luck for the places of a model.
    pub fn new(model: &Model) -> Self {
        let mut slots = Vec::with_capacity(model.places.len());
        let mut width = 0u32;
        for place in &model.places {
            slots.push(width);
            width += u32::from(place.numbers.max(1));
        }
        StratifiedNumbers {
            slots,
            width: width as usize,
            gumbels: model.places.iter().map(|p| p.purpose == Purpose::Choice).collect(),
            context: None,
            starts: Vec::new(),
            stamps: Vec::new(),
            stamp: 0,
            store: Vec::new(),
            order: Vec::new(),
            k: 0,
        }
    }

    /// Begins to imagine; numbers drawn for the same context before are kept.
    pub fn begin(&mut self, context: Imagining) {
        if self.context != Some(context) {
            self.context = Some(context);
            self.store.clear();
            self.stamp = self.stamp.wrapping_add(1);
            if self.stamp == 0 {
                self.stamps.fill(0);
                self.stamp = 1;
            }
        }
        self.k = 0;
    }

    /// What is being imagined.
    pub fn context(&self) -> Imagining {
        self.context.expect("source is asked for only after an imagination began")
    }

    /// The numbers of an address over all plays.
    fn numbers(&mut self, keys: &AddressKeys, place: PlaceId, number: u16, step: u32) -> usize {
        let context = self.context();
        let ahead = step.saturating_sub(context.origin) as usize;
        let at = ahead * self.width + self.slots[place.0 as usize] as usize + usize::from(number);
        if at >= self.stamps.len() {
            self.stamps.resize((ahead + 1) * self.width, 0);
            self.starts.resize((ahead + 1) * self.width, 0);
        }
        if self.stamps[at] != self.stamp {
            self.stamps[at] = self.stamp;
            self.starts[at] = self.store.len() as u32;
            self.draw(keys, place, number, step, context);
        }
        self.starts[at] as usize
    }

    fn draw(
        &mut self,
        keys: &AddressKeys,
        place: PlaceId,
        number: u16,
        step: u32,
        context: Imagining,
    ) {
        let key = keys.imagined(place, context.key);
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
        let as_gumbel = self.gumbels[place.0 as usize];
        for k in 0..context.plays as usize {
            let bits = Counter { imagination: (k / 2) as u16, ..base }.bits(key)[k % 2];
            let (stratum, plays) = (f64::from(self.order[k]), f64::from(context.plays));
            let u = numeric::stratified(stratum, bits, plays);
            self.store.push(if as_gumbel { gumbel(u) } else { u });
        }
    }
}

/// A random order of `0..plays` by Fisher and Yates, from numbers of its own.
fn shuffled(plays: u32, base: Counter, key: u64, order: &mut Vec<u32>) {
    /// Imaginations from here on are numbers for shuffling.
    const SHUFFLE: u16 = 0x8000;
    order.clear();
    order.extend(0..plays);
    let mut words = [0u32; 4];
    for (used, last) in (1..plays as usize).rev().enumerate() {
        if used % 4 == 0 {
            let block = Counter { imagination: SHUFFLE | (used / 4) as u16, ..base }.bits(key);
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

/// Imagined luck with the keys to draw it.
pub(super) struct ImaginedSource<'a> {
    pub keys: &'a AddressKeys,
    pub strata: &'a mut StratifiedNumbers,
}

impl RandomSource for ImaginedSource<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        let start = self.strata.numbers(self.keys, place, number, step);
        self.strata.store[start + self.strata.k]
    }

    /// The numbers of options are kept as Gumbel numbers already.
    fn gumbel(&mut self, place: PlaceId, step: u32) -> f64 {
        self.uniform(place, 0, step)
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
