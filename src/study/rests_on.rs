//! Outcomes by what was drawn for each input: what a run rests on, from the trials that it plays anyway.

use serde::{Deserialize, Serialize};

use super::part::add_counts;
use crate::engine::TrialBlock;
use crate::model::{Input, Model};
use crate::stats::bin_of;

/// Into how many equal parts the uniform number behind an input is divided.
pub const BINS: usize = 20;

/// How trials ended by the bin of the uniform number behind each input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ByInput {
    inputs: usize,
    outcomes: usize,
    /// By input, bin and outcome.
    counts: Vec<u64>,
}

impl ByInput {
    /// No trials yet of a model.
    pub fn new(model: &Model) -> Self {
        let (inputs, outcomes) = (model.inputs().len(), model.outcomes.len() + 1);
        ByInput { inputs, outcomes, counts: vec![0; inputs * BINS * outcomes] }
    }

    /// Adds the trials of a block.
    pub fn add(&mut self, block: &TrialBlock) {
        for (input, counts) in self.counts.chunks_exact_mut(BINS * self.outcomes).enumerate() {
            for (uniform, outcome) in block.input(input).iter().zip(&block.outcomes) {
                counts[bin_of(*uniform, BINS) * self.outcomes + *outcome as usize] += 1;
            }
        }
    }

    /// Joins the counts of other trials.
    pub(super) fn join(&mut self, other: &Self) {
        add_counts(&mut self.counts, &other.counts);
    }

    /// How many trials ended in each outcome, unresolved last, among those of a bin of an input.
    pub fn outcomes(&self, input: usize, bin: usize) -> &[u64] {
        let at = (input * BINS + bin) * self.outcomes;
        &self.counts[at..at + self.outcomes]
    }
}

/// The bin of each draw of the assumptions, for every input.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct DrawBins {
    /// By input, then draw.
    bins: Vec<Vec<u8>>,
}

impl DrawBins {
    /// No draws yet of a model.
    pub fn new(model: &Model) -> Self {
        DrawBins { bins: vec![Vec::new(); model.inputs().len()] }
    }

    /// Adds the draws of a block.
    pub fn add(&mut self, block: &TrialBlock) {
        for (input, bins) in self.bins.iter_mut().enumerate() {
            bins.extend(block.input(input).iter().map(|uniform| bin_of(*uniform, BINS) as u8));
        }
    }

    /// Joins those of the draws that follow.
    pub(super) fn join(&mut self, later: Self) {
        for (own, later) in self.bins.iter_mut().zip(later.bins) {
            own.extend(later);
        }
    }

    /// The bins of an input, draw by draw.
    pub fn of(&self, input: usize) -> &[u8] {
        &self.bins[input]
    }
}

/// The values of an input at the ends of a bin, infinite where a draw has no bound; `None` where other
/// draws go into them too.
pub fn ends_of_bin(model: &Model, input: &Input, bin: usize) -> Option<(f64, f64)> {
    let at = |uniform: f64| model.value_at(input, uniform);
    let (least, greatest) = model.range_of(input);
    let scale = (at(0.95)? - at(0.05)?).abs();
    let end = |position: usize, inwards: f64| -> Option<f64> {
        let uniform = position as f64 / BINS as f64;
        if position > 0 && position < BINS {
            let (exact, inside) = (at(uniform)?, at(uniform + INSIDE * inwards)?);
            // A draw of few values jumps: what counts is its value inside the bin.
            let is_jump = (exact - inside).abs() > TINY * scale.max(exact.abs());
            return Some(if is_jump { inside } else { exact });
        }
        // The ends themselves are never drawn.
        let (near, nearer) = (at(uniform + 1e-9 * inwards)?, at(uniform + INSIDE * inwards)?);
        let is_bounded = (near - nearer).abs() <= 1e-3 * scale;
        let bound = if inwards > 0.0 { least } else { greatest };
        let is_at_bound = bound.is_finite() && (nearer - bound).abs() <= 1e-3 * scale;
        Some(match is_bounded {
            true if is_at_bound => bound,
            true if nearer.abs() <= TINY * scale => 0.0,
            true => rounded(nearer),
            false => bound,
        })
    };
    Some((end(bin, 1.0)?, end(bin + 1, -1.0)?))
}

/// Far closer to the end of a bin than a draw is likely to be.
const INSIDE: f64 = 1e-12;
/// A part of a number that is nothing but rounding.
const TINY: f64 = 1e-9;

/// A number to nine digits.
fn rounded(x: f64) -> f64 {
    format!("{x:.8e}").parse().unwrap_or(x)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::{Engine, EngineKind};
    use crate::model::Document;

    fn model(assumptions: &str) -> Model {
        let text = format!(
            "format = 1\n[scenario]\ntitle = 'Bins'\nsteps = 0\n[assumptions]\n{assumptions}\n\
             [[outcomes]]\nid = 'yes'\nwhen = 'x > 0.5'\n"
        );
        Document::read("bins.toml", text.as_bytes()).model("none", "base").expect("sound")
    }

    #[test]
    fn bins_have_the_values_between_which_their_numbers_lie() {
        let ends = |formula: &str, bin| {
            let model = model(&format!("x = {formula}\ny = 2"));
            ends_of_bin(&model, &model.inputs()[0], bin)
        };
        assert_eq!(ends("'uniform(0, 1)'", 0), Some((0.0, 0.05)));
        assert_eq!(ends("'uniform(2, 4)'", 19), Some((3.9, 4.0)));
        assert_eq!(ends("'uniform(0.1, 0.7)'", 0).map(|(low, _)| low), Some(0.1));
        let (low, high) = ends("'normal(0, y)'", 0).expect("it is alone");
        // The 5th percentile of a standard normal number is -1.6448536.
        assert!(low == f64::NEG_INFINITY && (high + 2.0 * 1.644_853_6).abs() < 1e-6);
        assert_eq!(ends("'normal(0, y)'", 19).map(|(_, high)| high), Some(f64::INFINITY));
        assert_eq!(ends("'lognormal(0, y)'", 0).map(|(low, _)| low), Some(0.0));
        assert_eq!(ends("'if bernoulli(0.5) then 3 else 1'", 9), Some((1.0, 1.0)));
        assert_eq!(ends("'if bernoulli(0.5) then 3 else 1'", 10), Some((3.0, 3.0)));
        assert_eq!(ends("'uniform(0, 1) + uniform(0, 1)'", 3), None);
    }

    #[test]
    fn trials_are_counted_by_bin_and_outcome() {
        let model = model("x = 'uniform(0, 1)'\nz = 'uniform(0, 1)'");
        let engine = Engine::new(&model, 1, EngineKind::Lanes);
        let block = engine.block(0, 500, &|| true).expect("no accident").expect("played");
        let mut counts = ByInput::new(&model);
        counts.add(&block);
        let mut bins = DrawBins::new(&model);
        bins.add(&block);
        let mut all = 0;
        for bin in 0..BINS {
            let [yes, unresolved] = counts.outcomes(0, bin) else { panic!("two outcomes") };
            let inside = |at: &u8| usize::from(*at) == bin;
            assert_eq!(bins.of(0).iter().filter(|at| inside(at)).count() as u64, yes + unresolved);
            assert!(if bin < BINS / 2 { *yes == 0 } else { *unresolved == 0 });
            all += counts.outcomes(1, bin).iter().sum::<u64>();
        }
        assert_eq!(all, 500);
    }
}
