//! The pages that were made last, until the browser has shown them.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::store::content_hash;

/// How many pages are kept, and how many bytes of them at most.
const MOST_PAGES: usize = 8;
const MOST_BYTES: usize = 64 << 20;

/// Pages by the hash of their text.
#[derive(Debug, Default)]
pub(super) struct PageStore(Mutex<VecDeque<(String, String)>>);

impl PageStore {
    /// Keeps a page, and returns its id.
    pub fn keep(&self, page: String) -> String {
        let id = content_hash(page.as_bytes());
        let mut pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.retain(|(own, _)| *own != id);
        pages.push_front((id.clone(), page));
        pages.truncate(MOST_PAGES);
        while pages.len() > 1
            && pages.iter().map(|(_, page)| page.len()).sum::<usize>() > MOST_BYTES
        {
            pages.pop_back();
        }
        id
    }

    /// A page, if it is still kept.
    pub fn get(&self, id: &str) -> Option<String> {
        let pages = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        pages.iter().find(|(own, _)| own == id).map(|(_, page)| page.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_pages_are_kept() {
        let pages = PageStore::default();
        let ids: Vec<String> = (0..10).map(|page| pages.keep(format!("page {page}"))).collect();
        assert_eq!(pages.get(&ids[9]).as_deref(), Some("page 9"));
        assert_eq!(pages.get(&ids[1]), None);
        let huge = pages.keep("x".repeat(MOST_BYTES + 1));
        assert!(pages.get(&huge).is_some() && pages.get(&ids[9]).is_none());
    }
}
