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
#[derive(Clone, Copy, Debug)]
pub struct Forced {
    /// The action.
    pub what: Happening,
    /// The first step of the window.
    pub from: u32,
    /// The last step of the window.
    pub to: u32,
    /// How often it must be taken.
    pub times: u32,
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

    /// Whether an action may not be taken.
    pub fn forbids(&self, what: Happening) -> bool {
        self.forbidden.get(what.0 as usize).copied().unwrap_or(false)
    }

    /// The position in `forced` of the first rule that demands this action now.
    /// The action was taken `count` times so far in the trial, of which `obeyed`
    /// says how often each rule forced it. Towards the `times` of a rule counts
    /// what was chosen freely, but not what another rule forced.
    pub fn bids(&self, what: Happening, step: u32, count: u32, obeyed: &[u32]) -> Option<usize> {
        self.forced.iter().enumerate().position(|(index, force)| {
            if force.what != what || !(force.from..=force.to).contains(&step) {
                return false;
            }
            let by_others: u32 = self
                .forced
                .iter()
                .zip(obeyed)
                .enumerate()
                .filter(|(other, (rule, _))| *other != index && rule.what == what)
                .map(|(_, (_, times))| times)
                .sum();
            count - by_others < force.times
        })
    }
}
