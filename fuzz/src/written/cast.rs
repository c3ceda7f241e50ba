//! Who and what a scenario is about: the names that its parts share.

use crate::dice::Dice;
use crate::formulas::Names;

/// The most actors, and the most of everything else that can happen.
const MOST: usize = 3;
/// The variables, which random formulas know too.
pub const STATE: [&str; 5] = ["x0", "x1", "x2", "f0", "l0"];
pub const ASSUMPTIONS: [&str; 3] = ["p0", "p1", "p2"];
pub const DEFINITIONS: [&str; 2] = ["d0", "d1"];

/// The names of a scenario.
pub struct Cast {
    pub actors: Vec<Actor>,
    pub events: usize,
    /// The actors of each bargain.
    pub bargains: Vec<Vec<usize>>,
    pub outcomes: usize,
    pub dated: bool,
    /// Whether assumptions are draws and nothing else, so that they can be correlated.
    pub drawn: bool,
    /// Whether what can be a table or a value alone is a table.
    pub in_full: bool,
    /// What formulas can name.
    pub names: Names,
}

/// An actor.
pub struct Actor {
    pub actions: Vec<Action>,
    pub wants: usize,
    pub ranked: bool,
    pub plans_ahead: bool,
}

/// An action.
pub struct Action {
    pub menu: bool,
    /// Who votes, if it is a proposal.
    pub voters: Vec<usize>,
}

impl Cast {
    /// The names by these dice.
    pub fn new(dice: &mut Dice<'_>) -> Self {
        let count = dice.below(MOST + 1);
        let actors: Vec<Actor> = (0..count).map(|_| Actor::new(dice, count)).collect();
        let events = dice.below(MOST);
        let bargains = if count > 0 { dice.below(MOST) } else { 0 };
        let bargains = (0..bargains).map(|_| some(dice, count)).collect();
        let outcomes = 1 + dice.below(MOST);
        // Random formulas ask for months, which only a scenario with dates has.
        let (dated, drawn, in_full) = (!dice.chance(0.05), dice.chance(0.5), dice.chance(0.5));
        let names = Names {
            numbers: STATE[..3].iter().map(|name| (*name).to_owned()).collect(),
            happenings: Vec::new(),
            proposals: Vec::new(),
            traits: (0..count).map(|actor| format!("a{actor}.power")).collect(),
            menus: Vec::new(),
        };
        let mut cast = Cast { actors, events, bargains, outcomes, dated, drawn, in_full, names };
        cast.names.happenings = cast.happenings();
        let named = |is: fn(&Action) -> bool| {
            let all = cast.actions().into_iter().filter(|(_, action)| is(action));
            all.map(|(name, _)| name).collect::<Vec<_>>()
        };
        let (proposals, with_menu) = (named(|own| !own.voters.is_empty()), named(|own| own.menu));
        cast.names.proposals = proposals;
        cast.names.menus = with_menu.into_iter().map(|name| format!("{name}.k")).collect();
        cast
    }

    /// Every action, with its name.
    pub fn actions(&self) -> Vec<(String, &Action)> {
        let of = |(who, actor): (usize, &'_ Actor)| -> Vec<String> {
            (0..actor.actions.len()).map(|action| format!("a{who}.m{action}")).collect()
        };
        let names = self.actors.iter().enumerate().flat_map(of);
        names.zip(self.actors.iter().flat_map(|actor| &actor.actions)).collect()
    }

    /// Everything that can happen; there is always something that formulas can ask for.
    fn happenings(&self) -> Vec<String> {
        let mut all = numbered('e', self.events.max(1));
        all.extend(numbered('b', self.bargains.len()));
        all.extend(self.dated.then(|| "c0".to_owned()));
        all.extend(self.actions().into_iter().map(|(name, _)| name));
        all
    }

    /// The actor of this name.
    pub fn actor(&self, name: &str) -> Option<&Actor> {
        self.actors.get(name.strip_prefix('a')?.parse::<usize>().ok()?)
    }

    /// The action of this name of an actor.
    pub fn action(&self, actor: &str, name: &str) -> Option<&Action> {
        self.actor(actor)?.actions.get(name.strip_prefix('m')?.parse::<usize>().ok()?)
    }

    /// The actors of a bargain, by name.
    pub fn parties(&self, bargain: &str) -> Vec<String> {
        let index = bargain.strip_prefix('b').and_then(|index| index.parse::<usize>().ok());
        let parties = index.and_then(|index| self.bargains.get(index));
        parties.into_iter().flatten().map(|actor| format!("a{actor}")).collect()
    }

    /// Whether a table must have a key, or must not; `None` where it may.
    pub fn wants(&self, at: &[&str], key: &str) -> Option<bool> {
        match (at, key) {
            ([], "format" | "scenario" | "assumptions" | "state" | "define" | "outcomes") => {
                Some(true)
            }
            ([], "events") => Some(true),
            ([], "calendar") | (["scenario"], "start" | "step") => Some(self.dated),
            ([], "actors") => Some(!self.actors.is_empty()),
            ([], "bargains") => Some(!self.bargains.is_empty()),
            ([], "correlations") => Some(false).filter(|_| !self.drawn),
            (["actors", _], "traits" | "wants" | "rationality") => Some(true),
            (["actors", who], "plans_ahead") => self.actor(who).map(|own| own.plans_ahead),
            (["actors", who], "foresight") => {
                Some(true).filter(|_| self.actor(who).is_some_and(|own| own.plans_ahead))
            }
            ([.., "chance", index], "p") => Some(true).filter(|_| *index != "0"),
            (["actors", who], "actions") => self.actor(who).map(|own| !own.actions.is_empty()),
            (["actors", who, "wants", _], "rank") => self.actor(who).map(|own| own.ranked),
            (["actors", who, "wants", _], "weight") => {
                self.actor(who).filter(|own| own.ranked).map(|_| false)
            }
            (["actors", who, "actions", name], "menu") => {
                self.action(who, name).map(|own| own.menu)
            }
            (["actors", who, "actions", name], "consent" | "refused") => {
                self.action(who, name).map(|own| !own.voters.is_empty())
            }
            (["bargains", _], "among" | "position" | "salience" | "power") => Some(true),
            _ => None,
        }
    }
}

impl Actor {
    fn new(dice: &mut Dice<'_>, actors: usize) -> Self {
        let action = |dice: &mut Dice<'_>| {
            let proposes = actors > 1 && dice.chance(0.4);
            let voters = if proposes { some(dice, actors) } else { Vec::new() };
            Action { menu: dice.chance(0.2), voters }
        };
        let actions = (0..dice.below(MOST)).map(|_| action(dice)).collect();
        let wants = 1 + dice.below(MOST);
        Actor { actions, wants, ranked: dice.chance(0.3), plans_ahead: dice.chance(0.1) }
    }
}

/// Some of so many actors, and at least one.
fn some(dice: &mut Dice<'_>, actors: usize) -> Vec<usize> {
    let chosen: Vec<usize> = (0..actors).filter(|_| dice.chance(0.6)).collect();
    if chosen.is_empty() { vec![0] } else { chosen }
}

/// Names with a letter and a number.
pub fn numbered(letter: char, count: usize) -> Vec<String> {
    (0..count).map(|index| format!("{letter}{index}")).collect()
}
