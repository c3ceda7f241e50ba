//! What was found of each path through the processor.

use std::time::Duration;

use super::fingerprint::{expected, fingerprints, known_model};
use crate::engine::{Engine, EngineKind, Path, Recording};

/// How long a path plays to see how fast it is.
const PLAYED: Duration = Duration::from_millis(100);
/// The scenario that it plays, and how many trials at a time.
const SPEED_OF: &str = "border-crisis";
const AT_ONCE: usize = 256;
const AT_ONCE_BY_REFERENCE: usize = 16;

/// What was found of one way to play trials.
#[derive(Clone, Debug, PartialEq)]
pub struct ExaminedPath {
    /// The name: of a path, or `reference`.
    pub name: &'static str,
    /// What was found; `None` where this machine does not have the path.
    pub found: Option<Examined>,
}

/// What was found where a path could be tried.
#[derive(Clone, Debug, PartialEq)]
pub struct Examined {
    /// The columns whose bits are not as expected, or that are missing or new.
    pub differing: Vec<String>,
    /// How many columns were compared.
    pub compared: usize,
    /// How many trials of the border crisis one thread plays in a second.
    pub trials_per_second: f64,
}

/// Compares the bits that each path computes with those that are expected, and sees how fast it is. `clock` tells how
/// much time has passed since any moment.
///
/// # Errors
///
/// If trials cannot be played, which would be a fault of this program or machine.
pub fn examine(clock: &dyn Fn() -> Duration) -> Result<Vec<ExaminedPath>, String> {
    let lanes = Path::ALL.into_iter().map(|path| {
        let kind = path.available().then_some(EngineKind::LanesOn(path));
        (path.name(), kind)
    });
    let all = lanes.chain([("reference", Some(EngineKind::Reference))]);
    let each = all.map(|(name, kind)| {
        let found = kind.map(|kind| examined(kind, clock)).transpose()?;
        Ok(ExaminedPath { name, found })
    });
    each.collect()
}

fn examined(kind: EngineKind, clock: &dyn Fn() -> Duration) -> Result<Examined, String> {
    let (own, expected) = (fingerprints(kind)?, expected());
    let of = |one: &&super::Fingerprint, other: &[super::Fingerprint]| !other.contains(one);
    let differing = own.iter().filter(|one| of(one, &expected)).map(|one| one.name.clone());
    let missing = expected.iter().filter(|one| own.iter().all(|two| two.name != one.name));
    let differing = differing.chain(missing.map(|one| one.name.clone())).collect();
    let trials_per_second = speed(kind, clock)?;
    Ok(Examined { differing, compared: own.len(), trials_per_second })
}

fn speed(kind: EngineKind, clock: &dyn Fn() -> Duration) -> Result<f64, String> {
    let model = known_model(SPEED_OF)?;
    let engine = Engine::new(&model, 1, kind).recording(Recording::End);
    let len = match kind {
        EngineKind::Reference => AT_ONCE_BY_REFERENCE,
        EngineKind::Lanes | EngineKind::LanesOn(_) => AT_ONCE,
    };
    let mut played = 0;
    let mut play = || {
        let block = engine.block(played, len, &|| true).map_err(|error| error.to_string())?;
        played += block.map_or(0, |block| block.len as u64);
        Ok::<u64, String>(played)
    };
    // The first block also puts everything into place.
    let before = play()?;
    let begun = clock();
    loop {
        let done = play()? - before;
        let took = clock().saturating_sub(begun);
        if took >= PLAYED {
            return Ok(done as f64 / took.as_secs_f64());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[test]
    fn every_path_of_this_machine_computes_the_same_bits() {
        let ticks = Cell::new(0);
        let clock = || {
            ticks.set(ticks.get() + 60);
            Duration::from_millis(ticks.get())
        };
        let all = examine(&clock).expect("nothing is wrong");
        assert_eq!(all.len(), Path::ALL.len() + 1);
        for ExaminedPath { name, found } in all {
            let Some(found) = found else { continue };
            assert_eq!(found.differing, [""; 0], "{name}");
            assert!(found.compared > 90 && found.trials_per_second > 0.0, "{name}");
        }
    }
}
