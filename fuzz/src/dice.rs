//! Choices that the bytes of an input make.

/// The bytes of an input, taken one or two at a time. Where they have run out, every choice is the first one and
/// every chance fails, so that whatever is being made comes to its end.
pub struct Dice<'b> {
    bytes: &'b [u8],
}

/// How many values a byte has.
const BYTE: usize = 256;

impl<'b> Dice<'b> {
    /// Choices by these bytes.
    pub fn new(bytes: &'b [u8]) -> Self {
        Dice { bytes }
    }

    /// The next byte.
    pub fn byte(&mut self) -> u8 {
        match self.bytes.split_first() {
            Some((first, rest)) => {
                self.bytes = rest;
                *first
            }
            None => 0,
        }
    }

    /// A whole number below `end`, which is at least 1.
    pub fn below(&mut self, end: usize) -> usize {
        let low = usize::from(self.byte());
        let high = if end > BYTE { usize::from(self.byte()) } else { 0 };
        (high * BYTE + low) % end
    }

    /// True for about this share of the values of a byte.
    pub fn chance(&mut self, p: f64) -> bool {
        !self.bytes.is_empty() && f64::from(self.byte()) >= (1.0 - p) * BYTE as f64
    }

    /// An element of a list.
    pub fn one<T: ToString>(&mut self, list: &[T]) -> String {
        list[self.below(list.len())].to_string()
    }

    /// A number as text, often a whole number.
    pub fn number(&mut self) -> String {
        match self.below(6) {
            0 => "0".to_owned(),
            1 => "1".to_owned(),
            2 => "2".to_owned(),
            _ => format!("0.{:02}", self.below(100)),
        }
    }

    /// All bytes that are left.
    pub fn rest(&mut self) -> &'b [u8] {
        std::mem::take(&mut self.bytes)
    }
}
