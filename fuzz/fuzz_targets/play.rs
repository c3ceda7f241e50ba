//! Both engines play a scenario to the same bits, or stop with the same numerical accident; so do its forks.
#![no_main]

use demarche::engine::LuckSplit;
use demarche::model::{BASE_WORLD, Document, NO_POLICY};
use demarche_fuzz::bits::{assert_same_bits, assert_same_forks};
use demarche_fuzz::dictionary;
use demarche_fuzz::limits::{is_short, shortened};
use demarche_fuzz::written::scenario;
use libfuzzer_sys::{Corpus, fuzz_target};

/// How many trials are played, and of how many all forks.
const TRIALS: usize = 5;
const FORKED: usize = 1;
/// How luck is told apart, one way after another.
const SPLITS: [LuckSplit; 3] = [LuckSplit::Moments, LuckSplit::Sources, LuckSplit::Steps];

fuzz_target!(init: dictionary::write_if_asked(), |bytes: &[u8]| -> Corpus {
    let document = shortened(Document::read("fuzz.toml", scenario(bytes).as_bytes()));
    let policy = document.policies().last().copied().unwrap_or(NO_POLICY);
    let world = document.worlds().last().copied().unwrap_or(BASE_WORLD);
    let mut played = false;
    for (policy, world) in [(NO_POLICY, BASE_WORLD), (policy, world)] {
        let model = document.model(policy, world).ok();
        let Some(model) = model.filter(is_short) else { continue };
        assert_same_bits(&model, TRIALS, bytes.len());
        // Forks take far longer than trials.
        if bytes.len().is_multiple_of(SPLITS.len() + 1) {
            assert_same_forks(&model, FORKED, SPLITS[bytes.len() % SPLITS.len()]);
        }
        played = true;
    }
    if played { Corpus::Keep } else { Corpus::Reject }
});
