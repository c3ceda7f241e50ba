//! Ways in which two runs can share the luck of what really happens, to measure what the one in use
//! buys; `docs/coupling.md` has the measurements.

use super::address::{AddressKeys, Counter};
use super::perspective::Perspective;
use super::random_source::{RandomSource, RealSource};
use super::step::{Choice, Turn};
use crate::distribution::DISCRETE;
use crate::model::{ChoicePlaceId, ChoiceRule, PlaceId};
use crate::numeric::gumbel_quantile;

/// How the luck of what really happens is shared between runs with the same seed.
///
/// Each gives every chance and every option the same probability, so all play the same model; only
/// what two runs have in common differs. Assumptions, and what actors imagine, are addressed
/// under each of them. An actor that imagines plays until it has decided goes by its Gumbel numbers;
/// where there are none, it imagines as many as it may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Coupling {
    /// Every draw has an address, and each option of a choice a Gumbel number of its own.
    #[default]
    Addressed,
    /// Every draw has an address, but a choice has one: its uniform picks by the inverse CDF,
    /// actions in file order and holding last.
    OneUniform,
    /// Every draw, also that of a choice by the inverse CDF, takes the next number of one stream
    /// for the trial, so that one draw more or less shifts all later ones.
    Sequential,
}

/// What really happens in a trial, under a coupling.
pub(super) struct Coupled<'a> {
    coupling: Coupling,
    real: RealSource<'a>,
    /// How many numbers were taken from the stream.
    taken: u64,
}

impl<'a> Coupled<'a> {
    /// The luck of a repeat of a trial, from its start.
    pub fn new(coupling: Coupling, keys: &'a AddressKeys, trial: u64, play: u16) -> Self {
        Coupled { coupling, real: RealSource { keys, trial, play }, taken: 0 }
    }

    /// The repeat of the trial whose luck it is.
    pub fn play(&self) -> u16 {
        self.real.play
    }

    /// From now on the luck is that of another repeat of the trial.
    pub fn go_on_with(&mut self, play: u16) {
        self.real.play = play;
    }

    /// The choice among the options of a turn, given their values.
    pub fn choose(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        rule: ChoiceRule<f64>,
        values: &[f64],
        step: u32,
    ) -> Choice {
        let u = match self.coupling {
            Coupling::Addressed => return turn.pick(view, rule, values, step, self),
            // The number behind the Gumbel number of holding is free for the whole choice.
            Coupling::OneUniform => self.real.behind_gumbel(turn.place(view, None), step),
            Coupling::Sequential => self.next(),
        };
        turn.options[inverse_cdf(u, turn.options, rule, values)]
    }

    /// The Gumbel number that an option has in a choice, if choices are made by such numbers.
    pub fn gumbel_to_come(&self, place: ChoicePlaceId, step: u32) -> Option<f64> {
        match self.coupling {
            Coupling::Addressed => Some(gumbel_quantile(self.real.behind_gumbel(place, step))),
            Coupling::OneUniform | Coupling::Sequential => None,
        }
    }

    /// The uniform number of a place, if it is known before it is taken.
    pub fn uniform_to_come(&self, place: PlaceId, step: u32) -> Option<f64> {
        match self.coupling {
            Coupling::Addressed | Coupling::OneUniform => Some(self.real.of_place(place, 0, step)),
            Coupling::Sequential => None,
        }
    }

    fn next(&mut self) -> f64 {
        let RealSource { keys, trial, play } = self.real;
        let counter = Counter {
            trial,
            play,
            number: self.taken as u16,
            imagination: (self.taken >> 16) as u16,
            imagined_step: (self.taken >> 32) as u16,
            ..Counter::default()
        };
        self.taken += 1;
        counter.uniform(keys.stream())
    }
}

impl RandomSource for Coupled<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        match self.coupling {
            Coupling::Addressed | Coupling::OneUniform => self.real.uniform(place, number, step),
            Coupling::Sequential => self.next(),
        }
    }

    fn gumbel(&mut self, place: ChoicePlaceId, step: u32) -> f64 {
        match self.coupling {
            Coupling::Addressed | Coupling::OneUniform => self.real.gumbel(place, step),
            Coupling::Sequential => gumbel_quantile(self.next()),
        }
    }
}

/// The position of the option that a rule picks with one uniform number.
fn inverse_cdf(u: f64, options: &[Choice], rule: ChoiceRule<f64>, values: &[f64]) -> usize {
    let weights = rule.weights(values).into_iter().enumerate();
    let mut pairs: Vec<_> = weights.map(|(at, weight)| [at as f64, weight]).collect();
    pairs.sort_by_key(|[at, _]| options[*at as usize].is_none());
    DISCRETE.quantile(u, pairs.as_flattened()) as usize
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric;

    #[test]
    fn one_uniform_picks_by_the_softmax_with_holding_last() {
        let options = [None, Some(4), Some(2)];
        // Weights 1 : 2 : 1, so the actions have 0 to 0.5 and 0.5 to 0.75, holding the rest.
        let values = [0.0, numeric::ln(2.0), 0.0];
        let rule = |rationality| ChoiceRule::QuantalResponse { rationality };
        let at = |u| options[inverse_cdf(u, &options, rule(1.0), &values)];
        assert_eq!([0.01, 0.49].map(at), [Some(4); 2]);
        assert_eq!([0.51, 0.74].map(at), [Some(2); 2]);
        assert_eq!([0.76, 0.99].map(at), [None; 2]);
        // Large scores stay finite.
        assert_eq!(inverse_cdf(0.5, &options, rule(1e9), &values), 1);
    }

    #[test]
    fn a_stream_depends_on_seed_trial_and_repeat_and_not_on_the_place() {
        let text = b"format = 1\n[scenario]\ntitle = 'Nothing'\nsteps = 1\n";
        let document = crate::model::Document::read("nothing.toml", text);
        let model = document.model("none", "base").expect("a sound scenario");
        let stream = |seed, trial, play| {
            let keys = AddressKeys::new(&model, seed);
            let mut source = Coupled::new(Coupling::Sequential, &keys, trial, play);
            [(); 3].map(|()| source.uniform(PlaceId(7), 0, 0))
        };
        let one = stream(1, 0, 0);
        assert!(one[0] != one[1] && one[1] != one[2]);
        assert_eq!(one, stream(1, 0, 0));
        for other in [stream(2, 0, 0), stream(1, 1, 0), stream(1, 0, 1)] {
            assert!(one.iter().zip(other).all(|(a, b)| *a != b));
        }
    }
}
