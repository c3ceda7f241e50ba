//! What an imagination works with.

use super::address::AddressKeys;
use super::option_values::OptionValues;
use super::situation::Pool;
use super::stratified::{ImaginedSource, Imagining, StratifiedNumbers};
use crate::model::{ActorId, Model};

/// What an imagination works with: random numbers, and room for situations and numbers that is used
/// again and again.
pub(super) struct Workspace<'a> {
    pub keys: &'a AddressKeys,
    /// The actors in the order of the file.
    pub listed: &'a [ActorId],
    pub pool: Pool,
    /// How many whole imagined steps were begun, for measurement.
    pub imagined_steps: u64,
    stratified: [StratifiedNumbers; 2],
    numbers: Vec<Vec<f64>>,
    values: Vec<OptionValues>,
}

impl<'a> Workspace<'a> {
    /// A workspace with nothing in it.
    pub fn new(model: &Model, keys: &'a AddressKeys, listed: &'a [ActorId]) -> Self {
        Workspace {
            keys,
            listed,
            pool: Pool::default(),
            imagined_steps: 0,
            stratified: [StratifiedNumbers::new(model), StratifiedNumbers::new(model)],
            numbers: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Begins an imagination at its level.
    pub fn begin(&mut self, imagining: Imagining) {
        self.stratified[usize::from(imagining.level) - 1].begin(imagining);
    }

    /// What is being imagined at a level.
    pub fn imagining(&self, level: u8) -> Imagining {
        self.stratified[usize::from(level) - 1].context()
    }

    /// The random numbers of a level's imagination in play `k`.
    pub fn source(&mut self, level: u8, k: usize) -> ImaginedSource<'_> {
        let stratified = &mut self.stratified[usize::from(level) - 1];
        stratified.k = k;
        ImaginedSource { keys: self.keys, stratified }
    }

    /// An empty list of numbers.
    pub fn lend(&mut self) -> Vec<f64> {
        let mut list = self.numbers.pop().unwrap_or_default();
        list.clear();
        list
    }

    /// Takes a list back that is no longer needed.
    pub fn give_back(&mut self, list: Vec<f64>) {
        self.numbers.push(list);
    }

    /// Room for the values of options, with whatever was left in it.
    pub fn lend_values(&mut self) -> OptionValues {
        self.values.pop().unwrap_or_default()
    }

    /// Takes such room back.
    pub fn give_values_back(&mut self, values: OptionValues) {
        self.values.push(values);
    }
}
