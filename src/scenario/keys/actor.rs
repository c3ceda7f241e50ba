//! Keys of actors: their profile, wants, actions and consent.

use super::common::{EFFECTS, EVERY, IMAGINATIONS, MINDS, ONCE};
use super::limits::{MAX_ACTORS, MAX_ENTRIES, MAX_RANK, MAX_VOTERS};
use super::types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};
use super::value;
use crate::scenario::defaults::MOST_FORESIGHT;

/// `[actors]`.
pub(super) static ACTORS: MapSchema = MapSchema {
    what: "an actor",
    names: NameRule::Words,
    kind: ValueKind::Table(&ACTOR),
    most: MAX_ACTORS,
};

/// An actor.
pub(in crate::scenario) static ACTOR: TableSchema = TableSchema::new(
    "an actor",
    "actor",
    &[
        KeySchema::new(
            "title",
            ValueKind::Title,
            "the text shown to readers; its name unless given",
        ),
        KeySchema::new(
            "rationality",
            ValueKind::Number,
            "log-odds for a whole unit of utility; 0 is a coin flip; drawn once per trial",
        ),
        KeySchema::new(
            "foresight",
            ValueKind::Whole(0, MOST_FORESIGHT as i64),
            "how many whole steps beyond the present one it looks ahead, 0 to 20; 0 unless given",
        ),
        KeySchema::new(
            "patience",
            ValueKind::Number,
            "the weight of a step relative to the one before; 1 unless given",
        ),
        KeySchema::new(
            "risk",
            ValueKind::Number,
            "above 0 risk-averse, below 0 risk-seeking; 0 unless given",
        ),
        IMAGINATIONS,
        MINDS,
        KeySchema::new(
            "plans_ahead",
            ValueKind::Flag,
            "in the plays it imagines its own later moves look ahead too; false unless given",
        )
        .settable(),
        KeySchema::new(
            "must_act",
            ValueKind::Flag,
            "it cannot hold while there is an action that it can take; false unless given",
        ),
        KeySchema::new(
            "traits",
            ValueKind::Map(&TRAITS),
            "numbers of its own, which formulas read as a.power",
        ),
        KeySchema::new(
            "believes",
            ValueKind::Settings,
            "what it believes in place of the truth: paths and values; \"prior\" draws it anew",
        ),
        KeySchema::new(
            "wants",
            ValueKind::Map(&WANTS),
            "what it cares about; weights are normalised",
        ),
        KeySchema::new("actions", ValueKind::Map(&ACTIONS), "the actions that it can take"),
    ],
);

static TRAITS: MapSchema = MapSchema {
    what: "a trait",
    names: NameRule::Words,
    kind: ValueKind::Formula,
    most: MAX_ENTRIES,
};

static WANTS: MapSchema = MapSchema {
    what: "a want",
    names: NameRule::Words,
    kind: ValueKind::Table(&WANT),
    most: MAX_ENTRIES,
};

/// A part of a preference profile.
pub(in crate::scenario) static WANT: TableSchema = TableSchema {
    what: "a want",
    id: "want",
    keys: &[
        KeySchema::new("of", ValueKind::Formula, "what the want is about").required(),
        KeySchema::new("best", ValueKind::Formula, "where its value is 1; with `worst`"),
        KeySchema::new("worst", ValueKind::Formula, "where its value is 0; with `best`"),
        KeySchema::new("ideal", ValueKind::Formula, "where its value is 1; with `reach`"),
        KeySchema::new(
            "reach",
            ValueKind::Formula,
            "the distance from `ideal` at which its value is 0",
        ),
        KeySchema::new("curve", ValueKind::Number, "the exponent of its value; 1 unless given"),
        KeySchema::new(
            "weight",
            ValueKind::Number,
            "its weight among the actor's wants; 1 unless given",
        ),
        KeySchema::new(
            "rank",
            ValueKind::Whole(1, MAX_RANK),
            "its place by importance, 1 first; the weights are drawn, in this order; for all wants or none",
        )
        .instead_of("weight")
        .for_all(),
    ],
    needs: &[],
    one_of: &[&["best", "worst"], &["ideal", "reach"]],
    clashes: &[],
};

static ACTIONS: MapSchema = MapSchema {
    what: "an action",
    names: NameRule::Actions,
    kind: ValueKind::Table(&ACTION),
    most: MAX_ACTORS,
};

/// Something that an actor can do.
pub(in crate::scenario) static ACTION: TableSchema = TableSchema {
    what: "an action",
    id: "action",
    keys: &[
        KeySchema::new(
            "title",
            ValueKind::Title,
            "the text shown to readers, after the actor's title; its name unless given",
        ),
        KeySchema::new(
            "track",
            ValueKind::Name,
            "its track: an actor makes one choice per track and step; \"main\" unless given",
        )
        .fixed(),
        KeySchema::new(
            "menu",
            ValueKind::Menu,
            "the values it can be taken with, one of which is chosen: { x = [0.3, 0.5] }",
        )
        .fixed(),
        KeySchema::new("when", ValueKind::Formula, "the condition; always unless given"),
        KeySchema::new("cost", ValueKind::Number, "what it costs, in utility; 0 unless given"),
        EVERY,
        ONCE,
        EFFECTS,
        KeySchema::new(
            "chance",
            ValueKind::Branches,
            "what chance then decides: a list of branches",
        ),
        KeySchema::new(
            "consent",
            ValueKind::Table(&CONSENT),
            "the actors who must agree, which makes it a proposal",
        ),
        KeySchema::new(
            "refused",
            ValueKind::Map(&value::EFFECTS),
            "what changes after a no, written as `effects` is",
        ),
    ],
    needs: &[("refused", "consent")],
    one_of: &[],
    clashes: &[],
};

/// Whose yes an action needs.
pub(in crate::scenario) static CONSENT: TableSchema = TableSchema::new(
    "a consent",
    "consent",
    &[
        KeySchema::new("of", ValueKind::Names(0, MAX_VOTERS), "the actors who vote, at most 64")
            .required()
            .fixed(),
        KeySchema::new(
            "rule",
            ValueKind::Rule,
            "how votes count: \"all\" (unless given), \"any\", \"majority\", or weights and a quota",
        ),
    ],
);

/// A consent rule with weights.
pub(in crate::scenario) static RULE: TableSchema = TableSchema::new(
    "a rule with weights",
    "rule",
    &[
        KeySchema::new(
            "weight",
            ValueKind::Map(&WEIGHTS),
            "each voter's weight; at most 16 voters",
        )
        .required(),
        KeySchema::new("quota", ValueKind::Number, "the weight of yes votes that is enough")
            .required(),
    ],
);

static WEIGHTS: MapSchema = MapSchema {
    what: "a weight",
    names: NameRule::Elsewhere,
    kind: ValueKind::Number,
    most: MAX_VOTERS,
};

/// The words for how votes are counted.
pub(in crate::scenario) const RULES: &[&str] = &["all", "any", "majority"];
