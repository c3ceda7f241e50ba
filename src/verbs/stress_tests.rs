//! Charts of a scenario that is hard to draw.

use std::convert::Infallible;

use super::*;
use crate::chart::probe::assert_legible;
use crate::model::{BASE_WORLD, Document, NO_POLICY};
use crate::report::{Heading, write_tables};
use crate::store::Staging;
use crate::study::{Plan, Tally, play};

/// Twelve outcomes, nine actors, titles of 120 letters, Hangul.
const STRESS: &str = include_str!("../../../tests/fixtures/stress.toml");

#[test]
fn nothing_is_clipped_or_overlaps_in_a_scenario_that_is_hard_to_draw() {
    let document = Document::read("stress.toml", STRESS.as_bytes());
    let model = document.model(NO_POLICY, BASE_WORLD).expect("no mistakes");
    assert_eq!((model.outcomes.len(), model.actors.len()), (12, 9));
    let plan = Plan { seed: 1, trials: 40, threads: None, block: None, engine: Default::default() };
    let mut tally = Tally::new(&model);
    let played = play(&model, plan, &(), |blocks| {
        tally.add(blocks);
        Ok::<(), Infallible>(())
    });
    played.expect("trials");
    let root = tempfile::tempdir().expect("a folder");
    let staging = Staging::create(root.path(), "stress", "run-1").expect("a folder");
    let [scenario, policy, world] = ["stress", NO_POLICY, BASE_WORLD].map(str::to_owned);
    let heading = Heading { scenario, policy: policy.clone(), world: world.clone() };
    write_tables(&staging, &heading, &model, &tally.finish()).expect("tables");
    let manifest = Manifest {
        demarche: "0".to_owned(),
        verb: "run".to_owned(),
        seed: 1,
        trials: 40,
        policies: vec![policy],
        worlds: vec![world],
        ..Manifest::default()
    };
    let pictures = draw(&manifest, &staging.records(), &[&document], None).expect("charts");
    let kinds: Vec<Kind> = pictures.iter().map(|picture| picture.kind).collect();
    for kind in
        [Kind::Outcomes, Kind::Buildup, Kind::Fan, Kind::Shares, Kind::EndMeasure, Kind::Moves]
    {
        assert!(kinds.contains(&kind), "{kind}");
    }
    for picture in &pictures {
        assert_legible(&picture.svg);
        assert!(!picture.title.is_empty() && !picture.alt.is_empty(), "{}", picture.name);
        assert!(picture.table.rows.iter().all(|row| row.len() == picture.table.head.len()));
    }
}
