//! Compares the lanes with the reference interpreter, and holds the speed of contenders.

use std::hint::black_box;
use std::path::Path;

use demarche::engine::{Engine, EngineKind};
use demarche::model::{BASE_WORLD, Document, Model, NO_POLICY};
use serde_json::{Value, json};

use crate::contest::Contender;
use crate::contest::contender::{in_turn, timed};
use crate::effort::Effort;
use crate::figure::Figure;

/// The measured speed of a contender.
pub struct Pace {
    pub name: &'static str,
    pub foresight: u32,
    /// Trials per second, round by round.
    pub rates: Figure,
    json: Value,
}

impl Pace {
    /// The speed of a contender that has been measured.
    pub fn of(contender: &Contender<'_>) -> Self {
        Pace {
            name: contender.name,
            foresight: contender.foresight,
            rates: Figure::of(contender.rates.clone()),
            json: contender.json(),
        }
    }

    /// The measurements as JSON.
    pub fn json(&self) -> Value {
        self.json.clone()
    }
}

/// The pace of a contender, if it took part.
pub fn pace<'a>(paces: &'a [Pace], name: &str, foresight: u32) -> Option<&'a Pace> {
    paces.iter().find(|pace| pace.name == name && pace.foresight == foresight)
}

/// The speed of both engines on one scenario.
pub struct Against {
    /// What was played.
    pub scenario: &'static str,
    pub lanes: Pace,
    pub reference: Pace,
    /// Trials of the reference interpreter per round.
    pub trials: u64,
}

impl Against {
    /// How many times as many trials the lanes play.
    pub fn times(&self) -> Figure {
        Figure::ratio(&self.lanes.rates.all, &self.reference.rates.all)
    }

    /// The measurements as JSON.
    pub fn json(&self) -> Value {
        json!({
            "scenario": self.scenario,
            "lanes": self.lanes.json(),
            "reference": self.reference.json(),
            "times": self.times().json(),
        })
    }
}

/// The first edition of `korea-2017`, which has a row in the table of goals.
pub const KOREA: &str = "`korea-2017`";

/// Measures both engines, in turn, on the shipped scenarios and on `border-crisis` with foresight
/// 2.
pub fn against_reference(border_crisis: &[Model; 2], effort: Effort) -> Vec<Against> {
    let (korea, tree) = (shipped("korea-2017/first-edition"), shipped("crisis-tree"));
    [
        (KOREA, 0, &korea),
        ("`border-crisis`", 0, &border_crisis[0]),
        ("`border-crisis`, foresight 2", 2, &border_crisis[1]),
        ("`crisis-tree`", 0, &tree),
    ]
    .into_iter()
    .map(|(scenario, foresight, model)| {
        let lanes = Engine::new(model, 1, EngineKind::Lanes);
        let reference = Engine::new(model, 1, EngineKind::Reference);
        let mut both = [
            Contender::new("lanes", foresight, |trials, round| {
                play(&lanes, (trials, effort.block), round)
            })
            .in_units(effort.block),
            Contender::new("reference", foresight, |trials, round| {
                play(&reference, (trials, effort.block), round)
            }),
        ];
        in_turn(&mut both, effort.rounds, effort.engine_seconds);
        let [lanes, reference] = &both;
        let against = Against {
            scenario,
            lanes: Pace::of(lanes),
            reference: Pace::of(reference),
            trials: reference.trials,
        };
        println!("{scenario}: lanes / reference {}", against.times().shown());
        against
    })
    .collect()
}

fn shipped(name: &str) -> Model {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(format!("{name}.toml"));
    let bytes = std::fs::read(path).expect("the scenario file is there");
    let document = Document::read(name, &bytes);
    document.model(NO_POLICY, BASE_WORLD).expect("the scenario is sound")
}

/// Plays the trials of a round on this thread, different trials in each round, block by block as in
/// a run, and returns how long it took.
pub fn play(engine: &Engine<'_>, (trials, block): (u64, u64), round: u64) -> f64 {
    let first = round << 32;
    timed(|| {
        let mut start = first;
        while start < first + trials {
            let len = block.min(first + trials - start);
            let leaf = engine.block(start, len as usize, &|| true);
            black_box(leaf.expect("the scenario has no accidents"));
            start += len;
        }
    })
}
