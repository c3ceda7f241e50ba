//! The outcomes as the page shows them: titles, colours, and the legend.

use super::sections::has_charts_of;
use super::table::PageCell;
use super::view::PageOutcome;
use super::words;
use crate::chart::OutcomeName;
use crate::format::percent;
use crate::report::{Picture, Scene};

/// The outcomes of the legend, in file order: those that a chart of the page shows.
pub(super) fn legend(scene: &Scene<'_>, pictures: &[Picture], has_first: bool) -> Vec<PageOutcome> {
    let is_shown = |own: &&OutcomeName| {
        let mut on_page = pictures.iter().filter(|one| has_charts_of(one.kind, has_first));
        on_page.any(|picture| picture.drawing.shows(&own.id))
    };
    let entry = |own: &OutcomeName| PageOutcome {
        id: own.id.clone(),
        title: words::title(&own.label),
        colour: own.colour.to_string(),
    };
    scene.outcomes().iter().filter(is_shown).map(entry).collect()
}

impl Scene<'_> {
    /// The title of an outcome, made safe for the page; its id if no file has the outcome.
    pub fn outcome_title(&self, id: &str) -> String {
        words::title(self.played.outcome_title(id))
    }
}

impl PageCell {
    /// The name of an outcome, as a button that highlights the outcome everywhere.
    pub fn outcome(scene: &Scene<'_>, id: &str) -> Self {
        let colour = scene.outcome(id).map(|own| own.colour.to_string());
        let outcome = colour.is_some().then(|| id.to_owned());
        PageCell { outcome, colour, ..PageCell::text(scene.outcome_title(id)) }
    }

    /// A share with its bar.
    pub fn share(value: f64) -> Self {
        let bar = Some((1000.0 * value).round() / 10.0);
        PageCell { bar, ..PageCell::number(percent(value), value) }
    }
}
