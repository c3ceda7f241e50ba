//! The words of `why`, which terminal, charts and page share.

use super::sources::LuckNames;
use super::tables::{WhyRow, WhyTables};
use crate::format::{count, counted, listed, percent, percent_range};
use crate::report::Played;
use crate::report::phrases::capital;
use crate::verbs::part_known::PartKnown;
use crate::verbs::titles::Titles;

/// How many sources a sentence names.
const NAMED: usize = 3;

/// What the answer is about, and what it is not.
pub(super) const SURPRISES: &str = "This is about surprises: it says whose luck, good or bad, settled the matter. Who decides \
     much but predictably surprises nobody and settles nothing here; what single moves change is told by \
     “demarche levers”.";

/// Why an estimate may be below zero.
pub(super) const BELOW_ZERO: &str = "No true part is below zero; an estimate without bias misses small ones on both sides, and stands \
     here as it came out.";

/// The words of an answer.
pub(super) struct WhyWords<'a> {
    /// What was played.
    pub played: &'a Played<'a>,
    /// The results.
    pub tables: &'a WhyTables,
    /// What things are called.
    pub names: LuckNames<'a>,
}

impl<'a> WhyWords<'a> {
    /// The words of an answer, with these titles.
    pub fn new(titles: Titles<'a>, tables: &'a WhyTables) -> Self {
        WhyWords { played: titles.played, tables, names: LuckNames { titles } }
    }

    /// The outcomes that came about, as the rows of their sums: the one that is told of first, then the most
    /// open.
    pub fn outcomes(&self) -> Vec<&'a WhyRow> {
        let first = self.played.outcomes.first().map(String::as_str);
        let all = self.tables.outcomes(first).into_iter();
        all.filter(|row| row.ended > 0 || first == Some(row.outcome.as_str())).collect()
    }

    /// The outcomes of which it can be told what settled them.
    pub fn told(&self) -> Vec<&'a WhyRow> {
        self.outcomes().into_iter().filter(|row| row.part.is_some()).collect()
    }

    /// The first sentence.
    pub fn headline(&self) -> String {
        match self.outcomes().first() {
            Some(sum) => self.settled(sum),
            None => "Nothing was played.".to_owned(),
        }
    }

    /// What settled an outcome, as a sentence.
    pub fn settled(&self, sum: &WhyRow) -> String {
        if let Some(untold) = self.untold(sum) {
            return untold;
        }
        let title = self.names.outcome(&sum.outcome);
        if !self.tables.has_sources() {
            return self.timed(sum);
        }
        let clear = self.clear(&sum.outcome);
        if clear.is_empty() {
            return format!(
                "{} are too few to tell whose luck settled {title}: no part can be told from zero.",
                counted(sum.trials, "trial")
            );
        }
        let clauses: Vec<String> = clear
            .iter()
            .take(NAMED)
            .enumerate()
            .map(|(at, row)| {
                self.clause(&title, row, at.checked_sub(1).map(|before| clear[before]))
            })
            .collect();
        let half =
            self.half(&sum.outcome).map_or_else(String::new, |half| format!("; it was {half}"));
        format!("{}{half}.", listed(&clauses))
    }

    /// The part of a source, as a clause of a sentence, behind that of the next larger one. Where these two
    /// cannot be ranked, it says so.
    fn clause(&self, title: &str, row: &WhyRow, before: Option<&WhyRow>) -> String {
        let part = row.known().map_or_else(String::new, PartKnown::words);
        let source = self.names.source(row);
        match before {
            None => format!("{part} of what was open about {title} was settled by {source}"),
            Some(before) if row.is_tied_with(before) => {
                format!("about as much, {part}, by {source}")
            }
            Some(_) => format!("{part} by {source}"),
        }
    }

    /// The sources of an outcome that can be told from nothing, the largest first.
    pub fn clear(&self, of: &str) -> Vec<&'a WhyRow> {
        self.tables.sources(of).into_iter().filter(|row| row.is_clear()).collect()
    }

    /// Why it cannot be told what settled an outcome, if it cannot.
    pub fn untold(&self, sum: &WhyRow) -> Option<String> {
        let title = self.names.outcome(&sum.outcome);
        let trials = counted(sum.trials, "trial");
        if sum.ended == 0 {
            return Some(format!("None of {trials} ended in {title}: nothing was open about it."));
        }
        let others = sum.trials - sum.ended;
        if others == 0 {
            return Some(format!("All of {trials} ended in {title}: nothing was open about it."));
        }
        let how_many = match sum.ended <= others {
            true => count(sum.ended),
            false => format!("all but {}", count(others)),
        };
        sum.part.is_none().then(|| {
            format!(
                "{title} came about in {how_many} of {trials}: too few to tell what settled it."
            )
        })
    }

    /// When an outcome was settled, as a sentence, where luck is not told apart by its source.
    fn timed(&self, sum: &WhyRow) -> String {
        let title = self.names.outcome(&sum.outcome);
        let half = match self.half(&sum.outcome) {
            Some(half) => format!("{title} was {half}"),
            None => format!(
                "When {title} was half settled is not told by {}",
                counted(sum.trials, "trial")
            ),
        };
        let mut times = self.tables.times(&sum.outcome);
        times.sort_by(|a, b| b.size().total_cmp(&a.size()));
        let first = times.first().filter(|row| row.is_clear());
        let most = first.map_or_else(String::new, |first| {
            let part = first.known().map_or_else(String::new, PartKnown::words);
            let when = self.names.within(first.after.unwrap_or(0));
            let tied = times[1..].iter().any(|row| row.is_tied_with(first));
            let most = match tied {
                true => "among the largest parts is the",
                false => "the largest part is the",
            };
            format!("; {most} {part} of what was open that was settled {when}")
        });
        format!("{half}{most}.")
    }

    /// When an outcome was half settled: `half settled between March and May 2018`; `None` where that cannot
    /// be told.
    pub fn half(&self, of: &str) -> Option<String> {
        let half = self.tables.half(of)?;
        Some(format!("half settled {}", self.names.until(half)))
    }

    /// How the parts of an outcome add up, as a sentence; `None` where they cannot be told.
    pub fn sum(&self, sum: &WhyRow) -> Option<String> {
        let known = sum.known()?;
        Some(format!(
            "All parts of {} add up to {} ({}); in truth they add up to 100 %.",
            self.names.outcome(&sum.outcome),
            percent(known.value),
            percent_range(known.low, known.high)
        ))
    }

    /// Who settled an outcome, as the title of a chart.
    pub fn by_whom(&self, sum: &WhyRow) -> String {
        let title = self.names.outcome(&sum.outcome);
        let all = self.tables.sources(&sum.outcome);
        let clear = self.clear(&sum.outcome);
        let Some(first) = clear.first() else {
            let trials = counted(sum.trials, "trial");
            return format!("Whose luck settled {title} is not told by {trials}");
        };
        let label = self.names.label(first);
        let is_other = |row: &&&WhyRow| !std::ptr::eq(**row, *first);
        let tied = all.iter().filter(is_other).filter(|row| row.is_tied_with(first)).count();
        let told: Vec<&&WhyRow> =
            clear.iter().filter(|row| row.is_tied_with(first)).take(NAMED).collect();
        if tied == 0 {
            return format!("{label} settled more of {title} than any other source");
        }
        if told.len() < 2 {
            return format!("{label} settled {title}; whether another source did more is not told");
        }
        let named: Vec<String> = told.into_iter().map(|row| self.names.source(row)).collect();
        capital(&format!("{} settled {title}; which of them more is not told", listed(&named)))
    }

    /// When an outcome was settled, as the title of a chart.
    pub fn when(&self, sum: &WhyRow) -> String {
        let title = self.names.outcome(&sum.outcome);
        match self.half(&sum.outcome) {
            Some(half) => format!("{title} was {half}"),
            None => format!(
                "When {title} was half settled is not told by {}",
                counted(sum.trials, "trial")
            ),
        }
    }
}
