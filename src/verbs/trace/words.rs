//! The words of `trace`, which terminal and page share: what happened in a sentence each.

use super::odds_rows::{OddsPoint, TracedOdds, TurningPoint};
use super::record::{
    TracedChance, TracedChange, TracedHappening, TracedMoment, TracedMove, TracedStep, TracedTrial,
    TracedValue, TracedVote,
};

use crate::format::{count, counted, listed, number, percent, percent_range, whole_percent};
use crate::model::HOLD;
use crate::report::phrases::{capital, spaced};
use crate::verbs::step_name::StepName;
use crate::verbs::titles::{Titles, quoted};

/// A choice to hold with at least this probability is dull, and so is an event that stayed away with it.
const DULL: f64 = 0.25;
/// How many of the least likely things are named.
const UNLIKELY: usize = 3;
/// How many numbers that changed in a step are named.
const CHANGED: usize = 5;
/// What has at least this probability is not called unlikely.
const LIKELY: f64 = 0.35;

/// The trial in words.
pub(super) struct TraceWords<'a> {
    /// What things are called.
    pub titles: Titles<'a>,
    /// The trial.
    pub trial: &'a TracedTrial,
}

impl<'a> TraceWords<'a> {
    /// The words of a trial.
    pub fn new(titles: Titles<'a>, trial: &'a TracedTrial) -> Self {
        TraceWords { titles, trial }
    }

    /// How a step is called.
    pub fn step(&self, step: u64) -> StepName {
        let model = self.titles.played.model();
        StepName::of(model.dates, step)
    }

    /// The title of the outcome that came about, in quotation marks.
    pub fn outcome(&self) -> String {
        quoted(&self.titles.outcome(&self.trial.outcome))
    }

    /// The first sentence: how the trial ended, and when.
    pub fn headline(&self) -> String {
        let steps = u64::from(self.titles.played.model().truth.steps);
        if self.trial.steps.is_empty() {
            return format!(
                "Trial {} ends in {} before its first step.",
                self.number(),
                self.outcome()
            );
        }
        let step = self.step(self.trial.end_step);
        let place = match step.is_dated() {
            true => format!(", step {} of {}", count(self.trial.end_step + 1), count(steps)),
            false => format!(" (the {steps} steps are counted from 0)"),
        };
        let ended =
            format!("Trial {} ends in {} {}{place}.", self.number(), self.outcome(), step.within());
        match self.turned() {
            Some(turned) => format!("{ended} {turned}"),
            None => ended,
        }
    }

    fn number(&self) -> String {
        count(self.trial.trial)
    }

    /// Where it turned, if odds were asked for.
    fn turned(&self) -> Option<String> {
        let odds = self.trial.odds.as_ref()?;
        let Some(turn) = &odds.turning_point else {
            return Some("No single turning point can be told.".to_owned());
        };
        Some(format!("It turned {}: {}.", self.turn(turn), self.swung(turn)))
    }

    /// When it turned, and by what.
    fn turn(&self, turn: &TurningPoint) -> String {
        let Some(step) = turn.step else {
            return "with what was drawn before the first step".to_owned();
        };
        let within = self.step(step).within();
        let moments = self.trial.steps.iter().find(|own| own.step == step);
        let moment = turn.moment.and_then(|at| moments?.moments.get(at as usize));
        match moment {
            Some(moment) => format!("{within}, when {}", self.clause(moment)),
            None => format!("{within}, by what happened there together"),
        }
    }

    /// How the odds changed at the turning point.
    fn swung(&self, turn: &TurningPoint) -> String {
        format!(
            "the odds of {} went from {} to {}",
            self.outcome(),
            whole_percent(turn.before),
            whole_percent(turn.after)
        )
    }

    /// What changed in steps: labels and flags, then the numbers that changed most for their size.
    pub fn changed(&self, steps: &[TracedStep]) -> String {
        let mut all: Vec<TracedChange> = Vec::new();
        let moments = steps.iter().flat_map(|step| &step.moments);
        for change in moments.flat_map(|moment| &moment.changes) {
            match all.iter_mut().find(|own| own.variable == change.variable) {
                Some(own) => own.after = change.after.clone(),
                None => all.push(change.clone()),
            }
        }
        all.retain(|own| own.before != own.after);
        let size = |own: &TracedChange| match (&own.before, &own.after) {
            (TracedValue::Number(a), TracedValue::Number(b)) => {
                (b - a).abs() / a.abs().max(b.abs())
            }
            (TracedValue::Flag(_) | TracedValue::Label(_) | TracedValue::Number(_), _) => {
                f64::INFINITY
            }
        };
        all.sort_by(|a, b| size(b).total_cmp(&size(a)));
        let labels = all.iter().filter(|own| size(own).is_infinite()).count();
        let shown = all.iter().take(labels.max(CHANGED)).map(|own| {
            let [before, after] = [&own.before, &own.after].map(|value| self.value(value));
            format!("{} {before} → {after}", self.word(&own.variable))
        });
        let mut shown: Vec<String> = shown.collect();
        let rest = all.len() - shown.len();
        if rest > 0 {
            shown.push(counted(rest as u64, "further variable"));
        }
        shown.join(", ")
    }

    /// A sentence that says where it turned, for the chart.
    pub fn turning(&self) -> String {
        let turning = self.trial.odds.as_ref().and_then(|odds| odds.turning_point.as_ref());
        match turning {
            Some(turn) => {
                let within = turn.step.map_or_else(
                    || "when the assumptions were drawn".to_owned(),
                    |step| self.step(step).within(),
                );
                format!("{} {within}", capital(&self.swung(turn)))
            }
            None => "No single turning point can be told".to_owned(),
        }
    }

    /// The odds of the outcome that came about after a moment of the step in which they changed most.
    pub fn odds_within(&self, step: u64, moment: usize) -> Option<String> {
        let odds = self.trial.odds.as_ref()?;
        let is_own =
            |point: &&OddsPoint| (point.step, point.moment) == (Some(step), Some(moment as u64));
        let own = odds.within.iter().find(is_own)?.of(&self.trial.outcome)?;
        Some(format!("Odds of {} after this: {}.", self.outcome(), whole_percent(own.share)))
    }

    /// Further findings: how it goes under another policy, how typical it is, and what was least to be
    /// expected.
    pub fn points(&self) -> Vec<String> {
        let mut lines = self.against();
        lines.push(self.why());
        if let Some(typical) = &self.trial.typical {
            let compared = match typical.compared == typical.with_outcome {
                true => String::new(),
                false => format!(" (the first {} were compared)", count(typical.compared)),
            };
            lines.push(format!(
                "Of {} with {} among {}{compared}, it is the one in which most nearly the same things happened \
                 as in the others: on average {} of what happened in it or another happened in only one of the \
                 two.",
                counted(typical.with_outcome, "trial"),
                self.outcome(),
                counted(typical.trials, "trial"),
                whole_percent(typical.distance)
            ));
        }
        let unlikely = self.unlikely();
        if !unlikely.is_empty() {
            lines.push(format!("The least likely of what happened: {}.", unlikely.join("; ")));
        }
        if let Some(odds) = &self.trial.odds {
            lines.extend(self.first_odds(odds));
        }
        lines
    }

    /// How likely the outcome was at first.
    fn first_odds(&self, odds: &TracedOdds) -> Option<String> {
        let first = odds.points.first()?.of(&self.trial.outcome)?;
        Some(format!(
            "Before anything was drawn, {} had {} (95 %: {}), by {}.",
            self.outcome(),
            percent(first.share),
            percent_range(first.low, first.high),
            counted(odds.futures, "other trial")
        ))
    }

    /// The least likely things that happened, with when.
    fn unlikely(&self) -> Vec<String> {
        let mut all: Vec<(f64, String)> = Vec::new();
        for step in &self.trial.steps {
            for moment in &step.moments {
                let p = self.probability(moment);
                if p < LIKELY && happened(moment) {
                    let told = format!(
                        "{} {} ({})",
                        self.step(step.step).within(),
                        self.clause(moment),
                        percent(p)
                    );
                    all.push((p, told));
                }
            }
        }
        all.sort_by(|a, b| a.0.total_cmp(&b.0));
        all.into_iter().take(UNLIKELY).map(|(_, told)| told).collect()
    }

    /// The probability of what happened, given all before it.
    fn probability(&self, moment: &TracedMoment) -> f64 {
        match &moment.what {
            TracedHappening::Calendar { .. }
            | TracedHappening::Order { .. }
            | TracedHappening::Laws => 1.0,
            TracedHappening::Event { chance, .. } | TracedHappening::Bargain { chance, .. } => {
                chance.as_ref().map_or(1.0, came_with)
            }
            TracedHappening::Move(made) => {
                let votes = made.votes.iter().map(vote_with);
                made.probability
                    * votes.product::<f64>()
                    * made.branch.as_ref().map_or(1.0, came_with)
            }
        }
    }

    /// What happened, as a clause: `Pyongyang launches a missile`.
    pub fn clause(&self, moment: &TracedMoment) -> String {
        match &moment.what {
            TracedHappening::Calendar { name } => {
                format!("{} comes", quoted(&self.titles.happening(name)))
            }
            TracedHappening::Event { name, happened, chance } => {
                let title = quoted(&self.titles.happening(name));
                match (happened, chance.as_ref().and_then(branch)) {
                    (true, Some(branch)) => {
                        format!("{title} happens, as {}", quoted(&self.word(branch)))
                    }
                    (true, None) => format!("{title} happens"),
                    (false, _) => format!("{title} does not happen"),
                }
            }
            TracedHappening::Bargain { name, happened, settled, over, .. } => {
                let title = quoted(&self.titles.happening(name));
                match (happened, settled) {
                    (true, Some(value)) => {
                        format!("{title} settles {} at {}", self.word(over), number(*value))
                    }
                    (true, None) | (false, _) => format!("{title} is not struck"),
                }
            }
            TracedHappening::Order { actors } => {
                let actors: Vec<String> =
                    actors.iter().map(|actor| self.titles.actor(actor)).collect();
                format!("the order of moves is drawn: {}", actors.join(", "))
            }
            TracedHappening::Move(made) => {
                let did = format!("{} {}", self.titles.actor(&made.actor), self.does(&made.chose));
                let did = match made.accepted {
                    Some(true) => format!("{did}, which is accepted"),
                    Some(false) => format!("{did}, which is refused"),
                    None => did,
                };
                match made.branch.as_ref() {
                    Some(chance) => match branch(chance) {
                        Some(branch) => {
                            format!("{did}, and chance brings {}", quoted(&self.word(branch)))
                        }
                        None => format!("{did}, and chance brings none of its branches"),
                    },
                    None => did,
                }
            }
            TracedHappening::Laws => "what changes by itself has changed".to_owned(),
        }
    }

    /// What happened in a sentence, with how likely it was.
    pub fn sentence(&self, moment: &TracedMoment) -> String {
        let clause = capital(&self.clause(moment));
        match &moment.what {
            TracedHappening::Calendar { .. }
            | TracedHappening::Order { .. }
            | TracedHappening::Laws => format!("{clause}."),
            TracedHappening::Event { chance, .. } | TracedHappening::Bargain { chance, .. } => {
                match chance {
                    Some(chance) => {
                        format!("{clause}. Its chance was {}.", percent(of_happening(chance)))
                    }
                    None => format!("{clause}."),
                }
            }
            TracedHappening::Move(made) => format!("{clause}: {}.", self.how(made)),
        }
    }

    /// How an actor came to its choice.
    fn how(&self, made: &TracedMove) -> String {
        let left = made.options.iter().filter(|option| option.probability > 0.0).count();
        let how = match (made.forced, left) {
            (true, 1) => "the policy forces it".to_owned(),
            (true, _) => format!(
                "the policy forces the action, and of its menu it takes {}",
                self.chance_of(made)
            ),
            (false, _) if made.options.len() == 1 => {
                "there is nothing else that it could do".to_owned()
            }
            (false, _) => self.chance_of(made),
        };
        let vetoes = made.votes.iter().filter(|vote| !vote.yes && vote.actor != made.actor);
        let against: Vec<String> = vetoes
            .map(|vote| {
                format!(
                    "{} (which would say yes with {})",
                    self.titles.actor(&vote.actor),
                    percent(vote.probability)
                )
            })
            .collect();
        match against.is_empty() {
            true => how,
            false => format!(
                "{how}; against it {} {}",
                if against.len() == 1 { "votes" } else { "vote" },
                listed(&against)
            ),
        }
    }

    /// How likely the choice was; of an item of a menu, how likely the action was and how likely the item.
    fn chance_of(&self, made: &TracedMove) -> String {
        let own = action_of(&made.chose);
        let items = made.options.iter().filter(|option| action_of(&option.option) == own);
        let all: f64 = items.clone().map(|option| option.probability).sum();
        let said = choice_in_words(all);
        match items.count() {
            1 => format!("{said} ({})", percent(made.probability)),
            several => format!(
                "{said} ({}), and of its {several} ways this one {}",
                percent(all),
                percent(made.probability)
            ),
        }
    }

    /// What an option is, as a person would say what the actor does: `launches a missile`, `holds`.
    pub fn does(&self, option: &str) -> String {
        if option == HOLD {
            return "holds".to_owned();
        }
        let own = self.titles.happening(action_of(option));
        match self.titles.played.model().item_in_words(option) {
            Some(item) => format!("{own}, with {}", (self.titles.safe)(item)),
            None => own,
        }
    }

    /// A name of the file as a person writes it.
    pub fn word(&self, name: &str) -> String {
        (self.titles.safe)(&spaced(name))
    }

    /// A value as a person writes it.
    pub fn value(&self, value: &TracedValue) -> String {
        match value {
            TracedValue::Flag(true) => "yes".to_owned(),
            TracedValue::Flag(false) => "no".to_owned(),
            TracedValue::Number(own) => number(*own),
            TracedValue::Label(label) => self.word(label),
        }
    }

    /// The odds of the outcomes after a moment: the likeliest, and in any case the one that came about.
    #[cfg(feature = "cli")]
    pub fn odds(&self, point: &OddsPoint, most: usize) -> String {
        let mut all: Vec<_> = point.odds.iter().filter(|own| own.count > 0).collect();
        all.sort_by_key(|own| std::cmp::Reverse(own.count));
        let is_own = |id: &str| id == self.trial.outcome;
        let mut shown: Vec<_> = all.iter().take(most).copied().collect();
        if !shown.iter().any(|own| is_own(&own.outcome)) {
            shown.extend(point.of(&self.trial.outcome));
        }
        let words = shown.iter().map(|own| {
            format!("{} {}", self.titles.outcome(&own.outcome), whole_percent(own.share))
        });
        words.collect::<Vec<_>>().join(", ")
    }

    /// The odds after a step, if they were asked for.
    pub fn odds_after(&self, step: u64) -> Option<&'a OddsPoint> {
        let odds = self.trial.odds.as_ref()?;
        odds.points.iter().find(|point| point.step == Some(step))
    }

    /// Whether a step is where the trial turned.
    pub fn turns_in(&self, step: u64) -> bool {
        let turning = self.trial.odds.as_ref().and_then(|odds| odds.turning_point.as_ref());
        turning.is_some_and(|turn| turn.step == Some(step))
    }

    /// Whether a moment is the one by which the trial turned.
    pub fn turns_by(&self, step: u64, moment: usize) -> bool {
        let turning = self.trial.odds.as_ref().and_then(|odds| odds.turning_point.as_ref());
        turning.is_some_and(|turn| (turn.step, turn.moment) == (Some(step), Some(moment as u64)))
    }
}

/// The action of an option, without the item of its menu.
pub(super) fn action_of(option: &str) -> &str {
    option.split_once('[').map_or(option, |(action, _)| action)
}

/// Whether something happened that is worth a sentence: not that somebody held as was to be expected, nor that
/// an event stayed away that probably would.
pub(super) fn is_told(moment: &TracedMoment) -> bool {
    match &moment.what {
        TracedHappening::Calendar { .. } => true,
        TracedHappening::Order { .. } | TracedHappening::Laws => false,
        TracedHappening::Event { happened, chance, .. }
        | TracedHappening::Bargain { happened, chance, .. } => {
            *happened || chance.as_ref().is_some_and(|chance| came_with(chance) < DULL)
        }
        TracedHappening::Move(made) => made.chose != HOLD || made.probability < DULL,
    }
}

/// Whether in a step nothing happened but that everybody held.
pub(super) fn is_dull(step: &TracedStep) -> bool {
    !step.moments.iter().any(is_told)
}

/// Whether something came about, or an actor did something or held.
fn happened(moment: &TracedMoment) -> bool {
    match &moment.what {
        TracedHappening::Event { happened, .. } | TracedHappening::Bargain { happened, .. } => {
            *happened
        }
        TracedHappening::Move(_) => true,
        TracedHappening::Calendar { .. }
        | TracedHappening::Order { .. }
        | TracedHappening::Laws => false,
    }
}

/// The branch that came, if there are branches.
fn branch(chance: &TracedChance) -> Option<&str> {
    chance.branches.get(chance.came? as usize).map(String::as_str)
}

/// The probability of what came.
pub(super) fn came_with(chance: &TracedChance) -> f64 {
    let none = chance.chances.len().saturating_sub(1);
    let came = chance.came.map_or(none, |came| came as usize);
    chance.chances.get(came).copied().unwrap_or(0.0)
}

/// The probability that it happens at all.
fn of_happening(chance: &TracedChance) -> f64 {
    1.0 - chance.chances.last().copied().unwrap_or(0.0)
}

/// The probability that a voter votes as it did.
fn vote_with(vote: &TracedVote) -> f64 {
    if vote.yes { vote.probability } else { 1.0 - vote.probability }
}

/// How likely a choice was, as people say it: `a one-in-three choice`.
fn choice_in_words(p: f64) -> String {
    const WORDS: [&str; 10] =
        ["three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    if p >= 0.995 {
        return "as good as certain".to_owned();
    }
    if p >= 0.75 {
        return "a likely choice".to_owned();
    }
    if p >= 0.55 {
        return "a choice more likely than not".to_owned();
    }
    if p >= 0.45 {
        return "an even choice".to_owned();
    }
    if p >= 0.38 {
        return "a two-in-five choice".to_owned();
    }
    let times = (1.0 / p).round();
    match times as usize {
        own @ 3..=12 => format!("a one-in-{} choice", WORDS[own - 3]),
        _ if times <= 1_000.0 => format!("a one-in-{times} choice"),
        _ => "a choice of less than one in a thousand".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::choice_in_words;

    #[test]
    fn chances_read_as_people_say_them() {
        for (p, words) in [
            (1.0, "as good as certain"),
            (0.8, "a likely choice"),
            (0.6, "a choice more likely than not"),
            (0.5, "an even choice"),
            (0.41, "a two-in-five choice"),
            (0.331, "a one-in-three choice"),
            (0.041, "a one-in-24 choice"),
            (1e-6, "a choice of less than one in a thousand"),
        ] {
            assert_eq!(choice_in_words(p), words, "{p}");
        }
    }
}
