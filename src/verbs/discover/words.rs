//! The words of `discover`, which terminal and page share.

use super::found::{BoxShare, FoundBox};
use super::limits::{Condition, clause};
use super::tables::DiscoverTables;
use crate::format::{
    among_hundred_span, count, counted, of_hundred, percent, percent_range, whole_percent,
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

    /// How frequent the outcome is under the conditions of a box.
    fn densely(&self, found: &FoundBox<'_>) -> String {
        let (density, inside) = (found.density(), found.inside());
        format!(
            "{} in {} (95 %: {}) where {}, against {} {}",
            quoted(&self.outcome),
            of_hundred(density.value, inside.n),
            among_hundred_span(density.known.low, density.known.high, inside.n),
            self.conditions(found),
            of_hundred(found.base().value, found.steps[0].n),
            if found.number == 1 { "overall" } else { "of these" },
        )
    }

    /// The conditions of a box as a clause. Those that may as well be there by chance are only counted,
    /// unless there are no others.
    pub fn conditions(&self, found: &FoundBox<'_>) -> String {
        let (doubtful, sure): (Vec<Condition<'_>>, Vec<Condition<'_>>) =
            found.sorted().into_iter().partition(|own| own.is_doubtful());
        match (sure.as_slice(), doubtful.as_slice()) {
            (_, []) => clause(&sure, &self.name),
            ([], _) => format!("(each perhaps by chance) {}", clause(&doubtful, &self.name)),
            (_, some) => format!(
                "{} and {} hold{} that may be chance",
                clause(&sure, &self.name),
                counted(some.len() as u64, "further condition"),
                if some.len() == 1 { "s" } else { "" }
            ),
        }
    }

    /// How much a box covers.
    pub fn covers(&self, found: &FoundBox<'_>) -> String {
        let (coverage, mass) = (found.coverage(), found.mass());
        format!(
            "These are {} of all trials with {} (95 %: {}), and {} of all trials.",
            whole_percent(coverage.value),
            quoted(&self.outcome),
            percent_range(coverage.known.low, coverage.known.high),
            whole_percent(mass.value)
        )
    }

    /// What is said of the boxes after the headline.
    pub fn points(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for found in self.told() {
            if found.number > 1 {
                lines.push(format!("Where that does not hold: {}.", self.densely(found)));
            }
            lines.push(self.covers(found));
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

    /// What is left if the conditions that may be there by chance are left out.
    fn doubts(&self, found: &FoundBox<'_>) -> Option<String> {
        let (sure, density, coverage, trials) = found.surest()?;
        let all = found.sorted();
        let doubtful = all.len() - sure;
        Some(format!(
            "{} of {} may as well be left out ({} quasi-p is above 5 %). Where only {}: {} (95 %: {}), and {} of \
             all trials with {} (95 %: {}).",
            count(doubtful as u64),
            counted(all.len() as u64, "condition"),
            if doubtful == 1 { "its" } else { "their" },
            clause(&all[..sure], &self.name),
            of_hundred(density.value, trials),
            among_hundred_span(density.known.low, density.known.high, trials),
            whole_percent(coverage.value),
            quoted(&self.outcome),
            percent_range(coverage.known.low, coverage.known.high)
        ))
    }

    /// The densest box where none is told from chance.
    fn densest(&self, found: &FoundBox<'_>) -> Option<String> {
        if found.shown == 0 {
            return None;
        }
        let (density, inside) = (found.density(), found.inside());
        Some(format!(
            "Of {} on the way to narrower conditions, the one in which it is most frequent has it in {} (95 %, \
             over all steps: {}), which may be chance.",
            counted(found.steps.len() as u64, "step"),
            of_hundred(density.value, inside.n),
            among_hundred_span(density.known.low, density.known.high, inside.n)
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
