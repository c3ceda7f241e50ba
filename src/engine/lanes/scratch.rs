//! What a thread works with: room that is used again and again.

use super::frame::Frame;
use super::store::{RealLuck, Store};
use crate::model::Model;

/// Room for frames and random numbers.
#[derive(Debug)]
pub(super) struct Scratch {
    pub real: RealLuck,
    /// Imagined luck, by level.
    pub stores: [Store; 2],
    frames: Vec<Frame>,
    numbers: Vec<Vec<f64>>,
}

impl Scratch {
    /// An empty scratch.
    pub fn new(model: &Model) -> Self {
        Scratch {
            real: RealLuck::default(),
            stores: [Store::new(model, 1), Store::new(model, 2)],
            frames: Vec::new(),
            numbers: Vec::new(),
        }
    }

    /// A frame.
    pub fn frame(&mut self) -> Frame {
        self.frames.pop().unwrap_or_default()
    }

    /// Gives a frame back.
    pub fn give_back(&mut self, frame: Frame) {
        self.frames.push(frame);
    }

    /// A list of zeros.
    pub fn zeros(&mut self, n: usize) -> Vec<f64> {
        let mut list = self.numbers.pop().unwrap_or_default();
        list.clear();
        list.resize(n, 0.0);
        list
    }

    /// Gives a list back.
    pub fn give_numbers_back(&mut self, list: Vec<f64>) {
        self.numbers.push(list);
    }
}
