//! Keys of actors: their profile, wants, actions and consent.

use super::{
    EFFECTS, EVERY, IMAGINATIONS, Key, Keys, Kind, MAX_ACTORS, MAX_ENTRIES, MAX_VOTERS, MINDS, Map,
    Names, ONCE, value,
};

/// `[actors]`.
pub(super) static ACTORS: Map =
    Map { what: "an actor", names: Names::Words, kind: Kind::Table(&ACTOR), most: MAX_ACTORS };

/// An actor.
pub(in crate::scenario) static ACTOR: Keys = Keys::new(
    "an actor",
    "actor",
    &[
        Key::new("title", Kind::Title, "how it is called in a story"),
        Key::new(
            "rationality",
            Kind::Number,
            "log-odds for a whole unit of utility; 0 is a coin flip; drawn once per trial",
        ),
        Key::new(
            "foresight",
            Kind::Whole(0, 20),
            "how many whole steps beyond this one it thinks through, 0 to 20; 0 unless given",
        ),
        Key::new(
            "patience",
            Kind::Number,
            "the weight of a step against the one before; 1 unless given",
        ),
        Key::new("risk", Kind::Number, "above 0 risk-averse, below 0 risk-loving; 0 unless given"),
        IMAGINATIONS,
        MINDS,
        Key::new(
            "must_act",
            Kind::Flag,
            "holding is no option while another is open; false unless given",
        ),
        Key::new("traits", Kind::Map(&TRAITS), "values of its own, said a.power in formulas"),
        Key::new(
            "believes",
            Kind::Settings,
            "what it takes to be true instead: paths and values; \"prior\" is a draw of its own",
        ),
        Key::new("wants", Kind::Map(&WANTS), "the preference profile; weights are normalised"),
        Key::new("actions", Kind::Map(&ACTIONS), "what it can do"),
    ],
);

static TRAITS: Map =
    Map { what: "a trait", names: Names::Words, kind: Kind::Formula, most: MAX_ENTRIES };

static WANTS: Map =
    Map { what: "a want", names: Names::Words, kind: Kind::Table(&WANT), most: MAX_ENTRIES };

/// A part of a preference profile.
pub(in crate::scenario) static WANT: Keys = Keys {
    what: "a want",
    id: "want",
    keys: &[
        Key::new("of", Kind::Formula, "what it looks at").required(),
        Key::new("best", Kind::Formula, "where its value is 1; with `worst`"),
        Key::new("worst", Kind::Formula, "where its value is 0; with `best`"),
        Key::new("ideal", Kind::Formula, "where its value is 1; with `reach`"),
        Key::new("reach", Kind::Formula, "the distance from `ideal` at which its value is 0"),
        Key::new("curve", Kind::Number, "the exponent of its value; 1 unless given"),
        Key::new("weight", Kind::Number, "its weight among the actor's wants; 1 unless given"),
    ],
    needs: &[],
    one_of: &[&["best", "worst"], &["ideal", "reach"]],
};

static ACTIONS: Map =
    Map { what: "an action", names: Names::Actions, kind: Kind::Table(&ACTION), most: MAX_ACTORS };

/// Something that an actor can do.
pub(in crate::scenario) static ACTION: Keys = Keys {
    what: "an action",
    id: "action",
    keys: &[
        Key::new("title", Kind::Title, "how it reads in a story, after the actor's title"),
        Key::new(
            "track",
            Kind::Name,
            "an actor makes one choice per track and step; \"main\" unless given",
        )
        .fixed(),
        Key::new("when", Kind::Formula, "the condition; always unless given"),
        Key::new("cost", Kind::Number, "what it costs, in utility; 0 unless given"),
        EVERY,
        ONCE,
        EFFECTS,
        Key::new("chance", Kind::Branches, "what chance then decides: a list of branches"),
        Key::new("consent", Kind::Table(&CONSENT), "whose yes it needs: then it is a proposal"),
        Key::new(
            "refused",
            Kind::Map(&value::EFFECTS),
            "what changes after a no, written as `effects` is",
        ),
    ],
    needs: &[("refused", "consent")],
    one_of: &[],
};

/// Whose yes an action needs.
pub(in crate::scenario) static CONSENT: Keys = Keys::new(
    "a consent",
    "consent",
    &[
        Key::new("of", Kind::Names(MAX_VOTERS), "the actors that decide, at most 64")
            .required()
            .fixed(),
        Key::new(
            "rule",
            Kind::Rule,
            "\"all\" (unless given), \"any\", \"majority\", or weights and a quota",
        ),
    ],
);

/// A consent rule with weights.
pub(in crate::scenario) static RULE: Keys = Keys::new(
    "a rule with weights",
    "rule",
    &[
        Key::new("weight", Kind::Map(&WEIGHTS), "each voter's weight; at most 16 voters")
            .required(),
        Key::new("quota", Kind::Number, "the weight that suffices").required(),
    ],
);

static WEIGHTS: Map =
    Map { what: "a weight", names: Names::Elsewhere, kind: Kind::Number, most: MAX_VOTERS };
