//! Where the random numbers of a play come from.

use super::address::{AddressKeys, Counter};
use crate::formula::Uniforms;
use crate::model::{ChoicePlaceId, PlaceId};
use crate::numeric::gumbel_quantile;

/// Where a play gets its random numbers from.
pub(super) trait RandomSource {
    /// A uniform number in 0..1 for a place in a step.
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64;

    /// A standard Gumbel number, −ln(−ln u), for an option in a step.
    fn gumbel(&mut self, place: ChoicePlaceId, step: u32) -> f64;
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

/// The random numbers of what really happens in a trial.
pub(super) struct RealSource<'a> {
    pub keys: &'a AddressKeys,
    pub trial: u64,
    /// Which repeat of the trial; 0 for the trial itself.
    pub play: u16,
}

impl RealSource<'_> {
    fn at(&self, key: u64, number: u16, step: u32) -> f64 {
        let RealSource { trial, play, .. } = *self;
        let counter = Counter { trial, step: step as u16, number, play, ..Counter::default() };
        counter.uniform(key)
    }

    /// A uniform number of a place.
    pub fn of_place(&self, place: PlaceId, number: u16, step: u32) -> f64 {
        self.at(self.keys.uniforms(place), number, step)
    }

    /// The uniform number that the Gumbel number of an option is made of.
    pub fn behind_gumbel(&self, place: ChoicePlaceId, step: u32) -> f64 {
        self.at(self.keys.gumbels(place), 0, step)
    }
}

impl RandomSource for RealSource<'_> {
    fn uniform(&mut self, place: PlaceId, number: u16, step: u32) -> f64 {
        self.of_place(place, number, step)
    }

    fn gumbel(&mut self, place: ChoicePlaceId, step: u32) -> f64 {
        gumbel_quantile(self.behind_gumbel(place, step))
    }
}
