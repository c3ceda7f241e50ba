//! Random numbers of what really happens, by column.

use super::numbers::Asked;
use crate::engine::address::AddressKeys;
use crate::engine::lanes::machine::cpu::Cpu;

/// Room for the numbers of some lanes, used again and again.
#[derive(Debug, Default)]
pub(in crate::engine::lanes) struct RealColumns {
    lanes: Vec<u32>,
    trials: Vec<u64>,
    numbers: Vec<f64>,
}

impl RealColumns {
    /// Puts the numbers of a repeat of trials into a column, at least where `need` is not zero.
    pub fn fill(
        &mut self,
        cpu: Cpu,
        (keys, play): (&AddressKeys, u16),
        asked: Asked,
        trials: &[u64],
        need: &[f64],
        out: &mut [f64],
    ) {
        let all = need.len();
        let (key, counter) = (asked.key(keys), asked.counter(play).packed());
        self.lanes.resize(all, 0);
        let wanted = cpu.set_lanes(need, &mut self.lanes);
        // Gathering lanes takes about as long as some of their numbers; a Gumbel number takes about
        // twice as long as a uniform one.
        let least = match asked {
            Asked::Uniform { .. } => 4,
            Asked::Gumbel { .. } => 5,
        };
        if wanted * 8 >= all * least {
            let numbers = &mut out[..all];
            cpu.uniforms(trials, counter, key, numbers);
            asked.of_uniforms(cpu, numbers);
            return;
        }
        let lanes = std::mem::take(&mut self.lanes);
        self.fill_some(cpu, (keys, play), asked, trials, lanes[..wanted].iter(), out);
        self.lanes = lanes;
    }

    /// Puts the numbers of a repeat of trials into some lanes of a column.
    pub fn fill_some<'l>(
        &mut self,
        cpu: Cpu,
        (keys, play): (&AddressKeys, u16),
        asked: Asked,
        trials: &[u64],
        lanes: impl Iterator<Item = &'l u32> + Clone,
        out: &mut [f64],
    ) {
        let counter = asked.counter(play).packed();
        self.trials.clear();
        self.trials.extend(lanes.clone().map(|lane| trials[*lane as usize]));
        self.numbers.resize(self.trials.len(), 0.0);
        cpu.uniforms(&self.trials, counter, asked.key(keys), &mut self.numbers);
        asked.of_uniforms(cpu, &mut self.numbers);
        for (lane, x) in lanes.zip(&self.numbers) {
            out[*lane as usize] = *x;
        }
    }
}
