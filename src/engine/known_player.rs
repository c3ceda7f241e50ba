//! A play that goes as it is known to have gone: moves, votes, events and bargains are as they were, and how likely
//! each of them was is noted.

use super::known::{Contradiction, OpenOption, StepPast, of_choice};
use super::numerical_error::Computed;
use super::occurrence::{ChanceDraw, Occurrence};
use super::perspective::Perspective;
use super::random_source::RandomSource;
use super::real_player::RealPlayer;
use super::situation::Situation;
use super::step::{Ballot, Choice, Player, Turn};
use super::step_part::StepPart;
use super::weigh::chance_of_consent;
use crate::formula::Happening;

/// Plays what is known to have happened, and the rest as it really comes.
pub(super) struct KnownPlayer<'a, 'b, 'd, 'o, 't> {
    pub real: RealPlayer<'a, 'd, 'o, 't>,
    pub past: StepPast<'b>,
}

impl KnownPlayer<'_, '_, '_, '_, '_> {
    /// The options of a turn in the order of the track, holding last, with what each is worth.
    fn open(&self, view: &Perspective<'_>, turn: Turn<'_>, values: &[f64]) -> Vec<OpenOption> {
        let track = &view.program.actors[turn.actor.index()].tracks[turn.track];
        let count = track.actions.len();
        let position = |option: Choice| match option {
            Some(index) => track.actions.iter().position(|own| *own == index).unwrap_or(count),
            None => count,
        };
        let options = turn.options.iter().enumerate().map(|(at, option)| {
            let option = position(*option);
            let frequency = self
                .past
                .frequencies
                .map_or(1.0, |all| all.of_option(turn.actor.index(), turn.track, option));
            OpenOption { option, value: values.get(at).copied().unwrap_or(0.0), frequency }
        });
        let mut open: Vec<OpenOption> = options.collect();
        open.sort_by_key(|own| own.option);
        open
    }
}

impl Player for KnownPlayer<'_, '_, '_, '_, '_> {
    fn source(&mut self) -> &mut dyn RandomSource {
        self.real.source()
    }

    fn choose(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        at: &Situation,
    ) -> Computed<Choice> {
        self.real.choose(view, turn, at)
    }

    fn consent(
        &mut self,
        view: &Perspective<'_>,
        ballot: Ballot<'_>,
        at: &Situation,
    ) -> Computed<f64> {
        let turn = (ballot.proposer.index(), ballot.cursor.track);
        self.real.fully = self.past.made(turn).is_some_and(|made| made.accepted.is_some());
        let yes = self.real.consent(view, ballot, at);
        self.real.fully = false;
        yes
    }

    fn note(&mut self, turn: Turn<'_>, choice: Choice, accepted: bool, at: &Situation) {
        self.real.note(turn, choice, accepted, at);
    }

    fn take(&mut self, view: &Perspective<'_>, turn: Turn<'_>, at: &Situation) -> Computed<Choice> {
        let own = (turn.actor.index(), turn.track);
        if !self.past.tells_of(own) {
            return match turn.options {
                [only] => Ok(*only),
                _ => self.real.choose(view, turn, at),
            };
        }
        let mut values = self.real.workspace.lend_values();
        let mut open = self.open(view, turn, &[]);
        if open.len() > 1 {
            self.real.fully = true;
            self.real.worth(view, turn, at, &mut values)?;
            self.real.fully = false;
            open = self.open(view, turn, &values.means);
        }
        self.real.workspace.give_values_back(values);
        let track = &view.program.actors[own.0].tracks[own.1];
        let made = self.past.made(own);
        let is_one = |option: usize| match made {
            Some(made) => track.actions.get(option).is_some_and(|at| made.actions.contains(at)),
            None => option == track.actions.len(),
        };
        let rule = view.rule(turn.actor);
        let mut best = (f64::NEG_INFINITY, None);
        for own in open.iter().filter(|own| is_one(own.option)) {
            let option = track.actions.get(own.option).copied();
            let place = turn.place(view, option);
            let gumbel = self.real.source.gumbel(place, at.step);
            let score = rule.score(own.value, || gumbel);
            if score > best.0 || best.1.is_none() {
                best = (score, Some(own.option));
            }
        }
        let contradiction = self.past.contradiction_of_turn(own);
        let probabilities = of_choice(rule, &open, is_one);
        self.past.and(0, probabilities, contradiction, open.iter().map(|own| own.option));
        self.past.meet_move(own, 0);
        // A play that cannot follow does the first thing that it can.
        let chosen = best.1.or(open.first().map(|own| own.option));
        Ok(chosen.and_then(|option| track.actions.get(option).copied()))
    }

    fn carries(
        &mut self,
        view: &Perspective<'_>,
        turn: Turn<'_>,
        (action, yes): (usize, &[f64]),
        carried: bool,
        at: &Situation,
    ) -> Computed<bool> {
        let own = (turn.actor.index(), turn.track);
        let Some(made) = self.past.made(own) else { return Ok(carried) };
        let Some(accepted) = made.accepted else { return Ok(carried) };
        let entry = made.entry;
        let who = &view.program.actors[own.0];
        let Some(consent) = &who.actions[action].consent else { return Ok(carried) };
        let p = chance_of_consent(view, consent, yes, at)?;
        let position = who.tracks[own.1].actions.iter().position(|own| *own == action);
        let frequency = self
            .past
            .frequencies
            .zip(position)
            .map_or(0.5, |(all, position)| all.of_consent(own.0, own.1, position));
        let of = |yes: f64| if accepted { yes } else { 1.0 - yes };
        self.past.and(0, [of(p), 0.5, of(frequency)], Contradiction::Entry(entry), []);
        Ok(accepted)
    }

    fn branch(&mut self, turn: Turn<'_>, draw: ChanceDraw) -> ChanceDraw {
        let Some(made) = self.past.made((turn.actor.index(), turn.track)) else { return draw };
        let Some(branch) = made.branch else { return draw };
        let entry = made.entry;
        self.past.and(0, [draw.chances[branch]; 3], Contradiction::Entry(entry), []);
        ChanceDraw { came: Some(branch), ..draw }
    }

    fn event(&mut self, what: Happening, draw: Option<ChanceDraw>) -> Option<ChanceDraw> {
        let Some(known) = self.past.came_about(what) else { return draw };
        let contradiction = self.past.contradiction_of_happening(what);
        if known.is_some() {
            self.past.meet_happening(what, 0);
        }
        let Some(draw) = draw else {
            if known.is_some() {
                return None;
            }
            self.past.and(0, [0.0; 3], contradiction, []);
            return Some(ChanceDraw { chances: vec![1.0, 0.0], number: 0.0, came: None });
        };
        let none = draw.chances.len() - 1;
        let (p, came) = match known {
            None => (draw.chances[none], None),
            Some(Some(branch)) => (draw.chances[branch], Some(branch)),
            Some(None) => {
                let all: f64 = draw.chances[..none].iter().sum();
                let number = draw.number * all;
                let mut below = 0.0;
                let came = draw.chances[..none].iter().position(|p| {
                    below += p;
                    number < below
                });
                (all.min(1.0), Some(came.unwrap_or(none.saturating_sub(1))))
            }
        };
        self.past.and(0, [p; 3], contradiction, []);
        Some(ChanceDraw { came, ..draw })
    }

    fn tries(&self, what: Happening) -> bool {
        self.past.came_about(what).is_some()
    }

    fn settles(&mut self, what: Happening, chance: f64, deal: bool) -> bool {
        let Some(known) = self.past.came_about(what) else { return deal };
        let came = known.is_some();
        let comes = if deal { chance } else { 0.0 };
        let contradiction = self.past.contradiction_of_happening(what);
        self.past.and(0, [if came { comes } else { 1.0 - comes }; 3], contradiction, []);
        if came {
            self.past.meet_happening(what, 0);
        }
        came
    }

    fn comes(&mut self, part: StepPart, step: u32) {
        self.real.comes(part, step);
    }

    fn hear(&mut self, occurrence: Occurrence<'_>, at: &Situation) {
        self.real.hear(occurrence, at);
    }
}
