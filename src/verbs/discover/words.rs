//! The words of `discover`, which terminal and page share.

use super::found::{BoxPart, BoxShare, FoundBox};
use super::limits::clause;
use super::tables::DiscoverTables;
use crate::format::{
    among_hundred_span, count, counted, of_hundred, percent, whole_percent, whole_percent_range,
};
use crate::verbs::titles::{Titles, quoted};

/// What was found, in words.
pub(super) struct DiscoverWords<'a> {
    /// The boxes, with the last one that was looked for and may not be told from chance.
    pub boxes: Vec<FoundBox<'a>>,
    /// The outcome's title.
    pub outcome: String,
    /// What an input is called, from its column.
    pub name: Box<dyn Fn(&str) -> String + 'a>,
}

impl<'a> DiscoverWords<'a> {
    /// The words of these results.
    pub fn new(
        titles: &Titles<'a>,
        tables: &'a DiscoverTables,
        outcome: &str,
        name: impl Fn(&str) -> String + 'a,
    ) -> Self {
        let outcome = titles.outcome(outcome);
        DiscoverWords { boxes: FoundBox::all(tables), outcome, name: Box::new(name) }
    }

    /// The boxes that are told from chance.
    pub fn told(&self) -> impl Iterator<Item = &FoundBox<'a>> {
        self.boxes.iter().filter(|found| found.is_told())
    }

    /// The first words of the answer.
    pub fn headline(&self) -> String {
        match self.told().next() {
            Some(first) => format!("{}.", self.densely(first)),
            None => format!(
                "No conditions found: nothing that was drawn makes {} clearly more frequent than {}.",
                quoted(&self.outcome),
                self.boxes.first().map_or_else(String::new, |own| self.out_of(own.base(), own)),
            ),
        }
    }

    /// How frequent the outcome is under the surest conditions of a box.
    fn densely(&self, found: &FoundBox<'_>) -> String {
        let part = found.surest();
        format!(
            "{} in {} where {}, against {} {}",
            quoted(&self.outcome),
            often(&part),
            self.conditions(&part),
            of_hundred(found.base().value, found.steps[0].n),
            if found.number == 1 { "overall" } else { "of these" },
        )
    }

    /// The conditions of a box, or of a part of it, as a clause.
    pub fn conditions(&self, part: &BoxPart<'_>) -> String {
        let all = clause(&part.conditions, &self.name);
        match part.conditions.iter().all(|own| own.is_doubtful()) {
            true => format!("(each perhaps by chance) {all}"),
            false => all,
        }
    }

    /// How much of the outcome, and of everything, a box or a part of it covers.
    fn covered(&self, part: &BoxPart<'_>) -> String {
        let coverage = part.coverage();
        format!(
            "{} of all trials with {} (95 %: {}) and {} of all trials",
            whole_percent(coverage.value),
            quoted(&self.outcome),
            whole_percent_range(coverage.known.low, coverage.known.high),
            whole_percent(part.mass().value)
        )
    }

    /// What is said of the boxes after the headline.
    pub fn points(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for found in self.told() {
            if found.number > 1 {
                lines.push(format!("Outside the box before: {}.", self.densely(found)));
            }
            lines.push(format!("These are {}.", self.covered(&found.surest())));
            lines.extend(self.doubts(found));
        }
        if let Some(last) = self.boxes.last().filter(|last| !last.is_told()) {
            if last.number > 1 {
                lines.push(format!(
                    "No further conditions found: elsewhere {} came about in {}.",
                    quoted(&self.outcome),
                    self.out_of(last.base(), last)
                ));
            }
            lines.extend(self.densest(last));
        }
        lines
    }

    /// What the limits add that may as well be there by chance.
    fn doubts(&self, found: &FoundBox<'_>) -> Option<String> {
        let whole = found.whole();
        let doubtful = whole.conditions.len() - found.surest().conditions.len();
        if doubtful == 0 {
            return None;
        }
        Some(format!(
            "The box that was found has {} that may as well be left out ({} above 5 %); with {}: {}, {}.",
            counted(doubtful as u64, "further limit"),
            if doubtful == 1 { "its quasi-p value is" } else { "their quasi-p values are" },
            if doubtful == 1 { "it" } else { "them" },
            often(&whole),
            self.covered(&whole)
        ))
    }

    /// The densest box where none is told from chance.
    fn densest(&self, found: &FoundBox<'_>) -> Option<String> {
        if found.shown == 0 {
            return None;
        }
        Some(format!(
            "Of {} on the way to narrower conditions, the one in which it is most frequent has it in {} over all \
             steps, which may be chance.",
            counted(found.steps.len() as u64, "step"),
            often(&found.whole())
        ))
    }

    /// A share among the trials in which a box was looked for.
    fn out_of(&self, share: BoxShare, found: &FoundBox<'_>) -> String {
        format!("{} of {}", percent(share.value), counted(found.steps[0].n, "trial"))
    }

    /// Which trials the figures are of.
    pub fn of_which_trials(&self) -> String {
        let odd = self.boxes.first().map_or(0, |first| first.all.n);
        format!(
            "Conditions were looked for in the even trials; all figures are of the {} odd ones, which took no \
             part in that",
            count(odd)
        )
    }
}

/// How often the outcome came about within a box or a part of it, with its interval.
fn often(part: &BoxPart<'_>) -> String {
    let (density, trials) = (part.density(), part.inside.n);
    format!(
        "{} (95 %: {})",
        of_hundred(density.value, trials),
        among_hundred_span(density.known.low, density.known.high, trials)
    )
}
