//! Keys that several kinds of table have.

use super::types::{KeySchema, ValueKind};
use super::value;

/// `imaginations`, of all actors or of one.
pub(super) const IMAGINATIONS: KeySchema = KeySchema::new(
    "imaginations",
    ValueKind::Imaginations,
    "how many plays an actor imagines to weigh an action: 1 to 4,096, or the least and the most, \
     powers of two from 8 on, between which it stops once it has decided; 8 unless given",
);

/// `minds`, of all actors or of one.
pub(super) const MINDS: KeySchema = KeySchema::new(
    "minds",
    ValueKind::Whole(1, 2),
    "how many levels of minds look ahead in an imagined play, 1 or 2; 1 unless given",
);

/// `every`, of events, bargains and actions.
pub(super) const EVERY: KeySchema = KeySchema::new(
    "every",
    ValueKind::Whole(1, 1_000_000),
    "at most once in this many steps, 1 to 1,000,000",
);

/// `once`, of events, bargains and actions.
pub(super) const ONCE: KeySchema =
    KeySchema::new("once", ValueKind::Flag, "at most once in a trial; false unless given");

/// `effects`, of all that happens.
pub(super) const EFFECTS: KeySchema = KeySchema::new(
    "effects",
    ValueKind::Map(&value::EFFECTS),
    "what changes: a variable of [state] and its new value, or += -= *= /= and a formula",
);
