//! What the answer rests on most, as the page shows it.

use super::view::{RestsOnItemView, RestsOnView};
use super::words;
use crate::report::rests_on::{RestsOn, RestsOnItem};

/// The list with the heights of its small bars.
pub(super) fn rests_on(list: &RestsOn) -> RestsOnView {
    let item = |item: &RestsOnItem| RestsOnItemView {
        name: words::title(&item.name),
        about: item.about.as_deref().map(words::title),
        explains: item.explains.clone(),
        steps: item.steps.clone(),
        heights: item.shares.iter().map(|share| 100.0 * share.unwrap_or(0.0)).collect(),
    };
    RestsOnView {
        heading: words::title(&list.heading),
        items: list.items.iter().map(item).collect(),
        note: words::paragraph(&list.note),
    }
}
