//! What an outcome rests on, from the tables of a run, in words.

use super::rests_on::RestsOnRow;
use super::tables::RunTables;
use crate::format::{bare_whole_percent, number, whole_percent, whole_percent_range};
use crate::report::Played;
use crate::stats::{CountedBin, CountedBins, Interval, Plateau, Steps, Told};
use crate::study::{BINS, LEVEL};
use crate::verbs::importance::ImportanceRow;
use crate::verbs::shown_inputs::ShownInputs;
use crate::verbs::titles::quoted;

/// A share from which on an outcome is nearly certain, and up to which it is rare.
const NEARLY_CERTAIN: f64 = 0.9;
const RARE: f64 = 0.1;
/// Shares on both sides of a cut that differ by less than this are not worth a headline.
const WORTH_TELLING: f64 = 0.1;

/// How an outcome depends on an input.
pub(super) struct InputSupport<'a> {
    /// The input, as tables call it.
    pub input: &'a str,
    /// The same for a reader: an assumption's name, and in the words of the file what is drawn elsewhere.
    pub shown: String,
    /// The first-order index.
    pub index: &'a ImportanceRow,
    /// The counts, part by part.
    pub rows: Vec<&'a RestsOnRow>,
    /// The interval of the variance that goes with the input; those of all inputs hold at once.
    pub joint: Interval,
    /// Where the curve has its steps.
    told: Told,
}

/// How an outcome depends on its inputs, the most important first.
pub(super) fn supports<'a>(
    played: &Played<'_>,
    tables: &'a RunTables,
    outcome: &str,
) -> Vec<InputSupport<'a>> {
    let rows = tables.rests_on.iter().flatten().filter(|row| row.outcome == outcome);
    let rows: Vec<&RestsOnRow> = rows.collect();
    let inputs = (rows.len() / BINS).max(1) as f64;
    let names = ShownInputs::of(played);
    let joint_level = 1.0 - (1.0 - LEVEL) / inputs;
    let mut all = Vec::new();
    for rows in rows.chunks(BINS) {
        let indices = tables.importance.iter().flatten();
        let index = indices.filter(|row| row.of == outcome).find(|row| row.input == rows[0].input);
        let repeats = u64::from(played.repeats.unwrap_or(1));
        let bin = |row: &&RestsOnRow| CountedBin {
            n: row.trials / repeats,
            successes: row.count,
            squares: row.squares,
        };
        let bins = CountedBins::of_bins(repeats, rows.iter().map(bin).collect());
        let joint = bins.curve().explained(joint_level);
        if let (Some(index), Some(joint), Some(told)) = (index, joint, bins.told(joint_level)) {
            let (input, joint) = (rows[0].input.as_str(), joint.interval);
            let shown = names.shown(input);
            all.push(InputSupport { input, shown, index, rows: rows.to_vec(), joint, told });
        }
    }
    all.sort_by(|a, b| b.index.S1.unwrap_or(0.0).total_cmp(&a.index.S1.unwrap_or(0.0)));
    all
}

/// What is known of which inputs an outcome rests on most.
pub(super) enum Rests<'s, 'a> {
    /// One input explains more than any other.
    OnOne(&'s InputSupport<'a>),
    /// These explain something, and no order of the first two is known.
    OnSome(Vec<&'s InputSupport<'a>>),
    /// The assumptions matter, but no single input explains half of that.
    OnNoSingleOne,
    /// The trials do not tell.
    Unknown,
}

impl<'s, 'a> Rests<'s, 'a> {
    /// What inputs, the most important first, tell. `not_knowing` is the least that the probability's
    /// variance over draws of the assumptions may be.
    pub fn of(supports: &'s [InputSupport<'a>], not_knowing: f64) -> Self {
        let clear: Vec<&InputSupport<'a>> =
            supports.iter().filter(|support| support.joint.low > 0.0).collect();
        let most = supports.iter().map(|support| support.joint.high).fold(0.0, f64::max);
        match clear.as_slice() {
            _ if !supports.is_empty() && most < 0.5 * not_knowing => Rests::OnNoSingleOne,
            [] => Rests::Unknown,
            [first, ..] => {
                let others = supports.iter().filter(|other| other.input != first.input);
                match others.clone().all(|other| other.joint.high < first.joint.low) {
                    true => Rests::OnOne(first),
                    false => Rests::OnSome(clear),
                }
            }
        }
    }
}

impl InputSupport<'_> {
    /// How much it explains, with the interval: `62 % (55 to 70 %)`.
    pub fn explains(&self) -> String {
        let (low, high) = (self.index.S1_low.unwrap_or(0.0), self.index.S1_high.unwrap_or(1.0));
        let value = self.index.S1.unwrap_or(0.0).clamp(0.0, 1.0);
        format!("{} ({})", whole_percent(value), whole_percent_range(low, high))
    }

    /// Whether what it explains can be told from nothing: whether the interval of that excludes zero.
    pub fn explains_something(&self) -> bool {
        self.index.S1_low.is_some_and(|low| low > 0.0)
    }

    /// The steps of the outcome's curve, where the input explains something.
    fn known_steps(&self) -> Option<&Steps> {
        match &self.told {
            Told::Steps(steps) if self.explains_something() => Some(steps),
            Told::Steps(_) | Told::Nothing | Told::Otherwise => None,
        }
    }

    /// How the outcome's share depends on the input: its [steps](Self::steps), that it cannot be told from
    /// nothing, or nothing where it does depend in a way that no steps tell.
    pub fn split_in_words(&self) -> String {
        match (self.explains_something(), self.steps()) {
            (false, _) => "cannot be told from nothing".to_owned(),
            (true, steps) => steps.unwrap_or_default(),
        }
    }

    /// The outcome's share of the trials on each side of the steps, in words: `95 of 100 above 0.5, 12
    /// below`. `None` where no steps are known.
    pub fn steps(&self) -> Option<String> {
        let steps = self.known_steps()?;
        let parts = self.parts(steps);
        let words = parts.iter().enumerate().map(|(at, (plateau, place))| {
            let of = if at == 0 { " of 100" } else { "" };
            format!("{}{of} {place}", bare_whole_percent(plateau.share()))
        });
        Some(words.collect::<Vec<_>>().join(", "))
    }

    /// The same as the end of a headline: `nearly certain when `x` is above 0.5, rare below`. `None`
    /// where no steps are known that are worth it.
    pub fn headline(&self) -> Option<String> {
        let steps = self.known_steps()?;
        let parts = self.parts(steps);
        let (first, last) = (parts.first()?, parts.last()?);
        if first.0.interval.low - last.0.interval.high < WORTH_TELLING {
            return None;
        }
        let extreme = |plateau: &Plateau| {
            let share = plateau.share();
            if share >= NEARLY_CERTAIN {
                Some("nearly certain")
            } else if share <= RARE {
                Some("rare")
            } else {
                None
            }
        };
        let in_words = parts.iter().all(|(plateau, _)| extreme(plateau).is_some());
        let phrase = |at: usize, (plateau, place): &(&Plateau, String)| {
            let how = match extreme(plateau).filter(|_| in_words) {
                Some(word) => word.to_owned(),
                None if at == 0 => format!("in {} of 100", bare_whole_percent(plateau.share())),
                None => format!("in {}", bare_whole_percent(plateau.share())),
            };
            match at {
                0 => format!("{how} when {} is {place}", quoted(&self.shown)),
                _ => format!("{how} {place}"),
            }
        };
        let words = parts.iter().enumerate().map(|(at, part)| phrase(at, part));
        Some(words.collect::<Vec<_>>().join(", "))
    }

    /// The outcome's share in each part, from the lowest values to the highest; `None` for a part without
    /// trials.
    pub fn shares(&self) -> Vec<Option<f64>> {
        let share =
            |row: &&RestsOnRow| (row.trials > 0).then(|| row.count as f64 / row.trials as f64);
        let mut shares: Vec<Option<f64>> = self.rows.iter().map(share).collect();
        if self.is_falling() {
            shares.reverse();
        }
        shares
    }

    /// The plateaus, that with the greatest share first, each with the values of the input that lie in it:
    /// `above 0.5`.
    fn parts<'t>(&self, steps: &'t Steps) -> Vec<(&'t Plateau, String)> {
        let end = |u: f64| (u * BINS as f64).round() as usize;
        let place = |part: &Plateau| self.place(end(part.low), end(part.high));
        let mut parts: Vec<(&Plateau, String)> =
            steps.plateaus.iter().map(|part| (part, place(part))).collect();
        parts.sort_by(|a, b| b.0.share().total_cmp(&a.0.share()));
        // Of two sides of one value, the second need not name it again.
        if let [(_, first), (_, second)] = parts.as_mut_slice() {
            let sides = [("above ", "below "), ("below ", "above ")];
            let value = |place: &str, side: &str| place.strip_prefix(side).map(str::to_owned);
            let is_side = |(a, b): &&(&str, &str)| {
                value(first, a).is_some_and(|own| value(second, b).as_ref() == Some(&own))
            };
            if let Some((_, side)) = sides.iter().find(is_side) {
                *second = side.trim_end().to_owned();
            }
        }
        parts
    }

    /// The values of an input in some parts, from one to before another.
    fn place(&self, from: usize, to: usize) -> String {
        let inside = &self.rows[from..to];
        let labels: Option<Vec<&str>> = inside.iter().map(|row| row.label.as_deref()).collect();
        if let Some(labels) = labels {
            let mut names: Vec<&str> = Vec::new();
            for label in labels.iter().flat_map(|label| label.split(" to ")) {
                if !names.contains(&label) {
                    names.push(label);
                }
            }
            return names.join(" or ");
        }
        let ends = [from, to].map(|part| self.edge(part));
        let [low, high] =
            if self.is_falling() { [&ends[1], &ends[0]] } else { [&ends[0], &ends[1]] };
        match (low, high) {
            (None, None) => "whatever it is".to_owned(),
            (None, Some(Edge::At(value))) => format!("below {value}"),
            (None, Some(Edge::Gap(below, _))) => format!("up to {below}"),
            (Some(Edge::At(value)), None) => format!("above {value}"),
            (Some(Edge::Gap(_, above)), None) => format!("from {above} up"),
            (Some(Edge::At(low)), Some(Edge::At(high))) => format!("between {low} and {high}"),
            (Some(low), Some(high)) => format!("from {} to {}", low.above(), high.below()),
        }
    }

    /// Whether the input's value falls as its uniform number rises.
    fn is_falling(&self) -> bool {
        let (first, last) = (self.rows[0], self.rows[BINS - 1]);
        first.low.zip(last.low).is_some_and(|(first, last)| first > last)
    }

    /// What lies at the edge before a part; `None` at the ends of the range.
    fn edge(&self, part: usize) -> Option<Edge> {
        if part == 0 || part == BINS {
            return None;
        }
        let (mut below, mut above) = (self.rows[part - 1], self.rows[part]);
        if self.is_falling() {
            (below, above) = (above, below);
        }
        Some(match (below.high, above.low) {
            (Some(below), Some(above)) if below < above => Edge::Gap(number(below), number(above)),
            (Some(_), Some(value)) => Edge::At(number(value)),
            (None, _) | (_, None) => Edge::At(format!("its {}th percentile", part * 100 / BINS)),
        })
    }
}

/// What lies between two parts of an input's range.
enum Edge {
    /// A value that belongs to both.
    At(String),
    /// Nothing: the greatest value of the lower part and the least of the upper one.
    Gap(String, String),
}

impl Edge {
    /// The greatest value below it.
    fn below(&self) -> &str {
        match self {
            Edge::At(value) | Edge::Gap(value, _) => value,
        }
    }

    /// The least value above it.
    fn above(&self) -> &str {
        match self {
            Edge::At(value) | Edge::Gap(_, value) => value,
        }
    }
}
