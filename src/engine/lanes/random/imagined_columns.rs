//! Random numbers of what is imagined, by column.

use super::numbers::{Asked, Occasion};
use super::strata::{ImaginingMoments, Stratifier};
use crate::engine::address::AddressKeys;
use crate::engine::doubled::part_of;
use crate::engine::lanes::machine::cpu::Cpu;
use crate::engine::slots::Slots;
use crate::model::Model;
use crate::scenario::Imaginations;

/// The random numbers of one level of imagination, stratified over the plays. A row is a moment
/// from which plays are imagined, with consecutive numbers for these plays.
///
/// Plays come in batches: first those that are imagined in any case, then, for rows that are still
/// undecided, as many again as before. Numbers are kept for the present batch alone; of those before
/// it is kept in which part of the unit interval they lie.
#[derive(Debug)]
pub(in crate::engine::lanes) struct ImaginedColumns {
    level: u8,
    slots: Slots,
    occasion: Occasion,
    /// The row of each lane from which something is imagined.
    pub rows: Vec<u32>,
    /// The batches of plays, of which the first ones are in use, up to the present one.
    batches: Vec<PlayBatch>,
    present: usize,
    columns: Vec<Vec<f64>>,
    stamps: Vec<u32>,
    stamp: u32,
    stratifier: Stratifier,
}

/// A batch of plays, imagined from some moments.
#[derive(Debug, Default)]
struct PlayBatch {
    /// The trial of each row.
    trials: Vec<u64>,
    /// The key of each row's imagination; one for all where they share it.
    keys: Vec<u64>,
    /// The row that each row was in each batch before.
    earlier: Vec<Vec<u32>>,
    /// In which part the number lies that each row and play has in a slot; only where further
    /// batches may follow.
    parts: Vec<Vec<u16>>,
    /// The stamp of the batch, and of the parts that were noted since it began.
    stamp: u32,
    stamps: Vec<u32>,
}

impl ImaginedColumns {
    /// Room for the numbers of a level for the places of a model.
    pub fn new(model: &Model, level: u8) -> Self {
        ImaginedColumns {
            level,
            slots: Slots::of(model),
            occasion: Occasion { now: 0, origin: 0, play: 0, plays: Imaginations::fixed(1) },
            rows: Vec::new(),
            batches: vec![PlayBatch::default()],
            present: 0,
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
        self.number_rows(lanes, of);
        self.occasion = occasion;
        self.present = 0;
        self.new_stamp();
        let batch = &mut self.batches[0];
        batch.stamp = self.stamp;
        batch.trials.clear();
        batch.trials.extend(lanes.iter().map(|lane| trials[*lane as usize]));
        batch.keys.clear();
        batch.keys.extend_from_slice(keys);
    }

    /// Goes on with as many further plays as there were before, from some of the lanes of so many
    /// that plays were imagined from.
    pub fn go_on(&mut self, (lanes, of): (&[u32], usize)) {
        let rows: Vec<u32> = lanes.iter().map(|lane| self.rows[*lane as usize]).collect();
        self.number_rows(lanes, of);
        self.new_stamp();
        self.present += 1;
        if self.batches.len() == self.present {
            self.batches.push(PlayBatch::default());
        }
        let (before, after) = self.batches.split_at_mut(self.present);
        let (before, batch) = (&before[self.present - 1], &mut after[0]);
        let of_rows = |list: &[u64]| rows.iter().map(|row| list[*row as usize]).collect();
        batch.stamp = self.stamp;
        batch.trials = of_rows(&before.trials);
        batch.keys =
            if before.keys.len() == 1 { before.keys.clone() } else { of_rows(&before.keys) };
        let earlier = before.earlier.iter();
        batch.earlier = earlier
            .map(|earlier| rows.iter().map(|row| earlier[*row as usize]).collect())
            .collect();
        batch.earlier.push(rows);
    }

    fn number_rows(&mut self, lanes: &[u32], of: usize) {
        self.rows.clear();
        self.rows.resize(of, u32::MAX);
        for (row, lane) in lanes.iter().enumerate() {
            self.rows[*lane as usize] = row as u32;
        }
    }

    /// What was drawn before no longer counts.
    fn new_stamp(&mut self) {
        self.stamp = self.stamp.wrapping_add(1);
        if self.stamp == 0 {
            self.stamps.fill(0);
            self.batches.iter_mut().for_each(|batch| batch.stamps.fill(0));
            self.stamp = 1;
        }
    }

    /// The numbers that are asked for: row after row, play after play of the present batch.
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
            for batch in 0..self.present {
                let earlier = &self.batches[batch];
                if earlier.stamps.get(at) != Some(&earlier.stamp) {
                    self.draw(cpu, keys, asked, batch, at, &mut column);
                }
            }
            self.draw(cpu, keys, asked, self.present, at, &mut column);
            asked.of_uniforms(cpu, &mut column);
            self.columns[at] = column;
        }
        &self.columns[at]
    }

    /// Fills a column with the uniform numbers of a batch at the slot `at`, and notes in which parts
    /// they lie if further batches may follow.
    fn draw(
        &mut self,
        cpu: Cpu,
        keys: &AddressKeys,
        asked: Asked,
        batch: usize,
        at: usize,
        column: &mut Vec<f64>,
    ) {
        let Imaginations { least, most } = self.occasion.plays;
        let (before, after) = self.batches.split_at_mut(batch);
        let this = &mut after[0];
        let (occasion, level) = (self.occasion, self.level);
        let moments = ImaginingMoments { trials: &this.trials, keys: &this.keys, occasion, level };
        if batch == 0 {
            self.stratifier.draw(cpu, keys, moments, asked, column);
        } else {
            let plays = least << (batch - 1);
            let mut parts = Vec::with_capacity(this.trials.len() * plays as usize);
            for row in 0..this.trials.len() {
                for (index, batch) in before.iter().enumerate() {
                    let width = (least << index.saturating_sub(1)) as usize;
                    let from = this.earlier[index][row] as usize * width;
                    parts.extend_from_slice(&batch.parts[at][from..from + width]);
                }
            }
            let earlier = (plays.ilog2(), parts.as_slice());
            self.stratifier.draw_further(cpu, keys, moments, asked, earlier, column);
        }
        if least << batch < most {
            if at >= this.stamps.len() {
                this.stamps.resize(at + 1, 0);
                this.parts.resize_with(at + 1, Vec::new);
            }
            this.stamps[at] = this.stamp;
            this.parts[at].clear();
            this.parts[at].extend(column.iter().map(|u| part_of(*u)));
        }
    }
}
