//! The constants of machine code.

use std::collections::HashMap;

use super::encode::{VectorSource, Width};

/// The numbers that a code reads as constants.
#[derive(Debug)]
pub(super) struct ConstantPool {
    /// How many times each stands there: as often as a vector has numbers where instructions do not
    /// repeat it themselves.
    copies: usize,
    pub numbers: Vec<f64>,
    places: HashMap<u64, usize>,
}

impl ConstantPool {
    /// Nothing yet, for vectors of a width.
    pub fn new(width: Width) -> Self {
        let copies = match width {
            Width::Bits256 => width.numbers(),
            Width::Bits512 => 1,
        };
        ConstantPool { copies, numbers: Vec::new(), places: HashMap::new() }
    }

    /// Where a number stands; it is added unless it is there already.
    pub fn at(&mut self, x: f64) -> VectorSource {
        let place = *self.places.entry(x.to_bits()).or_insert_with(|| {
            self.numbers.extend(std::iter::repeat_n(x, self.copies));
            self.numbers.len() - self.copies
        });
        VectorSource::Constant((place * size_of::<f64>()) as i32)
    }
}
