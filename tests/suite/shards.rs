//! Shards that are played apart and merged: the same bytes as one machine makes.

use std::path::{Path, PathBuf};

use crate::command::{demarche, text};
use crate::lanes::document;
use crate::shortened::all_files;
use crate::tables::{Desk, Written};

const BORDER: &str = "scenarios/border-crisis.toml";
const TREE: &str = "scenarios/crisis-tree.toml";

/// Plays all shards of a question, the last first, each by another number of threads, in blocks of another size and on
/// another path of the processor, and returns their files.
fn shards(folder: &Path, asked: &[&str], count: u32) -> Vec<String> {
    let out = folder.join("shards");
    for number in (1..=count).rev() {
        let own = format!("{number}/{count}");
        let threads = ["1", "2", "3"][number as usize % 3];
        let block = ["1", "64", "250"][number as usize % 3];
        let mut arguments = asked.to_vec();
        arguments.extend(["--shard", &own, "-j", threads, "--quiet"]);
        arguments.extend(["-o", out.to_str().expect("a plain path")]);
        if number % 2 == 0 {
            arguments.extend(["--block", block, "--cpu", "baseline"]);
        }
        let output = demarche(&arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
    }
    let mut files: Vec<PathBuf> = Vec::new();
    for stem in std::fs::read_dir(&out).expect("a folder") {
        let entries = std::fs::read_dir(stem.expect("an entry").path()).expect("a folder");
        files.extend(entries.map(|entry| entry.expect("an entry").path()));
    }
    assert_eq!(files.len(), count as usize, "{files:?}");
    files.sort();
    files.into_iter().map(|path| path.to_str().expect("a plain path").to_owned()).collect()
}

fn merged(desk: &Desk, asked: &[&str], count: u32) -> Written {
    let folder = tempfile::tempdir().expect("a folder");
    let files = shards(folder.path(), asked, count);
    let mut arguments = vec!["merge"];
    arguments.extend(files.iter().map(String::as_str));
    desk.play(&arguments)
}

/// Checks that shards of a question merge to what one machine makes of it.
fn assert_merges(asked: &[&str], counts: &[u32]) {
    let desk = Desk::new();
    let whole = desk.play(asked);
    for count in counts {
        let merged = merged(&desk, asked, *count);
        let names = |written: &Written| written.files.keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&merged), names(&whole), "{asked:?} in {count}");
        for (name, bytes) in &whole.files {
            assert!(merged.files[name] == *bytes, "{asked:?} in {count}: {name} differs");
        }
    }
}

#[test]
fn runs_merge() {
    assert_merges(&["run", BORDER, "-n", "3000"], &[1, 2, 7, 64]);
    assert_merges(&["run", TREE, "-n", "300", "--policy", "none"], &[2, 7]);
    assert_merges(&["run", BORDER, "--draws", "50", "--repeats", "6"], &[2, 7]);
    assert_merges(&["run", BORDER, "-n", "2100", "--sampling", "sobol"], &[7]);
    assert_merges(&["run", BORDER, "-n", "5"], &[7]);
}

#[test]
fn comparisons_and_levers_merge() {
    let goals = ["--goal", "avoid:war", "--goal", "actor:a"];
    let compare = ["compare", BORDER, "-n", "1500"];
    assert_merges(&[&compare[..], &goals].concat(), &[2, 7, 64]);
    let draws = ["compare", BORDER, "--draws", "60", "--repeats", "4"];
    assert_merges(&[&draws[..], &goals].concat(), &[2, 7]);
    assert_merges(&["levers", BORDER, "-n", "1200"], &[2, 7]);
}

#[test]
fn sensitivity_and_sweeps_merge() {
    for method in ["sobol", "morris", "one-at-a-time"] {
        assert_merges(&["sensitivity", BORDER, "-n", "90", "--method", method], &[2, 7, 64]);
    }
    let sweep = ["sweep", BORDER, "--vary", "state.tension.start = 0 to 1 in 4", "-n", "1100"];
    assert_merges(&sweep, &[2, 7]);
}

#[test]
fn whys_merge() {
    assert_merges(&["why", BORDER, "-n", "200"], &[2, 7, 64]);
    assert_merges(&["why", BORDER, "-n", "200", "--by", "source"], &[7]);
}

/// Every verb that can be cut, asked of every scenario file, of Korea in small; but for what a file has nothing for: no
/// policies and worlds to compare, no moves to force.
#[test]
#[ignore = "starts ten thousand programs"]
fn every_verb_merges_on_every_scenario_file() {
    for name in all_files() {
        let file = format!("scenarios/{name}");
        let scenario = document(&name).model("none", "base").expect("a sound scenario");
        let vary = format!("actors.{}.rationality = 1, 30", scenario.actors[0].name);
        let asked: [&[&str]; 6] = [
            &["run", &file, "-n", "150"],
            &["compare", &file, "-n", "100"],
            &["levers", &file, "-n", "70"],
            &["sensitivity", &file, "-n", "16", "--method", "morris", "--vary", "preferences"],
            &["sweep", &file, "--vary", &vary, "-n", "70"],
            &["why", &file, "-n", "70"],
        ];
        let small = ["--set", "scenario.steps=2", "--set", "scenario.imaginations=2"];
        let small = if name.starts_with("korea-2017") { &small[..] } else { &[] };
        let mut merged = Vec::new();
        for asked in asked {
            let asked = [asked, small].concat();
            let folder = tempfile::tempdir().expect("a folder");
            let out = folder.path().to_str().expect("a plain path");
            let output = demarche(&[&asked[..], &["-q", "-o", out]].concat());
            let told = text(&output.stderr);
            if ["has no policies", "has no moves"].iter().any(|words| told.contains(words)) {
                continue;
            }
            // The past crises have one template, and 64 programs for each move of each take hours.
            let is_long = name.starts_with("history/") && asked[0] != "run" && asked[0] != "why";
            assert_merges(&asked, if is_long { &[2, 7] } else { &[2, 7, 64] });
            merged.push(asked[0].to_owned());
        }
        println!("{name}: {}", merged.join(", "));
        assert!(merged.len() >= 4, "{name}: {merged:?}");
    }
}

#[test]
fn what_does_not_belong_together_is_named() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().expect("a folder");
    let one = folder.path().join("one");
    let files = shards(&one, &["run", BORDER, "-n", "40"], 3);
    let merge = |files: &[&str]| desk.fail(2, &[&["merge"], files].concat());
    let [a, b, c] = [&*files[0], &*files[1], &*files[2]];

    assert!(merge(&[a, c]).contains("1 shard missing: 2/3"));
    assert!(merge(&[b]).contains("2 shards missing: 1/3 and 3/3"));
    let message = merge(&[a, b, c, b]);
    assert!(message.contains("are both shard 2/3"), "{message}");

    let other = shards(&folder.path().join("other"), &["run", BORDER, "-n", "41"], 3);
    let message = merge(&[a, &other[1], c]);
    assert!(message.contains("is of another question than"), "{message}");
    let other = shards(&folder.path().join("halves"), &["run", BORDER, "-n", "40"], 2);
    let message = merge(&[a, &other[1]]);
    assert!(message.contains("is one of 2 shards") && message.contains("one of 3"), "{message}");

    let mut bytes = std::fs::read(b).expect("a shard");
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    let damaged = desk.file("damaged.shard", "");
    std::fs::write(&damaged, &bytes).expect("written");
    let message = merge(&[a, &damaged, BORDER]);
    assert!(message.contains("damaged.shard: it is damaged"), "{message}");
    // All that is wrong is told at once.
    assert!(message.contains("border-crisis.toml: it holds no parts of a run"), "{message}");
}

#[test]
fn what_cannot_be_cut_says_why() {
    let desk = Desk::new();
    for (asked, why) in [
        (vec!["run", BORDER, "-n", "500", "--precision", "9"], "the results decide"),
        (vec!["run", BORDER, "-n", "50", "--trials", "csv"], "written as they are played"),
        (vec!["trace", BORDER, "--trial", "3"], "one thing after another"),
        (vec!["discover", BORDER, "--outcome", "war", "-n", "500"], "one thing after another"),
    ] {
        let message = desk.fail(2, &[&asked[..], &["--shard", "1/2"]].concat());
        assert!(
            message.contains("cannot be cut into shards") && message.contains(why),
            "{message}"
        );
        let message = desk.fail(2, &[&asked[..], &["--resume"]].concat());
        assert!(message.contains("cannot be resumed") && message.contains(why), "{message}");
    }
    let message = desk.fail(2, &["run", BORDER, "--shard", "3/2"]);
    assert!(message.contains("such as 3/64"), "{message}");
}
