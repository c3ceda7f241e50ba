//! What a policy forbids and forces.

use crate::formula::Happening;
use crate::scenario::Policy;

/// The moves that a policy takes out of an actor's hands.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Whether each [`Happening`] is forbidden; empty where nothing is.
    pub forbidden: Vec<bool>,
    /// The actions that must be taken, in the order of the file.
    pub forced: Vec<Forced>,
    /// Whether no actor knows of these rules when it imagines what may come.
    pub secret: bool,
}

/// A move that must be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forced {
    /// The action.
    pub what: Happening,
    /// The first step of the window.
    pub from: u32,
    /// The last step of the window.
    pub to: u32,
    /// How often it must be taken inside the window, whoever or whatever makes the actor take it.
    pub times: u32,
}

impl Forced {
    /// Whether a step lies in the window.
    pub fn covers(&self, step: u32) -> bool {
        (self.from..=self.to).contains(&step)
    }
}

impl Rules {
    /// The rules of a policy, with actions looked up by `find`.
    pub fn of(
        policy: &Policy,
        happenings: usize,
        find: impl Fn(&str) -> Option<Happening>,
    ) -> Self {
        let mut forbidden = vec![false; happenings];
        for action in &policy.forbid {
            if let Some(what) = find(&action.value) {
                forbidden[what.0 as usize] = true;
            }
        }
        let forced = policy
            .force
            .iter()
            .filter_map(|force| {
                Some(Forced {
                    what: find(&force.action.value)?,
                    from: force.from,
                    to: force.to.unwrap_or(u32::MAX),
                    times: force.times,
                })
            })
            .collect();
        Rules { forbidden, forced, secret: policy.secret }
    }

    /// Whether nothing is forced and nothing forbidden.
    pub fn is_empty(&self) -> bool {
        self.forced.is_empty() && !self.forbidden.contains(&true)
    }

    /// Whether an option may not be taken: its action, or its item of the action's menu.
    pub fn forbids(&self, happenings: impl IntoIterator<Item = Happening>) -> bool {
        let is_forbidden = |what: Happening| self.forbidden.get(what.0 as usize).copied();
        happenings.into_iter().any(|what| is_forbidden(what).unwrap_or(false))
    }

    /// The position in `forced` of the first rule that demands one of these happenings now: an action, or
    /// an item of its menu. `count` says how often something happened so far in the trial, and `before`
    /// for each rule how often its happening had happened when its window began: the difference is
    /// how often it happened inside the window.
    pub fn bids(
        &self,
        happenings: impl Fn(Happening) -> bool,
        step: u32,
        count: impl Fn(Happening) -> u32,
        before: &[u32],
    ) -> Option<usize> {
        self.forced.iter().zip(before).position(|(force, before)| {
            let Forced { what, times, .. } = *force;
            happenings(what) && force.covers(step) && count(what) - before < times
        })
    }

    /// The rules whose window begins in a step, and the action of each.
    pub fn windows_from(&self, step: u32) -> impl Iterator<Item = (usize, Happening)> {
        let all = self.forced.iter().enumerate();
        all.filter(move |(_, force)| force.from == step).map(|(rule, force)| (rule, force.what))
    }
}
