//! Where the numbers of places stand in a table that holds those of one imagined step.

use crate::model::{ChoicePlaceId, Model, PlaceId};

/// One slot for every number that a step can ask for: the uniform numbers of each place, then the
/// Gumbel number of each option.
#[derive(Debug)]
pub(super) struct Slots {
    /// The slot of each place's first number.
    places: Vec<u32>,
    /// The slot of the first option.
    choices: u32,
    /// How many slots there are.
    pub width: usize,
}

impl Slots {
    /// The slots of a model's places and options.
    pub fn of(model: &Model) -> Self {
        let mut choices = 0u32;
        let mut places = Vec::with_capacity(model.places.len());
        for place in &model.places {
            places.push(choices);
            choices += u32::from(place.numbers.max(1));
        }
        Slots { places, choices, width: choices as usize + model.choice_places.len() }
    }

    /// The slot of a uniform number of a place.
    pub fn uniform(&self, place: PlaceId, number: u16) -> usize {
        self.places[place.0 as usize] as usize + usize::from(number)
    }

    /// The slot of the Gumbel number of an option.
    pub fn gumbel(&self, place: ChoicePlaceId) -> usize {
        (self.choices + place.0) as usize
    }
}
