//! The table of functions: adding one of one or two numbers means a row here and a line in
//! [`super::pure`].

use super::Distribution;
use super::pure::{One, Pure, Two};

/// A function of the language.
#[derive(Debug)]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub signature: Signature,
    /// What it stands for.
    pub meaning: Meaning,
    /// What it gives, in a line.
    pub about: &'static str,
}

/// What a function takes.
#[derive(Debug, PartialEq, Eq)]
pub enum Signature {
    /// These numbers.
    Numbers(&'static [&'static str]),
    /// This many numbers or more.
    AtLeast(usize),
    /// Values and weights in turn.
    Pairs,
    /// An event, an action or a calendar entry, and these numbers.
    Happening(&'static [&'static str]),
    /// A date in quotes.
    Date,
}

/// What a function stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// A number from numbers.
    Pure(Pure),
    /// A draw.
    Draw(Distribution),
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
    /// The step that a date falls in.
    Date,
}

impl Function {
    /// The function of this name.
    pub fn find(name: &str) -> Option<&'static Function> {
        FUNCTIONS.iter().find(|function| function.name == name)
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
            Signature::Date => "'2024-06-01'".to_owned(),
        };
        format!("{}({arguments})", self.name)
    }
}

const fn row(
    name: &'static str,
    signature: Signature,
    meaning: Meaning,
    about: &'static str,
) -> Function {
    Function { name, signature, meaning, about }
}

use Distribution as D;
use Meaning::{Draw, Pure as Fn};
use Signature::{AtLeast, Numbers};

/// Every function of the language.
pub static FUNCTIONS: &[Function] = &[
    row("min", AtLeast(1), Fn(Pure::Min), "the least of its arguments"),
    row("max", AtLeast(1), Fn(Pure::Max), "the greatest of its arguments"),
    row(
        "clamp",
        Numbers(&["x", "low", "high"]),
        Fn(Pure::Clamp),
        "x, but not below low or above high",
    ),
    row("abs", Numbers(&["x"]), Fn(Pure::One(One::Abs)), "x without its sign"),
    row("exp", Numbers(&["x"]), Fn(Pure::One(One::Exp)), "e to the power x"),
    row("ln", Numbers(&["x"]), Fn(Pure::One(One::Ln)), "the natural logarithm"),
    row("sqrt", Numbers(&["x"]), Fn(Pure::One(One::Sqrt)), "the square root"),
    row("sigmoid", Numbers(&["x"]), Fn(Pure::One(One::Sigmoid)), "1 / (1 + exp(-x))"),
    row("sin", Numbers(&["x"]), Fn(Pure::One(One::Sin)), "the sine of x radians"),
    row("cos", Numbers(&["x"]), Fn(Pure::One(One::Cos)), "the cosine of x radians"),
    row(
        "floor",
        Numbers(&["x"]),
        Fn(Pure::One(One::Floor)),
        "the greatest whole number not above x",
    ),
    row(
        "hazard",
        Numbers(&["p", "steps"]),
        Fn(Pure::Two(Two::Hazard)),
        "the chance per step that makes p over so many steps: 1 - (1 - p)^(1/steps)",
    ),
    row(
        "date",
        Signature::Date,
        Meaning::Date,
        "the step that a date falls in, counted on before and after the run",
    ),
    row(
        "happened",
        Signature::Happening(&[]),
        Meaning::Happened,
        "whether an event, action or calendar entry happened in this trial",
    ),
    row("count", Signature::Happening(&[]), Meaning::Count, "how often it happened"),
    row(
        "since",
        Signature::Happening(&[]),
        Meaning::Since,
        "how many steps ago it last happened: 0 in the step it did, 1,000,000 if it never did",
    ),
    row(
        "within",
        Signature::Happening(&["n"]),
        Meaning::Within,
        "whether it happened, and fewer than n steps ago",
    ),
    row(
        "accepted",
        Signature::Happening(&[]),
        Meaning::Accepted,
        "whether a proposal was ever accepted",
    ),
    row("normal", Numbers(&["mean", "sd"]), Draw(D::Normal), "a draw from the normal distribution"),
    row(
        "lognormal",
        Numbers(&["mu", "sigma"]),
        Draw(D::Lognormal),
        "a draw whose logarithm is normal",
    ),
    row("uniform", Numbers(&["a", "b"]), Draw(D::Uniform), "a draw anywhere between a and b alike"),
    row(
        "triangular",
        Numbers(&["a", "mode", "b"]),
        Draw(D::Triangular),
        "a draw from the triangle over a, mode and b",
    ),
    row(
        "pert",
        Numbers(&["a", "mode", "b"]),
        Draw(D::Pert),
        "a draw from the beta distribution over a to b with mean (a + 4 mode + b) / 6",
    ),
    row(
        "beta",
        Numbers(&["a", "b"]),
        Draw(D::Beta),
        "a draw from the beta distribution over 0 to 1",
    ),
    row(
        "gamma",
        Numbers(&["shape", "scale"]),
        Draw(D::Gamma),
        "a draw from the gamma distribution with mean shape * scale",
    ),
    row(
        "exponential",
        Numbers(&["rate"]),
        Draw(D::Exponential),
        "a draw from the exponential distribution with mean 1 / rate",
    ),
    row(
        "poisson",
        Numbers(&["mean"]),
        Draw(D::Poisson),
        "a count drawn from the Poisson distribution",
    ),
    row("bernoulli", Numbers(&["p"]), Draw(D::Bernoulli), "a flag that is true with chance p"),
    row(
        "discrete",
        Signature::Pairs,
        Draw(D::Discrete),
        "one of the values v, with odds as their weights w",
    ),
];
