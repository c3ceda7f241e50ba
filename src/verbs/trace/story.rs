//! The trial as a story for the page, with what a click shows.

use super::record::{
    TracedChance, TracedChange, TracedHappening, TracedMoment, TracedMove, TracedStep,
};
use super::words::{TraceWords, is_dull, is_told};
use crate::format::{counted, number, percent, whole_percent};
use crate::model::HOLD;
use crate::report::{
    PageCell, PageTable, Scene, Story, StoryDetail, StoryMoment, StoryOdds, StoryStep,
};

/// More options than this can be sorted.
const SORTED: usize = 4;

/// The story of a trial.
pub(super) fn story(scene: &Scene<'_>, words: &TraceWords<'_>) -> Story {
    let of = Teller { scene, words };
    let mut steps = of.steps(0);
    if let Some((other, first)) = words.other().zip(words.parts_in()) {
        let of = Teller { scene, words: &other };
        let under = |step: StoryStep| {
            let when = format!("{}, under {}", step.when, other.policy());
            StoryStep { when, ..step }
        };
        steps.extend(of.steps(first).into_iter().map(under));
    }
    Story {
        heading: "What happened".to_owned(),
        note: format!(
            "Each choice opens by a click: what the actor could do, what it expected of each option, and with \
             what probability it would take it. Steps in which everybody held are put together.{}",
            match words.other() {
                Some(other) => format!(
                    " Behind the last step, the steps under {} follow, from that in which the two part.",
                    other.policy()
                ),
                None => String::new(),
            }
        ),
        before: of.before(),
        steps,
        end: words.why(),
    }
}

struct Teller<'a> {
    scene: &'a Scene<'a>,
    words: &'a TraceWords<'a>,
}

impl Teller<'_> {
    /// The steps from one on.
    fn steps(&self, first: u64) -> Vec<StoryStep> {
        let mut steps: Vec<StoryStep> = Vec::new();
        let mut dull: Option<(&TracedStep, &TracedStep)> = None;
        for step in self.words.trial.steps.iter().filter(|step| step.step >= first) {
            if is_dull(step) && !self.words.turns_in(step.step) {
                dull = Some((dull.map_or(step, |(first, _)| first), step));
                continue;
            }
            steps.extend(dull.take().map(|(first, last)| self.dull(first, last)));
            steps.push(self.step(step));
        }
        steps.extend(dull.map(|(first, last)| self.dull(first, last)));
        steps
    }

    /// What was drawn before the first step.
    fn before(&self) -> Option<StoryDetail> {
        let drawn = &self.words.trial.drawn;
        let mut table =
            PageTable::new("What was drawn for this trial", &["Assumption", "#Value", "#Lower in"]);
        for own in drawn {
            let (name, about) = self.assumption(&own.name);
            let first = match about {
                Some(about) => PageCell::text(name).note(about),
                None => PageCell::text(name),
            };
            let value = self.words.value(&own.value);
            table.row(vec![
                first,
                PageCell::text(value),
                match own.rank {
                    Some(rank) => {
                        PageCell::number(format!("{} of trials", whole_percent(rank)), rank)
                    }
                    None => PageCell::nothing(),
                },
            ]);
        }
        (!drawn.is_empty()).then(|| StoryDetail {
            summary: format!("{} drawn for the trial", counted(drawn.len() as u64, "value")),
            facts: vec![
                "These stay as they are through the whole trial. “Lower in”: the share of trials in which the \
                 value is lower; near 0 or 100 % it is unusual."
                    .to_owned(),
            ],
            tables: vec![table],
        })
    }

    /// What a number is that was drawn, and what it is about.
    fn assumption(&self, name: &str) -> (String, Option<String>) {
        let scenario = self.scene.played.file.document.scenario();
        let own =
            scenario.and_then(|file| file.assumptions.iter().find(|own| own.name.value == name));
        match (own, scenario) {
            (Some(own), _) => {
                let about = own.notes.about.as_deref().map(crate::report::words::paragraph);
                (self.words.word(name), about)
            }
            (None, Some(scenario)) => (crate::report::subject_in_words(scenario, name), None),
            (None, None) => (self.words.word(name), None),
        }
    }

    /// A step in which something happened.
    fn step(&self, step: &TracedStep) -> StoryStep {
        let (mut moments, mut rest) = (Vec::new(), Vec::new());
        for (at, moment) in step.moments.iter().enumerate() {
            let turns = self.words.turns_by(step.step, at);
            let own = StoryMoment {
                text: self.words.sentence(moment),
                turns,
                odds: self.words.odds_within(step.step, at),
                detail: self.detail(moment),
            };
            if is_told(moment) || turns { moments.push(own) } else { rest.push(own) }
        }
        StoryStep {
            when: self.words.step(step.step).heading(),
            moments,
            rest_summary: rest_summary(step),
            changed: self.words.changed(std::slice::from_ref(step)),
            rest,
            odds: self.odds(step.step),
            turns: self.words.turns_in(step.step),
        }
    }

    /// Steps in which everybody held.
    fn dull(&self, first: &TracedStep, last: &TracedStep) -> StoryStep {
        let name = |step: &TracedStep| self.words.step(step.step).heading();
        let when = match first.step == last.step {
            true => name(first),
            false => format!("{} to {}", name(first), name(last)),
        };
        let own = &self.words.trial.steps[first.step as usize..=last.step as usize];
        let rest = own.iter().flat_map(|own| {
            let several = first.step != last.step;
            own.moments.iter().map(move |moment| {
                let text = self.words.sentence(moment);
                let text = if several { format!("{}: {text}", name(own)) } else { text };
                StoryMoment { text, turns: false, odds: None, detail: self.detail(moment) }
            })
        });
        StoryStep {
            when,
            moments: Vec::new(),
            rest: rest.collect(),
            rest_summary: "Everybody holds".to_owned(),
            changed: self.words.changed(own),
            odds: self.odds(last.step),
            turns: false,
        }
    }

    /// The odds after a step.
    fn odds(&self, step: u64) -> Vec<StoryOdds> {
        let point = self.words.odds_after(step);
        let mut all: Vec<_> =
            point.iter().flat_map(|point| &point.odds).filter(|own| own.count > 0).collect();
        all.sort_by_key(|own| std::cmp::Reverse(own.count));
        let bars = all.into_iter().filter_map(|own| {
            let outcome = self.scene.outcome(&own.outcome)?;
            Some(StoryOdds {
                outcome: own.outcome.clone(),
                title: crate::report::words::title(&outcome.label),
                colour: outcome.colour.to_string(),
                text: whole_percent(own.share),
                width: 100.0 * own.share,
            })
        });
        bars.collect()
    }

    /// What a click on something that happened shows.
    fn detail(&self, moment: &TracedMoment) -> Option<StoryDetail> {
        let mut detail = StoryDetail::default();
        match &moment.what {
            TracedHappening::Move(made) => self.choice(made, &mut detail),
            TracedHappening::Event { chance, .. } => {
                detail.facts.extend(chance.as_ref().map(|chance| self.drew(chance)));
            }
            TracedHappening::Bargain { chance, parties, over, .. } => {
                detail.facts.extend(chance.as_ref().map(|chance| self.drew(chance)));
                let heads = ["Actor", "#Position", "#Salience", "#Power"];
                let caption = format!("Who bargained over {}", self.words.word(over));
                let mut table = PageTable::new(caption, &heads).unsorted();
                for party in parties {
                    let cell = |value: f64| PageCell::number(number(value), value);
                    table.row(vec![
                        PageCell::text(self.words.titles.actor(&party.actor)),
                        cell(party.position),
                        cell(party.salience),
                        cell(party.power),
                    ]);
                }
                detail.tables.extend((!parties.is_empty()).then_some(table));
            }
            TracedHappening::Calendar { .. }
            | TracedHappening::Laws
            | TracedHappening::Order { .. } => {}
        }
        detail.tables.extend(self.changed(&moment.changes));
        (!detail.facts.is_empty() || !detail.tables.is_empty()).then_some(detail)
    }

    /// What an actor could do, the votes, and chance.
    fn choice(&self, made: &TracedMove, detail: &mut StoryDetail) {
        if made.imagined > 1.0 {
            detail.facts.push(format!(
                "It imagined {} of what would follow from each option.",
                counted(made.imagined.round() as u64, "play")
            ));
        }
        let heads = ["It could", "#Expected", "#Probability", "It chose"];
        let mut options = PageTable::new(
            format!("What {} could do", self.words.titles.actor(&made.actor)),
            &heads,
        );
        for own in &made.options {
            let chose = own.option == made.chose;
            let does =
                if own.option == HOLD { "hold".to_owned() } else { self.words.does(&own.option) };
            let mut probability = PageCell::number(percent(own.probability), own.probability);
            probability.bar = Some(100.0 * own.probability);
            let row = options.row(vec![
                PageCell::text(does),
                match own.expected {
                    Some(value) => PageCell::number(number(value), value),
                    None => PageCell::nothing(),
                },
                probability,
                PageCell::text(if chose { "this" } else { "" }),
            ]);
            row.strong = chose;
        }
        detail.tables.push(if made.options.len() > SORTED { options } else { options.unsorted() });
        if !made.votes.is_empty() {
            let heads = ["Voter", "#Would say yes with", "Said"];
            let mut votes = PageTable::new("The votes", &heads).unsorted();
            for vote in &made.votes {
                let own = vote.actor == made.actor;
                votes.row(vec![
                    PageCell::text(self.words.titles.actor(&vote.actor)),
                    match own {
                        true => PageCell::text("proposes it"),
                        false => PageCell::number(percent(vote.probability), vote.probability),
                    },
                    PageCell::text(if vote.yes { "yes" } else { "no" }),
                ]);
            }
            detail.tables.push(votes);
        }
        detail.facts.extend(made.branch.as_ref().map(|chance| self.drew(chance)));
    }

    /// What chance decided, in a sentence.
    fn drew(&self, chance: &TracedChance) -> String {
        let names: Vec<String> = match chance.branches.is_empty() {
            true => vec!["it happens".to_owned()],
            false => chance.branches.iter().map(|name| self.words.word(name)).collect(),
        };
        let mut all: Vec<String> = names
            .iter()
            .zip(&chance.chances)
            .map(|(name, p)| format!("{name} {}", percent(*p)))
            .collect();
        let none = chance.chances.last().copied().unwrap_or(0.0);
        if none > 0.0 {
            let what = if chance.branches.is_empty() { "it does not" } else { "none of them" };
            all.push(format!("{what} {}", percent(none)));
        }
        format!("Chance: {}; the number drawn was {}.", all.join(", "), number(chance.number))
    }

    /// The variables that changed.
    fn changed(&self, changes: &[TracedChange]) -> Option<PageTable> {
        let mut table =
            PageTable::new("What it changed", &["Variable", "Before", "After"]).unsorted();
        for change in changes {
            let about = self.about(&change.variable);
            let name = PageCell::text(self.words.word(&change.variable));
            let cell = |value| PageCell::text(self.words.value(value));
            table.row(vec![
                match about {
                    Some(about) => name.note(about),
                    None => name,
                },
                cell(&change.before),
                cell(&change.after),
            ]);
        }
        (!table.rows.is_empty()).then_some(table)
    }

    /// What a variable is about.
    fn about(&self, variable: &str) -> Option<String> {
        let model = self.scene.model();
        let own = model.states.iter().find(|state| state.series.name == variable)?;
        own.series.about.as_deref().map(crate::report::words::paragraph)
    }
}

/// What the control says behind which all else waits that happened in a step, or could have.
fn rest_summary(step: &TracedStep) -> String {
    let rest = step.moments.iter().filter(|moment| !is_told(moment));
    let (mut held, mut stayed, mut other) = (0, 0, 0);
    for moment in rest {
        match &moment.what {
            TracedHappening::Move(_) => held += 1,
            TracedHappening::Event { .. } | TracedHappening::Bargain { .. } => stayed += 1,
            TracedHappening::Calendar { .. }
            | TracedHappening::Order { .. }
            | TracedHappening::Laws => other += 1,
        }
    }
    let mut parts = Vec::new();
    parts.extend((held > 0).then(|| match held {
        1 => "one held".to_owned(),
        more => format!("{more} choices to hold"),
    }));
    parts.extend((stayed > 0).then(|| format!("{} that stayed away", counted(stayed, "event"))));
    parts.extend((other > 0).then(|| "what changes by itself".to_owned()));
    format!("Also: {}", parts.join(", "))
}
