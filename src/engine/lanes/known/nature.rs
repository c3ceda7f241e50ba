//! Events and bargains as they are known to have been.

use crate::engine::known::StepPast;
use crate::engine::lanes::Lanes;
use crate::engine::lanes::ahead::imagine::lanes_of;
use crate::engine::lanes::lower::layout::Single;
use crate::engine::lanes::lower::plan::{BargainPlan, EventDraw, EventPlan};
use crate::engine::lanes::random::numbers::Asked;
use crate::engine::lanes::run::frame::Frame;
use crate::engine::lanes::run::scratch::Scratch;
use crate::model::Chance;

impl Lanes<'_> {
    /// Makes an event come about, or stay away, as is known, in the lanes of `Acting`: in `Within` or `Branch`
    /// stands already what luck would have brought.
    pub(in crate::engine::lanes) fn known_event(
        &self,
        f: &mut Frame,
        (index, event): (usize, &EventPlan),
        past: &mut StepPast<'_>,
        scratch: &mut Scratch,
    ) {
        let Some(known) = past.came_about(event.what) else { return };
        let contradiction = past.contradiction_of_happening(event.what);
        if let Some(tape) = &event.chances {
            self.run(tape, f, scratch);
        }
        let acting = self.single(Single::Acting);
        if let (Some(None), Chance::Branches(_, place)) =
            (known, &self.model.truth.events[index].chance)
        {
            let asked = Asked::Uniform { place: *place, number: 0, step: f.step };
            self.random_numbers(asked, acting, self.single(Single::Uniform), f, scratch);
        }
        let lanes = lanes_of(f.get(acting));
        let count = event.branches.len();
        for lane in lanes {
            let at = lane as usize;
            let chance = |branch: usize| f.get(self.layout.chance(0, branch))[at];
            if known.is_some() {
                past.meet_happening(event.what, at);
            }
            match (&event.drawn, known) {
                (EventDraw::Certain, Some(_)) => {}
                (EventDraw::Certain, None) => {
                    past.and(at, [0.0; 3], contradiction, []);
                    f.get_mut(self.single(Single::Within))[at] = 0.0;
                }
                (EventDraw::Whether(_), known) => {
                    let p = chance(0);
                    let came = known.is_some();
                    past.and(at, [if came { p } else { 1.0 - p }; 3], contradiction, []);
                    f.get_mut(self.single(Single::Within))[at] = f64::from(u8::from(came));
                }
                (EventDraw::Which(_), None) => {
                    let p = chance(count);
                    past.and(at, [p; 3], contradiction, []);
                    f.get_mut(self.single(Single::Branch))[at] = count as f64;
                }
                (EventDraw::Which(_), Some(Some(branch))) => {
                    let p = chance(branch);
                    past.and(at, [p; 3], contradiction, []);
                    f.get_mut(self.single(Single::Branch))[at] = branch as f64;
                }
                (EventDraw::Which(_), Some(None)) => {
                    let chances: Vec<f64> = (0..count).map(chance).collect();
                    let all: f64 = chances.iter().sum();
                    past.and(at, [all.min(1.0); 3], contradiction, []);
                    // One of them, by the number that the draw of the event had.
                    let number = f.get(self.single(Single::Uniform))[at] * all;
                    let mut below = 0.0;
                    let mut came = count.saturating_sub(1);
                    for (branch, p) in chances.iter().enumerate() {
                        below += p;
                        if number < below {
                            came = branch;
                            break;
                        }
                    }
                    f.get_mut(self.single(Single::Branch))[at] = came as f64;
                }
            }
        }
    }

    /// Tries a bargain in all lanes of `Acting`, if it is known whether it came about: puts them into `Within`, and
    /// returns them, each with the chance that it is tried.
    pub(in crate::engine::lanes) fn known_bargain(
        &self,
        f: &mut Frame,
        bargain: &BargainPlan,
        past: &StepPast<'_>,
        scratch: &mut Scratch,
    ) -> Option<Vec<(usize, f64)>> {
        past.came_about(bargain.what)?;
        if let Some(tape) = &bargain.chance {
            self.run(tape, f, scratch);
        }
        let chance = self.layout.chance(0, 0);
        let chances = lanes_of(f.get(self.single(Single::Acting))).into_iter().map(|lane| {
            let at = lane as usize;
            (at, if bargain.chance.is_some() { f.get(chance)[at] } else { 1.0 })
        });
        let chances: Vec<(usize, f64)> = chances.collect();
        f.copy(self.single(Single::Acting), self.single(Single::Within));
        Some(chances)
    }

    /// Makes a bargain that was tried in all lanes come about, or stay away, as is known: in `Within` stand the lanes
    /// in which there is a deal.
    pub(in crate::engine::lanes) fn known_settlement(
        &self,
        f: &mut Frame,
        bargain: &BargainPlan,
        chances: &[(usize, f64)],
        past: &mut StepPast<'_>,
    ) {
        let Some(known) = past.came_about(bargain.what) else { return };
        let came = known.is_some();
        let contradiction = past.contradiction_of_happening(bargain.what);
        let within = self.single(Single::Within);
        for (at, p) in chances {
            let comes = f.get(within)[*at] * p;
            past.and(*at, [if came { comes } else { 1.0 - comes }; 3], contradiction, []);
            if came {
                past.meet_happening(bargain.what, *at);
            } else {
                f.get_mut(within)[*at] = 0.0;
            }
        }
    }
}
