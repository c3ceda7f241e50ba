//! The scenarios of Korea in small. One trial of them imagines thousands of months: that takes the lanes a fifth of a
//! second and the reference ten. What compares engines, or ways to play, needs all that the file can say, but
//! neither its sixteen months nor dozens of imagined plays of each option.

use std::collections::BTreeSet;
use std::path::Path;

use demarche::engine::{Engine, EngineKind, counted_options};
use demarche::model::Document;

use crate::lanes::document;
use crate::play::first;

/// How many months of Korea are played: those in which the Council settles a text, the General Assembly meets, and
/// what was agreed in the first month runs on.
pub const MONTHS: u32 = 3;

/// How many plays of each option are imagined in them: the fewest with which actors still think until they have decided.
pub const PLAYS: &str = "[8, 16]";

/// The fewest plays of each option with which their mean is not that of one play alone.
pub const FEWEST_PLAYS: &str = "2";

/// A scenario played for so many steps, with so many imagined plays of each option. Where nobody sees the end, these are
/// the first steps of a longer run.
pub fn shortened(document: &Document, steps: u32, plays: &str) -> Document {
    let words = [format!("scenario.steps={steps}"), format!("scenario.imaginations={plays}")];
    document.with("--set", &words)
}

/// A scenario file as engines are compared on it: Korea for its first months, with so many imagined plays; all others as
/// they are.
pub fn small(name: &str, plays: &str) -> Document {
    let document = document(name);
    if name.starts_with("korea-2017") { shortened(&document, MONTHS, plays) } else { document }
}

/// All files of scenarios: of the folder, the first edition of Korea, and the past crises.
pub fn all_files() -> Vec<String> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios"));
    let of = |sub: &str| -> Vec<String> {
        let entries = std::fs::read_dir(folder.join(sub)).expect("a folder").flatten();
        let names = entries.map(|entry| entry.file_name().into_string().expect("plain"));
        names.filter(|name| name.ends_with(".toml")).map(|name| format!("{sub}{name}")).collect()
    };
    let mut files = [of(""), of("korea-2017/"), of("history/")].concat();
    files.sort();
    files
}

/// What the small scenario must meet, or comparing engines on it would say nothing about that: wants that look ahead, some
/// of them until they have decided; a bargain, offers of several sizes, votes, and what the calendar has.
#[test]
fn the_small_korea_meets_what_the_whole_one_does() {
    let model = small("korea-2017.toml", PLAYS).model("none", "base").expect("a sound scenario");
    assert_eq!(model.truth.steps, MONTHS);
    let engine = Engine::new(&model, 7, EngineKind::default());
    let block = engine.block(0, 6, &|| true).expect("no accident").expect("nobody stops it");

    let plays: BTreeSet<u64> = block.thoughts.iter().flatten().map(|plays| *plays as u64).collect();
    assert_eq!(plays, BTreeSet::from([8, 16]));
    for name in ["council_text", "general_assembly_2017"] {
        assert!(
            first(&model, &block, name).iter().any(|step| step.is_some()),
            "{name} never happens"
        );
    }
    let (mut taken, mut accepted) = (BTreeSet::new(), 0);
    for (row, at) in counted_options(&model).iter().enumerate() {
        let steps = row * block.moves.steps..(row + 1) * block.moves.steps;
        let Some(action) = at.action else { continue };
        if block.moves.taken[steps.clone()].iter().any(|times| *times > 0) {
            let action = &model.truth.actors[at.actor].actions[action];
            taken.insert(model.happening(action.what).name.to_string());
        }
        accepted += block.moves.accepted[steps].iter().sum::<u64>();
    }
    // Both have sizes; Moscow says yes or no to the first.
    for name in ["seoul.ask_moscow", "pyongyang.pledge_quiet"] {
        assert!(taken.contains(name), "{name} is never taken: {taken:?}");
    }
    assert!(taken.len() > 15, "{taken:?}");
    assert!(accepted > 0, "no proposal is accepted");
}
