//! Values for places of which the schema does not know what fits: names that are declared elsewhere.

use super::Writer;
use super::cast::{ASSUMPTIONS, DEFINITIONS, STATE, numbered};

/// What stands in `[state]`.
const STARTS: [(&str, &str); 5] = [
    ("x0", "{ start = \"0.2 + 0.1 * abs(p0)\", range = [0, 1] }"),
    ("x1", "{ start = 0.5, range = [\"-abs(p0)\", 3] }"),
    ("x2", "{ start = \"0 + p1\", unit = \"m\" }"),
    ("f0", "{ start = false }"),
    ("l0", "{ start = 'red', labels = ['red', 'green', 'blue'] }"),
];
/// Days around the start of a scenario.
const DAYS: [&str; 5] = ["2024-01-01", "2024-01-31", "2024-02-01", "2024-03-15", "2023-11-30"];

impl Writer<'_> {
    /// The names in a map.
    pub(super) fn entries(&mut self, at: &[&str]) -> Vec<String> {
        let owned =
            |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let cast = &self.cast;
        let (mut all, may_lack) = match at {
            ["assumptions"] => (owned(&ASSUMPTIONS), false),
            ["state"] => (owned(&STATE), false),
            ["define"] => (owned(&DEFINITIONS), false),
            ["measures"] => (numbered('q', 2), false),
            ["events"] => (numbered('e', cast.events.max(1)), false),
            ["bargains"] => (numbered('b', cast.bargains.len()), false),
            ["actors"] => (numbered('a', cast.actors.len()), false),
            ["calendar"] => (owned(&["c0"]), false),
            ["policies"] | ["worlds"] => (owned(&["first", "second"]), true),
            ["actors", _, "traits"] => (owned(&["power"]), false),
            ["actors", who, "wants"] => {
                (numbered('w', cast.actor(who).map_or(0, |own| own.wants)), false)
            }
            ["actors", who, "actions"] => {
                (numbered('m', cast.actor(who).map_or(0, |own| own.actions.len())), false)
            }
            ["bargains", name, "position" | "salience" | "power"] => (cast.parties(name), false),
            ["actors", who, "actions", name, "consent", ..] => {
                let voters =
                    cast.action(who, name).map(|own| own.voters.as_slice()).unwrap_or_default();
                (voters.iter().map(|voter| format!("a{voter}")).collect(), false)
            }
            ["correlations"] => (owned(&["p0, p1", "p1, p2", "p0, p2"]), true),
            ["observed", "probabilities"] => (owned(&["panel", "market"]), true),
            ["observed", ..] => (numbered('o', cast.outcomes), false),
            // What a branch changes, its event or action must not change too.
            [_, name, "chance", _, "effects"] | [_, _, _, name, "chance", _, "effects"] => {
                (owned(if name.ends_with('0') { &STATE[1..] } else { &STATE[..1] }), true)
            }
            ["events", name, "effects"] | ["actors", _, "actions", name, "effects"] => {
                (owned(if name.ends_with('0') { &STATE[..1] } else { &STATE[1..] }), true)
            }
            ["laws"] | [.., "effects" | "refused"] => (owned(&STATE), true),
            [.., "menu"] => (owned(&["k"]), false),
            _ => (Vec::new(), false),
        };
        if may_lack {
            all.retain(|_| self.dice.chance(0.4));
        }
        all
    }

    /// The value of a place that the schema does not know enough about.
    pub(super) fn known(&mut self, at: &[&str]) -> Option<String> {
        Some(match at {
            ["scenario", "steps"] => self.dice.below(5).to_string(),
            ["scenario", "step"] => {
                self.dice.one(&["\"month\"", "\"week\"", "\"quarter\"", "\"day\""])
            }
            [.., "imaginations"] => self.dice.one(&["1", "2", "3", "4", "[8, 16]"]),
            ["actors", who, "foresight"]
                if self.cast.actor(who).is_some_and(|own| own.plans_ahead) =>
            {
                "1".to_owned()
            }
            [.., "foresight"] => self.dice.below(3).to_string(),
            [.., "chance", index, "name"] => format!("\"b{index}\""),
            ["state", name] => {
                STARTS.iter().find(|(own, _)| own == name).map(|(_, start)| (*start).to_owned())?
            }
            ["state", _, "range"] => "[0.1, 0.8]".to_owned(),
            ["state", _, "labels"] => "['red', 'green', 'blue', 'grey']".to_owned(),
            ["outcomes", index, "id"] => format!("\"o{index}\""),
            ["observed", "outcome"] => "\"o0\"".to_owned(),
            ["observed", "base_rate", _] | ["observed", "probabilities", _, _] => {
                (1.0 / self.cast.outcomes as f64).to_string()
            }
            ["bargains", name, "among"] => quoted(&self.cast.parties(name)),
            ["bargains", _, "over"] => self.dice.one(&["\"x0\"", "\"x1\""]),
            ["actors", who, "actions", name, "consent", "of"] => {
                quoted(&self.entries(&["actors", who, "actions", name, "consent"]))
            }
            ["actors", _, "actions", _, "menu"] => {
                self.dice.one(&["{ k = [0.2, 0.6, 1.1] }", "{ k = \"-1 to 0.5 in 3\" }"])
            }
            [.., "track"] => self.dice.one(&["\"main\"", "\"side\""]),
            ["calendar", _, "on"] | ["scenario", "start"] => self.dice.one(&DAYS),
            ["record", "until"] | ["record", .., "on"] => self.moment(),
            ["record", .., "did"] => format!("\"{}\"", self.dice.one(&self.cast.names.happenings)),
            ["record", "complete", ..] => self.dice.one(&["\"a0\"", "\"a1\"", "\"e0\"", "\"b0\""]),
            ["record", .., "branch"] => self.dice.one(&["\"1\"", "\"2\"", "\"3\""]),
            ["policies", _, "forbid", _] | [.., "force", _, "action"] => {
                let actions: Vec<String> =
                    self.cast.actions().into_iter().map(|(name, _)| name).collect();
                let name =
                    if actions.is_empty() { "a0.m0".to_owned() } else { self.dice.one(&actions) };
                format!("\"{name}\"")
            }
            [.., "set" | "believes"] => self.settings(),
            _ => return None,
        })
    }

    /// A day or a step, as the scenario counts.
    fn moment(&mut self) -> String {
        if self.cast.dated { self.dice.one(&DAYS) } else { self.dice.below(5).to_string() }
    }

    /// A table of paths and values.
    fn settings(&mut self) -> String {
        let count = self.dice.below(3);
        let one = |_| {
            let (path, value) = self.setting();
            // What is drawn can be believed to be anything that the file says of it.
            let is_drawn = path.starts_with("assumptions.") && self.dice.chance(0.3);
            format!("\"{path}\" = {}", if is_drawn { "\"prior\"" } else { &value })
        };
        let all: Vec<String> = (0..count).map(one).collect();
        format!("{{ {} }}", all.join(", "))
    }
}

/// Names as an array.
fn quoted(names: &[String]) -> String {
    format!("[{}]", names.iter().map(|name| format!("'{name}'")).collect::<Vec<_>>().join(", "))
}
