//! Generated scenarios cut into shards, which are joined to what the whole gives.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::ops::Range;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use demarche::engine::{EngineKind, LuckSplit};
use demarche::model::{BASE_WORLD, Document, Model};
use demarche::study::{
    PartKeeper, Plan, PlayStage, StagePiece, Stopped, Tally, Watch, compare, tally_trials, why,
};
use demarche::verbs::Shard;

use super::scenario::scenario;

/// How many scenarios.
const CASES: u32 = 20;
/// Into how many shards each is cut.
const SHARDS: [u32; 3] = [2, 7, 40];

/// Parts by stage.
type Parts = BTreeMap<u32, Vec<(Range<u64>, Vec<u8>)>>;

/// Has one shard played, or, without a shard, nothing: all parts are there.
struct Cutter {
    shard: Option<Shard>,
    stages: AtomicU32,
    parts: Mutex<Parts>,
}

impl Cutter {
    fn new(shard: Option<Shard>, parts: Parts) -> Self {
        Cutter { shard, stages: AtomicU32::new(0), parts: Mutex::new(parts) }
    }
}

impl Watch for Cutter {
    fn keeper(&self) -> Option<&dyn PartKeeper> {
        Some(self)
    }
}

impl PartKeeper for Cutter {
    fn stage(&self, trials: Range<u64>) -> PlayStage {
        let number = self.stages.fetch_add(1, Ordering::Relaxed);
        let pieces = match self.shard {
            Some(shard) => vec![StagePiece::Play(shard.part(trials))],
            None => {
                let mut parts = self.parts.lock().expect("nobody panicked");
                let mut own = parts.remove(&number).unwrap_or_default();
                own.sort_by_key(|(trials, _)| trials.start);
                own.into_iter().map(|(trials, bytes)| StagePiece::Known(trials, bytes)).collect()
            }
        };
        let is_some = |piece: &StagePiece| match piece {
            StagePiece::Play(trials) | StagePiece::Known(trials, _) => !trials.is_empty(),
        };
        PlayStage { number, pieces: pieces.into_iter().filter(is_some).collect() }
    }

    /// Every block is a part of its own.
    fn is_due(&self) -> bool {
        true
    }

    fn wants(&self) -> bool {
        true
    }

    fn keep(&self, stage: u32, trials: Range<u64>, part: Vec<u8>) {
        let mut parts = self.parts.lock().expect("nobody panicked");
        parts.entry(stage).or_default().push((trials, part));
    }
}

/// Plays something whole, and in shards that are joined, and compares both to the last bit. Returns whether it could be
/// played.
fn assert_joins<T: Debug, E: Debug>(
    what: &str,
    play: impl Fn(Plan, &dyn Watch) -> Result<T, Stopped<E>>,
) -> bool {
    let plan = Plan { seed: 3, trials: 130, threads: Some(2), ..Plan::default() };
    let Ok(whole) = play(plan, &()) else { return false };
    for of in SHARDS {
        let mut parts = Parts::new();
        for number in (1..=of).rev() {
            let cutter = Cutter::new(Some(Shard { number, of }), Parts::new());
            let (threads, block) =
                (Some(1 + number as usize % 2), Some(1 + u64::from(number * 7 % 33)));
            let engine = match number % 5 {
                0 => EngineKind::Reference,
                _ => EngineKind::Lanes,
            };
            play(Plan { threads, block, engine, ..plan }, &cutter)
                .expect("the whole could be played");
            for (stage, own) in cutter.parts.into_inner().expect("nobody panicked") {
                parts.entry(stage).or_default().extend(own);
            }
        }
        let joined = play(plan, &Cutter::new(None, parts)).expect("parts can be read");
        assert_eq!(format!("{joined:?}"), format!("{whole:?}"), "{what} in {of}");
    }
    true
}

#[test]
fn shards_of_generated_scenarios_join_to_the_whole() {
    let mut played = 0;
    for case in 0..CASES {
        let text = scenario(case);
        let document = Document::read("generated.toml", text.as_bytes());
        let models: Vec<Model> = document
            .policies()
            .into_iter()
            .take(2)
            .filter_map(|policy| document.model(policy, BASE_WORLD).ok())
            .collect();
        let Some(model) = models.first() else { continue };
        let summary = |plan, watch: &dyn Watch| {
            let mut tally = Tally::new(model);
            tally_trials(&mut tally, plan, watch, |_| Ok::<(), ()>(()))?;
            Ok(tally.finish())
        };
        if !assert_joins(&format!("run of case {case}"), summary) {
            continue;
        }
        played += 1;
        let pairs: Vec<(usize, usize)> = if models.len() > 1 { vec![(0, 1)] } else { Vec::new() };
        assert_joins(&format!("comparison of case {case}"), |plan, watch| {
            compare(&models, &pairs, plan, watch)
        });
        if case % 4 == 0 {
            assert_joins(&format!("why of case {case}"), |plan, watch| {
                why(model, LuckSplit::Moments, Plan { trials: 40, ..plan }, watch)
            });
        }
    }
    assert!(played > CASES / 2, "{played}");
}
