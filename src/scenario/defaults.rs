//! What holds where a file says nothing: names that exist without being declared, and the numbers of
//! a profile that need not be given.

/// The policy that changes nothing.
pub const NO_POLICY: &str = "none";
/// The world as the file stands.
pub const BASE_WORLD: &str = "base";
/// The outcome of trials in which no outcome of the file holds.
pub const UNRESOLVED: &str = "unresolved";
/// The forecaster that is this program: the shares of trials that end in each outcome.
pub const OWN_FORECAST: &str = "demarche";
/// The forecaster that gives every outcome the same probability.
pub const UNIFORM_FORECAST: &str = "uniform";
/// The forecaster that gives every outcome its rate in cases of this kind, which a file tells under the
/// key of this name.
pub const BASE_RATE_FORECAST: &str = "base_rate";
/// The choice to take no action, which every actor has.
pub const HOLD: &str = "hold";
/// The track of actions that name none.
pub const MAIN_TRACK: &str = "main";

/// How many whole steps beyond this one an actor thinks through.
pub const FORESIGHT: u32 = 0;
/// The weight of a step against the one before.
pub const PATIENCE: f64 = 1.0;
/// An actor's attitude to risk: neutral.
pub const RISK: f64 = 0.0;
/// How many plays an actor imagines to weigh an action.
pub const IMAGINATIONS: u32 = 8;
/// The fewest plays that may be imagined before an actor asks itself whether it has decided.
pub(in crate::scenario) const LEAST_IMAGINATIONS: u32 = 8;
/// The most plays that an actor can imagine.
pub(in crate::scenario) const MOST_IMAGINATIONS: u32 = 4_096;
/// How many whole steps beyond this one an actor can think through.
pub const MOST_FORESIGHT: u32 = 20;
/// How many levels of minds look ahead in an imagined play.
pub const MINDS: u32 = 1;
/// The exponent of the value of a want.
pub const WANT_CURVE: f64 = 1.0;
/// The weight of a want among those of its actor.
pub const WANT_WEIGHT: f64 = 1.0;
/// The trait of an actor that says what its wishes count in a bargain.
pub const POWER: &str = "power";
/// How often a policy forces an action.
pub const FORCE_TIMES: u32 = 1;

#[cfg(test)]
mod tests {
    use super::super::keys::{ACTION, ACTOR, FORCE, TableSchema, WANT};
    use super::*;

    #[test]
    fn the_tables_of_keys_tell_the_same_defaults() {
        let says = |table: &TableSchema, key: &str, default: &str| {
            let about = table.find(key).expect("a key").about;
            assert!(about.contains(&format!("{default} unless given")), "{key}: {about}");
        };
        says(&ACTOR, "foresight", &FORESIGHT.to_string());
        says(&ACTOR, "patience", &PATIENCE.to_string());
        says(&ACTOR, "risk", &RISK.to_string());
        says(&ACTOR, "imaginations", &IMAGINATIONS.to_string());
        says(&ACTOR, "minds", &MINDS.to_string());
        says(&WANT, "curve", &WANT_CURVE.to_string());
        says(&WANT, "weight", &WANT_WEIGHT.to_string());
        says(&FORCE, "times", &FORCE_TIMES.to_string());
        says(&ACTION, "track", &format!("\"{MAIN_TRACK}\""));
    }
}
