//! Random numbers of what is imagined, by column.

use super::cpu::Cpu;
use super::numbers::{Asked, Occasion};
use super::strata::{ImaginingMoments, Stratifier};
use crate::engine::address::AddressKeys;
use crate::engine::slots::Slots;
use crate::model::Model;

/// The random numbers of one level of imagination, stratified over the plays. A row is a moment
/// from which plays are imagined, with consecutive numbers for these plays.
#[derive(Debug)]
pub(super) struct ImaginedColumns {
    level: u8,
    slots: Slots,
    /// The trial of each row.
    trials: Vec<u64>,
    /// The key of each row's imagination; one for all where they share it.
    keys: Vec<u64>,
    occasion: Occasion,
    /// The row of each lane from which something is imagined.
    pub rows: Vec<u32>,
    columns: Vec<Vec<f64>>,
    stamps: Vec<u32>,
    stamp: u32,
    stratifier: Stratifier,
}

impl ImaginedColumns {
    /// Room for the numbers of a level for the places of a model.
    pub fn new(model: &Model, level: u8) -> Self {
        ImaginedColumns {
            level,
            slots: Slots::of(model),
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

    /// The numbers that are asked for: row after row, play after play.
    pub fn numbers(&mut self, cpu: Cpu, keys: &AddressKeys, asked: Asked) -> &[f64] {
        let ahead = asked.step().saturating_sub(self.occasion.origin) as usize;
        let slot = match asked {
            Asked::Uniform { place, number, .. } => self.slots.uniform(place, number),
            Asked::Gumbel { place, .. } => self.slots.gumbel(place),
        };
        let at = ahead * self.slots.width + slot;
        if at >= self.stamps.len() {
            self.stamps.resize((ahead + 1) * self.slots.width, 0);
            self.columns.resize_with((ahead + 1) * self.slots.width, Vec::new);
        }
        if self.stamps[at] != self.stamp {
            self.stamps[at] = self.stamp;
            let mut column = std::mem::take(&mut self.columns[at]);
            let ImaginedColumns { trials, keys: own, occasion, level, .. } = self;
            let moments =
                ImaginingMoments { trials, keys: own, occasion: *occasion, level: *level };
            self.stratifier.draw(cpu, keys, moments, asked, &mut column);
            asked.of_uniforms(cpu, &mut column);
            self.columns[at] = column;
        }
        &self.columns[at]
    }
}
