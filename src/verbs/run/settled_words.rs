//! What is told of the bargains of a run, for terminal, charts and page alike.

use super::settled::{BargainRow, SettledValueRow};
use super::tables::RunTables;
use crate::format::{
    bare_whole_percent, count, counted, listed, number, number_range, number_span, percent,
};
use crate::model::{Bargain, Model};
#[cfg(feature = "cli")]
use crate::report::Played;
#[cfg(feature = "cli")]
use crate::scenario::{BargainRule, Pick};
#[cfg(feature = "cli")]
use crate::verbs::terminal::{cut, plain, wrapped};

/// The most values that are told one by one.
const VALUES: usize = 4;
/// The width of a bargain's title in a table of the terminal.
#[cfg(feature = "cli")]
const TITLE: usize = 36;

/// A bargain and what is known of it.
pub(super) struct SettledInWords<'a> {
    /// The bargain.
    pub bargain: &'a Bargain,
    /// In how many trials it was struck, and where it settled.
    pub row: &'a BargainRow,
    /// The values that it settled on, ascending, where these are few; else nothing.
    pub values: Vec<&'a SettledValueRow>,
    /// Its title as the file has it.
    pub title: &'a str,
    unit: Option<&'a str>,
}

/// The bargains of a run with what is known of each, in the order of the file.
pub(super) fn settled_in_words<'a>(
    model: &'a Model,
    tables: &'a RunTables,
) -> Vec<SettledInWords<'a>> {
    let rows = tables.bargains.iter().flatten();
    let all = rows.filter_map(|row| {
        let mut bargains = model.truth.bargains.iter();
        let bargain = bargains.find(|bargain| model.happening(bargain.what).name == row.bargain)?;
        let values = tables.settled.iter().flatten();
        Some(SettledInWords {
            bargain,
            row,
            values: values.filter(|value| value.bargain == row.bargain).collect(),
            title: &model.happening(bargain.what).title,
            unit: model.states[bargain.over.0 as usize].series.unit.as_deref(),
        })
    });
    all.collect()
}

impl SettledInWords<'_> {
    /// Whether it was struck in every trial.
    fn is_certain(&self) -> bool {
        self.row.struck == self.row.trials
    }

    /// A text with the unit behind it.
    fn with_unit(&self, text: String) -> String {
        match self.unit {
            Some(unit) => format!("{text} {unit}"),
            None => text,
        }
    }

    /// In how many trials it was struck: `every trial`, `no trial`, or `73.9 % (7,388 of 10,000 trials)`.
    pub fn struck(&self) -> String {
        match self.row.struck {
            struck if self.is_certain() && struck > 0 => "every trial".to_owned(),
            0 => "no trial".to_owned(),
            struck => format!(
                "{} ({} of {})",
                percent(self.row.share()),
                count(struck),
                counted(self.row.trials, "trial")
            ),
        }
    }

    /// The median of what was settled, with its unit; `None` if nothing was.
    pub fn median(&self) -> Option<String> {
        Some(self.with_unit(number(self.row.p50?)))
    }

    /// Where what was settled lies: the same in all trials in which it was struck, at a few values with the
    /// share of all trials of each, or within the middle nine in ten of the former.
    pub fn spread(&self) -> Option<String> {
        let [low, .., high] = self.row.settled()?;
        Some(match self.values.as_slice() {
            [_] if self.is_certain() => "the same in every trial".to_owned(),
            [_] => "the same in all of these".to_owned(),
            values if (2..=VALUES).contains(&values.len()) => {
                let each = values.iter();
                let each =
                    each.map(|own| format!("{} in {}", number(own.value), percent(own.share)));
                listed(&each.collect::<Vec<_>>())
            }
            _ => number_span(low, high),
        })
    }

    /// The median and where what was settled lies, in words; `None` if nothing was.
    pub fn in_words(&self) -> Option<String> {
        let is_range = self.values.is_empty() || self.values.len() > VALUES;
        let of = if is_range { "middle nine in ten " } else { "" };
        Some(format!("median {}; {of}{}", self.median()?, self.spread()?))
    }

    /// What came of it, as the end of a sentence that its title begins.
    pub fn headline(&self) -> String {
        let Some([low, _, middle, _, high]) = self.row.settled() else {
            return "no deal in any trial".to_owned();
        };
        let certain = self.is_certain();
        let without = format!("no deal in {}", bare_whole_percent(1.0 - self.row.share()));
        match self.values.as_slice() {
            [one] if certain => format!("{} in every trial", self.with_unit(number(one.value))),
            [first, more @ ..] if self.values.len() <= VALUES => {
                let mut told = vec![format!(
                    "{} in {} of 100 trials",
                    self.with_unit(number(first.value)),
                    bare_whole_percent(first.share)
                )];
                told.extend(more.iter().map(|own| {
                    format!("{} in {}", number(own.value), bare_whole_percent(own.share))
                }));
                told.extend((!certain).then_some(without));
                told.join(", ")
            }
            _ => {
                let these = if certain { "trials" } else { "of these" };
                let range = number_range(low, high).replace(" to ", " and ");
                let place = match low == high {
                    true => format!("{} in nine in ten {these}", self.with_unit(number(middle))),
                    false => format!("between {} in nine in ten {these}", self.with_unit(range)),
                };
                match certain {
                    true => place,
                    false => {
                        let share = bare_whole_percent(self.row.share());
                        format!("a deal in {share} of 100 trials, {place}")
                    }
                }
            }
        }
    }
}

/// The rule of a bargain, as the file names it.
#[cfg(feature = "cli")]
fn rule(rule: BargainRule) -> &'static str {
    match rule {
        BargainRule::Mean => "mean",
        BargainRule::Median => "median",
        BargainRule::Nash => "nash",
        BargainRule::Condorcet(Pick::Mean) => "pce, mean",
        BargainRule::Condorcet(Pick::Draw) => "pce, drawn",
    }
}

/// How often each bargain was struck and where it settled, as a table for the terminal; nothing without
/// bargains.
#[cfg(feature = "cli")]
pub(super) fn terminal_table(tables: &RunTables, played: &Played<'_>) -> String {
    let all = settled_in_words(played.model(), tables);
    if all.is_empty() {
        return String::new();
    }
    let nothing = || crate::format::NOTHING.to_owned();
    let rows = all.iter().map(|own| {
        vec![
            cut(own.title, TITLE),
            rule(own.bargain.rule).to_owned(),
            own.struck(),
            own.median().unwrap_or_else(nothing),
            own.spread().unwrap_or_else(nothing),
        ]
    });
    let heads = ["Bargain", "rule", "struck in", "settled (median)", "5 to 95 % of these trials"];
    let mut text = format!("\nWhat was settled together:\n{}", plain(&heads, rows.collect(), &[]));
    text.push_str(&wrapped(
        "settled: the number at the end of the step in which the bargain was first struck, of the trials in \
         which it was.",
    ));
    text
}
