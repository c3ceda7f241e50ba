//! Formulas that fit their places.

use super::Writer;
use super::cast::{ASSUMPTIONS, DEFINITIONS};
use crate::formulas::{LABELS, Place};

/// What may be read where a trial runs, where something is carried out, and once per trial.
const WORLD: Place = Place { world: true, draws: false, assumptions: 3, definitions: 2 };
const DRAWS: Place = Place { draws: true, ..WORLD };
const ONCE: Place = Place { world: false, draws: true, assumptions: 3, definitions: 0 };

/// What assumptions are drawn from.
const DRAWN: [&str; 7] = [
    "beta(2, 3)",
    "0.5 to 2",
    "uniform(-1, 1)",
    "bernoulli(0.4)",
    "pert(0, 1, 3)",
    "normal(0, 1)",
    "discrete(0, 1, 1, 2)",
];

impl Writer<'_> {
    /// A formula for its place, in quotes.
    pub(super) fn formula(&mut self, at: &[&str]) -> String {
        let Writer { dice, cast } = self;
        let names = &cast.names;
        let text = match at {
            ["assumptions", name, ..] => match dice.below(3) {
                0 if !cast.drawn => {
                    let before = ASSUMPTIONS.iter().position(|own| own == name).unwrap_or(0);
                    names.number(dice, Place { assumptions: before, ..ONCE }, 2)
                }
                _ => dice.one(&DRAWN),
            },
            ["define", name, ..] => {
                let before = DEFINITIONS.iter().position(|own| own == name).unwrap_or(0);
                names.number(dice, Place { definitions: before, ..WORLD }, 2)
            }
            ["correlations", _] => format!("{}0.{}", dice.one(&["", "-"]), dice.below(10)),
            [.., "when" | "fact"] => names.flag(dice, WORLD, 2),
            [.., "p"] => format!("0.3 * ({})", names.chance(dice, WORLD)),
            [.., "chance"] => names.chance(dice, WORLD),
            ["laws", name] | [.., "effects" | "refused", name] => {
                let is_law = at[0] == "laws";
                match *name {
                    "f0" => names.flag(dice, WORLD, 2),
                    "l0" => format!(
                        "if {} then '{}' else l0",
                        names.flag(dice, WORLD, 1),
                        dice.one(&LABELS)
                    ),
                    _ => {
                        let sign = dice.one(&["", "+= ", "-= ", "*= ", "/= 2 + "]);
                        let sign = if is_law { String::new() } else { sign };
                        format!("{sign}0.3 * ({})", names.number(dice, DRAWS, 2))
                    }
                }
            }
            ["actors", _, "traits", _] => dice.one(&["0.4", "uniform(0, 1)"]),
            [.., "rationality"] => dice.one(&["5", "10 to 40", "0", "20 * abs(p0)"]),
            [.., "patience"] => dice.one(&["1", "0.9", "uniform(0.5, 1)"]),
            [.., "risk"] => dice.one(&["0", "1", "-2", "normal(0, 1)"]),
            [.., "curve"] => dice.one(&["2", "uniform(0.5, 2)"]),
            [.., "wants", _, "weight"] => dice.one(&["1", "3", "abs(p2) + 0.1", "beta(2, 2)"]),
            [.., "best"] => dice.one(&["1", "0.5 + abs(p1)"]),
            [.., "worst"] => dice.one(&["0", "-0.5 - abs(p0)"]),
            [.., "reach"] => dice.one(&["1", "0.5 + abs(p0)"]),
            [.., "cost"] => format!("0.05 * ({})", names.number(dice, WORLD, 1)),
            [.., "salience" | "power" | "weight", _] | [.., "quota"] => {
                format!("0.1 + abs({})", names.number(dice, WORLD, 1))
            }
            [.., "ideal"] | [.., "start"] => names.number(dice, ONCE, 1),
            _ => names.number(dice, WORLD, 2),
        };
        format!("\"{text}\"")
    }
}
