//! Compiles a record and checks it: times, turns and happenings.

use std::collections::HashMap;

use super::compile::{Expect, FormulaCompiler};
use super::known::{KnownEntry, KnownFact, KnownHappening, KnownMove, KnownPast, KnownStep};
use super::names::shared;
use super::program::{Action, ActorId, Branch, Chance, Program};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::formula::{Access, Happening};
use crate::scenario::{Recorded, RecordedFact, RecordedTime};

/// What an entry is about, of which there can be one in a step.
#[derive(PartialEq, Eq, Hash)]
enum Subject {
    Turn(usize, usize),
    Happening(u32),
}

impl FormulaCompiler<'_> {
    /// Compiles a record. Entries with mistakes are reported and left out.
    pub(super) fn known_past(&mut self, record: &Recorded, program: &Program) -> KnownPast {
        let last = self.time(&record.until, program.steps, "the record ends").unwrap_or(0);
        let count = program.steps.min(last + 1) as usize;
        let mut known = KnownPast {
            steps: vec![KnownStep::default(); count],
            complete_actors: vec![false; program.actors.len()],
            complete_happenings: vec![false; self.names.happenings.len()],
            entries: Vec::new(),
        };
        for name in &record.complete {
            if let Some(actor) = self.names.actors.get_index_of(&name.value) {
                known.complete_actors[actor] = true;
            } else if let Some((what, _)) = self.names.happenings.get(&name.value) {
                known.complete_happenings[what.0 as usize] = true;
            }
        }
        let mut told: HashMap<(u32, Subject), Span> = HashMap::new();
        for entry in &record.entries {
            let Some(step) = self.time(&entry.on, program.steps, "it happened") else {
                continue;
            };
            if step > last {
                let message = "an entry after the end of the record";
                self.found.push(
                    Diagnostic::new(Code::RecordTime, entry.on.span(), message)
                        .label("expected a time up to `until`")
                        .also(record.until.span(), "the record ends here"),
                );
                continue;
            }
            let Some(of_step) = known.steps.get_mut(step as usize) else { continue };
            let number = known.entries.len();
            let text = |text: &str| KnownEntry { step, text: shared(text) };
            let subject = match &entry.what {
                RecordedFact::Fact(source) => {
                    let formula = self.formula(source, Access::SEES, &Expect::Flag);
                    known.entries.push(text(&source.text));
                    of_step.facts.push(KnownFact { entry: number, formula });
                    continue;
                }
                RecordedFact::Happening { name, branch } => {
                    let Some((what, _)) = self.names.happenings.get(&name.value) else { continue };
                    let branches = branches_of(program, *what);
                    let branch = branch.as_ref().and_then(|own| position(branches, &own.value));
                    known.entries.push(text(&name.value));
                    of_step.happenings.push(KnownHappening { entry: number, what: *what, branch });
                    Subject::Happening(what.0)
                }
                RecordedFact::Move { action, branch, accepted } => {
                    let Some((what, _)) = self.names.happenings.get(&action.value) else {
                        continue;
                    };
                    let Some((actor, track, actions)) = options_of(program, *what) else {
                        continue;
                    };
                    let first = actions.first().map(|at| &program.actors[actor].actions[*at]);
                    let branches = first.map_or(&[][..], |action: &Action| &action.branches);
                    let branch = branch.as_ref().and_then(|own| position(branches, &own.value));
                    known.entries.push(text(&action.value));
                    of_step.moves.push(KnownMove {
                        entry: number,
                        actor: ActorId(actor as u32),
                        track,
                        actions,
                        branch,
                        accepted: *accepted,
                    });
                    Subject::Turn(actor, track)
                }
            };
            if let Some(before) = told.insert((step, subject), entry.span) {
                let message = "a second entry for one turn or happening of a step";
                self.found.push(
                    Diagnostic::new(Code::RecordTwice, entry.span, message)
                        .label(
                            "expected one move on a track, and one entry for an event, in a step",
                        )
                        .also(before, "the first one"),
                );
            }
        }
        known
    }

    /// The step in which a time of a record falls; `None` if it is outside the run, which is reported.
    fn time(&mut self, time: &RecordedTime, steps: u32, what: &str) -> Option<u32> {
        let step = match time {
            RecordedTime::Step(step) => i64::from(step.value),
            RecordedTime::Day(day) => match self.names.dates {
                Some(dates) => dates.step_of(day.value),
                None if self.names.dates_are_broken => return None,
                None => {
                    let message = "a date, but the scenario has none";
                    self.found.push(
                        Diagnostic::new(Code::NeedsDates, day.span, message)
                            .label("expected a step, or `start` and `step` in [scenario]"),
                    );
                    return None;
                }
            },
        };
        let inside = u32::try_from(step).ok().filter(|step| *step < steps);
        if inside.is_none() && !self.names.steps_are_broken {
            let message = format!("{what} outside the run");
            let expected = match (self.names.dates, steps) {
                (_, 0) => "the run has no steps".to_owned(),
                (Some(dates), _) => match dates.last_day(steps) {
                    Some(day) => format!("expected {} to {day}", dates.start),
                    None => format!("expected {} or later", dates.start),
                },
                (None, _) => format!("expected 0 to {}", steps - 1),
            };
            self.found
                .push(Diagnostic::new(Code::RecordTime, time.span(), message).label(expected));
        }
        inside
    }
}

/// The branches of an event; none of anything else.
fn branches_of(program: &Program, what: Happening) -> &[Branch] {
    match program.events.iter().find(|event| event.what == what).map(|event| &event.chance) {
        Some(Chance::Branches(branches, _)) => branches,
        Some(Chance::Certain | Chance::Formula(..)) | None => &[],
    }
}

fn position(branches: &[Branch], name: &str) -> Option<usize> {
    branches.iter().position(|branch| &*branch.name == name)
}

/// Who can make a move, on which track, and the options that are it.
fn options_of(program: &Program, what: Happening) -> Option<(usize, usize, Vec<usize>)> {
    program.actors.iter().enumerate().find_map(|(who, actor)| {
        actor.tracks.iter().enumerate().find_map(|(at, track)| {
            let own = track.actions.iter().copied().filter(|at| actor.actions[*at].is(what));
            let own: Vec<usize> = own.collect();
            (!own.is_empty()).then_some((who, at, own))
        })
    })
}
