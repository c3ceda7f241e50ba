//! The page of `run`: how it may end.

use super::charts::{CHARTS, FIRST};
use super::question::RunQuestion;
use super::settled_words::settled_in_words;
use super::support::{Rests, supports};
use super::tables::{RunTables, Swing, UncertaintyRow};
use super::words::{
    OutcomeSeen, carried_out, headline, holds_for, likeliest, outcomes_seen, played_in_words,
    precision_in_words, replays, rests,
};
use crate::format::{
    UNKNOWN, bare_percent_range, count, counted, listed, percent, percent_range,
    unsigned_points_range, whole_percent_range,
};
use crate::model::HOLD;
use crate::report::words::{quoted, title};
use crate::report::{
    ChartKind, PageCell, PageTable, RestsOn, RestsOnItem, Scene, SettledFacts, TimesTaken,
    VerbPage, subject_in_words,
};
use crate::verbs::importance::ImportanceMethod;
use crate::verbs::report::{ChartDrawer, Draw, FirstDrawer};
use crate::verbs::titles::Titles;

/// How many outcomes the words name after the first.
const NAMED: usize = 2;
/// How many outcomes that were never reached the words name.
const NEVER: usize = 4;

impl Draw for RunQuestion {
    const CHARTS: &'static [(ChartKind, ChartDrawer<RunTables>)] = CHARTS;
    const FIRST: FirstDrawer<RunTables> = FIRST;

    fn page(&self, scene: &Scene<'_>, tables: &RunTables) -> VerbPage {
        let mut seen = outcomes_seen(&scene.played, tables);
        let carried_out = carried_out(tables, Titles::for_page(&scene.played));
        let lead = headline(&scene.played, tables, &seen, title);
        let lead = [vec![lead], carried_out.hardly()].concat().join(" ");
        seen.sort_by(|a, b| b.share.total_cmp(&a.share));
        let of =
            RunWords { scene, seen, repeats: scene.played.repeats, holds_for: holds_for(tables) };
        VerbPage {
            question: "How might it end?".to_owned(),
            lead,
            points: precision_in_words(self.sampling.precision, tables)
                .into_iter()
                .chain(of.points())
                .collect(),
            rests_on: rests_on(scene, tables, &of.seen),
            tables: [if of.repeats.is_some() { of.draws() } else { of.trials() }]
                .into_iter()
                .chain(carried_out.page_table())
                .collect(),
            notes: vec![of.note()],
            trials: played_in_words(&scene.played, tables),
            times: match (of.repeats, replays(tables)) {
                (Some(repeats), 0) => {
                    format!(", with {} each time", counted(u64::from(repeats), "play"))
                }
                (Some(repeats), _) => format!(
                    " with new assumptions, which were kept for {} each time",
                    counted(u64::from(repeats), "play")
                ),
                (None, 0) => String::new(),
                (None, more) => format!(
                    ", and {} more with the assumptions of the first of them",
                    counted(more, "time")
                ),
            },
            certainty: match of.repeats {
                _ if of.is_chance_alone() => {
                    "Nothing is drawn once per trial, so all that varies is chance. The interval beside a \
                     share only shows how far this number of trials may be off from infinitely many, \
                     and shrinks with more trials. Intervals are at 95 %."
                }
                Some(_) => {
                    "Because each draw of the assumptions was played several times, what nobody \
                     knows can be separated from chance: the probability varies over the draws as far \
                     as the assumptions matter, and the rest is chance. The shares of outcomes and \
                     what is said of draws are over all plays; charts over time, moves and measures \
                     are of the first play of each draw. Intervals are at 95 %, each by itself; they \
                     allow for a kind of draw that none of those played belongs to."
                }
                None => {
                    "The swing is estimated from the first trials, which were played several times \
                     more with the same assumptions and other random numbers. It is the standard \
                     deviation of the probability over draws of the assumptions: how much it varies \
                     with what nobody knows. The interval beside a share only shows how far this \
                     number of trials may be off from infinitely many. It shrinks with more trials; \
                     the swing does not. Intervals are at 95 %: those of shares as it is said beside \
                     them, all others each by itself."
                }
            },
            times_taken: Some(times_taken(scene, tables)),
            settled: settled(scene, tables),
            story: None,
        }
    }
}

/// How many inputs the first screen shows.
const INPUTS: usize = 3;

/// What the likeliest outcome rests on most.
fn rests_on(scene: &Scene<'_>, tables: &RunTables, seen: &[OutcomeSeen<'_>]) -> Option<RestsOn> {
    let first = likeliest(seen)?;
    let supports = supports(&scene.played, tables, first.id);
    let model = scene.model();
    let document = scene.played.file.document;
    let file = document.scenario_under(&model.policy, &model.world);
    let inputs = model.inputs();
    let items = supports.iter().take(INPUTS).map(|support| {
        let path = inputs.iter().find(|own| own.name == support.input).map(|own| own.path.as_str());
        RestsOnItem {
            name: support.shown.clone(),
            about: file
                .as_deref()
                .zip(path)
                .filter(|_| support.shown == support.input)
                .map(|(file, path)| subject_in_words(file, path)),
            explains: format!("explains {}", support.explains()),
            steps: Some(support.split_in_words()).filter(|words| !words.is_empty()),
            shares: support.shares(),
        }
    });
    let items: Vec<RestsOnItem> = items.collect();
    let told = match rests(first, &supports) {
        Rests::OnOne(_) => "",
        Rests::OnSome(_) => " Which of them matters most is not told apart.",
        Rests::OnNoSingleOne => {
            " No single one explains half of what the assumptions change: it is how they come together."
        }
        Rests::Unknown => " None of them can be told from nothing with so many trials.",
    };
    let of = match supports.first()?.index.method {
        ImportanceMethod::GivenData | ImportanceMethod::PickFreeze => {
            "the variance of its probability over draws of the assumptions"
        }
        ImportanceMethod::GivenDataOfAll | ImportanceMethod::PickFreezeOfAll => {
            "all that is uncertain about a single trial"
        }
    };
    (!items.is_empty()).then(|| RestsOn {
        heading: format!("What {} rests on most", quoted(first.title)),
        items,
        note: format!(
            "Explains: the part of {of} that would go if it alone were known (95 %, each by itself). \
             Bars: the share of the outcome, from the lowest values to the highest.{told}"
        ),
    })
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

/// What came of each bargain.
fn settled(scene: &Scene<'_>, tables: &RunTables) -> Vec<SettledFacts> {
    let all = settled_in_words(scene.model(), tables).into_iter();
    let told = all.map(|own| {
        let settled = own
            .in_words()
            .map(|words| format!("{words} (at the end of the step in which it was first struck)"));
        SettledFacts { bargain: own.row.bargain.clone(), struck: own.struck(), settled }
    });
    told.collect()
}

/// The words and tables of a run; outcomes from the most to the least frequent.
struct RunWords<'a> {
    scene: &'a Scene<'a>,
    seen: Vec<OutcomeSeen<'a>>,
    repeats: Option<u16>,
    /// What the intervals of shares hold for.
    holds_for: &'static str,
}

impl RunWords<'_> {
    /// Whether nothing is drawn once per trial.
    fn is_chance_alone(&self) -> bool {
        self.seen.iter().any(|seen| seen.swing() == Swing::None)
    }

    fn points(&self) -> Vec<String> {
        let mut all = Vec::new();
        let Some(first) = likeliest(&self.seen) else { return all };
        if let Swing::Between(swing) = first.swing() {
            all.push(format!(
                "Over draws of the assumptions, the standard deviation of its probability is {} \
                 points (95 %): its swing.",
                unsigned_points_range(swing.low, swing.high)
            ));
        }
        let points = first.split.filter(|_| self.repeats.is_some());
        if let Some([low, middle, high]) = points.and_then(UncertaintyRow::points) {
            all.push(format!(
                "In nine of ten of the draws that were played, its probability is estimated at {}, \
                 with a median of {}.",
                percent_range(low, high),
                percent(middle)
            ));
        }
        let next = self.seen.iter().filter(|seen| seen.share > 0.0 && seen.id != first.id);
        let next: Vec<String> = next.take(NAMED).map(likely).collect();
        if !next.is_empty() {
            all.push(format!("Next likeliest: {}.", listed(&next)));
        }
        let never: Vec<&OutcomeSeen<'_>> =
            self.seen.iter().filter(|seen| seen.share == 0.0).collect();
        if !never.is_empty() {
            let mut names: Vec<String> =
                never.iter().take(NEVER).map(|seen| quoted(seen.title)).collect();
            if never.len() > NEVER {
                names.push(counted((never.len() - NEVER) as u64, "other"));
            }
            let most = never.iter().map(|seen| seen.interval.high).fold(0.0, f64::max);
            all.push(format!(
                "Never reached: {}. With this number of {}, a probability of up to {} is still \
                 possible (95 %).",
                listed(&names),
                if self.repeats.is_some() { "draws" } else { "trials" },
                percent(most)
            ));
        }
        let nobody_knows = match self.is_chance_alone() {
            true => "",
            false => "; what nobody knows does not",
        };
        all.push(format!(
            "The intervals of shares are at 95 %, {}. They come from the limited number of trials and \
             shrink with more of them{nobody_knows}.",
            self.holds_for
        ));
        all
    }

    /// The outcomes of an ordinary run.
    fn trials(&self) -> PageTable {
        let heads = [
            "Outcome",
            "#Share",
            "#95 % interval, %",
            "#Swing with the assumptions, points",
            "#Trials",
        ];
        let mut table = PageTable::new("Outcomes", &heads).sorted_down(1);
        for seen in &self.seen {
            let row = table.row(vec![
                PageCell::outcome(self.scene, seen.id),
                PageCell::share(seen.share),
                interval(seen),
                swing(seen),
                PageCell::number(count(seen.count), seen.count as f64),
            ]);
            row.outcome = Some(seen.id.to_owned());
        }
        table
    }

    /// The outcomes over draws of the assumptions.
    fn draws(&self) -> PageTable {
        let heads = [
            "Outcome",
            "#Share of all plays",
            "#95 % interval, %",
            "#Swing, points",
            "#5th percentile",
            "#Median",
            "#95th percentile",
            "#Not knowing, part of variance",
        ];
        let caption = format!("Outcomes over {}", counted(self.scene.played.trials, "draw"));
        let mut table = PageTable::new(&caption, &heads).sorted_down(1);
        for seen in &self.seen {
            let point = |of: fn(&UncertaintyRow) -> Option<f64>| match seen.split.and_then(of) {
                Some(value) => PageCell::number(percent(value), value),
                None => unknown(),
            };
            let ends = |split: &UncertaintyRow| {
                Some((split.not_knowing_share_low?, split.not_knowing_share_high?))
            };
            let part = match seen.split.and_then(ends) {
                Some((low, high)) => PageCell::number(whole_percent_range(low, high), low),
                None => unknown(),
            };
            let row = table.row(vec![
                PageCell::outcome(self.scene, seen.id),
                PageCell::share(seen.share),
                interval(seen),
                swing(seen),
                point(|split| split.p05),
                point(|split| split.p50),
                point(|split| split.p95),
                part,
            ]);
            row.outcome = Some(seen.id.to_owned());
        }
        table
    }

    fn note(&self) -> String {
        match self.repeats {
            _ if self.is_chance_alone() => {
                format!(
                    "Swing: none, as nothing is drawn once per trial. 95 % interval: where the share \
                     would lie with infinitely many trials, {}.",
                    self.holds_for
                )
            }
            Some(_) => {
                "Swing: the 95 % interval of the standard deviation of the probability over draws of \
                 the assumptions. Percentiles: of the probability over these draws, estimated without \
                 assuming a shape. Not knowing, part of variance (95 %): how much of the uncertainty \
                 about a single course of events would disappear if the assumptions were known; the \
                 rest is chance. A question mark: too few draws to tell."
                    .to_owned()
            }
            None => {
                format!(
                    "Swing: how far the probability varies with the assumptions, as the 95 % interval of \
                     its standard deviation over draws of them. A question mark: too few replays to \
                     tell; the option --draws makes it more precise. 95 % interval: where the share \
                     would lie with infinitely many trials, {}.",
                    self.holds_for
                )
            }
        }
    }
}

/// An outcome with its probability.
fn likely(seen: &OutcomeSeen<'_>) -> String {
    format!(
        "{} {} ({} %)",
        quoted(seen.title),
        percent(seen.share),
        bare_percent_range(seen.interval.low, seen.interval.high)
    )
}

fn interval(seen: &OutcomeSeen<'_>) -> PageCell {
    let (low, high) = (seen.interval.low, seen.interval.high);
    PageCell::number(bare_percent_range(low, high), low)
}

fn swing(seen: &OutcomeSeen<'_>) -> PageCell {
    match seen.swing() {
        Swing::None => PageCell::number("none".to_owned(), 0.0),
        Swing::Unknown => unknown(),
        Swing::Between(swing) => {
            PageCell::number(unsigned_points_range(swing.low, swing.high), swing.high)
        }
    }
}

/// The cell of what too little was played to tell.
fn unknown() -> PageCell {
    PageCell { text: UNKNOWN.to_owned(), ..PageCell::nothing() }
}
