//! What sources of luck and times are called.

use super::tables::{LuckKind, WhyRow};
use crate::report::phrases::capital;
use crate::verbs::step_name::StepName;
use crate::verbs::titles::{Titles, said};

/// The names of sources and times, in the words of the file.
pub(super) struct LuckNames<'a> {
    /// What things are called.
    pub titles: Titles<'a>,
}

impl LuckNames<'_> {
    /// The source of a row as the object of `settled by`: `Pyongyang’s choices`; empty for a row of no source.
    pub fn source(&self, row: &WhyRow) -> String {
        let name = row.name.as_deref().unwrap_or_default();
        let actor = || self.titles.actor(name);
        let happening = || said(&self.titles.happening(name));
        match row.source {
            Some(LuckKind::Assumptions) => "what is not known (assumptions)".to_owned(),
            Some(LuckKind::Calendar) => "chance in the calendar".to_owned(),
            Some(LuckKind::Event) => format!("the event {}", happening()),
            Some(LuckKind::Bargain) => format!("the bargain {}", happening()),
            Some(LuckKind::Order) => "the order of moves".to_owned(),
            Some(LuckKind::Choice) => format!("{} choices", possessive(&actor())),
            Some(LuckKind::Vote) => format!("{} votes", possessive(&actor())),
            Some(LuckKind::Branch) => format!("chance in what {} does", actor()),
            Some(LuckKind::Laws) => "chance in laws".to_owned(),
            None => String::new(),
        }
    }

    /// The same as the label of a bar or a row.
    pub fn label(&self, row: &WhyRow) -> String {
        capital(&self.source(row))
    }

    /// A time, of which so many steps have passed when it is over, as a heading: `March 2018`.
    pub fn time(&self, after: u64) -> String {
        match after.checked_sub(1) {
            Some(step) => self.step(step).heading(),
            None => "Before the first step".to_owned(),
        }
    }

    /// The same within a sentence: `in March 2018`.
    pub fn within(&self, after: u64) -> String {
        match after.checked_sub(1) {
            Some(step) => self.step(step).within(),
            None => "before the first step".to_owned(),
        }
    }

    /// From one time to another, within a sentence: `between March and May 2018`.
    pub fn until(&self, (low, high): (u64, u64)) -> String {
        match (low.checked_sub(1), high.checked_sub(1)) {
            _ if low == high => self.within(low),
            (Some(first), Some(last)) => self.step(first).until(&self.step(last)),
            (None, Some(last)) => format!("between the start and {}", self.step(last).noun()),
            (_, None) => self.within(high),
        }
    }

    fn step(&self, step: u64) -> StepName {
        StepName::of(self.titles.played.model().dates, step)
    }

    /// The title of an outcome, in quotation marks.
    pub fn outcome(&self, id: &str) -> String {
        said(&self.titles.outcome(id))
    }
}

/// A name in the possessive case.
fn possessive(name: &str) -> String {
    match name.ends_with(['s', 'S']) {
        true => format!("{name}’"),
        false => format!("{name}’s"),
    }
}

#[cfg(test)]
mod tests {
    use super::possessive;

    #[test]
    fn names_that_end_in_an_s_take_no_other() {
        let names = ["Pyongyang", "The United States", "US"].map(possessive);
        assert_eq!(names, ["Pyongyang’s", "The United States’", "US’"]);
    }
}
