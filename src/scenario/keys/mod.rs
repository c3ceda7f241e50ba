//! The keys of the language: for every kind of table what may stand in it.
//!
//! The decoder takes from here which keys are unknown or missing and which
//! plain values fit, the overlays which paths lead to a value, and the JSON
//! Schema all that an editor shows. `types` says what a table of keys is, `file`
//! holds the outermost one, and the other files each hold those of one noun.

mod actor;
mod bargain;
mod common;
mod file;
mod happening;
mod limits;
mod observed;
mod policy;
mod record;
mod types;
mod value;

pub use happening::COLOURS;

pub(super) use actor::{ACTION, ACTOR, CONSENT, RULE, RULES, WANT};
pub(super) use bargain::BARGAIN;
pub(super) use file::TOP;
pub(super) use happening::{BRANCH, CALENDAR_ENTRY, EVENT, OUTCOME};
pub(super) use limits::{
    FORMAT, MAX_BRANCHES, MAX_ENTRIES, MAX_LABELS, MAX_MENU_ITEMS, MAX_STEP, MAX_TEXT,
    MAX_WEIGHED_VOTERS,
};
pub(super) use observed::RATES;
pub(super) use policy::{FORCE, POLICY, WORLD};
pub(super) use record::RECORD_ENTRY;
pub(super) use types::{KeySchema, MapSchema, NameRule, TableSchema, ValueKind};
pub(super) use value::{ASSUMPTION, DEFINE_ENTRY, EFFECTS as EFFECT_MAP, MEASURE, STATE_VARIABLE};
