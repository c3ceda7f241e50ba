//! Whether both engines play the same, to the bit.

use demarche::engine::{Engine, EngineKind, Lanes, LuckSplit, Path, Reference, TrialBlock};
use demarche::model::Model;

/// The seed of all trials.
const SEED: u64 = 7;

/// How many imagined plays the lanes carry out side by side, one number after another.
const CHUNKS: [usize; 4] = [128, 1, 3, 40];

/// Plays the first trials of a model with both engines; `way` chooses the path of the processor, and how many plays
/// are imagined at once.
///
/// # Panics
///
/// If a bit of a result differs, or the engines do not stop with the same numerical accident.
pub fn assert_same_bits(model: &Model, trials: usize, way: usize) {
    let paths: Vec<Path> = Path::ALL.into_iter().filter(|path| path.available()).collect();
    // A model that is too large for the lanes is played by the reference alone.
    let Some(lanes) = Lanes::new(model, SEED) else { return };
    let lanes =
        lanes.with_utilities().on(paths[way % paths.len()]).in_chunks(CHUNKS[way % CHUNKS.len()]);
    let reference = Reference::new(model, SEED).with_utilities().block(0, trials, &|| true);
    match (reference, lanes.block(0, trials, &|| true)) {
        (Ok(Some(one)), Ok(Some(other))) => assert_same_block(&one, &other),
        (one, other) => assert_eq!(one.err(), other.err(), "the engines stop differently"),
    }
}

/// Plays the forks of the first trials of a model with both engines.
///
/// # Panics
///
/// As [`assert_same_bits`].
pub fn assert_same_forks(model: &Model, trials: usize, split: LuckSplit) {
    let [reference, lanes] = [EngineKind::Reference, EngineKind::Lanes]
        .map(|kind| Engine::new(model, SEED, kind).forked(0, trials, split, &|| true));
    match (reference, lanes) {
        (Ok(Some(one)), Ok(Some(other))) => assert_eq!(one, other, "the forks differ"),
        (one, other) => assert_eq!(one.err(), other.err(), "the engines stop differently"),
    }
}

/// Compares two results of the same trials. Naming every field makes the compiler ask for those that are new.
fn assert_same_block(one: &TrialBlock, other: &TrialBlock) {
    let TrialBlock {
        first,
        len,
        outcomes,
        end_steps,
        assumptions,
        inputs,
        rows,
        series,
        utilities,
        firsts,
        moves,
        in_windows,
        assigned,
        clamped,
        spreads,
        errors,
        thoughts,
        undecided,
    } = one;
    assert_eq!((first, len, rows), (&other.first, &other.len, &other.rows));
    assert_eq!(outcomes, &other.outcomes, "outcomes");
    assert_eq!(end_steps, &other.end_steps, "last steps");
    assert_eq!(firsts, &other.firsts, "first steps");
    assert_eq!(moves.available, other.moves.available, "open moves");
    assert_eq!(moves.taken, other.moves.taken, "moves");
    assert_eq!(moves.accepted, other.moves.accepted, "accepted moves");
    assert_eq!(in_windows, &other.in_windows, "moves in windows");
    assert_eq!((assigned, clamped), (&other.assigned, &other.clamped), "assignments");
    assert_same_numbers("assumptions", assumptions, &other.assumptions);
    assert_same_numbers("inputs", inputs, &other.inputs);
    assert_same_numbers("series", series, &other.series);
    assert_same_numbers("utilities", utilities, &other.utilities);
    for (what, own, others) in [
        ("spreads", spreads, &other.spreads),
        ("errors", errors, &other.errors),
        ("plays thought of", thoughts, &other.thoughts),
        ("undecided", undecided, &other.undecided),
    ] {
        assert_eq!(own.len(), others.len(), "{what}");
        own.iter().zip(others).for_each(|(own, others)| assert_same_numbers(what, own, others));
    }
}

fn assert_same_numbers(what: &str, one: &[f64], other: &[f64]) {
    assert_eq!(one.len(), other.len(), "{what}");
    if let Some(at) = one.iter().zip(other).position(|(a, b)| a.to_bits() != b.to_bits()) {
        panic!("{what} at {at}: {:?} by the reference, {:?} by the lanes", one[at], other[at]);
    }
}

/// Plays the first trials of two models with the reference.
///
/// # Panics
///
/// If a bit of a result differs, or only one of the models stops with a numerical accident.
pub fn assert_same_trials(one: &Model, other: &Model, trials: usize) {
    let play = |model| Reference::new(model, SEED).block(0, trials, &|| true);
    match (play(one), play(other)) {
        (Ok(Some(one)), Ok(Some(other))) => assert_same_block(&one, &other),
        (one, other) => assert_eq!(one.is_err(), other.is_err(), "only one of the models stops"),
    }
}
