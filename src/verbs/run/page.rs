//! The page of `run`: how it may end.

use super::charts::{CHARTS, FIRST};
use super::question::RunQuestion;
use super::tables::{RunTables, UncertaintyRow};
use crate::format::{
    UNKNOWN, bare_percent_range, count, counted, listed, percent, percent_range, unsigned_points,
    unsigned_points_range, whole_percent, whole_percent_range,
};
use crate::model::{HOLD, UNRESOLVED};
use crate::report::words::{quoted, size_range};
use crate::report::{ChartKind, PageCell, PageTable, Scene, TimesTaken, VerbPage};
use crate::stats::{Estimate, Interval};
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};

/// The headline gives the upper end of the interval of a spread only if it is below this.
const CERTAIN: f64 = 0.1;
/// How many outcomes the words name after the first.
const NAMED: usize = 2;

impl Draw for RunQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<RunTables>)] = CHARTS;
    const FIRST: FirstDrawer<RunTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &RunTables) -> VerbPage {
        let of = RunWords { scene, ends: ends(scene, tables), repeats: scene.played.repeats };
        VerbPage {
            question: "How might it end?".to_owned(),
            lead: of.lead(),
            points: of.points(),
            tables: vec![if of.repeats.is_some() { of.draws() } else { of.trials() }],
            notes: vec![of.note()],
            trials: of.played(),
            times: of.repeats.map_or_else(String::new, |repeats| {
                format!(", each draw of the assumptions {repeats} times")
            }),
            certainty: match of.repeats {
                Some(_) => {
                    "Because each draw of the assumptions was played several times, what nobody \
                     knows can be separated from chance: the spread of a probability over the draws \
                     comes from not knowing the assumptions, the rest is chance. The spread shown is \
                     corrected for the noise from the limited number of repeats."
                }
                None => {
                    "The spread over the assumptions is estimated from trials that were played \
                     twice, with the same assumptions and other random numbers. It shows how much the \
                     probability itself varies with what nobody knows. The Monte Carlo error only \
                     shows how far this number of trials may be off from infinitely many. It shrinks \
                     with more trials; the spread does not. Intervals are at 95 %."
                }
            },
            times_taken: Some(times_taken(scene, tables)),
        }
    }
}

/// How often each move was made in a trial, on average.
fn times_taken(scene: &Scene<'_>, tables: &RunTables) -> TimesTaken {
    let mut all = TimesTaken::default();
    for row in tables.moves.iter().filter(|row| row.action != HOLD) {
        let times = row.taken as f64 / scene.played.trials.max(1) as f64;
        *all.0.entry((row.actor.clone(), row.action.clone())).or_default() += times;
    }
    all
}

/// An outcome and what is known of its probability.
struct RunEnd<'a> {
    id: &'a str,
    title: String,
    /// Its share of trials, over all draws and repeats.
    share: f64,
    count: u64,
    error: Interval,
    split: Option<&'a UncertaintyRow>,
}

impl RunEnd<'_> {
    fn quoted(&self) -> String {
        quoted(&self.title)
    }

    /// The standard deviation of the probability over draws of the assumptions, with its interval,
    /// if there were enough trials to estimate it.
    fn spread(&self) -> Option<Estimate> {
        self.split.and_then(UncertaintyRow::spread)
    }
}

/// The outcomes, the most frequent first; `unresolved` only if some trial ended so.
fn ends<'a>(scene: &Scene<'_>, tables: &'a RunTables) -> Vec<RunEnd<'a>> {
    let repeated = scene.played.repeats.is_some();
    let mut ends: Vec<RunEnd<'a>> = tables
        .summary
        .iter()
        .map(|row| {
            let split = tables.uncertainty.iter().find(|split| split.outcome == row.outcome);
            let repeats = split.filter(|_| repeated);
            RunEnd {
                id: &row.outcome,
                title: scene.outcome_title(&row.outcome),
                share: repeats.map_or(row.share, |split| split.share),
                count: row.count,
                error: repeats.map_or(Interval { low: row.mc_low, high: row.mc_high }, |split| {
                    Interval { low: split.share_low, high: split.share_high }
                }),
                split,
            }
        })
        .filter(|end| end.id != UNRESOLVED || end.share > 0.0)
        .collect();
    ends.sort_by(|a, b| b.share.total_cmp(&a.share));
    ends
}

/// The words and tables of a run.
struct RunWords<'a> {
    scene: &'a Scene<'a>,
    ends: Vec<RunEnd<'a>>,
    repeats: Option<u16>,
}

impl RunWords<'_> {
    /// How much was played.
    fn played(&self) -> String {
        let trials = self.scene.played.trials;
        match self.repeats {
            Some(repeats) => format!(
                "{} of the assumptions, each played {} times",
                counted(trials, "draw"),
                count(u64::from(repeats))
            ),
            None => counted(trials, "trial"),
        }
    }

    /// The most frequent outcome, if any occurred.
    fn first(&self) -> Option<&RunEnd<'_>> {
        self.ends.first().filter(|first| first.share > 0.0)
    }

    /// The headline: how much the most frequent outcome depends on what nobody knows.
    fn lead(&self) -> String {
        let Some(first) = self.first() else {
            return "No outcome of the scenario occurred in any trial.".to_owned();
        };
        let (name, mean) = (first.quoted(), percent(first.share));
        if let (Some(_), Some(split)) = (self.repeats, first.split) {
            return format!(
                "{name} is the likeliest end: its probability is {} in nine of ten draws of what \
                 nobody knows, and {mean} on average.",
                percent_range(split.corrected_p05, split.corrected_p95)
            );
        }
        match first.spread() {
            Some(sd) if sd.value >= 0.0005 => format!(
                "{name} is the likeliest end: {mean}, give or take {} points for what nobody knows.",
                unsigned_points(sd.value)
            ),
            Some(sd) if sd.interval.high < CERTAIN => format!(
                "{name} is the likeliest end: {mean}; what nobody knows moves that by {} points at \
                 most.",
                unsigned_points(sd.interval.high)
            ),
            _ => format!(
                "{name} is the likeliest end: {mean} of {}, too few to tell how much that depends \
                 on what nobody knows.",
                counted(self.scene.played.trials, "trial")
            ),
        }
    }

    fn points(&self) -> Vec<String> {
        let mut all = Vec::new();
        let Some(first) = self.first() else { return all };
        if let (Some(sd), None) = (first.spread(), self.repeats) {
            all.push(format!(
                "Give or take is the standard deviation of the probability when the assumptions are \
                 drawn again: for {} it is {} (95 % interval, from trials played twice).",
                first.quoted(),
                size_range(sd.interval.low, sd.interval.high)
            ));
        }
        let next = self.ends[1..].iter().filter(|end| end.share > 0.0).take(NAMED);
        let next: Vec<String> = next.map(|end| self.likely(end)).collect();
        if !next.is_empty() {
            all.push(format!("Next likeliest: {}.", listed(&next)));
        }
        let never: Vec<&RunEnd<'_>> = self.ends.iter().filter(|end| end.share == 0.0).collect();
        if !never.is_empty() {
            let names: Vec<String> = never.iter().take(4).map(|end| end.quoted()).collect();
            let most = never.iter().map(|end| end.error.high).fold(0.0, f64::max);
            all.push(format!(
                "Never reached: {}. With this number of trials, a probability of up to {} is still \
                 possible.",
                listed(&names),
                percent(most)
            ));
        }
        let half = |end: &RunEnd<'_>| (end.error.high - end.error.low) / 2.0;
        let half = self.ends.iter().map(half).fold(0.0, f64::max);
        let trials = self.scene.played.trials;
        let played = match self.repeats {
            Some(repeats) => {
                let draws = counted(trials, "draw");
                format!("{draws} of the assumptions played {repeats} times each")
            }
            None => counted(trials, "trial"),
        };
        all.push(format!(
            "Playing only {played} leaves an error of up to {} points in either direction (95 %). \
             More of them reduce that error, but not the uncertainty about what nobody knows.",
            unsigned_points(half)
        ));
        all
    }

    /// An outcome with its probability.
    fn likely(&self, end: &RunEnd<'_>) -> String {
        let how = match (self.repeats, end.split, end.spread()) {
            (Some(_), Some(split), _) => {
                let range = percent_range(split.corrected_p05, split.corrected_p95);
                format!(" ({range} in nine of ten draws)")
            }
            (None, _, Some(sd)) if sd.value >= 0.0005 => {
                format!(", give or take {}", unsigned_points(sd.value))
            }
            _ => String::new(),
        };
        format!("{} {}{how}", end.quoted(), percent(end.share))
    }

    /// The outcomes of an ordinary run.
    fn trials(&self) -> PageTable {
        let heads =
            ["Outcome", "#Share", "#Give or take, points", "#Monte Carlo interval, %", "#Trials"];
        let mut table = PageTable::new("Outcomes", &heads).sorted_down(1);
        for end in &self.ends {
            let spread = match end.spread() {
                Some(sd) => {
                    let shown = match sd.value > 0.0 {
                        true => unsigned_points(sd.value),
                        false => "none seen".to_owned(),
                    };
                    let range = unsigned_points_range(sd.interval.low, sd.interval.high);
                    PageCell::number(shown, sd.value).note(format!("95 %: {range}"))
                }
                None => PageCell { text: UNKNOWN.to_owned(), ..PageCell::nothing() },
            };
            let row = table.row(vec![
                PageCell::outcome(self.scene, end.id),
                PageCell::share(end.share),
                spread,
                PageCell::number(bare_percent_range(end.error.low, end.error.high), end.error.low),
                PageCell::number(count(end.count), end.count as f64),
            ]);
            row.outcome = Some(end.id.to_owned());
        }
        table
    }

    /// The outcomes over draws of the assumptions.
    fn draws(&self) -> PageTable {
        let heads = [
            "Outcome",
            "#Share on average",
            "#5th percentile",
            "#Median",
            "#95th percentile",
            "#Not knowing, part of variance",
        ];
        let caption = "Outcomes over draws of the assumptions";
        let mut table = PageTable::new(caption, &heads).sorted_down(1);
        for end in &self.ends {
            let Some(split) = end.split else { continue };
            let number = |value: f64| PageCell::number(percent(value), value);
            let part = match (
                split.not_knowing_share,
                split.not_knowing_share_low,
                split.not_knowing_share_high,
            ) {
                (Some(part), Some(low), Some(high)) => {
                    let note = format!("95 %: {}", whole_percent_range(low, high));
                    PageCell::number(whole_percent(part), part).note(note)
                }
                _ => PageCell::nothing(),
            };
            let row = table.row(vec![
                PageCell::outcome(self.scene, end.id),
                PageCell::share(end.share),
                number(split.corrected_p05),
                number(split.corrected_p50),
                number(split.corrected_p95),
                part,
            ]);
            row.outcome = Some(end.id.to_owned());
        }
        table
    }

    fn note(&self) -> String {
        match self.repeats {
            Some(_) => {
                "Percentiles are those of the probability over draws of the assumptions, with the \
                 noise from the limited number of repeats removed. “Not knowing, part of variance”: \
                 how much of the uncertainty about a single course of events would disappear if the \
                 assumptions were known; the rest is chance."
            }
            None => {
                "Give or take: the standard deviation of the probability over draws of the \
                 assumptions. If it is larger than the share itself, the probability is near zero in \
                 most draws and high in a few. None seen: no more than chance alone would produce. A \
                 question mark: too few trials to tell. The option --draws makes it more precise. \
                 Monte Carlo interval: where the share would lie with infinitely many trials (95 %), \
                 and nothing else."
            }
        }
        .to_owned()
    }
}
