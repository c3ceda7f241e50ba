//! Random numbers by column: of what really happens, and of what is imagined.

use super::cpu::Cpu;
use super::strata::{ImaginingMoments, Stratifier};
use crate::engine::address::AddressKeys;
use crate::model::{Model, PlaceId, Purpose};

/// Real luck, a column at a time.
#[derive(Debug, Default)]
pub(super) struct RealLuck {
    lanes: Vec<u32>,
    trials: Vec<u64>,
    numbers: Vec<f64>,
}

/// Which number of which place, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub place: PlaceId,
    pub number: u16,
    pub step: u32,
}

impl RealLuck {
    /// Puts the numbers of trials into a column where `need` is not zero: uniform numbers, or
    /// Gumbel numbers for a place of a choice.
    pub fn fill(
        &mut self,
        cpu: Cpu,
        (keys, play, gumbel): (&AddressKeys, u16, bool),
        asked: Asked,
        trials: &[u64],
        need: &[f64],
        out: &mut [f64],
    ) {
        let all = need.len();
        let high = u64::from(asked.step as u16) << 40;
        let rest = u64::from(asked.number) | (u64::from(play) << 16);
        let key = keys.real(asked.place);
        let wanted = need.iter().map(|need| usize::from(*need != 0.0)).sum::<usize>();
        // Passing over lanes takes more than some of their numbers; a Gumbel number takes about twice
        // as long as a uniform one.
        let least = if gumbel { 5 } else { 3 };
        if wanted * 8 >= all * least {
            let numbers = &mut out[..all];
            cpu.uniforms(trials, high, rest, key, numbers);
            if gumbel {
                cpu.gumbels(numbers);
            }
            return;
        }
        // Each lane is put behind those that are wanted, and stays there if it is one of them.
        self.lanes.resize(all, 0);
        self.trials.resize(all, 0);
        let mut n = 0;
        for (lane, (trial, need)) in trials.iter().zip(need).enumerate() {
            self.lanes[n] = lane as u32;
            self.trials[n] = *trial;
            n += usize::from(*need != 0.0);
        }
        self.numbers.resize(n, 0.0);
        cpu.uniforms(&self.trials[..n], high, rest, key, &mut self.numbers);
        if gumbel {
            cpu.gumbels(&mut self.numbers);
        }
        for (lane, x) in self.lanes[..n].iter().zip(&self.numbers) {
            out[*lane as usize] = *x;
        }
    }
}

/// Imagined luck, stratified over the plays: rows are moments that are looked at from, with
/// consecutive numbers for the plays of each.
#[derive(Debug)]
pub(super) struct Store {
    level: u8,
    slots: Vec<u32>,
    width: usize,
    gumbels: Vec<bool>,
    /// The trial of each row.
    trials: Vec<u64>,
    /// The key of each row's imagination; one for all where they share it.
    keys: Vec<u64>,
    occasion: Occasion,
    /// The row of each lane that is looked at from.
    pub rows: Vec<u32>,
    columns: Vec<Vec<f64>>,
    stamps: Vec<u32>,
    stamp: u32,
    stratifier: Stratifier,
}

/// Who imagines, and when.
#[derive(Clone, Copy, Debug)]
pub(super) struct Occasion {
    /// The real step.
    pub now: u32,
    /// The step in which the imagined plays begin.
    pub origin: u32,
    /// Which repeat of the trials.
    pub play: u16,
    /// How many plays are imagined.
    pub plays: u32,
}

impl Store {
    /// Imagined luck of a level for the places of a model.
    pub fn new(model: &Model, level: u8) -> Self {
        let mut slots = Vec::with_capacity(model.places.len());
        let mut width = 0u32;
        for place in &model.places {
            slots.push(width);
            width += u32::from(place.numbers.max(1));
        }
        Store {
            level,
            slots,
            width: width as usize,
            gumbels: model.places.iter().map(|p| p.purpose == Purpose::Choice).collect(),
            trials: Vec::new(),
            keys: Vec::new(),
            occasion: Occasion { now: 0, origin: 0, play: 0, plays: 1 },
            rows: Vec::new(),
            columns: Vec::new(),
            stamps: Vec::new(),
            stamp: 0,
            stratifier: Stratifier::default(),
        }
    }

    /// Begins an imagination from these lanes of so many: each with its trial and its key, or all
    /// with one key.
    pub fn begin(
        &mut self,
        occasion: Occasion,
        (lanes, of): (&[u32], usize),
        trials: &[u64],
        keys: &[u64],
    ) {
        self.rows.clear();
        self.rows.resize(of, u32::MAX);
        self.trials.clear();
        for (row, lane) in lanes.iter().enumerate() {
            self.rows[*lane as usize] = row as u32;
            self.trials.push(trials[*lane as usize]);
        }
        self.keys.clear();
        self.keys.extend_from_slice(keys);
        self.occasion = occasion;
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.stamps.fill(0);
            self.stamp = 1;
        }
    }

    /// The numbers of an address: row after row, play after play.
    pub fn numbers(&mut self, cpu: Cpu, keys: &AddressKeys, asked: Asked) -> &[f64] {
        let ahead = asked.step.saturating_sub(self.occasion.origin) as usize;
        let slot = self.slots[asked.place.0 as usize] as usize + usize::from(asked.number);
        let at = ahead * self.width + slot;
        if at >= self.stamps.len() {
            self.stamps.resize((ahead + 1) * self.width, 0);
            self.columns.resize_with((ahead + 1) * self.width, Vec::new);
        }
        if self.stamps[at] != self.stamp {
            self.stamps[at] = self.stamp;
            let mut column = std::mem::take(&mut self.columns[at]);
            let Store { trials, keys: own, occasion, level, .. } = self;
            let moments =
                ImaginingMoments { trials, keys: own, occasion: *occasion, level: *level };
            self.stratifier.draw(cpu, keys, moments, asked, &mut column);
            if self.gumbels[asked.place.0 as usize] {
                cpu.gumbels(&mut column);
            }
            self.columns[at] = column;
        }
        &self.columns[at]
    }
}
