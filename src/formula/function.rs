//! The table of functions.
//!
//! Adding one of one or two numbers means a row here and a line in [`super::pure`]. Draws have no
//! row here: each distribution says of itself how it is called.

use super::pure::{One, Pure, Two};
use crate::distribution::{self, Distribution, Gives, Parameters};

/// A function of the language.
#[derive(Clone, Copy, Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub signature: Signature,
    /// What it stands for.
    pub meaning: Meaning,
    /// Of what type its value is.
    pub gives: Gives,
    /// What it gives, in a line.
    pub about: &'static str,
}

/// What a function takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signature {
    /// These numbers.
    Numbers(&'static [&'static str]),
    /// This many numbers or more.
    AtLeast(usize),
    /// Values and weights in turn.
    Pairs,
    /// An event, a bargain, an action or a calendar entry, and these numbers.
    Happening(&'static [&'static str]),
    /// A value of an action's menu, and the number where there is none.
    MenuValue,
    /// A date in quotes.
    Date,
}

/// What a function stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A number computed from numbers.
    Pure(Pure),
    /// A draw from a distribution.
    Draw(&'static Distribution),
    /// A question about what happened earlier in the trial.
    Past(PastQuestion),
    /// The step that a date falls in.
    Date,
}

/// What can be asked about an event, a bargain, an action or a calendar entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PastQuestion {
    /// Whether it happened.
    Happened,
    /// How often it happened.
    Count,
    /// How many steps ago it happened last.
    Since,
    /// Whether it happened fewer than n steps ago.
    Within,
    /// Whether any proposal of it was accepted.
    Accepted,
    /// With which value of its menu it was taken last.
    Chosen,
}

impl Function {
    /// The function of this name.
    pub fn find(name: &str) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|function| function.name == name)
    }

    /// Whether it asks the past: its first argument is then the name of something that happens, not
    /// a value, and what it gives changes as a trial runs.
    pub fn asks_the_past(&self) -> bool {
        match self.meaning {
            Meaning::Past(_) => true,
            Meaning::Pure(_) | Meaning::Draw(_) | Meaning::Date => false,
        }
    }

    /// How it is called: `clamp(x, low, high)`.
    pub fn usage(&self) -> String {
        let arguments = match &self.signature {
            Signature::Numbers(names) => names.join(", "),
            Signature::AtLeast(_) => "x, y, …".to_owned(),
            Signature::Pairs => "v1, w1, v2, w2, …".to_owned(),
            Signature::Happening(names) => {
                std::iter::once("x").chain(names.iter().copied()).collect::<Vec<_>>().join(", ")
            }
            Signature::MenuValue => "a.propose.x, otherwise".to_owned(),
            Signature::Date => "'2024-06-01'".to_owned(),
        };
        format!("{}({arguments})", self.name)
    }
}

/// Every function of the language: those that are no draws, then one for each distribution that is
/// called by its name.
pub static FUNCTIONS: &[Function] = &WITH_DRAWS;

static WITH_DRAWS: [Function; PLAIN.len() + count_of_draws()] = {
    let mut all = [PLAIN[0]; PLAIN.len() + count_of_draws()];
    let mut at = 0;
    while at < PLAIN.len() {
        all[at] = PLAIN[at];
        at += 1;
    }
    let mut next = 0;
    while next < distribution::ALL.len() {
        if let Some(function) = draw(distribution::ALL[next]) {
            all[at] = function;
            at += 1;
        }
        next += 1;
    }
    all
};

const fn count_of_draws() -> usize {
    let (mut count, mut next) = (0, 0);
    while next < distribution::ALL.len() {
        if draw(distribution::ALL[next]).is_some() {
            count += 1;
        }
        next += 1;
    }
    count
}

/// The function that draws from a distribution; none for the one that is written as `lo to hi`.
const fn draw(distribution: &'static Distribution) -> Option<Function> {
    let signature = match distribution.parameters {
        Parameters::Numbers(names) => Signature::Numbers(names),
        Parameters::Pairs => Signature::Pairs,
        Parameters::Ends => return None,
    };
    Some(Function {
        name: distribution.name,
        signature,
        meaning: Meaning::Draw(distribution),
        gives: distribution.gives,
        about: distribution.about,
    })
}

/// A row of a function from numbers to a number.
const fn number(
    name: &'static str,
    signature: Signature,
    pure: Pure,
    about: &'static str,
) -> Function {
    Function { name, signature, meaning: Meaning::Pure(pure), gives: Gives::Number, about }
}

/// A row of a question about the past.
const fn past(
    name: &'static str,
    also: &'static [&'static str],
    question: PastQuestion,
    gives: Gives,
    about: &'static str,
) -> Function {
    let signature = Signature::Happening(also);
    Function { name, signature, meaning: Meaning::Past(question), gives, about }
}

use Signature::{AtLeast, Numbers};

const PLAIN: &[Function] = &[
    number("min", AtLeast(1), Pure::Min, "the least of its arguments"),
    number("max", AtLeast(1), Pure::Max, "the greatest of its arguments"),
    number(
        "clamp",
        Numbers(&["x", "low", "high"]),
        Pure::Clamp,
        "x, but not below low or above high",
    ),
    number("abs", Numbers(&["x"]), Pure::One(One::Abs), "x without its sign"),
    number("exp", Numbers(&["x"]), Pure::One(One::Exp), "e to the power x"),
    number("ln", Numbers(&["x"]), Pure::One(One::Ln), "the natural logarithm"),
    number("sqrt", Numbers(&["x"]), Pure::One(One::Sqrt), "the square root"),
    number("sigmoid", Numbers(&["x"]), Pure::One(One::Sigmoid), "1 / (1 + exp(-x))"),
    number("sin", Numbers(&["x"]), Pure::One(One::Sin), "the sine of x radians"),
    number("cos", Numbers(&["x"]), Pure::One(One::Cos), "the cosine of x radians"),
    number(
        "floor",
        Numbers(&["x"]),
        Pure::One(One::Floor),
        "the greatest whole number not above x",
    ),
    number(
        "round",
        Numbers(&["x"]),
        Pure::One(One::Round),
        "the whole number nearest to x; halves go away from zero",
    ),
    number(
        "mod",
        Numbers(&["x", "y"]),
        Pure::Two(Two::Mod),
        "the remainder of x divided by y, from 0 up to y but never y itself, with the sign of y",
    ),
    number(
        "hazard",
        Numbers(&["p", "steps"]),
        Pure::Two(Two::Hazard),
        "the chance per step that makes p over so many steps: 1 - (1 - p)^(1/steps)",
    ),
    Function {
        name: "date",
        signature: Signature::Date,
        meaning: Meaning::Date,
        gives: Gives::Number,
        about: "the step that a date falls in, counted on before and after the run",
    },
    past(
        "happened",
        &[],
        PastQuestion::Happened,
        Gives::Flag,
        "whether an event, bargain, action or calendar entry happened in this trial",
    ),
    past("count", &[], PastQuestion::Count, Gives::Number, "how often it happened"),
    past(
        "since",
        &[],
        PastQuestion::Since,
        Gives::Number,
        "how many steps ago it last happened: 0 in the step it did, 1,000,000 if it never did",
    ),
    past(
        "within",
        &["n"],
        PastQuestion::Within,
        Gives::Flag,
        "whether it happened, and fewer than n steps ago",
    ),
    past(
        "accepted",
        &[],
        PastQuestion::Accepted,
        Gives::Flag,
        "whether a proposal was ever accepted",
    ),
    Function {
        name: "chosen",
        signature: Signature::MenuValue,
        meaning: Meaning::Past(PastQuestion::Chosen),
        gives: Gives::Number,
        about: "the value of its menu with which an action was taken last",
    },
];
