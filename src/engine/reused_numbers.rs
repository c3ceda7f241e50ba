//! Numbers whose memory is used again: fresh pages from the operating system take longer than
//! filling them.

use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, Weak};

/// Memory that lists gave back.
#[derive(Clone, Debug, Default)]
pub(super) struct NumberStore(Arc<Mutex<Vec<Vec<f64>>>>);

impl NumberStore {
    /// A list of so many numbers, which may be any.
    pub fn list(&self, len: usize) -> ReusedNumbers {
        let spare = self.0.lock().ok().and_then(|mut spares| spares.pop());
        let mut numbers = spare.unwrap_or_default();
        numbers.resize(len, 0.0);
        ReusedNumbers { numbers, store: Arc::downgrade(&self.0) }
    }
}

/// A list of numbers, whose memory goes back to where it came from once the list is no longer needed.
#[derive(Debug, Default)]
pub struct ReusedNumbers {
    numbers: Vec<f64>,
    store: Weak<Mutex<Vec<Vec<f64>>>>,
}

impl From<Vec<f64>> for ReusedNumbers {
    fn from(numbers: Vec<f64>) -> Self {
        ReusedNumbers { numbers, store: Weak::new() }
    }
}

impl Clone for ReusedNumbers {
    fn clone(&self) -> Self {
        self.numbers.clone().into()
    }
}

impl PartialEq for ReusedNumbers {
    fn eq(&self, other: &Self) -> bool {
        self.numbers == other.numbers
    }
}

impl Deref for ReusedNumbers {
    type Target = [f64];

    fn deref(&self) -> &[f64] {
        &self.numbers
    }
}

impl DerefMut for ReusedNumbers {
    fn deref_mut(&mut self) -> &mut [f64] {
        &mut self.numbers
    }
}

impl Drop for ReusedNumbers {
    fn drop(&mut self) {
        if let Some(store) = self.store.upgrade()
            && let Ok(mut spares) = store.lock()
        {
            spares.push(std::mem::take(&mut self.numbers));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_is_dropped_lends_its_memory_to_the_next() {
        let store = NumberStore::default();
        let mut first = store.list(100);
        first.fill(7.0);
        let (at, copy) = (first.as_ptr(), first.clone());
        drop(first);
        let second = store.list(50);
        assert_eq!((second.as_ptr(), second.len()), (at, 50));
        assert_eq!(copy[..], [7.0; 100]);
        drop(store);
        drop(second);
    }
}
