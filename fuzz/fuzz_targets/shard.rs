//! A file of a shard: any bytes, a true one of which bytes were changed, or one of which something else was changed
//! before it was sealed than what was counted. Whoever joins shards is told which file is wrong, and nothing panics or
//! takes much memory.
#![no_main]

use std::path::PathBuf;
use std::sync::LazyLock;

use demarche::engine::EngineKind;
use demarche::inquiry::{Kept, join_shards, play_shard};
use demarche::store::{KeptTrials, PartFile};
use demarche::verbs::{LuckOptions, RunQuestion, Shard, Verb};
use demarche_fuzz::asked::{resources, settled};
use demarche_fuzz::dice::Dice;
use libfuzzer_sys::fuzz_target;

/// The scenario, in how many shards it is cut, and how many trials they share.
const SCENARIO: &str = "format = 1\n[scenario]\nsteps = 1\n[assumptions]\np = 'uniform(0, 1)'\n\
    [state]\nx = 0\n[events.e]\nchance = 'p'\neffects = { x = 1 }\n[[outcomes]]\nid = 'yes'\nwhen = 'x == 1'\n";
const SHARDS: u32 = 2;
const TRIALS: u64 = 6;
/// In how many ways a file comes about: three besides bytes of any kind, which take far less time.
const WAYS: usize = 32;
/// The most bytes of a file that are changed.
const MOST: usize = 3;

static FILES: LazyLock<Vec<PartFile>> = LazyLock::new(|| (1..=SHARDS).map(played).collect());

fn played(number: u32) -> PartFile {
    let luck = LuckOptions { n: Some(TRIALS), ..LuckOptions::default() };
    let verb = Verb::Run(RunQuestion { luck, ..RunQuestion::default() });
    let settled = settled(&verb, SCENARIO, None).expect("a sound scenario");
    let shard = Shard { number, of: SHARDS };
    play_shard(&*settled, shard, &resources(EngineKind::Lanes), &()).expect("it can be played").file
}

fuzz_target!(|bytes: &[u8]| {
    let mut dice = Dice::new(bytes);
    let whole = &FILES[1];
    match dice.below(WAYS) {
        0 => {
            let mut file = whole.clone();
            let mut about = file.about.into_bytes();
            changed(&mut about, &mut dice);
            file.about = String::from_utf8_lossy(&about).into_owned();
            sealed(file)
        }
        1 => {
            let mut file = whole.to_bytes();
            changed(&mut file, &mut dice);
            assert!(file == whole.to_bytes() || !is_read(&file), "it is damaged, and was read");
            true
        }
        2 => {
            let mut file = whole.clone();
            let at = dice.below(file.parts.len());
            let part = &mut file.parts[at];
            match dice.below(4) {
                0 => part.stage = u32::from(dice.byte()),
                1 => part.from = u64::from(dice.byte()),
                2 => part.to = u64::from(dice.byte()) << dice.below(u64::BITS as usize),
                _ => part.bytes.truncate(dice.below(part.bytes.len())),
            }
            sealed(file)
        }
        _ => is_read(dice.rest()),
    };
});

/// Puts other bytes in the place of some.
fn changed(bytes: &mut [u8], dice: &mut Dice<'_>) {
    for _ in 0..1 + dice.below(MOST) {
        if !bytes.is_empty() {
            let at = dice.below(bytes.len());
            bytes[at] = dice.byte();
        }
    }
}

/// Seals a file and joins it with the other shards.
fn sealed(file: PartFile) -> bool {
    assert!(is_read(&file.to_bytes()), "it is sealed");
    joined(file);
    true
}

/// Whether bytes are those of a file of parts; a message says which file is not.
fn is_read(bytes: &[u8]) -> bool {
    let read = PartFile::from_bytes("own.shard".as_ref(), bytes);
    if let Err(error) = &read {
        assert!(error.to_string().contains("own.shard"), "{error}");
    }
    read.is_ok()
}

/// Joins a file with the other shards, and computes the tables if that can be done.
fn joined(file: PartFile) {
    let files = [FILES[0].clone(), file];
    let named = files.into_iter().map(|file| (PathBuf::from("own.shard"), Ok(file)));
    if let Ok(joined) = join_shards(named) {
        let watch = Kept { watch: &(), keeper: Some(&joined.known) };
        let _ =
            joined.settled.answer(&resources(EngineKind::Lanes), &watch, &KeptTrials::default());
    }
}
