//! What a thread works with: memory that is used again and again.

use crate::engine::bargain::Negotiation;
use crate::engine::lanes::random::imagined_columns::ImaginedColumns;
use crate::engine::lanes::random::real_columns::RealColumns;
use crate::model::Model;

/// Room for random numbers and lists.
#[derive(Debug)]
pub(in crate::engine::lanes) struct Scratch {
    pub real: RealColumns,
    /// Those of imagined plays, by level.
    pub imagined: [ImaginedColumns; 2],
    /// Room for bargains.
    pub negotiation: Negotiation,
    numbers: Vec<Vec<f64>>,
}

impl Scratch {
    /// Nothing in use yet.
    pub fn new(model: &Model) -> Self {
        Scratch {
            real: RealColumns::default(),
            imagined: [ImaginedColumns::new(model, 1), ImaginedColumns::new(model, 2)],
            negotiation: Negotiation::default(),
            numbers: Vec::new(),
        }
    }

    /// A list of zeros.
    pub fn zeros(&mut self, n: usize) -> Vec<f64> {
        let mut list = self.numbers.pop().unwrap_or_default();
        list.clear();
        list.resize(n, 0.0);
        list
    }

    /// Takes a list back that is no longer needed.
    pub fn give_numbers_back(&mut self, list: Vec<f64>) {
        self.numbers.push(list);
    }
}
